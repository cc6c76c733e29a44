"""The names and terms of a brief, for recognizers that can be told what to expect."""

from __future__ import annotations

import re
from collections import Counter

from agent.brief import Brief

MOST_TERMS = 150
"""More hotwords make a recognizer hear them everywhere."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’.+#-]*[A-Za-z0-9+#]|[A-Z]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|\n–—-]\s*|[\"“(]\s*)$")


def terms_of(brief: Brief) -> tuple[str, ...]:
    """Return names and terms as written, those of the talking points first, then by frequency.

    A term is a word with a capital or digit inside ("rSocket", "GRPO", "H100"), or one that is
    capitalized in mid-sentence ("Redis").
    """
    points = " \n".join(f"{point.name}. {point.text}" for point in brief.talking_points)
    questions = " \n".join(f"{question.text}" for question in brief.questions)
    rest = " \n".join([brief.company, brief.role, brief.stack])
    found: Counter[str] = Counter()
    for weight, text in ((100, points), (10, questions), (1, rest)):
        for word in _terms(text):
            found[word] += weight
    return tuple(word for word, _ in found.most_common(MOST_TERMS))


def _terms(text: str) -> list[str]:
    terms = []
    for match in _WORD.finditer(text):
        word = match.group().strip(".'’-")
        inner = any(c.isupper() or c.isdigit() for c in word[1:])
        capital = word[:1].isupper() and not _SENTENCE_START.search(text[: match.start()][-4:])
        if len(word) > 1 and (inner or capital):
            terms.append(word)
    return terms
