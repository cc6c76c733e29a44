"""From the figures of an analysis to at most five remarks, the weightiest first.

Weights say how much a remark would change the impression: a wrong figure most, then many
fillers, points never made, pace, half-made points, lengths, single pauses. One strength at least
is among them where there is one. Advice on lengths: interview answers of one to two minutes,
designs longer (OPM, Google re:Work); rates of fillers: 5 a minute and fewer harmless, 12 harmful
(Laske 2024); pace: measures/pacing.py; pauses over 1.5 s inside a clause are worth a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, Filler, Finding, PointCoverage, answer_names
from agent.measures.pacing import FAST_WPM, SLOW_WPM

MOST = 5
"""Findings at most."""
FEW_PER_MINUTE = 5.0
"""Fillers a minute that nobody minds."""
MANY_PER_MINUTE = 12.0
"""Fillers a minute that harm."""
LONG_PAUSE_S = 2.0
"""A silence inside a clause that is worth a remark."""
LONG_ANSWER_S = 150.0
"""Longer answers lose the listener."""
LONG_DESIGN_S = 300.0
"""The same for design questions."""
SHORT_ANSWER_S = 20.0
"""Shorter answers to a main question leave it open."""
CLUSTER_S = 10.0
"""The stretch with most fillers is this long."""


@dataclass(frozen=True)
class _Weighed:
    weight: float
    """0 to 100, the share of the impression that it would change."""
    finding: Finding
    """The remark."""


def findings_of(analysis: Analysis) -> tuple[Finding, ...]:
    """Return at most five findings, ranked; the findings already in the analysis are not read."""
    weighed = sorted(
        [
            *_points(analysis),
            *_fillers(analysis),
            *_pace(analysis),
            *_pauses(analysis),
            *_lengths(analysis),
            *_strengths(analysis),
        ],
        key=lambda one: -one.weight,
    )
    chosen = weighed[:MOST]
    strengths = [one for one in weighed if one.finding.kind == "strength"]
    if strengths and strengths[0] not in chosen:
        chosen[-1] = strengths[0]
    return tuple(one.finding for one in chosen)


def _points(analysis: Analysis) -> Iterator[_Weighed]:
    points = analysis.coverage.points
    for point in points:
        if point.status == "contradicted":
            yield _Weighed(100, _of_point("contradicted", point, _contradiction(point)))
    partial = [point for point in points if point.status == "partial"]
    for place, point in enumerate(partial[:2]):
        text = f"You half made “{point.name}”: {_lower(point.note)}"
        yield _Weighed(56 - 8 * place, _of_point("partial", point, text))
    missing = [point for point in points if point.status == "missing"]
    if missing and analysis.answers:
        yield _missed(analysis, missing)


def _of_point(kind: str, point: PointCoverage, text: str) -> Finding:
    moment = point.evidence[0] if point.evidence else None
    return Finding(
        kind=kind,
        text=text,
        start_s=moment.start_s if moment else None,
        end_s=moment.end_s if moment else None,
        answer=moment.answer if moment else None,
        basis="rule",
    )


def _contradiction(point: PointCoverage) -> str:
    return f"A figure of “{point.name}” differs from your brief: {_lower(point.note)}"


def _lower(note: str) -> str:
    return note[:1].lower() + note[1:]


def _missed(analysis: Analysis, missing: list[PointCoverage]) -> _Weighed:
    count, whole = len(missing), len(analysis.coverage.points)
    fitting = next((point for point in missing if point.would_fit), missing[0])
    text = f"{count} of your {whole} talking points never came up"
    place = None
    if fitting.would_fit:
        place = next(
            (at for at, one in enumerate(analysis.answers) if one.question == fitting.would_fit),
            None,
        )
        text += f"; “{fitting.name}” would have fitted “{_short(fitting.would_fit)}”."
    else:
        text += f", “{fitting.name}” among them."
    answer = analysis.answers[place] if place is not None else None
    finding = Finding(
        kind="missed",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis="rule",
    )
    return _Weighed(50 + 30 * count / whole, finding)


def _short(question: str, most: int = 60) -> str:
    if len(question) <= most:
        return question
    return question[: most - 1].rsplit(" ", 1)[0] + "…"


def _fillers(analysis: Analysis) -> Iterator[_Weighed]:
    fillers = analysis.fillers
    every = sorted((*fillers.filled_pauses, *fillers.filler_words), key=lambda one: one.start_s)
    if fillers.per_minute is None or fillers.per_minute <= FEW_PER_MINUTE or len(every) < 3:
        return
    first, last = _cluster(every)
    most = _most_common(every)
    text = (
        f"At least {len(every)} fillers, about {fillers.per_minute:.0f} a minute"
        f" (up to {FEW_PER_MINUTE:.0f} pass unnoticed), most often “{most}”;"
        f" this stretch has {last - first + 1}."
    )
    harmful = fillers.per_minute >= MANY_PER_MINUTE
    start_s, end_s = every[first].start_s, every[last].end_s
    finding = Finding(
        kind="filler",
        text=text,
        start_s=start_s,
        end_s=end_s,
        basis="rule",
        answer=_answer_at(analysis, start_s),
    )
    yield _Weighed(85 if harmful else 48, finding)


def _cluster(every: list[Filler]) -> tuple[int, int]:
    """Return the indices of the first and last filler of the densest CLUSTER_S."""
    best, first = (0, 0), 0
    for last in range(len(every)):
        while every[last].end_s - every[first].start_s > CLUSTER_S and first < last:
            first += 1
        if last - first > best[1] - best[0]:
            best = (first, last)
    return best


def _most_common(every: list[Filler]) -> str:
    said = [one.text.lower().strip(".,") for one in every]
    return max(dict.fromkeys(said), key=said.count)


def _answer_at(analysis: Analysis, at_s: float) -> int | None:
    return next(
        (k for k, one in enumerate(analysis.answers) if one.start_s - 1 <= at_s <= one.end_s + 1),
        None,
    )


def _name(analysis: Analysis, place: int) -> str:
    """Return the answer's name as the report shows it."""
    return answer_names(analysis.answers)[place]


def _pace(analysis: Analysis) -> Iterator[_Weighed]:
    scored = [
        (place, answer, answer.pacing.speech_rate_wpm)
        for place, answer in enumerate(analysis.answers)
        if answer.pacing.speech_rate_wpm is not None
    ]
    off = [(_off(wpm), place, answer, wpm) for place, answer, wpm in scored if _off(wpm) > 0]
    if not off:
        return
    worst, place, answer, wpm = max(off, key=lambda one: one[0])
    whole = analysis.pacing
    fast = wpm > FAST_WPM
    limit = f"above the {FAST_WPM:.0f}" if fast else f"below the {SLOW_WPM:.0f}"
    why = "where listeners start to lose words" if fast else "where attention starts to drift"
    text = (
        f"You spoke at {wpm:.0f} words a minute in answer {_name(analysis, place)}, {limit} {why}"
    )
    text += f"; over all it was {whole.speech_rate_wpm:.0f}." if whole.speech_rate_wpm else "."
    weight = 58 if whole.band in ("fast", "slow") else 46
    finding = Finding(
        kind="pace",
        text=text,
        start_s=answer.start_s,
        end_s=answer.end_s,
        answer=place,
        basis="measured",
    )
    yield _Weighed(min(75.0, weight + 40 * worst), finding)


def _off(wpm: float) -> float:
    """Return how far a rate lies outside the band, as a share of the band's edge."""
    return max(wpm / FAST_WPM - 1, 1 - wpm / SLOW_WPM, 0.0)


def _pauses(analysis: Analysis) -> Iterator[_Weighed]:
    long = [
        (pause.end_s - pause.start_s, pause, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
        if pause.inside_clause and pause.end_s - pause.start_s >= LONG_PAUSE_S
    ]
    if not long:
        return
    length_s, pause, place = max(long, key=lambda one: one[0])
    count = f"{len(long)} silences" if len(long) > 1 else "One silence"
    text = (
        f"{count} of {LONG_PAUSE_S:.0f} s or more in mid-sentence, the longest {length_s:.1f} s"
        f" in answer {_name(analysis, place)}; pausing between sentences reads as calm, inside them"
        " as lost."
    )
    finding = Finding(
        kind="pause",
        text=text,
        start_s=max(0.0, pause.start_s - 2),
        end_s=pause.end_s + 2,
        answer=place,
        basis="measured",
    )
    yield _Weighed(min(60.0, 28 + 5 * len(long) + 2 * length_s), finding)


def _lengths(analysis: Analysis) -> Iterator[_Weighed]:
    asked = [
        (answer.end_s - answer.start_s, place, answer)
        for place, answer in enumerate(analysis.answers)
        if answer.kind == "question" and answer.words
    ]
    long = [one for one in asked if one[0] > _longest(one[2])]
    if long:
        length_s, place, answer = max(long, key=lambda one: one[0])
        text = (
            f"Answer {_name(analysis, place)} ran {_minutes(length_s)}; most questions want one to"
            " two minutes, with the result in the first half."
        )
        yield _Weighed(
            min(70.0, 40 + (length_s - _longest(answer)) / 6), _length("long", text, place, answer)
        )
    short = [one for one in asked if one[0] < SHORT_ANSWER_S]
    if short:
        length_s, place, answer = min(short, key=lambda one: one[0])
        text = (
            f"Answer {_name(analysis, place)} was over after {length_s:.0f} s, which leaves the"
            " question open; one example with a number would fill a minute."
        )
        yield _Weighed(38 + 4 * min(len(short), 4), _length("short", text, place, answer))


def _longest(answer: Answer) -> float:
    return LONG_DESIGN_S if "design" in answer.area.lower() else LONG_ANSWER_S


def _length(kind: str, text: str, place: int, answer: Answer) -> Finding:
    return Finding(
        kind=kind,
        text=text,
        start_s=answer.start_s,
        end_s=answer.end_s,
        answer=place,
        basis="measured",
    )


def _minutes(length_s: float) -> str:
    return f"{int(length_s // 60)} min {int(length_s % 60):02d} s"


def _strengths(analysis: Analysis) -> Iterator[_Weighed]:
    points = analysis.coverage.points
    made = [point for point in points if point.status == "covered" and point.evidence]
    if made:
        best = max(made, key=lambda point: len(point.note))
        text = f"You made {len(made)} of {len(points)} talking points in full"
        text += f"; listen to “{best.name}”."
        yield _Weighed(40 + 25 * len(made) / len(points), _of_point("strength", best, text))
    fillers, pacing = analysis.fillers, analysis.pacing
    if (
        fillers.per_minute is not None
        and fillers.per_minute <= FEW_PER_MINUTE
        and pacing.words >= 100
    ):
        count = len(fillers.filled_pauses) + len(fillers.filler_words)
        text = f"Hardly a filler was heard: at least {count} in {pacing.words} words."
        yield _Weighed(30, _calm(analysis, text, "rule"))
    if pacing.band == "fine" and all(one.pacing.band in ("", "fine") for one in analysis.answers):
        text = f"An easy pace throughout: {pacing.speech_rate_wpm:.0f} words a minute over all."
        yield _Weighed(28, _calm(analysis, text, "measured"))


def _calm(analysis: Analysis, text: str, basis: str) -> Finding:
    """Return a strength with the longest answer as its moment."""
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
        basis="measured" if basis == "measured" else "rule",
    )
