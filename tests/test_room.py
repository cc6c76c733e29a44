"""Recorded answers: who speaks when, what stops, what passes."""

from collections.abc import Callable

import numpy as np
import pytest

from agent.cli.run import Manners
from agent.session.turns import Move, MoveKind
from voice.audio.clip import FRAME_S, SAMPLE_RATE_HZ, Clip, Samples
from voice.ports.room import BREAKS_OFF_S, REPLY_DELAY_S, Replies, RoomPort
from voice.turns.talk import Heard


def level(value: int, duration_s: float) -> Clip:
    """Return a clip of one value, to be found again in a mix."""
    return Clip(np.full(round(duration_s * SAMPLE_RATE_HZ), value, np.int16))


def heard(port: RoomPort, end_s: float, act: Callable[[float], None]) -> Samples:
    """Return the microphone until a session time; `act` is called before each frame."""
    mic, now_s = [np.zeros(0, np.int16)], 0.0
    with port:
        while now_s < end_s:
            act(now_s)
            frame = port.read()
            mic.append(frame.mic)
            now_s = frame.end_s
    return np.concatenate(mic)


def asks(port: RoomPort, *turns: tuple[float, float]) -> Callable[[float], None]:
    """Let an interviewer speak at these times for so long."""
    left = list(turns)

    def act(now_s: float) -> None:
        if left and now_s >= left[0][0] - 1e-9:
            port.play(level(1000, left.pop(0)[1]))

    return act


def when_s(mic: Samples, value: int) -> tuple[float, float]:
    """Return from when to when the microphone gives a value, but for the hiss."""
    (there,) = np.nonzero(np.abs(mic.astype(int) - value) < 100)
    return float(there[0]) / SAMPLE_RATE_HZ, float(there[-1]) / SAMPLE_RATE_HZ


def test_one_answer_a_turn_and_the_candidate_has_ended_once_asked_in_vain() -> None:
    port = RoomPort(Replies(level(5000, 1.0)))
    ask, ended = asks(port, (0.5, 1.0), (5.0, 1.0)), []

    def act(now_s: float) -> None:
        ask(now_s)
        ended.extend([now_s] * port.ended)

    mic = heard(port, 9.0, act)
    assert when_s(mic, 5000) == pytest.approx((1.5 + REPLY_DELAY_S, 2.5 + REPLY_DELAY_S), abs=0.01)
    assert ended[0] == pytest.approx(6.0 + REPLY_DELAY_S, abs=1.5 * FRAME_S)


def test_nobody_answers_an_interviewer_who_breaks_off() -> None:
    port = RoomPort(Replies(level(5000, 1.0)))
    ask = asks(port, (0.0, 4.0), (6.0, 1.0))

    def act(now_s: float) -> None:
        ask(now_s)
        if 2.0 <= now_s < 2.01:
            (rest,) = port.stop()
            assert rest.duration_s == pytest.approx(2.0)

    assert when_s(heard(port, 9.0, act), 5000)[0] == pytest.approx(7.0 + REPLY_DELAY_S)


def test_an_acknowledgement_is_no_turn() -> None:
    port = RoomPort(Replies(level(5000, 0.5), level(8000, 0.5)))
    speaks = asks(port, (0.5, 1.0), (4.0, 0.5), (7.0, 1.0))

    def act(now_s: float) -> None:
        speaks(now_s)
        kind: MoveKind = "acknowledgement" if 3.0 < now_s < 6.0 else "question"
        Manners(port).on_move(Move(kind, "", ""))

    mic = heard(port, 11.0, act)
    assert when_s(mic, 5000)[0] == pytest.approx(1.5 + REPLY_DELAY_S)
    assert when_s(mic, 8000)[0] == pytest.approx(8.0 + REPLY_DELAY_S)


def test_who_is_cut_in_on_breaks_off_and_answers_what_is_asked_then() -> None:
    port = RoomPort(Replies(level(5000, 20.0), level(8000, 0.5)))
    speaks = asks(port, (0.5, 1.0), (6.0, 2.0))

    def act(now_s: float) -> None:
        speaks(now_s)
        if 6.0 - 1e-9 <= now_s < 6.01:
            Manners(port).on_heard(Heard((), 2.5, 6.0, "cut_in"))

    mic = heard(port, 11.0, act)
    assert when_s(mic, 5000)[1] == pytest.approx(6.0 + BREAKS_OFF_S, abs=2 * FRAME_S)
    assert when_s(mic, 8000)[0] == pytest.approx(8.0 + REPLY_DELAY_S)
