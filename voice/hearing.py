"""Where in a clip somebody speaks, and whether anybody does: the gate before the recognizer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ, Clip
from voice.highpass import HighPass, Sound
from voice.silero import CHUNK_SAMPLES, MOST_GAIN_DB, TARGET_DBFS, Silero, model_path

QUIETEST_SPEECH_DBFS = -72.0
"""Loudest 32 ms of a clip below which nobody spoke into the microphone: creaky voice had -44, a
dithered microphone of zeros -90."""
SURE = 0.5
"""Silero's probability of speech that counts, its makers' default."""
SHORTEST_SURE_S = 0.22
"""So long at a stretch Silero must be sure once. People in white noise of their own mean level had
0.26 s and more, recorded rooms, taps and rubbing, synthetic coughs, chords, drums, whistles, beeps
and claps 0.19 s and less. (How periodic and how steady a clip is, which was asked too, lost whole
answers in noise 10 dB below the voice and kept out nothing that Silero let in.)"""
LIKELY = 0.2
"""Silero's probability at any sign of speech."""

_CHUNK_S = CHUNK_SAMPLES / SAMPLE_RATE_HZ


@dataclass(frozen=True, eq=False)
class Voicing:
    """How likely somebody speaks, over a clip in which somebody does."""

    probabilities: Sound
    """Silero's probability of speech, one a chunk of CHUNK_SAMPLES, shape (n,)."""

    def holds(self, start_s: float, end_s: float) -> bool:
        """Tell whether there is any sign of speech between two times of the clip."""
        first, last = int(max(0.0, start_s) / _CHUNK_S), int(max(0.0, end_s) / _CHUNK_S)
        return bool(np.max(self.probabilities[first : last + 1], initial=0.0) >= LIKELY)

    def sure_s(self, after_s: float) -> float:
        """Return the seconds of sure speech after a time of the clip."""
        rest = self.probabilities[int(max(0.0, after_s) / _CHUNK_S) + 1 :]
        return float(np.count_nonzero(rest >= SURE)) * _CHUNK_S


def voicing(clip: Clip) -> Voicing | None:
    """Return where somebody may be speaking in a clip at SAMPLE_RATE_HZ, None where nobody does.

    Where faster-whisper's wheel does not carry Silero's file, any sound that is loud enough may be
    speech.
    """
    sound = HighPass()(clip.samples)
    chunks = np.pad(sound, (0, -len(sound) % CHUNK_SAMPLES)).reshape(-1, CHUNK_SAMPLES)
    power = np.mean(np.square(chunks), axis=1).max(initial=0.0)
    loudest_db = float(10 * np.log10(power + 1e-10))
    if loudest_db < QUIETEST_SPEECH_DBFS:
        return None
    path = model_path()
    if path is None:
        return Voicing(np.ones(len(chunks), np.float32))
    gain_db = min(max(TARGET_DBFS - loudest_db, 0.0), MOST_GAIN_DB)
    heard = Silero(path).probabilities(chunks * np.float32(10 ** (gain_db / 20)))
    return Voicing(heard) if _longest_run(heard >= SURE) * _CHUNK_S >= SHORTEST_SURE_S else None


def _longest_run(mask: npt.NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return int(np.max(edges[1::2] - edges[::2], initial=0))
