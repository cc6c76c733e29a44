"""Tell a filler word from the same word used literally, by the words and the punctuation around it.

A filler can be taken out and leaves a sentence that means the same (Meteer and Taylor, "Dysfluency
Annotation Stylebook for the Switchboard Corpus", 1995). For "like" that holds before a clause,
before an amount and inside a phrase, not for the verb, the comparison and the quotative (D'Arcy,
"Like and language ideology", American Speech 82, 2007). Rules and lists that were worth nothing on
hand-marked calls (tests/bench/fillers.py) are left out. Where words leave it open it is literal.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.text.numbers import find_numbers
from agent.text.words import word_set

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|\+\+[a-z]+\+\+", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".?!;:…")


@dataclass(frozen=True)
class Token:
    """One word of a text with what follows it."""

    word: str
    """Lower case, straight apostrophes."""
    written: str
    start: int
    end: int
    after: str
    """Punctuation up to the next word, without spaces."""

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends after it."""
        return not _SENTENCE_ENDS.isdisjoint(self.after)


Rule = Callable[[Sequence[Token], int], bool]
"""Whether the word at a place is a filler or hedge."""


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text; recognizers' marks ("++um++") lose their plus signs."""
    matches = list(_TOKEN.finditer(text))
    starts = [*(match.start() for match in matches[1:]), len(text)]
    tokens = []
    for match, next_start in zip(matches, starts, strict=False):
        written = match.group().strip("+")
        marks = (len(match.group()) - len(written)) // 2
        word = written.lower().replace("’", "'")
        after = text[match.end() : next_start].strip()
        tokens.append(Token(word, written, match.start() + marks, match.end() - marks, after))
    return tokens


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return the word at a place, "" outside the text."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _break_before(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or bool(tokens[at - 1].after)


def is_filled_pause(tokens: Sequence[Token], at: int) -> bool:
    """Tell "er" from the ER, "mm" from millimeters, "um" from "uh-huh" and "mm-hm"."""
    token, before, after = tokens[at], word_at(tokens, at - 1), word_at(tokens, at + 1)
    if (token.after == "-" and after) or (
        at and tokens[at - 1].after == "-" and before in ("uh", "mm")
    ):
        return False
    if token.word == "mm" and (bool(find_numbers(before)) or before == "mm"):
        return False
    if token.word == "er" and before in ("the", "our", "an", "in"):
        return False
    shouting = len(tokens) > 1 and all(other.written.isupper() for other in tokens)
    return shouting or len(token.written) == 1 or not token.written.isupper()


def is_you_know(tokens: Sequence[Token], at: int) -> bool:
    """Tell "you know" from "do you know", "as you know", "if you know it"."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    asked = before in ("do", "did", "as", "would", "should") or (
        before in ("if", "how") and after in ("it", "what", "how", "")
    )
    return not asked or _break_before(tokens, at)


def is_i_mean(tokens: Sequence[Token], at: int) -> bool:
    """Tell "I mean" from "what I mean"."""
    return word_at(tokens, at - 1) not in ("what", "which") or _break_before(tokens, at)


_AFTER_WELL = word_set(
    "a i you he she it we they that this there the so yes yeah no not what actually and uh um "
    "whose how anyway since in if maybe let"
)


def is_well(tokens: Sequence[Token], at: int) -> bool:
    """Tell the opener "well" from the adverb: "works well", "as well", "well known"."""
    before, after, closing = word_at(tokens, at - 1), word_at(tokens, at + 1), tokens[at].after
    if before in ("oh", "um", "uh", "and", "but", "yeah", "so", "because"):
        return bool(closing) or after not in ("known", "as", "enough", "done")
    if _break_before(tokens, at):
        return bool(closing) or after not in ("known", "established", "defined", "over", "done")
    if before in ("very", "pretty", "real", "as", "really") or before.endswith("ly"):
        return False
    return after in _AFTER_WELL or "'" in after


_KINDS = word_set(
    "a what this that some any the all every which many different these those no another each "
    "right same new certain one only"
)


def is_kind_of(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "kind of" from the noun: "a kind of", "what kind of", "some sort of"."""
    return word_at(tokens, at - 1) not in _KINDS or _break_before(tokens, at)


_PASSED = word_set("um uh er hmm mm ah oh just really also probably actually like")
_PASSED_AFTER = word_set("um uh oh like")
_PASSED_PAIRS = frozenset({("you", "know"), ("i", "mean"), ("i", "guess")})
_PEOPLE = word_set("i you we they he she")
_SUBJECTS = _PEOPLE | word_set("it there who people")
_COMPARING = word_set(
    "look looks looked looking seem seems seemed sound sounds sounded feel feels felt feeling "
    "more less much not nothing something anything everything things stuff almost alike people "
    "places companies tools systems ones rather"
)
"""After them "like" compares."""
_COMPARED = word_set(
    "that this those these me him her them us it mine everybody everyone everything anybody "
    "somebody someone something anything nothing other any such all most to"
)
"""Before them "like" compares or is the verb."""
_BE = word_set("was were is are be been it's that's there's he's she's i'm you're we're they're")
_PREPOSITIONS = word_set(
    "in for at on of from with about into through over after before until since around by than as"
)
"""They take no other preposition, so that "like" is a filler after them, and mostly before."""
_TAKES_A_NOUN = word_set(
    "have has had having got get take took need needed want wanted make made use used using buy "
    "pay paid spend spent cost find found give gave see saw seen i've we've they've put read watch "
    "wrote bring brought teach taught learn hire add added build built create show tried wear hear "
    "says saying"
)
"""Verbs that need an object, so that "like" before it is a filler."""
_LEADS = word_set("and but or so because if when then plus that yeah yes okay no well say said")
_PLACES = _PREPOSITIONS | word_set("last next when if because where every maybe up out down here")
_DESCRIBING = word_set("good bad big huge hard slow fast crazy weird great cold frozen stuck out")
_FINITE = _SUBJECTS | _BE | word_set("have has had can would will did does get gets got goes isn't")


def is_like(tokens: Sequence[Token], at: int) -> bool:
    """Tell the filler "like" from the verb, the comparison, "such as" and "like I said"."""
    before = word_at(tokens, at - 1)
    if [token.word for token in tokens[at + 1 : at + 3]] == [before, "like"]:
        return True  # "it's like, it's like frozen"
    if before == "of" and word_at(tokens, at - 2) in ("kind", "sort"):
        return False
    first = _passed(tokens, at - 1, -1)
    after = _passed(tokens, at + 1, 1)
    begins = first >= 0 and tokens[first].ends_sentence
    earlier, before = ("", "") if begins else (word_at(tokens, first - 1), word_at(tokens, first))
    follows, then = word_at(tokens, after), word_at(tokens, after + 1)
    literal = before in _COMPARING or follows in _COMPARED or tokens[at].ends_sentence
    said = follows in _PEOPLE and then in ("say", "said", "says", "mentioned")
    if not follows or literal or said:
        return False
    if find_numbers(follows) or then in ("last", "next", "first", "couple"):
        return True
    halting = bool(tokens[at].after) or after > at + 1
    clause = any(one.word in _FINITE for one in tokens[after + 1 : after + 7])
    if before in _BE:
        return _after_be(before, follows, halting=halting, broken=_break_before(tokens, at))
    return _between(earlier, before, follows, clause=clause)


def _is_placed(word: str) -> bool:
    return word in _PLACES or (word.endswith("ly") and len(word) > 4)


def _after_be(before: str, follows: str, *, halting: bool, broken: bool) -> bool:
    """Tell "it was like really slow" from "it was like a dream"."""
    if before in ("it's", "that's") and halting:
        return True
    if follows in _SUBJECTS or follows in ("if", "when", "because"):
        return broken
    return _is_placed(follows) or follows in _DESCRIBING


def _between(earlier: str, before: str, follows: str, *, clause: bool) -> bool:
    if before in _SUBJECTS | {"to", "would", "do", "did"} or before.endswith(("n't", "'d")):
        return False
    if before in _PREPOSITIONS | _TAKES_A_NOUN:
        return True
    if before in ("out", "up") and earlier in _TAKES_A_NOUN:
        return True
    if not before or before in _LEADS:
        joined = clause or "'" in follows or before in ("and", "or", "so", "but", "because")
        return _is_placed(follows) or (joined and not follows.endswith("ing"))
    return _is_placed(follows)


def _passed(tokens: Sequence[Token], at: int, step: int) -> int:
    """Return the place of the first word that way that is no hesitation and no sentence's last."""
    while 0 <= at < len(tokens) and not (step < 0 and tokens[at].ends_sentence):
        first = at if step > 0 else at - 1
        pair = (word_at(tokens, first), word_at(tokens, first + 1)) in _PASSED_PAIRS
        passed = _PASSED if step < 0 else _PASSED_AFTER
        if not pair and tokens[at].word not in passed:
            break
        at += step * (1 + pair)
    return at
