"""Pauses, words a minute and phonation on rendered answers with planted silences, clean and noisy.

Flite speaks the answers of tests/bench/answers.txt in pieces of 4 to 12 words, half of
them cut inside a clause; between the pieces lie zeros as long as the pauses of real interviews
(voice/turns/pauses.py), 0.25 s and more. The truth is the zeros and the rests that the voices make
themselves at commas, by flite's own phone times.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.analysis import Span, SpokenWord
from agent.analysis.measures.pacing import PAUSE_S, pacing_of, phrases_of
from tests.bench.answers import TEXTS, flite_with_rests, shared_folder
from tests.bench.table import arguments, show
from voice.audio.clip import SAMPLE_RATE_HZ, Clip
from voice.audio.reading import read_audio
from voice.audio.spans import voice_spans
from voice.turns.pauses import SPREAD, TYPICAL_S

DEVELOPED_ON = ("rms", "kal16")
"""Voices and even texts that voice/audio/spans.py was developed on."""
REPORTED_ON = ("slt", "awb")
"""Voices and odd texts for the figures only."""
TEXTS_A_VOICE = 4
NEAR_S = 0.06
"""Both edges of a found pause lie this near to the true ones."""
LONGEST_S = 3.0
PIECE_WORDS = (4, 12)
SNR_DB = (None, 20.0, 10.0)
_RAMP = 64

Rests = list[tuple[float, float]]
Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Planted:
    """One answer and what is true about it."""

    clip: Clip
    """The sound without noise."""
    pauses: tuple[tuple[float, float], ...]
    """Start and end in seconds of every silence of PAUSE_S and more."""
    words: int
    start_s: float
    """Where the first word starts."""
    end_s: float
    """Where the last word ends."""

    @property
    def phonation_s(self) -> float:
        """Seconds of voice."""
        return self.end_s - self.start_s - sum(end - start for start, end in self.pauses)


@dataclass
class Count:
    """What was found in some answers."""

    true: int = 0
    found: int = 0
    right: int = 0
    wpm_off: float = 0.0
    phonation_off: float = 0.0


def answers(voices: Sequence[str], part: int) -> Iterator[Planted]:
    """Yield TEXTS_A_VOICE answers of each voice; part 0 takes even texts, 1 odd ones."""
    texts = [text for text in TEXTS.read_text("utf-8").split("\n") if text.strip()][part::2]
    for turn, voice in enumerate(voices):
        for number in range(TEXTS_A_VOICE):
            at = (turn * TEXTS_A_VOICE + number) % len(texts)
            yield rendered(texts[at], voice, f"{voice} {2 * at + part}")


def rendered(text: str, voice: str, name: str) -> Planted:
    """Return one text said by one voice with its planted silences."""
    random = np.random.default_rng(sum(name.encode()))
    words = re.sub(r"[~\s]+", " ", text).split()
    parts = [np.zeros(SAMPLE_RATE_HZ // 2)]
    edges: list[float] = []
    silences: Rests = []
    at = 0
    while at < len(words):
        length = int(random.integers(*PIECE_WORDS))
        now_s = sum(map(len, parts)) / SAMPLE_RATE_HZ
        sound, rests = _said(" ".join(words[at : at + length]), voice)
        silences += [(now_s + start, now_s + end) for start, end in rests]
        edges += [now_s, now_s + len(sound) / SAMPLE_RATE_HZ]
        parts += [sound, np.zeros(round(_pause_s(random) * SAMPLE_RATE_HZ))]
        at += length
    silences += [(end, start) for end, start in zip(edges[1::2], edges[2::2], strict=False)]
    pauses = tuple(sorted((a, b) for a, b in silences if b - a >= PAUSE_S - 1e-6))
    clip = Clip(np.concatenate(parts).astype(np.int16))
    return Planted(clip, pauses, len(words), edges[0], edges[-1])


def _pause_s(random: np.random.Generator) -> float:
    while True:
        drawn = TYPICAL_S * float(np.exp(SPREAD * random.normal()))
        if PAUSE_S <= drawn <= LONGEST_S:
            return drawn


def _said(text: str, voice: str) -> tuple[Sound, Rests]:
    """Return a piece from its first to its last sound, and the rests inside."""
    clip, rests = flite_with_rests(text, voice)
    start_s, end_s = rests[0][1], rests[-1][0]
    sound = clip.between(start_s, end_s).samples.astype(np.float64)
    ramp = np.minimum(1, (np.arange(len(sound)) + 1) / _RAMP)
    return sound * ramp * ramp[::-1], [(a - start_s, b - start_s) for a, b in rests[1:-1]]


def in_noise(planted: Planted, noise: Sound, snr_db: float | None) -> Clip:
    """Return the answer in noise, the ratio that of its voice to the noise."""
    if snr_db is None:
        return planted.clip
    said = planted.clip.samples.astype(np.float64)
    power = np.sum(np.square(said)) / (planted.phonation_s * SAMPLE_RATE_HZ)
    loop = np.resize(noise, len(said))
    mixed = said + loop * np.sqrt(power / 10 ** (snr_db / 10) / np.mean(np.square(loop)))
    return Clip(np.clip(np.rint(mixed), -32768, 32767).astype(np.int16))


def measure(planted: Planted, clip: Clip, count: Count) -> None:
    """Add what is found in one answer to the count."""
    voice = [Span(start_s=one.start_s, end_s=one.end_s) for one in voice_spans(clip)]
    word = SpokenWord(text="so", start_s=0.0, end_s=0.0)
    said = [word] * planted.words
    pacing = pacing_of(said, phrases_of(voice, said, Span(start_s=0.0, end_s=clip.duration_s)))
    found = [(pause.start_s, pause.end_s) for pause in pacing.pauses]
    for start, end in planted.pauses:
        off = (max(abs(a - start), abs(b - end)) for a, b in found)
        count.right += min(off, default=1.0) <= NEAR_S
    count.true += len(planted.pauses)
    count.found += len(found)
    wpm = 60 * planted.words / (planted.end_s - planted.start_s)
    count.wpm_off = max(count.wpm_off, abs((pacing.speech_rate_wpm or 0) / wpm - 1))
    off = abs(pacing.phonation_s / planted.phonation_s - 1)
    count.phonation_off = max(count.phonation_off, off)


def noises() -> dict[str, list[Sound]]:
    """Return white noise, and recorded rooms where the shared data is there; used in turn."""
    found = {"white": [np.random.default_rng(5).normal(size=20 * SAMPLE_RATE_HZ)]}
    paths = [shared_folder() / f"speech/noise/noise{n}.wav" for n in (1, 2, 3)]
    if all(path.is_file() for path in paths):
        found["room"] = [read_audio(path).samples.astype(np.float64) for path in paths]
    return found


def rows_of(name: str, spoken: list[Planted]) -> list[dict[str, Any]]:
    """Return the rows of one half of the data."""
    rows = []
    for snr_db in SNR_DB:
        for noise, sounds in noises().items():
            if snr_db is None and noise != "white":
                continue
            count = Count()
            for planted, sound in zip(spoken, itertools.cycle(sounds), strict=False):
                measure(planted, in_noise(planted, sound, snr_db), count)
            where = "clean" if snr_db is None else f"{noise} {snr_db:.0f} dB"
            goal = {None: "97 %", 20.0: "92 %"}.get(snr_db, "")
            figures = {
                f"pauses found of {count.true}": (count.right / max(1, count.true), goal),
                f"found pauses right of {count.found}": (count.right / max(1, count.found), goal),
                "words a minute off at most": (count.wpm_off, "" if snr_db else "1 %"),
                "phonation off at most": (count.phonation_off, "" if snr_db else "3 %"),
            }
            rows += [
                {"figure": f"{name}, {where}: {what}", "value": f"{value:.1%}", "goal": goal}
                for what, (value, goal) in figures.items()
            ]
    return rows


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    rows = rows_of("developed", list(answers(DEVELOPED_ON, 0)))
    rows += rows_of("reported", list(answers(REPORTED_ON, 1)))
    show(rows, args.json)


if __name__ == "__main__":
    main()
