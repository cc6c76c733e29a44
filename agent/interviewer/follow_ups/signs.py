"""What an answer plainly holds, so that it need not be asked for.

Each sign errs towards "it is there": a follow-up too few is better than one for what was just
told. The words are our own lists, from transcripts of spoken interviews; they are looked for in
lower-case words without punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from agent.interviewer.words import words_of
from agent.text.numbers import NumberHit, find_numbers

_MOST_SUBJECT_LETTERS = 90
"""So far around a figure the beginning of its change is looked for."""

_SENTENCE = re.compile(r"(?<![.;!?])[.;!?]+(?=\s|$)")
_TEAM = frozenset(("we", "we've", "we'd", "our", "us"))
_OWN = re.compile(
    r"\bi(?:'d|'ve)? (?!think\b|guess\b|mean\b|suppose\b|believe\b|know\b|would\b|don't\b|feel\b"
    r"|am\b|was\b|said\b)\w{3,}|\bi'd \w+|\bmy (part|role|job|task|idea|own)\b|\bmyself\b"
    r"|\bi (was|am) (responsible|the one|in charge)\b|\bpersonally\b"
)
_PAST = re.compile(
    r"\b(i|we)(?:'d)? (once )?(\w+ed|had|was|were|did|went|got|made|took|built|ran|wrote|found|kept"
    r"|put|saw|told|gave|came|brought|left|lost|met|sold|taught|led)\b"
    r"|\bonce\b|\blast (year|winter|spring|summer|autumn|month|week)\b|\bago\b"
    r"|\b(at|in) my (last|old|first|previous)\b"
)
_WE_DID = re.compile(r"\bwe (\w+ed|had|did|made|took|built|ran|wrote|found|put|brought|gave)\b")
_OUTCOME = re.compile(
    r"\b(results?|resulted|in the end|eventually|ended|outcome|turned out|led to|finally|succeeded"
    r"|worked|paid off|went (live|down|up|well|fine|home|back|from|to)|shipped|launched|delivered"
    r"|won|lost|accepted|published|solved|fixed|recovered|impact|agreed|dropped|grew|rose|fell"
    r"|later|afterwards|since|still|to this day|percent|saved|achieved|now|today|effect|until"
    r"|thanked|signed|renewed|apologi[sz]ed|finished|never|sorry|came back|understood|nobody"
    r"|everybody|after (a|an|that|about|half|the|two|three|four|six|eight|ten)|so they|instead)\b"
)
_LEARNED = re.compile(
    r"\b(learn\w*|since then|next time|differently|looking back|taught me|reali[sz]ed|lessons?"
    r"|from then on|ever since|these days|now (i|we|is|everybody)|(i|we) do now|should have"
    r"|would have|today i|nowadays|mistake)\b"
)
_HARD = re.compile(
    r"\b(hard|harder|hardest|difficult\w*|trick(y|ier)|struggl\w+|the (problem|trouble|worst|catch)"
    r"|challeng\w+|tough\w*)\b"
)
_RISK = re.compile(
    r"\b(fail\w*|break\w*|broken?|crash\w*|outages?|errors?|wrong|risks?|recover\w*|retry|retries"
    r"|fallback|backups?|alarms?|alerts?|unless|otherwise|worst case)\b"
)
_TRADE_OFF = re.compile(
    r"\b(trade ?-?offs?|traded?|downsides?|drawbacks?|disadvantages?|instead of|rather than|versus"
    r"|at the (cost|expense|price)|the (cost|price) (of|is|was)|on the other hand|alternatives?"
    r"|alternatively|compared (to|with)|the catch|gave up|give up|giving up|sacrific\w+|either"
    r"|pros|cons|weigh(ed|ing)?|the risk|penalty|because of the overhead|not religious)\b"
)
_CHANGE = re.compile(
    r"\b(much|a lot|lots|way|far|significantly|considerably|substantially|dramatically|massively"
    r"|hugely|noticeably|clearly|really|drastically|greatly) (faster|quicker|better|cheaper|smaller"
    r"|larger|bigger|higher|lower|easier|shorter|slower|safer|simpler|fewer)\b"
    r"|\b(improved|increased|reduced|decreased|lowered|boosted|sped up|accelerated|shortened"
    r"|cut down|brought down)\b|\b(went|is|was|are|were) (up|down) (a lot|significantly)\b"
)
_NOT_CLAIMED = re.compile(
    r"\b(not|never|n't|would|could|will|might|may|should|if|to|can|want(ed)?|hope|how)( \w+){0,2} $"
)
_FIGURE_WORD = re.compile(
    r"\d|\b(half|halved|twice|doubled?|tripled?|dozens?|hundreds?|thousands?|tenfold|third|quarter"
    r"|percent)\b"
)
_ENDED = re.compile(
    r"\b(fell|dropped|rose|grew|climbed|shrank|increased|decreased|went down|went up|came down"
    r"|came up|brought|cut|reduced|lowered|raised|shortened)( \S+){0,5}? to"
    r"( (about|around|roughly|only|just|under|over|nearly|almost))?$"
)
_BEGAN = re.compile(r"\b(from|instead of|before|used to|had been|originally|at first)\b")


def holds(kind: str, answers: str) -> bool:
    """Return whether answers plainly hold what a kind of follow-up would ask for."""
    sign = _SIGNS.get(kind)
    return sign is not None and bool(sign(" ".join(words_of(answers))))


def has_figure(text: str) -> bool:
    """Return whether a text holds a figure; one and two are none."""
    return bool(_FIGURE_WORD.search(text.lower())) or any(map(_counts, find_numbers(text)))


def speaks_of_team(answers: str) -> bool:
    """Return whether answers tell of "we", and hardly of anything that the person did alone.

    That is: three times "we" and more, and own actions ("I wrote", "my part") a quarter of them at
    most.
    """
    words = words_of(answers)
    teams = sum(word in _TEAM for word in words)
    return teams >= 3 and 4 * len(_OWN.findall(" ".join(words))) <= teams


def speaks_of_past_team(answers: str) -> bool:
    """Return whether, on top of that, it tells of work that was done together."""
    return speaks_of_team(answers) and len(_WE_DID.findall(" ".join(words_of(answers)))) >= 3


def unmeasured_change(answers: str, *, own: bool = False) -> str:
    """Return a change that is told without any figure ("a lot faster"), "" for none.

    From its sentence on no figure may come. With `own` only what "I" or "we" changed counts.
    """
    change = ""
    for sentence in reversed(_SENTENCE.split(answers)):
        if has_figure(sentence):
            break
        said = " ".join(words_of(sentence))
        for found in _CHANGE.finditer(said):
            before = said[: found.start()]
            if not _NOT_CLAIMED.search(before) and (not own or before.endswith(("i ", "we "))):
                change = found.group()
    return change


def end_of_change(answers: str) -> str:
    """Return the figure to which something changed where its beginning was not told, else "".

    Any figure of the same unit may be the beginning, and so may what comes before "from".
    """
    hits = find_numbers(answers)
    for hit in hits:
        before = answers[max(0, hit.start - _MOST_SUBJECT_LETTERS) : hit.start]
        told = _ENDED.search(" ".join(words_of(before)))
        after = answers[hit.end : hit.end + _MOST_SUBJECT_LETTERS]
        begun = _BEGAN.search(" ".join(words_of(f"{before} {after}")))
        same = told and any(other is not hit and other.kind == hit.kind for other in hits)
        if told and hit.unit and len(hit.values) == 1 and not begun and not same:
            return " ".join(hit.text.split())
    return ""


def _counts(hit: NumberHit) -> bool:
    return not hit.is_year and max(hit.values) > 2


_SIGNS: Mapping[str, Callable[[str], object]] = {
    "number": has_figure,
    "ownership": lambda said: len(_OWN.findall(said)) >= 2 or not _TEAM & {*said.split()},
    "outcome": _OUTCOME.search,
    "failure": lambda said: _HARD.search(said) or _RISK.search(said),
    "learning": _LEARNED.search,
    "trade_off": _TRADE_OFF.search,
    "example": _PAST.search,
}
