"""Note when what happened in an interview, on one clock, from its public seams."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from agent.session.turns import Move, MoveKind
from voice.audio.clip import Clip
from voice.audio.port import Frame, Port
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word
from voice.turns.talk import ChannelEvent, Heard, Level

AT_ONCE_S = 0.1
"""A turn that ends this soon after its last words came was waiting for them."""

_Floats, _Ints = npt.NDArray[np.float64], npt.NDArray[np.int64]
_Spans = Sequence[tuple[float, float]]
_STEP_S = 0.4
_SAID = "we moved the service to the cluster and it was faster by thirty percent".split()


@dataclass(frozen=True)
class TurnTimes:
    """One turn, from the candidate's last sound to the interviewer's first."""

    kind: MoveKind
    """What the interviewer said then."""
    waiting_s: float
    """Silence that was needed, recognition apart."""
    recognizing_s: float
    """What the last words held up."""
    behind_s: float
    """Sound that had come in and was not looked at when the turn ended."""
    deciding_s: float
    """From the end of the turn to the move."""
    speaking_s: float
    """From the move to the first sample out."""
    words_s: float
    """What the recognizer took for the last stretch."""
    sound_s: float
    """From the candidate's last sound to anything of the interviewer's: the little word counts."""

    @property
    def total_s(self) -> float:
        """From the candidate's last sound to the interviewer's first, in seconds."""
        parts = (self.waiting_s, self.recognizing_s, self.behind_s)
        return sum(parts) + self.deciding_s + self.speaking_s


class TimedPort:
    """A port that knows by how much its frames' clock differs from the machine's."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.realtime = port.realtime
        self.now_s = 0.0
        """End of the latest frame."""
        self.lag_s = float("inf")
        """Machine time at session time 0: the least seen, so that no backlog counts."""

    def read(self) -> Frame:
        frame = self._port.read()
        self.now_s = frame.end_s
        self.lag_s = min(self.lag_s, time.monotonic() - frame.end_s)
        return frame

    @property
    def mic_name(self) -> str:
        return self._port.mic_name

    def play(self, clip: Clip) -> None:
        self._port.play(clip)

    def stop(self) -> tuple[Clip, ...]:
        return self._port.stop()

    @property
    def playing(self) -> bool:
        return self._port.playing

    @property
    def ended(self) -> bool:
        return self._port.ended

    def __enter__(self) -> Self:
        self._port.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._port.__exit__(None, None, None)


class TimedRecognizer:
    """A recognizer that notes when each stretch came and its words were there, on machine time."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self.name = recognizer.name
        self.spans: list[tuple[float, float]] = []
        self.finished = getattr(recognizer, "finished", lambda: None)

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        came_s = time.monotonic()
        words = self._recognizer.transcribe(clip)
        self.spans.append((came_s, time.monotonic()))
        return words


class ScriptedRecognizer:
    """A recognizer that hears 2.5 words a second, at once, and always a finished sentence."""

    name = "scripted:recognizer"

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        count = int(clip.duration_s / _STEP_S)
        texts = [_SAID[(i - count) % len(_SAID)] for i in range(count)]
        return tuple(Word(text, _STEP_S * i, _STEP_S * (i + 0.9)) for i, text in enumerate(texts))


@dataclass(frozen=True)
class _Ended:
    session_s: float
    machine_s: float
    moved_s: float = 0.0
    """Machine time at which the next move was there."""
    kind: MoveKind = "opening"


class Moments:
    """An audience that notes when turns end and moves are made."""

    def __init__(self) -> None:
        self._port: TimedPort | None = None
        self._ended: _Ended | None = None
        self._all: list[_Ended] = []

    def of(self, port: TimedPort) -> Moments:
        """Take session time from this port."""
        self._port = port
        return self

    def on_heard(self, heard: Heard) -> None:
        assert self._port is not None
        if heard.text and heard.ended_by == "silence":
            self._ended = _Ended(self._port.now_s, time.monotonic())

    def on_move(self, move: Move) -> None:
        if self._ended is not None:
            ended, self._ended = self._ended, None
            self._all.append(_Ended(ended.session_s, ended.machine_s, time.monotonic(), move.kind))

    def on_event(self, event: ChannelEvent) -> None:
        pass

    def turns(self, voice_ends_s: _Floats, sounding: _Ints, recognized: _Spans) -> list[TurnTimes]:
        """Put together the turns: when the candidate's track holds voice, which samples of the
        interviewer's are not 0, and when the recognizer began and ended, on machine time.
        """
        return [self._times(ended, voice_ends_s, sounding, recognized) for ended in self._all]

    def _times(
        self, ended: _Ended, voice_ends_s: _Floats, sounding: _Ints, recognized: _Spans
    ) -> TurnTimes:
        port = self._port
        assert port is not None
        end_s = float(voice_ends_s[voice_ends_s <= ended.session_s][-1])
        first_s = float(sounding[sounding > ended.session_s * 16000][0]) / 16000
        came_s, words_s = [span for span in recognized if span[1] <= ended.machine_s][-1]
        silence_s = ended.session_s - end_s
        # Where sample time does not run with the machine's, the words were waited for.
        held_up = port.realtime and ended.machine_s - words_s < AT_ONCE_S
        recognizing_s = min(silence_s, words_s - came_s) if held_up else 0.0
        behind_s = ended.machine_s - (port.lag_s + ended.session_s) if port.realtime else 0.0
        heard_s = (
            port.lag_s + first_s - ended.moved_s if port.realtime else first_s - ended.session_s
        )
        return TurnTimes(
            kind=ended.kind,
            waiting_s=silence_s - recognizing_s,
            recognizing_s=recognizing_s,
            behind_s=behind_s,
            deciding_s=ended.moved_s - ended.machine_s,
            speaking_s=heard_s,
            words_s=words_s - came_s,
            sound_s=float(sounding[sounding > end_s * 16000][0]) / 16000 - end_s,
        )


class Answering:
    """A candidate in the virtual microphone: the next answer whenever listening begins."""

    def __init__(self, answers: Sequence[Path], noise: Path) -> None:
        self._answers = answers
        self._noise = noise
        self._given = 0
        self._asked = False
        self._players: list[subprocess.Popen[bytes]] = []

    def on_move(self, _move: Move) -> None:
        self._asked = True

    def on_heard(self, _heard: Heard) -> None:
        self._asked = False

    def on_event(self, event: ChannelEvent) -> None:
        if isinstance(event, Level) and event.listening and self._asked:
            self._asked = False
            self._play(self._answers[self._given % len(self._answers)])
            self._given += 1

    def __enter__(self) -> Self:
        self._play(self._noise)
        return self

    def __exit__(self, *error: object) -> None:
        for player in self._players:
            player.kill()
            player.wait()

    def _play(self, wav: Path) -> None:
        command = ["paplay", "--device=candidate", str(wav)]
        self._players.append(subprocess.Popen(command, env=os.environ))
