"""What is counted in an answer: "I", "we" and figures."""

from __future__ import annotations

import pytest

from agent.analysis import SpokenWord
from agent.measures.counts import figures_in, i_and_we


def said(text: str) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=at, end_s=at + 0.3) for at, word in enumerate(text.split())
    ]


def test_contractions_count_and_hedges_do_not() -> None:
    words = said("I've built it, we're done and I think we’d win. We!")
    words[6] = words[6].model_copy(update={"mark": "hedge"})
    assert i_and_we(words) == (1, 3)
    assert i_and_we(said("nobody did in India")) == (0, 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We moved Redis to New York in 20 minutes.", 1),
        ("from six to fifty thousand, with 99.9% uptime", 2),
        ("one of the things I did first", 0),
        ("", 0),
    ],
)
def test_figures_are_counted_in_digits_and_in_words(text: str, count: int) -> None:
    assert figures_in(text) == count
