"""Speaking over the interviewer, through the whole spoken channel in a room with an echo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.scripted import KnownWords, VoiceLike, voice_like
from voice.audio import SAMPLE_RATE_HZ, Clip, read_audio
from voice.channel import Parts, SpokenChannel
from voice.room import RoomPort
from voice.room.port import Room
from voice.room.script import Entry, Script
from voice.room.sound import EchoPath
from voice.talk import ChannelEvent, Heard, Said, WordsHeard

pytestmark = pytest.mark.slow

QUESTION = (
    "Tell me about a time when you had to change the way in which a whole team worked, what you"
    " did first, who was against it, and what came of it in the end."
)


def cough() -> Clip:
    rng = np.random.default_rng(7)
    time_s = np.arange(round(0.25 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return Clip((9000 * np.exp(-time_s / 0.05) * rng.normal(0, 1, len(time_s))).astype(np.int16))


def room(response_s: float = 0.2, level_db: float = -15.0) -> Room:
    """A room whose loudspeaker the microphone hears 40 ms late, with a decaying tail."""
    rng = np.random.default_rng(3)
    time_s = np.arange(round(response_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tail = rng.normal(0, 0.05, len(time_s)) * np.exp(-time_s / 0.05)
    tail[0] = 1.0
    return Room(echo=EchoPath(impulse_response=tail, delay_ms=40.0, level_db=level_db))


def ask(
    folder: Path, recognizer: KnownWords, *entries: Entry, half_duplex: bool = False
) -> tuple[Said, Heard, list[ChannelEvent]]:
    events: list[ChannelEvent] = []
    port = RoomPort(Script(entries), room=room())
    parts = Parts(port, recognizer, VoiceLike(), folder, half_duplex=half_duplex)
    with port, SpokenChannel(parts, events.append, lambda: None) as talk:
        # The canceller has learnt the room by the time of the first question.
        talk.say("Hello, and welcome. We have about twenty minutes.")
        said = talk.say(QUESTION)
        heard = talk.listen()
    return said, heard, events


def over(clip: Clip, seconds: float = 3.0) -> Entry:
    return Entry(clip, "over", seconds, of_turn=1)


def test_the_interviewer_does_not_hear_itself(tmp_path: Path) -> None:
    said, heard, _ = ask(tmp_path, KnownWords())
    assert (said.stopped_by, said.held, said.text) == ("", 0, QUESTION)
    assert heard.words == ()


def test_an_interruption_stops_the_voice_and_counts_from_its_first_syllable(
    tmp_path: Path,
) -> None:
    words = "sorry to interrupt you but that was before my time there"
    clip = voice_like(3.2)
    said, heard, events = ask(tmp_path, KnownWords(words), over(clip, 5.0))
    assert said.stopped_by == "interruption"
    assert said.text
    assert QUESTION.startswith(said.text)
    start_s = heard.start_s
    assert said.end_s - start_s < 2.0
    assert heard.end_s - start_s == pytest.approx(clip.duration_s, abs=0.35)
    assert heard.text == words
    assert [event.words for event in events if isinstance(event, WordsHeard)] == [heard.words]
    voice = read_audio(tmp_path / "interviewer.wav")
    assert voice.between(start_s - 1.0, start_s).samples.any()
    assert not voice.between(start_s + 0.5, start_s + 2.0).samples.any()


@pytest.mark.parametrize("sound", ["mm-hm", "cough"])
def test_a_backchannel_or_a_cough_does_not_stop_it_for_good(tmp_path: Path, sound: str) -> None:
    clip = cough() if sound == "cough" else voice_like(0.5)
    words = ("okay", "okay") if sound == "mm-hm" else ("", "")
    recognizer = KnownWords(*words)
    said, _, _ = ask(tmp_path, recognizer, over(clip, 5.0))
    assert (said.stopped_by, said.text) == ("", QUESTION)
    assert said.held <= 1


def test_half_duplex_speaks_to_the_end_and_hears_nothing_meanwhile(tmp_path: Path) -> None:
    clip = voice_like(3.0)
    said, heard, _ = ask(tmp_path, KnownWords(), over(clip, 5.0), half_duplex=True)
    assert (said.stopped_by, said.text) == ("", QUESTION)
    assert heard.words == ()
