"""The interviewer waits for what it is to say: who goes on with the answer meanwhile is heard."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.scripted import KnownWords, Tones, spoken
from voice.audio.clip import SAMPLE_RATE_HZ, Clip
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.ports.room import Replies, RoomPort
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.controls import Control
from voice.turns.endpointing import Patience
from voice.turns.talk import Said

pytestmark = pytest.mark.slow

THINKING_S = 6.0
"""A silence after which an answer seems to be over."""


class Hurried(RoomPort):
    """A room in which time passes while nobody asks for it, faster than on the wall."""

    def read(self) -> Frame:
        """Return the next frame at once."""
        self.realtime = False
        frame = super().read()
        self.realtime = True
        return frame


@contextmanager
def answered(
    folder: Path, recognizer: KnownWords, answer: Clip, *keys: Control, half_duplex: bool = False
) -> Iterator[SpokenChannel]:
    """Ask, and hear the first part of an answer; `keys` are pressed at the end of it."""
    pressed: list[Control] = []
    port = Hurried(Replies(answer), realtime=True)
    # No tries: how many there are depends on how fast the wall clock lets the recognizer be.
    patience = Patience(peek_s=math.inf)
    parts = Parts(port, recognizer, Tones(), folder, patience, half_duplex=half_duplex)
    with SpokenChannel(parts, lambda _: None, lambda: pressed.pop() if pressed else None) as talk:
        talk.say("How did it go?")
        assert talk.listen().ended_by == "silence"
        pressed.extend(keys)
        yield talk


def never() -> bool:
    return False


@pytest.mark.parametrize("half_duplex", [False, True])
def test_who_goes_on_in_the_wait_keeps_every_syllable(tmp_path: Path, half_duplex: bool) -> None:
    words = KnownWords("we moved it", "and then we measured it")
    answer = spoken(2.0, THINKING_S, 3.0)
    with answered(tmp_path, words, answer, half_duplex=half_duplex) as talk:
        began_s = talk.now_s
        waited = talk.wait(never, 10.0)
        heard = talk.listen()
    assert (waited.stopped_by, waited.text, waited.start_s) == ("resumed_answer", "", began_s)
    # It came later than the first second over a sentence that counts as the answer's.
    assert heard.start_s > began_s + 2.0
    assert waited.end_s == pytest.approx(heard.start_s + 1.0, abs=0.2)
    assert heard.text == "and then we measured it"
    mic = read_audio(tmp_path / "candidate.wav").samples
    loud_s = np.flatnonzero(np.abs(mic) > 1000) / SAMPLE_RATE_HZ
    assert heard.start_s == pytest.approx(loud_s[loud_s > began_s][0], abs=0.1)
    assert heard.end_s - heard.start_s == pytest.approx(3.0, abs=0.15)


def test_it_ends_when_what_is_waited_for_is_ready_or_time_is_over(tmp_path: Path) -> None:
    with answered(tmp_path, KnownWords("we moved it"), spoken(2.0)) as talk:
        now_s = talk.now_s
        assert talk.wait(lambda: True, 10.0) == Said(now_s, now_s)
        waited = talk.wait(lambda: talk.now_s >= now_s + 0.7, 10.0)
        assert (waited.stopped_by, waited.held) == ("", 0)
        assert waited.end_s - waited.start_s == pytest.approx(0.7, abs=0.03)
        waited = talk.wait(never, 1.5)
        assert waited.end_s - waited.start_s == pytest.approx(1.5, abs=0.03)
    track = read_audio(tmp_path / "interviewer.wav")
    assert not track.between(waited.start_s, waited.end_s).samples.any()


def test_a_cough_is_understood_first_and_then_the_wait_is_over(tmp_path: Path) -> None:
    with answered(tmp_path, KnownWords("we moved it", ""), spoken(2.0, 4.0, 0.4)) as talk:
        # In the middle of the cough.
        cough_s = talk.now_s + 1.0
        waited = talk.wait(lambda: talk.now_s >= cough_s, 10.0)
        heard = talk.listen()
    assert (waited.stopped_by, waited.held) == ("", 1)
    assert waited.end_s > cough_s + 0.2
    assert (heard.words, heard.ended_by) == ((), "no_speech")


def test_a_key_ends_it_and_a_skip_does_not_skip_the_next_question(tmp_path: Path) -> None:
    words = KnownWords("we moved it")
    with answered(tmp_path, words, spoken(2.0), Control.REPEAT, Control.SKIP) as talk:
        assert talk.wait(never, 10.0).stopped_by == "key"
        said = talk.say("And what came of it?", yielding=False)
        assert talk.listen().ended_by == "repeat"
    assert said.stopped_by == "key"


def test_nobody_waits_where_sample_time_runs_freely(tmp_path: Path) -> None:
    parts = Parts(RoomPort(Replies(spoken(1.0))), KnownWords(), Tones(), tmp_path)
    with SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        talk.say("How did it go?")
        now_s = talk.now_s
        assert talk.wait(never, 10.0) == Said(now_s, now_s)
