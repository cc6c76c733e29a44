"""Clips of mono sound: the one sample format, resampling, writing WAV, levels."""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice import files

SAMPLE_RATE_HZ = 16_000
"""The rate of every frame, track and recognizer input."""
FRAME_S = 0.02
"""A length that webrtcvad accepts."""
FRAME_SAMPLES = 320
SILENCE_DBFS = -96.0

_BLOCK_SAMPLES = 1000 * FRAME_SAMPLES
"""An hour is looked at in pieces: as numbers of eight bytes it would take 460 MB."""
WAV_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")

Samples = npt.NDArray[np.int16]
"""Mono 16-bit samples, shape (n,)."""


@dataclass(frozen=True, eq=False)
class Clip:
    """A stretch of mono sound."""

    samples: Samples
    rate_hz: int = SAMPLE_RATE_HZ
    notes: tuple[str, ...] = ()
    """What could not be read of the file that it comes from, in sentences."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz

    def between(self, start_s: float, end_s: float) -> "Clip":
        """Return the part from `start_s` to `end_s`, cut to what there is."""
        start = max(0, round(start_s * self.rate_hz))
        return Clip(self.samples[start : max(start, round(end_s * self.rate_hz))], self.rate_hz)


def silence(duration_s: float, rate_hz: int = SAMPLE_RATE_HZ) -> Clip:
    """Return a clip of zeros."""
    return Clip(np.zeros(round(duration_s * rate_hz), np.int16), rate_hz)


def join(clips: list[Clip], rate_hz: int = SAMPLE_RATE_HZ) -> Clip:
    """Return the clips one after another; all must have `rate_hz`."""
    return Clip(np.concatenate([np.zeros(0, np.int16), *(c.samples for c in clips)]), rate_hz)


def resample(clip: Clip, rate_hz: int = SAMPLE_RATE_HZ) -> Clip:
    """Return the clip at another rate (libsoxr, high quality)."""
    if clip.rate_hz == rate_hz or not len(clip.samples):
        return Clip(clip.samples, rate_hz)
    import soxr

    return Clip(soxr.resample(clip.samples, clip.rate_hz, rate_hz).astype(np.int16), rate_hz)


def level_dbfs(samples: Samples) -> float:
    """Return the RMS level in dB below a full-scale square wave, SILENCE_DBFS for zeros."""
    if not len(samples):
        return SILENCE_DBFS
    power = sum(float(np.dot(part, part)) for part in _parts(samples)) / len(samples) / 32768.0**2
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0.0 else SILENCE_DBFS


def _parts(samples: Samples) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the samples as numbers, _BLOCK_SAMPLES at a time."""
    for at in range(0, len(samples), _BLOCK_SAMPLES):
        yield samples[at : at + _BLOCK_SAMPLES].astype(np.float64)


def usual_dbfs(samples: Samples, percent: float) -> float:
    """Return the level that so many percent of the frames do not exceed."""
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    if not len(whole):
        return SILENCE_DBFS
    frames = (part.reshape(-1, FRAME_SAMPLES) for part in _parts(whole))
    power = np.concatenate([np.mean(np.square(each), axis=1) for each in frames]) / 32768.0**2
    return float(
        np.percentile(10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10))), percent)
    )


def wav_header(data_bytes: int, rate_hz: int = SAMPLE_RATE_HZ) -> bytes:
    """Return the header of a 16-bit mono WAV file."""
    size = min(data_bytes, 0xFFFFFFFF - WAV_HEADER.size)
    form = (b"RIFF", size + 36, b"WAVE", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return WAV_HEADER.pack(*form, b"data", size)


def write_wav(path: Path, clip: Clip) -> None:
    """Write a private 16-bit mono WAV file, whole or not at all."""
    data = np.ascontiguousarray(clip.samples, "<i2").view(np.uint8)
    files.write_whole(path, wav_header(data.nbytes, clip.rate_hz), data.data)
