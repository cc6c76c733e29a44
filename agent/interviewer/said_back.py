"""What can be said back of an answer in good English ("You said you moved the jobs to a queue").

A recognizer's garbled words seldom fall into a pattern, so more than the brief's words is said
back only where it stands in one: a number with its unit or noun, "I" or "we" with a verb of work
and its object, a noun after a determiner. Nouns are trusted that belong to working life in any
trade, and those that the person used with a determiner twice. The lists are our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from agent.coverage.lists import word_set
from agent.coverage.numbers import NumberHit, find_numbers
from agent.coverage.words import stem
from agent.interviewer.phrases import NOT_THERE, SAID_BACK, like_noun, phrases_of, turned
from agent.interviewer.words import FUNCTION_WORDS, words_of

_NOUNS = word_set(
    "account agreement alarm apartment approach article assistant audience audit backlog backup"
    " bakery batch bed boss box branch brother budget bug building bus business cache calendar call"
    " campaign car card case cause cell center change chart check checklist child children class"
    " classroom clause client clinic code colleague colleagues community company complaint computer"
    " conflict contract cost costs course court crane crew crisis customer customers daily data"
    " dashboard database date dates day deadline deal decision delay delivery department design"
    " desk device diet director discharge disk display district doctor document door draft driver"
    " drug edge election emergency engine engineer equipment error errors evening event evidence"
    " exam exercise expert experiment experiments factory failure family families feature"
    " feedback field figure file files fix floor flow food form forms format garden gate goods"
    " group groups guest guide handover harvest head history hospital hotel hour house ideas"
    " incident index injury inspection instrument insurance interface interview inventory invoice"
    " issue issues job jobs judge key kitchen lab latency law lawyer leader lesson letter library"
    " license light line list load lock log logs loop loss machine machines mail manager manual"
    " market material meal meeting meetings member members memory menu message messages method"
    " migration mistake mistakes model models module morning motor museum network neighbor night"
    " node note notebook notes nurse nurses offer office oven order orders output package page"
    " pages paper papers parent parents part partner parts patient patients payment people phone"
    " phones photo pipeline plan plant plans platform policy pool population pressure price prices"
    " printer priority process product production program programs project projects proof proposal"
    " protocol prototype pump quarter query queue queues reader recipe record records reminder"
    " release report reports repair request requests research resident result results review"
    " rewrite risk role room round route routine rule rules sale sales sample sauce schedule"
    " scheduler school score screen script season sensor sensors server servers service session"
    " sheet shelf shift shifts ship shop site software solution source staff stage standard station"
    " stock storage store story strategy stream street student students study supplier suppliers"
    " supply support survey switch symptom system systems table tables target task tasks teacher"
    " team teams teamwork template test tests testing text theory ticket tickets tool tools topic"
    " track traffic train training treatment trial truck trucks trust unit update user users"
    " vaccine valve value vendor version video visit wait wall ward warehouse waste week weekend"
    " weight window winter worker workers workflow workshop"
)
"""Nouns of working life, in many trades."""
_TOO_PLAIN = word_set(
    "case day part result results people figure week hour evening morning night year role story"
    " topic change value head quarter season winter weekend"
)
"""Nouns that do not name anything when they stand alone."""
_VERBS = word_set(
    "added adjusted agreed analyzed answered arranged asked assigned automated began bought"
    " booked brought broke built called canceled changed checked chose cleaned closed coached"
    " collected compared connected convinced copied counted cut deleted delivered deployed"
    " designed developed documented drew drove enforced estimated explained extended fed filled"
    " filtered finished fixed found founded gave grouped handled hired implemented improved"
    " increased installed interviewed introduced invented involved isolated joined kept launched"
    " learned led logged lowered made managed mapped measured mentored merged met migrated"
    " monitored moved negotiated noticed offered opened optimized ordered organized owned paid"
    " painted passed picked planned planted prepared presented printed prioritized produced"
    " proposed published put ran read rearranged rebuilt recorded reduced refactored removed"
    " renamed repaired replaced reported researched reviewed rewrote saved scheduled selected sent"
    " separated served set shared shelved shipped showed signed simplified sold solved sorted split"
    " started stopped studied supervised switched taught tested told took traced trained translated"
    " treated tried used visited watched wrote"
)
"""What people say they did with something."""
_ADJECTIVES = word_set(
    "angry central cheap clean common complete critical current daily dark different difficult"
    " digital double early empty entire expensive external fast final heavy huge human important"
    " internal key local long main manual medical missing monthly nightly old online open own"
    " physical private public quick rapid raw real regular remote second sensitive separate serious"
    " short shared sick simple single slow small social special stable standard strict technical"
    " tight tiny top urgent weekly whole worst wrong young"
)
"""Words that may stand between a determiner and its noun."""
_MOVES = ("went", "came", "fell", "rose", "grew", "stopped", "began", "became", "today")
_INTO = ("to", "into", "for", "from", "with", "on", "in", "at", "around")
_MANY = re.compile(r"[a-z]{2,}s$|(people|children|staff|percent)$", re.IGNORECASE)
_FIRST_HALVES = ("sales", "goods", "business", "process", "class", "boss", "people", "children",
                 "bus", "loss", "illness", "analysis")  # fmt: skip
"""Words that look like a plural and begin compounds all the same: "the sales team"."""
_LONG_S = 60.0
_CLAUSE = re.compile(r"[.,;:!?]+(?=\s|$)|[()\"“”—]")
_LONGEST_ANSWER_WORDS = 4
"""A whole answer of so many words is said back as it is."""
_RECENT_WORDS = 150
"""Of a long answer its last minute is said back, which both still have in their ears."""
_PLAIN_ANSWERS = word_set("fine yes yeah no maybe good great okay ok hard easy difficult")


@dataclass(frozen=True)
class SaidBack:
    """A piece of an answer, turned to the person."""

    words: str
    """The person's own words in lower case; nothing is said back twice."""
    statement: str
    """As the interviewer says it: "You mentioned 22 milliseconds."."""
    thing: str = ""
    """As a noun phrase, "the release calendar"; "" for a deed or a number."""
    is_figure: bool = False
    """Whether it is a number, of which not everything can be asked."""


def said_back(
    answers: Sequence[str], known: Mapping[str, str], dull: frozenset[str]
) -> list[SaidBack]:
    """Return what can be said back, the last answer's first, the most telling first.

    Args:
        answers: what was said to one question, in order.
        known: words of the brief with their spelling.
        dull: stems of the question's words, which say nothing new.
    """
    trusted = trusted_nouns(" ".join(answers))
    found: list[SaidBack] = []
    for whole in reversed(answers):
        answer = " ".join(whole.split()[-_RECENT_WORDS:])
        phrases = phrases_of(answer, known, dull)
        telling = [p for p in phrases if p.is_telling]
        plain = [p for p in phrases if not p.is_telling]
        clauses = [words_of(clause) for clause in _CLAUSE.split(answer)]
        found += [_mentioned(p.words, p.spoken) for p in telling]
        found += [deed for words in reversed(clauses) for deed in _deeds(words, trusted)]
        found += [_mentioned(p.words, p.spoken) for p in plain]
        found += [thing for words in reversed(clauses) for thing in _things(words, trusted, dull)]
        found += [number for _, number in sorted(_numbers(answer), key=lambda row: row[0])]
        found += _whole(answer, trusted | known.keys())
    return list({piece.words: piece for piece in reversed(found)}.values())[::-1]


def _mentioned(words: str, spoken: str) -> SaidBack:
    return SaidBack(words, f"You mentioned {spoken}.", spoken)


@lru_cache(maxsize=64)
def trusted_nouns(said: str) -> frozenset[str]:
    """Return the nouns that a recognizer is believed in: listed, or twice after a determiner."""
    words = words_of(said)
    pairs = pairwise(words)
    determined = Counter(b for a, b in pairs if a in SAID_BACK and b not in FUNCTION_WORDS)
    return _NOUNS | {w for w, n in determined.items() if n > 1 and like_noun(w) and w.isalpha()}


def _noun_phrase(words: Sequence[str], at: int, trusted: frozenset[str]) -> int:
    """Return where a noun phrase that begins at a determiner ends, 0 where none is trusted.

    What follows it has to be a word without a subject of its own: of "the release calendar"
    nobody hears "the release". A plural ends it: "the machines wait" is no compound.
    """
    end = at + 1
    while end < len(words) and words[end] in _ADJECTIVES and words[end] not in trusted:
        end += 1
    nouns, many = 0, False
    while end < len(words) and words[end] in trusted and nouns < 3 and not many:
        many = bool(_MANY.search(words[end])) and words[end] not in _FIRST_HALVES
        end, nouns = end + 1, nouns + 1
    if not nouns or end - at > 4:
        return 0
    after = words[end] if end < len(words) else ""
    free = many or not after or after in FUNCTION_WORDS or after in _MOVES
    return end if free or (after in _VERBS and after.endswith("ed")) else 0


def _deeds(words: Sequence[str], trusted: frozenset[str]) -> list[SaidBack]:
    """Return "You said you moved the jobs to the queue." for every deed of a clause."""
    found = []
    for at, word in enumerate(words[:-2]):
        start = at + 2 if words[at + 1] in ("also", "then", "just", "only", "even") else at + 1
        if word not in ("i", "we") or start + 1 >= len(words) or words[start] not in _VERBS:
            continue
        end = _object_end(words, start + 1, trusted)
        if not end:
            continue
        more = words[end : end + 2]
        if len(more) == 2 and more[0] in _INTO and more[1] in SAID_BACK:
            end = _noun_phrase(words, end + 1, trusted) or end
        deed = " ".join((*words[start:end],))
        found.append(SaidBack(deed, f"You said you {_theirs(deed)}."))
    return found


def _object_end(words: Sequence[str], at: int, trusted: frozenset[str]) -> int:
    if words[at] in SAID_BACK or words[at] in ("another", "every", "all", "each"):
        return _noun_phrase(words, at, trusted)
    # Without a determiner only a plural stands: "I wrote tests".
    plural = words[at] in trusted and words[at].endswith("s")
    return _noun_phrase(words, at - 1, trusted) if plural else 0


def _theirs(deed: str) -> str:
    words = [{"this": "that", "these": "those"}.get(word, word) for word in deed.split()]
    return turned(" ".join(words))


def _things(words: Sequence[str], trusted: frozenset[str], dull: frozenset[str]) -> list[SaidBack]:
    """Return the noun phrases of a clause, the last first."""
    found = []
    for at, word in enumerate(words):
        denied = words[at - 1] in NOT_THERE if at else False
        end = _noun_phrase(words, at, trusted) if word in SAID_BACK and not denied else 0
        inner = words[at + 1 : end]
        nouns = [w for w in inner if w in trusted and w not in _TOO_PLAIN]
        if any(stem(w) not in dull for w in nouns):
            found.append(_mentioned(" ".join(inner), f"{SAID_BACK[word]} {' '.join(inner)}"))
    return found[::-1]


def _numbers(answer: str) -> list[tuple[bool, SaidBack]]:
    """Return "You mentioned 22 milliseconds." for each number with its unit or noun, the last
    first, each with whether it is a stretch of minutes and more: these tell the least.
    """
    found = []
    for hit in find_numbers(answer):
        spoken = _with_noun(hit, answer)
        if spoken:
            long = hit.kind == "time" and max(hit.base, default=0.0) >= _LONG_S
            words = " ".join(words_of(spoken))
            found.append((long, SaidBack(words, f"You mentioned {spoken}.", is_figure=True)))
    return found[::-1]


def _with_noun(hit: NumberHit, answer: str) -> str:
    text = " ".join(hit.text.split())
    if hit.is_year or len(hit.values) > 1 or hit.values[0] in (0, 1):
        return ""
    if hit.unit:
        # "2k" is not how it is spoken, and "two week" not how it is said.
        return text if len(text.split()) > 1 and _MANY.search(text) else ""
    after = _CLAUSE.split(answer[hit.end : hit.end + 40])[0].split()
    noun = after[0].lower() if after else ""
    return f"{text} {noun}" if noun in _NOUNS and _MANY.search(noun) else ""


def _whole(answer: str, trusted: Set[str]) -> list[SaidBack]:
    """Return a very short answer as it is."""
    words = words_of(answer)
    plain = all(w in trusted or w in _PLAIN_ANSWERS or w in SAID_BACK for w in words)
    if not words or len(words) > _LONGEST_ANSWER_WORDS or not plain:
        return []
    said = " ".join(words)
    return [SaidBack(said, f'You said "{said}".')]
