"""Phases of stories and designs found in labelled answers, as word overlap, and directness."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.analysis import SpokenWord, Structure  # noqa: E402
from agent.measures.clauses import bare  # noqa: E402
from agent.measures.structure import structure_of  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402

WORD_S = 0.35
"""Length of a word, as at 170 words a minute."""
PAUSE_S = 0.7
"""After every second sentence: people do not pause after each."""

SETS = {
    "unseen": "fourth set",
    "last": "third set",
    "fresh": "second set",
    "held": "first set, other half",
    "dev": "first set, dev half",
}
"""From the one written last; a set was looked at once the figures of its first run were taken."""


@dataclass(frozen=True)
class Labelled:
    """One answer with the phase of each word."""

    half: str
    area: str
    direct: bool | None
    question: str
    words: tuple[str, ...]
    phases: tuple[str, ...]
    """One for each word, "" for none."""


def labelled() -> Iterator[Labelled]:
    """Read the answers beside this file."""
    text = (Path(__file__).parent / "structure_answers.txt").read_text(encoding="utf-8")
    for block in text.split("\n== ")[1:]:
        head, *segments = block.strip().splitlines()
        half, area, direct, question = (part.strip() for part in head.split("|"))
        words: list[str] = []
        phases: list[str] = []
        for segment in segments:
            name, _, said = segment.partition(": ")
            words += said.split()
            phases += ["" if name == "-" else name] * len(said.split())
        yield Labelled(half, area, direct == "yes", question, tuple(words), tuple(phases))


def spoken(answer: Labelled, punctuated: bool) -> list[SpokenWord]:
    """Return the words with times; bare they are as a recognizer gives them."""
    words: list[SpokenWord] = []
    now, ends = 0.0, 0
    for text in answer.words:
        said = text if punctuated else bare(text)
        words.append(SpokenWord(start_s=now, end_s=now + WORD_S, text=said))
        now += WORD_S
        if text.endswith((".", "?", "!")):
            ends += 1
            now += 0.0 if punctuated or ends % 2 else PAUSE_S
    return words


def phase_of_words(words: list[SpokenWord], structure: Structure) -> list[str]:
    """Return for each word the phase that it was put in."""
    return [
        next((p.name for p in structure.phases if p.start_s <= w.start_s < p.end_s), "")
        for w in words
    ]


def figures(answers: list[Labelled], punctuated: bool) -> dict[str, float]:
    """Return precision and recall over words, and over the phases of each answer."""
    count: Counter[str] = Counter()
    for answer in answers:
        words = spoken(answer, punctuated)
        found = structure_of(words, answer.question, answer.area)
        for given, put in zip(answer.phases, phase_of_words(words, found), strict=True):
            count.update(given=bool(given), put=bool(put), same=bool(given) and given == put)
        truth, names = set(answer.phases) - {""}, {p.name for p in found.phases}
        count.update(true=len(truth), named=len(names), both=len(truth & names))
        count.update(told=found.direct is not None, right=found.direct is answer.direct)
        count.update(answers=1)
    return {
        "words: precision": count["same"] / max(1, count["put"]),
        "words: recall": count["same"] / max(1, count["given"]),
        "phases: precision": count["both"] / max(1, count["named"]),
        "phases: recall": count["both"] / max(1, count["true"]),
        "direct: precision": count["right"] / max(1, count["told"]),
        "direct: told": count["told"] / max(1, count["answers"]),
    }


def hour_s() -> float:
    """Return the seconds for an hour of words: 9,000 in sixty answers."""
    answers = [answer for answer in labelled() if answer.half == "dev"]
    began = time.process_time()
    done = 0
    while done < 9000:
        for answer in answers:
            structure_of(spoken(answer, punctuated=False), answer.question, answer.area)
            done += len(answer.words)
    return time.process_time() - began


def show_misses(answers: list[Labelled], punctuated: bool) -> None:
    """Print each stretch of words that was put elsewhere than labelled."""
    for answer in answers:
        words = spoken(answer, punctuated)
        found = structure_of(words, answer.question, answer.area)
        put = phase_of_words(words, found)
        print(f"\n{answer.question} kind={found.kind} direct={found.direct} ({answer.direct})")
        last: tuple[str, str] | None = None
        for word, given, got in zip(words, answer.phases, put, strict=True):
            if (given, got) != last:
                print(f"\n{'  ' if given == got else '! '}{given or '-'} > {got or '-'}:", end=" ")
            last = (given, got)
            print(word.text, end=" ")
        print()


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--misses", choices=SETS, help="print where words were put")
    args = parser.parse_args()
    answers = list(labelled())
    if args.misses:
        show_misses([answer for answer in answers if answer.half == args.misses], punctuated=False)
        return
    rows: list[dict[str, Any]] = []
    for half, name in SETS.items():
        for punctuated in (False, True):
            part = [answer for answer in answers if answer.half == half]
            how = "punctuated" if punctuated else "bare words"
            rows += [
                {"figure": f"{name}, {how}, {figure}", "value": f"{value:.2f}", "goal": ""}
                for figure, value in figures(part, punctuated).items()
            ]
    rows.append({"figure": "an hour of words", "value": f"{hour_s():.2f} s", "goal": "1 s"})
    show(rows, args.json)


if __name__ == "__main__":
    main()
