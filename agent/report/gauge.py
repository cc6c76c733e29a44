"""A figure on a short scale with the stretch of it that is advised."""

from __future__ import annotations


def gauge(value: float, fine: tuple[float, float], scale: tuple[float, float]) -> str:
    """Return a small drawing of `value` on `scale` with the `fine` stretch and its ends marked.

    Hidden from screen readers: the text beside it says the same.
    """
    start, end = scale

    def percent(at: float) -> float:
        return 100 * (min(max(at, start), end) - start) / (end - start)

    left, right = percent(fine[0]), percent(fine[1])
    return (
        '<svg class="gauge" width="100%" height="30" aria-hidden="true">'
        '<rect class="track" x="0" y="6" width="100%" height="6" rx="3"/>'
        f'<rect class="fine" x="{left:.1f}%" y="6" width="{right - left:.1f}%" height="6"/>'
        f'<circle class="needle" cx="{2 + 0.96 * percent(value):.1f}%" cy="9" r="6"/>'
        f'<text x="{left:.1f}%" y="28" text-anchor="middle">{fine[0]:g}</text>'
        f'<text x="{right:.1f}%" y="28" text-anchor="middle">{fine[1]:g}</text></svg>'
    )
