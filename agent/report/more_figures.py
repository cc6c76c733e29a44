"""The smaller figures of the whole session: the voice, the turns, the longest stretch."""

from __future__ import annotations

from statistics import median

from agent.analysis import Analysis
from agent.report.markup import basis_chip, esc
from agent.report.since import since
from agent.report.view import View


def more_figures(view: View) -> str:
    """Return what was measured besides the key figures, "" where nothing was."""
    rows = [*_rows(view), *_answered(view.analysis)]
    if not rows:
        return ""
    items = "".join(
        f"<div><dt>{name}</dt><dd>{value} {basis_chip(basis)}</dd></div>"
        for name, value, basis in rows
    )
    return f'<dl class="more">{items}</dl>'


def _rows(view: View) -> list[tuple[str, str, str]]:
    """Return name, value as HTML and basis of each measured figure that is known."""
    now, before = _measured(view.analysis), _measured(view.before) if view.before else {}
    rows = []
    for name, (value, digits, unit) in now.items():
        earlier = before[name][0] if name in before else None
        text = f"<span>{value:.{digits}f}&#8239;{esc(unit)}</span>{since(value, earlier, digits)}"
        rows.append((name, text, "measured"))
    return rows


def _measured(analysis: Analysis) -> dict[str, tuple[float, int, str]]:
    """Return value, digits and unit by name, without the figures that are not known."""
    voice, pacing = analysis.pacing.voice, analysis.pacing
    waits = [a.response_latency_s for a in analysis.answers if a.response_latency_s is not None]
    share = analysis.talk_share
    found: tuple[tuple[str, float | None, int, str], ...] = (
        ("Your share of the talking", None if share is None else 100 * share, 0, "%"),
        ("You answer after (median)", median(waits) if waits else None, 1, "s"),
        ("Longest stretch without a pause", pacing.longest_run_s or None, 0, "s"),
        ("Pitch moves by (flat below 2)", voice.pitch_sd_semitones, 1, "semitones"),
        ("Voice drops at ends of phrases by", voice.end_drop_db, 1, "dB"),
    )
    return {name: (value, n, unit) for name, value, n, unit in found if value is not None}


def _answered(analysis: Analysis) -> list[tuple[str, str, str]]:
    told = [a.answered for a in analysis.answers if a.answered is not None]
    if not told:
        return []
    some = " that can be told" if len(told) < len(analysis.answers) else ""
    return [("Questions answered", f"<span>{sum(told)} of {len(told)}{some}</span>", "rule")]
