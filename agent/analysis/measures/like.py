"""Tell the filler "like" from the verb, the comparison, "such as" and "I was like …".

The word before it, hesitations left out, tells most; the word after it the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.analysis.measures.filler_words import Token, word_at
from agent.text.numbers import find_numbers
from agent.text.words import word_set

_PASSED = word_set("um uh er hmm mm ah oh just really also probably actually like")
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
_DETERMINERS = word_set("a an the my your our their every some no each")
_PREPOSITIONS = word_set(
    "in for at on of from with about into through over after before until since around by than as"
)
"""Neither takes another preposition, so that "like" is a filler after them, and mostly before."""
_TAKES_A_NOUN = word_set(
    "have has had having got get take took need needed want wanted make made use used using buy "
    "pay paid spend spent cost find found give gave see saw seen i've we've they've put read watch "
    "wrote bring brought teach taught learn hire add added build built create show tried wear hear "
    "says saying"
)
"""Verbs that need an object, so that "like" before it is a filler."""
_PAST_VERBS = word_set("went had was were got took did made said came saw ran gave knew thought")
"""What makes "they like went" a filler: it cannot be what they like."""
_LEADS = word_set("and but or so because if when then plus that yeah yes okay no well say said")
"""What a clause begins with."""
_PLACES = _PREPOSITIONS | word_set("last next when if because where every maybe up out down here")
_DEGREES = word_set("really very so totally super pretty always never too almost kind just way")
_DESCRIBING = word_set("good bad big huge hard slow fast crazy weird great cold frozen stuck out")
_FINITE = _SUBJECTS | _BE | word_set("have has had can would will did does get gets got goes isn't")
"""Words that show a clause."""


@dataclass(frozen=True)
class _Place:
    """What stands around one "like"; "" for words beyond the sentence."""

    earlier: str
    before: str
    after: str
    then: str
    clause: bool
    """Whether a finite verb or its subject follows soon."""
    broken: bool
    """Whether punctuation stands right before."""
    halting: bool
    """Whether a comma or a hesitation follows."""


def is_like(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the "like" at `at` is a filler."""
    before = word_at(tokens, at - 1)
    if [token.word for token in tokens[at + 1 : at + 3]] == [before, "like"]:
        return True  # "it's like, it's like frozen"
    if before == "of" and word_at(tokens, at - 2) in ("kind", "sort"):
        return False
    place = _place(tokens, at)
    if not place.after or tokens[at].ends_sentence or _is_literal(place):
        return False
    if find_numbers(place.after) or place.then in ("last", "next", "first", "couple"):
        return True
    return (place.broken and bool(tokens[at].after and place.before)) or _by_word_before(place)


def _place(tokens: Sequence[Token], at: int) -> _Place:
    first, last = at - 1, at + 1
    while first >= 0 and not tokens[first].ends_sentence:
        pair = (word_at(tokens, first - 1), tokens[first].word) in _PASSED_PAIRS
        if not pair and tokens[first].word not in _PASSED:
            break
        first -= 1 + pair
    while last < len(tokens):
        pair = (tokens[last].word, word_at(tokens, last + 1)) in _PASSED_PAIRS
        if not pair and tokens[last].word not in ("um", "uh", "oh", "like"):
            break
        last += 1 + pair
    begins = first >= 0 and tokens[first].ends_sentence
    return _Place(
        earlier="" if begins else word_at(tokens, first - 1),
        before="" if begins else word_at(tokens, first),
        after=word_at(tokens, last),
        then=word_at(tokens, last + 1),
        clause=any(token.word in _FINITE for token in tokens[last + 1 : last + 7]),
        broken=at == 0 or bool(tokens[at - 1].after),
        halting=bool(tokens[at].after) or last > at + 1,
    )


def _is_literal(place: _Place) -> bool:
    """Return whether a verb, a comparison, "like I said" or a quote must be meant."""
    points = "there" in place.earlier or place.before in ("have", "had", "got")
    if place.before in _COMPARING or (place.after in _COMPARED and not points):
        return True
    if place.after in _PEOPLE and place.then in ("say", "said", "says", "mentioned"):
        return True
    quoting = place.before in ("was", "were") and place.earlier in _PEOPLE
    return quoting and (place.halting or place.after in _PEOPLE)


def _by_word_before(place: _Place) -> bool:
    before, after = place.before, place.after
    if before in _SUBJECTS:
        sure = after.endswith("ly") and after != "really"
        return sure or after in _PAST_VERBS or (after.endswith("ed") and len(after) > 4)
    if before in ("to", "would", "do", "did") or before.endswith(("n't", "'d")):
        return False
    if before in _BE:
        return _after_be(place)
    if before in _DETERMINERS | _PREPOSITIONS | _TAKES_A_NOUN:
        return True
    if before in ("out", "up") and place.earlier in _TAKES_A_NOUN:
        return True
    if not before or before in _LEADS:
        joined = place.clause or "'" in after or before in ("and", "or", "so", "but", "because")
        return after in _PLACES or (joined and not after.endswith("ing"))
    return after in _PLACES or _is_degree(after)


def _after_be(place: _Place) -> bool:
    """Tell "it was like really slow" from "it was like a dream", "what was it like when"."""
    if place.before == "there's" or place.earlier == "there":
        return True
    if place.earlier in ("what", "how"):
        return False
    if place.before in ("it's", "that's") and place.halting:
        return True
    if place.after in _SUBJECTS or place.after in ("if", "when", "because"):
        return place.broken
    if place.after.endswith("ing"):
        return place.earlier in _PEOPLE
    return place.after in _DESCRIBING or place.after in _PLACES or _is_degree(place.after)


def _is_degree(word: str) -> bool:
    return word in _DEGREES or (word.endswith("ly") and len(word) > 4)
