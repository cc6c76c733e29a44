"""Words: one tokenizer, one list of stop words, one stemmer."""

import re
from functools import lru_cache

from agent.text.number_words import NUMBER_WORDS


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


STOPWORDS = word_set(
    "a about above after again all almost also always am an and another any anything are around as "
    "at away back be because been before being below both but by came can cannot come could did do "
    "does doing done down during each either else even ever every everything few first for from "
    "further get gets getting give given go goes going gone got had has have having he her here "
    "hers him his how however i if in instead into is it its itself just kind know last later "
    "least less let like lot lots many may maybe me mean might more most much must my myself never "
    "new next no nor not nothing now of off often oh ok okay on once one only onto or other our "
    "ours out over own per put quite rather really right said same say see seen she should since "
    "so some someone something sometimes soon sort still such take taken takes than that the their "
    "them then there these they thing things think this those though through thus to today too "
    "took toward under until up upon us use used uses using very via want wanted was way we well "
    "went were what when where whether which while who whole whom whose why will with within "
    "without would yeah yes yet you your yours yourself um uh er erm hmm basically guess probably "
    "sorry able across plus"
)
"""Words that tell nothing of a topic (function words, vague verbs, fillers); no numbers."""
_SKIPPED = STOPWORDS | NUMBER_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:\+\+|#)?")
"""A word as written: letters with apostrophes inside, "C++" and "C#" whole."""
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"),
    ("iveness", "ive"), ("ousness", "ous"), ("ations", "ate"), ("ation", "ate"), ("ments", ""),
    ("ment", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""), ("ies", "y"),
    ("ied", "y"), ("edly", ""), ("ors", ""), ("or", ""), ("ed", ""), ("ness", ""),
    ("ally", "al"), ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip


def key_of(*texts: str) -> str:
    """Return texts as they are compared: in lower case, words only, one space between them."""
    return re.sub(r"[\W_]+", " ", " ".join(texts).casefold()).strip()


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return the stem of a lower-case word: common endings off (after Porter, much shortened)."""
    word = re.sub(r"['’]s?$", "", word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            if ending in ("or", "ors") and len(word) < 7:
                continue
            return _tidy(word[: len(word) - len(ending)] + instead)
    return _tidy(word)


def _tidy(root: str) -> str:
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        root = root[:-1]
    if len(root) > 3 and root.endswith("e"):
        root = root[:-1]
    if len(root) > 4 and root.endswith(("at", "iz")):
        root = root[:-2]
    return root[:-1] + "i" if len(root) > 3 and root.endswith("y") else root


def is_stopword(word: str) -> bool:
    """Return whether a word tells nothing of a topic ("we're", "didn't") or is a number."""
    plain = word.lower().replace("’", "'")
    first = plain.split("'")[0]
    return not _SKIPPED.isdisjoint((plain, first, first.removesuffix("n")))


@lru_cache(maxsize=512)
def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, as they are written."""
    return tuple(word for word in WORD.findall(text) if len(word) > 1 and not is_stopword(word))


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words."""
    return frozenset(stem(word.lower().replace("’", "'")) for word in content_words(text))
