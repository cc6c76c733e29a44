"""The microphone's level in the first seconds: dead, overdriven, too low, or drowned in noise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from voice.audio import FRAME_S, Samples, level_dbfs

ZEROS_S = 3.0
"""A microphone that gives nothing but zeros this long is reported."""
DEAD_S = 30.0
"""One that never gave anything else this long ends the session: nothing will be heard."""
VOICE_WATCHED_S = 5.0
"""So much voice is watched, in the beginning and after a device came back."""
CLIPPING_AFTER_S = 1.0
"""Overdrive is told after so much voice: it is certain, and ruins the recording meanwhile."""
CLIPPED = 32_000
"""A sample beyond this (0.2 dB below full scale) was cut off or nearly so."""
CLIPPED_SHARE = 0.001
"""One sample of voice in a thousand: heard as a crackle, and enough to harm recognition."""
QUIET_DBFS = -45.0
"""Voice below this is too low to be understood well."""
NOISY_DB = 10.0
"""Voice less than this above the room is hard to understand."""

ONLY_ZEROS = (
    "the microphone gives only zeros: unmute it, or allow this terminal to use the microphone;"
    " `rehearse doctor` checks it"
)
OVERDRIVEN = "the microphone is overdriven: turn its input level down, or sit further away"
TOO_LOW = (
    "your voice is too low to be understood well: turn the microphone's input level up, or sit"
    " closer"
)
TOO_NOISY = (
    "your voice is hardly louder than the room: sit closer to the microphone, or turn off what"
    " makes the noise"
)


@dataclass(frozen=True)
class LevelWatch:
    """Watch frame by frame; begin with a fresh one, also after a device came back."""

    advice: str | None = None
    """What the last frame made due, to be told once; None nearly always."""
    dead_s: float = 0.0
    """How long nothing but one constant value came, from the start; 0 once there was sound."""
    alive: bool = False
    """Whether anything but a constant value ever came."""
    clipped: int = 0
    """Samples of voice at full scale."""
    voice: tuple[float, ...] = ()
    """Levels of voiced frames in dBFS."""
    room: tuple[float, ...] = ()
    """Levels of the latest frames without voice in dBFS."""
    overdriven: bool = False
    """Whether overdrive was told."""

    @property
    def dead(self) -> bool:
        """Whether nothing will be heard, so that the session should end."""
        return not self.alive and self.dead_s >= DEAD_S

    def after(self, samples: Samples, voiced: bool | None) -> LevelWatch:
        """Return the watch after one frame of the microphone.

        Args:
            samples: the frame, shape (FRAME_SAMPLES,).
            voiced: whether the person's voice is going on in it; None while that is not
                known, because the interviewer is speaking.
        """
        if self.alive and len(self.voice) * FRAME_S >= VOICE_WATCHED_S:
            return replace(self, advice=None) if self.advice else self
        if not self.alive and not np.ptp(samples):
            return self._still_dead()
        known = replace(self, advice=None, alive=True, dead_s=0.0)
        if voiced is None:
            return known
        level = level_dbfs(samples)
        if not voiced:
            most = round(VOICE_WATCHED_S / FRAME_S)
            return replace(known, room=(*self.room, level)[-most:])
        clipped = self.clipped + int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= CLIPPED))
        return replace(known, voice=(*self.voice, level), clipped=clipped)._judged(len(samples))

    def _still_dead(self) -> LevelWatch:
        """Told before the first sound only: later zeros may be a mute button or a noise gate."""
        dead_s = self.dead_s + FRAME_S
        due = self.dead_s < ZEROS_S <= dead_s
        return replace(self, advice=ONLY_ZEROS if due else None, dead_s=dead_s)

    def _judged(self, frame_samples: int) -> LevelWatch:
        voice_s = len(self.voice) * FRAME_S
        share = self.clipped / (len(self.voice) * frame_samples)
        if voice_s >= CLIPPING_AFTER_S and share > CLIPPED_SHARE and not self.overdriven:
            return replace(self, advice=OVERDRIVEN, overdriven=True)
        if voice_s < VOICE_WATCHED_S or self.overdriven:
            return self
        level = mean_dbfs(self.voice)
        if level < QUIET_DBFS:
            return replace(self, advice=TOO_LOW)
        if self.room and level - float(np.median(self.room)) < NOISY_DB:
            return replace(self, advice=TOO_NOISY)
        return self


def mean_dbfs(levels: tuple[float, ...]) -> float:
    """Return the level of the mean power of frames whose levels are given in dBFS."""
    return 10 * math.log10(float(np.mean(10 ** (np.array(levels) / 10))))
