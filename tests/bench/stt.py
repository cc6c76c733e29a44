"""Measure the ears: word error rate, filled pauses heard, share of real time.

`python -m tests.bench.stt [--json] [--whisper DIR] [FOLDER…]`. A FOLDER holds FLAC or WAV files,
each with a .txt of what is said, or a candidate.json as in recordings/demo. Without folders: the
demo's candidate and, where it is there, the read speech of the shared data folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.wer import edits, normalized
from tests.need import ROOT
from voice.audio import Clip, read_audio
from voice.stt import Ears
from voice.transcript import text_of

TERMS = (
    "rSocket", "GRPO", "DPO", "CUDA", "TimescaleDB", "Redis", "Ollama", "FastAPI", "Docker",
    "Kubernetes", "TRL", "VeRL", "OpenRLHF", "Intuit", "Apple", "Silicon", "Welch's",
)  # fmt: skip
"""What a brief would bring for SENTENCES."""
SENTENCES = (
    "Um, I joined the platform team in twenty nineteen, and uh, I owned the migration to rSocket.",
    "I wrote a small workbench that runs GRPO and DPO training on Apple Silicon and on CUDA.",
    "So, um, the hardest part was, uh, the memory. We ran out of memory twice a day.",
    "The platform uses FastAPI, TimescaleDB, Redis and Ollama, and everything runs in Docker.",
    "Could you repeat the question, please?",
    "Uh, let me think about that for a moment.",
    "Kubernetes was not the right choice for us, because the team was only four people.",
    "Um, we, uh, we benchmarked TRL, VeRL and OpenRLHF on the same cluster.",
    "I think the main trade off was between latency and cost.",
    "The latency stayed under twenty five milliseconds at the ninety ninth percentile.",
    "The nurse on the night shift called the doctor, and uh, the patient was moved.",
    "I used bootstrap confidence intervals and a Welch test to compare the models.",
)
"""Interview sentences with names and with filled pauses, spoken by flite."""
_FILLERS = ("um", "uh")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    speech: str
    """Which recordings."""
    ears: str
    """Which recognizer, told the terms or not."""
    words: int
    """Words that were said."""
    word_error_rate: float
    """Edits per word said."""
    fillers_said: int
    """um and uh in what was said."""
    fillers_heard: int
    """Of these, how many the recognizer has in the same clip."""
    fillers_false: int
    """um and uh that the recognizer has beyond those."""
    real_time_share: float
    """Seconds of recognition per second of sound."""


Speech = list[tuple[Clip, str]]


def folder(path: Path) -> Speech:
    """Return the clips of a folder with their texts."""
    if (listed := path / "candidate.json").is_file():
        clips = json.loads(listed.read_text())["clips"]
        return [(read_audio(path / name), clip["text"]) for name, clip in clips.items()]
    return [
        (read_audio(sound), text.read_text())
        for text in sorted(path.glob("*.txt"))
        for sound in (text.with_suffix(".flac"), text.with_suffix(".wav"))
        if sound.is_file()
    ]


def flite(voice: str) -> Speech:
    """Return SENTENCES spoken by one of flite's voices."""
    speech = []
    with tempfile.TemporaryDirectory() as scratch:
        for sentence in SENTENCES:
            track = Path(scratch) / "said.wav"
            subprocess.run(["flite", "-voice", voice, "-t", sentence, "-o", track], check=True)
            speech.append((read_audio(track), sentence))
    return speech


def measure(ears: Ears, label: str, name: str, speech: Speech) -> Row:
    """Recognize the clips and compare."""
    errors = words = said = heard = false = 0
    began_s = time.perf_counter()
    for clip, text in speech:
        reference, hypothesis = normalized(text), normalized(text_of(ears.transcribe(clip)))
        errors += edits(reference, hypothesis)
        words += len(reference)
        for filler in _FILLERS:
            there, found = reference.count(filler), hypothesis.count(filler)
            said, heard = said + there, heard + min(there, found)
            false += max(0, found - there)
    took_s = time.perf_counter() - began_s
    share = took_s / sum(clip.duration_s for clip, _ in speech)
    return Row(name, label, words, errors / max(1, words), said, heard, false, share)


def _speeches(folders: list[Path]) -> Iterator[tuple[str, Speech]]:
    shared = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech" / "read"
    for path in folders or [ROOT / "recordings" / "demo", shared]:
        if path.is_dir():
            yield path.name, folder(path)
    if shutil.which("flite") and not folders:
        yield from (("flite rms", flite("rms")), ("flite slt", flite("slt")))


def _ears(whisper: Path | None) -> list[tuple[str, Callable[[], Ears]]]:
    from voice.stt_sphinx import SphinxEars
    from voice.stt_whisper import WhisperEars

    made: list[tuple[str, Callable[[], Ears]]] = [
        ("pocketsphinx", SphinxEars),
        ("pocketsphinx, terms", lambda: SphinxEars(TERMS)),
    ]
    if whisper:
        made += [
            ("whisper", lambda: WhisperEars(whisper, whisper.name)),
            ("whisper, terms", lambda: WhisperEars(whisper, whisper.name, TERMS)),
        ]
    return made


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--whisper", type=Path, help="a Whisper model to measure too")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    speeches = list(_speeches(args.folders))
    rows = []
    for label, make in _ears(args.whisper):
        ears = make()
        rows += [measure(ears, label, name, speech) for name, speech in speeches]
    if args.json:
        print(json.dumps({"machine": platform.machine(), "rows": [asdict(row) for row in rows]}))
        return
    print(
        f"{'speech':12} {'ears':20} {'words':>5} {'WER':>7} {'um, uh':>7} {'false':>5} {'RTF':>6}"
    )
    for row in rows:
        print(
            f"{row.speech:12} {row.ears:20} {row.words:5} {row.word_error_rate:7.1%}"
            f" {row.fillers_heard:3}/{row.fillers_said:<3} {row.fillers_false:5}"
            f" {row.real_time_share:6.3f}"
        )


if __name__ == "__main__":
    main()
