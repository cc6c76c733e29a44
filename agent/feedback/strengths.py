"""Remarks on what went well."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Basis, Finding
from agent.bands import EASY_WPM, FEW_PER_MINUTE
from agent.coverage.numbers import find_numbers
from agent.feedback.content import ENOUGH_WORDS
from agent.feedback.exercise import answer_of
from agent.feedback.points import of_point
from agent.feedback.weighed import Weighed
from agent.report.phrases import filler_places
from agent.scores import filler_rate

ENOUGH_FOR_CALM = 100
"""In fewer words hardly a filler is no merit yet."""
_STORY = ("situation", "action", "result")
_KEEP = "Listen to it once, then give another point the same shape."


def strength_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on points made, a whole story, few fillers and an easy pace."""
    points = analysis.coverage.points
    made = [point for point in points if point.status == "covered" and point.evidence]
    if made:
        best = max(made, key=lambda point: len(point.note))
        text = f"You made {len(made)} of {len(points)} talking points in full"
        text += f"; listen to “{best.name}”."
        finding = of_point("strength", best, text, _KEEP)
        yield Weighed(40 + 25 * len(made) / len(points), finding, "points made")
    yield from _whole_story(analysis)
    pacing, rate = analysis.pacing, filler_rate(analysis)
    if rate is not None and rate <= FEW_PER_MINUTE and pacing.words >= ENOUGH_FOR_CALM:
        places = filler_places(analysis.fillers)
        text = f"Hardly a filler was heard in {pacing.words} words: {places}."
        yield Weighed(30, _calm(analysis, text, "rule"), "few fillers")
    bands = [one.pacing.band for one in analysis.answers]
    bands += [window.band for one in analysis.answers for window in one.pacing.windows]
    if pacing.band == "fine" and all(band in ("", "fine") for band in bands):
        text = (
            f"Your pace was easy throughout: {pacing.speech_rate_wpm:.0f} words a minute over all,"
            f" and {EASY_WPM[0]} to {EASY_WPM[1]} are easiest to follow."
        )
        yield Weighed(28, _calm(analysis, text, "measured"), "easy pace", words=False)


def _whole_story(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the first story told from the situation to a result with a number."""
    for place, answer in enumerate(analysis.answers):
        names = {phase.name for phase in answer.structure.phases}
        if answer.structure.kind != "story" or len(answer.words) < ENOUGH_WORDS:
            continue
        if names.issuperset(_STORY) and find_numbers(answer.text):
            text = (
                f"The story in {answer_of(analysis, place)} goes from the situation through"
                " what you did to its result, with a number."
            )
            yield Weighed(36, _strength(analysis, text, "rule", place), "whole story")
            return


def _calm(analysis: Analysis, text: str, basis: Basis) -> Finding:
    """Return a strength with the longest answer as its moment."""
    place = max(
        range(len(analysis.answers)),
        key=lambda at: analysis.answers[at].pacing.words,
        default=None,
    )
    return _strength(analysis, text, basis, place)


def _strength(analysis: Analysis, text: str, basis: Basis, place: int | None) -> Finding:
    answer = analysis.answers[place] if place is not None else None
    return Finding(
        kind="strength",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis=basis,
        exercise=_KEEP,
    )
