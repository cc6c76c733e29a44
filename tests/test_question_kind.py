"""What a question asks for: a story, a design, or neither."""

from __future__ import annotations

import pytest

from agent.question_kind import is_design, is_story


@pytest.mark.parametrize(
    ("question", "area", "kind"),
    [
        ("What happened?", "conflict", "story"),
        ("Describe a situation in which you failed.", "", "story"),
        ("How would you plan a new ward?", "domain", "design"),
        ("What would you do first?", "System Design", "design"),
        ("What is a queue?", "domain", ""),
    ],
)
def test_the_kind_comes_from_area_and_question(question: str, area: str, kind: str) -> None:
    assert is_story(area, question) == (kind == "story")
    assert is_design(area, question) == (kind == "design")
