"""Silero's voice model, from the file that faster-whisper carries: how likely is this speech?"""

import importlib.util
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples
from voice.errors import ModelError
from voice.onnx import open_model

CHUNK_SAMPLES = 512
"""Samples that the model takes at once at 16 kHz: 32 ms."""
CHUNK_S = CHUNK_SAMPLES / SAMPLE_RATE_HZ
CUTOFF_HZ = 100.0
"""Mains hum and room rumble lie below, and no more of a voice than its lowest pitch."""
TARGET_DBFS, MOST_GAIN_DB = -25.0, 30.0
"""Quiet sound is raised to this level: the model misses speech below some -45 dBFS (at -50 dBFS
24 % as it is, 4 % raised)."""
LEVEL_FALL_DB_PER_S, FIRST_LEVEL_DBFS = 1.0, -40.0
"""How fast the loudest recent chunk is forgotten, and the level assumed before the first."""
QUIETEST_SPEECH_DBFS = -72.0
"""A clip with nothing louder holds no speech: creaky voice had -44, a microphone of zeros -90."""
SURE, LIKELY = 0.5, 0.2
"""The probability of speech that counts, its makers' default; and at any sign of speech."""
SHORTEST_SURE_S = 0.22
"""So long at a stretch the model must be sure once. People in white noise of their own mean level
had 0.26 s and more; recorded rooms, taps, coughs, chords, whistles and beeps 0.19 s and less."""

Sound = npt.NDArray[np.float32]
"""Mono sound as floats from -1 to 1, shape (n,)."""

_FILE = "silero_vad_v6.onnx"
_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
_TAPS = 256


def model_path() -> Path:
    """Return where the model lies, without importing faster-whisper, or raise ModelError."""
    found = importlib.util.find_spec("faster_whisper")
    if found is not None and found.origin is not None:
        path = Path(found.origin).parent / "assets" / _FILE
        if path.is_file():
            return path
    raise ModelError(f"faster-whisper has no {_FILE}; run: pip install faster-whisper==1.2.1")


class Silero:
    """Give the probability of speech over a stream, chunk by chunk, with the model's memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._model: Any = open_model(path or model_path())
        self._hidden = self._cell = np.zeros(_STATE_SHAPE, np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)

    def probabilities(self, chunks: Sound) -> Sound:
        """Return one for each of the next chunks of high-passed sound, (n, CHUNK_SAMPLES)."""
        contexts = np.concatenate((self._context[None], chunks[:, -_CONTEXT_SAMPLES:]))
        self._context = contexts[-1]
        given = np.concatenate((contexts[:-1], chunks), axis=1)
        heard, self._hidden, self._cell = self._model.run(
            None, {"input": given, "h": self._hidden, "c": self._cell}
        )
        found: Sound = heard
        return found


class Raise:
    """Raise a quiet stream to the level that the model hears well."""

    def __init__(self) -> None:
        self._loudest_dbfs = FIRST_LEVEL_DBFS

    def __call__(self, chunks: Sound) -> Sound:
        """Return the next chunks, each raised as a whole."""
        levels = 10 * np.log10(np.mean(np.square(chunks), axis=1) + 1e-10)
        gains_db = np.empty(len(levels), np.float32)
        for at, level in enumerate(levels):
            fallen = self._loudest_dbfs - LEVEL_FALL_DB_PER_S * CHUNK_S
            self._loudest_dbfs = max(float(level), fallen)
            gains_db[at] = _gain_db(self._loudest_dbfs)
        raised: Sound = chunks * np.power(10, gains_db / 20, dtype=np.float32)[:, None]
        return raised


class HighPass:
    """Take hum and rumble out of a stream, piece by piece; nothing is delayed."""

    def __init__(self) -> None:
        self._response = _highpass_response()
        self._before = np.zeros(_TAPS - 1, np.float32)

    def __call__(self, samples: Samples) -> Sound:
        """Return the next piece of the stream, as long as it came."""
        sound: Sound = np.concatenate((self._before, np.float32(1 / 32768) * samples))
        self._before = sound[len(sound) - _TAPS + 1 :]
        filtered: Sound = np.convolve(sound, self._response, "valid").astype(np.float32)
        return filtered


@dataclass(frozen=True, eq=False)
class Voicing:
    """How likely somebody speaks, over a clip in which somebody does."""

    probabilities: Sound
    """One a chunk of CHUNK_SAMPLES, shape (n,)."""

    def holds(self, start_s: float, end_s: float) -> bool:
        """Tell whether there is any sign of speech between two times of the clip."""
        first, last = int(max(0.0, start_s) / CHUNK_S), int(max(0.0, end_s) / CHUNK_S)
        return bool(np.max(self.probabilities[first : last + 1], initial=0.0) >= LIKELY)

    def sure_s(self, after_s: float) -> float:
        """Return the seconds of sure speech after a time of the clip."""
        rest = self.probabilities[int(max(0.0, after_s) / CHUNK_S) + 1 :]
        return float(np.count_nonzero(rest >= SURE)) * CHUNK_S


def voicing(clip: Clip) -> Voicing | None:
    """Return where somebody may be speaking in a clip at SAMPLE_RATE_HZ, None where nobody does."""
    chunks = in_chunks(HighPass()(clip.samples))
    power = np.mean(np.square(chunks), axis=1).max(initial=0.0)
    loudest_dbfs = float(10 * np.log10(power + 1e-10))
    if loudest_dbfs < QUIETEST_SPEECH_DBFS:
        return None
    gain = np.float32(10 ** (_gain_db(loudest_dbfs) / 20))
    heard = Silero().probabilities(chunks * gain)
    sure_s = max((end - start for start, end in runs(heard >= SURE)), default=0) * CHUNK_S
    return Voicing(heard) if sure_s >= SHORTEST_SURE_S else None


def in_chunks(sound: Sound) -> Sound:
    """Return sound as chunks, the last one filled with zeros, shape (n, CHUNK_SAMPLES)."""
    return np.pad(sound, (0, -len(sound) % CHUNK_SAMPLES)).reshape(-1, CHUNK_SAMPLES)


def runs(mask: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return first and end of every run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _gain_db(level_dbfs: float) -> float:
    return min(max(TARGET_DBFS - level_dbfs, 0.0), MOST_GAIN_DB)


def _highpass_response() -> Sound:
    """Return a Butterworth high-pass of second order, cut where it has died away (16 ms)."""
    late = np.exp(-2j * np.pi * np.arange(2 * _TAPS + 1) / (4 * _TAPS))
    warped = math.tan(math.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
    over = np.square(1 - late)
    under = over + math.sqrt(2) * warped * (1 - late**2) + np.square(warped * (1 + late))
    return np.fft.irfft(over / under)[:_TAPS].astype(np.float32)
