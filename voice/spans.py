"""Where does a recording hold voice? Spans at 10 ms, for pauses and phonation after the fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ, Clip
from voice.highpass import HighPass, Sound, to_samples
from voice.silero import CHUNK_SAMPLES, Raise, Silero, model_path

SURE = 0.35
"""Silero's probability of voice whatever the level: soft sounds that lie below the noise."""
NEAR = 0.2
"""Silero's probability around which the level decides."""
VAD_MODE = 2
"""webrtcvad's mode where Silero's file is missing."""
QUIETEST_VOICE_DBFS = -58.0
"""Below this level nothing counts as voice, however quiet the room."""

_HOP_SAMPLES = 160
_HOP_S = _HOP_SAMPLES / SAMPLE_RATE_HZ
_PEAK_RANGE_DB = 38.0
_EDGE_MARGIN_DB = 8.0
_SHORTEST_VOICE_S = 0.06
_SHORTEST_GAP_S = 0.12
_EDGE_HOPS = 6
_BLOCK_SAMPLES = 250 * CHUNK_SAMPLES  # 800 whole hops
_SILERO_LAG_SAMPLES = CHUNK_SAMPLES // 2


Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
"""One truth value a hop, shape (n,)."""


@dataclass(frozen=True)
class VoiceSpan:
    """A stretch of voice."""

    start_s: float
    """Start in seconds from the start of the clip."""
    end_s: float
    """End in seconds from the start of the clip."""


def voice_spans(clip: Clip) -> tuple[VoiceSpan, ...]:
    """Return where a recording at SAMPLE_RATE_HZ holds voice, at 10 ms resolution.

    Two looks at the high-passed sound joined: Silero (webrtcvad where its file is missing) finds
    the neighborhood, the level of 10 ms hops (against the recording's own floor and its own loud
    parts) finds the edges. Where Silero is SURE the level has no say, since in noise the end of
    a word lies below it. Gaps under 0.12 s (stop consonants) are filled, bursts under 0.06 s
    (clicks) dropped. SURE, the margin, the widening and Silero's lag were chosen on flite's
    voices in white noise and a fan at 10 to 60 dB.
    """
    levels, heard = _looks(clip)
    if not len(levels):
        return ()
    floor, peak = np.percentile(levels, [5, 95])
    threshold = max(QUIETEST_VOICE_DBFS, floor + _EDGE_MARGIN_DB, peak - _PEAK_RANGE_DB)
    voiced = (heard >= SURE) | (_widened(heard >= NEAR) & (levels > threshold))
    spans = _merged(_runs(voiced), _SHORTEST_GAP_S)
    return tuple(span for span in spans if span.end_s - span.start_s >= _SHORTEST_VOICE_S)


def _looks(clip: Clip) -> tuple[Values, Values]:
    """Return level and probability of voice of each hop.

    In blocks, so that an hour does not need several times its own memory.
    """
    path = model_path()
    look = _WebrtcLook() if path is None else _SileroLook(path)
    highpass = HighPass()
    levels, heard = [np.zeros(0)], [np.zeros(0)]
    hops = len(clip.samples) // _HOP_SAMPLES
    for at in range(0, hops * _HOP_SAMPLES, _BLOCK_SAMPLES):
        sound = highpass(clip.samples[at : at + _BLOCK_SAMPLES])
        power = np.mean(np.square(_hops(sound)), axis=1)
        levels.append(10 * np.log10(np.maximum(power, 1e-10)))
        heard.append(look.values(sound))
    middles = np.arange(hops) * _HOP_SAMPLES + _HOP_SAMPLES // 2 + look.lag_samples
    values = np.concatenate(heard)
    return np.concatenate(levels), values[np.minimum(middles // look.step_samples, len(values) - 1)]


class _SileroLook:
    """Silero's probability, chunk by chunk; it tells of sound half a chunk before (measured)."""

    step_samples = CHUNK_SAMPLES
    lag_samples = _SILERO_LAG_SAMPLES

    def __init__(self, path: Path) -> None:
        self._silero, self._raise = Silero(path), Raise()

    def values(self, sound: Sound) -> Values:
        chunks = np.pad(sound, (0, -len(sound) % CHUNK_SAMPLES)).reshape(-1, CHUNK_SAMPLES)
        return self._silero.probabilities(self._raise(chunks)).astype(np.float64)


class _WebrtcLook:
    """NEAR where webrtcvad says so, never SURE: it holds on for some 80 ms after the voice."""

    step_samples = _HOP_SAMPLES
    lag_samples = 0

    def __init__(self) -> None:
        import webrtcvad

        self._vad = webrtcvad.Vad(VAD_MODE)

    def values(self, sound: Sound) -> Values:
        hops = _hops(to_samples(sound))
        voiced = (self._vad.is_speech(hop.tobytes(), SAMPLE_RATE_HZ) for hop in hops)
        return np.where(np.fromiter(voiced, bool, len(hops)), NEAR, 0.0)


def _hops(sound: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return sound[: len(sound) // _HOP_SAMPLES * _HOP_SAMPLES].reshape(-1, _HOP_SAMPLES)


def _widened(mask: Mask) -> Mask:
    """Return the mask grown by _EDGE_HOPS on both sides, for soft beginnings and ends."""
    kernel = np.ones(2 * _EDGE_HOPS + 1, np.int32)
    grown = np.convolve(mask.astype(np.int32), kernel)
    widened: Mask = grown[_EDGE_HOPS : _EDGE_HOPS + len(mask)] > 0
    return widened


def _runs(mask: Mask) -> Iterator[VoiceSpan]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield VoiceSpan(round(float(start) * _HOP_S, 3), round(float(end) * _HOP_S, 3))


def _merged(spans: Iterator[VoiceSpan], gap_s: float) -> list[VoiceSpan]:
    merged: list[VoiceSpan] = []
    for span in spans:
        if merged and span.start_s - merged[-1].end_s < gap_s:
            merged[-1] = VoiceSpan(merged[-1].start_s, span.end_s)
        else:
            merged.append(span)
    return merged
