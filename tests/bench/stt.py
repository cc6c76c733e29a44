"""Measure the recognizer: words wrong, filled pauses kept, numbers torn, passes, processor time.

`python -m tests.bench.stt [--model base …] [--json] [FOLDER …]`. Each model hears people reading,
talking freely and chatting (the shared data folder) and the demo's candidate, as `analyze` hears a
recording, beside the plain baseline: faster-whisper as it comes. A FOLDER holds FLAC or WAV files,
each with a .txt of what is said; it takes the place of the others.
"""

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.analysis.recognition import transcribe
from tests.bench.wer import edits, normalized
from tests.need import ROOT
from voice.audio.clip import Clip
from voice.audio.reading import read_audio
from voice.speech.models.catalog import Kind
from voice.speech.models.store import find
from voice.speech.transcript import text_of
from voice.speech.whisper import WhisperRecognizer

_TORN = re.compile(r"\d [,.%]|\d[,.] \d")
"""A number with a space inside, such as "50 ,000"."""
_OPEN_ENDED = "conversational_a"
"""Its text stops before its sound does: what is heard after the text is not counted."""


@dataclass(frozen=True)
class Spoken:
    """A recording and what is said in it."""

    name: str
    clip: Clip
    text: str


Hear = Callable[[Clip], str]


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


def measure(hear: Hear, model: Any, spoken: list[Spoken]) -> dict[str, float]:
    """Recognize the clips and compare."""
    found: Counter[str] = Counter()
    encode = type(model).encode

    def counted(features: object) -> object:
        found["passes"] += 1  # each costs as much as 30 s of sound
        return encode(model, features)

    model.encode = counted
    began_s = time.process_time()
    for said in spoken:
        text = hear(said.clip)
        reference, hypothesis = normalized(said.text), normalized(text)
        found["errors"] += errors_in(said, reference, hypothesis)
        found["words"] += len(reference)
        found["torn_numbers"] += len(_TORN.findall(text))
        for filler in ("um", "uh"):
            known, heard = reference.count(filler), hypothesis.count(filler)
            found["fillers_said"] += known
            found["fillers_heard"] += min(known, heard)
            found["fillers_false"] += max(0, heard - known)
    took_s = time.process_time() - began_s
    return dict(found) | {
        "word_error_rate": found["errors"] / max(1, found["words"]),
        "processor_share": took_s / sum(said.clip.duration_s for said in spoken),
    }


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


def rows(name: str, speeches: dict[str, list[Spoken]]) -> Iterator[dict[str, Any]]:
    """Yield the figures of a model, as it comes and as the product uses it."""
    from faster_whisper import WhisperModel

    path = find(Kind.WHISPER, name)
    if path is None:
        raise SystemExit(f"whisper:{name} is not there; run: rehearse setup whisper:{name}")
    alone = WhisperModel(str(path), device="cpu", compute_type="int8", local_files_only=True)
    recognizer = WhisperRecognizer(path, name)
    for speech, spoken in speeches.items():
        figures = measure(plain(alone), alone, spoken)
        yield {"speech": speech, "recognizer": f"{name}, plain"} | figures
        figures = measure(product(recognizer), recognizer._model, spoken)
        yield {"speech": speech, "recognizer": name} | figures


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", nargs="+", default=["base", "tiny.en"])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    shared = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
    usual = [shared / "read", shared / "spontaneous", shared / "casual", ROOT / "recordings/demo"]
    there = [path for path in args.folders or usual if path.is_dir()]
    speeches = {path.name: folder(path) for path in there}
    found = [row for name in args.model for row in rows(name, speeches)]
    if args.json:
        print(json.dumps({"rows": found}))
        return
    print("speech       recognizer       words     WER  um, uh false torn passes   cpu")
    for row in found:
        print(
            f"{row['speech']:12} {row['recognizer']:16} {row['words']:5}"
            f" {row['word_error_rate']:7.1%} {row['fillers_heard']:3}/{row['fillers_said']:<3}"
            f" {row['fillers_false']:5} {row['torn_numbers']:4} {row['passes']:6}"
            f" {row['processor_share']:5.2f}"
        )


if __name__ == "__main__":
    main()
