"""A long sentence is cut after its first clause, and nothing is lost by the cuts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.spoken import (
    CLAUSE_WORDS,
    LONG_SENTENCE_WORDS,
    clauses,
    spoken,
    spoken_sentences,
    unfinished,
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


def test_a_dash_between_clauses_is_not_said() -> None:
    cut = clauses(
        "That is the design you had in mind - now what breaks first at ten times the load?"
    )
    assert cut == [
        "That is the design you had in mind",
        "now what breaks first at ten times the load?",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "What was your part in it, and what came first?",
        "Tell me in your own words about the 6-50K TPS system of the last three years?",
        "Yes, well, so, tell me about the very first system of your own design, please.",
        "What does that teach you about gradient flow and numerical stability in large runs?",
        "",
    ],
)
def test_other_sentences_stay_whole(sentence: str) -> None:
    assert clauses(sentence) == [sentence]


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


@given(st.text(max_size=100))
def test_written_sentences_are_what_spoken_ones_say(text: str) -> None:
    assert [spoken(sentence) for sentence in written_sentences(text)] == spoken_sentences(text)


def test_written_sentences_keep_signs_and_drop_what_is_silent() -> None:
    assert written_sentences('It cost\n$2.5M. ... Why?\x01 "***" 🙂') == [
        "It cost $2.5M. ...",
        'Why? "***"',
    ]


def test_the_voice_stays_up_where_a_sentence_was_cut() -> None:
    assert unfinished("Tell me about the team") == "Tell me about the team,"
    assert unfinished("It took three weeks;") == "It took three weeks;"


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
