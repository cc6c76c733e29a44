"""What a recorded candidate is told: which words are no turn, and where the interviewer cuts in."""

from __future__ import annotations

import numpy as np
import pytest

from agent.cli.room import Manners
from agent.turns import Move, MoveKind
from tests.scripted import Replies
from tests.test_room import FRAME_S, asks, level, timeline
from voice.audio import SAMPLE_RATE_HZ
from voice.room import REPLY_DELAY_S, RoomPort
from voice.room.port import BREAKS_OFF_S
from voice.talk import Heard


def test_an_acknowledgement_is_no_turn() -> None:
    speaks = asks((0.5, 1.0), (4.0, 0.5), (7.0, 1.0))

    def act(port: RoomPort, now_s: float) -> None:
        speaks(port, now_s)
        kind: MoveKind = "acknowledgement" if 3.0 < now_s < 6.0 else "question"
        Manners(port).on_move(Move(kind, "", ""))

    heard = timeline(Replies(level(7, 0.5), level(8, 0.5)), 11.0, act=act)
    assert heard.starts_s(7) == [pytest.approx(1.5 + REPLY_DELAY_S)]
    assert heard.starts_s(8) == [pytest.approx(8.0 + REPLY_DELAY_S)]


def test_who_is_cut_in_on_breaks_off_and_answers_what_is_asked_then() -> None:
    speaks, cuts = asks((0.5, 1.0), (6.0, 2.0)), [6.0]

    def act(port: RoomPort, now_s: float) -> None:
        speaks(port, now_s)
        if cuts and now_s >= cuts[0] - 1e-9:
            cuts.pop()
            Manners(port).on_heard(Heard((), 2.5, 6.0, "cut_in"))

    heard = timeline(Replies(level(7, 20.0), level(8, 0.5)), 11.0, act=act)
    said = np.flatnonzero(heard.mic == 7) / SAMPLE_RATE_HZ
    assert said[-1] == pytest.approx(6.0 + BREAKS_OFF_S, abs=2 * FRAME_S)
    assert heard.starts_s(8) == [pytest.approx(8.0 + REPLY_DELAY_S)]
