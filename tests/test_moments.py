"""Which stretches replay plays, held against what the findings call by the same name."""

from __future__ import annotations

import pytest

from agent.analysis import Analysis, Answer, Pacing, Pause, SpokenWord
from agent.feedback import findings_of
from agent.moments import moments, spoken_between


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


def test_words_run_along_in_their_stretch() -> None:
    assert spoken_between(answered(60.0, ""), 0.0, 5.0) == [(1.0, "well")]
    assert spoken_between(answered(60.0, ""), 2.0, 5.0) == []
