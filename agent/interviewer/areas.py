"""Areas of questions: how hard, how long, and how they are named aloud.

Order and length follow structured interviewing guides (OPM structured interviews, Google re:Work,
18F): begin with what everybody can answer, behavioral before technical, design last and longest.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.brief import Question
from agent.question_kind import DESIGN_AREAS, area_name, is_design, is_story


@dataclass(frozen=True)
class Area:
    """What is known about an area."""

    level: int
    """Difficulty from 0 (warm-up) to 5 (design); it orders the plan."""
    weight: float
    """Share of time compared with a behavioral question (1.0)."""
    spoken: str = ""
    """How a change to this area is announced; "" where it is not."""


UNKNOWN = Area(3, 1.0)
"""An area that we have no name for goes into the middle."""

_GROUPS: tuple[tuple[Area, str], ...] = (
    (Area(0, 0.7), "warm_up warmup introduction intro background icebreaker opening general"),
    (Area(1, 0.8, "your motivation"), "motivation company career"),
    (Area(2, 1.0, "something from your own experience"), "behavioral behavioural experience"),
    (Area(2, 1.0, "working with others"), "leadership teamwork conflict collaboration people"),
    (Area(2, 0.8, "ways of working"), "culture culture_fit fit values"),
    (Area(3, 1.0), "domain technical knowledge subject"),
    (Area(4, 1.2, "a more technical problem"), "coding code algorithms debugging programming"),
    (Area(5, 1.5, "a design question"), " ".join(DESIGN_AREAS)),
)
_AREAS = {name: area for area, names in _GROUPS for name in names.split()}


def area_of(area: str) -> Area:
    """Return what is known about an area; an unknown one lies in the middle."""
    return _AREAS.get(area_name(area), UNKNOWN)


def asks_for_design(question: Question) -> bool:
    """Return whether a good answer weighs alternatives: a design area, or "how would you build"."""
    return is_design(question.area, question.text)


def asks_for_story(question: Question) -> bool:
    """Return whether a good answer tells what the person once did."""
    return is_story(question.area, question.text)
