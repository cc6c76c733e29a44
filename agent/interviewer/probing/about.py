"""Questions after what was said: after a deed or a view, about a thing, about what may break.

What is taken up decides what can be asked: of a deed how it was done, of a view an example, of a
thing hardly more than to be told about it. The lists are our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.coverage.lists import word_set
from agent.interviewer.answer.deeds import MAKING, Mood
from agent.interviewer.answer.said_back import SaidBack

FOR_EXAMPLE = "Could you give me an example of that?"
_PROJECTS = word_set(
    "platform project program pilot study prototype tool migration rollout redesign pipeline survey"
    " campaign experiment app website"
)
"""What is work of one's own by itself, so that other work can be asked for beside it."""
DESCRIBED = ("the ", "your ", "that ", "those ")
"""Of these the person can tell more; a bare name is most likely a tool, which both know."""
_MACHINES = word_set(
    "queue cache server database service cluster pipeline scheduler gateway platform system network"
    " interface sensor pump machine loader simulator worker workers consumer servers queues"
)
"""What breaks, and what gives way under a load."""


def after(
    taken: Sequence[SaidBack], asks: Mapping[Mood, Sequence[str]], *, calls_too: bool = False
) -> tuple[str, ...]:
    """Return questions after a deed that fit its mood: "You said you moved the ward. …?".

    A call or a word is taken up only where `calls_too` says so.
    """
    deeds = [piece for piece in taken if piece.mood in asks and (piece.is_weighty or calls_too)]
    return tuple(
        f"{piece.statement} {ask}" for piece in deeds if piece.mood for ask in asks[piece.mood]
    )


def turned_by(wordings: tuple[str, ...], nth: int) -> tuple[str, ...]:
    """Return the wordings beginning with another one each time."""
    start = nth % len(wordings)
    return (*wordings[start:], *wordings[:start])


def how(taken: Sequence[SaidBack]) -> tuple[str, ...]:
    """Return how to ask on about a deed or a view."""
    asks: Mapping[Mood, Sequence[str]] = {
        "does": ("How exactly do you do that?",),
        "would": ("How would you go about that?",),
        "holds": (FOR_EXAMPLE,),
    }
    made = [piece for piece in taken if MAKING.intersection(piece.words.split()[:3])]
    return (
        *after(made, {"did": ("How did you go about that?",)}),
        *after(taken, asks),
        *after(taken, {"did": ("What led you to do that?",)}, calls_too=True),
    )


def on_things(taken: Sequence[SaidBack], nth: int) -> tuple[str, ...]:
    """Ask on about what was named: of things nearly nothing else can be asked in good English."""
    asks = turned_by(("Could you tell me more about {}?", "Could you say more about {}?"), nth)
    return tuple(asks[0].format(piece.thing) for piece in taken if piece.thing)


def staying(taken: Sequence[SaidBack], asks: Sequence[str]) -> tuple[str, ...]:
    """Return questions about what an answer was about, where nothing was done or decided."""
    things = [piece.thing for piece in taken if piece.thing.startswith(DESCRIBED)]
    return tuple(f"Let's stay with {thing} for a moment. {ask}" for ask in asks for thing in things)


def is_project(thing: str) -> bool:
    """Return whether a thing is work of one's own."""
    return thing.rsplit(maxsplit=1)[-1] in _PROJECTS


def is_machine(thing: str) -> bool:
    """Return whether a thing breaks, or gives way under a load."""
    return bool(thing) and thing.rsplit(maxsplit=1)[-1] in _MACHINES
