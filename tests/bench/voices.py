"""The variants of one Piper voice: how far apart in pitch, how well heard, how fast.

Each says the questions of the two briefs (first 20 sentences) and ten sentences that others wrote
(the transcripts of the shared recordings). Pitch is the median over all voiced frames, found in
the sound before it is played faster or slower, so that the lowest pitch that the tracker looks for
cuts all variants alike. Whisper base tells how well it is heard; the tempo is in words a minute,
pauses included.

    python tests/bench/voices.py [--voice NAME] [--json]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief.read import read_brief  # noqa: E402
from agent.measures.pitch import pitch_track  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.bench.wer import edits, normalized  # noqa: E402
from tests.need import need_models, shared  # noqa: E402
from voice.audio import Clip, join, resample  # noqa: E402
from voice.engines import choose_synthesizer  # noqa: E402
from voice.stt_whisper import WhisperRecognizer  # noqa: E402
from voice.spoken import sentences  # noqa: E402
from voice.tts_piper import VARIANTS, PiperSynthesizer  # noqa: E402

OURS, THEIRS = 20, 10
"""Sentences of the briefs, and of the shared transcripts."""
APART_SEMITONES = 2.5
"""Neighbors in pitch are at least so far apart."""
TEMPO_SHARE = 0.1
"""No variant is faster or slower than the plain voice by more than this."""


@dataclass(frozen=True)
class Measured:
    """One variant."""

    hz: float
    """Median pitch."""
    error_rate: float
    """Word edits of Whisper base a word said."""
    words_a_minute: float
    """Tempo."""


def texts() -> list[str]:
    """Return the sentences to say."""
    ours = [
        sentence
        for brief in ("ward-nurse.md", "ml-systems-fellow.md")
        for question in read_brief(str(ROOT / "briefs" / brief)).questions
        for sentence in sentences(question.text)
    ]
    read = sorted(shared("speech/read").glob("*.txt"))
    theirs = [path.read_text(encoding="utf-8").strip() for path in read]
    return ours[:OURS] + theirs[:THEIRS]


def measured(
    synthesizer: PiperSynthesizer, rate: float, recognizer: WhisperRecognizer, said: list[str]
) -> Measured:
    """Let a voice say the sentences; `rate` is the variant's."""
    made = [list(synthesizer.speak(text)) for text in said]
    clips = [join([resample(clip) for clip in parts]) for parts in made]
    words = sum(len(normalized(text)) for text in said)
    wrong = sum(
        edits(normalized(text), normalized(heard(recognizer, clip)))
        for text, clip in zip(said, clips, strict=True)
    )
    tracks = [
        pitch_track(Clip(clip.samples, round(clip.rate_hz / rate))).hz
        for parts in made
        for clip in parts
    ]
    hz = np.concatenate([track[track > 0] for track in tracks])
    minutes = sum(clip.duration_s for clip in clips) / 60
    return Measured(float(np.median(hz)) * rate, wrong / words, words / minutes)


def heard(recognizer: WhisperRecognizer, clip: Clip) -> str:
    """Return what the recognizer makes of a clip."""
    return " ".join(word.text for word in recognizer.transcribe(clip))


def rows_of(found: dict[str, Measured]) -> list[dict[str, str]]:
    """Return the figures, lowest voice first."""
    plain = found[""]
    rows = []
    below: Measured | None = None
    for variant, one in sorted(found.items(), key=lambda item: item[1].hz):
        name = f"+{variant}" if variant else "plain"
        rows.append({"figure": f"{name}: pitch", "value": f"{one.hz:.0f} Hz", "goal": ""})
        if below is not None:
            apart = f"{12 * np.log2(one.hz / below.hz):.1f} st"
            goal = f"{APART_SEMITONES} st"
            rows.append({"figure": f"{name}: above the next lower", "value": apart, "goal": goal})
        rate = f"{one.error_rate:.1%}"
        goal = f"{plain.error_rate:.1%}" if variant else ""
        rows.append({"figure": f"{name}: words misheard by base", "value": rate, "goal": goal})
        tempo, share = one.words_a_minute, one.words_a_minute / plain.words_a_minute - 1
        value = f"{tempo:.0f}/min" + (f" {share:+.0%}" if variant else "")
        goal = f"±{TEMPO_SHARE:.0%}" if variant else ""
        rows.append({"figure": f"{name}: tempo", "value": value, "goal": goal})
        below = one
    return rows


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--voice", default="en_US-joe-medium", help="a Piper voice")
    args = parser.parse_args()
    recognizer = WhisperRecognizer(need_models("whisper/base") / "whisper" / "base", "base", ())
    synthesizer = choose_synthesizer(f"piper:{args.voice}").engine
    assert isinstance(synthesizer, PiperSynthesizer)
    said = texts()
    found = {
        name: measured(
            synthesizer.speaking_as(synthesizer.speaker, name), variant.rate, recognizer, said
        )
        for name, variant in VARIANTS.items()
    }
    show(rows_of(found), args.json)


if __name__ == "__main__":
    main()
