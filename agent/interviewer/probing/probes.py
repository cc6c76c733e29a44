"""Follow-ups: what an answer leaves open, and how to ask for it without giving anything away.

Each kind is one function: answered -> the probes it finds. A new kind goes into _KINDS, its
wordings into asking.py. Those that press harder are in pressing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.interviewer.answer.heard import (
    claims,
    decides,
    has_case,
    has_figure,
    has_outcome,
    has_trade_off,
    team_words,
)
from agent.interviewer.answer.nouns import trusted_nouns
from agent.interviewer.areas import asks_for_design
from agent.interviewer.probing import asking, pressing
from agent.interviewer.probing.answered import Answered, Probe
from agent.interviewer.probing.baselines import changes, unmeasured
from agent.interviewer.probing.unmade import Unmade, unmade_points

SHORT_WORDS = 20
"""An answer with fewer words is asked to go on."""
BRIEF_WORDS = 45
"""An answer of fewer words, about 20 s, is asked for detail when nothing else is open."""
_STORY_WORDS = 40
"""A story or a design of fewer words is not yet expected to hold an end or a trade-off."""
_MOST_CLAIMS = 3
"""Claims without a figure that are looked at in one question."""


def probes(answered: Answered) -> Iterator[Probe]:
    """Yield the follow-ups that the answers give rise to, the most useful first."""
    design = asks_for_design(answered.question)
    for kind in _DESIGN_KINDS if design else _KINDS:
        yield from kind(answered)


def _depth(answered: Answered) -> Iterator[Probe]:
    if answered.words < SHORT_WORDS:
        why = f"the answer has only {answered.words} words"
        yield Probe("depth", why, asking.say_more(answered.taken, answered.nth))


def _detail(answered: Answered) -> Iterator[Probe]:
    """Ask on where nothing else is open: after a brief answer, or after something done."""
    if len(answered.answers) > 1 or answered.words < SHORT_WORDS:
        return
    done = any(piece.is_weighty and piece.mood != "would" for piece in answered.taken)
    if done or answered.words < BRIEF_WORDS:
        why = f"the answer has {answered.words} words and leaves nothing else open"
        yield Probe("depth", why, asking.go_deeper(answered.question, answered.taken, answered.nth))


def _beginning(answered: Answered) -> Iterator[Probe]:
    """Ask from where a figure changed of which only the end was told."""
    trusted = trusted_nouns(answered.text)
    for change in changes(answered.text, trusted):
        why = f'"{change.words}" tells the end of a change, not its beginning'
        yield Probe("number", why, asking.beginning_of(change))


def _measured(answered: Answered) -> Iterator[Probe]:
    """Ask where a share comes from that nothing tells of having been measured."""
    share = unmeasured(answered.text)
    if share:
        yield Probe("number", f'"{share}" is not said to be measured', asking.measured(share))


def _number(answered: Answered) -> Iterator[Probe]:
    for claim in claims(answered.text, answered.known)[:_MOST_CLAIMS]:
        yield Probe("number", f'"{claim.words}" has no figure', asking.figure_of(claim))


def _ownership(answered: Answered) -> Iterator[Probe]:
    quote = team_words(answered.text)
    # "We would cache it" in a design is courtesy; "we built it" tells of work done.
    if quote is None or (quote == "we" and asks_for_design(answered.question)):
        return
    why = f'"{quote}" is said of the team, and hardly anything of the person'
    yield Probe("ownership", why, asking.own_part(quote, answered.taken))


def _unmade_point(answered: Answered) -> Iterator[Probe]:
    """Ask for a point that is not there, or for the rest of one that is raised in part."""
    for point in unmade_points(
        answered.brief, answered.question, answered.answers, answered.earlier, answered.later
    ):
        if point.index not in answered.sought:
            why = f"talking point {point.index + 1} is {point.status}; this question invites it"
            wordings = _wordings_for(point, answered)
            yield Probe("unmade_point", why, wordings, point.index)


def _wordings_for(point: Unmade, answered: Answered) -> tuple[str, ...]:
    if point.status == "missing":
        told = has_case(answered.text)
        return asking.own_work(answered.question, answered.taken, answered.nth, told=told)
    text = answered.brief.talking_points[point.index].text
    if has_figure(text) and not has_figure(answered.text):
        return asking.figures(answered.taken, answered.nth)
    return asking.details(answered.taken, answered.nth)


def _trade_off(answered: Answered) -> Iterator[Probe]:
    if answered.words < _STORY_WORDS or not asks_for_design(answered.question):
        return
    if not has_trade_off(answered.text):
        why = f"a design in {answered.words} words that weighs nothing against anything"
        decided = decides(answered.text)
        wordings = asking.price(answered.taken, answered.nth, decided=decided)
        yield Probe("trade_off", why, wordings)


def _outcome(answered: Answered) -> Iterator[Probe]:
    told = asking.tells_of_once(answered.question) and answered.words >= _STORY_WORDS
    if told and not has_outcome(answered.text):
        why = f"a story in {answered.words} words without an end"
        yield Probe("outcome", why, asking.end_of_story(answered.taken, answered.nth))


_KINDS: tuple[Callable[[Answered], Iterator[Probe]], ...] = (
    pressing.contradiction,
    pressing.own,
    _beginning,
    _number,
    _ownership,
    _depth,
    _unmade_point,
    _outcome,
    _trade_off,
    _measured,
    pressing.failure,
    pressing.learning,
    _detail,
    pressing.missing_part,
    pressing.prepared,
)
"""In the order in which they are asked: first one's own, then what the answer leaves open."""
_DESIGN_KINDS: tuple[Callable[[Answered], Iterator[Probe]], ...] = (
    pressing.contradiction,
    pressing.own,
    _ownership,
    _trade_off,
    _beginning,
    _number,
    _depth,
    _unmade_point,
    _measured,
    pressing.failure,
    pressing.challenge,
    _detail,
    pressing.missing_part,
    pressing.prepared,
)
