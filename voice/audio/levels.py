"""The microphone's level: muted, and at first overdriven, too low, or drowned in noise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from voice.audio.clip import FRAME_S, Samples, level_dbfs

# Levels and shares were held against Whisper's errors on six readings: tests/bench/RESULTS.md.
MUTED_S = 8.0
"""One constant value so long while the person is listened to is a mute button; of the pauses in
answers, in which a headset's noise gate gives zeros, one in 8,000 is longer."""
GATE_S, GATES, GATED_S = 0.1, 3, 20.0
"""Whose zeros of GATE_S or more ended by themselves so often has a noise gate: then it takes longer
than the 12 s of thinking after which the question is put again."""
VOICE_WATCHED_S, CLIPPING_AFTER_S = 5.0, 1.0
"""So much voice is watched at first and after a return; overdrive is told sooner."""
CLIPPED, CLIPPED_SHARE = 32_000, 0.03
"""A sample beyond it (0.2 dB below full scale) was cut off; so many of voice are too many."""
QUIET_DBFS = -60.0
"""Voice below this is told. Down to it base made 3 to 4 % errors, as at -26 dBFS."""
NOISY_DB = 12.0
"""Voice less than this above the room is told: at 10 dB 8 % of base's words were wrong."""
_ROOM_FRAMES, _STIR_DB = 250, 10.0
"""The room is known from the latest 5 s without voice; where the loudest tenth of it is so far
above the quietest it holds more than noise (rooms and drones: 4 dB)."""

MUTED = "your microphone gives silence; is it muted? waiting"
ONLY_ZEROS = (
    "your microphone gives silence; is it muted, or may this terminal not use it? waiting;"
    " `rehearse doctor` checks it"
)
OVERDRIVEN = "the microphone is overdriven: turn its input level down, or sit further away"
TOO_LOW = "your voice is too low: turn the microphone's input level up, or sit closer"
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
    """For how much of what is listened to nothing but one constant value has come."""
    gates: int = 0
    """How often such a time ended before it was a mute button."""
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
    def muted(self) -> str:
        """What to say of a microphone that seems to be muted, "" where it does not."""
        if self.still_s < (GATED_S if self.gates >= GATES else MUTED_S) - 1e-9:
            return ""
        return MUTED if self.alive else ONLY_ZEROS

    def after(self, samples: Samples, voiced: bool | None) -> LevelWatch:
        """Return the watch after one frame; `voiced` is None while nobody is listened to."""
        if is_still(samples):
            heard_s = 0.0 if voiced is None else FRAME_S
            return replace(self, still_s=self.still_s + heard_s, advice=None)
        gates = self.gates + (self.still_s >= GATE_S)
        watch = replace(self, alive=True, still_s=0.0, gates=gates, advice=None)
        if voiced is None or len(self.voice) * FRAME_S >= VOICE_WATCHED_S:
            return watch
        level = level_dbfs(samples)
        if not voiced:
            watch = replace(watch, room=(*self.room, level))
            too_low = watch._murmurs()
            if len(watch.room) > _ROOM_FRAMES:
                watch = replace(watch, room=watch.room[_ROOM_FRAMES // 2 :])
            return watch._told(TOO_LOW if too_low else None)
        clipped = int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= CLIPPED))
        watch = replace(watch, voice=(*self.voice, level), clipped=self.clipped + clipped)
        return watch._told(watch._wrong_with_voice(len(samples)))

    def _murmurs(self) -> bool:
        """Tell whether what does not count as voice is one, too low even for that."""
        if self.voice or len(self.room) <= _ROOM_FRAMES:
            return False
        low, high = np.percentile(self.room, (10, 90))
        return bool(high - low > _STIR_DB and high < QUIET_DBFS)

    def _wrong_with_voice(self, frame_samples: int) -> str | None:
        voice_s = len(self.voice) * FRAME_S
        share = self.clipped / (len(self.voice) * frame_samples)
        if voice_s >= CLIPPING_AFTER_S and share > CLIPPED_SHARE:
            return OVERDRIVEN
        if voice_s < VOICE_WATCHED_S or OVERDRIVEN in self.told:
            return None
        level = 10 * math.log10(float(np.mean(10 ** (np.array(self.voice) / 10))))
        if level < QUIET_DBFS:
            return TOO_LOW
        drowned = self.room and level - float(np.median(self.room)) < NOISY_DB
        return TOO_NOISY if drowned else None

    def _told(self, advice: str | None) -> LevelWatch:
        if advice is None or advice in self.told:
            return replace(self, advice=None) if self.advice else self
        return replace(self, advice=advice, told=(*self.told, advice))


def is_still(samples: Samples) -> bool:
    """Return whether a frame holds one constant value, as from a muted microphone."""
    return bool(samples[0] == samples[-1] and not np.ptp(samples))
