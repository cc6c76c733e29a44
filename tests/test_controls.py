"""Requests about the turn, spoken."""

from __future__ import annotations

import pytest

from voice.turns.controls import Control, spoken_control


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Could you repeat that?", Control.REPEAT),
        ("Sorry, um, can you repeat the question please?", Control.REPEAT),
        ("say that again please", Control.REPEAT),
        ("Let me think.", Control.THINK),
        ("That’s a good question, let me think about that for a moment.", Control.THINK),
        ("and so it went. That's my answer.", Control.DONE),
        ("Let's skip this one.", Control.SKIP),
        ("let's stop here", Control.FINISH),
    ],
)
def test_requests(text: str, control: Control) -> None:
    assert spoken_control(text) is control


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I would say that it scaled",
        "They say it again and again in the paper, and so we measured it ourselves for a month",
        "we skip that step when the cache is warm, which is nearly always the case",
        "let me think about who to name and then I answered that the batch size was wrong",
    ],
)
def test_answers_are_no_requests(text: str) -> None:
    assert spoken_control(text) is None
