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
MUTED_S = 8.0
"""Nothing but one constant value so long while the person is listened to is told once: longer than
a thinking pause, in which a headset's noise gate may give zeros."""
CLIPPED = 32_000
"""A sample beyond this (0.2 dB below full scale) was cut off or nearly so."""
CLIPPED_SHARE = 0.03
"""Of the samples of voice. Up to 10 % did Whisper no harm (tests/bench/levels.py, six readings:
base 3 to 4 % of words wrong, tiny.en 6 % at 10 %); the sound of the report suffers first."""
QUIET_DBFS = -60.0
"""Voice below this is told. Down to it base made 3 to 4 % errors, as at -26 dBFS; what lies
below was not measured (tests/bench/levels.py, voice over a room of -80 dBFS)."""
NOISY_DB = 12.0
"""Voice less than this above the room is hard to understand: where the watch reads 14, 10 and 6 dB
base has 4, 8 and 16 % of words wrong, tiny.en 9, 16 and 20 % (tests/bench/levels.py)."""
_ROOM_FRAMES = 250
"""The room is known from the latest 5 s without voice."""
_STIR_DB = 10.0
"""A room whose loudest tenth of frames is so far above its quietest tenth holds more than noise
(rooms and drones: 4 dB, see voice.hearing)."""

ONLY_ZEROS = (
    "the microphone gives only zeros: unmute it, or allow this terminal to use the microphone;"
    " `rehearse doctor` checks it"
)
MUTED = "the microphone gives only zeros by now: if it is muted, unmute it"
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
    still_s: float = 0.0
    """How long nothing but one constant value has come; while alive, of what is listened to."""
    alive: bool = False
    """Whether anything but a constant value ever came."""
    clipped: int = 0
    """Samples of voice at full scale."""
    voice: tuple[float, ...] = ()
    """Levels of voiced frames in dBFS."""
    room: tuple[float, ...] = ()
    """Levels of the latest frames without voice in dBFS."""
    told: tuple[str, ...] = ()
    """What was advised so far; nothing is said twice."""

    @property
    def dead(self) -> bool:
        """Whether nothing will be heard, so that the session should end."""
        return not self.alive and self.still_s >= DEAD_S

    def after(self, samples: Samples, voiced: bool | None) -> LevelWatch:
        """Return the watch after one frame of the microphone.

        Args:
            samples: the frame, shape (FRAME_SAMPLES,).
            voiced: whether the person's voice is going on in it; None while that is not
                known, because the interviewer is speaking.
        """
        before = replace(self, advice=None) if self.advice else self
        if samples[0] == samples[-1] and not np.ptp(samples):
            return before._still(voiced is not None)
        if not self.alive or self.still_s:
            before = replace(before, alive=True, still_s=0.0)
        if voiced is None or len(self.voice) * FRAME_S >= VOICE_WATCHED_S:
            return before
        level = level_dbfs(samples)
        if not voiced:
            return replace(before, room=(*self.room, level))._room_judged()
        clipped = self.clipped + int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= CLIPPED))
        return replace(before, voice=(*self.voice, level), clipped=clipped)._voice_judged(
            len(samples)
        )

    def _still(self, listening: bool) -> LevelWatch:
        """Take a frame of one constant value: a dead microphone, later on maybe a mute button."""
        if self.alive and not listening:
            return self
        longer = replace(self, still_s=self.still_s + FRAME_S)
        if not self.alive and longer.still_s >= ZEROS_S:
            return longer._advised(ONLY_ZEROS)
        if self.alive and longer.still_s >= MUTED_S:
            return longer._advised(MUTED)
        return longer

    def _room_judged(self) -> LevelWatch:
        """Look whether what does not count as voice is one, too low even for that."""
        if len(self.room) <= _ROOM_FRAMES:
            return self
        low, high = np.percentile(self.room, (10, 90))
        half = replace(self, room=self.room[_ROOM_FRAMES // 2 :])
        if not self.voice and high - low > _STIR_DB and high < QUIET_DBFS:
            return half._advised(TOO_LOW)
        return half

    def _voice_judged(self, frame_samples: int) -> LevelWatch:
        voice_s = len(self.voice) * FRAME_S
        share = self.clipped / (len(self.voice) * frame_samples)
        if voice_s >= CLIPPING_AFTER_S and share > CLIPPED_SHARE:
            return self._advised(OVERDRIVEN)
        if voice_s < VOICE_WATCHED_S or OVERDRIVEN in self.told:
            return self
        level = mean_dbfs(self.voice)
        if level < QUIET_DBFS:
            return self._advised(TOO_LOW)
        if self.room and level - float(np.median(self.room)) < NOISY_DB:
            return self._advised(TOO_NOISY)
        return self

    def _advised(self, text: str) -> LevelWatch:
        if text in self.told:
            return self
        return replace(self, advice=text, told=(*self.told, text))


def mean_dbfs(levels: tuple[float, ...]) -> float:
    """Return the level of the mean power of frames whose levels are given in dBFS."""
    return 10 * math.log10(float(np.mean(10 ** (np.array(levels) / 10))))
