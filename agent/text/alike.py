"""Words that sound alike: what a recognizer may have written for a word that it does not know."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from agent.text.names import find_name
from voice.speech.piper import phonemes_of

LIKE = 0.2
"""Cost of turning one into the other, for each sound of the word looked for, from which they are
not alike. Chosen on answers spoken by two voices and heard by Whisper base (bench/coverage.py)."""
LEAST_SOUNDS = 4
"""A word of fewer sounds is like too many others."""
MOST_WORDS = 4
"""So many words may be heard for one."""

Floats = npt.NDArray[np.float32]

_VOWELS = "aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵʉʊʌᵻ"
_GROUPS = (_VOWELS, "pbfv", "tdθðɾʔ", "kɡg", "szʃʒ", "mnŋ", "lɹr", "w", "j", "h")
"""Sounds that are taken for each other. The first and the last three come and go."""
_ALPHABET = "".join(_GROUPS)
_OTHER = re.compile(f"[^{_ALPHABET}]")
_GLIDE = re.compile("(?<=[aeoɔ])[ɪʊ]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SAME_GROUP, _VOWEL, _CONSONANT, _NEVER = 0.3, 0.4, 0.7, 9.0


def _costs() -> tuple[Floats, Floats]:
    """Return the cost of one sound for another, and of one too many; 0 is no sound, and free."""
    group = np.array([-1, *(at for at, one in enumerate(_GROUPS) for _ in one)])
    other = np.where(group[:, None] == group, _SAME_GROUP, 1.0).astype(np.float32)
    np.fill_diagonal(other, 0.0)
    other[0, :] = other[:, 0] = _NEVER
    light = (group == 0) | (group >= len(_GROUPS) - 3)
    more = np.where(light, _VOWEL, _CONSONANT).astype(np.float32)
    more[0] = 0.0
    return other, more


_OTHER_SOUND, _ONE_MORE = _costs()


@lru_cache(maxsize=512)
def sounding_like(
    names: tuple[str, ...], text: str, unsure: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int, str], ...]:
    """Return where names or words may have been misheard, as (start, end, name), in order.

    "Four cliffs" for forklifts, "into it" for Intuit. Only stretches that hold a place where the
    recognizer was `unsure` are compared, and no name that stands in the text.
    """
    lost = [(name, _sounds(name)) for name in names if not find_name(name, text)]
    lost = [(name, sound) for name, sound in lost if len(sound) >= LEAST_SOUNDS]
    spans, heard = _runs(text, unsure)
    if not lost or not heard:
        return ()
    shares = _shares([sound for _, sound in lost], heard)
    found: list[tuple[int, int, str]] = []
    for row, at in sorted(
        zip(*np.nonzero(shares <= LIKE), strict=True), key=lambda one: shares[one]
    ):
        (start, end), name = spans[at], lost[row][0]
        if not any((start < b and a < end) or name == one for a, b, one in found):
            found.append((start, end, name))
    return tuple(sorted(found))


def _runs(
    text: str, unsure: tuple[tuple[int, int], ...]
) -> tuple[list[tuple[int, int]], list[str]]:
    """Return the short runs of words that hold an unsure place, and their sounds."""
    spans = [m.span() for m in _WORD.finditer(text)]
    near = [any(a < end and start < b for a, b in unsure) for start, end in spans]
    runs = {
        (spans[first][0], spans[last][1]): "".join(
            _sounds(text[a:b]) for a, b in spans[first : last + 1]
        )
        for first in range(len(spans))
        for last in range(first, min(first + MOST_WORDS, len(spans)))
        if any(near[first : last + 1])
    }
    return list(runs), list(runs.values())


@lru_cache(maxsize=8192)
def _sounds(words: str) -> str:
    """Return words in the sounds that are compared, a diphthong as its first vowel."""
    return _OTHER.sub("", _GLIDE.sub("", "".join(phonemes_of(words.split()))))


def _shares(names: list[str], runs: list[str]) -> Floats:
    """Return the cost of each name (row) for each run, for each sound of the name (Levenshtein)."""
    own, said = _coded(names), _coded(runs)
    before = np.cumsum(_ONE_MORE[said], axis=1)
    before = np.repeat(np.pad(before, ((0, 0), (1, 0)))[None], len(own), axis=0)
    for sound in own.T:
        now = np.empty_like(before)
        now[:, :, 0] = before[:, :, 0] + _ONE_MORE[sound][:, None]
        for at in range(said.shape[1]):
            other = before[:, :, at] + _OTHER_SOUND[sound[:, None], said[:, at]]
            less = before[:, :, at + 1] + _ONE_MORE[sound][:, None]
            now[:, :, at + 1] = np.minimum(
                np.minimum(other, less), now[:, :, at] + _ONE_MORE[said[:, at]]
            )
        before = now
    shares: Floats = before[:, :, -1] / np.array([len(one) for one in names])[:, None]
    return shares


def _coded(sounds: list[str]) -> npt.NDArray[np.int64]:
    """Return sounds as their places in the alphabet, filled up with 0."""
    codes = np.zeros((len(sounds), max(map(len, sounds))), np.int64)
    for row, one in zip(codes, sounds, strict=True):
        row[: len(one)] = [_ALPHABET.index(sound) + 1 for sound in one]
    return codes
