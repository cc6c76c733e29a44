"""Take frames in: recorded, looked at for a voice, with keys, pauses and devices that vanish."""

from collections.abc import Callable
from dataclasses import replace

from voice.audio.clip import SAMPLE_RATE_HZ, SILENCE_DBFS, level_dbfs
from voice.audio.levels import LevelWatch, is_still
from voice.audio.port import Frame, Port
from voice.audio.recorder import Recorder
from voice.errors import DeviceLostError
from voice.turns.controls import Control
from voice.turns.talk import ChannelEvent, Gap, Level, Notice
from voice.turns.voice_activity import VoiceActivity

METER_PERIOD_FRAMES = 5
"""A level is reported every 0.1 s."""
DEVICE_PATIENCE_S = 30.0
"""How long a vanished microphone is waited for before the session is ended."""
GAP_S = 0.1
"""A shorter loss changes nothing that is measured; shorter ones are only counted."""


class Intake:
    """Give one frame after another, each of them recorded."""

    def __init__(
        self,
        port: Port,
        recorder: Recorder,
        activity: VoiceActivity,
        observe: Callable[[ChannelEvent], None],
        pressed: Callable[[], Control | None],
    ) -> None:
        self.now_s = self.paused_s = 0.0
        """Session time at the end of the last frame; spent in pauses, or without a microphone."""
        self.waiting: Control | None = None
        """The key that was pressed last and not acted upon."""
        self.listening = False
        self.answering = False
        """Whether the person has begun: a silence then is one, and the answer ends with it."""
        self._port = port
        self._recorder = recorder
        self._activity = activity
        self._levels = LevelWatch()
        self._observe = observe
        self._pressed = pressed
        self._frames = 0
        self._still_from_s = 0.0
        self._lost_s = 0.0
        self._told_lost = False

    def next_frame(self) -> tuple[Frame, bool]:
        """Return the next frame, and whether it holds the person's voice."""
        frame = self._read()
        self.paused_s += frame.lost_samples / SAMPLE_RATE_HZ
        self._record(frame, muted=False)
        voiced = self._activity.hears(frame)
        self._watch(frame, voiced)
        muted = self._levels.muted and not self.answering
        pressed = self._wait_for_sound() if muted else self._pressed()
        if pressed is Control.PAUSE:
            self._pause()
        elif pressed is not None:
            self.waiting = pressed
        return frame, voiced

    def take_waiting(self) -> Control | None:
        """Return the key that was pressed last, once."""
        waiting, self.waiting = self.waiting, None
        return waiting

    def _tell(self, text: str) -> None:
        self._observe(Notice(self.now_s, text))

    def _read(self) -> Frame:
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
            self.now_s = frame.end_s
            lost_s = frame.lost_samples / SAMPLE_RATE_HZ
            if lost_s >= GAP_S:
                self._observe(Gap(frame.start_s - lost_s, frame.start_s, "lost"))
            if waited_s:
                self._levels = LevelWatch()
                self._tell(f"the microphone is back ({self._port.mic_name}), go on")
            elif lost_s:
                self._count_lost(lost_s)
            return frame

    def _count_lost(self, lost_s: float) -> None:
        self._lost_s += lost_s
        if self._lost_s >= GAP_S and not self._told_lost:
            self._told_lost = True
            self._tell(
                f"{self._lost_s:.2f} s of sound were lost; close what keeps this machine busy"
            )

    def _record(self, frame: Frame, muted: bool) -> None:
        if told := self._recorder.write(frame, muted):
            self._tell(told)

    def _watch(self, frame: Frame, voiced: bool) -> None:
        if not is_still(frame.mic):
            self._still_from_s = frame.end_s
        self._frames += 1
        if self._frames % METER_PERIOD_FRAMES == 0:
            self._observe(Level(self.now_s, level_dbfs(frame.mic), self.listening))
        known = self.listening and self._activity.quiet
        self._levels = self._levels.after(frame.mic, voiced if known else None)
        if self._levels.advice:
            self._tell(self._levels.advice)

    def _wait_for_sound(self) -> Control | None:
        start_s = self.now_s
        self._stand_still(self._levels.muted)
        pressed = None
        while pressed is None and not self._port.ended:
            frame = self._read()
            self._record(frame, muted=False)
            if not is_still(frame.mic):
                self._tell("the microphone gives sound again, go on")
                break
            pressed = self._pressed()
        self._levels = replace(self._levels, still_s=0.0)
        self.paused_s += self.now_s - start_s
        self._observe(Gap(self._still_from_s, self.now_s, "muted"))
        return pressed

    def _stand_still(self, why: str) -> None:
        self._tell(why)
        self._observe(Level(self.now_s, SILENCE_DBFS, listening=False))

    def _pause(self) -> None:
        start_s = self.now_s
        self._stand_still("paused; press p to go on")
        pressed = None
        while pressed not in (Control.PAUSE, Control.FINISH):
            self._record(self._read(), muted=True)
            pressed = self._pressed()
        if pressed is Control.FINISH:
            self.waiting = pressed
        self.paused_s += self.now_s - start_s
        self._observe(Gap(start_s, self.now_s, "paused"))
