"""What a question is: how hard its area is, and what it asks for.

Order and length follow structured interviewing guides (OPM structured interviews, Google re:Work,
18F): begin with what everybody can answer, behavioral before technical, design last and longest.
"""

import re
from dataclasses import dataclass
from typing import Literal

from agent.text.display import flat

QuestionKind = Literal["story", "design", "how", "person", "other"]
"""Something that happened once, a design, how one works or would work, one's way and wishes, or
anything else."""


@dataclass(frozen=True)
class Area:
    """What is known about an area."""

    level: int
    """Difficulty from 0 (warm-up) to 5 (design); it orders the plan."""
    weight: float
    """Share of time compared with a behavioral question (1.0)."""
    kind: QuestionKind | None = None
    """What its questions ask for, whatever their words."""


MIDDLE = 2.5
"""Of the levels."""
UNKNOWN = Area(3, 1.0)
"""An area that we have no name for goes into the middle."""
_GROUPS = (
    (Area(0, 0.7, "person"), "warm_up warmup introduction intro background icebreaker general"),
    (Area(1, 0.8, "person"), "motivation company career"),
    (Area(2, 1.0, "story"), "behavioral experience"),
    (Area(2, 1.0, "story"), "leadership teamwork conflict collaboration people"),
    (Area(2, 0.8, "person"), "culture culture_fit fit values"),
    (Area(3, 1.0, "person"), "weakness weaknesses strength strengths"),
    (Area(3, 1.0), "domain technical knowledge subject"),
    (Area(4, 1.2), "coding code algorithms debugging programming"),
    (Area(5, 1.5, "design"), "system_design design architecture case case_study"),
)
_AREAS = {name: area for area, names in _GROUPS for name in names.split()}

_DESIGN = re.compile(
    r"\bhow (would|do|will) you (design|architect|build|structure|set up|plan|integrate|extend)\b"
    r"|\bdesign (a|an|the)\b"
)
_STORY = re.compile(
    r"\b(tell (me|us) about|describe|give (me|us)|think of|recall)\b.{0,20}"
    r"\b(time|situation|moment|occasion|example|case|change|conflict|disagreement|patient)\b"
    r"|^(tell (me|us) about|describe) (an?|one) [^.?!]*\b(\w\w\wed|lost|went|made|led|built|had|was"
    r"|were|did|took|got|could)\b|^(have|has|did) [^?]*\bever\b"
)
_HOW = re.compile(
    r"\b(how|what|where|when|which|whom?)( \w+){0,3} (would|do|does|will|should|can|could)"
    r" (you|one|a|the)\b(?! (still |most |really )?(know|think|find|need|like|enjoy|want|prefer"
    r"|expect|hope|see|differently))|\b(walk|talk|take) (me|us) through (your|how)\b"
    r"|\bhow (do|would) you know (that|when|whether)\b"
)
"""Of a way of working, real or imagined; not "what would you differently"."""
_PERSON = re.compile(
    r"^why (do|would) you\b|\bdo you (like|enjoy|want|prefer|hope|love)\b|\bsee yourself\b"
    r"|\b(attracts|draws|interests|brings|makes) you\b"
)


def area_name(area: str) -> str:
    """Return an area as one lower-case word: "System Design" is "system_design"."""
    joined = re.sub(r"[\s_/-]+", "_", flat(area).lower()).strip("_")
    return joined.replace("behaviour", "behavior")


def area_of(area: str) -> Area:
    """Return what is known about an area; an unknown one lies in the middle."""
    return _AREAS.get(area_name(area), UNKNOWN)


def asks_for(area: str, question: str) -> QuestionKind:
    """Return what a question asks for, by its area and its words."""
    text, usual = question.lower(), area_of(area).kind
    how = bool(_HOW.search(text))
    if not how and (usual == "story" or _STORY.search(text)):
        return "story"
    if usual == "design" or _DESIGN.search(text):
        return "design"
    if _PERSON.search(text) or (usual == "person" and not text.startswith("how")):
        return "person"
    return "how" if how else "other"
