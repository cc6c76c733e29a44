"""How each kind of follow-up is asked, as an experienced interviewer says it.

Every function returns wordings from the one to be preferred to the last resort; which one is
spoken, checks.py decides. None names anything that the person did not say, none praises, and the
English stays good whatever phrase of the person is put in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.brief import Question
from agent.interviewer.answer.deeds import Mood
from agent.interviewer.answer.heard import Claim
from agent.interviewer.answer.phrases import turned
from agent.interviewer.answer.said_back import SaidBack
from agent.interviewer.areas import area_of, asks_for_story
from agent.interviewer.probing.about import (
    DESCRIBED,
    FOR_EXAMPLE,
    after,
    how,
    is_machine,
    is_project,
    on_things,
    staying,
    turned_by,
)
from agent.interviewer.probing.baselines import Change

_HABIT = re.compile(r"\b(how|what|where|which) (\w+ ){0,3}(would|do|does|can|should) (you|a|the)\b"
                    r"(?! (first|differently))")  # fmt: skip
"""How a question begins that asks for a way of working."""
_FOR_THIS_ROLE = (
    "Which part of that has prepared you best for this role?",
    "What else from your work should I know about?",
    "What else in your work so far has prepared you for this?",
)
_ANOTHER_TIME = (
    "When else have you done something like that?",
    "Where else in your work has something like that come up?",
)
_DONE_BEFORE = (
    "Where have you done something like that before?",
    "When did you last do something like that?",
)
_COME_ACROSS = "Where have you come across that in your own work?"
_FURTHER_CASES = (
    "Can you think of another time when this came up in your work?",
    "Where else in your work has this come up?",
    "Is there something of yours that shows this from another side?",
    "What other example from your work comes to mind?",
)
_OWN_CASES = (
    FOR_EXAMPLE,
    "Where have you done something like this yourself?",
    "Which experience of your own is behind that?",
    "When did you last face something like this yourself?",
)
_SAY_MORE = (
    "Could you say a little more about that, with an example?",
    "Could you take me through that, step by step?",
    "Can you make that concrete with a case of your own?",
    "What does that look like in practice?",
    "Could you tell me a bit more?",
    "What would be an example of that?",
    "Could you walk me through a case?",
    "What is the thinking behind that?",
    "What else comes to mind?",
    "How would you explain that to somebody who is new to it?",
)
_DEEPER_IN_A_STORY = (
    "Could you go into a bit more detail there?",
    "Which part of that was the hardest?",
    "What was going through your mind at that point?",
    "Could you walk me through it, from start to finish?",
)
_DEEPER = (
    "Could you go into a bit more detail there?",
    "Which part of that is the hardest?",
    "Could you walk me through a case, from start to finish?",
    "What would you pay most attention to there?",
    "What does that look like in practice?",
    "Could you take me a level deeper?",
    "What could go wrong with that?",
)
_FITS: Mapping[str, tuple[Mood, ...]] = {
    "trade_off": ("did",),
    "number": ("did",),
    "failure": ("does", "would"),
    "ownership": ("did",),
    "challenge": ("does", "would"),
    "outcome": ("did",),
    "depth": ("did", "does", "would", "holds"),
    "contrast": ("did", "does", "would", "holds"),
}
"""Of which deeds a prepared probe can be asked."""
_MASS = re.compile(r"(data|traffic|time|money)$")
_NOUNS = (
    ("improved", "an improvement"),
    ("decreased", "a decrease"),
    ("reduced", "a reduction"),
    ("lowered|cut down|brought down|shortened", "a reduction"),
    ("increased|boosted|scaled up", "an increase"),
    ("sped up|speeded up|accelerated", "a gain in speed"),
    ("optimi[sz]ed", "an optimization"),
)
"""A change that is claimed without saying of what, as a noun."""


def say_more(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask a very short answer to go on."""
    ask = turned_by(("Could you say more about that?", "Could you give me an example?"), nth)
    other = [f"{piece.statement} {ask[0]}" for piece in taken if not (piece.thing or piece.mood)]
    return (*how(taken), *on_things(taken, nth), *other, *_SAY_MORE)


def go_deeper(question: Question, taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for more of a brief answer that leaves nothing else open."""
    general = turned_by(_DEEPER_IN_A_STORY if tells_of_once(question) else _DEEPER, nth)
    return (*how(taken), *on_things(taken, nth), *general)


def figure_of(claim: Claim) -> tuple[str, ...]:
    """Return how to ask for the figure of a claim."""
    said = f'You said "{claim.words}".'
    if claim.kind == "more":
        return (
            f"{said} By how much, roughly?",
            f"{said} How did you measure that?",
            f"{said} What were the figures before and after?",
        )
    if claim.kind == "many":
        much = "much" if _MASS.search(claim.words) else "many"
        return (
            f"{said} Roughly how {much} are we talking about?",
            f"{said} Can you put a figure on that?",
        )
    noun = next((noun for verb, noun in _NOUNS if re.fullmatch(verb, claim.words)), "")
    if noun:
        said = f"You spoke of {noun}."
    elif claim.by_person:
        said = f"You said you {turned(claim.words)}."
    return (
        f"{said} What were the figures before and after?",
        f"{said} By how much, roughly?",
        f"{said} From what to what?",
    )


def beginning_of(change: Change) -> tuple[str, ...]:
    """Return how to ask from where something changed."""
    asks = ("What had it been before?", "From what?", "Where did it start?")
    return tuple(f"{change.statement} {ask}" for ask in asks)


def measured(share: str) -> tuple[str, ...]:
    """Return how to ask where a share comes from."""
    return (f"You mentioned {share}. How was that measured?", f"How did you arrive at {share}?")


def own_part(quote: str, taken: Sequence[SaidBack]) -> tuple[str, ...]:
    """Return how to ask for the person's own part; `quote` is "we built" or "we"."""
    said = f'You said "{quote}".' if quote != "we" else 'You often said "we".'
    return (
        f"{said} What was your own part in that?",
        *after(taken, {"did": ("Which part of that did you do yourself?",)}, calls_too=True),
        f"{said} Which part of it did you do yourself?",
        *after(taken, {"did": ("What was your own part in that?",)}, calls_too=True),
        "What was your own part in that?",
        "And you personally, what did you do there?",
        "Which of that was in your own hands?",
    )


def own_work(
    question: Question, taken: Sequence[SaidBack], nth: int, *, told: bool
) -> tuple[str, ...]:
    """Return how to ask for something of the person's own that the question invites.

    It must not hint at what that could be; `told` is whether a case of one's own was told.
    """
    if area_of(question.area).level <= 1:
        return turned_by(_FOR_THIS_ROLE, nth)
    asks: Mapping[Mood, Sequence[str]] = {
        "did": turned_by(_ANOTHER_TIME, nth),
        "does": (FOR_EXAMPLE,),
        "would": turned_by(_DONE_BEFORE, nth),
        "holds": (FOR_EXAMPLE,),
    }
    calls: Mapping[Mood, Sequence[str]] = {"did": asks["did"], "would": asks["would"]}
    deeds = (*after(taken, asks), *after(taken, calls, calls_too=True))
    projects = [piece for piece in taken if piece.thing and is_project(piece.thing)]
    ask = "where else in your work has this come up?"
    told = told or tells_of_once(question) or any(piece.mood == "did" for piece in taken)
    general = _FURTHER_CASES if told else _OWN_CASES
    stays = () if told else staying(taken, (_COME_ACROSS,))
    apart = tuple(f"Apart from {piece.thing}, {ask}" for piece in projects)
    return (*deeds, *apart, *stays, *turned_by(general, nth))


def figures(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for the figures of something that was told without any."""
    did = turned_by(("What did that change, in figures?", "How did you measure what it did?"), nth)
    general = ("Could you put some numbers on that?", "What came of it, in figures?")
    return (*after(taken, {"did": did, "does": ("What does that bring, in figures?",)}), *general)


def details(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for what is left out of something that was raised."""
    described = [piece for piece in taken if piece.thing.startswith(DESCRIBED)]
    return (
        *how(taken),
        *on_things(described, nth),
        "Could you go a level deeper there?",
        "What would you add, so that I get the whole picture?",
        "Which details of that would you not want to leave out?",
    )


def price(taken: Sequence[SaidBack], nth: int, *, decided: bool) -> tuple[str, ...]:
    """Return how to ask what speaks against a design.

    A decision has a price; a thing is taken up only where nothing was decided, a figure never.
    """
    planned = turned_by(
        (
            "What would you give up by doing it that way?",
            "What speaks against doing it that way?",
            "What is the price of doing it that way?",
        ),
        nth,
    )
    done = ("What did you have to give up for that?", "What spoke against it?")
    general = planned if decided else ("Where would you have to make compromises there?",
        "What would have to give, if you cannot have everything there?")  # fmt: skip
    asks: Mapping[Mood, Sequence[str]] = {"would": planned, "does": planned, "did": done}
    stays = () if decided else staying(taken, general)
    calls = after(taken, {"did": done}, calls_too=True)
    return (*after(taken, asks), *calls, *stays, *general)


def end_of_story(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for the end of a story."""
    asks = turned_by(("What happened then?", "And how did that turn out?"), nth)
    general = ("How did it end?", "How did that turn out in the end?", "What came of it?",
        "And what was the result in the end?", "How did it go on from there?")  # fmt: skip
    then = after(taken, {"did": asks}, calls_too=True)
    return (*after(taken, {"did": asks}), *then, *turned_by(general, nth))


def breakdown(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for what happens when a design fails."""
    noticed = ("How would you notice that it isn't working?", "What could go wrong with that?")
    asks = ("What happens when that breaks?", "How would you notice that it stopped working?")
    parts = [f"{piece.statement} {asks[0]}" for piece in taken if is_machine(piece.thing)]
    general = ("What could go wrong with that?", *asks)
    would = after(taken, {"would": turned_by(noticed, nth)}, calls_too=True)
    return (*would, *parts, *staying(taken, general[:1]), *general)


def lesson(question: Question, taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask what was learned from a story."""
    asks = ["What would you do differently there today?", "Would you do it the same way again?"]
    if "differently" in question.text:
        asks = ["What did you take away from that?"]
    general = ("What did you take away from that?", "What do you do differently since then?")
    did = after(taken, {"did": turned_by(tuple(asks), nth)}, calls_too=True)
    return (*did, *turned_by(general, nth))


def growth(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask what a design does at a much larger size."""
    asks = ("How would that hold up at many times the size?",)
    general = (
        "At many times the size, what would give way first?",
        "What would change if there were far more of it?",
    )
    parts = [f"{piece.statement} {general[0]}" for piece in taken if is_machine(piece.thing)]
    return (*after(taken, {"would": asks}), *parts, *turned_by(general, nth))


def held_ready(kind: str, text: str, taken: Sequence[SaidBack]) -> tuple[str, ...]:
    """Return how to ask a prepared probe: after a deed of which it can be asked, else alone."""
    asks = dict.fromkeys(_FITS.get(kind, ()), (text,))
    return (*after(taken, asks), *after(taken, asks, calls_too=True), text)


def tells_of_once(question: Question) -> bool:
    """Return whether the question asks for something that happened, not for how one does it."""
    return asks_for_story(question) and not _HABIT.search(question.text.lower())
