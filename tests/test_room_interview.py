"""A short interview in a room with echo, noise and a microphone that vanishes and returns."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Rehearse
from tests.need import ROOT, need_models
from tests.scripted import VoiceLike, spoken
from tests.tiny_piper import write_voice
from voice.audio import SAMPLE_RATE_HZ, Clip, join, read_audio, resample, write_wav
from voice.channel import Parts, SpokenChannel
from voice.engines import choose_synthesizer
from voice.room import Entry, Room, RoomPort, Script
from voice.room.sound import EchoPath, Microphone, Span, noise_loop
from voice.talk import ChannelEvent, Heard, Notice, Said
from voice.transcript import Word

pytestmark = pytest.mark.slow

LOST = Span(at_s=5.0, for_s=4.5)
"""In the middle of the first answer."""
LOST_UNTIL_S = LOST.at_s + LOST.for_s


class Murmur:
    """A recognizer that understands one word in half a second of sound."""

    name = "scripted:murmur"
    dropped = 0

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return words spread over the clip, the last one ending a sentence."""
        count = max(1, round(clip.duration_s / 0.5))
        texts = [*["words"] * (count - 1), "done."]
        return tuple(Word(text, i * 0.5, i * 0.5 + 0.4) for i, text in enumerate(texts))


def living_room() -> Room:
    """Return a room of 0.3 s with a loudspeaker half a meter away from the microphone."""
    decay = np.exp(-np.arange(4800) / 700)
    response = np.random.default_rng(11).normal(size=4800) * decay
    response[0] = 10.0
    return Room(
        EchoPath(response, delay_ms=60, level_db=-20, distortion=0.1, drift_ppm=50),
        (noise_loop("pink", -62),),
        Microphone(lost=[LOST]),
    )


@dataclass(eq=False)
class Interview:
    """What came of two questions."""

    said: list[Said]
    heard: list[Heard]
    notices: list[str]
    end_s: float


def interview(folder: Path) -> Interview:
    folder.mkdir()
    events: list[ChannelEvent] = []
    port = RoomPort(Script([Entry(spoken(9.0)), Entry(spoken(3.0))]), room=living_room())
    said, heard = [], []
    with SpokenChannel(
        Parts(port, Murmur(), VoiceLike(), folder), events.append, lambda: None
    ) as talk:
        for question in ("What did you build there last year?", "And what was hard about it?"):
            said.append(talk.say(question))
            heard.append(talk.listen())
        end_s = talk.now_s
    notices = [event.text for event in events if isinstance(event, Notice)]
    return Interview(said, heard, notices, end_s)


def test_no_recording_is_lost_when_the_microphone_vanishes(tmp_path: Path) -> None:
    one, two = (interview(tmp_path / name) for name in ("one", "two"))
    assert (one.said, one.heard, one.notices) == (two.said, two.heard, two.notices)
    gone, back = one.notices
    assert "has gone" in gone
    assert "the recording is safe" in gone
    assert "is back" in back
    assert [said.stopped_by for said in one.said] == ["", ""]
    assert [heard.ended_by for heard in one.heard] == ["silence", "silence"]
    # The first answer runs on through the gap.
    assert one.heard[0].start_s < LOST.at_s < LOST_UNTIL_S < one.heard[0].end_s
    for name in ("candidate.wav", "interviewer.wav"):
        track = read_audio(tmp_path / "one" / name)
        assert len(track.samples) == round(one.end_s * SAMPLE_RATE_HZ)
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    mic = read_audio(tmp_path / "one" / "candidate.wav")
    assert not mic.between(LOST.at_s + 0.02, LOST_UNTIL_S - 0.02).samples.any()
    assert mic.between(LOST_UNTIL_S + 0.1, LOST_UNTIL_S + 0.5).samples.any()


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
