"""The syllable counter against the counts of a pronouncing dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.speech.piper import count_syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("nurse", 1), ("people", 2), ("hospital", 3), ("evaluation", 5),
        ("50K", 4), ("6,000", 3), ("25ms", 7), ("twenty-five", 3), ("99%", 5), ("TPS", 3),
        ("we're", 1), ("1.5", 3), ("AWS", 5), ("created.", 3),
        ("really", 2), ("zero", 2), ("idea", 3), ("--", 0), ("", 0),
    ],
)  # fmt: skip
def test_words_numbers_signs_and_letters(word: str, count: int) -> None:
    assert count_syllables([word]) == count


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_word_has_a_count(word: str) -> None:
    assert count_syllables([word]) >= 0
