"""The three sentences at the end of an interview."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import scorable
from agent.after.debrief import MOST_WORDS, debrief_of
from agent.analysis import (
    Analysis,
    Answer,
    Band,
    Coverage,
    Filler,
    Fillers,
    Finding,
    Pacing,
    PointCoverage,
    Score,
    Scores,
    SpokenWord,
    Status,
)
from agent.scorable import NO_WORDS, OVERDRIVEN, TOO_FEW, TOO_SHORT, UNSURE
from tests.sample_analysis import hostile_sample, long_sample, sample
from voice.normalize import spoken
from voice.spoken import spoken_sentences

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


def with_points(*statuses: Status, name: str = "Falls project", note: str = "") -> Analysis:
    points = tuple(
        PointCoverage(index=n, name=f"{name} {n}", status=status, note=note * n)
        for n, status in enumerate(statuses)
    )
    return Analysis(answers=(ANSWER,), coverage=Coverage(points=points))


def paced(wpm: float | None, band: Band, scores: Scores | None = None) -> Analysis:
    pacing = Pacing(speech_rate_wpm=wpm, band=band, duration_s=250.0)
    return Analysis(answers=(ANSWER,), pacing=pacing, scores=scores or Scores())


def filler(text: str) -> Filler:
    return Filler(start_s=1.0, end_s=1.2, text=text)


def test_a_whole_session() -> None:
    assert checked(sample()) == (
        "You spoke for about 2 minutes at 148 words a minute, easy to follow, with at least 13"
        " fillers.",
        "You made 2 of your 5 talking points, and Open-source tracing library never came up.",
        "Next, answer question 3 again in 90 seconds, number first.",
    )


@pytest.mark.parametrize("analysis", [hostile_sample(), long_sample(2000), Analysis()])
def test_any_session_keeps_to_the_form(analysis: Analysis) -> None:
    assert "script>" not in " ".join(checked(analysis))


def test_a_session_without_answers() -> None:
    assert "no answer" in checked(Analysis())[0]


@pytest.mark.parametrize(
    ("wpm", "band", "words"),
    [
        (150.0, "fine", "150 words a minute, easy to follow"),
        (115.0, "fine", "115 words a minute, on the slow side but fine"),
        (210.4, "fast", "210 words a minute, faster than most listeners can follow"),
        (90.0, "slow", "90 words a minute, slower than most listeners like"),
        (None, "", "that is too little to score your pace or your fillers"),
    ],
)
def test_the_pace_in_words(wpm: float | None, band: Band, words: str) -> None:
    said = checked(paced(wpm, band))[0]
    assert said.startswith("You spoke for about 4 minutes")
    assert words in said


@pytest.mark.parametrize(
    ("reason", "words", "remedy"),
    [
        (UNSURE, "the recording was too unclear to score your pace", "closer to the microphone"),
        (OVERDRIVEN, "the microphone was turned up too far to score", "turn the microphone down"),
        (NO_WORDS, "too few words were understood to score", "at least one question in full"),
        (TOO_SHORT, "that is too little to score", "at least one question in full"),
    ],
)
def test_what_is_not_scored_is_said_so(reason: str, words: str, remedy: str) -> None:
    score = Score(not_scored=reason)
    said = checked(paced(150.0, "fine", Scores(pacing=score, fillers=score)))
    assert words in said[0]
    assert "150" not in said[0]
    assert remedy in said[2]


def test_points_that_cannot_be_judged_are_not_counted() -> None:
    score = Scores(coverage=Score(not_scored=UNSURE))
    unclear = with_points("covered", "missing").model_copy(update={"scores": score})
    assert checked(unclear)[1] == (
        "The recording was too unclear to say which you made of your 2 talking points."
    )
    few = Scores(coverage=Score(not_scored=TOO_FEW))
    one = with_points("covered").model_copy(update={"scores": few})
    assert checked(one)[1] == "Too little was said to say whether you made your one talking point."


def test_uncertain_words_are_said_to_be_so() -> None:
    long = "As far as you were understood, you made none of your 12 talking points, and "
    never: list[Status] = ["missing"] * 12
    for probability, lead in ((1.0, "You made none"), (scorable.WARNING_MEAN - 0.05, long)):
        heard = with_points(*never, name="one two three four five six seven eight nine")
        word = SpokenWord(start_s=0.0, end_s=1.0, text="so", probability=probability)
        answer = ANSWER.model_copy(update={"words": (word,)})
        heard = heard.model_copy(update={"answers": (answer,)})
        assert checked(heard)[1].startswith(lead)
        assert "is one two three four five six seven eight." in checked(heard)[1]


def test_a_count_of_fillers_is_a_floor() -> None:
    spoken_one = paced(150.0, "fine")
    for fillers, words in (
        (Fillers(), "and no filler was found."),
        (Fillers(filler_words=(filler("like"),)), "with at least 1 filler."),
        (Fillers(filled_pauses=(filler("um"),) * 3), "with at least 3 fillers."),
    ):
        told = checked(spoken_one.model_copy(update={"fillers": fillers}))[0]
        assert told.endswith(words)


def test_typed_answers_have_no_pace() -> None:
    typed = sample(audio="").model_copy(update={"engines": {"interviewer": "rules"}})
    assert "no pace to tell you" in checked(typed)[0]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "no talking points, so there was none to make"),
        (["covered", "missing", "missing"], "1 of your 3 talking points, and one that never came"
                                            " up is Falls project 1."),
        (["missing"] * 2, "made none of your 2 talking points"),
        (["covered", "partial"], "and Falls project 1 only in part."),
        (["partial", "contradicted"], "and a figure of Falls project 1 differs from your brief."),
        (["covered", "covered"], "made all your 2 talking points, and the one to hear again is"
                                 " Falls project 1."),
        (["covered"], "made your one talking point, Falls project 0."),
        (["missing"], "did not make your one talking point, and Falls project 0 never came up."),
    ],
)  # fmt: skip
def test_the_points_and_one_by_name(statuses: list[Status], words: str) -> None:
    assert words in checked(with_points(*statuses, note="more "))[1]


def test_a_long_name_is_cut_where_it_can_be_said() -> None:
    name = "The plan for the first ninety days and the team of"
    said = checked(with_points("missing", name=name))[1]
    assert "and The plan for the first ninety days never came up." in said


def test_the_exercise_says_the_name_once() -> None:
    told = with_points("missing")
    exercise = "Answer question 1 again in 90 seconds, and bring in “Falls project 0”."
    finding = Finding(kind="missed", text="x", exercise=exercise)
    said = checked(told.model_copy(update={"findings": (finding,)}))
    assert said[2] == "Next, answer question 1 again in 90 seconds, and bring in that point."
    other = finding.model_copy(update={"exercise": "Say “um” less. Then say it again!"})
    said = checked(told.model_copy(update={"findings": (other,)}))
    assert said[2] == "Next, say um less, Then say it again."


def test_a_strength_alone_is_nothing_to_practice() -> None:
    finding = Finding(kind="strength", text="x", exercise="Listen to it once.", answer=0)
    told = with_points("covered").model_copy(update={"findings": (finding,)})
    assert checked(told)[2] == (
        "Nothing stood out to practice, so go over answer 1 once and keep what is good."
    )


@settings(max_examples=150)
@given(
    names=st.lists(st.tuples(TEXTS, st.sampled_from(STATUSES)), max_size=6),
    exercises=st.lists(st.tuples(st.sampled_from(["strength", "pace", "conflict"]), TEXTS)),
    rate=st.tuples(st.none() | st.floats(), st.sampled_from(["", "slow", "fine", "fast"])),
    lengths=st.tuples(st.floats(), st.integers(0, 5), st.integers(0, 1), st.integers(0, 3)),
    reason=st.sampled_from(["", UNSURE, NO_WORDS, TOO_FEW, TOO_SHORT, OVERDRIVEN, "whatever"]),
)
def test_every_analysis_has_three_sentences(
    names: list[tuple[str, Status]],
    exercises: list[tuple[str, str]],
    rate: tuple[float | None, Band],
    lengths: tuple[float, int, int, int],
    reason: str,
) -> None:
    duration_s, answers, words, pauses = lengths
    score = Score(not_scored=reason)
    analysis = Analysis(
        answers=(ANSWER,) * answers,
        pacing=Pacing(speech_rate_wpm=rate[0], band=rate[1], duration_s=duration_s),
        fillers=Fillers(
            filler_words=(filler("like"),) * words,
            filled_pauses=(filler("um"),) * pauses,
        ),
        coverage=Coverage(
            points=tuple(
                PointCoverage(index=n, name=name, status=status)
                for n, (name, status) in enumerate(names)
            )
        ),
        findings=tuple(
            Finding(kind=kind, text="x", exercise=text, answer=0) for kind, text in exercises
        ),
        scores=Scores(pacing=score, fillers=score, coverage=score),
    )
    checked(analysis)
