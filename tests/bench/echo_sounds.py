"""What is heard over the interviewer in the echo bench: interruptions, backchannels, knocks."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, read_audio, resample
from voice.engines import choose_recognizer, choose_synthesizer
from voice.room.sound import active_level_dbfs
from voice.spans import voice_spans

NEAR_DBFS = -26.0
"""Level of the person's voice at the microphone, pauses not counted (ITU-T P.56's usual one)."""
LENGTH_S = 2.5
PAUSE_S = 0.12
FEWEST_WORDS = 4
VOICES = ("slt", "rms", "awb", "kal16")
# "mm-hm" itself is spelled out by flite: "em em aitch em".
BACKCHANNELS = ("um hum", "yeah", "okay", "right", "sure", "uh huh", "I see")


@dataclass(frozen=True, eq=False)
class Sound:
    """Something heard over the interviewer."""

    name: str
    """What it is."""
    clip: Clip
    """It begins with its first sample."""
    words: tuple[tuple[float, float], ...] = ()
    """Start and end of each word in seconds from the start of the clip."""


def interruptions(shared: Path) -> list[Sound]:
    """Return real speech that begins after a pause, four words or more in 2.5 s, with their times.

    Hand-made times for the two spontaneous recordings; for what is read aloud those which the
    embedded recognizer finds in the clean recording.
    """
    sounds = [*_spontaneous(shared / "spontaneous"), *_read(shared / "read")]
    return [sound for sound in sounds if len(sound.words) >= FEWEST_WORDS]


def _spontaneous(folder: Path) -> Iterator[Sound]:
    for name, item in json.loads((folder / "words.json").read_text()).items():
        clip = without_rumble(read_audio(folder / f"{name}.wav"))
        times = [(word["start"], word["end"]) for word in item["words"]]
        for before, (start_s, _) in zip([(0.0, 0.0), *times], times, strict=False):
            if start_s - before[1] >= PAUSE_S:
                yield _cut(name, clip, start_s, times)


def _read(folder: Path) -> Iterator[Sound]:
    recognizer = choose_recognizer(None, ()).engine
    for path in sorted(folder.glob("*.wav")):
        clip = without_rumble(read_audio(path))
        spans = voice_spans(clip)
        ends = [0.0, *(span.end_s for span in spans)]
        starts = [s.start_s for s, end_s in zip(spans, ends, strict=False)
                  if s.start_s - end_s >= 2 * PAUSE_S and s.end_s - s.start_s > 0.5]  # fmt: skip
        for start_s in starts[:2]:
            cut = clip.between(start_s, start_s + LENGTH_S)
            yield _cut(
                path.stem, cut, 0.0, [(w.start_s, w.end_s) for w in recognizer.transcribe(cut)]
            )


def _cut(name: str, clip: Clip, start_s: float, times: list[tuple[float, float]]) -> Sound:
    inside = [(a, b) for a, b in times if start_s <= a and b <= start_s + LENGTH_S]
    end_s = inside[-1][1] if inside else start_s + LENGTH_S
    words = tuple((a - start_s, b - start_s) for a, b in inside)
    return Sound(name, at_level(clip.between(start_s, end_s)), words)


def without_rumble(clip: Clip) -> Clip:
    """Return the clip without what lies below 80 Hz: 98 % of one recording's energy."""
    spectrum = np.fft.rfft(clip.samples)
    spectrum[: 80 * len(clip.samples) // clip.rate_hz] = 0
    sound = np.fft.irfft(spectrum, len(clip.samples))
    return Clip(np.clip(sound, -32768, 32767).astype(np.int16), clip.rate_hz)


def at_level(clip: Clip, level_dbfs: float = NEAR_DBFS) -> Clip:
    """Return the clip at an active level."""
    gain = 10 ** ((level_dbfs - active_level_dbfs(clip.samples.astype(np.float64))) / 20)
    return Clip(np.clip(clip.samples * gain, -32768, 32767).astype(np.int16), clip.rate_hz)


def no_interruptions(shared: Path) -> list[Sound]:
    """Return backchannels of five synthetic voices, coughs, knocks and a rub."""
    said = [_flite(text, voice) for text in BACKCHANNELS for voice in VOICES]
    synthesizer = choose_synthesizer(None).engine
    said += [Sound(text, _began(clip)) for text in BACKCHANNELS for clip in synthesizer.speak(text)]
    coughs = [Sound("cough", at_level(_cough(seed), -20.0)) for seed in range(19)]
    noise = shared / "noise"
    knocks = [Sound(name, read_audio(noise / f"{name}.wav").between(0, 1.2))
              for name in ("laptop-tap", "phone-rub")]  # fmt: skip
    return [*said, *coughs, *(Sound(k.name, at_level(k.clip, level))
                              for k in knocks for level in (-20.0, -26.0, -32.0))]  # fmt: skip


def _flite(text: str, voice: str) -> Sound:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "said.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True)
        return Sound(text, _began(read_audio(path)))


def _began(clip: Clip) -> Clip:
    clip = resample(clip)
    spans = voice_spans(clip)
    return at_level(clip.between(spans[0].start_s, spans[-1].end_s) if spans else clip)


def _cough(seed: int) -> Clip:
    """Return a cough: a burst, a breathy tail, a second burst, formed like a throat.

    Burst of 30 to 60 ms, noise that dies away over 0.2 s (Korpas 1996, "Analysis of the cough
    sound": explosive, intermediate and voiced phase of 0.3 to 0.4 s in all).
    """
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(0.35 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    fall = np.exp(-time_s / rng.uniform(0.04, 0.1)) + 0.3 * np.exp(-np.square(time_s - 0.25) / 2e-3)
    throat = np.exp(-np.arange(80) / 12) * np.cos(np.arange(80) * rng.uniform(0.2, 0.6))
    sound = np.convolve(rng.normal(0, 1, len(time_s)), throat, "same") * fall
    return Clip((sound / np.max(np.abs(sound)) * 20_000).astype(np.int16))
