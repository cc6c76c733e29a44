"""Recorded answers for a command, heard aloud where that was asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.session.turns import Move
    from voice.ports.room import Candidate, RoomPort
    from voice.turns.talk import ChannelEvent, Heard


class Manners:
    """Tell a recorded candidate what sound alone cannot tell; one of the audience."""

    def __init__(self, port: RoomPort) -> None:
        self._port = port

    def on_move(self, move: Move) -> None:
        """Let an acknowledgement pass, and wait for what wants an answer."""
        self._port.in_passing = move.kind == "acknowledgement"

    def on_heard(self, heard: Heard) -> None:
        """Break off where the interviewer cuts in."""
        if heard.ended_by == "cut_in":
            self._port.cut_in()

    def on_event(self, event: ChannelEvent) -> None:
        """Let what is said while the interviewer listens pass."""
        from voice.turns.talk import Level

        if isinstance(event, Level) and event.listening:
            self._port.in_passing = True


@contextmanager
def simulated(candidate: Candidate, args: Namespace) -> Iterator[RoomPort]:
    """Give a room for a recorded candidate; with `--play` both voices are heard in real time.

    DeviceError where `--play` finds no loudspeaker.
    """
    from voice.ports.room import RoomPort

    if not args.play:
        with RoomPort(candidate, realtime=args.realtime) as port:
            yield port
        return
    from voice.ports.device.loudspeaker import Loudspeaker

    # Playing takes real time, whether or not it was asked for.
    with (
        Loudspeaker(args.speaker) as loudspeaker,
        RoomPort(candidate, realtime=True, monitor=loudspeaker.write) as port,
    ):
        yield port
