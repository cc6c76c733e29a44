"""Rules that tell a filler word from the same word used literally.

Written on calls 0-9 of the hand-marked Switchboard sample (NLTK data, Open Content), plus the
shape of interview speech; they look at two words on either side and at punctuation where there
is any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.coverage.lists import word_set


@dataclass(frozen=True)
class Token:
    """One word of a text with what follows it."""

    word: str
    """Lower case, straight apostrophes."""
    written: str
    """As written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    after: str
    """Punctuation up to the next word, without spaces."""


_ENDS = ".?!;:…"
_PAUSES = word_set("um uh er erm hmm mm ah uhm umm oh")
_PRONOUNS = word_set("i you he she it we they that this there")
_STARTS = _PRONOUNS | word_set(
    "the a an so yes yeah no not first in at for when if what my our your his her their "
    "actually okay to be maybe one let's let i'm i've i'd i'll it's that's there's we're we've "
    "you're they're he's she's obviously of course basically because and but um uh"
)
_KNOW_AUX = word_set(
    "do did does don't didn't if as would wouldn't should might may could can can't must "
    "already how before once whether since unless until what all that's who"
)
_KNOW_OBJECT = word_set("what how why who where which whether about exactly")
_MEAN_BEFORE = word_set("what do did does don't didn't if that which thing by doesn't")
_WELL_VERBS = word_set(
    "as very pretty real really so quite too how works worked work working went go goes going "
    "gone doing do did does done perform performs performed know known knows fairly reasonably "
    "extremely particularly equally all fine it them him her me us things might may out scale "
    "scales scaled sleep slept speak understood understand fit fits fared behaved handled ran run "
    "runs played plays held holds this everything incredibly surprisingly remarkably particularly "
    "communicate communicated together communicates quality doubly"
)
_WELL_AFTER = word_set(
    "known established defined as over before under above enough into in with done on for "
    "documented tested understood suited written being received beyond below past rounded "
    "aware worth paid designed made structured below"
)
_LIKE_VERBS = word_set(
    "i i'd you we they who would wouldn't do don't did didn't does doesn't to really not never "
    "also always 'd we'd you'd they'd he'd she'd could might people users customers nurses "
    "feel feels felt look looks looked looking seem seems seemed sound sounds sounded taste act "
    "acts acted smell smells smelled work works behave behaves behaved more most much exactly "
    "something anything nothing things stuff somewhat people's what's what places somebody "
    "someone everything tools systems companies one ones case cases"
)
_COUNTS = word_set(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred half"
)
_LIKE_NO_COUNT = word_set(
    "something anything more look looks looked seem seems seemed sound sounds sounded feel feels "
    "felt would i'd we'd you'd they'd"
)
_PAST = word_set(
    "went had was were got took did made said came saw ran gave knew thought kept built felt "
    "couldn't didn't wasn't weren't just really totally never literally kind sort"
)
_LIKE_THAT = word_set("that this those these what")
_LIKE_COMPARED = word_set(
    "any other everybody everyone everything somebody someone something anything nothing me him "
    "her us them mine ours yours theirs myself yourself ourselves crazy such all most"
)
_LIKE_PLACE = word_set("from in on at during when if for with last maybe once after")
_LIKE_BE_PERSON = word_set("i'm he's she's they're we're you're are am")
_LIKE_BE = _LIKE_BE_PERSON | word_set("was were is be been being it's that's there's")
_LIKE_QUOTED = word_set(
    "i oh okay ok what why wow no yeah yes well ugh hey hmm you let's this god man how who"
)
_LIKE_LEAD = _PAUSES | word_set(
    "and but so or just only with in for at on by of had has have got took get take takes gets "
    "know mean because a an the yeah yes no then if when than about into through over it was "
    "maybe probably actually basically literally even still already now there right okay"
)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _break_before(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the text starts here or punctuation comes before token `at`."""
    return at == 0 or bool(tokens[at - 1].after)


def _sentence_start(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or any(mark in _ENDS for mark in tokens[at - 1].after)


def is_any(tokens: Sequence[Token], at: int) -> bool:
    """Accept every use."""
    return at < len(tokens)


def is_filled_pause(tokens: Sequence[Token], at: int) -> bool:
    """Tell "er" from the ER, "mm" from millimeters, "um" from "uh-huh" and "mm-hm"."""
    token, before, after = tokens[at], _word(tokens, at - 1), _word(tokens, at + 1)
    if token.after == "-" and after in ("huh", "hm", "hmm", "uh", "oh", "mm"):
        return False
    if at and tokens[at - 1].after == "-" and token.end - token.start > 1:
        return before in _PAUSES and before not in ("uh", "mm")
    if token.word == "mm" and (before.isdigit() or before in ("point", "few")):
        return False
    shouting = len(tokens) > 1 and all(other.written.isupper() for other in tokens)
    if len(token.written) > 1 and token.written.isupper() and not shouting:
        return False
    return not (
        token.word == "er"
        and before in ("the", "our", "an")
        and not token.after
        and after
        in (
            "nurse",
            "doctor",
            "department",
            "visit",
            "team",
            "staff",
            "patients",
            "at",
            "in",
            "and",
            "with",
            "was",
            "is",
            "to",
            "for",
            "when",
            "where",
            "on",
            "",
        )
    )


def is_you_know(tokens: Sequence[Token], at: int) -> bool:
    """Tell "you know" from "do you know", "if you know", "you know what it takes"."""
    before, after = _word(tokens, at - 1), _word(tokens, at + 2)
    if before in _KNOW_AUX and not _break_before(tokens, at):
        return False
    closed = bool(tokens[at + 1].after)
    if closed:
        return True
    if after in ("the", "this", "that", "a") and _word(tokens, at + 3) in (
        "answer",
        "answers",
        "feeling",
        "drill",
        "story",
        "rest",
        "one",
        "type",
        "saying",
    ):
        return False
    return not (after in _KNOW_OBJECT and not (at and tokens[at - 1].after == ","))


def is_i_mean(tokens: Sequence[Token], at: int) -> bool:
    """Tell "I mean" from "what I mean", "do I mean", "I mean it", "I mean by that"."""
    before, after = _word(tokens, at - 1), _word(tokens, at + 2)
    if before in _MEAN_BEFORE and not _break_before(tokens, at):
        return False
    if tokens[at + 1].after:
        return True
    if after in ("by", "is", "to"):
        return False
    last = at + 3 >= len(tokens) or bool(tokens[at + 2].after)
    return not (after in ("it", "that", "this", "business") and last)


def is_well(tokens: Sequence[Token], at: int) -> bool:
    """Tell the opener "well" from the adverb: "works well", "as well", "well known"."""
    before, after, closing = _word(tokens, at - 1), _word(tokens, at + 1), tokens[at].after
    if closing.startswith("-"):
        return False
    if before in ("oh", "um", "uh", "anyway", "and", "but", "yeah", "so", "because"):
        return after not in ("known", "as", "enough", "done") or bool(closing)
    if _break_before(tokens, at):
        return closing != "" or after not in _WELL_AFTER
    if before in _WELL_VERBS or (after in _WELL_AFTER and not closing) or before.endswith("ly"):
        return False
    return after in _STARTS or (closing == "," and before in _STARTS)


def is_like(tokens: Sequence[Token], at: int) -> bool:
    """Tell the filler "like" from the verb, the comparison, "such as", and "I was like …"."""
    before, after, closing = _word(tokens, at - 1), _word(tokens, at + 1), tokens[at].after
    if (
        after in _LIKE_THAT | _LIKE_COMPARED
        or closing.startswith("-")
        or any(m in _ENDS for m in closing)
    ):
        return False
    if after in ("i", "you", "we") and _word(tokens, at + 2) in ("say", "said", "mentioned"):
        return False
    if _break_before(tokens, at):
        clause = after in _PRONOUNS | _LIKE_PLACE or before in _LIKE_LEAD or _is_count(after)
        return clause or bool(closing) or _sentence_start(tokens, at)
    if before in _PRONOUNS and (after in _PAST or (after.endswith("ed") and len(after) > 4)):
        return True
    if before in _LIKE_VERBS:
        return _is_count(after) and before not in _LIKE_NO_COUNT
    if before in _LIKE_BE:
        return not _is_quote(tokens, at)
    return before in _LIKE_LEAD or after in _LIKE_PLACE or _is_count(after)


def _is_quote(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a form of "be" and "like" open a quote: "I was like okay", "they're like,"."""
    person = _word(tokens, at - 1) in _LIKE_BE_PERSON or (
        _word(tokens, at - 1) in ("was", "were")
        and _word(tokens, at - 2) in ("i", "he", "she", "they", "we", "you")
    )
    return person and (bool(tokens[at].after) or _word(tokens, at + 1) in _LIKE_QUOTED)


def _is_count(word: str) -> bool:
    return word.isdigit() or word in _COUNTS


def is_kind_of(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "kind of" from the noun: "a kind of", "what kind of", "some sort of"."""
    before = _word(tokens, at - 1)
    nouns = (
        "a what this that some any the all every which many different these those no another "
        "each right same new certain two three only first one best worst such dollar exact "
        "whatever own particular other our their specific common main"
    )
    return before not in nouns.split() or _break_before(tokens, at)


def is_i_think(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "I think" from a report: "what I think", "when I think about"."""
    before, after = _word(tokens, at - 1), _word(tokens, at + 2)
    reported = before in ("what", "when", "how", "do", "did", "should", "as", "whenever", "where")
    if reported and not _break_before(tokens, at):
        return False
    return after not in ("about", "of", "through", "in") or bool(tokens[at + 1].after)


def is_possibly(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge from "could not possibly"."""
    return _word(tokens, at - 1) not in ("can't", "couldn't", "not", "cannot", "could")
