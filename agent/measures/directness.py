"""Whether the first sentence of an answer answers its question."""

from __future__ import annotations

import re

from agent.coverage.words import content_words

FIRST_WORDS = 40
"""A first sentence that no punctuation or pause ends is looked at so far."""
ENOUGH_AFTER = 5
"""So many words after a preamble, without a stop or a pause, can be the answer."""

_PREAMBLE = re.compile(
    r"(?:(?:so|well|okay|ok|oh|yeah|yes|hm+|wow|right|and|um|uh|now) )*(?:"
    r"(?:that's|that is|it's|it is|this is|what) (?:\w+ ){0,3}"
    r"(?:question|one|topic|point|challenge|subject)s?"
    r"|(?:good|great|interesting|tough|tricky|difficult) (?:question|one)"
    r"|(?:let me|let's|i have to|i need to|i'd have to|i'll have to|give me a \w+ to|i must) "
    r"(?:\w+ )?(?:think|see|consider|recall|remember)(?: about (?:that|it|this)| back)?"
    r"(?: for a (?:second|moment|minute|while))?"
    r"|(?:it|that) (?:\w+ )?depends|thank(?:s| you) for (?:asking|the question|that)"
    r"|there (?:are|is) (?:so )?(?:many|several|a lot of|different) (?:\w+ )?(?:ways?|things?"
    r"|options?|answers?|aspects?)|where (?:do|should) i (?:start|begin)|how (?:do|should) i say"
    r"|i'm not (?:really |quite )?sure (?:how|what|where|which|if)"
    r"|(?:we|people|everybody) (?:talked|argued|thought) about (?:it|this|that))(?!\w)"
)
"""Openings that win time: list written by hand."""
_ASKS = re.compile(r"(?:sorry|pardon|(?:could|can|would) you (?:repeat|say|please|rephrase))(?!\w)")
_ASSERTS = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:'d| would|'ll| will| always| usually| first)? (?!think\b|guess\b|mean\b"
    r"|know\b|suppose\b|don't\b|am\b)[a-z]{2,}|i'm \w+ing|my \w+|yes|no|because|it (?:was|is|keeps"
    r"|means)|(?:is|are|was|were|means|keeps?|shares?|has|have|makes?|does|do|needs?) \w+"
    r"|(?:the )?(?:main|first|most|biggest) \w+)(?!\w)"
)
_OWN_STORY = re.compile(
    r"(?<!\w)(?:when i|(?:at|in|on|during) my|i (?:was|had|worked|joined|\w{2,}ed|gave|led|took"
    r"|built|wrote|made|ran)|we (?:were|had|\w{2,}ed|built|made|ran)|our|there (?:was|were)|years?"
    r" ago|months ago|(?:last|one) (?:\w+)|in \W?(?:19|20)\d\d|my (?:manager|team|last|first|boss))"
    r"(?!\w)"
)


def is_direct(question: str, first: str, kind: str) -> bool | None:
    """Return whether a first sentence answers; None where that cannot be told.

    False for a sentence that only wins time ("that's a good question", "it depends"). True for a
    story that begins with what happened to the speaker, and elsewhere for an assertion that takes
    up a content word of the question. A preamble with more behind it in one breath goes either way.

    Args:
        question: as asked; without one nothing can be told.
        first: the first sentence, lower case without punctuation; "#" marks numbers.
        kind: story, design or "".
    """
    said = " ".join(first.split()[:FIRST_WORDS])
    if not question.strip() or not said or _ASKS.match(said):
        return None
    rest = said
    while match := _PREAMBLE.match(rest):
        rest = rest[match.end() :].strip()
    if rest != said:
        return False if len(rest.split()) < ENOUGH_AFTER else None
    if kind == "story" and _OWN_STORY.search(rest):
        return True
    asked = {word.stem for word in content_words(question)}
    taken = any(word.stem in asked for word in content_words(rest))
    would = kind == "design" and re.search(
        r"(?<!\w)(?:i|we)(?:'d| would| will|'ll| need) \w+", rest
    )
    return True if (would or taken) and _ASSERTS.search(rest) else None
