"""Doubled words and restarts, told apart from emphasis, grammar and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.measures.fillers import fillers_of
from agent.measures.repetitions import MOST_GAP_S, repetitions_of


def timed(text: str, gap_s: float = 0.1) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=at * (0.3 + gap_s), end_s=at * (0.3 + gap_s) + 0.3)
        for at, word in enumerate(text.split())
    ]


def found(text: str) -> list[str]:
    return [one.text for one in fillers_of(timed(text), 20.0)[0].repetitions]


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("the the queue", ["the the"]),
        ("I I I think so", ["I I I"]),
        ("we moved, we moved the queue", ["we moved, we moved"]),
        ("and I was— I had a plan", ["I was— I had"]),
        ("and I was I had a plan", ["I was I had"]),
        ("it was, um, it was late", ["it was, it was"]),
        ("in the, you know, in the middle", ["in the, you know, in the"]),
        ("a lot of a lot of people", ["a lot of a lot of"]),
        ("It's it's fine and the The end", ["It's it's", "the The"]),
    ],
)
def test_repetitions_are_found(text: str, repeated: list[str]) -> None:
    assert found(text) == repeated


@pytest.mark.parametrize(
    "text",
    [
        "very very good and no no no, bye bye",
        "he had had enough and said that that was all",
        "ten ten and 5 5 and fifty fifty",
        "over and over and over again, step by step by step",
        "I think I know what I did I did well",
        "I know. I know. We left. We left.",
        "the A B C of it",
        "",
    ],
)
def test_emphasis_grammar_and_numbers_are_none(text: str) -> None:
    assert found(text) == []


def test_after_a_long_silence_it_is_a_new_attempt() -> None:
    assert len(repetitions_of(timed("we moved we moved it", MOST_GAP_S - 0.01))) == 1
    assert repetitions_of(timed("we moved we moved it", MOST_GAP_S + 0.01)) == ()


@given(st.lists(st.sampled_from("the I was had we it um very ten. that".split()), max_size=40))
def test_they_are_ordered_disjoint_and_inside(words: list[str]) -> None:
    marked = fillers_of(timed(" ".join(words)), 20.0)[1]
    at_s = -1.0
    for one in repetitions_of(marked):
        assert at_s <= one.start_s < one.end_s <= marked[-1].end_s
        assert len(one.text.split()) >= 2
        at_s = one.end_s


@given(st.lists(st.text("bcdfgklm", min_size=3, max_size=9), unique=True, max_size=40))
def test_words_said_once_are_never_repeated(words: list[str]) -> None:
    assert found(" ".join(words)) == []
