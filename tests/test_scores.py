"""The scores: 0 to 100, moving the right way, explained, and absent where they would mislead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Evidence,
    Filler,
    Fillers,
    InterviewerLine,
    Pacing,
    Pause,
    PointCoverage,
    Score,
    Span,
    SpokenWord,
)
from agent.analysis import scores as scorable
from agent.analysis.scores import scores_of
from voice.audio.clip import Clip

WHISPER = {"stt": "whisper:small.en"}
LENGTH_S = 120.0
STATUSES = ("covered", "partial", "contradicted", "missing")


def session(
    wpm: float | None = 140.0,
    statuses: tuple[str, ...] = ("covered",),
    probability: float = 0.9,
    **pacing: object,
) -> Analysis:
    """Return a session of one answer of two minutes."""
    words = tuple(
        SpokenWord(text="word", start_s=at, end_s=at + 0.5, probability=probability)
        for at in range(60)
    )
    figures = Pacing.model_validate(
        {"words": 60, "speech_rate_wpm": wpm, "duration_s": LENGTH_S, "phonation_s": 90.0} | pacing
    )
    quote = (Evidence(quote="word", start_s=0, end_s=1),)
    points = (
        PointCoverage(index=at, name="x", status=one, evidence=() if one == "missing" else quote)
        for at, one in enumerate(statuses)
    )
    return Analysis(
        about=About(audio="candidate.wav"),
        engines=WHISPER,
        answers=(Answer(question="Why?", start_s=0, end_s=LENGTH_S, words=words, pacing=figures),),
        pacing=figures,
        fillers=Fillers(per_minute=0.0),
        coverage=Coverage(points=tuple(points)),
    )


def with_fillers(pauses: int, words: int = 0) -> Analysis:
    every = [Filler(text="um", start_s=at, end_s=at + 0.3) for at in range(pauses + words)]
    fillers = Fillers(
        filled_pauses=tuple(every[:pauses]),
        filler_words=tuple(every[pauses:]),
        per_minute=len(every) * 60 / LENGTH_S,
    )
    return session().model_copy(update={"fillers": fillers})


def value(score: Score) -> int:
    assert score.value is not None, score.not_scored
    assert score.formula
    assert not score.not_scored
    return score.value


@given(wpm=st.floats(0, 400), pauses=st.integers(0, 50))
def test_pacing_is_best_in_the_easy_band_and_never_better_for_a_pause(
    wpm: float, pauses: int
) -> None:
    long = tuple(Pause(start_s=at, end_s=at + 1.6, inside_clause=True) for at in range(pauses))
    got = value(scores_of(session(wpm, pauses=long)).pacing)
    more = Pause(start_s=60, end_s=62, inside_clause=True)
    worse = value(scores_of(session(wpm, pauses=(*long, more))).pacing)
    assert 0 <= worse <= got <= 100
    further = wpm * 1.1 if wpm > 145 else wpm * 0.9
    assert value(scores_of(session(further, pauses=long)).pacing) <= got
    if 120 <= wpm <= 190 and not pauses:
        assert got == 100


@pytest.mark.parametrize(
    ("pauses", "told", "lost"),
    [
        (0, "no long mid-sentence pause", 0),
        (1, "-5 for one long mid-sentence pause", 5),
        (2, "-10 for 2 long mid-sentence pauses", 10),
        (40, "-30 for 40 long mid-sentence pauses (never more)", 30),
    ],
)
def test_the_formula_of_pacing_adds_up(pauses: int, told: str, lost: int) -> None:
    long = tuple(Pause(start_s=at, end_s=at + 1.6, inside_clause=True) for at in range(pauses))
    score = scores_of(session(pauses=long)).pacing
    assert score.formula.endswith(f"; {told}.")
    assert value(score) == 100 - lost


@given(pauses=st.integers(0, 80), words=st.integers(0, 80))
def test_more_fillers_never_score_better(pauses: int, words: int) -> None:
    counts = ((pauses, words), (pauses + 1, words), (pauses, words + 1))
    scores = [value(scores_of(with_fillers(*each)).fillers) for each in counts]
    assert 0 <= max(scores[1:]) <= scores[0] <= 100
    assert value(scores_of(with_fillers(pauses)).fillers) <= value(
        scores_of(with_fillers(0, pauses)).fillers
    )


@given(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=12))
def test_coverage_counts_half_for_half_and_nothing_for_a_wrong_figure(statuses: list[str]) -> None:
    score = scores_of(session(statuses=tuple(statuses))).coverage
    made = statuses.count("covered") + statuses.count("partial") / 2
    assert value(score) == round(100 * made / len(statuses))
    assert f"{made:g} of {len(statuses)} talking points" in score.formula
    for at, status in enumerate(statuses):
        if status != "covered":
            better = [*statuses[:at], "covered", *statuses[at + 1 :]]
            assert value(scores_of(session(statuses=tuple(better))).coverage) > value(score)


def test_uncertain_words_are_not_scored_unless_corrected_by_hand() -> None:
    unsure = session(probability=0.4)
    scores = scores_of(unsure)
    assert {scores.pacing.not_scored, scores.fillers.not_scored, scores.coverage.not_scored} == {
        scorable.UNSURE
    }
    corrected = unsure.model_copy(update={"engines": {"stt": f"x, {scorable.BY_HAND}"}})
    assert value(scores_of(corrected).coverage) == 100
    doubtful, sure = (scores_of(session(probability=p)).coverage.formula for p in (0.7, 0.9))
    assert doubtful.startswith(sure) and doubtful != sure


def test_too_little_speech_and_overdriven_sound_are_not_scored() -> None:
    assert scores_of(session(duration_s=29.0)).pacing.not_scored == scorable.TOO_SHORT
    clipped = scores_of(session(), clipped=0.05)
    assert clipped.pacing.not_scored == clipped.fillers.not_scored == scorable.OVERDRIVEN
    assert value(clipped.coverage) == 100


def test_nothing_said_and_nothing_to_say_are_told_apart() -> None:
    assert scores_of(Analysis()).coverage.not_scored == scorable.NO_POINTS
    nothing = session().model_copy(update={"answers": ()})
    assert scores_of(nothing).coverage.not_scored == scorable.NO_WORDS
    few = session().answers[0].model_copy(update={"words": session().answers[0].words[:9]})
    brief = session().model_copy(update={"answers": (few,)})
    assert scores_of(brief).coverage.not_scored == scorable.TOO_FEW


def test_typed_answers_have_coverage_only() -> None:
    asked = InterviewerLine(start_s=0, end_s=1, text="Why?", kind="question")
    typed = session().model_copy(update={"about": About(), "engines": {}, "interviewer": (asked,)})
    scores = scores_of(typed)
    assert scores.pacing.not_scored == scorable.TYPED_PACE
    assert scores.fillers.not_scored == scorable.TYPED_FILLERS


def test_clipping_is_counted_in_the_voice_of_the_answers() -> None:
    samples = np.zeros(16_000 * 4, np.int16)
    samples[100:200] = 32_767
    samples[16_000 * 3 :] = -32_768
    clip = Clip(samples, 16_000)
    answers = (Span(start_s=0.0, end_s=2.0),)
    assert scorable.clipped_share(clip, answers, 1.0) == pytest.approx(100 / 16_000)
    assert scorable.clipped_share(clip, (Span(start_s=0.0, end_s=4.0),), 0.5) == 1.0
    assert scorable.clipped_share(None, answers, 1.0) == 0.0
