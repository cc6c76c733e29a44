"""Filled pauses found in the sound alone: rendered answers, real ones, and read speech without.

An event counts as found where it covers half of a planted one or has its middle inside it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from agent.analysis import Span, SpokenWord  # noqa: E402
from agent.measures.fillers import fillers_of  # noqa: E402
from agent.measures.pitch import Pitch, pitch_track  # noqa: E402
from agent.measures.sound_fillers import sound_fillers, weighed  # noqa: E402
from tests.bench.planted_fillers import (  # noqa: E402
    DEVELOPED_ON,
    REPORTED_ON,
    Planted,
    blurred,
    render,
)
from tests.bench.table import arguments, show  # noqa: E402
from voice.audio import Clip, read_audio  # noqa: E402
from voice.spans import voice_spans  # noqa: E402
from voice.stt_sphinx import SphinxEars  # noqa: E402
from voice.transcript import Word  # noqa: E402

SHARED = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
SENTENCES = Path(__file__).with_name("filler_sentences.txt")
BLURS = 5
"""Blurred word times per answer."""
RIDGE = 5.0
"""How strongly the fit keeps its standardized weights small."""

Timed = TypeVar("Timed", bound=Span)
Case = tuple[Planted, list[SpokenWord], list[Span], Pitch]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted anew")
    args = parser.parse_args()
    developed = list(rendered(0, DEVELOPED_ON))
    if args.fit:
        weights, bias = fitted([*cases(developed, blurs=0)] * 2 + [*cases(developed, BLURS)])
        print(json.dumps({"weights": np.round(weights, 2).tolist(), "bias": round(bias, 2)}))
        return
    rows: list[dict[str, Any]] = []
    reported = list(rendered(1, REPORTED_ON))
    for name, goal, planted in (
        ("developed on", "", developed),
        ("other voices", ".75", reported),
        ("real", "", list(spontaneous())),
    ):
        rows.append(row(f"{name}, true times", "", cases(planted, blurs=0)))
        rows.append(row(f"{name}, blurred", goal, cases(planted, BLURS)))
    rows += [read_speech(), hour(next(cases(reported, blurs=0)))]
    show([each for each in rows if each["value"] != "no data"], args.json)


def rendered(half: int, voices: Iterable[str]) -> Iterator[Planted]:
    """Yield the sentences of one half of the file by every voice."""
    part = SENTENCES.read_text(encoding="utf-8").split("-----\n")[half]
    sentences = [line for line in part.splitlines() if line and not line.startswith("#")]
    for at, voice in enumerate(voices):
        for number, sentence in enumerate(sentences):
            yield render(sentence, voice, 100 * at + number)


def spontaneous() -> Iterator[Planted]:
    """Yield the recordings of ../shared/speech/spontaneous; nothing where they are absent."""
    labels = SHARED / "spontaneous" / "words.json"
    if not labels.exists():
        return
    for name, recording in json.loads(labels.read_text()).items():
        words = [w for w in recording["words"] if w["end"] - w["start"] > 0.02]
        yield Planted(
            name,
            read_audio(SHARED / recording["audio"]),
            [Word(w["word"], w["start"], w["end"]) for w in words if not w["filler"]],
            [(w["start"], w["end"]) for w in words if w["filler"]],
        )


def cases(planted: Iterable[Planted], blurs: int) -> Iterator[Case]:
    """Yield every answer with its true word times, or with blurred ones `blurs` times."""
    for number, one in enumerate(planted):
        pitch = pitch_track(one.clip)
        voice = [Span(start_s=s.start_s, end_s=s.end_s) for s in voice_spans(one.clip)]
        times = [blurred(one, 100 * number + seed) for seed in range(blurs)] or [one.words]
        for words in times:
            spoken = [SpokenWord(start_s=w.start_s, end_s=w.end_s, text=w.text) for w in words]
            yield one, spoken, voice, pitch


def is_hit(start_s: float, end_s: float, filler: tuple[float, float]) -> bool:
    """Return whether an event covers half of the filler or has its middle inside it."""
    shared_s = min(end_s, filler[1]) - max(start_s, filler[0])
    middle_s = (start_s + end_s) / 2
    return shared_s >= (filler[1] - filler[0]) / 2 or filler[0] <= middle_s <= filler[1]


def row(name: str, goal: str, measured: Iterable[Case]) -> dict[str, Any]:
    """Return precision, recall and F1 over the cases, every filler found once at most."""
    planted = found = hits = 0
    for one, words, voice, pitch in measured:
        events = sound_fillers(one.clip, words, voice, pitch)
        left = list(one.fillers)
        planted, found = planted + len(left), found + len(events)
        for event in events:
            match = next((f for f in left if is_hit(event.start_s, event.end_s, f)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    if not planted:
        return {"figure": name, "value": "no data", "goal": ""}
    precision, recall = hits / max(1, found), hits / planted
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "figure": f"{name}: F1 (P {precision:.2f}, R {recall:.2f}, n {planted})",
        "value": f"{f1:.2f}",
        "goal": goal,
    }


def read_speech() -> dict[str, Any]:
    """Return how many are found where there are none: people reading, PocketSphinx's words."""
    ears, found, seconds = SphinxEars(), 0, 0.0
    for path in sorted((SHARED / "read").glob("*.wav")):
        clip = read_audio(path)
        _, words = fillers_of(
            [
                SpokenWord(start_s=w.start_s, end_s=w.end_s, text=w.text)
                for w in ears.transcribe(clip)
            ],
            clip.duration_s,
        )
        voice = [Span(start_s=s.start_s, end_s=s.end_s) for s in voice_spans(clip)]
        found += len(sound_fillers(clip, words, voice))
        seconds += clip.duration_s
    if not seconds:
        return {"figure": "read by people", "value": "no data", "goal": ""}
    return {
        "figure": f"false ones in {seconds:.0f} s read by people",
        "value": str(found),
        "goal": "",
    }


def hour(case: Case) -> dict[str, Any]:
    """Return the processor time for pitch and sound fillers of an hour."""
    one, words, voice, _ = case
    length_s = one.clip.duration_s
    turns = round(3600 / length_s)
    clip = Clip(np.tile(one.clip.samples, turns))
    busy = time.process_time()
    sound_fillers(clip, later(words, turns, length_s), later(voice, turns, length_s))
    busy = time.process_time() - busy
    return {"figure": "an hour of sound: processor time", "value": f"{busy:.1f} s", "goal": "10 s"}


def later(spans: list[Timed], turns: int, length_s: float) -> list[Timed]:
    """Return the spans repeated, each time `length_s` later."""
    return [
        span.model_copy(
            update={"start_s": span.start_s + at * length_s, "end_s": span.end_s + at * length_s}
        )
        for at in range(turns)
        for span in spans
    ]


def fitted(measured: Iterable[Case]) -> tuple[Any, float]:
    """Return weights and bias of a ridge logistic regression, by Newton's method."""
    rows = [
        (figures, any(is_hit(vowel.start_s, vowel.end_s, f) for f in one.fillers))
        for one, words, voice, pitch in measured
        for vowel, figures, _ in weighed(one.clip, words, voice, pitch)
    ]
    figures, truth = np.array([f for f, _ in rows]), np.array([t for _, t in rows], float)
    mean, spread = figures.mean(axis=0), figures.std(axis=0)
    scaled = np.c_[(figures - mean) / spread, np.ones(len(figures))]
    ridge = RIDGE * np.eye(scaled.shape[1])
    ridge[-1, -1] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (guess - truth) + ridge @ weights
        curve = (scaled * (guess * (1 - guess))[:, None]).T @ scaled + ridge
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ mean)


if __name__ == "__main__":
    main()
