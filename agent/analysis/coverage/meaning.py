"""How near two texts are in meaning: by MiniLM's vectors, by their words where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError
from agent.text.words import content_stems
from voice.speech.models.catalog import Kind
from voice.speech.models.store import find

if TYPE_CHECKING:
    from agent.analysis.coverage.encoder import Encoder, Floats

KEPT_SENTENCES = 4096
"""Vectors kept at once: more than an hour of answers has sentences, 6 MB."""


class Overlap:
    """Shared word stems, where there are no vectors.

    The bars were set so that two points in a hundred are seen in answers about something else.
    """

    raised = 0.35
    """Likeness from which a sentence raises a claim."""
    raised_with_support = 0.18
    """The same where two of the claim's figures are told with it, or the question asks for it."""
    clear = 0.50
    """Likeness from which a sentence makes a claim that has no figures."""
    margin = 0.05
    """A sentence that is so much nearer to another claim belongs to that one."""

    def likeness(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the shared stems over the root of the product of both numbers of stems."""
        own = stems_of(text)
        return [
            len(own & said) / (len(own) * len(said)) ** 0.5 if own and said else 0.0
            for said in map(stems_of, others)
        ]


@lru_cache(maxsize=KEPT_SENTENCES)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the content words of a text."""
    return content_stems(text)


class Vectors:
    """Cosines of sentences by their vectors; each sentence is computed once.

    The bars were chosen by leaving out one brief at a time (tests/bench/coverage.py).
    """

    raised, raised_with_support, clear, margin = 0.53, 0.42, 0.62, 0.12

    def __init__(self, folder: Path) -> None:
        """Remember where the model lies; it is read when first asked."""
        self._folder = folder
        self._encoder: Encoder | None = None
        self._vectors: dict[str, Floats] = {}

    def _opened(self) -> Encoder:
        from agent.analysis.coverage.encoder import Encoder

        try:
            return Encoder(self._folder)
        except Exception as error:
            # tokenizers raises bare Exception; whatever it is, the files are not what they were.
            raise RehearseError(
                f"the sentence vectors in {self._folder} cannot be read; fetch them again:"
                " rehearse setup minilm"
            ) from error

    def likeness(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of a text with each of the others, from -1 to 1.

        Raises:
            RehearseError: the model's files are damaged.
        """
        unknown = [one for one in dict.fromkeys((text, *others)) if one not in self._vectors]
        if unknown:
            self._encoder = self._encoder or self._opened()
            if len(self._vectors) > KEPT_SENTENCES:
                self._vectors.clear()
                unknown = list(dict.fromkeys((text, *others)))
            self._vectors.update(zip(unknown, self._encoder.encode(unknown), strict=True))
        own = self._vectors[text]
        return [float(self._vectors[other] @ own) for other in others]


Meaning = Vectors | Overlap
OVERLAP = Overlap()
_vectors_in = lru_cache(maxsize=2)(Vectors)


def find_meaning() -> Vectors | None:
    """Return the sentence vectors of the model store, or None without MiniLM there."""
    folder = find(Kind.MINILM)
    return None if folder is None else _vectors_in(folder)
