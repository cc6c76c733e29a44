"""How each kind of follow-up is asked, as an experienced interviewer says it.

Every function returns wordings from the one to be preferred to the last resort; which one is
spoken, checks.py decides. None names anything that the person did not say, none praises, and the
English stays good whatever phrase of the person is put in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.brief import Question
from agent.interviewer.areas import area_of, asks_for_story
from agent.interviewer.baselines import Change
from agent.interviewer.heard import Claim
from agent.interviewer.phrases import turned
from agent.interviewer.said_back import SaidBack

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
_A_LEVEL_DOWN = (
    "Could you go a level down there?",
    "How did that work in detail?",
    "Could you take me through that, step by step?",
)
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
    ask = _turn(("Could you say more about that?", "Could you give me an example?"), nth)
    figures_too = [f"{piece.statement} {ask[0]}" for piece in taken if piece.is_figure]
    return (*about(taken, (*ask, *_SAY_MORE)), *figures_too, *_SAY_MORE)


def go_deeper(question: Question, taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for more of a brief answer that leaves nothing else open."""
    general = _turn(_DEEPER_IN_A_STORY if asks_for_story(question) else _DEEPER, nth)
    return (*about(taken, _turn(_A_LEVEL_DOWN, nth)), *general)


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
        *about(taken, ("Which part of that did you do yourself?",)),
        f"{said} Which part of it did you do yourself?",
        *about(taken, ("What was your own part in that?", "What did you do there yourself?")),
        "What was your own part in that?",
        "And you personally, what did you do there?",
        "Which of that was in your own hands?",
    )


def own_work(question: Question, taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for something of the person's own that the question invites.

    It must not hint at what that could be.
    """
    if area_of(question.area).level <= 1:
        general: tuple[str, ...] = (
            "What else in your work so far has prepared you for this?",
            "What else from your work should I know about?",
        )
        return (*_apart(taken, _turn(general[:2], nth)), *general)
    if asks_for_story(question):
        general = (
            "Where else in your work has this come up?",
            "What else of your own work would you bring up here?",
            "Is there something of yours that shows this from another side?",
            "If you could add another example, which would it be?",
        )
    else:
        general = (
            "What from your own work would you bring in here?",
            "Where have you done something like this yourself?",
            "Which experience of your own is behind that?",
            "When did you last face something like this yourself?",
        )
    return (*_apart(taken, _turn(general[:2], nth)), *general)


def figures(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for the figures of something that was told without any."""
    ask = ("Which figures would you put next to that?", "Could you put some numbers on that?")
    return (*about(taken, _turn(ask, nth)), *ask, "What came of it, in figures?")


def details(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Return how to ask for what is left out of something that was raised."""
    ask = ("Could you go a level deeper there?", "Which details would you add there?")
    return (
        *about(taken, _turn(ask, nth)),
        "What would you add, so that I get the whole picture?",
        "Could you go a level deeper there?",
        "Which details of that would you not want to leave out?",
    )


def price(chosen: str | None, decided: bool, taken: Sequence[SaidBack]) -> tuple[str, ...]:
    """Return how to ask what speaks against a design.

    Args:
        chosen: the decision in the person's words, "I would use the queue"; None for none.
        decided: whether anything was decided on at all.
        taken: what can be said back.
    """
    if not decided:
        general: tuple[str, ...] = (
            "Where would you have to make compromises there?",
            "What would have to give, if you cannot have everything there?",
        )
        return (*about(taken, general), *general)
    general = (
        "What would you give up by doing it that way?",
        "What speaks against doing it that way?",
        "What is the price of doing it that way?",
    )
    if chosen is None:
        return (*about(taken, general), *general)
    said = turned(chosen)
    give_up = "would you" if "would" in said else "did you have to"
    return (f"So {said}. What {give_up} give up for that?", *general)


def end_of_story(taken: Sequence[SaidBack]) -> tuple[str, ...]:
    """Return how to ask for the end of a story."""
    return (
        *about(taken, ("How did it all turn out in the end?", "And what came of it?")),
        "How did that turn out in the end?",
        "What came of it?",
        "And what was the result in the end?",
        "How did it go on from there?",
    )


def about(taken: Sequence[SaidBack], ask: Sequence[str]) -> tuple[str, ...]:
    """Return every question of `ask` after what was said: "You mentioned the queue. …?".

    Not after a number: nobody has to make compromises "there", at ninety percent.
    """
    said = [piece.statement for piece in taken if not piece.is_figure]
    return tuple(f"{statement} {one}" for one in ask for statement in said)


def _apart(taken: Sequence[SaidBack], asks: Sequence[str]) -> tuple[str, ...]:
    """Ask for something beside what was told."""
    return tuple(
        f"Apart from {piece.thing}, {ask[0].lower()}{ask[1:]}"
        if piece.thing
        else f"{piece.statement} Apart from that, {ask[0].lower()}{ask[1:]}"
        for ask in asks
        for piece in taken
        if not piece.is_figure
    )


def _turn(wordings: tuple[str, ...], nth: int) -> tuple[str, ...]:
    """Return the wordings beginning with another one each time."""
    start = nth % len(wordings)
    return (*wordings[start:], *wordings[:start])
