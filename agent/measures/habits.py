"""The one filler that makes up most of all fillers, if there is one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from agent.analysis import Answer, Filler, Habit, Span
from agent.bands import FEW_PER_MINUTE

CRUTCH_SHARE = 0.5
"""A crutch is one word that makes up at least half of all fillers."""
CRUTCH_LEAST = 5
"""With fewer, one word in front is chance: of four fillers of two kinds, three are the same in
half of all sessions."""
CRUTCH_PER_MINUTE = FEW_PER_MINUTE / 2
"""So often one word alone makes half of what listeners begin to notice (Laske 2024)."""
_UM = re.compile(r"(?:u+h*m+|e+r+m+|h+m+|m{2,})\Z")
_UH = re.compile(r"(?:u+h+|e+r+|e+h+|a+h+)\Z")


def habits_of(answers: Sequence[Answer]) -> tuple[Habit, ...]:
    """Return the crutch word with its moments, () where none stands out.

    Args:
        answers: the answers with their fillers and pacing.
    """
    moments: dict[str, list[Filler]] = defaultdict(list)
    for answer in answers:
        for one in answer.fillers.counted:
            moments[_folded(one.text)].append(one)
    minutes = sum(answer.pacing.duration_s for answer in answers) / 60
    if not moments or minutes <= 0:
        return ()
    text, said = max(moments.items(), key=lambda item: len(item[1]))
    total = sum(map(len, moments.values()))
    least = max(CRUTCH_LEAST, CRUTCH_PER_MINUTE * minutes, CRUTCH_SHARE * total)
    if len(said) < least:
        return ()
    spans = tuple(Span(start_s=one.start_s, end_s=one.end_s) for one in said)
    return (Habit(text=text, count=len(said), kind="crutch", moments=spans),)


def _folded(text: str) -> str:
    """Return a filler in one spelling: recognizers write "umm", "uhm" and "um" by chance."""
    plain = " ".join(re.sub(r"[^\w']", "", word.lower().replace("’", "'")) for word in text.split())
    if _UM.match(plain):
        return "um"
    return "uh" if _UH.match(plain) else plain
