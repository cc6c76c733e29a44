"""A spoken interview through PortAudio: a virtual microphone, a virtual loudspeaker, an echo.

The room has a loudspeaker that the microphone hears too (a PulseAudio loopback at full
level), so that the agent would answer itself if it listened to its own voice, and so that the lag
between the two tracks can be measured on what was recorded. Two of a panel ask, in their voices.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.session import read_session
from agent.session.events import SaidEvent, WordsEvent
from tests.need import ROOT, need_models
from tests.pulse import Pulse, correlated, private_pulse
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples, join, silence, write_wav
from voice.audio.reading import read_audio
from voice.audio.recorder import read_track
from voice.speech.transcript import Word

pytestmark = pytest.mark.slow


BRIEF = """# Interview brief

## Likely questions

| area | question | why |
|---|---|---|
| behavioral | What did you build last year? | ownership |
| domain | Why did it become faster? | depth |
"""
REPLIES = (
    *("balance-follow-up-1", "evaluation-follow-up-1", "cluster-follow-up-1"),
    *("balance-follow-up-2", "evaluation-follow-up-2", "cluster-follow-up-2"),
)
"""Short ones; brief answers get follow-ups, so there is one for every move that may come."""


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with private_pulse(echo=True) as server:
        yield server


def replies_in(home: Path) -> list[Clip]:
    """Write the replies into a folder, as 0.wav and so on, and return them."""
    clips = [read_audio(ROOT / "recordings" / "demo" / f"{name}.flac") for name in REPLIES]
    # The echo guard passes in silence before the candidate begins, as with a person.
    for number, clip in enumerate(clips):
        write_wav(home / f"{number}.wav", join([silence(1.0), clip]))
    return clips


@dataclass(frozen=True)
class Held:
    """The interview that was held."""

    code: int
    err: str
    folder: Path
    replies: list[Clip]

    def events(self, name: str) -> list[dict[str, Any]]:
        return [asdict(e) for e in read_session(self.folder).events if e.event == name]


@pytest.fixture(scope="module")
def held(pulse: Pulse, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Hold two questions; answer whenever the interviewer has stopped."""
    models = need_models("whisper/tiny.en", "piper/en_US-joe-medium")
    home = tmp_path_factory.mktemp("virtual")
    (home / "brief.md").write_text(BRIEF)
    clips = replies_in(home)
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "error", "-m", "agent.cli.main", "run", str(home / "brief.md")),
            *("--mic", "microphone", "--speaker", "speaker", "--interviewer", "rules"),
            *("--panel", "--minutes", "6", "--out", str(home / "out")),
            *("--stt", "whisper:tiny.en", "--tts", "piper:en_US-joe-medium"),
        ],
        env=pulse.environment()
        | {"REHEARSE_HOME": str(home / "home"), "REHEARSE_MODELS": str(models)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = _answer(process, pulse, home)
        err = process.communicate(timeout=120)[1]
    finally:
        process.kill()
        process.communicate()
    assert (home / "out").is_dir(), err
    (folder,) = (home / "out").iterdir()
    return Held(process.returncode, err, folder, clips[:said])


def _answer(process: subprocess.Popen[str], pulse: Pulse, home: Path) -> int:
    """Play the next reply after every question until the interview closes; return how many."""
    said = 0
    deadline = time.monotonic() + 240
    while process.poll() is None:
        journal = _journal(home)
        assert time.monotonic() < deadline, f"the interview does not end: {journal[-4:]}"
        asked = [line for line in journal if line.get("event") == "said"]
        wanting = [line for line in asked if line["kind"] in ("question", "follow_up")]
        if any(line["kind"] == "closing" for line in asked):
            break
        if len(wanting) > said:
            assert said < len(REPLIES), "more was asked than there are replies"
            pulse.play(home / f"{said}.wav").wait(timeout=60)
            said += 1
        time.sleep(0.05)
    return said


def _journal(home: Path) -> list[dict[str, Any]]:
    found = list((home / "out").glob("*/events.jsonl"))
    lines = found[0].read_text(encoding="utf-8").split("\n")[:-1] if found else []
    return [json.loads(line) for line in lines]


def lag_s(needle: Samples, hay: Samples) -> float:
    """Return where the needle lies in the hay, in seconds."""
    lags = correlated(hay, needle)[: max(1, len(hay) - len(needle) + 1)]
    return float(np.argmax(lags)) / SAMPLE_RATE_HZ


def test_both_questions_are_asked_and_answered(held: Held) -> None:
    assert held.code == 0, held.err
    asked = [e["text"] for e in held.events("said") if e["kind"] == "question"]
    assert sorted(asked) == ["What did you build last year?", "Why did it become faster?"]
    assert read_session(held.folder).meta.state == "complete"
    heard = [event for event in held.events("heard") if event["text"]]
    assert len(heard) == len(held.replies) >= 2


def own_words(folder: Path) -> list[Word]:
    """Return the words that were heard while the interviewer spoke."""
    events = read_session(folder).events
    said = [event for event in events if isinstance(event, SaidEvent)]
    words = [word for event in events if isinstance(event, WordsEvent) for word in event.words]
    middles_s = ((word, (word.start_s + word.end_s) / 2) for word in words)
    return [word for word, at in middles_s if any(s.start_s <= at <= s.end_s for s in said)]


def test_the_agent_never_answers_itself(held: Held) -> None:
    assert held.events("words")
    assert own_words(held.folder) == []


def test_nothing_is_lost_and_the_tracks_share_their_clock(held: Held) -> None:
    mic, voice = (read_track(held.folder / f"{n}.wav") for n in ("candidate", "interviewer"))
    assert len(mic.samples) == len(voice.samples)
    assert not [e for e in held.events("notice") if "lost" in e["text"]]
    for reply in held.replies:
        end_s = reply.duration_s
        head, tail = reply.between(0.5, 2.0), reply.between(end_s - 2, end_s - 0.5)
        apart_s = lag_s(tail.samples, mic.samples) - lag_s(head.samples, mic.samples)
        assert apart_s == pytest.approx(end_s - 2.5, abs=0.005)


def test_the_tracks_are_aligned_within_100_ms(held: Held) -> None:
    """The microphone's echo of the interviewer lies where the interviewer's track has it."""
    mic, voice = (read_track(held.folder / f"{n}.wav") for n in ("candidate", "interviewer"))
    for event in held.events("said"):
        if event["end_s"] - event["start_s"] < 1.0:
            continue
        start_s, end_s = event["start_s"], min(event["end_s"], event["start_s"] + 4.0)
        said = voice.between(start_s, end_s)
        around = mic.between(start_s - 0.5, end_s + 0.5)
        offset_s = lag_s(said.samples, around.samples) - min(0.5, start_s)
        assert abs(offset_s) < 0.1, event["text"]
