"""What an answer is like: no idea, a question back, a claim without a figure, all "we".

All of it is found in words without punctuation or capitals, since a recognizer may give neither,
and errs towards finding nothing: one word in four of PocketSphinx is wrong, and a follow-up on a
misheard word is worse than none. The lists are our own, written from transcripts of spoken
interviews; the kinds of gaps are those of structured interviewing guides (OPM, Google re:Work).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from agent.interviewer.answer.phrases import like_noun
from agent.interviewer.words import FUNCTION_WORDS, words_of

_LONGEST_NO_IDEA_WORDS = 25
_LONGEST_QUESTION_BACK_WORDS = 25
_NEAR_WORDS = 14
"""A figure so many words from a claim belongs to it."""

_NO_IDEA = re.compile(
    r"\b(i )?(really |just |honestly )?(don'?t|do not) (really |actually )?(know|no\b|remember)"
    r"|\bno idea\b|\bno clue\b|\b(i )?have(n'?t| not| never) (really |actually |ever )?"
    r"(done|worked|used|had|seen|been|dealt|thought)|\bi'?ve never\b|\bnever (done|worked|used) "
    r"|\b(can'?t|cannot|can not) (think of|answer|say|come up|remember)\b|\bnothing comes to mind\b"
    r"|\b(don'?t|do not) have (an? |any )?(answer|example|experience|idea)\b|^(i )?pass$"
    r"|\b(i'?m|i am) (really |honestly )?not sure\b$|\bnot (very |really )?familiar with\b"
)
_BUT = re.compile(r"\b(but|however|although|though|maybe|i would|i'd|i think|if i)\b")
_QUESTION_BACK = re.compile(
    r"\bwhat (exactly )?do you mean\b|\bwhat does that mean\b|\bdo you mean\b|\bare you asking\b"
    r"|\b(can|could|would) you (please )?(clarify|explain|rephrase|be more specific|elaborate)\b"
    r"|\b(don'?t|do not|didn'?t|did not) (really |quite )?(understand|get) (the|your|that|what)\b"
    r"|\bin what sense\b"
    # "We asked them what kind of data they had" is an answer.
    r"|^(?:(?!(i|we|they|he|she|it|people|my|our)\b)[\w']+ ){0,5}(what would you (say|do|answer)\b"
    r"|what do you think\b|(which|what) (one|kind|sort|project|system)"
    r" (of|do you|should i|would you)\b)"
)
_YES = re.compile(r"^(yes|yeah|yep|sure|ok|okay|please)( (yes|please|sure|thanks|thank you))*$")

_ORDERS = re.compile(
    r"^(\w+ ){0,3}(ignore|forget|disregard) (all |any |your |the |my |previous |prior )+"
    r"(instructions|rules|prompts?|questions?)\b"
    r"|^(\w+ ){0,2}you are now\b"
    r"|^(\w+ ){0,3}(tell|show|give|print|read|reveal|repeat) (me |us )?(out )?(the|your|my) "
    r"(talking points|brief|system prompt|prompt|instructions)\b"
)
_REFUSES = re.compile(
    r"\b(stupid|dumb|idiotic|ridiculous|silly|pointless) (question|interview)\b"
    r"|\bnone of your business\b|\bwaste of (my )?time\b|\bwhy (would|should) i (tell|answer)\b"
    r"|\bi('m| am) not (going to|gonna) (answer|tell)\b|\bi (won't|refuse to) (answer|tell)\b"
)
_LONGEST_REFUSAL_WORDS = 15

_MORE = r"(much|a lot|lots|way|far|significantly|considerably|substantially|dramatically|massively"
_MORE += r"|hugely|noticeably|clearly|really|drastically|greatly)"
_COMPARATIVE = r"(faster|quicker|better|cheaper|smaller|larger|bigger|higher|lower|easier|shorter"
_COMPARATIVE += r"|slower|safer|simpler|happier|stronger|cleaner|more \w{4,}|less \w{4,})"
_VERB = r"(improved|increased|reduced|decreased|lowered|boosted|sped up|speeded up|scaled up"
_VERB += r"|accelerated|optimized|optimised|shortened|cut down|brought down)"
_MANY = (
    r"((?<!spent )(a lot|lots|tons|plenty|loads) of|many"
    r"|a (huge|large|big|great|massive) (number|amount) of)"
)
_COUNTABLE = r"(users|customers|clients|requests|patients|students|children|families|pupils"
_COUNTABLE += r"|data|traffic|servers|machines|teams|files|experiments|models|tests|cases|calls"
_COUNTABLE += r"|orders|sales|hours|time|money|nurses|colleagues|engineers|employees|volunteers)"
_SENTENCE = re.compile(r"[.;!?]+(?=\s|$)")
_CLAIMS = (
    ("more", re.compile(rf"\b{_MORE} {_COMPARATIVE}\b")),
    ("more", re.compile(rf"(?<= )(up|down) (?!lots\b|way\b|far\b){_MORE}\b")),
    ("change", re.compile(rf"\b{_VERB}\b")),
    ("many", re.compile(rf"\b{_MANY} {_COUNTABLE}\b")),
)
_NOT_CLAIMED = re.compile(
    r"\b(not|never|n't|would|could|will|might|may|should|if|to|can|want(ed)?|hope|how)( \w+){0,2} $"
)
_FIGURE_WORD = re.compile(
    r"\d|^(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|halved|twice"
    r"|doubled?|tripled?|dozens?|percent|tenfold|third|quarter|zero)$"
)
_DECISION = re.compile(
    r"\b(i would|i'd|we would|we'd) (use|take|choose|pick|build|put|keep|cache|split|go with"
    r"|start with|begin with|run|store|measure|model|train|test|add|replace|separate|give)\b"
    r"|\b(i|we) (chose|picked|used|took|went with|kept|split|replaced)\b"
)
_DETERMINERS = ("the", "our", "their", "my", "its", "his", "her", "that", "this", "a")
_WE_VERBS = (
    "built made designed created wrote moved migrated launched ran used changed started developed"
    " implemented deployed trained tested shipped introduced organized planned decided did worked"
    " fixed found solved set added replaced improved reduced rewrote switched rolled brought took"
    " taught led got thought talked chose tried managed"
)
_OWN = re.compile(
    r"\bi (?!think\b|guess\b|mean\b|suppose\b|believe\b|know\b|would\b|don'?t\b|feel\b|am\b|was\b)"
    r"\w{3,}|\bmy (part|role|job|task|idea|own)\b|\bi (was|am) (responsible|the one|in charge)\b"
    r"|\bmyself\b|\bpersonally\b"
)
_OUTCOME = re.compile(
    r"\b(results?|resulted|in the end|eventually|ended up|outcome|turned out|as a consequence"
    r"|led to|finally|succeeded|worked out|paid off|went live|shipped|launched|delivered"
    r"|we won|i won|accepted|published|solved|fixed|recovered|went home|learn(ed|t)|impact"
    r"|(days?|weeks?|months?|years?) later|agreed|came back|dropped to|grew to|rose to|fell to"
    r"|still (do|does|use|uses|works?|there|in use|runs?|running)|went (down|up|well|fine|from)"
    r"|since then|afterwards|to this day|percent|saved|achieved|so now|the effect|after that"
    r"|because of that|until (i|we) (found|knew|saw|fixed|got)"
    r"|(thanked|signed|renewed|apologi[sz]ed|finished|never came)"
    r"|after (a|some|about|half|the|two|three|four|six|ten) (\w+ ){0,2}"
    r"(days?|weeks?|months?|years?))\b"
)
_TRADE_OFF = re.compile(
    r"\b(trade ?-?offs?|traded?|downsides?|drawbacks?|disadvantages?|instead of|rather than|versus"
    r"|at the (cost|expense|price)|the (cost|price) (of|is|was)|on the other hand|alternatives?"
    r"|alternatively|compared (to|with)|the catch|gave up|give up|giving up|sacrific\w+|either"
    r"|pros|cons|weigh(ed|ing)?|depends on whether|the risk|penalty)\b"
)


_CASE = re.compile(
    r"\b(i|we) (once )?had (a|an|one|the case)\b|\bonce (i|we)\b|\blast (year|winter|month)\b"
    r"|\bat my (last|old|first) (job|company)\b|\b(one|two|three|some|few) years ago\b"
)


@dataclass(frozen=True)
class Claim:
    """Something said to have grown, shrunk or been many, without a figure near it."""

    words: str
    """The person's words, six at most."""
    kind: str
    """more ("much faster"), change ("reduced"), many ("a lot of users")."""
    by_person: bool = False
    """Whether "I" or "we" stands before it."""


def has_no_idea(answer: str) -> bool:
    """Return whether the answer as a whole says that the person has none.

    "I don't know exactly, maybe twenty percent" is an answer.
    """
    words = words_of(answer)
    if len(words) > _LONGEST_NO_IDEA_WORDS:
        return False
    said = " ".join(words)
    match = _NO_IDEA.search(said)
    if match is None:
        return False
    rest = said[match.end() :]
    return not _BUT.search(rest) and not any(map(_FIGURE_WORD.search, rest.split()))


def asks_back(answer: str) -> bool:
    """Return whether the person asks what the question means, or asks it back."""
    words = words_of(answer)
    return len(words) <= _LONGEST_QUESTION_BACK_WORDS and bool(
        _QUESTION_BACK.search(" ".join(words))
    )


def is_off_the_question(answer: str) -> bool:
    """Return whether the person refuses the question, or gives orders instead of an answer."""
    words = words_of(answer)
    refuses = len(words) <= _LONGEST_REFUSAL_WORDS and _REFUSES.search(" ".join(words))
    return bool(refuses) or gives_orders(answer)


def gives_orders(answer: str) -> bool:
    """Return whether the person orders the interviewer to be another, or to read things out."""
    return bool(_ORDERS.search(" ".join(words_of(answer))))


def says_yes(answer: str) -> bool:
    """Return whether the answer is no more than a yes."""
    return bool(_YES.match(" ".join(words_of(answer))))


def claims(answer: str, known: Container[str] = frozenset()) -> list[Claim]:
    """Return claims of size or change that no figure stands by, in the order said.

    `known` are words that a recognizer is trusted with; what was changed is quoted in these only.
    """
    # The mark keeps a claim and what it is about within one sentence.
    said = " | ".join(" ".join(words_of(part)) for part in _SENTENCE.split(answer))
    found: list[tuple[int, Claim]] = []
    for kind, pattern in _CLAIMS:
        for match in pattern.finditer(said):
            before, after = said[: match.start()], said[match.end() :]
            if _NOT_CLAIMED.search(before):
                continue
            near = (*before.split()[-_NEAR_WORDS:], *match.group().split())
            if not any(map(_FIGURE_WORD.search, (*near, *after.split()[:_NEAR_WORDS]))):
                changed = _object(after, known) if kind == "change" else ""
                own = before.split()[-1:] in (["i"], ["we"])
                found.append((match.start(), Claim(match.group() + changed, kind, own)))
    return [claim for _, claim in sorted(found, key=lambda pair: pair[0])]


def has_figure(answer: str) -> bool:
    """Return whether the answer holds a figure; "one" alone is none."""
    return any(map(_FIGURE_WORD.search, words_of(answer)))


def _object(after: str, known: Container[str]) -> str:
    """Return what a verb changed, as far as it is trusted: " the evaluation cycles", or ""."""
    words = after.split()
    at = 1 if words and words[0] in _DETERMINERS else 0
    end = at
    while end < min(len(words), at + 3) and _is_trusted(words[end], known):
        end += 1
    while end > at and not like_noun(words[end - 1]):
        end -= 1
    return f" {' '.join(words[:end])}" if end > at else ""


def _is_trusted(word: str, known: Container[str]) -> bool:
    return word in known and word not in FUNCTION_WORDS


def team_words(answer: str) -> str | None:
    """Return "we built" or "we" where the answer tells of a team's work and none of one's own.

    That is: three times "we" and more, and own actions ("I wrote", "my part") a quarter of them
    at most. None otherwise.
    """
    words = words_of(answer)
    said = " ".join(words)
    teams = sum(word in ("we", "we've", "we'd", "our", "us") for word in words)
    if teams < 3 or len(_OWN.findall(said)) * 4 > teams:
        return None
    match = re.search(rf"\bwe ({'|'.join(_WE_VERBS.split())})\b", said)
    return match.group() if match else "we"


def decides(answer: str) -> bool:
    """Return whether the answer decides on something: "I would use…", "we chose…"."""
    return bool(_DECISION.search(" ".join(words_of(answer))))


def has_case(answer: str) -> bool:
    """Return whether the answer tells of a case of one's own: "I had one last year"."""
    return bool(_CASE.search(" ".join(words_of(answer))))


def has_outcome(answer: str) -> bool:
    """Return whether a story says what came of it."""
    return bool(_OUTCOME.search(" ".join(words_of(answer))))


def has_trade_off(answer: str) -> bool:
    """Return whether a design answer weighs anything against anything."""
    return bool(_TRADE_OFF.search(" ".join(words_of(answer))))
