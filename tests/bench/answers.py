"""Interview answers with known ends: people of the shared data, and rendered ones with pauses."""

import hashlib
import json
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from tests.need import ROOT
from voice.audio.clip import (
    SAMPLE_RATE_HZ,
    Clip,
    Samples,
    join,
    level_dbfs,
    resample,
    silence,
    write_wav,
)
from voice.audio.reading import read_audio
from voice.audio.spans import voice_spans
from voice.speech.engines import choose_synthesizer
from voice.speech.protocols import Synthesizer
from voice.turns.pauses import SPREAD, TYPICAL_S

TEXTS = Path(__file__).with_name("answers.txt")
"""Twenty-four answers; ~ after a comma is a place where the person would stop to think."""
PIPER = "piper:en_US-joe-medium"
VOICES = ("slt", "rms", "kal16", "awb", PIPER, f"{PIPER}+high")
"""Even ones speak the texts of the tuning half, odd ones those of the other half."""
LONGEST_PAUSE_S = 3.0
COMMA_SHARE = 0.4
"""So many commas get a pause; ends of sentences and thinking places always do."""
THOUGHT_SHARE = 0.7
"""So many answers have their longest pauses where the person stops to think."""
ROOM_TONE_S = 6.0
FAINTEST_TONE_DBFS = -72.0
"""The room tone behind a file that is digitally silent somewhere."""
REAL_S = 6.0
"""A recording of a person at least this long is a monologue."""


@dataclass(frozen=True)
class Answer:
    """One answer, followed by room tone."""

    name: str
    clip: Clip
    end_s: float
    """Where the person really ends."""
    text: str
    """What is said, "" where it is not known."""
    part: str
    """"tuning", "other" or "people"."""


def from_manifest(path: Path) -> Iterator[Answer]:
    """Yield the answers of a JSON-lines manifest; audio paths are relative to it or absolute."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            given = json.loads(line)
            audio = path.parent / given["audio"]
            clip = read_audio(audio)
            end_s = float(given["end_s"])
            yield Answer(audio.name, with_tone(clip), end_s, given.get("text") or "", "manifest")


def people(shared: Path) -> Iterator[Answer]:
    """Yield the monologues of the shared speech, to the last word or else the last voice."""
    known = shared / "speech" / "spontaneous" / "words.json"
    words = json.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
    for folder in ("spontaneous", "casual", "read"):
        for path in sorted((shared / "speech" / folder).glob("*.wav")):
            clip = read_audio(path)
            if clip.duration_s >= REAL_S:
                said = words.get(path.stem, {}).get("words")
                end_s = said[-1]["end"] if said else voice_spans(clip)[-1].end_s
                yield Answer(path.stem, with_tone(clip), end_s, "", "people")


def rendered(cache: Path) -> Iterator[Answer]:
    """Yield every text in two voices; what was rendered once is taken from the cache."""
    texts = [part for part in TEXTS.read_text(encoding="utf-8").split("\n") if part.strip()]
    flite = shutil.which("flite") is not None
    for number, text in enumerate(texts):
        half = number % 2
        voices = [VOICES[half + 2 * ((number // 2 + turn) % 3)] for turn in range(2)]
        for voice in voices if flite else VOICES[4:]:
            clip = _cached(cache, number, text, voice)
            said = re.sub(r"[~\s]+", " ", text).strip()
            name = f"{number:02} {voice}"
            yield Answer(name, with_tone(clip), clip.duration_s, said, ("tuning", "other")[half])


def with_tone(clip: Clip) -> Clip:
    """Return the clip with ROOM_TONE_S of faint noise at its own floor behind it."""
    hop = SAMPLE_RATE_HZ // 50
    hops = [level_dbfs(clip.samples[at : at + hop]) for at in range(0, len(clip.samples), hop)]
    floor_dbfs = max(FAINTEST_TONE_DBFS, float(np.percentile(hops, 3)))
    seed = int.from_bytes(hashlib.sha256(clip.samples.tobytes()).digest()[:4], "big")
    tone = room_tone(round(ROOM_TONE_S * SAMPLE_RATE_HZ), floor_dbfs, seed)
    return join([clip, Clip(tone)])


def room_tone(length: int, level: float, seed: int) -> Samples:
    """Return so many samples of noise with more low than high, at a level in dBFS."""
    white = np.random.default_rng(seed).standard_normal(length + 8)
    soft = np.convolve(white, np.ones(8) / 8, "same")[:length]
    scaled = soft / soft.std() * 32768 * 10 ** (level / 20)
    tone: Samples = np.clip(np.rint(scaled), -32768, 32767).astype(np.int16)
    return tone


def _cached(cache: Path, number: int, text: str, voice: str) -> Clip:
    key = hashlib.sha256(f"{number} {text} {voice} 1".encode()).hexdigest()[:16]
    path = cache / f"answer-{key}.wav"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        write_wav(path, _render(number, text, voice))
    return read_audio(path)


def _render(number: int, text: str, voice: str) -> Clip:
    """Return the answer with its pauses, in a faintly noisy room.

    Every second one is made clause by clause (each ends like a sentence), the others sentence by
    sentence, with pauses opened inside at commas.
    """
    dice = random.Random(f"{number} {voice}")
    sites = re.findall(r"[^.,?!]+[.,?!]+(?:\s*~)?", text)
    pauses = _pauses(sites, dice)
    apart = dice.random() < 0.5 or voice.startswith(PIPER)
    pieces = _clauses(sites, voice) if apart else _sentences(sites, voice)
    parts = [part for both in zip(pieces, map(silence, pauses), strict=True) for part in both][:-1]
    said = join(parts)
    loudness_db = -24.0 - level_dbfs(said.samples)
    noise = room_tone(len(said.samples), dice.uniform(-66.0, -54.0), number)
    mixed = said.samples * 10 ** (loudness_db / 20) + noise
    return Clip(np.clip(np.rint(mixed), -32768, 32767).astype(np.int16))


def _pauses(sites: list[str], dice: random.Random) -> list[float]:
    """Return the pause in seconds after each site, drawn from those of real interviews."""
    planted = [not s.endswith(",") or dice.random() < COMMA_SHARE for s in sites]
    drawn = [
        min(LONGEST_PAUSE_S, TYPICAL_S * float(np.exp(SPREAD * dice.gauss(0, 1)))) if each else 0.05
        for each in planted
    ]
    if dice.random() < THOUGHT_SHARE:
        for at in (at for at, site in enumerate(sites) if site.endswith("~")):
            longest = max(range(len(drawn)), key=drawn.__getitem__)
            if not sites[longest].endswith("~"):
                drawn[at], drawn[longest] = drawn[longest], drawn[at]
    return drawn


def _clauses(sites: list[str], voice: str) -> list[Clip]:
    return [_trimmed(_speak(site.rstrip(" ~"), voice)[0]) for site in sites]


def _sentences(sites: list[str], voice: str) -> list[Clip]:
    """Return the clauses cut out of whole sentences; alone where flite joined them."""
    pieces: list[Clip] = []
    sentence: list[str] = []
    for site in sites:
        sentence.append(site)
        if site[-1] in ".?!":
            clip, rests = _speak(" ".join(s.rstrip(" ~") for s in sentence), voice)
            if len(rests) == len(sentence) + 1:
                pairs = pairwise(rests)
                pieces += [clip.between(before[1], after[0]) for before, after in pairs]
            else:
                pieces += _clauses(sentence, voice)
            sentence = []
    return pieces


def _speak(text: str, voice: str) -> tuple[Clip, list[tuple[float, float]]]:
    """Return the sound and, from flite, start and end of every rest in seconds."""
    if voice.startswith(PIPER):
        return join([resample(clip) for clip in _piper(voice).speak(text)]), []
    return flite_with_rests(text, voice)


@cache
def _piper(voice: str) -> Synthesizer:
    return choose_synthesizer(voice).engine


def flite_with_rests(text: str, voice: str) -> tuple[Clip, list[tuple[float, float]]]:
    """Return flite's sound, and start and end of every rest in it in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "-psdur", "-t", text, "-o", str(path)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        clip = read_audio(path)
    rests, before_s = [], 0.0
    for phone, end in re.findall(r"(\S+):([\d.]+)", told):
        if phone == "pau":
            rests.append((before_s, float(end)))
        before_s = float(end)
    return clip, rests


def _trimmed(clip: Clip) -> Clip:
    """Return the clip from its first to its last sound."""
    hop = SAMPLE_RATE_HZ // 100
    hops = [level_dbfs(clip.samples[at : at + hop]) for at in range(0, len(clip.samples), hop)]
    loud = [at for at, level in enumerate(hops) if level > max(hops) - 40.0]
    return Clip(clip.samples[loud[0] * hop : (loud[-1] + 1) * hop])


def shared_folder() -> Path:
    """Return the folder of real recordings beside the project, which need not exist."""
    import os

    return Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared"))
