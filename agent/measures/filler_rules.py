"""Rules that tell a filler word from the same word used literally.

Written on calls 0-9 of the hand-marked Switchboard sample (NLTK data, Open Content), plus the
shape of interview speech; they look at two words on either side and at punctuation where there
is any.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.measures.tokens import Token, break_before, word_at
from agent.text.words import word_set

_PAUSES = word_set("um uh er erm hmm mm ah uhm umm oh")
_PRONOUNS = word_set("i you he she it we they that this there")
_STARTS = _PRONOUNS | word_set(
    "the a an so yes yeah no not first in at for when if what my our your his her their "
    "actually okay to be maybe one let's let i'm i've i'd i'll it's that's there's we're we've "
    "you're they're he's she's obviously of course basically because and but um uh good great "
    "whose who who's why which then some most people two how where sure let anyway since"
)
_KNOW_AUX = word_set(
    "do did does don't didn't as would wouldn't should might may could can can't must didn't "
    "already before whether unless until what that's let makes"
)
_INVERTED = word_set(
    "do did does don't didn't would wouldn't should might may could can can't must is are am was "
    "were isn't aren't wasn't will won't"
)
_ASKED = _PRONOUNS | word_set("somebody someone anybody anyone people the my your our")
_KNOW_JOINT = word_set("if how all who once since because that when")
"""Before these "you know" is a clause of its own only where an object or nothing follows."""
_KNOW_OBJECT = word_set("what how why where which whether exactly")
_KNOW_THING = _KNOW_OBJECT | word_set("who about of it that him her them anyone anything someone")
_KNOW_NOUNS = word_set("answer answers feeling drill story rest one type saying")
_MEAN_BEFORE = word_set("what do did does don't didn't which doesn't you'd how")
_MEAN_JOINT = word_set("that if thing by")
COUNTS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand half zero"
)
_CLAUSE_WORDS = word_set("i you he she we they there it's that's there's i'm they're you're we're")
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


def is_any(tokens: Sequence[Token], at: int) -> bool:
    """Accept every use."""
    return at < len(tokens)


def is_filled_pause(tokens: Sequence[Token], at: int) -> bool:
    """Tell "er" from the ER, "mm" from millimeters, "um" from "uh-huh" and "mm-hm"."""
    token, before, after = tokens[at], word_at(tokens, at - 1), word_at(tokens, at + 1)
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
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    if not break_before(tokens, at):
        stated = before in _INVERTED and word_at(tokens, at - 2) in _PRONOUNS
        if before in _KNOW_AUX and not stated:
            return False
        if before in _KNOW_JOINT and (after in _KNOW_THING or not after):
            return False
    if tokens[at + 1].after:
        return True
    if after in ("the", "this", "that", "a") and word_at(tokens, at + 3) in _KNOW_NOUNS:
        return False
    asks = word_at(tokens, at + 3) in _INVERTED and word_at(tokens, at + 4) in _ASKED
    return asks or after not in _KNOW_OBJECT or (at > 0 and tokens[at - 1].after == ",")


def is_i_mean(tokens: Sequence[Token], at: int) -> bool:
    """Tell "I mean" from "what I mean", "I mean it", and from the mark of a correction."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    if not break_before(tokens, at) and (
        before in _MEAN_BEFORE or (before in _MEAN_JOINT and after not in _CLAUSE_WORDS)
    ):
        return False
    if _is_correction(tokens, at):
        return False
    if tokens[at + 1].after:
        return True
    if after in ("by", "is", "to"):
        return False
    last = at + 3 >= len(tokens) or bool(tokens[at + 2].after)
    return not (after in ("it", "that", "this", "business") and last)


def _is_correction(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "I mean" puts a number right: "five, I mean six".

    There it is no filler but does its work (an explicit editing term in the words of Strassel,
    "Simple Metadata Annotation Specification", LDC 2003, section 2.3).
    """
    before = [token.word for token in tokens[max(0, at - 3) : at]]
    return is_count(word_at(tokens, at + 2)) and any(map(is_count, before))


def is_count(word: str) -> bool:
    """Return whether a word is a number in digits or a small one in letters."""
    return word.isdigit() or word in COUNTS


def is_well(tokens: Sequence[Token], at: int) -> bool:
    """Tell the opener "well" from the adverb: "works well", "as well", "well known"."""
    before, after, closing = word_at(tokens, at - 1), word_at(tokens, at + 1), tokens[at].after
    if closing.startswith("-"):
        return False
    if before in ("oh", "um", "uh", "anyway", "and", "but", "yeah", "so", "because"):
        return after not in ("known", "as", "enough", "done") or bool(closing)
    if break_before(tokens, at):
        return closing != "" or after not in _WELL_AFTER
    if before in _WELL_VERBS or (after in _WELL_AFTER and not closing) or before.endswith("ly"):
        return False
    opens = after in _STARTS or "'" in after
    return opens or (closing == "," and before in _STARTS)


def is_kind_of(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "kind of" from the noun: "a kind of", "what kind of", "some sort of"."""
    before = word_at(tokens, at - 1)
    nouns = (
        "a what this that some any the all every which many different these those no another "
        "each right same new certain two three only first one best worst such dollar exact "
        "whatever own particular other our their specific common main"
    )
    return before not in nouns.split() or break_before(tokens, at)


def is_i_think(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "I think" from a report: "what I think", "when I think about"."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    reported = before in ("what", "when", "how", "do", "did", "should", "as", "whenever", "where")
    if reported and not break_before(tokens, at):
        return False
    return after not in ("about", "of", "through", "in") or bool(tokens[at + 1].after)


def is_possibly(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge from "could not possibly"."""
    return word_at(tokens, at - 1) not in ("can't", "couldn't", "not", "cannot", "could")
