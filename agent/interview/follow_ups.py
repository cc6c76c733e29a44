"""Which follow-ups an answer may get, the most useful first, at most one of a kind to a question.

The brief's own probes come first, that which the answer covers least; where it covers all of them
nothing of ours takes their place. Else comes what the answer leaves open: a very short one, a
change without a figure, "we" without "I". Then, after the first answer only, one of those derived
from the why, or a talking point that the question invites: the kind that was asked least in this
session, and what the manner of who asks prefers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis import Status
from agent.analysis.coverage.fit import invited
from agent.analysis.coverage.points import judge_text
from agent.brief import Question, TalkingPoint
from agent.interview.listening import covered, has_figure, is_covered, tells_case
from agent.interview.moment import Moment, Topic
from agent.interview.probes import (
    OWN,
    kind_of_question,
    kinds,
    opening,
    prepared_probes,
    wordings,
)
from agent.interview.words import words_of
from agent.session.settings import KeptProbe
from agent.text.no_answer import asks_back, only_yes, refuses

FEW_WORDS = 6
"""In so few words nobody tells a story or a way of working."""
SHORT_WORDS = 20
"""An answer of fewer words is asked to go on."""
LEAST_FIT = 0.1
"""A point that fits a question less is not asked for there (coverage.fit: 0 to 1)."""
_MOST_POINTS = 2
"""Follow-ups of a session that are after a talking point; each sounds alike."""
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
    own = (p for item in moment.plan.items for p in item.probes if p.kind == OWN)
    begun |= {opening(probe.text) for probe in own}
    for one in _candidates(moment):
        fresh = tuple(text for text in one.wordings if opening(text) not in begun)
        if one.kind == OWN:
            yield one
        elif one.kind not in here and fresh:
            yield FollowUp(one.kind, one.because, fresh, one.point_index)


def _candidates(moment: Moment) -> Iterator[FollowUp]:
    topic = moment.topic
    question, said = topic.question, _said(topic)
    own = [probe for probe in prepared_probes(question) if probe.kind == OWN]
    yield from _least_covered(moment, own)
    words = len(words_of(said))
    if words < SHORT_WORDS:
        why = f"the answer has only {words} words"
        yield FollowUp("depth", why, wordings("depth", question))
        return
    if change := unmeasured_change(said):
        why = f'"{change}" is said without a figure'
        yield FollowUp("number", why, kinds()["changed"].wordings["story"])
    # "We check it" is how things are done.
    if kind_of_question(question) == "story" and speaks_of_team(said):
        why = 'it is told as "we", and hardly as "I"'
        yield FollowUp("ownership", why, wordings("ownership", question))
    if own:
        return
    case = KeptProbe(kind="example", text="", unless=kinds()["example"].unless)
    general = not (has_figure(said) or covered(case, said, by_meaning=False))
    if general and kind_of_question(question) in ("how", "other"):
        why = "it is told in general, without a case or a figure"
        yield FollowUp("example", why, wordings("example", question))
    likes = _preferred(moment)
    times = Counter(move.probe for move in moment.follow_ups)
    ready = () if topic.follow_ups else _held_ready(topic, likes)
    yield from sorted(
        [*ready, *_unmade(moment)], key=lambda one: (times[one.kind], one.kind not in likes)
    )


def _least_covered(moment: Moment, own: Sequence[KeptProbe]) -> Iterator[FollowUp]:
    """Yield the brief's own probes that the answers leave open, the least covered first.

    Of those that are equally open one comes first that begins as no other of the session.
    """
    topic, said = moment.topic, _said(moment.topic)
    asked = {move.text for move in topic.follow_ups}
    begun = {opening(move.text) for move in moment.follow_ups}
    shares = {probe.text: covered(probe, said, by_meaning=True) for probe in own}
    left = [text for text, share in shares.items() if text not in asked and not is_covered(share)]
    for text in sorted(left, key=lambda text: (opening(text) in begun, round(shares[text], 1))):
        yield FollowUp(OWN, f"it stands in your brief; {shares[text]:.2f} of it is said", (text,))


def _preferred(moment: Moment) -> frozenset[str]:
    """Return the kinds that whoever of a panel asks likes to ask, by their manner."""
    panel = moment.plan.panel
    manners = [one.manner for one in panel if one.name == moment.last.move.speaker]
    words = frozenset(words_of(" ".join(manners)))
    return frozenset(name for name, kind in kinds().items() if kind.manner & words)


def _said(topic: Topic) -> str:
    """Return all that was said to a question, in one line."""
    answers = (a for a in topic.answers if not (asks_back(a) or only_yes(a) or refuses(a)))
    return " ".join(answers) or " ".join(topic.answers)


def _held_ready(topic: Topic, likes: frozenset[str]) -> Iterator[FollowUp]:
    """Yield what was held ready, and what a manner likes, as far as the answer does not hold it."""
    question, said = topic.question, _said(topic)
    ready = topic.item.probes if topic.item else prepared_probes(question)
    liked = [
        KeptProbe(kind=k, text=wordings(k, question)[0], because="it is their manner",
                  unless=kinds()[k].unless)
        for k in sorted(likes) if wordings(k, question)
    ]  # fmt: skip
    for probe in (*ready, *liked):
        asked = question.text if probe.kind in _ASKED_FOR else ""
        open_still = not covered(probe, f"{asked} {said}", by_meaning=False)
        if probe.kind == "ownership":
            open_still = speaks_of_team(said)
        if open_still:
            texts = dict.fromkeys((probe.text, *wordings(probe.kind, question)))
            yield FollowUp(probe.kind, probe.because, tuple(texts))


def _unmade(moment: Moment) -> Iterator[FollowUp]:
    """Yield the talking points that the question invites and that nobody has made yet.

    A missing point that a later question fits much better is left to that one.
    """
    question, points = moment.topic.question, moment.brief.talking_points
    sought = {move.point_index for move in moment.follow_ups if move.probe == "unmade_point"}
    if len(sought) >= _MOST_POINTS:
        return
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
        return wordings("more", topic.question)
    case = tells_case(_said(topic)) and kind_of_question(topic.question) != "person"
    return kinds()["again"].wordings["story"] if case else wordings("again", topic.question)


def _is_made(status: Status) -> bool:
    return status in ("covered", "contradicted")


@lru_cache(maxsize=512)
def _invited(question: Question, points: tuple[TalkingPoint, ...]) -> Sequence[tuple[int, float]]:
    return tuple(invited(question, points))


@lru_cache(maxsize=2048)
def _status(point: TalkingPoint, text: str, question: str) -> Status:
    return judge_text(point, text, question).status


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
