"""The word error rate that the benches print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.wer import edits, normalized, word_error_rate


@pytest.mark.parametrize(
    ("said", "heard", "rate"),
    [
        ("It went up 40%, twice.", "it went up forty percent twice", 0.0),
        ("1,500 users at 2.5 s", "one thousand five hundred users at two point five s", 0.0),
        ("the rSocket migration", "the R socket migration", 0.0),
        ("a trade-off", "a trade off", 0.0),
        ("one two three four", "one three four", 0.25),
        ("one two", "one too many two", 1.0),
        ("one two three four", "", 1.0),
        ("", "made up", 2.0),
        ("", "", 0.0),
    ],
)  # fmt: skip
def test_rate(said: str, heard: str, rate: float) -> None:
    assert word_error_rate(said, heard) == rate


WORDS = st.lists(st.sampled_from("a b c d".split()), max_size=8)


@given(WORDS, WORDS, WORDS)
def test_edits_are_a_distance(one: list[str], two: list[str], three: list[str]) -> None:
    assert edits(one, one) == 0
    assert edits(one, two) == edits(two, one)
    assert edits(one, three) <= edits(one, two) + edits(two, three)
    assert abs(len(one) - len(two)) <= edits(one, two) <= max(len(one), len(two))


@given(st.integers(0, 10**12 - 1))
def test_whole_numbers_become_words(number: int) -> None:
    words = normalized(str(number))
    assert all(word.isalpha() for word in words)
    assert normalized(f"{number:,}") == words
