"""Which follow-up an answer may get, the most useful first.

The brief's own probes come first, those that are likely to be open (listening.py). Else comes what
the answer plainly leaves open: a few words, a flat no, a change without a figure, "we" without "I",
nothing but generalities. A second one comes only after few words, for what is imagined.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agent.brief import Question
from agent.interview.listening import (
    IMAGINED,
    answered,
    gives_reason,
    has_figure,
    holds,
    past_words,
    tells_case,
    vague,
)
from agent.interview.moment import Moment, Topic
from agent.interview.probes import KINDS, OWN, kind_of_question, opening, prepared_probes, wordings
from agent.interview.words import words_of
from agent.session.settings import KeptProbe
from agent.text.no_answer import YES_OR_NO, asks_back, declines, only_yes, refuses

_SHORT_WORDS = {"person": 30}
"""An answer about oneself of fewer words is asked to go on, any other of fewer than 20."""
FEW_WORDS = 6
"""In so few words nobody tells a story or a way of working."""
_BRIEF_WORDS = 45
"""After more a second follow-up, and what is difficult about it, were often answered already."""
_LONG_WORDS = 60
"""In so many words a case with a figure is told to the end."""
_OPEN, _OPEN_OF_STORY = 0.27, 0.33
"""Chance of being answered up to which a probe of the brief is asked."""
_MANY_WE = 3
"""So many "we" and more, and own actions a quarter of them at most: told as a team's."""

_OF_VAGUE = ("example", "main reason")
_OF_MANNERS = ("reason", "failure", "example")
_WE = frozenset(("we", "we've", "we'd", "our", "us"))
_I_DID = re.compile(
    r"\bi(?:'d|'ve)? (?!think|guess|mean|suppose|believe|know|would|don't|feel|am|was|said|can"
    r"|have)\w{3,}"
    r"|\bmy (part|role|job|idea|own)\b|\bmyself\b|\bi said (we|let's|no)\b"
)
_CHANGE = re.compile(
    r"\b(much|a lot|lots|way|far|significantly|really) (faster|quicker|better|cheaper|smaller"
    r"|larger|bigger|higher|lower|easier|shorter|slower|safer|fewer)\b"
    r"|\b(i|we) (improved|increased|reduced|decreased|lowered|shortened|sped up)\b"
    r"|\b(went|is|was|are|were) (up|down) (a lot|significantly)\b"
)
_NOT_CLAIMED = re.compile(r"\b(not|never|would|could|will|should|if|to|can|hope|how)( \w+){0,2} $")
_A_STORY = re.compile(r"(?:tell (?:me|us) about|describe) an? ", re.I)
_PRESUMES = re.compile(rf"(?:have|has|had|do you have) |did\b[^?]*\bever |{_A_STORY.pattern}", re.I)
"""A question that asks for a case which there may never have been."""
_NO = re.compile(
    r"(?:\w+\W+)?(?:no|nope|never|not really)\b"
    r"|(?:\S+ ){0,8}i (?:don't|haven't|didn't)(?:[,.;]|$| at the moment| really\b)",
    re.I,
)


@dataclass(frozen=True)
class FollowUp:
    """One possible follow-up."""

    kind: str
    """As Move.probe: own, depth, number, ownership…"""
    because: str
    wordings: tuple[str, ...]
    """Ways to ask, the preferred one first."""


def follow_ups(moment: Moment) -> Iterator[FollowUp]:
    """Yield the follow-ups that may be asked, the most useful first.

    No built-in one begins with the same three words as another of the session.
    """
    begun = {opening(move.text) for move in moment.follow_ups}
    own = (p for item in moment.plan.items for p in item.probes if p.kind == OWN)
    begun |= {opening(probe.text) for probe in own}
    for one in _candidates(moment):
        fresh = tuple(text for text in one.wordings if opening(text) not in begun)
        if one.kind == OWN or fresh:
            yield one if one.kind == OWN else FollowUp(one.kind, one.because, fresh)


def _candidates(moment: Moment) -> Iterator[FollowUp]:
    topic = moment.topic
    question, said = topic.question, _said(topic)
    if declines(said) or (topic.follow_ups and len(words_of(said)) > _BRIEF_WORDS):
        return
    if denies(question, said):
        if _PRESUMES.match(question.text) and not (topic.follow_ups or tells_case(said)):
            yield FollowUp("closest", "there is none", KINDS["closest"].wordings["story"])
        return
    ready = topic.item.probes if topic.item else prepared_probes(question)
    own = [probe for probe in ready if probe.kind == OWN]
    yield from _own(moment, own)
    if not topic.follow_ups:
        yield from _by_form(moment, said)
        if not own and len(topic.answers) == 1 and not moment.answer.rstrip().endswith("?"):
            yield from _built_in(moment, ready, said)


def _by_form(moment: Moment, said: str) -> Iterator[FollowUp]:
    """Yield what an answer plainly leaves open, by its length and how it is told."""
    question, words = moment.topic.question, len(words_of(said))
    if words < _SHORT_WORDS.get(kind := kind_of_question(question), 20):
        why = f"the answer has only {words} words"
        asks_how = kind not in ("how", "design") or "how" in question.text.lower()
        yield FollowUp("depth", why, wordings("depth", question) if asks_how else ())
    if change := unmeasured_change(said):
        why = f'"{change}" is said without a figure'
        yield FollowUp("number", why, KINDS["number"].wordings["story"])
    # "We check it" is how things are done.
    if (kind == "story" or tells_case(said)) and speaks_of_team(said):
        why = 'it is told as "we", and hardly as "I"'
        yield FollowUp("ownership", why, KINDS["ownership"].wordings["story"])
    named = len(moment.topic.answers) > 1 and past_words(moment.answer) and not tells_case(said)
    if kind == "story" and named:
        yield FollowUp("depth", "a case is named and not told", wordings("depth", question))


def _own(moment: Moment, own: list[KeptProbe]) -> Iterator[FollowUp]:
    """Yield the brief's own probes that are open, the surest first.

    Before all others come those that begin as no follow-up of the session did.
    """
    topic, said = moment.topic, _said(moment.topic)
    asked = {move.text for move in topic.follow_ups}
    begun = {opening(move.text) for move in moment.follow_ups}
    left = [
        (opening(probe.text) in begun, chance, probe.text)
        for probe in own
        if probe.text not in asked
        and not (topic.follow_ups and not IMAGINED.search(probe.text))
        and (chance := answered(probe, topic.question, said)) <= open_up_to(topic.question)
    ]
    for _, _, text in sorted(left, key=lambda one: one[:2]):
        why = "it stands in your brief, and was not told yet"
        yield FollowUp(OWN, why, (text,))


def open_up_to(question: Question) -> float:
    """Return the chance of being answered up to which a probe counts as open."""
    return _OPEN_OF_STORY if kind_of_question(question) == "story" else _OPEN


def denies(question: Question, said: str) -> bool:
    """Return whether an answer says that there is none, or that it is not done."""
    found = _NO.match(said.strip())
    if found is None:
        return False
    if _A_STORY.match(question.text):
        return not tells_case(said)
    return bool(YES_OR_NO.match(question.text)) or "i " in found.group().lower()


def _built_in(moment: Moment, ready: tuple[KeptProbe, ...], said: str) -> Iterator[FollowUp]:
    """Yield what was held ready, as far as it fits the form of the answer."""
    question = moment.topic.question
    kind, case = kind_of_question(question), tells_case(said)
    complete = case and has_figure(said) and len(words_of(said)) >= _LONG_WORDS
    if kind != "person" and (complete or case != (kind == "story")):
        return
    likes = _preferred(moment)
    liked = (
        KeptProbe(kind=name, text=wordings(name, question)[0], because="it is their manner",
                  unless=KINDS[name].unless)
        for name in likes if kind == "story" and wordings(name, question)
    )  # fmt: skip
    times = Counter(move.probe for move in moment.follow_ups)
    every = (*ready, *liked)
    for probe in sorted(every, key=lambda one: (times[one.kind], one.kind not in likes)):
        if probe.kind == "failure" and len(words_of(said)) > _BRIEF_WORDS:
            continue
        fits = probe.kind not in _OF_VAGUE or vague(said)
        if (fits or (kind == "person" and not gives_reason(said))) and not holds(
            said, probe.unless
        ):
            texts = dict.fromkeys((probe.text, *wordings(probe.kind, question)))
            yield FollowUp(probe.kind, probe.because, tuple(texts))


def _preferred(moment: Moment) -> frozenset[str]:
    """Return the kinds that whoever of a panel asks likes to ask, by their manner."""
    panel = moment.plan.panel
    manners = [one.manner for one in panel if one.name == moment.last.move.speaker]
    words = frozenset(words_of(" ".join(manners)))
    return frozenset(name for name in _OF_MANNERS if KINDS[name].manner & words)


def _said(topic: Topic) -> str:
    """Return all that was said to a question, in one line."""
    answers = (a for a in topic.answers if not (asks_back(a) or only_yes(a) or refuses(a)))
    return " ".join(answers) or " ".join(topic.answers)


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
