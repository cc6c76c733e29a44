"""The manner of one of a panel: it changes the little words before a question, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.interviewer.wording import LISTENED, ONWARD
from agent.turns import Move, Turn


@dataclass(frozen=True)
class _Manner:
    known_by: str
    """Beginnings of the words that name it in a brief, as a pattern."""
    listened: tuple[str, ...] = ()
    """Said before a follow-up; () for what everybody says."""
    onward: tuple[str, ...] = ()
    """Said before the next question; () likewise."""


_MANNERS = (
    _Manner(
        "warm|friend|kind|gentle|polite|calm|patient|relax|cheer|support",
        ("Thank you.", "I see, thank you.", "Okay."),
        ("Thank you.", "Thank you for telling me.", "Thanks. Let's go on."),
    ),
    _Manner(
        "terse|brief|short|curt|brisk|direct|blunt|dry|formal|stern",
        ("", "Okay."),
        ("Next question.", "Okay. Next one."),
    ),
    _Manner(
        "challeng|tough|hard|strict|demand|critical|s[ck]eptic|prob|impatient",
        ("Let me stay with that.", "I'd like to press on that.", "Let me go further into that."),
    ),
)
"""In our own words, neutral: none praises, judges or says whether an answer was enough."""
_LITTLE = frozenset({"", *LISTENED, *ONWARD})
"""What an interviewer says only to have said something; anything else means something and stays."""


def in_manner(move: Move, manner: str, turns: tuple[Turn, ...]) -> str:
    """Return the lead-in of a move as one of this manner says it; not the last one's again."""
    if move.kind not in ("question", "follow_up") or move.lead_in not in _LITTLE:
        return move.lead_in
    known = (one for one in _MANNERS if re.search(rf"\b({one.known_by})", manner.lower()))
    found = next(known, _Manner(""))
    words = found.listened if move.kind == "follow_up" else found.onward
    if not words:
        return move.lead_in
    said = words[len(turns) % len(words)]
    again = bool(said) and bool(turns) and turns[-1].move.lead_in == said
    return words[(len(turns) + 1) % len(words)] if again else said
