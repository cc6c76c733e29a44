"""Since last time: small words beside a figure that was measured in an earlier session too."""

from __future__ import annotations


def since(now: float | None, before: float | None, digits: int = 0) -> str:
    """Return how far a figure moved, "" where one of the two is unknown.

    The direction is an arrow and never a color: more is not always better.
    """
    if now is None or before is None:
        return ""
    moved = round(now, digits) - round(before, digits)
    if not round(moved, digits):
        return '<p class="since">as last time</p>'
    arrow, word = ("↑", "more") if moved > 0 else ("↓", "less")
    return (
        f'<p class="since"><span aria-hidden="true">{arrow}&#8239;</span>{abs(moved):.{digits}f}'
        f'<span class="sr"> {word}</span>, last time {before:.{digits}f}</p>'
    )
