"""How much noise is called speech, how much speech is missed, how late and at what cost.

Beside ours: webrtcvad alone (mode 3, the raw signal, 20 ms) and Silero v6 alone (p > 0.5, the raw
signal, 32 ms). Speech recorded by people: labels where they exist (cobra, speechbrain), the times
of aligned words, else the loud parts of the clean file; flite's voices: its own phone times. How
is told in tests/bench/vad_sounds.py. Noise is added at 10 dB against the frames of speech.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.answers import shared_folder  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.bench.vad_sounds import (  # noqa: E402
    Frames,
    Sound,
    Speech,
    at_dbfs,
    in_noise,
    made_noises,
    recorded,
    rendered,
)
from voice.audio import (  # noqa: E402
    FRAME_S,
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    Clip,
    Samples,
    read_audio,
)
from voice.silero import CHUNK_SAMPLES, Silero, model_path  # noqa: E402
from voice.spans import voice_spans  # noqa: E402
from voice.vad import VoiceDetector  # noqa: E402

NOISE_DBFS = -30.0
SNR_DB = 10.0
VOICES = ("rms", "slt", "awb", "kal16")
LEAD_S = 1.0
"""Faint hiss before every noise, so that a detector has settled."""


def ours(samples: Samples) -> Frames:
    detector = VoiceDetector()
    return np.array([detector.is_voice(frame) for frame in _frames(samples)], bool)


def webrtc(samples: Samples) -> Frames:
    import webrtcvad

    vad = webrtcvad.Vad(3)
    return np.array([vad.is_speech(f.tobytes(), SAMPLE_RATE_HZ) for f in _frames(samples)], bool)


def silero(samples: Samples) -> Frames:
    """Silero as it comes: a frame counts by the last chunk that is complete at its end."""
    path = model_path()
    assert path is not None
    chunks = samples[: len(samples) // CHUNK_SAMPLES * CHUNK_SAMPLES].astype(np.float32) / 32768
    heard = Silero(path).probabilities(chunks.reshape(-1, CHUNK_SAMPLES)) > 0.5
    ends = (np.arange(len(samples) // FRAME_SAMPLES) + 1) * FRAME_SAMPLES // CHUNK_SAMPLES
    return np.asarray(np.concatenate(([False], heard))[ends])


DETECTORS: dict[str, Callable[[Samples], Frames]] = {
    "ours": ours,
    "webrtcvad": webrtc,
    "silero": silero,
}


def _frames(samples: Samples) -> Samples:
    return samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)


def noise_rows(noises: dict[str, Samples]) -> list[dict[str, Any]]:
    """Return the share of frames of each noise that is called speech."""
    rng = np.random.default_rng(3)
    lead = rng.normal(0, 30, round(LEAD_S * SAMPLE_RATE_HZ)).astype(np.int16)
    rows = []
    for name, samples in noises.items():
        row: dict[str, Any] = {"what": f"noise: {name}"}
        for detector, calls in DETECTORS.items():
            called = calls(np.concatenate((lead, samples)))
            row[detector] = float(np.mean(called[round(LEAD_S / FRAME_S) :]))
        rows.append(row | {"goal": "2 %"})
    return rows


def speech_rows(speeches: list[Speech], noises: dict[str, Sound]) -> list[dict[str, Any]]:
    """Return the share of the frames of speech missed, for each kind of reference and noise."""
    missed: dict[tuple[str, str], dict[str, list[Frames]]] = defaultdict(lambda: defaultdict(list))
    for speech in speeches:
        surely, _ = speech.frames()
        heard = {"clean": speech.samples, "25 dB lower": (speech.samples / 18).astype(np.int16)}
        heard |= {
            f"{name} {SNR_DB:.0f} dB": in_noise(speech, noise, SNR_DB)
            for name, noise in noises.items()
        }
        for condition, samples in heard.items():
            for detector, calls in DETECTORS.items():
                lost = ~calls(samples)[surely]
                missed[condition, speech.how][detector].append(lost)
                missed[condition, "all"][detector].append(lost)
    return [
        {"what": f"missed: {condition}, {how}"}
        | {name: float(np.mean(np.concatenate(lost))) for name, lost in by_detector.items()}
        | {"goal": "2 %" if condition == "clean" else "5 %"}
        for (condition, how), by_detector in sorted(missed.items())
    ]


def delay_rows(speeches: list[Speech]) -> list[dict[str, Any]]:
    """Return how late starts and ends are found, against silences of 0.3 s and more."""
    rows: list[dict[str, Any]] = []
    late: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for speech in speeches:
        if speech.how not in ("flite's phones", "labels"):
            continue
        for detector, calls in DETECTORS.items():
            called = calls(speech.samples)
            for start, end in _delays(called, speech):
                late["start"][detector].append(start)
                late["end"][detector].append(end)
    for edge, by_detector in late.items():
        for percentile in (50, 90):
            row: dict[str, Any] = {"what": f"{edge} p{percentile}, ms"}
            for detector, delays in by_detector.items():
                row[detector] = round(1000 * float(np.percentile(delays, percentile)))
            rows.append(row | {"goal": "300" if edge == "start" else "200"})
    return rows


def _delays(called: Frames, speech: Speech) -> list[tuple[float, float]]:
    found = []
    bounds = [*speech.spans, (len(called) * FRAME_S, 0.0)]
    for (start_s, end_s), (next_s, _) in pairwise(bounds):
        start, end, following = (round(at / FRAME_S) for at in (start_s, end_s, next_s))
        voiced = np.flatnonzero(called[start:end])
        if next_s - end_s < 0.3 or not len(voiced):
            continue
        hang = int(np.argmin(np.append(called[end:following], False)))
        found.append((float(voiced[0]) * FRAME_S, hang * FRAME_S))
    return found


def pause_row(voices: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the share of planted pauses whose two ends the spans of a recording find."""
    rows = []
    pauses_s = (0.3, 0.5, 0.8, 1.5)
    for snr_db in (60.0, 20.0, 10.0):
        found = planted = 0
        for voice in voices:
            speech = rendered(voice, pauses_s)
            white = np.random.default_rng(5).normal(size=20 * SAMPLE_RATE_HZ)
            spans = voice_spans(Clip(in_noise(speech, white, snr_db)))
            gaps = [(a.end_s, b.start_s) for a, b in pairwise(spans)]
            for (_, end_s), (start_s, _) in pairwise(speech.spans):
                if start_s - end_s >= 0.25:
                    planted += 1
                    near = (max(abs(a - end_s), abs(b - start_s)) for a, b in gaps)
                    found += min(near, default=1.0) <= 0.06
        rows.append({"what": f"pauses within 60 ms, {snr_db:.0f} dB", "ours": found / planted})
    return [row | {"goal": f"of {planted}"} for row in rows]


def cost_rows(speech: Speech) -> list[dict[str, Any]]:
    """Return the time a frame takes, and that of an hour's spans."""
    samples = np.tile(speech.samples, 3)
    row: dict[str, Any] = {"what": "us a frame of 20 ms", "goal": "800 (4 % of a core)"}
    for detector, calls in DETECTORS.items():
        began = time.process_time()
        calls(samples)
        row[detector] = round((time.process_time() - began) / (len(samples) / FRAME_SAMPLES) * 1e6)
    began = time.process_time()
    voice_spans(Clip(np.tile(samples, 4)))
    took = (time.process_time() - began) * 3600 / (4 * len(samples) / SAMPLE_RATE_HZ)
    return [row, {"what": "spans of an hour, s", "ours": round(took, 1), "goal": ""}]


def main() -> None:
    args = arguments(__doc__ or "").parse_args()
    made = made_noises()
    noises = {name: at_dbfs(sound, NOISE_DBFS) for name, sound in made.items()}
    mixed = {"white": np.random.default_rng(4).normal(size=40 * SAMPLE_RATE_HZ), "fan": made["fan"]}
    speeches = [rendered(voice) for voice in VOICES]
    folder = shared_folder()
    if folder.is_dir():
        recordings = {p.stem: read_audio(p).samples for p in sorted(folder.glob("speech/noise/*"))}
        noises |= recordings
        room = [recordings[name].astype(np.float64) for name in ("noise1", "noise2", "noise3")]
        mixed["room"] = np.concatenate([part / np.std(part) for part in room])
        speeches += recorded(folder / "speech")
    elif not args.json:
        print("no shared data folder beside the project: rendered speech and made noise only")
    rows = noise_rows(noises) + speech_rows(speeches, mixed) + delay_rows(speeches)
    rows += pause_row(VOICES) + cost_rows(speeches[0])
    if args.json:
        show(rows, True)
        return
    print(f"{'':<40} {'ours':>7} {'webrtc':>7} {'silero':>7}  goal")
    for row in rows:
        cells = " ".join(_cell(row.get(name)) for name in DETECTORS)
        print(f"{row['what']:<40} {cells}  {row['goal']}")


def _cell(value: float | None) -> str:
    if value is None:
        return " " * 7
    return f"{value:>7.1%}" if isinstance(value, float) and value <= 1 else f"{value:>7}"


if __name__ == "__main__":
    main()
