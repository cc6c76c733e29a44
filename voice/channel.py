"""The conversation in sound: say a text, listen to a turn, record all of it.

The main path of a frame is `SpokenChannel._next_frame`; of a turn, `SpokenChannel.listen`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from voice.audio import SAMPLE_RATE_HZ, SILENCE_DBFS, level_dbfs
from voice.controls import Control, spoken_control
from voice.endpointing import Decision, Patience, SoFar, decide
from voice.errors import DeviceError, DeviceLostError, RecordingError
from voice.pauses import Pauses
from voice.port import Frame, Port
from voice.recorder import Recorder
from voice.stt import Ears
from voice.talk import ChannelEvent, EndedBy, Heard, Level, Notice, Said, WordsHeard
from voice.transcript import text_of
from voice.tts import Mouth
from voice.turn import Turn
from voice.vad import VoiceDetector
from voice.workers import Speaker, Transcriber

ECHO_GUARD_S = 0.8
"""Half duplex: how long after the interviewer's voice the microphone is not listened to."""
METER_PERIOD_FRAMES = 5
"""A level is reported every 0.1 s."""
DEVICE_PATIENCE_S = 30.0
"""How long a vanished microphone is waited for before the session is ended."""
ZEROS_S = 3.0
"""A microphone that gives nothing but zeros this long is reported."""
DEAD_S = 30.0
"""One that never gave anything else this long ends the session: nothing will be heard."""
ONLY_ZEROS = (
    "the microphone gives only zeros: unmute it, or allow this terminal to use the microphone;"
    " `rehearse doctor` checks it"
)


@dataclass(frozen=True)
class Parts:
    """What a spoken channel is made of."""

    port: Port
    """Microphone and loudspeaker, open; whoever opened it closes it."""
    ears: Ears
    """The recognizer."""
    mouth: Mouth
    """The synthesizer."""
    folder: Path
    """Where the two tracks are written."""
    patience: Patience = field(default_factory=Patience)
    """How long silences may last."""


class SpokenChannel:
    """Talk through an audio port, half duplex, recording both sides."""

    def __init__(
        self,
        parts: Parts,
        observe: Callable[[ChannelEvent], None],
        pressed: Callable[[], Control | None],
    ) -> None:
        """Make the channel.

        Args:
            parts: port, recognizer, synthesizer, folder.
            observe: is told levels, words and notices as they happen, on the calling thread.
            pressed: returns the key pressed since it was last asked, as a Control.
        """
        self._port = parts.port
        self._patience = parts.patience
        self._observe = observe
        self._pressed = pressed
        self._recorder = Recorder(parts.folder)
        self._transcriber = Transcriber(parts.ears)
        self._speaker = Speaker(parts.mouth)
        self._detector = VoiceDetector()
        self._open = ExitStack()
        self._now_s = 0.0
        self._paused_s = 0.0
        self._frames = 0
        self._zeros_s = 0.0
        self._alive = False
        self._listening = False
        self._waiting: Control | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for part in (self._recorder, self._transcriber, self._speaker):
                stack.enter_context(part)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._port.stop()
        self._open.__exit__(kind, error, trace)

    @property
    def now_s(self) -> float:
        """Session time: the end of the last frame."""
        return self._now_s

    @property
    def paused_s(self) -> float:
        """Session time spent in pauses."""
        return self._paused_s

    def say(self, text: str) -> Said:
        """Speak a text, sentence by sentence; the next is made while one plays."""
        speech = self._speaker.begin(text)
        start_s = self._now_s
        started = complete = False
        while not (speech.done and not self._port.playing):
            for clip in speech.ready(wait=not self._port.realtime):
                self._port.play(clip)
            frame = self._next_frame()
            if not started and frame.speaker.any():
                started, start_s = True, frame.start_s
            if self._waiting in (Control.SKIP, Control.FINISH, Control.REPEAT):
                speech.drop()
                self._port.stop()
                break
        else:
            complete = True
        return Said(start_s, self._now_s, complete)

    def listen(self) -> Heard:
        """Listen until the turn ends; words are reported as they are understood."""
        if self._waiting is Control.DONE:
            # Enter during the question only says "I have read it".
            self._waiting = None
        guard_until_s = self._now_s + ECHO_GUARD_S
        while self._now_s < guard_until_s and self._waiting is None:
            self._next_frame()
        turn = Turn(self._now_s, self._transcriber.submit)
        self._listening = True
        try:
            ended_by = self._until_ended(turn)
        finally:
            self._listening = False
        words, start_s, end_s = turn.result()
        return Heard(words, start_s, end_s, ended_by)

    def _until_ended(self, turn: Turn) -> EndedBy:
        while True:
            control = self._take_waiting()
            if control is not None:
                self._collect(turn, finish=True)
                return _ended_by(control)
            frame = self._next_frame()
            turn.hear(frame, self._detector.is_voice(frame.mic))
            ended_by = self._judge(turn)
            if ended_by is not None:
                return ended_by

    def _judge(self, turn: Turn) -> EndedBy | None:
        """Return what ended the turn, if anything did."""
        self._collect(turn)
        text = text_of(turn.words)
        asked = spoken_control(text) if text and turn.settled else None
        if asked not in (None, Control.THINK):
            return _ended_by(asked)
        so_far = SoFar(text, asked is Control.THINK)
        decision = decide(turn.hearing, so_far, Pauses(), self._patience)
        if decision is Decision.STRETCH:
            turn.hand_over()
        elif decision is Decision.NOTHING:
            return "ended" if self._port.ended else "no_speech"
        elif decision is Decision.TURN and turn.settled:
            # Voice without one understood word is noise, or an answer that was not caught.
            return "silence" if text else "no_speech"
        if self._port.ended and turn.hearing.first_voice_s is None:
            return "ended"
        return None

    def _collect(self, turn: Turn, finish: bool = False) -> None:
        """Take the words that the recognizer has finished.

        Where sample time runs freely the recognizer is waited for, so that the decision does
        not depend on how fast this machine is.
        """
        if finish:
            turn.hand_over()
        for words in turn.collect(wait=finish or not self._port.realtime):
            if words:
                self._observe(WordsHeard(words))

    def _next_frame(self) -> Frame:
        """Take one frame from the port through the recorder, and notice what it tells."""
        frame = self._read()
        self._record(frame, muted=False)
        self._watch(frame)
        pressed = self._pressed()
        if pressed is Control.PAUSE:
            self._pause()
        elif pressed is not None:
            self._waiting = pressed
        return frame

    def _read(self) -> Frame:
        """Read a frame, waiting for a vanished microphone to come back."""
        waited_s = 0.0
        while True:
            try:
                frame = self._port.read()
            except DeviceLostError as error:
                if not waited_s:
                    self._tell(f"{error}; waiting for it, the recording is safe")
                waited_s += 1.0
                if waited_s >= DEVICE_PATIENCE_S:
                    raise
                continue
            if waited_s:
                self._tell(f"the microphone is back ({self._port.mic_name}), go on")
            elif frame.lost_samples:
                lost_s = frame.lost_samples / SAMPLE_RATE_HZ
                self._tell(f"{lost_s:.2f} s of sound were lost; close what keeps this machine busy")
            self._now_s = frame.end_s
            return frame

    def _record(self, frame: Frame, muted: bool) -> None:
        try:
            self._recorder.write(frame, muted)
        except RecordingError as error:
            self._tell(str(error))

    def _watch(self, frame: Frame) -> None:
        """Report the level, and a microphone that gives only zeros.

        Raises:
            DeviceError: it never gave anything else for DEAD_S.
        """
        self._frames += 1
        if self._frames % METER_PERIOD_FRAMES == 0:
            self._observe(Level(self._now_s, level_dbfs(frame.mic), self._listening))
        before_s = self._zeros_s
        self._zeros_s = 0.0 if frame.mic.any() else before_s + frame.end_s - frame.start_s
        self._alive = self._alive or not self._zeros_s
        # Told before the first sound only: later on zeros may be a mute button or a noise gate.
        if not self._alive and before_s < ZEROS_S <= self._zeros_s:
            self._tell(ONLY_ZEROS)
        if not self._alive and self._zeros_s >= DEAD_S:
            raise DeviceError(ONLY_ZEROS)

    def _pause(self) -> None:
        """Wait until the pause key is pressed again; nothing of it is listened to or kept."""
        start_s = self._now_s
        self._tell("paused; press p to go on")
        self._observe(Level(self._now_s, SILENCE_DBFS, listening=False))
        while True:
            self._record(self._read(), muted=True)
            pressed = self._pressed()
            if pressed is Control.PAUSE:
                break
            if pressed is Control.FINISH:
                self._waiting = pressed
                break
        self._paused_s += self._now_s - start_s

    def _take_waiting(self) -> Control | None:
        waiting, self._waiting = self._waiting, None
        return waiting

    def _tell(self, text: str) -> None:
        self._observe(Notice(self._now_s, text))


def _ended_by(control: Control) -> EndedBy:
    endings: dict[Control, EndedBy] = {
        Control.DONE: "done",
        Control.REPEAT: "repeat",
        Control.SKIP: "skip",
        Control.FINISH: "finish",
    }
    return endings.get(control, "done")
