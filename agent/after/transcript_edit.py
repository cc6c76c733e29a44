"""The words of a session as text to correct, and the corrected text back as its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from agent.after.realign import Room, realigned
from agent.after.recognition import EDGE_S
from agent.after.results import read_analysis, write_results
from agent.after.word_source import WordSource
from agent.analysis import Analysis, answer_names
from agent.errors import SessionError
from agent.scorable import BY_HAND
from agent.session import TRANSCRIPT, read_meta, write_private
from agent.text.display import clock
from voice.stt import Recognizer
from voice.transcript import Word, read_words, text_of

ORIGINAL = "transcript.original.json"
"""The recognizer's own words, beside the corrected ones."""
DRAFT = "transcript.edit.txt"
"""The text while it is corrected; it stays where it could not be used."""

_INTRODUCTION = """\
# The words as they were understood. Correct them, save, and close the editor.
# Lines in [ ] part the answers: leave them as they are. Lines with # are not read.
"""
_HEADER = re.compile(r"\[(\d+[a-z]?) \d[\d:]*-\d[\d:]*\]")


@dataclass(frozen=True)
class AnswerWords:
    """The words of one answer."""

    name: str
    """Its number as the report shows it: "2", a follow-up "2a"."""
    question: str
    """The question as asked, "" for a recording."""
    room: Room
    """Where it lies on the session clock."""
    words: tuple[Word, ...]
    """What was understood, sorted by start."""

    @property
    def header(self) -> str:
        """Return the line above its words in the text."""
        return f"[{self.name} {clock(self.room.start_s)}-{clock(self.room.end_s)}]"


def read_answers(folder: Path) -> tuple[tuple[AnswerWords, ...], tuple[Word, ...]]:
    """Return the answers of a session with their words, and the words outside of them.

    Raises:
        SessionError: the session cannot be read, still runs, or was not analyzed.
    """
    analysis = read_analysis(folder)
    path = folder / TRANSCRIPT
    if read_meta(folder).state == "running" or not path.exists():
        raise SessionError(
            f"{folder} has no final transcript yet; end the interview, then: rehearse analyze"
            f" {folder}"
        )
    left = list(read_words(path))
    answers: list[AnswerWords] = []
    for name, one in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        from_s, to_s = one.start_s - EDGE_S, one.end_s + EDGE_S
        mine: list[Word] = []
        others: list[Word] = []
        for word in left:
            here = from_s <= (word.start_s + word.end_s) / 2 <= to_s
            (mine if here else others).append(word)
        left = others
        answers.append(AnswerWords(name, one.question, Room(one.start_s, one.end_s), tuple(mine)))
    if not answers:
        raise SessionError(
            f"{folder} has no answers to correct; `rehearse sessions` lists the others"
        )
    return tuple(answers), tuple(left)


def edit_text(answers: tuple[AnswerWords, ...]) -> str:
    """Return the text to correct: for every answer a header, its question, its words in a line."""
    parts = [
        f"{one.header}\n" + (f"# {_flat(one.question)}\n" if one.question else "")
        + f"{text_of(one.words)}\n"
        for one in answers
    ]  # fmt: skip
    return _INTRODUCTION + "\n" + "\n".join(parts)


def read_edit(text: str, answers: tuple[AnswerWords, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the corrected words of every answer.

    Raises:
        SessionError: the text is empty, or its headers are not those of the answers in order.
    """
    found: list[tuple[str, list[str]]] = []
    for line in text.lstrip("\ufeff").splitlines():
        stripped = line.strip()
        if header := _HEADER.fullmatch(stripped):
            found.append((header[1], []))
        elif stripped and stripped.split()[0] != "#":
            if not found:
                raise _unusable(f"words stand before the first header, {answers[0].header}")
            found[-1][1].extend(stripped.split())
    if not any(words for _, words in found):
        raise _unusable("the text holds no words")
    for at, one in enumerate(answers):
        if at >= len(found) or found[at][0] != one.name:
            raise _unusable(f"the header {one.header} is missing or not in its place")
    if len(found) > len(answers):
        raise _unusable(f"the header of answer {found[len(answers)][0]} is one too many")
    return tuple(tuple(words) for _, words in found)


def correct(folder: Path, text: str) -> Analysis | None:
    """Take corrected words, analyze the session again and draw its report; None if none changed.

    The recognizer's own words are kept as transcript.original.json.

    Raises:
        SessionError: the text cannot be used, or the folder not be written; nothing is lost.
    """
    answers, others = read_answers(folder)
    corrected = read_edit(text, answers)
    if all(
        tuple(word.text for word in one.words) == words
        for one, words in zip(answers, corrected, strict=True)
    ):
        return None
    words = list(others)
    for one, texts in zip(answers, corrected, strict=True):
        words += realigned(one.words, texts, one.room)
    before = read_analysis(folder)
    _keep_original(folder, before)
    made = tuple(sorted(words, key=lambda word: word.start_s))
    return write_results(folder, WordSource(_no_recognizer, made, _makers(before)))


def _keep_original(folder: Path, before: Analysis) -> None:
    """Write the recognizer's own words once, again only after it has heard again."""
    path = folder / ORIGINAL
    if path.exists() and BY_HAND in before.engines.get("stt", ""):
        return
    try:
        write_private(path, (folder / TRANSCRIPT).read_text(encoding="utf-8"))
    except OSError as error:
        raise SessionError(
            f"cannot write {path}: {error.strerror}; nothing was changed, make room and try again"
        ) from error


def _makers(before: Analysis) -> dict[str, str]:
    """Return what made the words; typed ones have no recognizer to name."""
    if before.typed:
        return {}
    live = {"stt_live": before.engines["stt_live"]} if "stt_live" in before.engines else {}
    first = before.engines.get("stt", "")
    made = first if BY_HAND in first else ", ".join(part for part in (first, BY_HAND) if part)
    return {"stt": made} | live


def _no_recognizer() -> Recognizer:
    raise SessionError("corrected words need no recognizer; this is a fault of Rehearse")


def _unusable(why: str) -> SessionError:
    return SessionError(f"the corrected text cannot be used, nothing was changed: {why}")


def _flat(text: str) -> str:
    return " ".join(text.split())
