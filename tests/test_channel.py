"""A turn through the whole spoken channel: room, voice detection, endpointing, tracks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.scripted import KnownWords, Tones, spoken
from voice.audio.clip import FRAME_SAMPLES, Clip, join, silence
from voice.audio.levels import MUTED_S
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.errors import DeviceLostError
from voice.ports.room import Replies, RoomPort
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.controls import Control
from voice.turns.endpointing import Patience
from voice.turns.talk import ChannelEvent, Gap, Listening, Notice, WordsHeard
from voice.turns.workers import OneThread


@contextmanager
def channel(
    folder: Path, recognizer: KnownWords, *replies: Clip, keys: dict[int, Control] | None = None
) -> Iterator[tuple[SpokenChannel, list[ChannelEvent]]]:
    events: list[ChannelEvent] = []
    frames = iter(range(10**6))
    parts = Parts(RoomPort(Replies(*replies)), recognizer, Tones(), folder)
    pressed = keys or {}
    with SpokenChannel(parts, events.append, lambda: pressed.get(next(frames))) as opened:
        yield opened, events
    assert recognizer.left == 0


def test_a_thinking_pause_of_two_seconds_does_not_end_the_turn(tmp_path: Path) -> None:
    recognizer = KnownWords("we moved the platform because the", "old one was slow")
    with channel(tmp_path, recognizer, spoken(3.0, 2.0, 2.0)) as (talk, events):
        talk.say("How did it go?")
        heard = talk.listen()
    assert heard.text == "we moved the platform because the old one was slow"
    assert heard.ended_by == "silence"
    assert heard.end_s - heard.start_s == pytest.approx(7.0, abs=0.15)
    assert [type(e) for e in events if isinstance(e, WordsHeard)] == [WordsHeard] * 2


def test_let_me_think_suspends_the_end(tmp_path: Path) -> None:
    recognizer = KnownWords("let me think", "it was the cache")
    with channel(tmp_path, recognizer, spoken(1.5, 20.0, 2.0)) as (talk, _):
        talk.say("Why?")
        assert talk.listen().text == "let me think it was the cache"


@pytest.mark.parametrize(
    ("text", "ended_by"),
    [
        ("could you repeat the question", "repeat"),
        ("so that is it that's my answer", "done"),
        ("let's skip this one", "skip"),
        ("let's stop here", "finish"),
    ],
)
def test_a_spoken_request_ends_the_turn_at_once(tmp_path: Path, text: str, ended_by: str) -> None:
    with channel(tmp_path, KnownWords(text), spoken(1.8)) as (talk, _):
        talk.say("What happened?")
        heard = talk.listen()
    assert heard.ended_by == ended_by
    assert talk.now_s - heard.end_s < 1.3


def test_silence_is_no_speech_and_then_the_candidate_has_left(tmp_path: Path) -> None:
    nothing = Clip(np.zeros(320, np.int16))
    with channel(tmp_path, KnownWords("yes"), nothing, spoken(1.5)) as (talk, _):
        talk.say("Hello?")
        silent = talk.listen()
        talk.say("Are you there?")
        answered = talk.listen()
        talk.say("And?")
        left = talk.listen()
    assert (silent.ended_by, answered.text, left.ended_by) == ("no_speech", "yes", "ended")
    assert silent.end_s - silent.start_s == pytest.approx(12.0, abs=0.1)


def test_a_cough_is_no_answer_and_the_person_may_go_on_thinking(tmp_path: Path) -> None:
    recognizer = KnownWords("", "it was the cache")
    with channel(tmp_path, recognizer, spoken(0.5, 8.0, 2.0)) as (talk, _):
        talk.say("Why?")
        heard = talk.listen()
    assert (heard.text, heard.ended_by) == ("it was the cache", "silence")
    assert heard.end_s - heard.start_s == pytest.approx(2.0, abs=0.2)


def test_the_done_key_ends_the_turn_and_keeps_the_words(tmp_path: Path) -> None:
    # Frame 200 lies 4 s into the session: in the middle of the answer.
    words, keys = KnownWords("half of it"), {200: Control.DONE}
    with channel(tmp_path, words, spoken(6.0), keys=keys) as (talk, _):
        talk.say("Go on?")
        heard = talk.listen()
    assert (heard.text, heard.ended_by) == ("half of it", "done")
    assert talk.now_s == pytest.approx(4.02, abs=0.05)


def test_a_skip_key_silences_the_interviewer(tmp_path: Path) -> None:
    with channel(tmp_path, KnownWords(), keys={50: Control.SKIP}) as (talk, _):
        said = talk.say("word " * 60)
        heard = talk.listen()
    assert (said.stopped_by, said.text) == ("key", "word " * 9 + "word")
    assert said.end_s == pytest.approx(1.0, abs=0.1)
    assert heard.ended_by == "skip"


def test_a_pause_is_neither_recorded_nor_counted(tmp_path: Path) -> None:
    keys = {150: Control.PAUSE, 650: Control.PAUSE}
    recognizer = KnownWords("before", "and after the pause")
    with channel(tmp_path, recognizer, spoken(16.0), keys=keys) as (talk, _):
        talk.say("Go on?")
        heard = talk.listen()
    assert heard.ended_by == "silence"
    assert talk.paused_s == pytest.approx(10.0, abs=0.1)
    kept = read_audio(tmp_path / "candidate.wav")
    assert not kept.between(3.2, 12.9).samples.any()
    assert kept.between(14.0, 16.0).samples.any()


def test_both_tracks_share_one_timeline(tmp_path: Path) -> None:
    with channel(tmp_path, KnownWords("fine"), spoken(2.0)) as (talk, _):
        said = talk.say("How are you?")
        heard = talk.listen()
    mic, voice = (read_audio(tmp_path / f"{name}.wav") for name in ("candidate", "interviewer"))
    assert len(mic.samples) == len(voice.samples) == round(talk.now_s * 16000)
    assert voice.between(said.start_s, said.end_s).samples.any()
    assert not voice.between(said.end_s, talk.now_s).samples.any()
    loud = np.flatnonzero(np.abs(mic.samples) > 1000) / 16000
    assert loud[0] == pytest.approx(heard.start_s, abs=0.1)
    assert loud[-1] == pytest.approx(heard.end_s, abs=0.1)


class Live(RoomPort):
    """A room in which the workers are done before the next frame, however slow the machine."""

    def __init__(self, candidate: Replies) -> None:
        super().__init__(candidate)
        self.realtime = self.in_passing = True
        self.workers: tuple[OneThread, ...] = ()

    def _wait(self) -> None:
        for worker in self.workers:
            worker._pool.submit(int).result()


def test_a_likely_end_is_acknowledged_once_and_nothing_is_lost(tmp_path: Path) -> None:
    port = Live(Replies(spoken(4.0, 1.5, 3.0)))
    recognizer = KnownWords("it was the cache", "and the disk")
    parts = Parts(port, recognizer, Tones(), tmp_path, Patience(sooner_doubt=3.0))
    with SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        port.workers = (talk._transcriber, talk._speaker, talk._ending)
        port.in_passing = False
        talk.say("Why?")
        port.in_passing = True
        heard = talk.listen(Listening(acknowledge="I see."))
    assert (heard.text, heard.ended_by) == ("it was the cache and the disk", "silence")
    said = heard.acknowledged
    assert said is not None
    assert 5.0 < said.start_s - heard.start_s < 5.8
    voice = read_audio(tmp_path / "interviewer.wav")
    assert voice.between(said.start_s, said.end_s).samples.any()
    assert not voice.between(said.end_s + 0.1, talk.now_s).samples.any()


class Flaky(RoomPort):
    """A room whose microphone is gone for a while after its hundredth frame."""

    def __init__(self, candidate: Replies, gone_reads: int) -> None:
        super().__init__(candidate)
        self._reads, self._gone, self._shift = 0, gone_reads, 0

    def read(self) -> Frame:
        """Fail `gone_reads` times, then go on one second later for each."""
        self._reads += 1
        lost = 50 * FRAME_SAMPLES * self._gone if self._reads == 101 + self._gone else 0
        if 100 < self._reads <= 100 + self._gone:
            raise DeviceLostError("the microphone Flaky gave no sound for 1 s; plug it in again")
        frame = super().read()
        self._shift += lost
        return Frame(frame.start_sample + self._shift, frame.mic, frame.speaker, lost)


def test_a_microphone_that_comes_back_keeps_the_timeline(tmp_path: Path) -> None:
    events: list[ChannelEvent] = []
    recognizer = KnownWords("still", "here")
    parts = Parts(Flaky(Replies(spoken(8.0)), 3), recognizer, Tones(), tmp_path)
    with SpokenChannel(parts, events.append, lambda: None) as talk:
        talk.say("Hm?")
        assert talk.listen().text == "still here"
    told = [event.text for event in events if isinstance(event, Notice)]
    assert "Flaky" in told[0]
    assert "back" in told[1]
    (gap,) = (event for event in events if isinstance(event, Gap))
    assert (gap.why, gap.end_s - gap.start_s) == ("lost", pytest.approx(3.0))
    assert len(read_audio(tmp_path / "candidate.wav").samples) == round(talk.now_s * 16000)


def test_a_microphone_that_stays_away_ends_the_session_with_the_recording(tmp_path: Path) -> None:
    parts = Parts(Flaky(Replies(spoken(8.0)), 10**6), KnownWords(), Tones(), tmp_path)
    with (
        pytest.raises(DeviceLostError, match="Flaky"),
        SpokenChannel(parts, lambda _: None, lambda: None) as talk,
    ):
        talk.say("Hm?")
        talk.listen()
    assert read_audio(tmp_path / "candidate.wav").duration_s == pytest.approx(2.0, abs=0.05)


class Muted(RoomPort):
    """A room whose microphone gives zeros for a time."""

    def __init__(self, candidate: Replies, until_s: float, from_s: float = 1.0) -> None:
        super().__init__(candidate)
        self._from_s, self._until_s = from_s, until_s

    def read(self) -> Frame:
        """Return the next frame, without a sound while the microphone is muted."""
        frame = super().read()
        muted = self._from_s <= frame.start_s < self._until_s
        return replace(frame, mic=np.zeros_like(frame.mic)) if muted else frame


def test_a_muted_microphone_is_waited_for_however_long_it_takes(tmp_path: Path) -> None:
    events: list[ChannelEvent] = []
    reply = join([silence(96.0), spoken(2.0)])
    parts = Parts(Muted(Replies(reply), 99.0), KnownWords("here I am"), Tones(), tmp_path)
    with SpokenChannel(parts, events.append, lambda: None) as talk:
        talk.say("word " * 40)
        heard = talk.listen()
    # That is told once, and no time counts.
    assert (heard.ended_by, heard.text) == ("silence", "here I am")
    muted, back = (event for event in events if isinstance(event, Notice))
    assert "is it muted" in muted.text
    assert muted.session_s == pytest.approx(13.0, abs=1.0)
    assert back.session_s == pytest.approx(99.0, abs=0.1)
    assert talk.paused_s == pytest.approx(back.session_s - muted.session_s, abs=0.1)
    (gap,) = (event for event in events if isinstance(event, Gap))
    assert (gap.why, round(gap.start_s), round(gap.end_s)) == ("muted", 1, 99)


def test_zeros_after_an_answer_are_a_silence_that_ends_it(tmp_path: Path) -> None:
    """A gated microphone gives nothing else, and who thinks aloud first is waited for long."""
    events: list[ChannelEvent] = []
    room = Muted(Replies(spoken(2.0)), 99.0, from_s=6.0)
    with SpokenChannel(
        Parts(room, KnownWords("let me think"), Tones(), tmp_path), events.append, lambda: None
    ) as talk:
        talk.say("Why?")
        heard = talk.listen()
    assert (heard.ended_by, heard.text) == ("silence", "let me think")
    assert MUTED_S < talk.now_s < 60
    assert not [event for event in events if isinstance(event, Notice)]
