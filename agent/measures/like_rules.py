"""Tell the filler "like" from the verb, the comparison, "such as" and "I was like …".

The test is that of Meteer and Taylor, "Dysfluency Annotation Stylebook for the Switchboard Corpus"
(1995): a filler can be taken out and leaves a sentence that means the same. The places where
that holds are those of D'Arcy, "Like and language ideology", American Speech 82 (2007), 386-419:
before a clause, before an approximate amount, and inside a phrase ("a like big cluster"); not the
verb, the preposition, the conjunction and the quotative. Where words alone leave it open, it is
literal. Nothing is fitted; the lists were checked on calls 0-9 of the hand-marked Switchboard
sample (NLTK data, Open Content).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.measures import like_words as words
from agent.measures.filler_rules import is_count
from agent.measures.tokens import Token, ends_sentence, word_at


@dataclass(frozen=True)
class _Place:
    """What stands around one "like", hesitations and light adverbs left out."""

    before: str
    """The word before, "" at the start of the text or of a sentence."""
    earlier: str
    """The word before that."""
    after: str
    """The word after, "" at the end."""
    then: tuple[str, ...]
    """Up to six words after that, as far as the sentence goes."""
    broken: bool
    """Whether punctuation or a hesitation stands right before."""
    closed: bool
    """Whether a comma follows."""
    halting: bool
    """Whether a comma or a hesitation follows."""
    vague: bool
    """Whether "kind of" or "sort of" stands before: "kind of like" is a comparison."""


def is_like(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the "like" at `at` is a filler."""
    if ends_sentence(tokens[at]) or tokens[at].after.startswith("-"):
        return False
    place = _place(tokens, at)
    if _restarted(tokens, at):
        return True
    if not place.after or _is_literal(place):
        return False
    inserted = place.broken and place.closed and place.before != ""
    if inserted or _is_amount(place) or _is_time(place):
        return True
    return _by_what_is_before(place)


def _place(tokens: Sequence[Token], at: int) -> _Place:
    first, broken = _back(tokens, at - 1)
    last = _on(tokens, at + 1)
    sentence_over = first >= 0 and ends_sentence(tokens[first])
    then = []
    for token in tokens[last + 1 : last + 7]:
        then.append(token.word)
        if ends_sentence(token):
            break
    return _Place(
        before="" if sentence_over else word_at(tokens, first),
        earlier="" if sentence_over else word_at(tokens, first - 1),
        after=word_at(tokens, last),
        then=tuple(then),
        broken=broken or first < 0 or bool(tokens[at - 1].after),
        closed=bool(tokens[at].after),
        halting=bool(tokens[at].after) or last > at + 1,
        vague=any(token.word in ("kind", "sort") for token in tokens[max(0, first + 1) : at]),
    )


def _back(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return the place of the nearest word before that counts, and whether one hesitated."""
    broken = False
    while at >= 0 and not ends_sentence(tokens[at]):
        if (word_at(tokens, at - 1), tokens[at].word) in words.BEFORE_PAIRS:
            broken = broken or tokens[at].word != "of"
            at -= 2
        elif tokens[at].word in words.BREAKS:
            broken = True
            at -= 1
        elif tokens[at].word in words.LIGHT:
            at -= 1
        else:
            break
    return at, broken


def _on(tokens: Sequence[Token], at: int) -> int:
    """Return the place of the nearest word after that counts."""
    while at < len(tokens):
        if (tokens[at].word, word_at(tokens, at + 1)) in words.AFTER_PAIRS:
            at += 2
        elif tokens[at].word in words.BREAKS or tokens[at].word == "like":
            at += 1
        else:
            break
    return at


def _restarted(tokens: Sequence[Token], at: int) -> bool:
    """Return whether what comes before is said again: "it's like, it's like frozen"."""
    return at > 0 and [token.word for token in tokens[at + 1 : at + 3]] == [
        tokens[at - 1].word,
        "like",
    ]


def _is_literal(place: _Place) -> bool:
    """Return whether a verb, comparison, "as" or quote must be meant."""
    if place.before in words.COMPARING or (place.after in words.COMPARED and not _points_at(place)):
        return True
    if place.after in words.PEOPLE and any(word in words.SAYING for word in place.then[:2]):
        return True
    person = place.before in words.QUOTING_BE or (
        place.before in ("was", "were") and place.earlier in words.PEOPLE
    )
    if place.before in words.BE and place.after in words.INTERJECTIONS:
        return True
    return person and (place.closed or place.after in words.QUOTED)


def _points_at(place: _Place) -> bool:
    """Return whether "this" goes with a noun of its own: "there was like this outage"."""
    there = place.before in ("have", "had", "has", "got") or "there" in place.earlier
    return there and place.after in ("this", "these") and bool(place.then)


def _is_amount(place: _Place) -> bool:
    if is_count(place.after):
        return True
    return (
        place.after in ("a", "the", "another")
        and place.then[:1] != ()
        and (place.then[0] in words.AMOUNTS)
    )


def _is_time(place: _Place) -> bool:
    """Return whether a time follows: "like last week", "like the first day"."""
    after = place.after
    if after in words.ARTICLES or after in ("these", "those"):
        return any(word in words.TURNS for word in place.then[:1])
    return after in words.TIMES


def _by_what_is_before(place: _Place) -> bool:
    """Decide by the word before, the closest sign there is without punctuation."""
    before, after = place.before, place.after
    if before in words.SUBJECTS:
        return _is_verb(after, place.then)
    if before in words.VERB_BEFORE or before.endswith("n't"):
        return after in words.PLAIN_VERBS | words.INTERJECTIONS or (
            before == "to" and after in ("a", "an")
        )
    if before in words.BE:
        return _after_be(place)
    if before in words.DETERMINERS:
        return after not in words.ARTICLES
    if before in words.PREPOSITIONS or before in words.TAKES_A_NOUN:
        return True
    if before in words.PARTICLES and place.earlier in words.TAKES_A_NOUN:
        return True
    if not before or before in words.LEADS:
        return _opens(place)
    return after in words.PLACES or _is_degree(after) or (place.broken and after in words.SUBJECTS)


def _is_verb(after: str, then: Sequence[str]) -> bool:
    """Return whether what follows is the verb of "we like went", "they like totally lost"."""
    if _is_degree(after):
        sure = after.endswith("ly") and after != "really"
        return bool(then) and (sure or _is_verb(then[0], ()))
    return after in words.PAST_VERBS or (after.endswith("ed") and len(after) > 4)


def _after_be(place: _Place) -> bool:
    """Tell "it was like in May" from "it was like a dream", "it's like you never left"."""
    before, after = place.before, place.after
    if before == "there's" or place.earlier == "there":
        return True
    if place.earlier in ("what", "how") or before == "what's" or place.vague:
        return False
    if before in ("it's", "that's") and place.halting:
        return True
    if after in words.SUBJECTS or after in ("if", "when", "because", "people"):
        return place.broken
    if after in words.ARTICLES:
        return any(word.endswith("est") or word in ("only", "first") for word in place.then[:1])
    if after.endswith("ing"):
        return before in words.QUOTING_BE or place.earlier in words.PEOPLE
    # A preposition takes a noun: what is no noun after "be like" is described, not compared.
    return place.closed or _is_describing(after)


def _is_describing(word: str) -> bool:
    """Return whether a word is rather an adjective, adverb, participle or preposition."""
    no_noun = (
        word in words.ADJECTIVES
        or word in words.PREPOSITIONS
        or word in words.PLACES
        or _is_degree(word)
    )
    return no_noun or (len(word) > 4 and word.endswith(words.DESCRIBING_ENDS))


def _opens(place: _Place) -> bool:
    """Tell a filler before a clause or an adverb from "Like the old days." and "that like it"."""
    after = place.after
    if (
        after in words.SUBJECTS
        or after in words.PLACES
        or _is_degree(after)
        or (place.before and place.closed)
    ):
        return True
    if after.endswith("ing"):
        return False
    if "'" in after or place.before in ("and", "or", "so", "but", "because", "then", "than"):
        return True
    return any(word in words.FINITE for word in place.then)


def _is_degree(word: str) -> bool:
    return word in words.DEGREES or (
        word.endswith("ly") and len(word) > 4 and word not in words.LY_NOUNS
    )
