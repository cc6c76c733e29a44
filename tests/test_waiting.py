"""The interviewer waits for what it is to say: who goes on with the answer meanwhile is heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.scripted import KnownWords, Replies, Tones, spoken
from voice.audio import SAMPLE_RATE_HZ, Clip, read_audio
from voice.channel import Parts, SpokenChannel
from voice.controls import Control
from voice.port import Frame
from voice.room import RoomPort
from voice.talk import Said

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
    folder: Path,
    recognizer: KnownWords,
    answer: Clip,
    *,
    half_duplex: bool = False,
    key: Control | None = None,
) -> Iterator[SpokenChannel]:
    """Ask, and hear the first part of an answer; `key` is pressed at the end of it."""
    keys: list[Control] = []
    parts = Parts(
        Hurried(Replies(answer), realtime=True),
        recognizer,
        Tones(),
        folder,
        half_duplex=half_duplex,
    )
    with SpokenChannel(parts, lambda _: None, lambda: keys.pop() if keys else None) as talk:
        talk.say("How did it go?")
        assert talk.listen().ended_by == "silence"
        keys.extend([] if key is None else [key])
        yield talk


def never() -> bool:
    return False


def voice_s(folder: Path) -> list[float]:
    """Return the seconds of the session in which the person's track is loud."""
    mic = read_audio(folder / "candidate.wav").samples
    return list(np.flatnonzero(np.abs(mic) > 1000) / SAMPLE_RATE_HZ)


@pytest.mark.parametrize("half_duplex", [False, True])
def test_who_goes_on_in_the_wait_keeps_every_syllable(tmp_path: Path, half_duplex: bool) -> None:
    recognizer = KnownWords("we moved it", "and then we measured it")
    with answered(
        tmp_path, recognizer, spoken(2.0, THINKING_S, 3.0), half_duplex=half_duplex
    ) as talk:
        began_s = talk.now_s
        waited = talk.wait(never, 10.0)
        heard = talk.listen()
    assert (waited.stopped_by, waited.text, waited.start_s) == ("resumed_answer", "", began_s)
    # It came later than the first second over a sentence that counts as the answer's.
    assert heard.start_s > began_s + 2.0
    assert waited.end_s == pytest.approx(heard.start_s + 1.0, abs=0.2)
    assert heard.text == "and then we measured it"
    begin_s = min(at_s for at_s in voice_s(tmp_path) if at_s > began_s)
    assert heard.start_s == pytest.approx(begin_s, abs=0.1)
    assert heard.end_s - heard.start_s == pytest.approx(3.0, abs=0.15)


def test_it_ends_when_what_is_waited_for_is_ready(tmp_path: Path) -> None:
    with answered(tmp_path, KnownWords("we moved it"), spoken(2.0)) as talk:
        ready_s = talk.now_s + 0.7
        waited = talk.wait(lambda: talk.now_s >= ready_s, 10.0)
    assert (waited.stopped_by, waited.held) == ("", 0)
    assert waited.end_s - waited.start_s == pytest.approx(0.7, abs=0.03)


def test_a_cough_is_understood_first_and_then_the_wait_is_over(tmp_path: Path) -> None:
    recognizer = KnownWords("we moved it", "")
    with answered(tmp_path, recognizer, spoken(2.0, 4.0, 0.4)) as talk:
        # In the middle of the cough.
        cough_s = talk.now_s + 1.0
        waited = talk.wait(lambda: talk.now_s >= cough_s, 10.0)
        heard = talk.listen()
    assert (waited.stopped_by, waited.held) == ("", 1)
    assert waited.end_s > cough_s + 0.3
    assert (heard.words, heard.ended_by) == ((), "no_speech")


def test_a_skip_in_the_wait_does_not_skip_the_next_question(tmp_path: Path) -> None:
    with answered(tmp_path, KnownWords("we moved it"), spoken(2.0), key=Control.SKIP) as talk:
        waited = talk.wait(never, 10.0)
        said = talk.say("And what came of it?")
    assert waited.stopped_by == "key"
    assert (said.stopped_by, said.text) == ("", "And what came of it?")


def test_nobody_waits_where_sample_time_runs_freely(tmp_path: Path) -> None:
    parts = Parts(RoomPort(Replies(spoken(1.0))), KnownWords(), Tones(), tmp_path)
    with SpokenChannel(parts, lambda _: None, lambda: None) as talk:
        talk.say("How did it go?")
        now_s = talk.now_s
        assert talk.wait(never, 10.0) == Said(now_s, now_s)
        assert talk.now_s == now_s
