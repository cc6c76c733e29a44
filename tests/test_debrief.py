"""The three sentences at the end of an interview."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analysis import (
    Analysis,
    Answer,
    Coverage,
    Finding,
    Pacing,
    PointCoverage,
    Score,
    Scores,
    Status,
)
from agent.analysis.scores import NO_WORDS, OVERDRIVEN, TOO_SHORT, UNSURE
from agent.report.debrief import MOST_WORDS, debrief_of
from tests.sample_analysis import hostile_sample, long_sample, sample
from voice.speech.normalize import spoken
from voice.speech.spoken import spoken_sentences

ANSWER = Answer(start_s=0.0, end_s=60.0, question="Why?", text="Because.")
TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "p99 < 25 ms: 6K→50K TPS", "CI/CD on AWS (EKS), $2.5M", "Node.js vs. Deno. Twice!",
        "50-200 ms; 1,000-2,000/s", "**bold** _name_ `x`", "…", "१२ अंक", "\u202eoff\x1b[2J",
        "a " * 80, "W" * 400, "“quoted” 'words'", "C++ & C#", "~4 / 5 - 6", "$ 3 000 k/s",
    ]
)  # fmt: skip
STATUSES: list[Status] = ["covered", "partial", "contradicted", "missing"]


def checked(analysis: Analysis) -> tuple[str, str, str]:
    """Return the debrief after it was held against what it promises."""
    said = debrief_of(analysis)
    assert len(said) == 3
    for sentence in said:
        assert len(spoken(sentence).split()) <= MOST_WORDS, sentence
        assert re.search(r"[^\s.,;:!?]\.$", sentence), sentence
        assert len(spoken_sentences(sentence)) == 1, sentence
        assert sentence.splitlines() == [sentence]
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e<>`*_\[\]():;“”]", sentence)
    return said


def with_points(*statuses: Status) -> Analysis:
    points = tuple(
        PointCoverage(index=n, name=f"Falls project {n}", status=status)
        for n, status in enumerate(statuses)
    )
    return Analysis(answers=(ANSWER,), coverage=Coverage(points=points))


def test_a_whole_session() -> None:
    assert checked(sample()) == (
        "You spoke at 148 words a minute, easy to follow, with at least 13 fillers.",
        "You made 2 of your 5 talking points, and Open-source tracing library never came up.",
        "Next, answer question 3 again in 90 seconds, number first.",
    )


@pytest.mark.parametrize("analysis", [hostile_sample(), long_sample(2000), Analysis()])
def test_any_session_keeps_to_the_form(analysis: Analysis) -> None:
    assert "script>" not in " ".join(checked(analysis))


def test_typed_answers_have_no_pace_and_no_answers_are_told() -> None:
    typed = sample(audio="").model_copy(update={"engines": {"interviewer": "rules"}})
    assert "no pace to tell you" in checked(typed)[0]
    assert "no answer" in checked(Analysis())[0]


@pytest.mark.parametrize("reason", [UNSURE, OVERDRIVEN, NO_WORDS, TOO_SHORT])
def test_what_is_not_scored_is_said_so(reason: str) -> None:
    score = Score(not_scored=reason)
    pacing = Pacing(speech_rate_wpm=150.0, band="fine", duration_s=250.0)
    scores = Scores(pacing=score, fillers=score, coverage=score)
    told = with_points("covered", "missing").model_copy(update={"pacing": pacing, "scores": scores})
    said = checked(told)
    assert all("not" in one and reason.partition(";")[0] in one for one in said[:2])
    assert "150" not in said[0]
    assert "at least one question in full" in said[2]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "no talking points, so there was none to make"),
        (["covered", "missing"], "1 of your 2 talking points, and Falls project 1 never came up."),
        (["covered", "partial"], "and Falls project 1 only in part."),
        (["partial", "contradicted"], "and a figure of Falls project 1 differs from your brief."),
        (["covered"], "You made 1 of your 1 talking point."),
    ],
)
def test_the_points_and_one_by_name(statuses: list[Status], words: str) -> None:
    assert words in checked(with_points(*statuses))[1]


def test_an_exercise_is_one_sentence_and_praise_is_none() -> None:
    told = with_points("covered")
    praise = Finding(kind="strength", text="x", exercise="Listen to it once.", answer=0)
    todo = Finding(kind="filler", text="x", exercise="Say “um” less. Then say it again!")
    for findings, begins in (((praise,), "Nothing"), ((praise, todo), "Next, say um less, Then")):
        assert checked(told.model_copy(update={"findings": findings}))[2].startswith(begins)


@settings(max_examples=150)
@given(
    names=st.lists(st.tuples(TEXTS, st.sampled_from(STATUSES)), max_size=6),
    exercises=st.lists(TEXTS, max_size=2),
    wpm=st.none() | st.floats(),
    reason=st.sampled_from(["", UNSURE, NO_WORDS, TOO_SHORT, OVERDRIVEN, "whatever"]),
)
def test_every_analysis_has_three_sentences(
    names: list[tuple[str, Status]], exercises: list[str], wpm: float | None, reason: str
) -> None:
    score = Score(not_scored=reason)
    points = (PointCoverage(index=n, name=one, status=s) for n, (one, s) in enumerate(names))
    analysis = Analysis(
        answers=(ANSWER,),
        pacing=Pacing(speech_rate_wpm=wpm, band="fast", duration_s=9.0),
        coverage=Coverage(points=tuple(points)),
        findings=tuple(Finding(kind="pace", text="x", exercise=text) for text in exercises),
        scores=Scores(pacing=score, fillers=score, coverage=score),
    )
    checked(analysis)
