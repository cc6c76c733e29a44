"""What the last words say about the end of an answer: open ends, open lists, closing phrases.

Only phrases that a recognizer hears well are listed: three words in ten are wrong.
"""

from __future__ import annotations

import re

# Words that a finished English sentence hardly ends on: conjunctions, determiners, prepositions
# that want an object, subjects, auxiliaries, filled pauses. "That", "this" and "so" do end one.
_OPEN_ENDS = frozenset(
    """a an the and or but because if when while which who whose where since although though
    unless until than as of for from with without into onto between through during via per my
    our your his their its i we he she they i'm we're they're is are was were be been am have
    has had will would can could should may might must to um uh er erm hmm like very really
    basically first firstly second secondly""".split()
)
_OPEN_PHRASE = re.compile(
    r"(\bso the|\bso|\bkind of|\bsort of|\byou know|\bi mean|\bfor example|\bsuch as|\bin order)$"
)
_LIST_BEGINS = re.compile(
    r"\b(first of all|firstly|first (i|we)|there (are|were) (two|three|four)"
    r"|the first (thing|reason|part|step))\b"
)
_LIST_GOES_ON = re.compile(r"\b(second|secondly|third|then|next|finally|last|lastly|another)\b")
_CLOSING = re.compile(
    r"\b(so that'?s|so that (is|was)|that'?s (how|why|what|it|all)|that (is|was) (how|why|what|it"
    r"|all)|in the end|overall|all in all|to sum up|looking back|i'?(ve)? learned|learned (that|to)"
    r"|since then|ever since|to this day|as a result|ended up|turned out|taught me|thank you)\b"
)
_CLOSING_WORDS = 14
"""A closing phrase begins the last sentence: so many words from the end."""


def unfinished(text: str) -> bool:
    """Return whether the last words cannot end an answer.

    Works without punctuation; a comma, a dash or three dots at the end are unfinished as well.
    """
    said = text.strip().lower().replace("…", "...")
    if said.endswith((",", "-", "...", ":", ";")):
        return True
    if said.endswith(("?", "!")):
        return False
    bare = _words(said)
    return bool(bare) and (
        bare[-1] in _OPEN_ENDS or _OPEN_PHRASE.search(" ".join(bare[-2:])) is not None
    )


def list_open(text: str) -> bool:
    """Return whether a list was begun ("first I…", "three reasons") and its next item not yet."""
    said = " ".join(_words(text))
    begun = _LIST_BEGINS.search(said)
    return begun is not None and _LIST_GOES_ON.search(said, begun.end()) is None


def closing(text: str) -> bool:
    """Return whether the last words hold a phrase that people close an answer with."""
    return _CLOSING.search(" ".join(_words(text)[-_CLOSING_WORDS:])) is not None


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split()
