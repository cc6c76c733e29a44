"""One figure over sessions as a drawing: a line, its band shaded, a dot for each session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.after.progress import Row
from agent.after.progress_table import FIGURES, Figure

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 294, 8, 108
"""Where the plot lies in its template; left of it stand the values, below it the dates."""
_MARGIN = 0.08
"""Share of the range that is left free above and below the line."""


@dataclass(frozen=True)
class Chart:
    """One figure as it is drawn; places are pixels of the template."""

    name: str
    """What the figure is called."""
    now: str
    """Its last value."""
    fine: str
    """From where to where it is fine, "" where more is simply better."""
    told: str
    """The drawing in words."""
    band: tuple[float, float] | None
    """Top and bottom of what is fine."""
    runs: tuple[str, ...]
    """Lines through the sessions that have the figure: "x,y x,y"."""
    dots: tuple[tuple[float, float, str], ...]
    """x, y and date with value of each session."""
    high: str
    """The value at the top."""
    low: str
    """The value at the bottom."""
    first: str
    """Month and day of the first session."""
    last: str
    """Month and day of the last one."""


def charts(rows: Sequence[Row]) -> list[Chart]:
    """Return a chart of each figure that two whole sessions have."""
    whole = [row for row in rows if row.whole]
    return [drawn for figure in FIGURES if (drawn := _chart(figure, whole)) is not None]


def _chart(figure: Figure, whole: Sequence[Row]) -> Chart | None:
    values = [figure.of(row) for row in whole]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = _range(figure, known)

    def x(at: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * at / (len(whole) - 1)

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (min(max(value, low), high) - low) / (high - low)

    def shown(value: float) -> str:
        return f"{value:.{figure.digits}f}"

    return Chart(
        name=figure.name,
        now=shown(known[-1]),
        fine=f" fine: {figure.band[0]:.0f} to {figure.band[1]:.0f}" if figure.band else "",
        told=f"{figure.name}: {shown(known[0])} to {shown(known[-1])} over {len(known)} sessions",
        band=None if figure.band is None else (y(figure.band[1]), y(figure.band[0])),
        runs=tuple(
            " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in run if value is not None)
            for there, run in groupby(enumerate(values), key=lambda one: one[1] is not None)
            if there
        ),
        dots=tuple(
            (x(at), y(value), f"{row.started[:10]}: {shown(value)}")
            for at, (row, value) in enumerate(zip(whole, values, strict=True))
            if value is not None
        ),
        high=shown(high),
        low=shown(low),
        first=whole[0].started[5:10],
        last=whole[-1].started[5:10],
    )


def _range(figure: Figure, known: Sequence[float]) -> tuple[float, float]:
    """Return the values at the bottom and the top: all of the line, and the band where it has one.

    Figures that have a highest value, and those that are fine at zero, begin at zero.
    """
    if figure.top is not None:
        return 0.0, figure.top
    band = figure.band or (0.0, 0.0)
    low, high = min(*known, *band), max(*known, *band)
    free = max((high - low) * _MARGIN, 0.5)
    return (0.0 if low <= 0 else max(0.0, low - free)), high + free
