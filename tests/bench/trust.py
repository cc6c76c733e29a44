"""Measure how a recognizer's mean word probability goes with its errors: agent/trust.py.

`python -m tests.bench.trust [--json] [--whisper DIR]`: real speech of the shared data folder, with
PocketSphinx, or with the Whisper model of a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.after.recognition import transcribe
from agent.trust import UNSURE_MEAN
from tests.bench.table import arguments, show
from tests.bench.wer import word_error_rate
from tests.need import shared
from voice.audio import read_audio
from voice.engines import choose_ears
from voice.stt import Ears
from voice.transcript import text_of

FOLDERS = ("read", "spontaneous", "casual")


def rows(ears: Ears) -> Iterator[dict[str, Any]]:
    """Return a row a recording: mean probability, errors, words heard of words said."""
    for folder in FOLDERS:
        for path in sorted(shared(f"speech/{folder}").glob("*.wav")):
            said = path.with_suffix(".txt")
            if not said.exists():
                continue
            words = [w for part in transcribe(read_audio(path), ears) for w in part]
            mean = sum(word.probability for word in words) / max(1, len(words))
            errors = word_error_rate(said.read_text(encoding="utf-8"), text_of(words))
            count = f"{len(words)} of {len(said.read_text(encoding='utf-8').split())} words"
            yield {
                "figure": f"{path.stem}: mean probability, errors; {count}",
                "value": f"{mean:.2f} {errors:4.0%}",
                "goal": "",
                "scored": mean >= UNSURE_MEAN,
            }


def main() -> None:
    """Print the table."""
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--whisper", type=Path, help="folder of a Whisper model")
    args = parser.parse_args()
    ears = choose_ears(f"whisper:{args.whisper}" if args.whisper else "pocketsphinx", ()).engine
    show(list(rows(ears)), args.json)


if __name__ == "__main__":
    main()
