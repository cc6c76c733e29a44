"""Whether a clip can hold speech at all: the gate before every recognizer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ, Clip
from voice.highpass import HighPass, Sound
from voice.silero import CHUNK_SAMPLES, MOST_GAIN_DB, TARGET_DBFS, Silero, model_path

QUIETEST_SPEECH_DBFS = -72.0
"""Loudest 40 ms of a clip below which nobody spoke into the microphone. Treble only, which takes
some 15 dB off a voice: creaky voice had -60, a dithered microphone of zeros -90."""
SHORTEST_CLIP_S = 0.1
"""Shorter than any spoken word."""
LEAST_VOICED_S = 0.03
"""Clean speech is voiced half of the time, a man with a cold over loud rumble 0.03 s in 3 s;
clicks, taps on a laptop, a phone being rubbed and white noise never were."""
STEADIEST_SPEECH_DB = 6.0
"""From the 25th to the 95th percentile of frame levels: speech had 11, rooms and drones 4."""
SURE = 0.5
"""Silero's probability of speech that counts, its makers' default."""
SHORTEST_SURE_S = 0.22
"""So long at a stretch Silero must be sure once: "no" and "um" of flite's slt had 0.26 s and more,
synthetic coughs, chords, drums, whistles, beeps and claps 0.19 s and less, a melody 0.26 s; a lone
"um" of flite's rms is lost by it."""
LIKELY = 0.2
"""Silero's probability at the first and last sign of speech."""

_CHUNK_S = CHUNK_SAMPLES / SAMPLE_RATE_HZ
_WINDOW = 640  # 40 ms: two periods of the lowest voice
_HOP = 160  # 10 ms
_FFT = 2048
_BAND_HZ = (90, 2000)  # the fundamental and first formants; hum of 50 and 60 Hz stays outside
_PERIODS = slice(40, 230)  # samples: 400 to 70 Hz, the range of speaking voices
_VOICED = 0.7
"""Height of the autocorrelation's peak, after Boersma 1993 (Praat asks 0.45 with path costs)."""
_WITHIN_DB = 30.0
"""Below the loudest frame: farther down is background."""

_Levels = npt.NDArray[np.float64]


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

    The clip must be loud enough, voiced here and there and not steady; music, coughs and knocks
    are told by Silero, where faster-whisper carries its file. Thresholds were set on recordings
    of rooms, taps, breaths, creaky and breathy voices and read speech; the figures stand beside
    them.
    """
    if not _may_be_speech(clip):
        return None
    chunks = np.pad(HighPass()(clip.samples), (0, -len(clip.samples) % CHUNK_SAMPLES))
    chunks = chunks.reshape(-1, CHUNK_SAMPLES)
    path = model_path()
    if path is None:
        return Voicing(np.ones(len(chunks), np.float32))
    loudest_db = float(10 * np.log10(np.mean(np.square(chunks), axis=1).max() + 1e-10))
    gain_db = min(max(TARGET_DBFS - loudest_db, 0.0), MOST_GAIN_DB)
    heard = Silero(path).probabilities(chunks * np.float32(10 ** (gain_db / 20)))
    if _longest_run(heard >= SURE) * _CHUNK_S < SHORTEST_SURE_S:
        return None
    return Voicing(heard)


def _longest_run(mask: npt.NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return int(np.max(edges[1::2] - edges[::2], initial=0))


def _may_be_speech(clip: Clip) -> bool:
    """Tell whether a clip is loud enough, voiced here and there, and not steady."""
    if clip.duration_s < SHORTEST_CLIP_S:
        return False
    voiced, levels_db = _frames(clip)
    loud_db = float(levels_db.max())
    if loud_db < QUIETEST_SPEECH_DBFS:
        return False
    heard = np.count_nonzero(voiced & (levels_db > loud_db - _WITHIN_DB))
    if heard < LEAST_VOICED_S * SAMPLE_RATE_HZ / _HOP:
        return False
    return bool(np.ptp(np.percentile(levels_db, (25, 95))) >= STEADIEST_SPEECH_DB)


def _frames(clip: Clip) -> tuple[npt.NDArray[np.bool_], _Levels]:
    """Return for every 10 ms whether it is periodic, and its level in dB below full scale."""
    samples = clip.samples.astype(np.float32) / 32768
    samples = np.append(samples[:1], samples[1:] - 0.97 * samples[:-1])  # rumble would leak in
    samples = np.pad(samples, (0, max(0, _WINDOW - len(samples))))
    window = np.hanning(_WINDOW).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
    voiced: list[npt.NDArray[np.bool_]] = []
    levels: list[_Levels] = []
    for block in np.array_split(frames, 1 + len(frames) // 1000):  # 10 s: little memory
        spectrum = np.fft.rfft((block - block.mean(1, keepdims=True)) * window, _FFT)
        hz = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE_HZ)
        spectrum[:, (hz < _BAND_HZ[0]) | (hz > _BAND_HZ[1])] = 0
        autocorrelation = np.fft.irfft(np.abs(spectrum) ** 2)
        shape = np.fft.irfft(np.abs(np.fft.rfft(window, _FFT)) ** 2)
        energy = autocorrelation[:, :1] + 1e-12
        levels.append(10 * np.log10(energy[:, 0] / shape[0]))
        peaks = autocorrelation[:, _PERIODS] / energy * (shape[0] / shape[_PERIODS])
        voiced.append(peaks.max(1) > _VOICED)
    return np.concatenate(voiced), np.concatenate(levels)
