"""Measure what telling the recognizer a brief's terms is worth, and what it costs.

`python -m tests.bench.terms [--model base] [--json]`. Terms are spoken in sentences by four voices
of Debian's flite; the recognizer is told none of them, the rare ones that fit (the product), or all
in the order of the brief. What it costs: errors on people who say none of the terms (shared data).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench import stt
from tests.bench.wer import edits, normalized
from tests.need import ROOT, need_program
from voice.audio import read_audio
from voice.models.store import find_whisper
from voice.stt_whisper import WhisperRecognizer
from voice.transcript import text_of

SENTENCES = (
    ("rSocket", "We moved the platform to R socket in one year."),
    ("GRPO", "I trained it with G R P O on one machine."),
    ("TimescaleDB", "The figures are kept in Timescale D B."),
    ("Redis", "A small Redis holds the sessions."),
    ("OpenRLHF", "We compared it with Open R L H F."),
    ("PyTorch", "The first version was written in Py Torch."),
    ("Ollama", "The model runs behind Ollama."),
    ("FastAPI", "It is a Fast A P I service."),
    ("NCCL", "The time went into N C C L."),
    ("vLLM", "We served it with V L L M."),
    ("Kubernetes", "Kubernetes was too much for four people."),
    ("Terraform", "Everything is built by Terraform."),
    ("Kafka", "The events go through Kafka."),
    ("dbt", "The tables are built with D B T."),
    ("Snowflake", "We left Snowflake in March."),
    ("Grafana", "You could see it in Grafana."),
    ("Pyxis", "The drugs come from the Pyxis."),
    ("SBAR", "I gave the handover as S bar."),
    ("Epic", "I wrote it down in Epic."),
    ("sepsis", "I started the sepsis bundle within the hour."),
    ("telemetry", "Eight beds are on telemetry."),
    ("Lasix", "He got forty of Lasix."),
    ("AutoCAD", "I drew it in Auto CAD."),
    ("Revit", "The walls are modelled in Revit."),
    ("HubSpot", "Every lead goes into Hub Spot."),
    ("EBITDA", "The EBITDA grew by a third."),
    ("Welch's", "I used Welch's test."),
    ("MLflow", "Every run is in M L flow."),
)
"""A term as a brief writes it, and a sentence as flite must be told to say it."""
VOICES = ("slt", "rms", "awb", "kal16")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    told: str
    """What the recognizer was told."""
    letters: int
    """How long that was."""
    terms: int
    """Terms spoken."""
    heard: int
    """Of these, how many were written as the brief has them, spaces and capitals aside."""
    people_errors: float
    """Edits per word on people who read and say none of the terms."""


def spoken() -> list[tuple[str, Path]]:
    """Return each term with the file of its sentence in each voice."""
    scratch = Path(tempfile.mkdtemp())
    made = []
    for term, sentence in SENTENCES:
        for voice in VOICES:
            track = scratch / f"{len(made)}.wav"
            command = [need_program("flite"), "-voice", voice, "-t", sentence, "-o", str(track)]
            subprocess.run(command, check=True)
            made.append((term, track))
    return made


def measure(recognizer: WhisperRecognizer, told: str, tracks: Sequence[tuple[str, Path]]) -> Row:
    """Count the terms heard, and the errors on people."""
    heard = sum(
        _bare(term) in _bare(text_of(recognizer.transcribe(read_audio(track))))
        for term, track in tracks
    )
    shared = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech" / "read"
    errors = words = 0
    for said in stt.folder(shared) if shared.is_dir() else []:
        reference = normalized(said.text)
        errors += edits(reference, normalized(stt.product(recognizer)(said.clip)))
        words += len(reference)
    return Row(told, len(recognizer._hotwords), len(tracks), heard, errors / max(1, words))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="base")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    path = find_whisper(args.model)
    if path is None:
        raise SystemExit(f"whisper:{args.model} is not there; run: rehearse setup")
    terms = [term for term, _ in SENTENCES]
    ways = [("none", ""), ("rare ones that fit", None), ("all", ", ".join(terms))]
    tracks = spoken()
    rows = []
    for told, line in ways:
        recognizer = WhisperRecognizer(path, args.model, terms)
        recognizer._hotwords = recognizer._hotwords if line is None else line
        rows.append(measure(recognizer, told, tracks))
    if args.json:
        print(json.dumps({"model": args.model, "rows": [asdict(row) for row in rows]}))
        return
    print(f"{'told':20} {'letters':>7} {'heard':>9} {'errors on people':>17}")
    for row in rows:
        heard = f"{row.heard} of {row.terms}"
        print(f"{row.told:20} {row.letters:7} {heard:>9} {row.people_errors:17.1%}")


if __name__ == "__main__":
    main()
