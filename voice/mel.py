"""Whisper's log-mel spectrogram in numpy, for models that were trained on it."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ

MEL_BANDS = 80
"""Bands of the small Whisper models."""
HOP_SAMPLES = 160
"""One column of the spectrogram every 10 ms."""
_WINDOW_SAMPLES = 400
_LOWEST_POWER = 1e-10
_LINEAR_TO_HZ = 1000.0
_HZ_PER_MEL = 200 / 3
_LOG_STEP = np.log(6.4) / 27  # Slaney's scale: linear to 1 kHz, 27 steps to 6.4 kHz from there

_Floats = npt.NDArray[np.float32]


def log_mel(waveform: _Floats) -> _Floats:
    """Return the log-mel spectrogram of a waveform at SAMPLE_RATE_HZ.

    Window, bands, the floor 8 decades below the peak, and the scale are those of openai/whisper's
    audio.py.

    Args:
        waveform: shape (n,), n a multiple of HOP_SAMPLES, of any level.

    Returns:
        Shape (MEL_BANDS, n / HOP_SAMPLES).
    """
    padded = np.pad(waveform, _WINDOW_SAMPLES // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW_SAMPLES)[::HOP_SAMPLES][:-1]
    window = np.hanning(_WINDOW_SAMPLES + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window)).astype(np.float32) ** 2
    decades = np.log10(np.maximum(_bands() @ power.T, _LOWEST_POWER))
    scaled: _Floats = (np.maximum(decades, decades.max() - 8) + 4) / 4
    return scaled.astype(np.float32)


@cache
def _bands() -> _Floats:
    """Return Slaney's triangular bands of equal area, shape (MEL_BANDS, frequencies)."""
    bins_hz = np.fft.rfftfreq(_WINDOW_SAMPLES, 1 / SAMPLE_RATE_HZ)
    edges_hz = _hz(np.linspace(0, _mel(SAMPLE_RATE_HZ / 2), MEL_BANDS + 2))
    low, middle, high = edges_hz[:-2, None], edges_hz[1:-1, None], edges_hz[2:, None]
    rising, falling = (bins_hz - low) / (middle - low), (high - bins_hz) / (high - middle)
    triangles = np.maximum(0, np.minimum(rising, falling)) * 2 / (high - low)
    return triangles.astype(np.float32)


def _mel(hz: float) -> float:
    return float(_LINEAR_TO_HZ / _HZ_PER_MEL + np.log(hz / _LINEAR_TO_HZ) / _LOG_STEP)


def _hz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    above = mel - _LINEAR_TO_HZ / _HZ_PER_MEL
    return np.where(above < 0, mel * _HZ_PER_MEL, _LINEAR_TO_HZ * np.exp(_LOG_STEP * above))
