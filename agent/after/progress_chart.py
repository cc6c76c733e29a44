"""One figure over sessions as an inline SVG: a line, its band shaded, a dot for each session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from agent.after.progress import Row
from agent.after.progress_table import Figure
from agent.report.markup import esc

_WIDTH, _HEIGHT = 300, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 294, 8, 108
"""Where the plot lies; left of it stand the values, below it the dates."""
_MARGIN = 0.08
"""Share of the range that is left free above and below the line."""


def chart(figure: Figure, rows: Sequence[Row]) -> str:
    """Return the chart of the whole sessions, "" where fewer than two have the figure."""
    whole = [row for row in rows if row.whole]
    values = [figure.of(row) for row in whole]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = _range(figure, known)

    def x(at: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * at / (len(whole) - 1)

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (min(max(value, low), high) - low) / (high - low)

    dots = [
        (x(at), y(value), f"{row.started[:10]}: {value:.{figure.digits}f}")
        for at, (row, value) in enumerate(zip(whole, values, strict=True))
        if value is not None
    ]
    runs = [
        " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in run if value is not None)
        for there, run in groupby(enumerate(values), key=lambda one: one[1] is not None)
        if there
    ]
    told = f"{figure.name}: {known[0]:.{figure.digits}f} to {known[-1]:.{figure.digits}f}"
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{esc(told)} over {len(known)} sessions">{_band(figure, y)}'
        f'<path class="frame" d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none"/>'
        + "".join(f'<polyline class="run" points="{points}"/>' for points in runs)
        + "".join(
            f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="4"><title>{esc(title)}</title></circle>'
            for cx, cy, title in dots
        )
        + _labels(whole, (low, high), figure.digits)
        + "</svg>"
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


def _band(figure: Figure, y: Callable[[float], float]) -> str:
    if figure.band is None:
        return ""
    top, bottom = y(figure.band[1]), y(figure.band[0])
    return (
        f'<rect class="band" x="{_LEFT}" y="{top:.1f}" width="{_RIGHT - _LEFT}"'
        f' height="{bottom - top:.1f}"/>'
    )


def _labels(whole: Sequence[Row], ends: tuple[float, float], digits: int) -> str:
    first, last = (esc(row.started[5:10]) for row in (whole[0], whole[-1]))
    low, high = (f"{value:.{digits}f}" for value in ends)
    return (
        f'<text x="{_LEFT - 5}" y="{_TOP + 8}" text-anchor="end">{high}</text>'
        f'<text x="{_LEFT - 5}" y="{_BOTTOM}" text-anchor="end">{low}</text>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 6}">{first}</text>'
        f'<text x="{_RIGHT}" y="{_HEIGHT - 6}" text-anchor="end">{last}</text>'
    )
