"""The key figures: pace, pauses, fillers, talking points, each with what it is a figure of."""

from __future__ import annotations

from agent.analysis import Fillers, Pacing
from agent.bands import EASY_WPM, LONG_PAUSE_S
from agent.report import phrases
from agent.report.gauge import gauge
from agent.report.markup import basis_chip, esc, icon, play, plural, section
from agent.report.more_figures import more_figures
from agent.report.since import since
from agent.report.view import View

_GAUGE_WPM = (80, 220)
"""Ends of the drawn scale, in words a minute."""


def figures_section(view: View) -> str:
    """Return the four key figures, two where the answers were typed, and the smaller ones."""
    if view.analysis.typed:
        cards = [_typed_fillers(view)]
    else:
        cards = [_pace(view), _pauses(view.analysis.pacing, view), _fillers(view)]
    cards.append(_points(view))
    body = f'<div class="figures">{"".join(cards)}</div>{more_figures(view)}'
    return section("figures", "Key figures", body)


def _card(title: str, figure: str, unit: str, rest: str) -> str:
    return (
        f'<div class="figure"><h3>{title}</h3>'
        f'<p class="big"><strong>{figure}</strong> <span>{unit}</span></p>{rest}</div>'
    )


def _pace(view: View) -> str:
    pacing, (low, high) = view.analysis.pacing, EASY_WPM
    if pacing.speech_rate_wpm is None:
        return _card("Pace", "–", "words a minute", f"<p>{phrases.pace_band(pacing)}</p>")
    rate = round(pacing.speech_rate_wpm)
    articulation = ""
    if pacing.articulation_rate_sps is not None:
        articulation = (
            f" While you speak: {pacing.articulation_rate_sps:.1f} syllables a second,"
            " pauses excluded."
        )
    before = view.before.pacing.speech_rate_wpm if view.before else None
    rest = (
        f"{gauge(pacing.speech_rate_wpm, EASY_WPM, _GAUGE_WPM)}"
        f"<p>{phrases.pace_band(pacing).capitalize()}.</p>{since(rate, before)}"
        f'<p class="small">Pauses included, over all answers; {low} to {high} is fine.'
        f"{articulation} {basis_chip('measured')}</p>"
    )
    return _card("Pace", str(rate), "words a minute", rest)


def _pauses(pacing: Pacing, view: View) -> str:
    longest = phrases.longest_pause(pacing)
    if longest is None:
        text = "<p>No silent pause of 0.25 s or more inside an answer.</p>"
        return _card("Pauses", "0", "inside answers", text)
    long_ones = len(phrases.long_pauses(pacing))
    limit = f"{LONG_PAUSE_S:g} s"
    note = f"{long_ones or 'None'} of them longer than {limit} in mid-sentence."
    before_number = sum(pause.before_number for pause in pacing.pauses)
    if before_number:
        note += f" {plural(before_number, 'pause')} before a number."
    start_s, end_s = max(0.0, longest.start_s - 2), longest.end_s + 1
    before = len(phrases.long_pauses(view.before.pacing)) if view.before else None
    rest = (
        f"<p>{note}</p>{since(long_ones, before)}"
        f"<p>The longest: {phrases.pause_length_s(longest):.1f} s "
        f"{play(start_s, end_s, 'the longest pause', view.sound)}</p>"
        f'<p class="small">Silence of 0.25 s and more. Pausing is fine. '
        f"{basis_chip('measured')}</p>"
    )
    return _card("Pauses", str(len(pacing.pauses)), "inside answers", rest)


def _fillers(view: View) -> str:
    fillers = view.analysis.fillers
    before = len(view.before.fillers.counted) if view.before and view.same_ears else None
    count = len(fillers.counted)
    rest = (
        f"<p>{phrases.rate_class(fillers).capitalize()}.</p>{since(count, before)}"
        f'{_common(fillers)}<p class="small">A floor: recognizers drop some “um” and “uh”.'
        f"{_hedged(fillers)} {_all_fillers(fillers)}{basis_chip('rule')}</p>"
    )
    return _card("Fillers", str(count), "found", rest)


def _typed_fillers(view: View) -> str:
    fillers = view.analysis.fillers
    before = len(view.before.fillers.counted) if view.before else None
    count = len(fillers.counted)
    rest = (
        f"<p>{phrases.typed_fillers(view.analysis).capitalize()}.</p>{since(count, before)}"
        f'{_common(fillers)}<p class="small">All that was written.{_hedged(fillers)} '
        f"{basis_chip('rule')}</p>"
    )
    return _card("Fillers", str(count), "found", rest)


def _common(fillers: Fillers) -> str:
    common = "".join(
        f'<li><q dir="auto">{esc(text)}</q> <span>{count}</span></li>'
        for text, count in phrases.common_fillers(fillers)
    )
    return f'<ul class="common">{common}</ul>' if common else ""


def _hedged(fillers: Fillers) -> str:
    if not fillers.hedges:
        return ""
    count = plural(len(fillers.hedges), "hedge")
    return f" Besides, {count}, such as “{esc(fillers.hedges[0].text)}”."


def _all_fillers(fillers: Fillers) -> str:
    return '<a href="#fillers">All of them</a> ' if fillers.counted else ""


def _points(view: View) -> str:
    points = view.analysis.coverage.points
    made, total = phrases.points_made(view.analysis.coverage)
    if not total:
        rest = "<p>The brief names no talking points, so there is nothing to look for.</p>"
        return _card("Talking points", "–", "", rest)
    marks = "".join(
        f'<li class="{point.status}">{icon(point.status)}<span class="sr">'
        f"{esc(point.name)}: {point.status}</span></li>"
        for point in points
    )
    counts = ", ".join(
        f"{count} {status}"
        for status in ("partial", "contradicted", "missing")
        if (count := sum(point.status == status for point in points))
    )
    before, points_then = phrases.points_made(view.before.coverage) if view.before else (0, 0)
    rest = f'<ul class="dots">{marks}</ul>' + (
        f"<p>The rest: {counts}.</p>" if counts else "<p>Every one of them.</p>"
    )
    rest += since(made, before if points_then == total else None)
    link = '<p class="small"><a href="#points">Quotes and moments</a></p>'
    return _card("Talking points", str(made), f"of {total} made", rest + link)
