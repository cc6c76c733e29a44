"""Give corrected words their times: those that stayed keep theirs, the others lie between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from voice.transcript import Word

LETTER_S = 0.065
"""A letter of English speech takes about so long: 150 words a minute, 4.7 letters and a pause."""
_SHORTEST_S = 0.1


@dataclass(frozen=True)
class Room:
    """Where words may lie."""

    start_s: float
    """Start of the answer on the session clock, in seconds."""
    end_s: float
    """Its end."""


def realigned(words: Sequence[Word], texts: Sequence[str], room: Room) -> tuple[Word, ...]:
    """Return words with the corrected texts, sorted by start, inside the answer.

    Words that stayed the same (capitals and punctuation aside) keep their times and, where
    nothing changed, their probability. A corrected stretch shares the time of the one that it
    stands for by letters; words put in between are given the gap there. Corrected words are sure.

    Args:
        words: the recognizer's words of the answer, sorted by start.
        texts: the corrected words.
        room: the answer.
    """
    matcher = SequenceMatcher(None, [_key(w.text) for w in words], [_key(t) for t in texts], False)
    found: list[Word] = []
    for tag, from_word, to_word, from_text, to_text in matcher.get_opcodes():
        changed = texts[from_text:to_text]
        if tag == "equal":
            found += map(_kept, words[from_word:to_word], changed)
        elif changed:
            after_s = words[to_word].start_s if to_word < len(words) else None
            before_s = found[-1].end_s if found else None
            if tag == "replace":
                at = _room_of(words[from_word:to_word], after_s)
            else:
                at = _gap(changed, before_s, after_s, room)
            found += _spread(changed, at)
    return tuple(found)


def _key(text: str) -> str:
    """Return what makes a word the same: its letters and digits."""
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or text


def _kept(word: Word, text: str) -> Word:
    return word if word.text == text else replace(word, text=text, probability=1.0)


def _room_of(words: Sequence[Word], after_s: float | None) -> Room:
    """Return the time of words that others stand for, up to the next word that stayed."""
    start_s = words[0].start_s
    end_s = max(word.end_s for word in words)
    return Room(start_s, max(start_s, end_s if after_s is None else min(end_s, after_s)))


def _gap(texts: Sequence[str], before_s: float | None, after_s: float | None, room: Room) -> Room:
    """Return the time of words put in: as long as they take, as far as there is room."""
    if before_s is None and after_s is None:
        return room
    length_s = sum(_length_s(text) for text in texts)
    if before_s is None and after_s is not None:
        start_s = min(room.start_s, after_s)
        return Room(max(start_s, after_s - length_s), after_s)
    start_s = before_s if before_s is not None else room.start_s
    limit_s = after_s if after_s is not None else max(room.end_s, start_s)
    if limit_s < start_s:
        return Room(limit_s, limit_s)
    return Room(start_s, min(limit_s, start_s + length_s))


def _length_s(text: str) -> float:
    return max(_SHORTEST_S, LETTER_S * len(text))


def _spread(texts: Sequence[str], room: Room) -> list[Word]:
    """Return the texts as words that share a stretch of time by their lengths."""
    per = (room.end_s - room.start_s) / sum(_length_s(text) for text in texts)
    spread: list[Word] = []
    now_s = room.start_s
    for text in texts:
        end_s = min(room.end_s, now_s + per * _length_s(text))
        spread.append(Word(text, now_s, end_s))
        now_s = end_s
    return spread
