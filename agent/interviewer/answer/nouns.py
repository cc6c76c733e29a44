"""Noun phrases that can be said back: "the release calendar" and never "the wrong".

Of a recognizer that writes neither full stops nor capitals only words are believed that belong to
working life, or that the person used with a determiner twice. Where there are full stops a better
one wrote, and the object of a deed may be any word that stands like a noun. The lists are our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise

from agent.coverage.lists import word_set
from agent.interviewer.answer.phrases import ADJECTIVES, SAID_BACK, like_noun
from agent.interviewer.words import FUNCTION_WORDS, words_of

NOUNS = word_set(
    "account agreement alarm apartment applicant approach architect article assignment assistant"
    " attempt audience audit backlog backup bakery baseline batch bed bill boiler boss box branch"
    " breaker brother budget bug building bus business cabinet cable cables cache calendar call"
    " campaign car card case cause cell center change channel chart check checklist child children"
    " circuit class classroom clause client clinic cluster code colleague colleagues community"
    " company complaint computer configuration conflict contact contacts contract contractor cost"
    " costs counter course court crane crew crisis curriculum customer customers daily dashboard"
    " data database date dates day deadline deal decision delay delivery demo demos department"
    " deployment design desk device diagram diet director discharge disk display district doctor"
    " document door draft driver drug edge election emergency employee endpoint engine engineer"
    " entries equipment error errors estimate evening event evidence exam exercise experiment"
    " experiments expert factory failure families family fault feature feedback field figure file"
    " files filter filters fix floor flow folder food forecast form format forms framework garden"
    " gate goods grade grades graph group groups guest guide guideline handover harvest head"
    " history hospital hotel hour house ideas incident index indexer injury inspection instrument"
    " insurance interface interview inventory invoice issue issues job jobs judge kernel kernels"
    " key kitchen lab label labels laptop latency law lawyer leader ledger lesson lessons letter"
    " library license light line linter list load loader lock log logs loop loss machine machines"
    " mail maintenance manager manual margin market material meal meeting meetings member members"
    " memory menu merchant merchants message messages method metric metrics migration mistake"
    " mistakes model models module morning motor museum neighbor network night node note notebook"
    " notes nurse nurses offer office order orders output oven package page pages paper papers"
    " parent parents part partner parts patient patients payment people phone phones photo pilot"
    " pipeline pipelines plan plans plant platform policy pool population poster pressure price"
    " prices printer priority process product production profiler program programs project"
    " projects proof proposal prospect prospects protocol prototype pump quarter queries query"
    " queue queues quota ranking reader receipt recipe record records region release reminder"
    " renewal repair report reports request requests requirement requirements research resident"
    " result results review rewrite risk role rollout room round rounds route routine rule rules"
    " sale sales sample sauce scanner scanners schedule scheduler school score scorecard screen"
    " script season segment sensor sensors server servers service session sheet shelf shift shifts"
    " ship shop simulator site socket software solution source spreadsheet staff stage standard"
    " station stock storage store story strategy stream street student students study supplier"
    " suppliers supply support surgeon survey switch syllabus symptom system systems table tables"
    " target task tasks teacher team teams teamwork template templates tenant territory test"
    " testing tests text theory therapist thread threshold ticket tickets timeline token tool"
    " tools topic trace traces track traffic train training treatment trial truck trucks trust"
    " tutor unit units update user users vaccine value valve vendor version video visit volunteer"
    " volunteers wait wall ward warehouse waste week weekend weight weights whiteboard whiteboards"
    " window winter wire worker workers workflow workload workloads workshop"
)
"""Nouns of working life, in many trades."""
PLURAL = re.compile(r"[a-z]{2,}s$|(people|children|staff|percent)$", re.IGNORECASE)
"""How a word ends that counts several things."""
DETERMINERS = frozenset((*SAID_BACK, "another", "every", "all", "each", "both", "one", "two",
                         "three", "four", "five", "six"))  # fmt: skip
"""What an object begins with."""
_FIRST_HALVES = ("sales", "goods", "business", "process", "class", "boss", "people", "children",
                 "bus", "loss", "illness", "analysis")  # fmt: skip
"""Words that look like a plural and begin compounds all the same: "the sales team"."""
_MOVES = ("went", "came", "fell", "rose", "grew", "stopped", "began", "became", "today")
_SIZES = ("little", "small", "big", "large", "new", "old", "good", "whole")
_EMPTY = word_set(
    "time look point while couple minute minutes second break moment lot bit call chance rest part"
    " half state number set kind sort piece day week month year morning friday monday answer idea"
    " one"
)
"""Heads that name nothing: of "took a look" and "the rest" nobody can be asked."""
_MOST_WORDS = 4


@lru_cache(maxsize=64)
def trusted_nouns(said: str) -> frozenset[str]:
    """Return the nouns that a recognizer is believed in: listed, or twice after a determiner."""
    words = words_of(said)
    pairs = pairwise(words)
    determined = Counter(b for a, b in pairs if a in SAID_BACK and b not in FUNCTION_WORDS)
    return NOUNS | {w for w, n in determined.items() if n > 1 and like_noun(w) and w.isalpha()}


def noun_phrase(words: Sequence[str], at: int, trusted: Container[str]) -> int:
    """Return where a noun phrase that begins at a determiner ends, 0 where none is trusted.

    What follows it has to be a word without a subject of its own: of "the release calendar"
    nobody hears "the release". A plural ends it: "the machines wait" is no compound.
    """
    end = at + 1
    while end < len(words) and words[end] in ADJECTIVES and words[end] not in trusted:
        end += 1
    nouns, many = 0, False
    while end < len(words) and words[end] in trusted and nouns < 3 and not many:
        many = bool(PLURAL.search(words[end])) and words[end] not in _FIRST_HALVES
        end, nouns = end + 1, nouns + 1
    if tuple(words[end : end + 2]) == ("by", words[end - 1]):
        end, nouns = end - 1, nouns - 1  # "a plan room by room"
    if not nouns or end - at > _MOST_WORDS:
        return 0
    after = words[end] if end < len(words) else ""
    free = many or not after or after in FUNCTION_WORDS or after in _MOVES
    return end if free or after.endswith("ed") else 0


def object_end(words: Sequence[str], at: int, trusted: Container[str], *, is_written: bool) -> int:
    """Return where the object of a deed ends, 0 where there is none to be said back.

    Args:
        words: a clause.
        at: where the object begins.
        trusted: nouns that are believed.
        is_written: whether any word that stands like a noun may be believed.
    """
    end = _own_end(words, at, trusted, is_written)
    if not end:
        return 0
    if end < len(words) and words[end] == "of":
        return _own_end(words, end + 1, trusted, is_written)
    return 0 if words[end - 1] in _EMPTY else end


def _own_end(words: Sequence[str], at: int, trusted: Container[str], is_written: bool) -> int:
    if at >= len(words):
        return 0
    if words[at] not in DETERMINERS:
        # Without a determiner only a plural stands: "I wrote tests".
        plural = (
            not words[at].endswith("selves")
            and PLURAL.search(words[at])
            and (words[at] in trusted or is_written)
        )
        return _own_end_after(words, at - 1, trusted, is_written) if plural else 0
    return _own_end_after(words, at, trusted, is_written)


def _own_end_after(words: Sequence[str], at: int, trusted: Container[str], is_written: bool) -> int:
    found = noun_phrase(words, at, trusted)
    if found or not is_written or words[at] in ("that", "this"):
        return found
    end = at + 1
    while end < len(words) and words[end] in _SIZES:
        end += 1
    first = end
    while end < len(words) and words[end].isalpha() and words[end] not in FUNCTION_WORDS:
        end += 1
    stands = end > first and end - at <= _MOST_WORDS and like_noun(words[end - 1])
    return end if stands else 0
