"""The scores: 0 to 100, moving the right way, explained, and absent where they would mislead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Answer, InterviewerLine, Score, Span
from agent.analysis import scores as told
from agent.analysis.scores import scores_of
from voice.audio.clip import Clip

LENGTH_S = 120.0
STATUSES = ("covered", "partial", "contradicted", "missing")


def session(
    wpm: float | None = 140.0,
    statuses: tuple[str, ...] = ("covered",),
    probability: float = 0.9,
    fillers: tuple[int, int] = (0, 0),
    **pacing: object,
) -> Analysis:
    """Return a session of one answer of two minutes; `fillers` are its sounds and its words."""
    words = [
        {"text": "word", "start_s": at, "end_s": at + 0.5, "probability": probability}
        for at in range(60)
    ]
    figures = {"words": 60, "speech_rate_wpm": wpm, "duration_s": LENGTH_S, "phonation_s": 90.0}
    sounds, likes = ([{"text": "um", "start_s": 1, "end_s": 2}] * count for count in fillers)
    answer = {"question": "Why?", "start_s": 0, "end_s": LENGTH_S, "words": words}
    return Analysis.model_validate(
        {
            "about": {"audio": "candidate.wav"},
            "engines": {"stt": "whisper:small.en"},
            "answers": [answer | {"pacing": figures | pacing}],
            "pacing": figures | pacing,
            "fillers": {"filled_pauses": sounds, "filler_words": likes,
                        "per_minute": sum(fillers) * 60 / LENGTH_S},
            "coverage": {"points": [
                {"index": at, "name": "x", "status": one} for at, one in enumerate(statuses)
            ]},
        }
    )  # fmt: skip


def long(pauses: int) -> list[dict[str, object]]:
    return [{"start_s": at, "end_s": at + 1.6, "inside_clause": True} for at in range(pauses)]


def value(score: Score) -> int:
    assert score.value is not None, score.not_scored
    assert score.formula
    assert not score.not_scored
    return score.value


@given(wpm=st.floats(0, 400), pauses=st.integers(0, 50))
def test_pacing_is_best_in_the_easy_band_and_never_better_for_a_pause(
    wpm: float, pauses: int
) -> None:
    got = value(scores_of(session(wpm, pauses=long(pauses))).pacing)
    assert 0 <= value(scores_of(session(wpm, pauses=long(pauses + 1))).pacing) <= got <= 100
    further = wpm * 1.1 if wpm > 145 else wpm * 0.9
    assert value(scores_of(session(further, pauses=long(pauses))).pacing) <= got
    if 120 <= wpm <= 190 and not pauses:
        assert got == 100


@pytest.mark.parametrize(
    ("pauses", "ends", "lost"),
    [
        (0, "no long mid-sentence pause", 0),
        (1, "-5 for one long mid-sentence pause", 5),
        (40, "-30 for 40 long mid-sentence pauses (never more)", 30),
    ],
)
def test_the_formula_of_pacing_adds_up(pauses: int, ends: str, lost: int) -> None:
    score = scores_of(session(pauses=long(pauses))).pacing
    assert score.formula.endswith(f"; {ends}.")
    assert value(score) == 100 - lost


@given(pauses=st.integers(0, 80), words=st.integers(0, 80))
def test_more_fillers_never_score_better_and_sounds_weigh_more(pauses: int, words: int) -> None:
    def score(*fillers: int) -> int:
        return value(scores_of(session(fillers=(fillers[0], fillers[1]))).fillers)

    got = score(pauses, words)
    assert 0 <= max(score(pauses + 1, words), score(pauses, words + 1)) <= got <= 100
    assert score(pauses, 0) <= score(0, pauses)
    assert (score(24, 24), score(10, 10)) == (100 - 50 - 30, 100)


@given(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=12))
def test_coverage_counts_half_for_half_and_nothing_for_a_wrong_figure(statuses: list[str]) -> None:
    score = scores_of(session(statuses=tuple(statuses))).coverage
    made = statuses.count("covered") + statuses.count("partial") / 2
    assert value(score) == round(100 * made / len(statuses))
    assert f"{made:g} of {len(statuses)} talking points" in score.formula


def test_what_cannot_be_scored_says_why() -> None:
    unsure = session(probability=0.4)
    scores = scores_of(unsure)
    assert {one.not_scored for _, one in scores} == {told.UNSURE}
    corrected = unsure.model_copy(update={"engines": {"stt": f"x, {told.BY_HAND}"}})
    assert value(scores_of(corrected).coverage) == 100
    doubtful, sure = (scores_of(session(probability=p)).coverage.formula for p in (0.7, 0.9))
    assert doubtful.startswith(sure) and doubtful != sure
    assert scores_of(session(duration_s=29.0)).pacing.not_scored == told.TOO_SHORT
    clipped = scores_of(session(), clipped=0.05)
    assert clipped.pacing.not_scored == clipped.fillers.not_scored == told.OVERDRIVEN
    assert value(clipped.coverage) == 100
    assert scores_of(Analysis()).coverage.not_scored == told.NO_POINTS
    nothing = session().model_copy(update={"answers": ()})
    assert scores_of(nothing).coverage.not_scored == told.NO_WORDS
    few = session().answers[0].model_copy(update={"words": session().answers[0].words[:9]})
    brief = session().model_copy(update={"answers": (few,)})
    assert scores_of(brief).coverage.not_scored == told.TOO_FEW


def test_typed_answers_have_coverage_only() -> None:
    asked = InterviewerLine(start_s=0, end_s=1, text="Why?", kind="question")
    typed = session().model_copy(update={"about": About(), "engines": {}, "interviewer": (asked,)})
    scores = scores_of(typed)
    assert scores.pacing.not_scored == told.TYPED_PACE
    assert scores.fillers.not_scored == told.TYPED_FILLERS


def test_clipping_is_counted_in_the_voice_of_the_answers() -> None:
    samples = np.zeros(16_000 * 4, np.int16)
    samples[100:200] = 32_767
    samples[16_000 * 3 :] = -32_768
    clip, answers = Clip(samples, 16_000), (Answer(start_s=0.0, end_s=2.0, question=""),)
    assert told.clipped_share(clip, answers, 1.0) == pytest.approx(100 / 16_000)
    assert told.clipped_share(clip, (Span(start_s=0.0, end_s=4.0),), 0.5) == 1.0
    assert told.clipped_share(None, answers, 1.0) == 0.0
