"""Where does a recording hold voice? Spans at 10 ms, for pauses and phonation after the fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples

VAD_MODE = 2
"""webrtcvad's mode for the neighborhood of a voice."""
QUIETEST_VOICE_DBFS = -58.0
"""Below this level nothing counts as voice, however quiet the room."""

_HOP_SAMPLES = 160
_HOP_S = _HOP_SAMPLES / SAMPLE_RATE_HZ
_PEAK_RANGE_DB = 38.0
_EDGE_MARGIN_DB = 5.0
_SHORTEST_VOICE_S = 0.06
_SHORTEST_GAP_S = 0.12
_EDGE_HOPS = 12
_BLOCK_HOPS = 6000


@dataclass(frozen=True)
class VoiceSpan:
    """A stretch of voice."""

    start_s: float
    """Start in seconds from the start of the clip."""
    end_s: float
    """End in seconds from the start of the clip."""


def voice_spans(clip: Clip) -> tuple[VoiceSpan, ...]:
    """Return where a recording at SAMPLE_RATE_HZ holds voice, at 10 ms resolution.

    Two looks joined: webrtcvad finds the neighborhood, the level of 10 ms hops (against the
    recording's own floor and its own loud parts) finds the edges, since webrtcvad holds on
    for some 80 ms after the voice has gone. Gaps under 0.12 s (stop consonants) are filled,
    bursts under 0.06 s (clicks) dropped.
    """
    levels = _hop_levels_dbfs(clip.samples)
    if not len(levels):
        return ()
    floor, peak = np.percentile(levels, [5, 95])
    threshold = max(QUIETEST_VOICE_DBFS, floor + _EDGE_MARGIN_DB, peak - _PEAK_RANGE_DB)
    near = _widened(_webrtc_hops(clip.samples, len(levels)))
    voiced = near & (levels > threshold)
    spans = _merged(_runs(voiced), _SHORTEST_GAP_S)
    return tuple(span for span in spans if span.end_s - span.start_s >= _SHORTEST_VOICE_S)


def _hop_levels_dbfs(samples: Samples) -> npt.NDArray[np.float64]:
    # In blocks, so that an hour does not need eight times its own memory.
    hops = samples[: len(samples) // _HOP_SAMPLES * _HOP_SAMPLES].reshape(-1, _HOP_SAMPLES)
    power = np.zeros(len(hops))
    for at in range(0, len(hops), _BLOCK_HOPS):
        block = np.square(hops[at : at + _BLOCK_HOPS], dtype=np.float64)
        power[at : at + _BLOCK_HOPS] = np.mean(block, axis=1) / 32768.0**2
    levels: npt.NDArray[np.float64] = 10 * np.log10(np.maximum(power, 1e-10))
    return levels


def _webrtc_hops(samples: Samples, hops: int) -> npt.NDArray[np.bool_]:
    import webrtcvad

    vad = webrtcvad.Vad(VAD_MODE)
    frames = memoryview(samples.data).cast("B")
    step = 2 * _HOP_SAMPLES
    voiced = (
        vad.is_speech(bytes(frames[i * step : (i + 1) * step]), SAMPLE_RATE_HZ) for i in range(hops)
    )
    return np.fromiter(voiced, bool, hops)


def _widened(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the mask grown by _EDGE_HOPS on both sides, for soft beginnings and ends."""
    kernel = np.ones(2 * _EDGE_HOPS + 1, np.int32)
    grown = np.convolve(mask.astype(np.int32), kernel)
    widened: npt.NDArray[np.bool_] = grown[_EDGE_HOPS : _EDGE_HOPS + len(mask)] > 0
    return widened


def _runs(mask: npt.NDArray[np.bool_]) -> Iterator[VoiceSpan]:
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
