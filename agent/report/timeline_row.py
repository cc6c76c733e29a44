"""One row of the timeline: the lanes of speech, points and fillers on one time axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from agent.analysis import Evidence, InterviewerLine, PointCoverage, Span
from agent.report import phrases
from agent.report.markup import clean, clock, esc, seconds, who
from agent.report.view import View

_GAP_S = 0.4
"""Pauses from here on are drawn as gaps in the speech; shorter ones would not be seen."""
_HEIGHT = 108
_POINT_Y = 12
_ASKED_Y, _SAID_Y, _FILLER_Y, _AXIS_Y = 30, 42, 71, 84
_NAME_LETTERS = 12
"""Letters of a name; more would reach into the next one's part."""
_LETTER = 2.2
"""Percent of a row that a letter takes at most, on a phone of 360 px (measured in Chromium)."""


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


def row_html(view: View, row: Row) -> str:
    """Draw one row: points, interviewer, answers with their pauses, fillers, axis."""
    parts = [
        f'<line class="axis" x1="0" x2="100%" y1="{_AXIS_Y}" y2="{_AXIS_Y}"/>',
        *_ticks(row),
        *(_asked(line, row) for line in view.analysis.interviewer),
        *_names(view, row),
        *_speech(view, row),
        *_fillers(view, row),
        *_numbers(view, row),
        *_points(view, row),
        f'<line class="head" visibility="hidden" x1="0" x2="0" y1="24" y2="{_AXIS_Y}"/>',
    ]
    look = "row scrub" if view.sound else "row"
    label = f"From {clock(row.start_s)} to {clock(row.end_s)}"
    return (
        f'<svg class="{look}" width="100%" height="{_HEIGHT}" role="group" aria-label="{label}" '
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
            f'<line class="tick" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_AXIS_Y}" '
            f'y2="{_AXIS_Y + 4}"/><text x="{x:.2f}%" y="{_HEIGHT - 6}" '
            f'text-anchor="{anchor}">{clock(at)}</text>'
        )
    return ticks


def _asked(line: InterviewerLine, row: Row) -> str:
    """Draw a line of the interviewer; one that was cut short ends in a wedge or is hollow."""
    unmade = line.stopped_by == "resumed_answer"
    look = "asked unmade" if unmade else "asked"
    bar = row.bar(line, look, (_ASKED_Y, 8), f"{who(line.speaker)}: {line.text}")
    if not bar or line.stopped_by != "interruption" or not row.holds(line.end_s):
        return bar
    return bar + (
        f'<svg class="wedge" x="{row.x(line.end_s):.2f}%" y="{_ASKED_Y - 3}" overflow="visible">'
        '<title>You took the floor here</title><path d="M-1 0v14l9-7z"/></svg>'
    )


def _names(view: View, row: Row) -> list[str]:
    """Write who of a panel takes over above their first line, where there is room for it."""
    parts: list[str] = []
    speaker, free = "", 0.0
    for line in view.analysis.interviewer:
        if line.speaker in ("", speaker):
            continue
        speaker = line.speaker
        name = clean(speaker)
        if len(name) > _NAME_LETTERS:
            name = f"{name[: _NAME_LETTERS - 1].rstrip()}…"
        x = min(row.x(line.start_s), 100 - _LETTER * len(name))
        if row.holds(line.start_s) and x >= free:
            free = x + _LETTER * len(name)
            parts.append(f'<text x="{x:.2f}%" y="{_ASKED_Y - 4}">{esc(name)}</text>')
    return parts


def _speech(view: View, row: Row) -> list[str]:
    """Draw answers as blocks with gaps where the person was silent, long silences tinted."""
    parts = []
    for answer in view.analysis.answers:
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
        for pause in phrases.long_pauses(view.analysis.pacing)
    ]
    parts += [
        row.bar(own, "said", (_SAID_Y, 20), f"You asked: {own.text}")
        for own in view.analysis.own_questions
    ]
    return parts


def _fillers(view: View, row: Row) -> list[str]:
    """Draw a tick for each filler."""
    return [
        f'<rect class="filler" x="{row.x(f.start_s):.2f}%" y="{_FILLER_Y - 5}" width="2" '
        f'height="10"><title>{esc(f.text)}</title></rect>'
        for f in view.analysis.fillers.counted
        if row.holds(f.start_s)
    ]


def _numbers(view: View, row: Row) -> list[str]:
    """Number the answers inside their blocks, where there is room; each links to its card."""
    parts = []
    for answer, name in zip(view.analysis.answers, view.names, strict=True):
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


def _points(view: View, row: Row) -> list[str]:
    """Mark the moment at which each talking point was raised, by its status."""
    return [
        _pin(point, evidence, row, view.sound)
        for point in view.analysis.coverage.points
        for evidence in point.evidence[:1]
        if row.holds(evidence.start_s)
    ]


def _pin(point: PointCoverage, evidence: Evidence, row: Row, sound: bool) -> str:
    x = min(max(row.x(evidence.start_s), 1.0), 99.0)
    moment = ""
    if sound:
        moment = f' data-s="{seconds(evidence.start_s)}" data-e="{seconds(evidence.end_s)}"'
    return (
        f'<line class="stem {point.status}" x1="{x:.2f}%" x2="{x:.2f}%" '
        f'y1="{_POINT_Y + 8}" y2="{_SAID_Y}"/>'
        f'<svg class="pin {point.status}" x="{x:.2f}%" y="{_POINT_Y - 8}" width="16" '
        f'height="16" overflow="visible"{moment}><title>{esc(point.name)}: {point.status}</title>'
        f'<use href="#i-{point.status}" x="-8" width="16" height="16"/>'
        '<circle class="hit" cy="8" r="11"/></svg>'
    )
