"""Measure whether what Piper says comes back in meaning when Whisper hears it.

`python -m tests.bench.spoken [--json] [--plain] [--voice NAME] [--recognizer NAME]` says the 82
phrases of spoken_phrases.txt, hears each alone, and looks for the parts that must come back.
--plain hands Piper the text as it stands. Piper's sound is drawn by chance: runs differ by some.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tests.bench.table import arguments
from tests.bench.wer import normalized
from voice.audio.clip import Clip, join, resample, silence
from voice.speech.models.catalog import Kind
from voice.speech.models.store import find
from voice.speech.piper import PiperSynthesizer

PHRASES = Path(__file__).with_name("spoken_phrases.txt")
GOAL = 0.95
"""The share of the phrases that must come back in meaning (issue 10)."""
_EDGE_S = 0.3
"""Silence before and after a phrase: Whisper loses words that touch the end of its sound."""
_UNITS = {
    "mg": "milligrams", "kg": "kilograms", "ml": "milliliter", "mm": "millimeters",
    "ms": "milliseconds", "tb": "terabytes", "gbps": "gigabits per second",
}  # fmt: skip
_SIGNS = (
    (r"[$]\s?(\d[\d.,]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 dollars"),
    (r"[£]\s?(\d[\d.,]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 pounds"),
    (r"[€]\s?(\d[\d.,]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 euros"),
    (r"(\d)\s?[-–](?=\d)", r"\1 to "),
    (r"(?<=\w)\.(?=\w\w)(?!\d)", " dot "),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(?<=\s)-(?=\d)", "minus "),
    *((re.escape(sign), f" {word} ") for sign, word in {
        "^": "to the power of", "²": "squared", "&": "and", "@": "at", "+": "plus", "°": "degrees",
        "±": "plus or minus", "==": "equals", "=": "equals", "<": "less than", ">": "greater than",
    }.items()),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one phrase."""

    text: str
    """As written."""
    heard: str
    """What the recognizer wrote."""
    lost: tuple[str, ...]
    """Parts that did not come back."""


def normal(text: str) -> str:
    """Return the letters of a text, small, without spaces: how it was written is gone.

    Digits and signs become words, and accents are dropped: Whisper writes names with or without.
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("'", ""))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for pattern, words in _SIGNS:
        plain = re.sub(pattern, words, plain)
    return "".join(_UNITS.get(word, word) for word in normalized(plain)).replace(" ", "")


def phrases() -> Iterator[tuple[str, list[str]]]:
    """Yield each phrase with the parts that must come back, alternatives between "|"."""
    blocks = re.split(r"\n(?=\S)", PHRASES.read_text(encoding="utf-8").strip())
    for text, *needs in (block.splitlines() for block in blocks):
        yield text, [need.strip() for need in needs]


def _said(synthesizer: PiperSynthesizer) -> Callable[[str], Clip]:
    def say(text: str) -> Clip:
        clips = list(synthesizer.speak(text))
        return join(clips, clips[0].rate_hz)

    return say


def _hearing(model: Path) -> Callable[[Clip], str]:
    """Return a recognizer of single phrases, as the model hears them without prompt or terms."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)

    def hear(clip: Clip) -> str:
        edge = silence(_EDGE_S)
        sound = join([edge, resample(clip), edge]).samples.astype(np.float32) / 32768
        segments, _ = whisper.transcribe(sound, language="en", beam_size=5, temperature=0.0)
        return " ".join(segment.text.strip() for segment in segments)

    return hear


def outcomes(say: Callable[[str], Clip], hear: Callable[[Clip], str]) -> list[Outcome]:
    """Say and hear the phrases; a part is lost of which no alternative was heard."""
    found = []
    for text, needs in phrases():
        heard = hear(say(text))
        whole = normal(heard)
        lost = [n for n in needs if not any(normal(each) in whole for each in n.split("|"))]
        found.append(Outcome(text, heard, tuple(lost)))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def main() -> None:
    """Print the table, or JSON."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--plain", action="store_true", help="hand Piper the text as it stands")
    parser.add_argument("--voice", default="en_US-joe-medium")
    parser.add_argument("--recognizer", default="base")
    args = parser.parse_args()
    voice, model = find(Kind.PIPER, args.voice), find(Kind.WHISPER, args.recognizer)
    if voice is None or model is None:
        sys.exit("a model is not there; run: rehearse setup")
    synthesizer = PiperSynthesizer(voice, args.voice)
    found = outcomes(synthesizer._synthesize if args.plain else _said(synthesizer), _hearing(model))
    came = sum(not one.lost for one in found)
    if args.json:
        share = round(came / len(found), 3)
        print(json.dumps({"share": share, "phrases": [asdict(one) for one in found]}, indent=1))
        return
    for one in found:
        print(f"{'lost' if one.lost else 'ok':5}{one.text}\n     {one.heard}")
        print("".join(f"     lacks: {need}\n" for need in one.lost), end="")
    print(f"{came} of {len(found)} came back in meaning, {came / len(found):.1%}; goal {GOAL:.0%}")


if __name__ == "__main__":
    main()
