"""Words compared by stem and meaning, and how much a shared one says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.coverage.lists import word_set
from agent.coverage.synonyms import SYNONYMS

STOPWORDS = word_set(
    "a about above actually after again against all almost also although always am an and any are "
    "around as at away back be became because become been before being below between both but by "
    "came can can't cannot come could couldn't did didn't do does doesn't doing don't done down "
    "during each either else even ever every few first for from further get gets getting give "
    "given gives go goes going gone got had hadn't has hasn't have haven't having he he'd he'll "
    "he's her here hers herself him himself his how however i i'd i'll i'm i've if in instead into "
    "is isn't it it'd it'll it's its itself just kind know last later least less let let's like "
    "lot lots many may maybe me mean might more most much must my myself need needed never new "
    "next no nor not nothing now of off often oh ok okay on once one only onto or other our ours "
    "ourselves out over own per put quite rather really right said same say second see seen she "
    "should since so some someone something sometimes soon sort still such take taken takes than "
    "that that's the their them then there there's these they they'd they'll they're they've thing "
    "things think this those though through thus to too took toward two under until up upon us use "
    "used uses using very via want wanted was wasn't way we we'd we'll we're we've well went were "
    "weren't what what's when where whether which while who whole whom whose why will with within "
    "without won't would wouldn't yeah yes yet you you'd you'll you're you've your yours yourself "
    "um uh er erm hmm basically guess probably sorry three four five six seven eight nine ten "
    "eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion point percent half dozen k ms plus roughly approximately nearly able across another "
    "different directly explicitly including especially several zero percent second seconds sec "
    "minute minutes min mins hour hours hr day days week weeks month months year years millisecond "
    "milliseconds dollar dollars today yesterday tomorrow whatever everything anything nothing"
)
"""Words that say nothing about a topic; number words are compared as numbers."""

_COMMON = word_set(
    "work worked working system project team people person time day week month year company "
    "problem solution result thing data model user product process service platform tool software "
    "code build built building make made making run running ran help helped change start started "
    "end lead led manage large small big high low good great better best hard easy important main "
    "scale scaled production real full deep level type part set kind end-to-end habit depth modern "
    "experience example question answer case job role goal idea plan need area support provide "
    "show demonstrate learn understand improve increase reduce develop create design write test "
    "performance quality research engineering engineer technical approach method number report "
    "group manager customer business market existing relevant direct custom rare discipline record "
    "every over under each long short year measure track call called keep kept staff rate cover "
    "implement apply care open standard mindset original train training teach taught"
)
COMMON_WEIGHT = 0.35
"""What a general word says, against 1 for a special one."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:\+\+|#)?")
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"),
    ("iveness", "ive"), ("ousness", "ous"), ("ations", "ate"), ("ation", "ate"), ("ments", ""),
    ("ment", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""), ("ies", "y"),
    ("ied", "y"), ("edly", ""), ("ors", ""), ("or", ""), ("ed", ""), ("ness", ""),
    ("ally", "al"), ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip


@dataclass(frozen=True)
class SaidWord:
    """One content word of a text."""

    stem: str
    """Its stem, or the name of its meaning (synonyms)."""
    written: str
    """As written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


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
            root = word[: len(word) - len(ending)] + instead
            return _tidy(root)
    return _tidy(word)


def _tidy(root: str) -> str:
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        root = root[:-1]
    if len(root) > 3 and root.endswith("e"):
        root = root[:-1]
    if len(root) > 4 and root.endswith(("at", "iz")):
        root = root[:-2]
    return root[:-1] + "i" if len(root) > 3 and root.endswith("y") else root


def _meanings() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in SYNONYMS.strip().splitlines():
        words = line.split()
        for word in words:
            table.setdefault(stem(word), stem(words[0]))
    return table


_MEANING = _meanings()
_COMMON_STEMS = frozenset(_MEANING.get(stem(word), stem(word)) for word in _COMMON)


def meaning(word: str) -> str:
    """Return what stands for a word when words are compared: the stem of its first synonym."""
    root = stem(word.lower().replace("’", "'"))
    return _MEANING.get(root, root)


def weight_of(root: str) -> float:
    """Return how much a shared stem says by itself: 1 for a special word, less for a common one."""
    return COMMON_WEIGHT if root in _COMMON_STEMS else 1.0


@lru_cache(maxsize=512)
def content_words(text: str) -> tuple[SaidWord, ...]:
    """Return the words of a text that say something, in order."""
    return tuple(
        SaidWord(meaning(m.group()), m.group(), m.start(), m.end())
        for m in _WORD.finditer(text)
        if m.group().lower().replace("’", "'") not in STOPWORDS and len(m.group()) > 1
    )


_NEXT = re.compile(r"\s+([^\W\d_]+)")


def with_what_follows(text: str, start: int, end: int) -> str:
    """Return a stretch of text with up to two words after it that say something: "12 RL tasks"."""
    for _ in range(2):
        match = _NEXT.match(text, end)
        if match is None or match.group(1).lower() in STOPWORDS:
            break
        end = match.end()
    return text[start:end].strip()


@lru_cache(maxsize=512)
def all_words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return every word and stretch of digits, lower case, with its offsets."""
    return tuple(
        (m.group().lower(), m.start(), m.end())
        for m in re.finditer(r"[^\W_]+(?:['’][^\W\d_]+)*", text)
    )
