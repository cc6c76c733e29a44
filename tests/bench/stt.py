"""Measure the recognizer: words wrong, filled pauses kept, numbers torn, passes, processor time.

`python -m tests.bench.stt [--model base …] [--json] [FOLDER …]`. Each model hears people reading,
talking freely and chatting (the shared data folder) and the demo's candidate, as `analyze` hears a
recording, beside the plain baseline: faster-whisper as it comes. A FOLDER holds FLAC or WAV files,
each with a .txt of what is said; it takes the place of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.after.recognition import transcribe
from tests.bench.wer import edits, normalized
from tests.need import ROOT
from voice.audio import Clip, read_audio
from voice.models.store import find_whisper
from voice.stt_whisper import WhisperRecognizer
from voice.transcript import text_of

_FILLERS = ("um", "uh")
_TORN = re.compile(r"\d [,.%]|\d[,.] \d")
_OPEN_ENDED = "conversational_a"
"""Its text stops before its sound does: what is heard after the text is not counted."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    speech: str
    """Which recordings."""
    recognizer: str
    """Which model, and whether as the product or as it comes."""
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
    torn_numbers: int
    """Numbers with a space inside, such as "50 ,000"."""
    passes: int
    """Calls of the encoder, each of which costs as much as 30 s of sound."""
    processor_share: float
    """Seconds of processor time per second of sound."""


@dataclass(frozen=True)
class Spoken:
    """A recording and what is said in it."""

    name: str
    clip: Clip
    text: str


Hear = Callable[[Clip], str]
Listener = tuple[Hear, Any]
"""How it hears, and the model whose passes are counted."""


def folder(path: Path) -> list[Spoken]:
    """Return the clips of a folder with their texts."""
    if (listed := path / "candidate.json").is_file():
        clips = json.loads(listed.read_text())["clips"]
        return [Spoken(name, read_audio(path / name), clip["text"]) for name, clip in clips.items()]
    return [
        Spoken(sound.stem, read_audio(sound), text.read_text())
        for text in sorted(path.glob("*.txt"))
        for sound in (text.with_suffix(".flac"), text.with_suffix(".wav"))
        if sound.is_file()
    ]


def errors_in(said: Spoken, reference: list[str], hypothesis: list[str]) -> int:
    """Return the word edits of one recording."""
    if said.name != _OPEN_ENDED:
        return edits(reference, hypothesis)
    return min(edits(reference, hypothesis[:end]) for end in range(len(hypothesis) + 1))


def measure(listener: Listener, label: str, speech: tuple[str, list[Spoken]]) -> Row:
    """Recognize the clips and compare."""
    hear, model = listener
    errors = words = there = heard = false = torn = 0
    passes = _Passes(model)
    began_s = time.process_time()
    for said in speech[1]:
        text = hear(said.clip)
        reference, hypothesis = normalized(said.text), normalized(text)
        errors += errors_in(said, reference, hypothesis)
        words += len(reference)
        torn += len(_TORN.findall(text))
        for filler in _FILLERS:
            known, found = reference.count(filler), hypothesis.count(filler)
            there, heard = there + known, heard + min(known, found)
            false += max(0, found - known)
    took_s = time.process_time() - began_s
    share = took_s / sum(said.clip.duration_s for said in speech[1])
    rate = errors / max(1, words)
    return Row(speech[0], label, words, rate, there, heard, false, torn, passes.count, share)


class _Passes:
    """Count a model's calls of its encoder, from now on."""

    def __init__(self, model: Any) -> None:
        self.count = 0
        encode = type(model).encode

        def counted(features: object) -> object:
            self.count += 1
            return encode(model, features)

        model.encode = counted


def product(recognizer: WhisperRecognizer) -> Hear:
    """Return how `analyze` hears a recording."""
    return lambda clip: " ".join(text_of(words) for words in transcribe(clip, recognizer) if words)


def plain(model: Any) -> Hear:
    """Return how faster-whisper hears it, with nothing but the language and word times."""

    def hear(clip: Clip) -> str:
        sound = clip.samples.astype(np.float32) / 32768
        segments, _ = model.transcribe(sound, language="en", word_timestamps=True)
        return "".join(segment.text for segment in segments)

    return hear


def listeners(path: Path, name: str) -> dict[str, Listener]:
    """Return a model as it comes and as the product uses it."""
    from faster_whisper import WhisperModel

    alone = WhisperModel(str(path), device="cpu", compute_type="int8", local_files_only=True)
    recognizer = WhisperRecognizer(path, name)
    return {f"{name}, plain": (plain(alone), alone), name: (product(recognizer), recognizer._model)}


def _speeches(folders: list[Path]) -> Iterator[tuple[str, list[Spoken]]]:
    shared = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
    usual = [shared / "read", shared / "spontaneous", shared / "casual", ROOT / "recordings/demo"]
    for path in folders or usual:
        if path.is_dir():
            yield path.name, folder(path)


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", nargs="+", default=["base", "tiny.en"])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    speeches = list(_speeches(args.folders))
    rows = []
    for name in args.model:
        path = find_whisper(name)
        if path is None:
            raise SystemExit(f"whisper:{name} is not there; run: rehearse setup whisper:{name}")
        for label, listener in listeners(path, name).items():
            rows += [measure(listener, label, speech) for speech in speeches]
    if args.json:
        print(json.dumps({"rows": [asdict(row) for row in rows]}))
        return
    print(
        f"{'speech':12} {'recognizer':16} {'words':>5} {'WER':>7} {'um, uh':>7} {'false':>5}"
        f" {'torn':>4} {'passes':>6} {'cpu':>5}"
    )
    for row in rows:
        print(
            f"{row.speech:12} {row.recognizer:16} {row.words:5} {row.word_error_rate:7.1%}"
            f" {row.fillers_heard:3}/{row.fillers_said:<3} {row.fillers_false:5}"
            f" {row.torn_numbers:4} {row.passes:6} {row.processor_share:5.2f}"
        )


if __name__ == "__main__":
    main()
