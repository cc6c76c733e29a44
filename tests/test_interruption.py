"""Speaking over the interviewer, through the whole spoken channel in a room; a panel's voices."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.need import shared
from tests.rooms import EchoPath, EchoRoom
from tests.scripted import KnownWords, VoiceLike, voice_like
from tests.tiny_piper import write_voice
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, join, resample, silence
from voice.audio.reading import read_audio
from voice.ports.room import Replies, RoomPort
from voice.speech.engines import choose_synthesizer
from voice.speech.piper import PiperSynthesizer
from voice.speech.protocols import Synthesizer
from voice.speech.whisper import WhisperRecognizer
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.talk import Heard, Said
from voice.turns.voice_activity import alike

pytestmark = pytest.mark.slow

QUESTION = (
    "Tell me about a time when you had to change the way in which a whole team worked, what you"
    " did first, who was against it, and what came of it in the end."
)


def cough() -> Clip:
    rng = np.random.default_rng(7)
    time_s = np.arange(round(0.25 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return Clip((9000 * np.exp(-time_s / 0.05) * rng.normal(0, 1, len(time_s))).astype(np.int16))


def room(*over: Clip) -> EchoRoom:
    """A room whose loudspeaker the microphone hears 40 ms late; somebody speaks after 5 s."""
    time_s = np.arange(round(0.2 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tail = np.random.default_rng(3).normal(0, 0.05, len(time_s)) * np.exp(-time_s / 0.05)
    tail[0] = 1.0
    path = EchoPath(impulse_response=tail, delay_ms=40.0, level_db=-15.0)
    return EchoRoom(Replies(), path, [(5.0, clip) for clip in over])


def ask(
    folder: Path, words: KnownWords, *over: Clip, half_duplex: bool = False
) -> tuple[Said, Heard]:
    """Return what became of a question that somebody speaks over after 5 s."""
    port = room(*over)
    parts = Parts(port, words, VoiceLike(), folder, half_duplex=half_duplex)
    with port, SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        # The canceller has learnt the room by the time of the first question.
        talk.say("Hello, and welcome. We have about twenty minutes.")
        return talk.say(QUESTION), talk.listen()


def test_the_interviewer_does_not_hear_itself(tmp_path: Path) -> None:
    said, heard = ask(tmp_path, KnownWords())
    assert (said.stopped_by, said.held, said.text) == ("", 0, QUESTION)
    assert heard.words == ()


def test_an_interruption_stops_the_voice_and_counts_from_its_first_syllable(
    tmp_path: Path,
) -> None:
    words = "sorry to interrupt you but that was before my time there"
    said, heard = ask(tmp_path, KnownWords(words), voice_like(3.2))
    assert said.stopped_by == "interruption"
    assert said.text
    assert QUESTION.startswith(said.text)
    start_s = heard.start_s
    assert said.end_s - start_s < 2.0
    assert heard.end_s - start_s == pytest.approx(3.2, abs=0.35)
    assert heard.text == words
    voice = read_audio(tmp_path / "interviewer.wav")
    assert voice.between(start_s - 1.0, start_s).samples.any()
    assert not voice.between(start_s + 0.5, start_s + 2.0).samples.any()


@pytest.mark.parametrize(
    ("words", "clip"), [(("okay", "okay"), voice_like(0.5)), (("", ""), cough())]
)
def test_a_backchannel_or_a_cough_does_not_stop_it_for_good(
    tmp_path: Path, words: tuple[str, str], clip: Clip
) -> None:
    said, _ = ask(tmp_path, KnownWords(*words), clip)
    assert (said.stopped_by, said.text) == ("", QUESTION)
    assert said.held <= 1


def test_nothing_is_made_of_echo_breath_and_silence(tmp_path: Path, with_models: Path) -> None:
    impulse = read_audio(shared("speech/rooms/rir1.wav")).samples.astype(np.float64)
    breaths = resample(read_audio(shared("speech/short/breaths.wav")))
    # Words lie between 3.4 and 8.1 s, and from 11.1 s on.
    replies = (breaths.between(0.0, 3.3), breaths.between(8.3, 11.0), silence(1.0))
    echo = EchoPath(impulse, delay_ms=60.0, level_db=-6.0, distortion=0.1)
    recognizer = WhisperRecognizer(with_models / "whisper" / "tiny.en", "tiny.en")
    voice = choose_synthesizer("piper:en_US-joe-medium").engine
    port = EchoRoom(Replies(*replies), echo)
    parts = Parts(port, recognizer, voice, tmp_path)
    with port, SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        for _ in replies:
            said, heard = talk.say(QUESTION), talk.listen()
            assert (said.stopped_by, heard.text) == ("", "")


def test_half_duplex_speaks_to_the_end_and_hears_nothing_meanwhile(tmp_path: Path) -> None:
    said, heard = ask(tmp_path, KnownWords(), voice_like(3.0), half_duplex=True)
    assert (said.stopped_by, said.text) == ("", QUESTION)
    assert heard.words == ()


def panel(
    folder: Path, port: RoomPort, words: KnownWords, voices: Mapping[str, Synthesizer]
) -> SpokenChannel:
    parts = Parts(port, words, voices[""], folder, voices=voices)
    return SpokenChannel(parts, lambda _: None, lambda: None)


def test_every_voice_can_be_told_on_the_recorded_track(tmp_path: Path) -> None:
    main = PiperSynthesizer(write_voice(tmp_path / "voice"), "tiny")
    high, low = (main.speaking_as(None, variant) for variant in ("high", "low"))
    voices = {"": main, "Priya": high, "Sam": low}
    question = "What was the hardest part of it?"
    with RoomPort(Replies()) as port, panel(tmp_path, port, KnownWords(), voices) as talk:
        talk.prepare(question, "Priya")
        said = [talk.say(question, voice=name) for name in ("", "Priya", "Sam", "nobody")]
    assert {(each.text, each.stopped_by) for each in said} == {(question, "")}
    sounds = {
        name: join([resample(clip) for clip in synthesizer.speak(question)]).samples
        for name, synthesizer in voices.items()
    }
    track = read_audio(tmp_path / "interviewer.wav")
    parts = [track.between(each.start_s + 0.3, each.start_s + 1.0).samples for each in said]
    likest = [max(sounds, key=lambda name: alike(part, sounds[name])) for part in parts]
    assert likest == ["", "Priya", "Sam", ""]


def test_who_hesitates_over_a_hand_over_and_goes_on_is_heard_from_the_first(
    tmp_path: Path,
) -> None:
    # "And so", over the hand-over, is no interruption yet; what follows over the question is.
    clip = join([voice_like(0.5), silence(1.3), voice_like(2.2)])
    words = KnownWords("and so", "we moved all of the data at night")
    voices = {"": VoiceLike(), "Sam": VoiceLike()}
    with room(clip) as port, panel(tmp_path, port, words, voices) as talk:
        talk.say("Hello, and welcome. We have about twenty minutes.")
        first = talk.say("Thank you. Sam will go on with the next questions.")
        question = "Hello. Tell me about a time when you had to change your mind."
        second = talk.say(question, voice="Sam")
        heard = talk.listen()
    assert (first.stopped_by, first.held) == ("", 1)
    assert second.stopped_by
    assert heard.text == "and so we moved all of the data at night"
    assert heard.start_s == pytest.approx(5.0, abs=0.3)
