"""Measure whether what Piper says comes back in meaning when Whisper hears it.

`python -m tests.bench.spoken [--json] [--plain] [--voice NAME] [--recognizer NAME] [--open]` says
the phrases of tests.bench.spoken_phrases with the installed voice, hears each alone with the
installed recognizer, and looks for the parts that must come back. --plain hands Piper the text as
it stands; --open leaves out the phrases put aside. Piper's sound is drawn by chance, so two runs
differ by some phrases. Needs the models that `rehearse setup` fetches.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tests.bench.spoken_phrases import PHRASES, Phrase
from tests.bench.table import arguments
from voice.audio import Clip, join, resample, silence
from voice.models.store import store_dir
from voice.tts_piper import PiperSynthesizer

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
    held: bool
    """Whether the phrase was put aside while the rules were written."""


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


def lost(phrase: Phrase, heard: str) -> tuple[str, ...]:
    """Return the parts of a phrase of which no alternative was heard."""
    whole = normal(heard)
    return tuple(
        need
        for need in phrase.needs
        if not any(normal(alternative) in whole for alternative in need.split("|"))
    )


def _plainly(synthesizer: PiperSynthesizer) -> Callable[[str], Clip]:
    """Return a way to say a text without a rule of ours."""
    return synthesizer._synthesize


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


def outcomes(say: Callable[[str], Clip], hear: Callable[[Clip], str], held: bool) -> list[Outcome]:
    """Say and hear the phrases, with those that were put aside where `held`."""
    found = []
    for phrase in PHRASES:
        if phrase.held and not held:
            continue
        heard = hear(say(phrase.text))
        found.append(Outcome(phrase.text, heard, lost(phrase, heard), phrase.held))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def share(found: list[Outcome]) -> float:
    """Return the share of phrases of which every part came back."""
    return sum(not one.lost for one in found) / max(1, len(found))


def main() -> None:
    """Print the table, or JSON."""
    parser = arguments(__doc__)
    parser.add_argument("--plain", action="store_true", help="hand Piper the text as it stands")
    parser.add_argument("--voice", default="en_US-joe-medium")
    parser.add_argument("--recognizer", default="base")
    parser.add_argument("--open", action="store_true", help="without the phrases put aside")
    args = parser.parse_args()
    synthesizer = PiperSynthesizer(
        store_dir() / "piper" / args.voice / f"{args.voice}.onnx", args.voice
    )
    say = _plainly(synthesizer) if args.plain else _said(synthesizer)
    found = outcomes(say, _hearing(store_dir() / "whisper" / args.recognizer), not args.open)
    halves = {
        "all": found,
        "seen": [one for one in found if not one.held],
        "put aside": [one for one in found if one.held],
    }
    if args.json:
        shares = {name: round(share(half), 3) for name, half in halves.items()}
        print(json.dumps({"share": shares, "phrases": [asdict(one) for one in found]}, indent=1))
        return
    for one in found:
        print(f"{'lost' if one.lost else 'ok':5}{one.text}\n     {one.heard}")
        print("".join(f"     lacks: {need}\n" for need in one.lost), end="")
    for name, half in halves.items():
        came = sum(not one.lost for one in half)
        print(f"{name:10} {came:3} of {len(half):3} came back in meaning, {share(half):6.1%}")
    print(f"goal       {GOAL:.0%} of all")


if __name__ == "__main__":
    main()
