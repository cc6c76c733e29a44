"""Answer what a person asks back, from the brief and nothing else, verbatim or not at all.

Only what the brief says of the company, the team, the role, the panel and the day is read: never
the talking points, the likely questions or their whys. A sentence answers a question where it holds
every telling word of it, and says what the topic (own_topics.py) or the kind of the question ("how
many", "when") asks for. A wrong sentence is worse than "I don't have that".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent.brief import Brief
from agent.coverage.lists import word_set
from agent.coverage.words import content_words, meaning, weight_of
from agent.interviewer import wording
from agent.interviewer.own_round.own_topics import TOPICS, OwnTopic
from agent.interviewer.words import words_of
from agent.no_answer import gives_orders

MOST_WORDS = 45
"""An answer of about 18 seconds."""
_LEAST_WEIGHT = 1.0
"""A sentence must share one telling word with the question, or three common ones."""
_MOST_PARTS = 2
"""Questions in one turn that are answered."""

_SECRET = re.compile(
    r"\b(talking points?|likely questions?|next question|system prompt|your (prompt|instructions"
    r"|rules|notes)|(print|read|show|tell|give)( out)?( me| us)? (the|your|my) (whole "
    r"|entire )?brief"
    r"|what (should|shall|must|could) i (say|answer))\b"
)
_PARTS = re.compile(
    r"[?!.]+\s+|[,;]?\s+\band (?=(what|how|which|where|when|who|why|do|does|is|are|will|would"
    r"|can)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"^(and|or|but) ")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“(A-Z0-9])")
_CLAUSE = re.compile(r"[,;:]\s+(?![^(]*\))")
_SCAFFOLD = word_set(
    "team company you your yours use used using role position job work working look looking people"
    " person kind type sort tell know here moment currently please thanks thank exactly like day"
    " days hear learn ask question wonder wondering curious interested place thing things involve"
    " us me i we get have there available enjoyed interesting specific specifically part involved"
    " firm organization describe explain give bit usually typical typically possible currently"
    " system systems tool tools platform software own"
)
"""Words of a question that no answer has to hold."""
_NUMBER = r"(\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)"
_KINDS = (
    (r"\bhow often\b", r"\b(every|daily|weekly|monthly|yearly|each|once|twice|times)\b"),
    (
        r"\bhow (long|soon|quickly|fast)\b",
        rf"\b{_NUMBER}[- ](second|minute|hour|day|week|month|year)",
    ),
    (r"\bhow (much|high|low|large|big|tall|far)\b", r"\b(?!(19|20)\d\d\b)\$?\d"),
    (
        r"^when\b|\b(what|which) year\b",
        r"\b(1[89]|20)\d\d\b|\b(\w+day|morning|noon|spring|summer)\b",
    ),
    (r"^where\b", r"\b(in|at|from|to|into|on) (the |a |an )?\w+"),
    (r"^who\b", r"[A-Z]\w+|\bby (a|an|the)\b|\bwith (a|an|the)\b"),
    (r"^why\b", r"\b(because|so that)\b"),
)
"""What is asked for by the first words of a question, and how an answer shows it."""
_EVERY_WORD = re.compile(
    r"\bhow (do|does|did|is|are|would|will|can) |^(so |and |but |ok |okay |um |uh )*"
    r"(is|are|was|do|does|did|can|could|will|would|have|has) "
)
_SERVED = re.compile(r"(\bhow many .*) (do|does|did) (you|they|it|we|the \w+)( \w+)?$")
"""Of "how many ports do you serve" the ports are counted, whatever is done with them."""
_INTERVIEW_DAY = re.compile(
    r"\b(when|what (day|date)|which (day|date)|date) .*\b(interview|next round|meeting)\b"
)
_PANEL = re.compile(
    r"\bwho\b.*\b(interview|interviewing|panel|meet|talk to|speak to|interviewers)\b"
    r"|\bwhat does the panel\b|\bwho are you\b"
)
_POSITION = re.compile(
    r"\b(what|which) (is|exactly is|are) (the|this) (role|position|job|title)( called| title)?$"
    r"|\bjob title\b|\b(what|which) (role|position|job) (is this|is it|am i)\b"
)


@dataclass(frozen=True)
class Reply:
    """An answer to a question of the person's."""

    text: str
    """What to say."""
    evidence: str
    """The words of the brief that it is made of, "" where the brief does not say."""


@dataclass(frozen=True)
class _Passage:
    """A sentence of the brief, or a clause of a long one."""

    text: str
    """Verbatim, at most MOST_WORDS words."""
    field: str
    """snapshot or stack."""
    place: int
    """Its place in the brief."""
    whole: bool
    """Whether it is a sentence."""

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return _stems(self.text)


def reply_to(question: str, brief: Brief, replied: tuple[str, ...] = ()) -> Reply:
    """Return the answer to a question from the brief, or that it is not there.

    Args:
        question: as it was understood, punctuated or not.
        brief: what is known.
        replied: the evidence of every reply so far, "" for those without.
    """
    nothing = Reply(wording.not_known(replied.count("")), "")
    said = " ".join(words_of(question))
    if gives_orders(question) or _SECRET.search(said):
        return nothing
    known = _about_the_interview(said, brief)
    if known is not None:
        return known
    parts = [part for part in _PARTS.split(question) if part and len(words_of(part)) > 1]
    found = [_found(part, brief) for part in parts[:_MOST_PARTS]]
    passages = list(dict.fromkeys(passage for each in found for passage in each))
    if not passages:
        return nothing
    fresh = [p for p in passages if not any(p.text in evidence for evidence in replied)]
    if not fresh:
        return Reply(wording.SAID_BEFORE, passages[0].text)
    return _spoken(fresh, whole=all(found))


def _spoken(passages: list[_Passage], *, whole: bool) -> Reply:
    """Return the passages as far as they fit into MOST_WORDS, in the order of the brief."""
    fitting: list[_Passage] = []
    for passage in passages:
        if sum(len(p.text.split()) for p in (*fitting, passage)) <= MOST_WORDS:
            fitting.append(passage)
    fitting = sorted(fitting[:2], key=lambda passage: passage.place)
    evidence = " ".join(_closed(p.text) if len(fitting) > 1 else p.text for p in fitting)
    text = " ".join(_closed(p.text) for p in fitting)
    lead = "" if all(p.whole for p in fitting) else "What I have is this: "
    rest = "" if whole else " I don't have the rest."
    return Reply(f"{lead}{text}{rest}", evidence)


def _closed(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."


def _about_the_interview(said: str, brief: Brief) -> Reply | None:
    """Return what the brief says of the day, the panel and the position, where that is asked."""
    if _INTERVIEW_DAY.search(said) and brief.interview_date:
        return Reply(f"The day that I have is {brief.interview_date}.", brief.interview_date)
    if _PANEL.search(said) and brief.panel:
        people = "; ".join(", ".join(p for p in (one.name, one.role) if p) for one in brief.panel)
        return Reply(f"These are the interviewers: {people}.", people)
    if _POSITION.search(said) and brief.role:
        at = f" at {brief.company}" if brief.company else ""
        return Reply(f"It is {brief.role}{at}.", brief.role)
    return None


def _found(question: str, brief: Brief) -> list[_Passage]:
    """Return the passages that answer one question, the best first."""
    said = " ".join(words_of(question))
    topic = next((topic for topic in TOPICS if topic.asked.search(said)), None)
    asked = topic.asked.sub(_kept, said) if topic else _SERVED.sub(r"\1", said)
    roots = _stems(asked) - _SCAFFOLD_STEMS - _stems(brief.company)
    # "How do you test it" is about the testing, "is the research public" about both.
    most_missing = 0 if _EVERY_WORD.search(said) else 1
    passages = [p for p in _passages(brief) if _answers(said, p, topic)]
    ranked = []
    for passage in passages:
        shared = roots & passage.stems
        weight = sum(map(weight_of, shared))
        missing = roots - shared
        enough = topic is not None or weight >= _LEAST_WEIGHT
        general = len(missing) <= most_missing and all(weight_of(root) < 1.0 for root in missing)
        if enough and general:
            plain = set(words_of(passage.text)) & set(said.split()) - _TRIVIAL
            named = len((_stems(said) - {_COMPANY}) & passage.stems)
            says = len(topic.says.findall(passage.text)) if topic else 0
            ranked.append((-weight, -named, -says, -len(plain), passage.place, passage))
    ranked.sort(key=lambda row: row[:5])
    return [row[5] for row in ranked[: topic.sentences if topic else 1]]


_TRIVIAL = frozenset("a an the of in is are to and for on at with it by as or from".split())
_COMPANY = meaning("company")
_SCAFFOLD_STEMS = frozenset(meaning(word) for word in _SCAFFOLD)


def _kept(match: re.Match[str]) -> str:
    return f" {match.groupdict().get('kept') or ''} "


def _answers(said: str, passage: _Passage, topic: OwnTopic | None) -> bool:
    """Return whether a passage holds what the topic, or the kind of the question, asks for."""
    if topic is not None:
        return bool(topic.says.search(passage.text)) and topic.field in ("", passage.field)
    many = re.search(r"\bhow many (\w+) ?(\w+)?", said)
    if many:
        return _counts(passage.text, {meaning(word) for word in many.groups() if word})
    kinds = [shows for asks, shows in _KINDS if re.search(asks, said)]
    return all(re.search(shows, passage.text) for shows in kinds)


def _counts(text: str, roots: set[str]) -> bool:
    """Return whether a number stands just before one of these words."""
    words = words_of(text)
    for at, word in enumerate(words):
        before = words[max(0, at - 3) : at]
        # A version ("3.5") is no count.
        counted = any(re.fullmatch(_NUMBER, one) for one in before)
        if meaning(word) in roots and counted and not any("." in one for one in before):
            return True
    return False


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(text))


@lru_cache(maxsize=8)
def _passages(brief: Brief) -> tuple[_Passage, ...]:
    """Return what can be said: the sentences of the snapshot and the stack, long ones by clause."""
    texts = [
        (field, piece, whole)
        for field, text in (("snapshot", brief.snapshot), ("stack", brief.stack))
        for sentence in _SENTENCE.split(" ".join(text.split()))
        for piece, whole in _pieces(sentence)
    ]
    return tuple(
        _Passage(piece, field, place, whole) for place, (field, piece, whole) in enumerate(texts)
    )


def _pieces(sentence: str) -> Iterator[tuple[str, bool]]:
    if len(sentence.split()) <= MOST_WORDS:
        if sentence:
            yield sentence, True
        return
    for clause in _CLAUSE.split(sentence):
        if clause and len(clause.split()) <= MOST_WORDS:
            yield _AND.sub("", clause.strip(" .")), False
