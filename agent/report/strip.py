"""An answer on its own time axis: the pace along it."""

from __future__ import annotations

from agent.analysis import Answer, PaceWindow
from agent.bands import EASY_WPM
from agent.report.markup import basis_chip, esc, play, seconds

_SCALE_WPM = (90.0, 200.0)
"""Lowest and highest pace drawn, in words a minute; further where the pace went further."""
_EDGE_WPM = 5.0
"""So much is left above the fastest and below the slowest, so that the line stays whole."""
_PACE_HEIGHT = 44


def _lane(name: str, basis: str, drawing: str, below: str) -> str:
    return (
        f'<div class="lane"><p class="label">{name} {basis_chip(basis)}</p>'
        f'<div class="drawn">{drawing}</div>'
        f'<div class="told">{below}</div></div>'
    )


def _svg(answer: Answer, height: int, label: str, inside: str, sound: bool) -> str:
    """Return a drawing along the answer; with sound it plays from where it is clicked."""
    times = f' data-a="{seconds(answer.start_s)}" data-b="{seconds(answer.end_s)}"'
    look = f'class="strip scrub"{times}' if sound else 'class="strip"'
    head = f'<line class="head" visibility="hidden" x1="0" x2="0" y1="0" y2="{height}"/>'
    return (
        f'<svg {look} width="100%" height="{height}" role="img" aria-label="{esc(label)}">'
        f"{inside}{head if sound else ''}</svg>"
    )


def _share(answer: Answer, at_s: float) -> float:
    """Return a time as percent of the answer."""
    span = max(answer.end_s - answer.start_s, 1e-6)
    return 100 * min(max((at_s - answer.start_s) / span, 0.0), 1.0)


def strip(answer: Answer, sound: bool) -> str:
    """Return the pace along the answer, "" for one without windows of it."""
    windows = answer.pacing.windows
    if len(windows) < 2:
        return ""
    slow = min(windows, key=lambda w: w.speech_rate_wpm)
    fast = max(windows, key=lambda w: w.speech_rate_wpm)
    rates = f"{slow.speech_rate_wpm:.0f} to {fast.speech_rate_wpm:.0f} words a minute"
    label = f"Pace in windows of 20 seconds: {rates}"
    line = _pace_line(answer, (slow.speech_rate_wpm, fast.speech_rate_wpm))
    drawing = _svg(answer, _PACE_HEIGHT, label, line, sound)
    outside = [_outside(w, sound) for w, band in ((slow, "slow"), (fast, "fast")) if w.band == band]
    easy = f"{EASY_WPM[0]} to {EASY_WPM[1]}"
    return _lane("Pace", "measured", drawing, f"{rates}; {easy} is tinted. {' '.join(outside)}")


def _pace_line(answer: Answer, reach: tuple[float, float]) -> str:
    """Return the line through the middles of the windows, over the tinted easy band."""
    low = min(_SCALE_WPM[0], reach[0] - _EDGE_WPM)
    high = max(_SCALE_WPM[1], reach[1] + _EDGE_WPM)

    def y(wpm: float) -> float:
        return round(_PACE_HEIGHT * (high - wpm) / (high - low), 1)

    windows = answer.pacing.windows
    rates_at = [
        (windows[0].start_s, windows[0].speech_rate_wpm),
        *(((w.start_s + w.end_s) / 2, w.speech_rate_wpm) for w in windows),
        (windows[-1].end_s, windows[-1].speech_rate_wpm),
    ]
    points = " ".join(f"{_share(answer, at_s):.2f},{y(wpm)}" for at_s, wpm in rates_at)
    top, bottom = y(EASY_WPM[1]), y(EASY_WPM[0])
    return (
        f'<rect class="easy" width="100%" y="{top}" height="{bottom - top:.1f}"/>'
        f'<svg viewBox="0 0 100 {_PACE_HEIGHT}" width="100%" height="{_PACE_HEIGHT}" '
        f'preserveAspectRatio="none"><polyline class="pace" points="{points}"/></svg>'
    )


def _outside(window: PaceWindow, sound: bool) -> str:
    button = play(window.start_s, window.end_s, f"the {window.band}est 20 seconds", sound)
    return f'<span class="flag">{window.band}est 20 s</span> {button}'
