"""Measure whether what Piper says comes back in meaning when Whisper hears it.

`python -m tests.bench.spoken [--json] [--plain] [--voice NAME] [--recognizer NAME]` says the 82
phrases of spoken_phrases.txt, hears each alone, and looks for the parts that must come back.
--plain hands Piper the text as it stands. Piper's sound is drawn by chance: runs differ by some.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tests.bench.table import arguments
from voice.audio import Clip, join, resample, silence
from voice.models.catalog import Kind
from voice.models.store import find
from voice.tts_piper import PiperSynthesizer

PHRASES = Path(__file__).with_name("spoken_phrases.txt")
GOAL = 0.95
"""The share of the phrases that must come back in meaning (issue 10)."""
_EDGE_S = 0.3
"""Silence before and after a phrase: Whisper loses words that touch the end of its sound."""
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS) if value},
}
_UNITS = {
    "mg": "milligrams", "kg": "kilograms", "ml": "milliliter", "mm": "millimeters",
    "ms": "milliseconds", "tb": "terabytes", "gbps": "gigabits per second",
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SIGNS = (
    (r"(?<=\d),(?=\d{3})", ""),
    (r"[$]\s?(\d[\d.]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 dollars"),
    (r"[£]\s?(\d[\d.]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 pounds"),
    (r"[€]\s?(\d[\d.]*)(\s(?:thousand|million|billion)\b)?", r"\1\2 euros"),
    (r"(\d)\.(?=\d)", r"\1 point "),
    (r"(\d)\s?[-–](?=\d)", r"\1 to "),
    (r"(?<=\w)\.(?=\w\w)", " dot "),
    (r"\^", " to the power of "),
    (r"²", " squared"),
    (r"%", " percent "),
    (r"&", " and "),
    (r"@", " at "),
    (r"\+", " plus "),
    (r"±", " plus or minus "),
    (r"°", " degrees "),
    (r"==?", " equals "),
    (r"<", " less than "),
    (r">", " greater than "),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(?<=\s)-(?=\d)", "minus "),
)


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
    """Return letters and digits of a text, small, without spaces: how it was written is gone.

    Number words become digits ("twenty nineteen" and "2019" are 2019), signs become words, and
    accents are dropped, because Whisper writes a name with them or without.
    """
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for pattern, words in _SIGNS:
        plain = re.sub(pattern, words, plain)
    words = re.findall(r"[^\W\d_]+|\d+", plain.replace("'", ""))
    return "".join(_UNITS.get(word, word) for word in _numbers(words)).replace(" ", "")


def _numbers(words: list[str]) -> list[str]:
    """Replace runs of number words by digits; "and" inside a number is dropped."""
    out: list[str] = []
    total = part = 0
    open_number = False
    for at, word in enumerate(words):
        value = _VALUES.get(word)
        if word.isdigit() and at + 1 < len(words) and words[at + 1] in _SCALES:
            value = int(word)
        if value is not None:
            fits = open_number and (part % 100 == 0 or (part % 10 == 0 < part and value < 10))
            if open_number and not (fits and part):
                out.append(str(total + part))
                total = part = 0
            part, open_number = part + value, True
        elif word in _SCALES and open_number:
            if word == "hundred":
                part *= 100
            else:
                total, part = total + part * _SCALES[word], 0
        elif word == "and" and open_number and part % 100 == 0 and _next(words, at) in _VALUES:
            continue
        else:
            if open_number:
                out.append(str(total + part))
                total, part, open_number = 0, 0, False
            out.append(word)
    return [*out, str(total + part)] if open_number else out


def _next(words: list[str], at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""


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
