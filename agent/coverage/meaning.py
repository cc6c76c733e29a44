"""How near sentences are in meaning, where MiniLM is in the model store."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError
from voice.models.store import find_minilm

if TYPE_CHECKING:
    from agent.coverage.encoder import Encoder, Floats

KEPT_SENTENCES = 4096
"""Vectors kept at once: more than an hour of answers has sentences, 6 MB."""


class Meaning:
    """Cosines of sentences by their vectors; each sentence is computed once."""

    def __init__(self, folder: Path) -> None:
        """Remember where the model lies; it is read when first asked."""
        self._folder = folder
        self._encoder: Encoder | None = None
        self._vectors: OrderedDict[str, Floats] = OrderedDict()

    def _opened(self) -> Encoder:
        from agent.coverage.encoder import Encoder

        try:
            return Encoder(self._folder)
        except Exception as error:
            # tokenizers raises bare Exception; whatever it is, the files are not what they were.
            raise RehearseError(
                f"the sentence vectors in {self._folder} cannot be read; fetch them again:"
                " rehearse setup minilm"
            ) from error

    def learn(self, texts: Sequence[str]) -> None:
        """Compute the vectors of many texts in one go.

        Raises:
            RehearseError: the model's files are damaged.
        """
        unknown = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if not unknown:
            return
        if self._encoder is None:
            self._encoder = self._opened()
        self._vectors.update(zip(unknown, self._encoder.encode(unknown), strict=True))

    def likeness(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of a text with each of the others, from -1 to 1."""
        self.learn([text, *others])
        own = self._vectors[text]
        found = [float(self._vectors[other] @ own) for other in others]
        while len(self._vectors) > KEPT_SENTENCES:
            self._vectors.popitem(last=False)
        return found


@lru_cache(maxsize=2)
def _meaning_in(folder: Path) -> Meaning:
    return Meaning(folder)


def find_meaning() -> Meaning | None:
    """Return the sentence vectors of the model store, or None without MiniLM there."""
    folder = find_minilm()
    return None if folder is None else _meaning_in(folder)
