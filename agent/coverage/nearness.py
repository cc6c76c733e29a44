"""Which sentences of an answer are near a point in meaning: the middle zone's second opinion."""

from __future__ import annotations

from collections.abc import Iterable

from agent.coverage.meaning import Meaning
from agent.coverage.said import Said

LEAST_WORDS = 3
"""A shorter sentence has no meaning of its own."""


def nearness(
    claim: str, said: Said, places: Iterable[int], meaning: Meaning | None
) -> dict[int, float]:
    """Return the cosine with the claim of each sentence in `places`, by its place.

    A sentence counts as near as its nearest window: itself, or it with one of its neighbors, since
    a claim is often told in two sentences. Empty without sentence vectors.
    """
    if meaning is None:
        return {}
    windows = {place: _windows(said, place) for place in places if said.sentences[place].stands}
    texts = list(dict.fromkeys(text for each in windows.values() for text in each))
    if not texts:
        return {}
    near = dict(zip(texts, meaning.likeness(claim, texts), strict=True))
    return {place: max(near[text] for text in each) for place, each in windows.items() if each}


def _windows(said: Said, place: int) -> list[str]:
    spans = [(place, place), (place - 1, place), (place, place + 1)]
    inside = [
        said.text[said.sentences[first].start : said.sentences[last].end].strip()
        for first, last in spans
        if first >= 0 and last < len(said.sentences)
        and said.sentences[first].stands and said.sentences[last].stands
    ]  # fmt: skip
    return [text for text in inside if len(text.split()) >= LEAST_WORDS]
