"""A short interview in a room with echo, noise and a microphone that vanishes and returns."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Rehearse
from tests.need import ROOT, need_models
from tests.tiny_piper import write_voice
from voice.audio.clip import Clip, join, resample, write_wav
from voice.audio.reading import read_audio
from voice.speech.engines import choose_synthesizer

pytestmark = pytest.mark.slow

SCENARIO = """
candidate: [{file: one.wav, after_s: 0.7}, {file: two.wav, over_s: 1.5}]
loudspeaker: {impulse_response: office.wav, delay_ms: 50, level_db: -25, drift_ppm: 100}
noise: [{kind: pink, snr_db: 30}]
microphone: {lost: [{at_s: 3, for_s: 4.3}]}
"""


@pytest.fixture
def scenario(tmp_path: Path, with_models: Path) -> Path:
    synthesizer = choose_synthesizer("piper:en_US-joe-medium").engine
    for name, text in (
        ("one", "I led the move to a new message queue, it took three months and six people."),
        ("two", "The hardest part was the data, so we wrote a tool to check every record."),
    ):
        write_wav(
            tmp_path / f"{name}.wav", join([resample(clip) for clip in synthesizer.speak(text)])
        )
    decay = np.exp(-np.arange(3200) / 500) * np.random.default_rng(2).normal(size=3200)
    write_wav(tmp_path / "office.wav", Clip((decay * 8000).astype(np.int16)))
    path = tmp_path / "room.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_scenario_gives_the_same_session_twice(
    rehearse: Rehearse, scenario: Path, tmp_path: Path
) -> None:
    # The interviewer's voice is one without chance in it.
    voice = write_voice(tmp_path / "voice")
    recognizer = need_models("whisper/tiny.en") / "whisper" / "tiny.en"

    def hold(name: str) -> Path:
        engines = ("--stt", f"whisper:{recognizer}", "--tts", f"piper:{voice}")
        length = ("--minutes", "2", "--questions", "1", "--out", tmp_path / name)
        rules = ("--interviewer", "rules")
        brief = ROOT / "briefs" / "ward-nurse.md"
        done = rehearse("run", brief, "--room", scenario, *length, *engines, *rules)
        assert done.code == 0, done.err
        (session,) = (tmp_path / name).iterdir()
        return session

    with ThreadPoolExecutor() as at_once:
        first, second = at_once.map(hold, ("first", "second"))
    for name in ("events.jsonl", "candidate.wav", "interviewer.wav"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    events = [json.loads(line) for line in (first / "events.jsonl").read_text().splitlines()]
    notices = [event["text"] for event in events if event["event"] == "notice"]
    assert "has gone" in notices[0]
    assert "is back" in notices[1]
    tracks = [read_audio(first / f"{name}.wav") for name in ("candidate", "interviewer")]
    assert len(tracks[0].samples) == len(tracks[1].samples)
    for track in tracks:
        assert not track.between(3.02, 7.28).samples.any()
        assert track.between(7.4, 9.0).samples.any()
    assert any(event["event"] == "heard" and "six people" in event["text"] for event in events)
    assert any(event.get("stopped_by") == "interruption" for event in events)
