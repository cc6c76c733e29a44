"""The bands that figures are held against, one place for findings, replay, report and terminal."""

from __future__ import annotations

EASY_WPM = (120, 170)
"""Words a minute, pauses included, that listeners find easy; as speech coaches advise for talks."""
SLOW_WPM = 110.0
"""Below it a speech rate is slow: worth a remark."""
FAST_WPM = 185.0
"""Above it a speech rate is fast: worth a remark."""
FEW_PER_MINUTE = 5.0
"""Fillers a minute up to which listeners hardly notice them (Laske 2024)."""
MANY_PER_MINUTE = 12.0
"""Fillers a minute from which they harm the impression (Laske 2024)."""
LONG_PAUSE_S = 1.5
"""A pause inside a clause longer than this is worth a note; p95 of real interview pauses 1.62 s."""
REMARKABLE_PAUSE_S = 2.0
"""One of this length is worth a finding; 2.6 % of real interview pauses are longer."""
SHORT_ANSWER_S = 20.0
"""A shorter answer to a main question leaves it open."""
_LONG_ANSWER_S = 150.0
_LONG_DESIGN_S = 300.0


def long_answer_s(area: str) -> float:
    """Return the length above which an answer of this area loses the listener.

    One to two minutes are advised, designs longer (OPM structured interviews, Google re:Work).
    """
    return _LONG_DESIGN_S if "design" in area.lower() else _LONG_ANSWER_S
