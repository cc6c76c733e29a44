"""Fillers and habits: every one with its moment to play."""

from __future__ import annotations

from collections.abc import Iterable

from agent.analysis import Filler, Fillers, Habit, Span
from agent.report import phrases
from agent.report.markup import clock, esc, plural, seconds, section
from agent.report.view import View

_AT_ONCE = 12
"""Moments of one word that are shown at once; the rest unfolds."""
_LEAD_S = 0.6
_TAIL_S = 0.8
"""A filler is played with what surrounds it: alone it says nothing."""


def fillers_section(view: View) -> str:
    """Return the fillers grouped by word, "" where nothing of the kind was found."""
    fillers, habits = view.analysis.fillers, view.analysis.habits
    groups = (
        ("Filled pauses", fillers.filled_pauses, "f"),
        ("Filler words", fillers.filler_words, "w"),
        ("Said twice or begun again", fillers.repetitions, "r"),
        ("Hedges", fillers.hedges, "h"),
    )
    lists = "".join(
        f'<div><h3>{name}</h3><ul class="moments">{_rows(found, look, view.sound)}</ul></div>'
        for name, found, look in groups
        if found
    )
    if not lists and not habits:
        return ""
    body = f'{_habits(habits, view.sound)}<div class="lists">{lists}</div>'
    return section("fillers", "Fillers and habits", body, _lead(fillers, view.analysis.typed))


def _lead(fillers: Fillers, typed: bool) -> str:
    count = plural(len(fillers.counted), "filler")
    if typed:
        return f"{count} in what was typed."
    return f"{count}. {phrases.rate_class(fillers).capitalize()}."


def _rows(found: tuple[Filler, ...], look: str, sound: bool) -> str:
    """Return one row for each word: the word, how often, its moments; most frequent first."""
    by_text: dict[str, list[Filler]] = {}
    for filler in found:
        by_text.setdefault(phrases.bare(filler.text) or "um", []).append(filler)
    rows = sorted(by_text.items(), key=lambda item: -len(item[1]))
    return "".join(
        f'<li><span class="words"><span class="{look}" dir="auto">{esc(text)}</span></span>'
        f'<span class="count">{len(all_of)}</span>{_moments(all_of, text, sound)}</li>'
        for text, all_of in rows
    )


def _habits(habits: tuple[Habit, ...], sound: bool) -> str:
    rows = "".join(
        f'<li><p><q dir="auto">{esc(habit.text)}</q> '
        f"stands out among your fillers, {plural(habit.count, 'time')}.</p>"
        f"{_moments(habit.moments, habit.text, sound)}</li>"
        for habit in habits
    )
    return f'<ul class="habits">{rows}</ul>' if rows else ""


def _moments(spans: Iterable[Span], text: str, sound: bool) -> str:
    shown = [_moment(span, text, sound) for span in spans]
    first, rest = " ".join(shown[:_AT_ONCE]), " ".join(shown[_AT_ONCE:])
    if rest:
        count = len(shown) - _AT_ONCE
        rest = f"<details><summary>{count} more</summary><p>{rest}</p></details>"
    return f'<div class="at-all">{first}{rest}</div>'


def _moment(span: Span, text: str, sound: bool) -> str:
    """Return a small play button: only its time, as there may be many."""
    at = clock(span.start_s)
    if not sound:
        return f'<span class="at">{at}</span>'
    start, end = max(0.0, span.start_s - _LEAD_S), span.end_s + _TAIL_S
    name = esc(f"Play “{text}” at {at}")
    return (
        f'<button type="button" class="play mini" data-s="{seconds(start)}" '
        f'data-e="{seconds(end)}" aria-label="{name}">{at}</button>'
    )
