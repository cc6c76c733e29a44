"""What the bench of voice detection listens to: noises made from a seed, speech with its frames."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.audio import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, read_audio

Sound = npt.NDArray[np.float64]
Frames = npt.NDArray[np.bool_]
EDGE_S = 0.04
"""Frames this near to an edge of the reference count for neither side: labels are no sharper."""
JOINED_S = 0.1
"""A shorter gap between words, phones or loud frames is no silence: a stop consonant."""
LOUD_RANGE_DB = 30.0
"""Without labels: speech is what lies this far below the file's own 95th percentile at most."""
SENTENCES = (
    "I moved the whole billing platform to a new database, because the old one could not keep up.",
    "Um, first we measured it. Then we shadowed the traffic for three weeks, and only then moved.",
    "It was about forty percent faster in the end, and nobody noticed the change.",
    "Well, I think the hardest part was persuading the finance team that it was safe.",
)


@dataclass(frozen=True, eq=False)
class Speech:
    """Speech and where it is."""

    name: str
    """The recording."""
    how: str
    """How the reference was made."""
    samples: Samples
    """16-bit samples."""
    spans: tuple[tuple[float, float], ...]
    """Start and end of speech in seconds, gaps of JOINED_S and more between them."""

    def frames(self, edge_s: float = EDGE_S) -> tuple[Frames, Frames]:
        """Return which frames are surely speech, and which may be."""
        time_s = (np.arange(len(self.samples) // FRAME_SAMPLES) + 0.5) * FRAME_S
        surely, maybe = np.zeros(len(time_s), bool), np.zeros(len(time_s), bool)
        for start_s, end_s in self.spans:
            surely |= (time_s >= start_s + edge_s) & (time_s < end_s - edge_s)
            maybe |= (time_s >= start_s - edge_s) & (time_s < end_s + edge_s)
        return surely, maybe


def at_dbfs(sound: Sound, level_dbfs: float) -> Samples:
    """Return sound at an RMS level."""
    gain = 32768 * 10 ** (level_dbfs / 20) / np.sqrt(np.mean(np.square(sound)))
    return np.clip(np.round(sound * gain), -32768, 32767).astype(np.int16)


def made_noises(duration_s: float = 30.0, seed: int = 7) -> dict[str, Sound]:
    """Return fan, hum, typing, breaths and music.

    fan: noise falling 5 dB an octave from 40 Hz, a blade tone of 118 Hz with four harmonics,
    swelling slowly. hum: eight harmonics of 50 Hz, faint hiss. typing: bursts of decaying noise,
    a click between 0.8 and 4.5 kHz and a thump below 350 Hz, down and up, 4 to 11 a second with
    pauses. breaths: noise of 0.4 to 5 kHz in for 0.6 to 1.1 s, of 0.2 to 2.5 kHz out for 0.8 to
    1.4 s, rising and falling. music: plucked chords of five notes with six harmonics.
    """
    rng = np.random.default_rng(seed)
    makers = {"fan": _fan, "hum": _hum, "typing": _typing, "breaths": _breaths, "music": _music}
    return {name: make(round(duration_s * SAMPLE_RATE_HZ), rng) for name, make in makers.items()}


def _colored(count: int, rng: np.random.Generator, low_hz: float, high_hz: float) -> Sound:
    hz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    slope = np.where((hz >= low_hz) & (hz <= high_hz), np.maximum(hz, low_hz) ** -0.8, 0)
    sound = np.fft.irfft(np.fft.rfft(rng.normal(size=count)) * slope, count)
    return np.asarray(sound / np.std(sound))


def _fan(count: int, rng: np.random.Generator) -> Sound:
    time_s = np.arange(count) / SAMPLE_RATE_HZ
    blades = sum(np.sin(2 * np.pi * 118 * n * time_s + rng.uniform(0, 6)) / n for n in range(1, 6))
    swell = 1 + 0.15 * np.sin(2 * np.pi * 0.7 * time_s)
    return np.asarray((_colored(count, rng, 40, 7000) + 0.5 * blades) * swell)


def _hum(count: int, rng: np.random.Generator) -> Sound:
    time_s = np.arange(count) / SAMPLE_RATE_HZ
    tones = sum(np.sin(2 * np.pi * 50 * n * time_s + rng.uniform(0, 6)) / n for n in range(1, 9))
    return np.asarray(tones + 0.005 * rng.normal(size=count))


def _typing(count: int, rng: np.random.Generator) -> Sound:
    sound = 0.001 * rng.normal(size=count)
    at_s = 0.2
    while at_s < count / SAMPLE_RATE_HZ - 0.3:
        for later_s, loudness in ((0.0, 1.0), (rng.uniform(0.06, 0.11), 0.4)):
            time_s = np.arange(round(rng.uniform(0.004, 0.03) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
            key = rng.normal(size=len(time_s)) * np.exp(-time_s * rng.uniform(250, 700))
            key += np.sin(2 * np.pi * rng.uniform(800, 4500) * time_s) * np.exp(-time_s * 400)
            key += np.sin(2 * np.pi * rng.uniform(120, 350) * time_s) * np.exp(-time_s * 150)
            start = round((at_s + later_s) * SAMPLE_RATE_HZ)
            sound[start : start + len(key)] += loudness * rng.uniform(0.4, 1) * key
        at_s += rng.uniform(0.09, 0.28) if rng.random() > 0.06 else rng.uniform(0.5, 1.2)
    return np.asarray(sound)


def _breaths(count: int, rng: np.random.Generator) -> Sound:
    sound = 0.002 * _colored(count, rng, 50, 7000)
    at = SAMPLE_RATE_HZ // 2
    while at < count:
        for short_s, long_s, low_hz, high_hz in ((0.6, 1.1, 400, 5000), (0.8, 1.4, 200, 2500)):
            length = round(rng.uniform(short_s, long_s) * SAMPLE_RATE_HZ)
            shape = np.sin(np.pi * np.arange(length) / length) ** 1.5
            breath = _colored(length, rng, low_hz, high_hz) * shape
            sound[at : at + length] += breath[: max(0, count - at)]
            at += length + round(rng.uniform(0.15, 0.3) * SAMPLE_RATE_HZ)
        at += round(rng.uniform(0.5, 1.2) * SAMPLE_RATE_HZ)
    return np.asarray(sound)


def _music(count: int, rng: np.random.Generator) -> Sound:
    sound = np.zeros(count)
    time_s = np.arange(round(0.9 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    for beat, at in enumerate(range(0, count, SAMPLE_RATE_HZ // 2)):
        root_hz = (220.0, 196.0, 174.6, 261.6)[beat // 4 % 4]
        for ratio in (0.5, 1.0, 1.2, 1.5, rng.choice([2.0, 2.25, 2.5, 3.0])):
            tones = sum(np.sin(2 * np.pi * root_hz * ratio * n * time_s) / n for n in range(1, 7))
            note = tones * np.exp(-4 * time_s)
            sound[at : at + len(note)] += note[: count - at]
    return sound


def joined(
    spans: list[tuple[float, float]], gap_s: float = JOINED_S
) -> tuple[tuple[float, float], ...]:
    """Return sorted spans without the gaps shorter than `gap_s`."""
    if not spans:
        return ()
    cuts = [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] >= gap_s]
    starts, ends = [spans[0][0], *(b for _, b in cuts)], [*(a for a, _ in cuts), spans[-1][1]]
    return tuple(zip(starts, ends, strict=True))


def loud_spans(samples: Samples) -> list[tuple[float, float]]:
    """Return where 10 ms hops lie at most LOUD_RANGE_DB below the 95th percentile of the file."""
    hops = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    levels = 10 * np.log10(np.mean(np.square(hops, dtype=np.float64), axis=1) + 1e-3)
    loud = levels > max(np.percentile(levels, 95) - LOUD_RANGE_DB, np.percentile(levels, 5) + 6)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], loud.astype(np.int8), [0]))))
    return [(a / 100, b / 100) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def rendered(voice: str, pauses_s: tuple[float, ...] = (0.8, 0.3, 1.5, 1.0)) -> Speech:
    """Return SENTENCES in a voice of flite with the phones' own times, over hiss at -65 dBFS."""
    parts: list[Samples] = []
    spans: list[tuple[float, float]] = []
    at_s = 0.0
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        for text, pause_s in zip(SENTENCES, pauses_s, strict=True):
            command = ["flite", "-voice", voice, "-psdur", "-t", text, "-o", str(wav)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            start_s = 0.0
            for phone, end in (item.rsplit(":", 1) for item in told.split() if ":" in item):
                if phone != "pau":
                    spans.append((at_s + start_s, at_s + float(end)))
                start_s = float(end)
            parts += [read_audio(wav).samples, np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.int16)]
            at_s = sum(map(len, parts)) / SAMPLE_RATE_HZ
    hiss = np.random.default_rng(1).normal(0, 32768 * 10 ** (-65 / 20), sum(map(len, parts)))
    samples = (np.concatenate(parts) + hiss).astype(np.int16)
    return Speech(f"flite {voice}", "flite's phones", samples, joined(spans))


def recorded(folder: Path) -> Iterator[Speech]:
    """Yield the recordings of the shared folder with their labels, or their loud parts."""
    words = json.loads((folder / "spontaneous/words.json").read_text("utf-8"))
    for name, item in words.items():
        spans = [(word["start"], word["end"]) for word in item["words"]]
        clip = read_audio(folder / item["audio"])
        yield Speech(name, "aligned words", clip.samples, joined(spans))
    cobra = [(a * 512 / 16000, (b + 1) * 512 / 16000) for a, b in _COBRA]
    clip = read_audio(folder / "vad/cobra.wav")
    yield Speech("cobra", "labels", clip.samples, tuple(cobra))
    yield _speechbrain(folder)
    for path in [*sorted((folder / "read").glob("*.wav")), folder / "casual/conversational_a.wav"]:
        clip = read_audio(path)
        yield Speech(path.stem, "loud parts", clip.samples, joined(loud_spans(clip.samples)))


_COBRA = ((28, 53), (97, 121), (163, 183), (227, 252))


def _speechbrain(folder: Path) -> Speech:
    spans: list[tuple[float, float]] = []
    for item in json.loads((folder / "vad/VAD_train.json").read_text("utf-8")).values():
        from_s = item["wav"]["start"] / SAMPLE_RATE_HZ
        times = [from_s + float(text) for text in item["speech"].split()]
        spans += list(zip(times[::2], times[1::2], strict=True))
    samples = read_audio(folder / "vad/train.wav").samples
    return Speech("speechbrain", "labels", samples, tuple(spans))


def in_noise(speech: Speech, noise: Sound, snr_db: float) -> Samples:
    """Return speech in noise; the ratio is that of the frames of speech to the noise."""
    count = len(speech.samples)
    loop = np.tile(noise, count // len(noise) + 1)[:count]
    surely, _ = speech.frames()
    frames = speech.samples[: len(surely) * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames[surely], dtype=np.float64)) / 10 ** (snr_db / 10)
    mixed = speech.samples + loop * np.sqrt(power / np.mean(np.square(loop)))
    return np.round(mixed * min(1.0, 32000 / np.max(np.abs(mixed)))).astype(np.int16)
