"""Short phrases of an answer that can be said back: "the ICE platform", "your crane schedule".

A recognizer seldom writes by chance a word that also stands in the brief, so only such words are
said back, and only where they stand like a noun, so that the follow-up is good English even
where its neighbors were misheard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from agent.brief import Brief
from agent.coverage.lists import word_set
from agent.coverage.words import meaning, stem, weight_of
from agent.interviewer.words import COMMON, FUNCTION_WORDS, words_of

_MOST_WORDS = 3
_CLAUSE = re.compile(r"[.,;:!?]+(?=\s|$)|[()\"“”—]")
_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*[+#]*")

SAID_BACK = {
    **dict.fromkeys(("the", "a", "an"), "the"),
    **dict.fromkeys(("our", "my", "your"), "your"),
    **dict.fromkeys(("this", "that"), "that"),
    **dict.fromkeys(("these", "those"), "those"),
    **dict.fromkeys(("their", "its", "his", "her"), "the"),
}
"""What a determiner becomes when the other one speaks."""
NOT_THERE = ("without", "not", "never", "no", "nor", "lacked", "beside", "besides")
"""What stands behind these is not what was there: of "without an incident" none is asked about."""
_BARE = word_set(
    "of for with in on from by about into at and or between over under through all some"
)
"""After these a noun may stand alone."""
_MOVES = ("went", "came", "fell", "rose", "grew", "began", "became", "today", "looks", "was")
ADJECTIVES = word_set(
    "angry central cheap clean common complete critical current daily dark different difficult"
    " digital double early empty entire expensive external fast final heavy huge human important"
    " internal key local long main medical missing monthly nightly old online open own"
    " physical private public quick rapid raw real regular remote second sensitive separate serious"
    " short shared sick simple single slow small social special stable standard strict technical"
    " tight tiny top urgent weekly whole worst wrong young"
)
"""Words that may stand between a determiner and its noun, and name nothing alone."""
_VERBS = re.compile(
    r"ed$|^(use|used|run|ran|build|built|make|made|take|took|give|gave|keep|kept|think|thought"
    r"|work|design|walk|describe|write|wrote|written|grew|become|became|begin|began|bring|brought"
    r"|see|saw|went|would|lead|led|fell|leave|left|suggest"
    r"|(report|scale|cover|follow|take|name|run|want|track|make|include|invite|use)s)$"
)
_NOT_NOUN = re.compile(
    r"(ed|ing|ly|ful|ous|ive|able|ible|ary|less|'s)$|\d|-level$"
    r"|^(?!(hospital|terminal|trial|arrival|signal|journal|referral|goal|meal|animal|proposal"
    r"|removal|approval|manual|material|portal|rehearsal|appraisal)$)\w+al$"
    r"|^(different|important|special|public|orthopedic|rapid|solo|strong|early|earlier|late|real"
    r"|likely|multiple|angry|calm|unknown|among|across|beside|beyond|inside|hours?|minutes?|days?"
    r"|weeks?|months?|two|three|four|five|seven|eight|nine|eleven|twelve|hundred|thousand|million"
    r"|percent|published|concurrent)$"
)
"""Endings of adjectives, verbs and adverbs, and words of time and number."""


@dataclass(frozen=True)
class Phrase:
    """One phrase of an answer."""

    words: str
    """The person's words in lower case: "ice platform"."""
    spoken: str
    """As the interviewer says it: "the ICE platform"."""

    @property
    def is_telling(self) -> bool:
        """Whether it names something by itself: a name, or two words and more."""
        return " " in self.words or self.spoken != self.spoken.lower()


@lru_cache(maxsize=8)
def spellings(brief: Brief) -> Mapping[str, str]:
    """Return the words and pairs of words of the brief with how they are written inside a
    sentence: "ice" is "ICE".
    """
    texts = [brief.snapshot, brief.stack]
    texts += [question.text for question in brief.questions]
    texts += [text for point in brief.talking_points for text in (point.name, point.text)]
    found: dict[str, str] = {}
    for text in texts:
        for match in _WORD.finditer(text):
            word, lower = match.group(), match.group().lower().replace("’", "'")
            before = text[: match.start()].rstrip()
            starts = not before or before[-1] in ".!?:;(|"
            plain = word[1:].islower() and starts
            if plain or word.islower():
                found[lower] = lower if word.islower() else found.get(lower, lower)
            elif found.get(lower, "") in ("", lower):
                found.setdefault(lower, word)
    words = [words_of(clause) for text in texts for clause in _CLAUSE.split(text)]
    pairs = {f"{a} {b}": "" for each in words for a, b in pairwise(each)}
    return pairs | {word: word for each in words for word in each} | found


def phrases_of(answer: str, known: Mapping[str, str], dull: frozenset[str]) -> list[Phrase]:
    """Return phrases of the answer that are safe to say back, the best first.

    They are runs of one to three words of `known` after a determiner or a preposition, of which
    one is a special word and the last looks like a noun; a single word without a determiner has
    to be a name or a plural. Longer ones come first, of equals the one said last; what only
    repeats the question is left out.

    Args:
        answer: what was said.
        known: words that are trusted, with their spelling.
        dull: stems of the question's words.
    """
    ranked: list[tuple[int, int, Phrase]] = []
    at = 0
    for clause in _CLAUSE.split(answer):
        words = words_of(clause)
        for start, end in _runs(words, known):
            before = words[start - 1] if start else ""
            whole = words[max(start, end - _MOST_WORDS) : end]
            run = _together(whole, known, before in SAID_BACK)
            # A determiner belongs to what came first: "the GPU. OpenRLHF" is not "the OpenRLHF".
            if run != whole and known[run[0]] != run[0]:
                before = "of"
            new = sum(stem(word) not in dull for word in run)
            denied = bool({"", *words[max(0, start - 2) : start]} & {*NOT_THERE})
            phrase = None if denied else _phrase(before, run, known)
            if phrase is not None and not _ends(words, end):
                phrase = _name_of(run, known)
            if phrase is not None and new:
                ranked.append((min(new, 2), at + end, phrase))
        at += len(words)
    ranked.sort(key=lambda row: row[:2], reverse=True)
    return list({row[2].words: row[2] for row in ranked}.values())


def _runs(words: tuple[str, ...], known: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the stretches of trusted words, each as (first, one after the last)."""
    runs = []
    start = None
    for at, word in enumerate((*words, "")):
        fits = word in known and word not in COMMON and len(word) > 2
        if fits and start is None:
            start = at
        elif not fits and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _together(run: tuple[str, ...], known: Mapping[str, str], determined: bool) -> tuple[str, ...]:
    """Return the end of a run that is one phrase.

    Its words follow each other in the brief too ("Apple Silicon"), or they are two plain words
    after a determiner ("the evaluation platform"): a recognizer leaves the full stops out.
    """
    if len(run) == 1 or all(f"{a} {b}" in known for a, b in pairwise(run)):
        return run
    if determined and len(run) == 2 and all(known[word] == word for word in run):
        return run
    return _together(run[1:], known, determined)


def _phrase(before: str, run: tuple[str, ...], known: Mapping[str, str]) -> Phrase | None:
    if not any(weight_of(meaning(word)) == 1.0 for word in run) or not like_noun(run[-1]):
        return None
    if any(map(_VERBS.search, run[1:])) or (_VERBS.search(run[0]) and run[0][-2:] != "ed"):
        return None
    spelled = " ".join(known[word] for word in run)
    if before in ("that", "this") and spelled[0].isupper():
        # "I was surprised that Kafka was slow" points at nothing.
        return Phrase(" ".join(run), spelled)
    if before in SAID_BACK:
        return Phrase(" ".join(run), f"{SAID_BACK[before]} {spelled}")
    stands_alone = len(run) > 1 or spelled != spelled.lower() or _is_plural(run[-1])
    return Phrase(" ".join(run), spelled) if before in _BARE and stands_alone else None


def _ends(words: tuple[str, ...], end: int) -> bool:
    """Return whether nothing is cut off: of "the NCCL traces" nobody hears "the NCCL"."""
    after = words[end] if end < len(words) else ""
    return not after or after in FUNCTION_WORDS or after.endswith("ed") or after in _MOVES


def _name_of(run: tuple[str, ...], known: Mapping[str, str]) -> Phrase | None:
    """Return the name at the end of a run, which stands alone, None where that is no name."""
    name = known[run[-1]]
    return Phrase(run[-1], name) if name[1:] != name[1:].lower() else None


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


@lru_cache(maxsize=4096)
def like_noun(word: str) -> bool:
    """Return whether a word looks like a noun."""
    other = word in ADJECTIVES or _NOT_NOUN.search(word) or _VERBS.search(word)
    return len(word) > 3 and not other


def turned(words: str) -> str:
    """Return the person's words as the other one says them: "I reduced our costs" becomes "you
    reduced your costs".
    """
    turned_words = {"i": "you", "we": "you", "i'd": "you would", "we'd": "you would",
                    "my": "your", "our": "your"}  # fmt: skip
    return " ".join(turned_words.get(word.lower(), word) for word in words.split())
