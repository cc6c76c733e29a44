"""Which stretches replay plays, held against what the findings call by the same name."""

from __future__ import annotations

import pytest

from agent.after.moments import answer_named, moments, spoken_between, whole
from agent.analysis import Analysis, Answer, Filler, Fillers, Pacing, Pause, SpokenWord
from agent.errors import SessionError
from agent.feedback import findings_of
from tests.sample_analysis import hostile_sample, sample


def answered(length_s: float, area: str) -> Analysis:
    words = (SpokenWord(start_s=1.0, end_s=1.5, text="well"),)
    pause = Pause(start_s=10.0, end_s=12.5, inside_clause=True)
    answer = Answer(
        start_s=1.0,
        end_s=1.0 + length_s,
        question="Why?",
        area=area,
        words=words,
        pacing=Pacing(words=1, pauses=(pause,)),
    )
    return Analysis(answers=(answer,))


@pytest.mark.parametrize(
    ("length_s", "area", "long"),
    [
        (140.0, "domain", False),
        (160.0, "domain", True),
        (160.0, "system_design", False),
        (310.0, "system_design", True),
    ],
)
def test_long_means_the_same_to_replay_and_to_the_findings(
    length_s: float, area: str, long: bool
) -> None:
    analysis = answered(length_s, area)
    assert bool(moments(analysis, "long")) is long
    assert any(finding.kind == "long" for finding in findings_of(analysis)) is long


def test_a_long_pause_is_played_with_what_stands_around_it() -> None:
    (moment,) = moments(answered(60.0, "domain"), "pauses")
    assert (moment.start_s, moment.end_s) == (8.0, 13.5)
    assert "2.5 s" in moment.label


def test_what_is_said_runs_along_in_its_stretch() -> None:
    analysis = sample()
    answer, line = analysis.answers[0], analysis.interviewer[0]
    told = spoken_between(analysis, 0.0, answer.words[1].start_s)
    assert told[0] == (line.start_s, f"> {line.text}")
    assert told[-1] == (answer.words[0].start_s, answer.words[0].text)


def test_fillers_of_both_kinds_are_played_in_order_and_named() -> None:
    um = Filler(start_s=9.0, end_s=9.4, text="um")
    like = Filler(start_s=5.0, end_s=5.3, text="like")
    fillers = Fillers(filled_pauses=(um,), filler_words=(like,))
    found = moments(Analysis(fillers=fillers), "fillers")
    assert [moment.start_s for moment in found] == [3.0, 7.0]
    assert ["like" in found[0].label, "um" in found[1].label] == [True, True]


def test_an_answer_is_chosen_by_its_short_name() -> None:
    analysis = sample()
    assert whole(analysis.answers[answer_named(analysis, "1A")]).label.startswith("You said")
    with pytest.raises(SessionError, match=r"its answers: 1, 1a, 2, 3"):
        answer_named(analysis, "9")


def test_moments_of_one_answer_lie_in_it_and_together_they_are_all() -> None:
    analysis = sample()
    for only in ("fillers", "pauses", "contradicted", "missed", "long"):
        every = moments(analysis, only)  # type: ignore[arg-type]
        parts = [moments(analysis, only, at) for at in range(len(analysis.answers))]  # type: ignore[arg-type]
        assert sorted(one.start_s for part in parts for one in part) == [
            one.start_s for one in every
        ]


def test_labels_are_one_line_that_a_terminal_can_show() -> None:
    analysis = hostile_sample()
    for only in ("", "fillers", "pauses", "contradicted", "missed", "long"):
        for moment in moments(analysis, only):  # type: ignore[arg-type]
            assert moment.label.splitlines() == [moment.label]
            assert "\u202e" not in moment.label
