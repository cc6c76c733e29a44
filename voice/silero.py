"""Silero's voice model, from the file that faster-whisper carries: how likely is this speech?"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np

from voice.highpass import Sound
from voice.onnx import open_model

CHUNK_SAMPLES = 512
"""Samples that the model takes at once at 16 kHz: 32 ms."""
TARGET_DBFS = -25.0
"""Level to which quiet sound is raised: the model misses speech below some -45 dBFS (measured
on a recording of free speech at -50 dBFS: 24 % missed as it is, 4 % raised)."""
MOST_GAIN_DB = 30.0
"""How far sound is raised at most."""
LEVEL_FALL_DB_PER_S = 1.0
"""How fast the loudest recent chunk is forgotten."""
FIRST_LEVEL_DBFS = -40.0
"""The level assumed before anything was heard."""

_FILE = "silero_vad_v6.onnx"
_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
_CHUNK_S = CHUNK_SAMPLES / 16_000


def model_path() -> Path | None:
    """Return where the model lies, None where faster-whisper's wheel does not carry it."""
    found = importlib.util.find_spec("faster_whisper")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "assets" / _FILE
    return path if path.is_file() else None


class Silero:
    """Give the probability of speech over a stream, chunk by chunk, with the model's memory."""

    def __init__(self, path: Path) -> None:
        """Open the model.

        Raises:
            ModelError: the file is no model.
        """
        self._model: Any = open_model(path)
        self._hidden = self._cell = np.zeros(_STATE_SHAPE, np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)

    def probabilities(self, chunks: Sound) -> Sound:
        """Return the probability of speech in each of the next chunks, shape (n,).

        Args:
            chunks: sound, shape (n, CHUNK_SAMPLES).
        """
        contexts = np.concatenate((self._context[None], chunks[:, -_CONTEXT_SAMPLES:]))
        self._context = contexts[-1]
        heard, self._hidden, self._cell = self._model.run(
            None,
            {
                "input": np.concatenate((contexts[:-1], chunks), axis=1),
                "h": self._hidden,
                "c": self._cell,
            },
        )
        found: Sound = heard
        return found


class Raise:
    """Raise a quiet stream to the level that the model hears well."""

    def __init__(self) -> None:
        self._loudest_dbfs = FIRST_LEVEL_DBFS

    def __call__(self, chunks: Sound) -> Sound:
        """Return the next chunks, each raised as a whole, shape (n, CHUNK_SAMPLES)."""
        levels = 10 * np.log10(np.mean(np.square(chunks), axis=1) + 1e-10)
        gains_db = np.empty(len(levels), np.float32)
        for at, level in enumerate(levels):
            fallen = self._loudest_dbfs - LEVEL_FALL_DB_PER_S * _CHUNK_S
            self._loudest_dbfs = max(float(level), fallen)
            gains_db[at] = min(max(TARGET_DBFS - self._loudest_dbfs, 0.0), MOST_GAIN_DB)
        raised: Sound = chunks * np.power(10, gains_db / 20, dtype=np.float32)[:, None]
        return raised
