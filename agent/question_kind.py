"""What a question asks for, told by its area and its words: a story, a design, or neither."""

from __future__ import annotations

import re

DESIGN_AREAS = ("system_design", "design", "architecture", "case", "case_study")
"""Areas whose questions are answered with a design."""
_STORY_AREAS = (
    "behavioral",
    "behavioural",
    "experience",
    "leadership",
    "teamwork",
    "conflict",
    "collaboration",
    "people",
)
_DESIGN = re.compile(
    r"\bhow (would|do|will) you (design|architect|build|structure|set up|plan|integrate|extend)\b"
    r"|\bdesign (a|an|the)\b"
)
_STORY = re.compile(
    r"\b(tell (me|us) about|describe|give (me|us)|think of|recall)\b.{0,20}"
    r"\b(time|situation|moment|occasion|example|case|change|conflict|disagreement|patient)\b"
)


def area_name(area: str) -> str:
    """Return an area as written in a brief in the form of the lists: "System Design" is
    "system_design".
    """
    return re.sub(r"[^a-z0-9]+", "_", area.lower()).strip("_")


def is_design(area: str, question: str) -> bool:
    """Return whether a good answer weighs alternatives: a design area, or "how would you build"."""
    return area_name(area) in DESIGN_AREAS or bool(_DESIGN.search(question.lower()))


def is_story(area: str, question: str) -> bool:
    """Return whether a good answer tells what the person once did."""
    return area_name(area) in _STORY_AREAS or bool(_STORY.search(question.lower()))
