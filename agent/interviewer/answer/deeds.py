"""What the person says they did, do, or would do: "you moved the jobs to the queue".

Only "I" or "we" with a verb of work and an object that can be said back (nouns.py). A deed is what
an experienced interviewer takes up first: nearly everything may be asked about it. The lists of
verbs are our own.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.coverage.lists import word_set
from agent.interviewer.answer.nouns import DETERMINERS, noun_phrase, object_end
from agent.interviewer.answer.phrases import turned

Mood = Literal["did", "does", "would", "holds"]
"""Done once, done always, would be done; or a view that somebody holds."""

DID = word_set(
    "added adjusted agreed analyzed answered arranged asked assigned automated began bought"
    " booked brought broke built called canceled changed checked chose cleaned closed coached"
    " collected compared connected convinced copied corrected counted created cut delayed deleted"
    " delivered deployed designed developed documented drew drove enforced estimated explained"
    " extended fed filled filtered finished fixed found founded gave grouped handled hired"
    " implemented improved increased installed interviewed introduced invented invited involved"
    " isolated joined kept launched learned led locked logged lowered made managed mapped measured"
    " mentored merged met migrated monitored moved negotiated noticed offered opened optimized"
    " ordered organized owned paid painted passed picked planned planted prepared presented printed"
    " prioritized produced proposed published put ran read rearranged rebuilt recorded redesigned"
    " reduced refactored removed renamed repaired replaced reported researched reviewed rewrote"
    " saved scheduled selected sent separated served set shared shelved shipped showed signed"
    " simplified sold solved sorted split started stopped studied supervised switched taught tested"
    " told took traced trained translated treated tried trusted used visited watched wired wrote"
)
"""What people say they did with something."""
_DO = word_set(
    "add ask automate batch book build buy call cancel change check choose clean close collect"
    " compare copy count create cut delete deploy design document draw explain filter find fix give"
    " group hire keep launch limit list log make map measure meet merge model monitor move open"
    " order organize pick plan prepare print prioritize put reconcile record reduce remove repair"
    " replace reserve review rewrite run schedule score send separate share ship simplify split"
    " start stop store switch take teach test track train trace use visit watch wire write"
)
"""The same of what they do or would do."""
TALK = word_set(
    "added agreed answered asked ask called call began brought explained explain found find gave"
    " give handled joined learned met meet noticed offered printed put showed signed started start"
    " told tried visited visit watched watch"
)
"""The least telling of them: a call or a word is taken up where nothing else was done."""
MAKING = word_set(
    "automated built changed cleaned coached created cut designed developed documented fixed"
    " grouped implemented improved introduced launched led made mapped measured migrated moved"
    " negotiated optimized organized planned prepared produced rearranged rebuilt redesigned"
    " reduced refactored repaired replaced researched scheduled simplified solved split switched"
    " taught tested traced trained translated wired wrote"
)
"""Of these it can be asked how one went about it; of others, what led to them."""
_ADVERBS = ("also", "then", "just", "only", "even", "always", "usually", "actually", "simply",
            "probably", "first", "rather")  # fmt: skip
_AS_WORDS = 3
_NOT_DONE = ("if", "whether", "unless", "wish", "should")
_INTO = ("to", "into", "for", "from", "with", "on", "in", "at", "around")


@dataclass(frozen=True)
class Deed:
    """One thing done, or that would be done."""

    words: str
    """The person's words in lower case: "moved the jobs to the queue"."""
    mood: Mood
    """Whether it was done once, is done always, or would be done."""
    is_weighty: bool
    """Whether it is more than a call or a word."""
    is_own: bool
    """Whether it is told of the person rather than of a team."""


def deeds_of(words: Sequence[str], trusted: Container[str], *, is_written: bool) -> list[Deed]:
    """Return the deeds of a clause in the order said.

    Args:
        words: the clause in lower case.
        trusted: nouns that a recognizer is believed in.
        is_written: whether there are full stops, so that other nouns may be believed as objects.
    """
    found = []
    for at, word in enumerate(words[:-2]):
        if word not in ("i", "we", "i'd", "we'd") or (at and words[at - 1] in _NOT_DONE):
            continue
        start, mood = _verb(words, at)
        end = object_end(words, start + 1, trusted, is_written=is_written) if start else 0
        if not end:
            continue
        whole = _with_place(words, end, trusted)
        after = words[whole : whole + _AS_WORDS]
        # "You put the list" and "you keep the units", as what, are cut off.
        if "as" in after or (words[start] == "put" and whole == end):
            continue
        weighty = words[start] not in TALK
        own = word in ("i", "i'd")
        found.append(Deed(" ".join(words[start:whole]), mood, weighty, own))
    return found


def told(deed: Deed) -> str:
    """Return a deed as the other one tells it: "you would cut your list"."""
    words = [{"this": "that", "these": "those"}.get(word, word) for word in deed.words.split()]
    would = "would " if deed.mood == "would" else ""
    return f"you {would}{turned(' '.join(words))}"


def _verb(words: Sequence[str], at: int) -> tuple[int, Mood]:
    """Return where the verb after "I" stands and its mood; 0 where it is no verb of work."""
    is_would = words[at].endswith("'d")
    start = at + 1
    while start < len(words) and (words[start] in _ADVERBS or words[start] == "would"):
        is_would |= words[start] == "would"
        start += 1
    verb = words[start] if start < len(words) else ""
    if is_would:
        return (start, "would") if verb in _DO or verb == "have" else (0, "would")
    if verb in DID:
        return start, "did"
    return (start, "does") if verb in _DO else (0, "does")


def _with_place(words: Sequence[str], end: int, trusted: Container[str]) -> int:
    """Return the end of a deed with what it was done to: "… to the queue"."""
    more = words[end : end + 2]
    if len(more) == 2 and more[0] in _INTO and more[1] in DETERMINERS:
        return noun_phrase(words, end + 1, trusted) or end
    return end
