"""The bands that figures are held against, one place for findings, replay, report and terminal."""

from typing import Literal

EASY_WPM = (120, 190)
"""Words a minute, pauses included, that cost nothing. Slower speech lowers competence (Smith 1975;
Street, Brady and Putman 1983) and sounds nervous (Feiler and Powell 2016); faster speech lowers
neither and is a matter of clarity. The two numbers are ours."""
UNCLEAR_WPM = 220
"""Up to here a fast rate costs little."""
FEW_PER_MINUTE = 5.0
"""Fillers a minute up to which they do no harm (Laske and DiGennaro Reed 2024)."""
MANY_PER_MINUTE = 12.0
"""Fillers a minute from which they harm the impression (the same)."""
LONG_PAUSE_S = 1.5
"""A pause inside a clause longer than this is worth a note; p95 of real interview pauses 1.62 s."""
REMARKABLE_PAUSE_S = 2.0
"""One of this length is worth a finding; 2.6 % of real interview pauses are longer."""
ADVISED_S = (60.0, 120.0)
"""How long an answer to a main question should last: one to two minutes (OPM structured
interviews, Google re:Work)."""
ADVISED_DESIGN_S = (120.0, 300.0)
"""A design is developed step by step, which takes longer."""
ADVISED_FOLLOW_UP_S = (20.0, 60.0)
"""A follow-up asks for one thing more: half of a main answer at most."""
_SHORT_SHARE, _LONG_ANSWER_S = 1 / 3, 150.0


def short_answer_s(area: str) -> float:
    """Return the length below which an answer of this area leaves its question open."""
    return _SHORT_SHARE * (ADVISED_DESIGN_S if "design" in area.lower() else ADVISED_S)[0]


def long_answer_s(area: str) -> float:
    """Return the length above which an answer of this area loses the listener."""
    return ADVISED_DESIGN_S[1] if "design" in area.lower() else _LONG_ANSWER_S


def advised_s(kind: str, area: str) -> tuple[float, float] | None:
    """Return how long answers of this kind (as Answer.kind) should last, None for a recording."""
    if kind == "recording":
        return None
    if kind == "follow_up":
        return ADVISED_FOLLOW_UP_S
    return ADVISED_DESIGN_S if "design" in area.lower() else ADVISED_S


def band_of(wpm: float | None) -> Literal["", "slow", "fine", "fast"]:
    """Return where a speech rate in words a minute lies, "" for None."""
    if wpm is None:
        return ""
    return "slow" if wpm < EASY_WPM[0] else "fast" if wpm > EASY_WPM[1] else "fine"
