"""A long sentence is cut after its first clause, and nothing is lost by the cuts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
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
    ("written", "said"),
    [
        ("Tell me about the 6K TPS system.", "Tell me about the 6K TPS system."),
        ("~4 engineers, ~$50", "about 4 engineers, about 50 dollars"),
        ("$2.5M or $1 or £300", "2.5 million dollars or 1 dollar or 300 pounds"),
        ("$50/hour, $5-10k", "50 dollars per hour, 5 to 10 thousand dollars"),
        ("6-50K TPS, 2019–2021", "6 to 50K TPS, 2019 to 2021"),
        ("GPT-4 on 2024-05-12", "GPT-4 on 2024-05-12"),
        ("50ms, 3x faster, 1.5M users", "50 milliseconds, 3 times faster, 1.5 million users"),
        ("AWS, the ICU, EC2, CI/CD, SLOs", "A.W.S, the I.C.U, E.C2, C.I CD, S.L.Os"),
        ("A/B tests and/or 24/7", "A B tests and or 24/7"),
        ("a -> b", "a to b"),
        ("**bold** `code` snake_case C#", "bold code snake_case C#"),
    ],
)  # fmt: skip
def test_signs_are_written_as_words(written: str, said: str) -> None:
    assert spoken(written) == said


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_becomes_plain_sentences(text: str) -> None:
    for sentence in spoken_sentences(text):
        assert sentence == " ".join(sentence.split())
        assert "[[" not in sentence
        assert sentence.isprintable()
        sentence.encode("utf-8")
