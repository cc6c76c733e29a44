"""The key figures: pace, pauses, fillers, talking points, each with what it is a figure of."""

from __future__ import annotations

from agent.analysis import Analysis, Coverage, Fillers, Pacing
from agent.bands import EASY_WPM, LONG_PAUSE_S
from agent.report import phrases
from agent.report.markup import basis_chip, esc, icon, play, plural, section

_GAUGE_WPM = (80, 220)
"""Ends of the drawn scale, in words a minute."""


def figures_section(analysis: Analysis, sound: bool) -> str:
    """Return the four key figures; two of them where the answers were typed."""
    if analysis.typed:
        cards = [_typed_fillers(analysis)]
    else:
        pacing = analysis.pacing
        cards = [_pace(pacing), _pauses(pacing, sound), _fillers(analysis.fillers)]
    cards.append(_points(analysis.coverage))
    return section("figures", "Key figures", f'<div class="figures">{"".join(cards)}</div>')


def _card(title: str, figure: str, unit: str, rest: str) -> str:
    return (
        f'<div class="figure"><h3>{title}</h3>'
        f'<p class="big"><strong>{figure}</strong> <span>{unit}</span></p>{rest}</div>'
    )


def _pace(pacing: Pacing) -> str:
    low, high = EASY_WPM
    if pacing.speech_rate_wpm is None:
        return _card("Pace", "–", "words a minute", f"<p>{phrases.pace_band(pacing)}</p>")
    rate = round(pacing.speech_rate_wpm)
    articulation = ""
    if pacing.articulation_rate_sps is not None:
        articulation = (
            f" While you speak: {pacing.articulation_rate_sps:.1f} syllables a second,"
            " pauses excluded."
        )
    rest = (
        f"{_gauge(pacing.speech_rate_wpm)}"
        f"<p>{phrases.pace_band(pacing).capitalize()}.</p>"
        f'<p class="small">Pauses included, over all answers; {low} to {high} is fine.'
        f"{articulation} {basis_chip('measured')}</p>"
    )
    return _card("Pace", str(rate), "words a minute", rest)


def _gauge(rate_wpm: float) -> str:
    start, end = _GAUGE_WPM

    def percent(wpm: float) -> float:
        return 100 * (min(max(wpm, start), end) - start) / (end - start)

    low, high = EASY_WPM
    left, right = percent(low), percent(high)
    return (
        '<svg class="gauge" width="100%" height="30" aria-hidden="true">'
        '<rect class="track" x="0" y="6" width="100%" height="6" rx="3"/>'
        f'<rect class="fine" x="{left:.1f}%" y="6" width="{right - left:.1f}%" height="6"/>'
        f'<circle class="needle" cx="{2 + 0.96 * percent(rate_wpm):.1f}%" cy="9" r="6"/>'
        f'<text x="{left:.1f}%" y="28" text-anchor="middle">{low}</text>'
        f'<text x="{right:.1f}%" y="28" text-anchor="middle">{high}</text></svg>'
    )


def _pauses(pacing: Pacing, sound: bool) -> str:
    longest = phrases.longest_pause(pacing)
    if longest is None:
        text = "<p>No silent pause of 0.25 s or more inside an answer.</p>"
        return _card("Pauses", "0", "inside answers", text)
    long_ones = len(phrases.long_pauses(pacing))
    limit = f"{LONG_PAUSE_S:g} s"
    note = (
        f"{long_ones} of them longer than {limit} in mid-sentence."
        if long_ones
        else f"None longer than {limit} in mid-sentence."
    )
    rest = (
        f"<p>{note}</p><p>The longest: {phrases.pause_length_s(longest):.1f} s "
        f"{play(max(0.0, longest.start_s - 2), longest.end_s + 1, 'the longest pause', sound)}</p>"
        f'<p class="small">Silence of 0.25 s and more. Pausing is fine. '
        f"{basis_chip('measured')}</p>"
    )
    return _card("Pauses", str(len(pacing.pauses)), "inside answers", rest)


def _fillers(fillers: Fillers) -> str:
    found = (*fillers.filled_pauses, *fillers.filler_words)
    heard = sum(filler.source == "acoustic" for filler in found)
    in_sound = (
        f" {len(found) - heard} in the transcript, {heard} likely in the sound." if heard else ""
    )
    rest = (
        f"<p>{phrases.rate_class(fillers).capitalize()}.</p>"
        f'{_common(fillers)}<p class="small">A floor: recognizers drop some “um” and “uh”.'
        f"{in_sound}{_hedged(fillers)} {basis_chip('rule')}</p>"
    )
    count = phrases.filler_count(fillers)
    if not count:
        return _card("Fillers", "0", "found", rest)
    return _card("Fillers", f"<small>at least</small> {count}", "", rest)


def _typed_fillers(analysis: Analysis) -> str:
    fillers = analysis.fillers
    rest = (
        f"<p>{phrases.typed_fillers(analysis).capitalize()}.</p>{_common(fillers)}"
        f'<p class="small">All that was written.{_hedged(fillers)} {basis_chip("rule")}</p>'
    )
    return _card("Fillers", str(phrases.filler_count(fillers)), "found", rest)


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


def _points(coverage: Coverage) -> str:
    made, total = phrases.points_made(coverage)
    if not total:
        rest = "<p>The brief names no talking points, so there is nothing to look for.</p>"
        return _card("Talking points", "–", "", rest)
    marks = "".join(
        f'<li class="{point.status}">{icon(point.status)}<span class="sr">'
        f"{esc(point.name)}: {point.status}</span></li>"
        for point in coverage.points
    )
    counts = ", ".join(
        f"{count} {status}"
        for status in ("partial", "contradicted", "missing")
        if (count := sum(point.status == status for point in coverage.points))
    )
    rest = f'<ul class="dots">{marks}</ul>' + (
        f"<p>The rest: {counts}.</p>" if counts else "<p>Every one of them.</p>"
    )
    link = '<p class="small"><a href="#points">Quotes and moments</a></p>'
    return _card("Talking points", str(made), f"of {total} made", rest + link)
