"""Which follow-ups an answer may get, the most useful first, at most one of a kind to a question.

The brief's own probes come first, word for word. Then what the answer leaves open: a very short
one, a change without a figure, "we" without "I". Then, after the first answer only, one of those
held ready, or a talking point that the question invites: the kind that was asked least in this
session. What the answer plainly holds is left out; each sign of that errs towards "it is there".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis import Status
from agent.analysis.coverage.fit import invited
from agent.analysis.coverage.points import judge_text
from agent.brief import Question, TalkingPoint
from agent.interview.moment import Moment, Topic
from agent.interview.probes import (
    ANOTHER_CASE,
    CHANGED,
    MORE_OF_IT,
    OWN,
    WORDINGS,
    kind_of_question,
    opening,
    prepared_probes,
    usual_probes,
)
from agent.interview.words import words_of
from agent.text.no_answer import asks_back, only_yes, refuses
from agent.text.numbers import find_numbers

FEW_WORDS = 6
"""In so few words nobody tells a story or a way of working."""
SHORT_WORDS = 20
"""An answer of fewer words is asked to go on."""
LEAST_FIT = 0.1
"""A point that fits a question less is not asked for there (coverage.fit: 0 to 1)."""
_MUCH_BETTER = 1.5
"""A later question that fits a point so many times better gets to ask for it."""
_MANY_WE = 3
"""So many "we" and more, and own actions a quarter of them at most: told as a team's."""

_WE = frozenset(("we", "we've", "we'd", "our", "us"))
_I_DID = re.compile(
    r"\bi(?:'d|'ve)? (?!think|guess|mean|suppose|believe|know|would|don't|feel|am|was|said)\w{3,}"
    r"|\bmy (part|role|job|idea|own)\b|\bmyself\b"
)
_CHANGE = re.compile(
    r"\b(much|a lot|lots|way|far|significantly|really) (faster|quicker|better|cheaper|smaller"
    r"|larger|bigger|higher|lower|easier|shorter|slower|safer|fewer)\b"
    r"|\b(i|we) (improved|increased|reduced|decreased|lowered|shortened|sped up)\b"
    r"|\b(went|is|was|are|were) (up|down) (a lot|significantly)\b"
)
_NOT_CLAIMED = re.compile(r"\b(not|never|would|could|will|should|if|to|can|hope|how)( \w+){0,2} $")
_FIGURE_WORD = re.compile(r"\d|\b(half|halved|twice|doubled?|tripled?|dozens?|third|quarter)\b")
_HELD: Mapping[str, re.Pattern[str]] = {
    "outcome": re.compile(
        r"\b(results?|in the end|eventually|ended|turned out|finally|worked|shipped|launched|won"
        r"|lost|solved|fixed|agreed|dropped|grew|rose|fell|later|since|still|percent|saved|now"
        r"|until|came back|nobody|everybody|never|sorry|thanked|signed|so they)\b"
    ),
    "learning": re.compile(
        r"\b(learn\w*|since then|next time|differently|looking back|reali[sz]ed|lessons?|ever since"
        r"|these days|nowadays|(i|we) do now|should have|would have|mistake)\b"
    ),
    "failure": re.compile(
        r"\b(hard(er|est)?|difficult\w*|tricky|struggl\w+|problem|trouble|challeng\w+|tough\w*"
        r"|fail\w*|break\w*|broken?|errors?|wrong|risks?|unless|otherwise|worst)\b"
    ),
    "trade_off": re.compile(
        r"\b(trade ?-?offs?|downsides?|drawbacks?|instead of|rather than|at the (cost|expense)"
        r"|(cost|price) (of|is|was)|on the other hand|alternatives?|compared (to|with)|gave up"
        r"|giv(e|ing) up|either|pros|weigh\w*)\b"
    ),
    "example": re.compile(
        r"\b(i|we)(?:'d)? (once )?(\w+ed|had|was|were|did|went|got|made|took|built|ran|wrote|found"
        r"|kept|saw|told|gave|lost)\b|\bonce\b|\blast (year|week|month|winter|summer)\b|\bago\b"
    ),
}
"""Words that show what a kind of follow-up would ask for; a list of our own."""
_ASKED_FOR = ("learning", "failure", "trade_off")
"""Kinds that a question may ask for itself."""


@dataclass(frozen=True)
class FollowUp:
    """One possible follow-up."""

    kind: str
    """As Move.probe: own, depth, number, ownership, unmade_point…"""
    because: str
    wordings: tuple[str, ...]
    """Ways to ask, the preferred one first."""
    point_index: int | None = None


def follow_ups(moment: Moment) -> Iterator[FollowUp]:
    """Yield the follow-ups that may be asked, the most useful first.

    No built-in one begins with the same three words as another of the session.
    """
    here = {move.probe for move in moment.topic.follow_ups} - {OWN}
    begun = {opening(move.text) for move in moment.follow_ups}
    for one in _candidates(moment):
        fresh = tuple(text for text in one.wordings if opening(text) not in begun)
        if one.kind == OWN:
            yield one
        elif one.kind not in here and fresh:
            yield FollowUp(one.kind, one.because, fresh, one.point_index)


def _candidates(moment: Moment) -> Iterator[FollowUp]:
    topic = moment.topic
    asked, said = kind_of_question(topic.question), _said(topic)
    for text in topic.question.probes:
        if text not in {move.text for move in topic.follow_ups}:
            yield FollowUp(OWN, "it stands in your brief", (text,))
    words = len(words_of(said))
    if words < SHORT_WORDS:
        yield FollowUp("depth", f"the answer has only {words} words", WORDINGS[asked]["depth"])
        return
    if change := unmeasured_change(said):
        yield FollowUp("number", f'"{change}" is said without a figure', CHANGED)
    # "We check it" is how things are done.
    if asked == "story" and speaks_of_team(said):
        why = 'it is told as "we", and hardly as "I"'
        yield FollowUp("ownership", why, WORDINGS["story"]["ownership"])
    ready = () if topic.follow_ups else _held_ready(topic)
    times = Counter(move.probe for move in moment.follow_ups)
    yield from sorted([*_unmade(moment), *ready], key=lambda one: times[one.kind])


def _said(topic: Topic) -> str:
    """Return all that was said to a question, in one line."""
    answers = (a for a in topic.answers if not (asks_back(a) or only_yes(a) or refuses(a)))
    return " ".join(answers) or " ".join(topic.answers)


def _held_ready(topic: Topic) -> Iterator[FollowUp]:
    """Yield what was held ready and the answer does not hold."""
    question, asked = topic.question, kind_of_question(topic.question)
    ready = topic.item.probes if topic.item else prepared_probes(question)
    for probe in (*ready, *usual_probes(question)):
        in_question = probe.kind in _ASKED_FOR and holds(probe.kind, question.text)
        # About the person nothing is told once and for all.
        known = asked != "person" and (in_question or holds(probe.kind, _said(topic)))
        if probe.kind != OWN and not known:
            wordings = dict.fromkeys((probe.text, *WORDINGS[asked].get(probe.kind, ())))
            yield FollowUp(probe.kind, probe.because, tuple(wordings))


def _unmade(moment: Moment) -> Iterator[FollowUp]:
    """Yield the talking points that the question invites and that nobody has made yet.

    A missing point that a later question fits much better is left to that one.
    """
    question, points = moment.topic.question, moment.brief.talking_points
    sought = {move.point_index for move in moment.follow_ups}
    earlier = [answer for topic in moment.topics[:-1] for answer in topic.answers]
    coming = [dict(_invited(item.question, points)) for item in moment.open_items()]
    for index, fit in _invited(question, points):
        made = any(_is_made(_status(points[index], text, "")) for text in earlier)
        if fit < LEAST_FIT or index in sought or made:
            continue
        status = _status(points[index], _said(moment.topic), question.text)
        later = max((fits.get(index, 0.0) for fits in coming), default=0.0)
        if not _is_made(status) and not (status == "missing" and later > _MUCH_BETTER * fit):
            why = f"talking point {index + 1} is {status}; this question invites it"
            yield FollowUp("unmade_point", why, _after_point(status, moment.topic), index)


def _after_point(status: Status, topic: Topic) -> tuple[str, ...]:
    """Return how to ask for a point, or for the rest of one; nothing of it may be hinted at."""
    if status != "missing":
        return MORE_OF_IT
    asked = kind_of_question(topic.question)
    told = asked != "person" and holds("example", _said(topic))
    return ANOTHER_CASE if told else WORDINGS[asked]["unmade_point"]


def _is_made(status: Status) -> bool:
    return status in ("covered", "contradicted")


@lru_cache(maxsize=512)
def _invited(question: Question, points: tuple[TalkingPoint, ...]) -> Sequence[tuple[int, float]]:
    return tuple(invited(question, points))


@lru_cache(maxsize=2048)
def _status(point: TalkingPoint, text: str, question: str) -> Status:
    return judge_text(point, text, question).status


def holds(kind: str, answers: str) -> bool:
    """Return whether answers plainly hold what a kind of follow-up would ask for."""
    said = " ".join(words_of(answers))
    if kind == "number":
        return has_figure(answers)
    if kind == "ownership":
        return len(_I_DID.findall(said)) > 1 or not _WE & {*said.split()}
    return kind in _HELD and bool(_HELD[kind].search(said))


def has_figure(text: str) -> bool:
    """Return whether a text holds a figure; one and two are none."""
    counts = (not hit.is_year and max(hit.values) > 2 for hit in find_numbers(text))
    return bool(_FIGURE_WORD.search(text.lower())) or any(counts)


def speaks_of_team(answers: str) -> bool:
    """Return whether answers tell of "we", and hardly of anything that the person did alone."""
    words = words_of(answers)
    teams = sum(word in _WE for word in words)
    return teams >= _MANY_WE and 4 * len(_I_DID.findall(" ".join(words))) <= teams


def unmeasured_change(answers: str) -> str:
    """Return a change that is told without any figure ("much faster"), "" for none."""
    said = " ".join(words_of(answers))
    if has_figure(answers):
        return ""
    changes = (c for c in _CHANGE.finditer(said) if not _NOT_CLAIMED.search(said[: c.start()]))
    return next((change.group() for change in changes), "")
