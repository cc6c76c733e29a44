"""A panel's voices through the spoken channel, and a person who goes on from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scripted import KnownWords, Replies, VoiceLike, voice_like
from tests.test_interruption import room
from tests.tiny_piper import write_voice
from voice.audio import Clip, join, read_audio, resample, silence
from voice.channel import Parts, SpokenChannel
from voice.room import RoomPort
from voice.room.script import Entry, Script
from voice.tts import Synthesizer
from voice.tts_piper import PiperSynthesizer
from voice.voice_activity import alike
from voice.workers import Speaker

QUESTION = "What was the hardest part of it?"


@pytest.fixture(scope="module")
def synthesizers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PiperSynthesizer]:
    """Return three voices made of one; "" is the main one."""
    main = PiperSynthesizer(write_voice(tmp_path_factory.mktemp("voice")), "tiny")
    return {
        "": main,
        "Priya": main.speaking_as(None, "high"),
        "Sam": main.speaking_as(None, "low"),
    }


@contextmanager
def panel(
    folder: Path, port: RoomPort, recognizer: KnownWords, synthesizers: Mapping[str, Synthesizer]
) -> Iterator[SpokenChannel]:
    voices = {name: synthesizer for name, synthesizer in synthesizers.items() if name}
    parts = Parts(port, recognizer, synthesizers[""], folder, voices=voices)
    with port, SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        yield talk


def likest(part: Clip, sounds: dict[str, Clip]) -> str:
    """Return the name of the sound that part of a track is most like."""
    likeness = {name: alike(part.samples, sound.samples) for name, sound in sounds.items()}
    return max(likeness, key=likeness.__getitem__)


def test_every_voice_can_be_told_on_the_recorded_track(
    tmp_path: Path, synthesizers: dict[str, PiperSynthesizer]
) -> None:
    names = ["", "Priya", "Sam", "Priya", "nobody"]
    with panel(tmp_path, RoomPort(Replies()), KnownWords(), synthesizers) as talk:
        said = [talk.say(QUESTION, voice=name) for name in names]
    assert {(each.text, each.stopped_by) for each in said} == {(QUESTION, "")}
    sounds = {
        name: join([resample(clip) for clip in synthesizer.speak(QUESTION)])
        for name, synthesizer in synthesizers.items()
    }
    track = read_audio(tmp_path / "interviewer.wav")
    parts = [track.between(each.start_s + 0.3, each.start_s + 1.0) for each in said]
    assert [likest(part, sounds) for part in parts] == ["", "Priya", "Sam", "Priya", ""]


def test_a_sentence_made_ahead_in_two_voices_is_two_sounds(
    synthesizers: dict[str, PiperSynthesizer],
) -> None:
    with Speaker(synthesizers[""], synthesizers) as speaker:
        for name in ("Priya", "Sam"):
            speaker.prepare(QUESTION, name)
        clips = []
        for name in ("Priya", "Sam", ""):
            speech = speaker.begin(QUESTION, name)
            (clip,) = speech.ready(wait=True)
            clips.append(clip.samples.tobytes())
        (again,) = speaker.begin(QUESTION, "Priya").ready(wait=True)
    assert len(set(clips)) == 3
    # It is the one that was made ahead, not another of its kind.
    assert again.samples.tobytes() == clips[0]


def test_who_hesitates_over_a_hand_over_and_goes_on_is_heard_from_the_first(
    tmp_path: Path,
) -> None:
    # "And so", over the hand-over, is no interruption yet; what follows over the question is.
    hesitation, rest = voice_like(0.5), voice_like(2.2)
    clip = join([hesitation, silence(1.3), rest])
    port = RoomPort(Script([Entry(clip, "over", 5.0)]), room=room())
    recognizer = KnownWords("and so", "we moved all of the data at night")
    with panel(tmp_path, port, recognizer, {"": VoiceLike(), "Sam": VoiceLike()}) as talk:
        talk.say("Hello, and welcome. We have about twenty minutes.")
        first = talk.say("Thank you. Sam will go on with the next questions.")
        second = talk.say(
            "Hello. Tell me about a time when you had to change your mind.", voice="Sam"
        )
        heard = talk.listen()
    assert (first.stopped_by, first.held) == ("", 1)
    assert second.stopped_by
    assert heard.text == "and so we moved all of the data at night"
    assert heard.start_s == pytest.approx(5.0, abs=0.3)
