"""The whole session in one picture: who spoke when, pauses, fillers, points made."""

from __future__ import annotations

import math
from dataclasses import dataclass

from agent.analysis import Analysis, Span, answer_names
from agent.bands import LONG_PAUSE_S
from agent.report import phrases
from agent.report.markup import clock, esc, icon, seconds, section

ROW_S = 720.0
"""A row holds at most 12 minutes, so that a second is still about a pixel on a screen."""
_GAP_S = 0.4
"""Pauses from here on are drawn as gaps in the speech; shorter ones would not be seen."""
_HEIGHT = 104
_POINT_Y = 12
_ASKED_Y, _SAID_Y, _TICK_Y = 30, 42, 68


@dataclass(frozen=True)
class Row:
    """A stretch of the session drawn on one line."""

    start_s: float
    """Where it begins, in seconds."""
    end_s: float
    """Where it ends, in seconds."""

    def x(self, at_s: float) -> float:
        """Return a time as percent of the row's width."""
        return 100 * (at_s - self.start_s) / (self.end_s - self.start_s)

    def holds(self, at_s: float) -> bool:
        """Say whether a time lies on this row."""
        return self.start_s <= at_s < self.end_s

    def bar(self, span: Span, look: str, y_height: tuple[int, int], title: str = "") -> str:
        """Return the part of a span on this row as a rectangle, "" when there is none."""
        start, end = max(span.start_s, self.start_s), min(span.end_s, self.end_s)
        if end <= start:
            return ""
        y, height = y_height
        width = max(0.12, self.x(end) - self.x(start))
        name = f"<title>{esc(title)}</title>" if title else ""
        return (
            f'<rect class="{look}" x="{self.x(start):.2f}%" y="{y}" width="{width:.2f}%" '
            f'height="{height}">{name}</rect>'
        )


def timeline_section(analysis: Analysis, sound: bool) -> str:
    """Return the timeline, "" when nothing has a time."""
    total_s = _total_s(analysis)
    if total_s <= 0 or not (analysis.answers or analysis.interviewer):
        return ""
    rows = "".join(_row(analysis, row) for row in rows_of(total_s))
    lead = ""
    if sound:
        track = " You hear your own track." if analysis.interviewer else ""
        lead = f"Click anywhere to play from there.{track}"
    look = "timeline live" if sound else "timeline"
    return section(
        "timeline", "The whole session", f'<div class="{look}">{rows}</div>{_key()}', lead
    )


def rows_of(total_s: float) -> list[Row]:
    """Return rows of equal length, none longer than ROW_S."""
    count = max(1, math.ceil(total_s / ROW_S))
    each = total_s / count
    return [Row(index * each, (index + 1) * each + 1e-6) for index in range(count)]


def _total_s(analysis: Analysis) -> float:
    ends = [analysis.about.duration_s]
    ends += [span.end_s for span in (*analysis.answers, *analysis.interviewer)]
    return max(end for end in (*ends, 0.0) if math.isfinite(end))


def _row(analysis: Analysis, row: Row) -> str:
    parts = [
        f'<line class="axis" x1="0" x2="100%" y1="{_TICK_Y + 12}" y2="{_TICK_Y + 12}"/>',
        *_ticks(row),
        *(
            row.bar(line, "asked", (_ASKED_Y, 8), f"Interviewer: {line.text}")
            for line in analysis.interviewer
        ),
        *_speech(analysis, row),
        *_fillers(analysis, row),
        *_numbers(analysis, row),
        *_points(analysis, row),
        '<line class="head" visibility="hidden" x1="0" x2="0" y1="24" y2="82"/>',
    ]
    label = f"From {clock(row.start_s)} to {clock(row.end_s)}"
    return (
        f'<svg class="row" width="100%" height="{_HEIGHT}" role="group" aria-label="{label}" '
        f'data-a="{seconds(row.start_s)}" data-b="{seconds(row.end_s)}">{"".join(parts)}</svg>'
    )


def _ticks(row: Row) -> list[str]:
    span = row.end_s - row.start_s
    step = next((s for s in (15, 30, 60, 120) if span / s <= 8), 300)
    first = math.ceil(row.start_s / step) * step
    ticks = []
    for at in range(int(first), int(row.end_s) + 1, step):
        x = row.x(at)
        anchor = "start" if x < 3 else "end" if x > 97 else "middle"
        ticks.append(
            f'<line class="tick" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TICK_Y + 12}" '
            f'y2="{_TICK_Y + 16}"/><text x="{x:.2f}%" y="{_HEIGHT - 6}" '
            f'text-anchor="{anchor}">{clock(at)}</text>'
        )
    return ticks


def _speech(analysis: Analysis, row: Row) -> list[str]:
    """Draw answers as blocks with gaps where the person was silent, long silences tinted."""
    parts = []
    for answer in analysis.answers:
        at = answer.start_s
        parts.append(row.bar(answer, "floor", (_SAID_Y, 20)))
        for pause in answer.pacing.pauses:
            if phrases.pause_length_s(pause) >= _GAP_S and pause.start_s >= at:
                parts.append(row.bar(Span(start_s=at, end_s=pause.start_s), "said", (_SAID_Y, 20)))
                at = pause.end_s
        parts.append(row.bar(Span(start_s=at, end_s=answer.end_s), "said", (_SAID_Y, 20)))
    parts += [
        row.bar(
            pause,
            "long",
            (_SAID_Y, 20),
            f"Pause in mid-sentence, {phrases.pause_length_s(pause):.1f} s",
        )
        for pause in phrases.long_pauses(analysis.pacing)
    ]
    return parts


def _fillers(analysis: Analysis, row: Row) -> list[str]:
    found = (*analysis.fillers.filled_pauses, *analysis.fillers.filler_words)
    return [
        f'<rect class="filler" x="{row.x(f.start_s):.2f}%" y="{_TICK_Y - 2}" width="2" height="9">'
        f"<title>{esc(f.text)}</title></rect>"
        for f in found
        if row.holds(f.start_s)
    ]


def _numbers(analysis: Analysis, row: Row) -> list[str]:
    """Number the answers inside their blocks, where there is room; each links to its card."""
    parts = []
    names = answer_names(analysis.answers)
    for answer, name in zip(analysis.answers, names, strict=True):
        start, end = max(answer.start_s, row.start_s), min(answer.end_s, row.end_s)
        if row.x(end) - row.x(start) < 4:
            continue
        middle = (row.x(start) + row.x(end)) / 2
        parts.append(
            f'<a href="#answer-{name}" aria-label="Answer {name}"><circle class="knob" '
            f'cx="{middle:.2f}%" cy="{_SAID_Y + 10}" r="9"/><text class="name" '
            f'x="{middle:.2f}%" y="{_SAID_Y + 14}" text-anchor="middle">{name}</text></a>'
        )
    return parts


def _points(analysis: Analysis, row: Row) -> list[str]:
    """Mark the moment at which each talking point was raised, by its status."""
    parts = []
    for point in analysis.coverage.points:
        for evidence in point.evidence[:1]:
            if not row.holds(evidence.start_s):
                continue
            x = min(max(row.x(evidence.start_s), 1.0), 99.0)
            parts.append(
                f'<line class="stem {point.status}" x1="{x:.2f}%" x2="{x:.2f}%" '
                f'y1="{_POINT_Y + 8}" y2="{_SAID_Y}"/>'
                f'<svg class="pin {point.status}" x="{x:.2f}%" y="{_POINT_Y - 8}" width="16" '
                f'height="16" overflow="visible"><title>{esc(point.name)}: {point.status}</title>'
                f'<use href="#i-{point.status}" x="-8" width="16" height="16"/></svg>'
            )
    return parts


def _key() -> str:
    marks = (
        ("asked", "interviewer"),
        ("said", "you"),
        ("long", f"pause over {LONG_PAUSE_S:g} s in mid-sentence"),
        ("filler", "filler"),
    )
    items = "".join(f'<li><i class="{look}"></i>{name}</li>' for look, name in marks)
    points = "".join(
        f'<li class="{status}">{icon(status)}point {status}</li>'
        for status in ("covered", "partial", "contradicted")
    )
    return f'<ul class="key">{items}{points}</ul>'
