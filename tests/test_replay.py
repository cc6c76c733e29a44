"""Replay: which stretches are played, and the same question in two sessions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Answer, Pacing, Pause, SpokenWord
from agent.analysis.findings import findings_of
from agent.analysis.moments import moments
from agent.analysis.side_by_side import Pair, compared, pairs
from agent.brief import TalkingPoint
from tests.conftest import Rehearse
from tests.sample_analysis import earlier, sample
from tests.sample_sessions import kept, with_sound
from voice.audio.clip import silence

SESSION = (Analysis(), Path("folder"))


def asked(question: str, text: str = "") -> Answer:
    return Answer(start_s=0.0, end_s=1.0, question=question, text=text)


def test_questions_are_paired_by_their_words_first_with_first() -> None:
    after = Analysis(answers=(asked("Why us?", "c"), asked("New?"), asked("why  us?", "d")))
    before = Analysis(answers=(asked("Gone?"), asked("Why us?", "a"), asked("Why us?", "b")))
    found = pairs(after, before)
    assert [(p.name, p.before.text, p.after.text) for p in found] == [
        ("1", "a", "c"),
        ("3", "b", "d"),
    ]
    assert pairs(Analysis(answers=(asked(""),)), Analysis(answers=(asked(""),))) == []


def test_what_changed_is_a_sentence_each() -> None:
    then, now = earlier(sample()).answers[1], sample().answers[1]
    pair = Pair("2", then, now.model_copy(update={"text": "I cut the pages from 30 to 4 a week."}))
    points = (TalkingPoint(name="On-call", text="I cut the pages from 30 to 4 a week."),)
    told = compared(pair, (SESSION, SESSION), points)
    begins = [line.split(":")[0] for line in told]
    at = begins.index("Length")
    assert begins[at:] == ["Length", "Pace", "Fillers", "Talking points made"]
    assert told[-1].endswith("0, then 1; this time also “On-call”.")
    back = compared(Pair("2", pair.after, then), (SESSION, SESSION), points)
    assert back[-1].endswith("not again “On-call”.")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_columns_hold_every_word_within_80(one: str, other: str, title: str) -> None:
    session = (Analysis(about=About(started=title)), Path("folder"))
    for line in compared(Pair("1", asked("Why?", one), asked("Why?", other)), (session, session)):
        assert len(line) <= 80
        assert line.splitlines() in ([], [line])


def test_one_answer_and_its_moments(tmp_path: Path, rehearse: Rehearse) -> None:
    this = kept(tmp_path, 2, sample())
    listed = rehearse("replay", this, "--answer", "1a", "--list").out
    assert "You said" in listed
    assert listed.count("\n") == 1
    fillers = rehearse("replay", this, "--answer", "1", "--only", "fillers", "--list").out
    assert "filler" in fillers
    assert fillers.count("\n") == 2
    wrong = rehearse("replay", this, "--answer", "12")
    assert wrong.code == 1
    assert "its answers: 1, 1a, 2" in wrong.err


def test_with_last_prints_both_answers_in_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    then = kept(tmp_path, 1, earlier(sample()))
    this = kept(tmp_path, 2, sample())
    done = rehearse("replay", this, "--answer", "1", "--with", "last", "--list")
    assert done.code == 0, done.err
    assert "2026-11-01 18:42" + " " * 26 + "2026-11-02 18:42" in done.out
    assert "Pace: 122, then 156 words a minute." in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert rehearse("replay", this, "--with", then, "--list").out.count("Fillers: ") == 5
    assert "first complete session" in rehearse("replay", then, "--with", "last").err
    assert "leave out --only" in rehearse("replay", this, "--with", then, "--only", "long").err


def test_without_a_loudspeaker_the_transcript_is_printed(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    this = kept(tmp_path, 2, sample())
    with_sound(this, silence(1.0))
    done = rehearse("replay", this, "--answer", "1")
    assert done.code == 0
    assert "settlement team" in done.out
    assert done.err == "" or done.err.startswith("Printed only: no loudspeaker")


@pytest.mark.parametrize(
    ("length_s", "area", "long"),
    [(140.0, "domain", False), (160.0, "domain", True), (310.0, "system_design", True)],
)
def test_long_means_the_same_to_replay_and_to_the_findings(
    length_s: float, area: str, long: bool
) -> None:
    pause = Pause(start_s=10.0, end_s=12.5, inside_clause=True)
    answer = Answer(
        start_s=1.0,
        end_s=1.0 + length_s,
        question="Why?",
        area=area,
        words=(SpokenWord(start_s=1.0, end_s=1.5, text="well"),),
        pacing=Pacing(words=1, pauses=(pause,)),
    )
    analysis = Analysis(answers=(answer,))
    assert bool(moments(analysis, "long")) is long
    assert any(finding.kind == "long" for finding in findings_of(analysis)) is long
    (moment,) = moments(analysis, "pauses")
    assert (moment.start_s, moment.end_s) == (8.0, 13.5)


def test_moments_of_one_answer_lie_in_it_and_together_they_are_all() -> None:
    analysis = sample()
    for only in ("fillers", "pauses", "contradicted", "missed", "long"):
        every = moments(analysis, only)  # type: ignore[arg-type]
        parts = [moments(analysis, only, at) for at in range(len(analysis.answers))]  # type: ignore[arg-type]
        times = sorted(one.start_s for part in parts for one in part)
        assert times == [one.start_s for one in every]
