"""A long sentence is cut after its first clause, and nothing is lost by the cuts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.spoken import (
    CLAUSE_WORDS,
    LONG_SENTENCE_WORDS,
    clauses,
    spoken_sentences,
    written_sentences,
)


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("What was your part in the move of the payments,", "and what came first, and why?"),
        ("You said that it took three weeks;", "what was it that made the last one so hard?"),
        ("Here is one about your own work:", "how would you build a cache for 1,000 users?"),
        ("Tell me about the platform team", "and the way in which you shared the work there."),
        # The comma stands too near to the beginning; the joining word is taken.
        ("So, tell me how you found the leak", "before it took the whole service down with it."),
        # No list is taken apart.
        (
            "Which differences between TRL, VeRL and OpenRLHF surprised you most,",
            "and what in the systems caused them?",
        ),
    ],
)  # fmt: skip
def test_a_long_sentence_is_cut_after_its_first_clause(first: str, rest: str) -> None:
    assert clauses(f"{first} {rest}") == [first, rest]


@given(
    st.lists(st.sampled_from("we moved it, and then; because - when 6,000 :".split()), max_size=40)
)
def test_no_word_is_lost_or_alone(words: list[str]) -> None:
    sentence = " ".join(words)
    parts = clauses(sentence)
    kept = [word for part in parts for word in part.split()]
    assert [word for word in kept if word != "-"] == [word for word in words if word != "-"]
    if len(parts) > 1:
        assert len(words) > LONG_SENTENCE_WORDS
        assert min(len(part.split()) for part in parts) >= CLAUSE_WORDS


def test_written_sentences_keep_signs_and_drop_what_is_silent() -> None:
    assert written_sentences('It cost\n$2.5M. ... Why?\x01 "***" 🙂') == [
        "It cost $2.5M. ...",
        'Why? "***"',
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "When would you choose SQL vs. NoSQL?",
        "Tell Dr. Patel what you would do first.",
        "Have you worked with St. Mary's or Mt. Olive?",
        "Who is J. R. Smith of No. 3, e.g. Approach two or approx. 5 of them?",
        "Were you there at 9 a.m. Monday in the U.S. Army (i.e. Boston)?",
        "What changed from Jan. 5 to Oct. 21?",
    ],
)
def test_no_sentence_ends_after_an_abbreviation(sentence: str) -> None:
    assert written_sentences(sentence) == [sentence]
    assert len(spoken_sentences(sentence)) == 1


@pytest.mark.parametrize(
    "parts",
    [
        ["We used Plan B.", "Then what did you do?"],
        ["You and I.", "Go on."],
        ["It opened at 9 a.m.", "What came then?"],
        ["She lives in Main St.", "Why did you ask?"],
        ["We bought servers, disks etc.", "Tell me why."],
        ["Did it work?", "No.", "I was wrong!", "3 failed."],
        ['He said "Stop."', '"Why?" she asked.', "(Nobody knew.)", "Go on."],
    ],
)
def test_other_sentences_end_at_their_sign(parts: list[str]) -> None:
    assert written_sentences(" ".join(parts)) == parts
