"""Rendered answers with planted um and uh, true word times, and word times as Whisper blurs them.

Flite speaks a sentence whole; it is cut between words and a filled pause put in:
the voice's own "uh" or "um" said slowly, or its vowel held by a sum of harmonics (envelope by
linear prediction) at the voice's pitch, falling a little, as people's are (Shriberg 1994:
filled pauses lie low in the range and fall linearly and little).
"""

from __future__ import annotations

import itertools
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.measures.pitch import pitch_track
from voice.audio import SAMPLE_RATE_HZ, Clip, read_audio
from voice.transcript import Word

Floats = npt.NDArray[np.float64]
Span = tuple[float, float]

DEVELOPED_ON = ("rms", "kal16")
"""Flite's voices that the detector was developed on."""
REPORTED_ON = ("slt", "awb")
"""Voices that it saw for the figures only."""
JITTER_S = 0.1
"""Word times are this wrong at most, evenly spread (as Whisper's are below 0.3 s)."""
MOVED_BACK = 0.5
"""Share of silences and fillers after which the next word starts at the end of the last."""


@dataclass
class Planted:
    """One rendered answer with what is true about it."""

    name: str
    """Voice and number of the sentence."""
    clip: Clip
    """The sound."""
    words: list[Word]
    """Words without the fillers, true times."""
    fillers: list[Span] = field(default_factory=list)
    """Where the um and uh lie."""


def blurred(planted: Planted, seed: int) -> list[Word]:
    """Return the words as Whisper times them: jittered, half of the gaps given to the next word."""
    random = np.random.default_rng(seed)
    words, last_s = [], 0.0
    for before, word in zip([None, *planted.words], planted.words, strict=False):
        start_s = word.start_s + random.uniform(-JITTER_S, JITTER_S)
        end_s = word.end_s + random.uniform(-JITTER_S, JITTER_S)
        touching = before is not None and word.start_s - before.end_s < 0.02
        if touching or (before is not None and random.random() < MOVED_BACK):
            start_s = last_s
        start_s = max(last_s, start_s)
        last_s = min(max(start_s + 0.02, end_s), planted.clip.duration_s)
        words.append(Word(word.text, round(start_s, 2), round(last_s, 2)))
    return words


def render(text: str, voice: str, seed: int) -> Planted:
    """Speak `text` and plant what its marks say.

    {um} and {uh} a filled pause of 0.2 to 0.6 s, with or without silence around it; {pause} a
    silence of 0.3 to 1.0 s, in half of the cases with a breath; {so}, {and}, {the} that word
    said slowly, a true word.
    """
    random = np.random.default_rng(seed)
    tokens = text.split()
    plain = " ".join(token for token in tokens if not token.startswith("{"))
    clip, times = _said(plain, voice)
    sound = clip.samples.astype(np.float64)
    parts: list[Floats] = [sound[: round(times[0][0] * SAMPLE_RATE_HZ)]]
    planted, at = Planted(voice, clip, []), 0
    for token in tokens:
        now_s = sum(map(len, parts)) / SAMPLE_RATE_HZ
        if not token.startswith("{"):
            start_s, end_s = times[at]
            after_s = times[at + 1][0] if at + 1 < len(times) else clip.duration_s
            first, last = round(start_s * SAMPLE_RATE_HZ), round(after_s * SAMPLE_RATE_HZ)
            parts.append(_edged(sound[first:last]))
            planted.words.append(Word(token, now_s, now_s + end_s - start_s))
            at += 1
        elif token == "{pause}":
            parts.append(_pause(random))
        else:
            _plant(token[1:-1], planted, parts, random)
    joined = np.concatenate(parts)
    joined = joined + random.normal(scale=np.abs(joined).max() * 0.002, size=len(joined))
    planted.clip = Clip(np.clip(joined, -32768, 32767).astype(np.int16))
    return planted


def _plant(what: str, planted: Planted, parts: list[Floats], random: np.random.Generator) -> None:
    before, after = (
        np.zeros(round(random.choice([0, 0, 0.1, 0.4]) * random.uniform(0.5, 1) * SAMPLE_RATE_HZ))
        for _ in range(2)
    )
    length_s = random.uniform(0.2, 0.6)
    if what in ("um", "uh"):
        make = _held if random.random() < 0.5 else _slow
        sound = make(what, planted.name, length_s, random)
    else:
        sound = _slow(what, planted.name, length_s, random)
    parts.append(before)
    start_s = sum(map(len, parts)) / SAMPLE_RATE_HZ
    end_s = start_s + len(sound) / SAMPLE_RATE_HZ
    parts += [_edged(sound), after]
    if what in ("um", "uh"):
        planted.fillers.append((start_s, end_s))
    else:
        planted.words.append(Word(what, start_s, end_s))


def _pause(random: np.random.Generator) -> Floats:
    """Return a silence, in half of the cases with a breath in its middle."""
    samples = round(random.uniform(0.3, 1.0) * SAMPLE_RATE_HZ)
    if random.random() < 0.5:
        return np.zeros(samples)
    breath = np.convolve(random.normal(size=samples), np.ones(4) / 4, "same")
    return breath * np.hanning(samples) * 500


def _edged(sound: Floats) -> Floats:
    """Return the sound with 4 ms ramps, so that cuts do not click."""
    ramp = np.minimum(1, (np.arange(len(sound)) + 1) / 64)
    edged: Floats = sound * ramp * ramp[::-1]
    return edged


def _slow(what: str, voice: str, length_s: float, _random: np.random.Generator) -> Floats:
    """Return the word said by the voice, slowly enough to take `length_s`."""
    sound = _alone(what, voice, 1.0)
    factor = length_s * SAMPLE_RATE_HZ / len(sound)
    return _alone(what, voice, round(max(0.5, factor), 1))


def _held(what: str, voice: str, length_s: float, random: np.random.Generator) -> Floats:
    """Return a held vowel (with a nasal end for um) of the voice's own color and pitch."""
    count = round(length_s * SAMPLE_RATE_HZ)
    said = _alone(what, voice, 2.0)
    middle, late = (said[round(len(said) * at) :][:480] for at in (0.3, 0.75))
    hz = _median_hz(voice) * random.uniform(0.85, 1.0)
    fall = 2 ** (-random.uniform(0, 2) / 12 * np.linspace(0, 1, count))
    shaky = np.interp(
        np.arange(count),
        np.arange(0, count + 160, 160),
        1 + random.normal(scale=0.005, size=len(np.arange(0, count + 160, 160))),
    )
    phase = 2 * np.pi * np.cumsum(hz * fall * shaky) / SAMPLE_RATE_HZ
    nasal = np.clip((np.linspace(0, 1, count) - 0.5) / 0.12, 0, 1) if what == "um" else 0.0
    sound = np.zeros(count)
    for k in range(1, int(4500 / hz)):
        gain = _envelope(middle, k * hz) * (1 - nasal) + _envelope(late, k * hz) * nasal
        sound += gain * np.sin(k * phase + random.uniform(0, 6))
    sound += random.normal(scale=0.02 * np.abs(sound).max(), size=count)
    rise = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / 640)
    level = np.sqrt(np.mean(said**2) / np.mean(sound**2)) * random.uniform(0.6, 1.0)
    held: Floats = sound * rise * level
    return held


def _envelope(frame: Floats, hz: float) -> float:
    """Return the gain of the linear prediction filter (order 18) of a frame at a frequency."""
    windowed = frame * np.hanning(len(frame))
    lags = np.correlate(windowed, windowed, "full")[len(frame) - 1 :][:19]
    matrix = lags[np.abs(np.subtract.outer(np.arange(18), np.arange(18)))]
    matrix += np.eye(18) * lags[0] * 1e-4
    taps = np.linalg.solve(matrix, lags[1:])
    turns = np.exp(-2j * np.pi * hz / SAMPLE_RATE_HZ * np.arange(1, 19))
    left = max(1e-9, lags[0] - taps @ lags[1:])
    return float(np.sqrt(left) / np.abs(1 - taps @ turns))


@lru_cache(maxsize=256)
def _alone(word: str, voice: str, stretch: float) -> Floats:
    clip, _ = _said(word, voice, stretch)
    loud = np.flatnonzero(np.abs(clip.samples) > np.abs(clip.samples).max() * 0.05)
    sound: Floats = clip.samples[loud[0] : loud[-1]].astype(np.float64)
    return sound


@lru_cache(maxsize=16)
def _median_hz(voice: str) -> float:
    pitch = pitch_track(_said("we moved the whole thing over on a friday night", voice)[0])
    return float(np.median(pitch.hz[pitch.voiced]))


def _said(text: str, voice: str, stretch: float = 1.0) -> tuple[Clip, list[Span]]:
    """Return the sentence at SAMPLE_RATE_HZ and the span of every word."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}"]
        done = subprocess.run(
            [*command, "-psdur", "-t", text, "-o", str(path)],
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        clip = read_audio(path)
    phones = [(p.split(":")[0], float(p.split(":")[1])) for p in done.stdout.split()]
    spans = [
        (before, end, name)
        for (_, before), (name, end) in zip([("", 0.0), *phones], phones, strict=False)
        if name != "pau"
    ]
    counts = [_flite_phones(word) for word in text.split()]
    edges = np.round(np.cumsum([0, *counts]) * len(spans) / sum(counts)).astype(int)
    words = [(spans[a][0], spans[max(a, b - 1)][1]) for a, b in itertools.pairwise(edges)]
    return clip, words


@lru_cache(maxsize=1024)
def _flite_phones(word: str) -> int:
    command = ["flite", "-voice", "kal16", "-ps", "-t", word, "-o", "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return max(1, len([phone for phone in done.stdout.split() if phone != "pau"]))
