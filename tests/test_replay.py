"""Replay as a command: one answer, one kind, and the same question in two sessions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.after.side_by_side import COLUMN, Pair, changes, columns, pairs
from agent.analysis import About, Analysis, Answer
from agent.brief import TalkingPoint
from tests.conftest import Rehearse
from tests.pulse import private_pulse
from tests.sample_analysis import earlier, sample
from tests.sample_sessions import kept, with_sound
from voice.audio import SAMPLE_RATE_HZ, Clip


def asked(question: str, text: str = "") -> Answer:
    return Answer(start_s=0.0, end_s=1.0, question=question, text=text)


def tone(frequency_hz: float) -> Clip:
    at_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return Clip((8000 * np.sin(2 * np.pi * frequency_hz * at_s)).astype(np.int16))


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
    lines = changes(pair, points)
    assert [line.split(":")[0] for line in lines] == [
        "Length",
        "Pace",
        "Fillers",
        "Talking points made",
    ]
    assert lines[3].endswith("0, then 1; this time also “On-call”.")
    assert changes(Pair("2", pair.after, then), points)[3].endswith("not again “On-call”.")
    assert len(changes(pair, ())) == 3


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_columns_hold_every_word_within_80(one: str, other: str, title: str) -> None:
    lines = columns(Pair("1", asked("Why?", one), asked("Why?", other)), (title, title))
    for line in lines:
        assert len(line) <= 80
        assert line.splitlines() in ([], [line])
        assert len(line) <= COLUMN or not line[COLUMN : COLUMN + 4].strip()


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
    assert "122 words a minute" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert rehearse("replay", this, "--with", then, "--list").out.count("from, to") == 10
    assert "first complete session" in rehearse("replay", then, "--with", "last").err
    assert "leave out --only" in rehearse("replay", this, "--with", then, "--only", "long").err


def test_without_a_loudspeaker_the_transcript_is_printed(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    this = kept(tmp_path, 2, sample())
    with_sound(this, tone(440))
    done = rehearse("replay", this, "--answer", "1")
    assert done.code == 0
    assert "settlement team" in done.out
    assert done.err == "" or done.err.startswith("Printed only: no loudspeaker")


@pytest.mark.slow
def test_the_earlier_answer_is_heard_first(tmp_path: Path) -> None:
    about = About(title="Tone", audio="candidate.wav", duration_s=1.0)
    spoken = Analysis(about=about, answers=(asked("Why?", "la"),))
    for day, frequency_hz in ((1, 300.0), (2, 1200.0)):
        this = kept(tmp_path, day, spoken)
        with_sound(this, tone(frequency_hz))
    with private_pulse() as pulse:
        command = [sys.executable, "-W", "error", "-m", "agent.cli.main", "replay", str(this)]
        with pulse.recording(tmp_path / "heard.wav"):
            subprocess.run(
                [*command, "--with", "last"],
                env=pulse.environment(),
                check=True,
                capture_output=True,
                timeout=60,
            )
        heard = pulse.recorded(tmp_path / "heard.wav").samples.astype(float)
    assert _middle_s(heard, 300.0) + 0.8 < _middle_s(heard, 1200.0)


def _middle_s(samples: np.ndarray, frequency_hz: float) -> float:
    """Return the middle of where that tone sounds, in seconds."""
    frames = samples[: len(samples) // 1600 * 1600].reshape(-1, 1600)
    turns = np.exp(-2j * np.pi * frequency_hz * np.arange(1600) / SAMPLE_RATE_HZ)
    power = np.abs(frames @ turns) ** 2
    assert power.max() > 1e9
    return float((power * np.arange(len(power))).sum() / power.sum() * 0.1)
