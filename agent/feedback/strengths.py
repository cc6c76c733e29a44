"""Remarks on what went well."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Basis, Finding
from agent.bands import EASY_WPM, FEW_PER_MINUTE
from agent.feedback.points import of_point, points_basis
from agent.feedback.weighed import Weighed

ENOUGH_FOR_CALM = 100
"""In fewer words neither few fillers nor an easy pace are a merit yet."""
_KEEP = "{} it once, then tell another point the same way."
_KEEP_CALM = "Listen to it once, and keep the short silences in place of fillers."
_KEEP_PACE = "Listen to it once: this is the pace to come back to."


def strength_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on points made, few fillers and an easy pace."""
    points = analysis.coverage.points
    made = [point for point in points if point.status == "covered" and point.evidence]
    if made:
        best = max(made, key=lambda point: len(point.note))
        text = f"You made {len(made)} of {len(points)} talking points in full"
        text += f"{': ' if len(made) == 1 else ', among them '}“{best.name}”."
        finding = of_point("strength", best, text, _keep(analysis)).model_copy(
            update={"basis": points_basis(analysis)}
        )
        yield Weighed(40 + 25 * len(made) / len(points), finding, "points made")
    pacing, rate = analysis.pacing, analysis.fillers.per_minute
    if rate is not None and rate <= FEW_PER_MINUTE and pacing.words >= ENOUGH_FOR_CALM:
        count = len(analysis.fillers.counted)
        text = f"You used hardly any fillers: {count} in {pacing.words} words."
        text = text if count else f"No filler was found in {pacing.words} words."
        yield Weighed(30, _strength(analysis, text, "rule", _KEEP_CALM), "few fillers")
    bands = [one.pacing.band for one in analysis.answers]
    bands += [window.band for one in analysis.answers for window in one.pacing.windows]
    easy = pacing.band == "fine" and all(band in ("", "fine") for band in bands)
    if easy and pacing.words >= ENOUGH_FOR_CALM:
        text = (
            f"Your pace was easy to follow throughout: {pacing.speech_rate_wpm:.0f} words a minute"
            f" on average ({EASY_WPM[0]} to {EASY_WPM[1]} is best)."
        )
        calm = _strength(analysis, text, "measured", _KEEP_PACE)
        yield Weighed(28, calm, "easy pace", words=False)


def _perceive(analysis: Analysis) -> str:
    return "read" if analysis.typed else "listen to"


def _keep(analysis: Analysis) -> str:
    return _KEEP.format(_perceive(analysis).capitalize())


def _strength(
    analysis: Analysis, text: str, basis: Basis, exercise: str, place: int | None = None
) -> Finding:
    """Return a strength with this answer as its moment, the longest where none is given."""
    if place is None:
        place = max(
            range(len(analysis.answers)),
            key=lambda at: analysis.answers[at].pacing.words,
            default=None,
        )
    answer = analysis.answers[place] if place is not None else None
    return Finding(
        kind="strength",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis=basis,
        exercise=exercise,
    )
