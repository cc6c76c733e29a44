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

from agent.coverage.lists import word_set
from agent.measures.filler_rules import is_count
from agent.measures.tokens import Token, ends_sentence, word_at

_BREAKS = word_set("um uh er erm hmm mm ah uhm umm oh huh")
_BEFORE_PAIRS = frozenset(
    {("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"), ("i", "guess")}
)
_AFTER_PAIRS = frozenset({("you", "know"), ("i", "mean")})
_LIGHT = word_set(
    "just really even also still only probably actually basically literally maybe always never "
    "already now kinda sorta totally obviously honestly simply usually sometimes often like"
)
_SUBJECTS = word_set("i you we they he she it there who somebody someone everybody everyone")
_PEOPLE = word_set("i you we they he she")
_ARTICLES = word_set("a an the my your his her its our their another one some any")
_COMPARING = word_set(
    "look looks looked looking seem seems seemed seeming sound sounds sounded sounding taste "
    "tastes tasted smell smells smelled feel feels felt feeling act acts acted acting behave "
    "behaves behaved behaving treat treats treated treating more less most much not nothing "
    "something anything everything things thing stuff exactly somewhat almost quite alike people "
    "places companies tools systems ones rather very bit lot way ways don't"
)
_COMPARED = word_set(
    "that this those these me him them us it mine ours yours theirs myself yourself ourselves "
    "everybody everyone everything anybody anyone somebody someone something anything nothing "
    "other any such all most hell to"
)
_VERB_BEFORE = word_set(
    "would wouldn't do don't did didn't does doesn't to will won't might could couldn't can can't "
    "should shouldn't may must shall really i'd you'd we'd they'd he'd she'd who'd i'll you'll "
    "we'll they'll he'll she'll people users customers clients patients kids parents students"
)
_PLAIN_VERBS = word_set(
    "be go get have take give say want need come put tell ask try keep buy pay spend figure "
    "wait sit drive pick throw pull push write send find build make do see"
)
_PAST_VERBS = word_set(
    "went had was were got took did made said came saw ran gave knew thought kept built felt put "
    "told found left lost sent spent paid bought wrote broke drove sat stood started couldn't "
    "didn't wasn't weren't don't can't won't wouldn't have has is are will can could would should "
    "need want went get go get's"
)
_BE = word_set(
    "was were is are am be been being it's that's there's he's she's i'm you're we're they're "
    "what's who's here's wasn't isn't weren't aren't it'd it'll that'd"
)
_QUOTING_BE = word_set("i'm he's she's they're we're you're everyone's everybody's")
_INTERJECTIONS = word_set(
    "oh okay ok wow no yeah yes well ugh hey hmm god man whoa gee wait please"
)
_QUOTED = word_set("i you what why let's how who sure sorry")
_TAKES_A_NOUN = word_set(
    "have has had having got gotten takes take took taken taking need needs needed want wants "
    "wanted makes made making use used using buy bought pay paid paying spend spent cost costs "
    "find found gave give see saw seen i've you've we've they've put "
    "read watch ate eat drank wrote "
    "write says saying getting bring brings brought bringing teach taught teaching learn learned "
    "learning hire hired call called serve served cover covered add added adding build built "
    "building create created creating include includes including offer offers provide provides "
    "show shows showed try tried doing wear wore earn earned charge charged hear heard"
)
_PREPOSITIONS = word_set(
    "in for at on of from with about into through over after before within until till since "
    "around between near by during under above off onto than as"
)
_DETERMINERS = word_set("a an the my your his its our their every these those some no each")
_LEADS = word_set(
    "and but or so because cause cuz if when where while then plus though although that yeah yes "
    "okay ok right well no anyway say said know"
)
_PLACES = word_set(
    "in on at from during for with after before by between around about into last next when if "
    "because since where whenever once every maybe probably up out over down through here there"
)
_DEGREES = word_set(
    "really very so totally completely super pretty always never too almost nearly kind sort "
    "just way literally basically actually extremely mostly only way"
)
_ADJECTIVES = word_set(
    "good bad big small huge hard easy slow fast crazy weird great hot cold new old nice fine sad "
    "mad full low high long short right wrong dead done gone broke stuck out up down off over all "
    "how what why where broken frozen stolen hidden forgotten written driven taken given open"
)
_DESCRIBING_ENDS = ("ed", "ful", "ous", "able", "ible", "ic", "ish", "less", "ive")
_LY_NOUNS = word_set("family only early july italy supply reply assembly daily anomaly ally fly")
_AMOUNTS = word_set("couple few hundred thousand million billion dozen half third quarter")
_FINITE = _SUBJECTS | word_set(
    "is was are were has had have can could would will did does do gets got goes went isn't wasn't "
    "doesn't didn't don't can't it's that's they're we're you're i'm he's she's they've i've we've"
)
_TURNS = word_set("last past next first second")
_TIMES = word_set(
    "last next every noon midnight yesterday today tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday"
)
_PARTICLES = word_set("out up down off back")
_SAYING = word_set("say said says saying mentioned told")


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
        if (word_at(tokens, at - 1), tokens[at].word) in _BEFORE_PAIRS:
            broken = broken or tokens[at].word != "of"
            at -= 2
        elif tokens[at].word in _BREAKS:
            broken = True
            at -= 1
        elif tokens[at].word in _LIGHT:
            at -= 1
        else:
            break
    return at, broken


def _on(tokens: Sequence[Token], at: int) -> int:
    """Return the place of the nearest word after that counts."""
    while at < len(tokens):
        if (tokens[at].word, word_at(tokens, at + 1)) in _AFTER_PAIRS:
            at += 2
        elif tokens[at].word in _BREAKS or tokens[at].word == "like":
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
    if place.before in _COMPARING or (place.after in _COMPARED and not _points_at(place)):
        return True
    if place.after in _PEOPLE and any(word in _SAYING for word in place.then[:2]):
        return True
    person = place.before in _QUOTING_BE or (
        place.before in ("was", "were") and place.earlier in _PEOPLE
    )
    if place.before in _BE and place.after in _INTERJECTIONS:
        return True
    return person and (place.closed or place.after in _QUOTED)


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
        and (place.then[0] in _AMOUNTS)
    )


def _is_time(place: _Place) -> bool:
    """Return whether a time follows: "like last week", "like the first day"."""
    after = place.after
    if after in _ARTICLES or after in ("these", "those"):
        return any(word in _TURNS for word in place.then[:1])
    return after in _TIMES


def _by_what_is_before(place: _Place) -> bool:
    """Decide by the word before, the closest sign there is without punctuation."""
    before, after = place.before, place.after
    if before in _SUBJECTS:
        return _is_verb(after, place.then)
    if before in _VERB_BEFORE or before.endswith("n't"):
        return after in _PLAIN_VERBS | _INTERJECTIONS or (before == "to" and after in ("a", "an"))
    if before in _BE:
        return _after_be(place)
    if before in _DETERMINERS:
        return after not in _ARTICLES
    if before in _PREPOSITIONS or before in _TAKES_A_NOUN:
        return True
    if before in _PARTICLES and place.earlier in _TAKES_A_NOUN:
        return True
    if not before or before in _LEADS:
        return _opens(place)
    return after in _PLACES or _is_degree(after) or (place.broken and after in _SUBJECTS)


def _is_verb(after: str, then: Sequence[str]) -> bool:
    """Return whether what follows is the verb of "we like went", "they like totally lost"."""
    if _is_degree(after):
        sure = after.endswith("ly") and after != "really"
        return bool(then) and (sure or _is_verb(then[0], ()))
    return after in _PAST_VERBS or (after.endswith("ed") and len(after) > 4)


def _after_be(place: _Place) -> bool:
    """Tell "it was like in May" from "it was like a dream", "it's like you never left"."""
    before, after = place.before, place.after
    if before == "there's" or place.earlier == "there":
        return True
    if place.earlier in ("what", "how") or before == "what's" or place.vague:
        return False
    if before in ("it's", "that's") and place.halting:
        return True
    if after in _SUBJECTS or after in ("if", "when", "because", "people"):
        return place.broken
    if after in _ARTICLES:
        return any(word.endswith("est") or word in ("only", "first") for word in place.then[:1])
    if after.endswith("ing"):
        return before in _QUOTING_BE or place.earlier in _PEOPLE
    # A preposition takes a noun: what is no noun after "be like" is described, not compared.
    return place.closed or _is_describing(after)


def _is_describing(word: str) -> bool:
    """Return whether a word is rather an adjective, adverb, participle or preposition."""
    no_noun = word in _ADJECTIVES or word in _PREPOSITIONS or word in _PLACES or _is_degree(word)
    return no_noun or (len(word) > 4 and word.endswith(_DESCRIBING_ENDS))


def _opens(place: _Place) -> bool:
    """Tell a filler before a clause or an adverb from "Like the old days." and "that like it"."""
    after = place.after
    if (
        after in _SUBJECTS
        or after in _PLACES
        or _is_degree(after)
        or (place.before and place.closed)
    ):
        return True
    if after.endswith("ing"):
        return False
    if "'" in after or place.before in ("and", "or", "so", "but", "because", "then", "than"):
        return True
    return any(word in _FINITE for word in place.then)


def _is_degree(word: str) -> bool:
    return word in _DEGREES or (word.endswith("ly") and len(word) > 4 and word not in _LY_NOUNS)
