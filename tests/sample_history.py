"""Earlier sessions by what went well in them, without an interview."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Fillers,
    InterviewerLine,
    Pacing,
    PointCoverage,
)
from agent.analysis.history import Held
from tests.interviewer_candidates import BRIEF

WELL, SHORT, LONG, FAST, FILLED = "well", "short", "long", "fast", "filled"
GAVE_UP, SKIPPED = "gave up", "skipped"
TEXTS = tuple(question.text for question in BRIEF.questions)
_LENGTHS_S = {SHORT: 12.0, LONG: 400.0}


def answer(question: str, how: str = WELL, area: str = "", kind: str = "question") -> Answer:
    """Return a spoken answer that went like this."""
    fillers = Fillers(per_minute=20.0 if how == FILLED else 1.0)
    return Answer(
        start_s=0.0,
        end_s=_LENGTHS_S.get(how, 90.0),
        question=question,
        kind="follow_up" if kind == "follow_up" else "question",
        area=area,
        text="words",
        advised_s=(60.0, 120.0),
        answered=how != GAVE_UP,
        pacing=Pacing(words=200, duration_s=90.0, band="fast" if how == FAST else "fine"),
        fillers=fillers,
    )


def held_analysis(went: Mapping[str, str], made: Sequence[str] = ()) -> Analysis:
    """Return a session that asked these questions, answered like this, and made these points."""
    areas = {question.text: question.area for question in BRIEF.questions}
    points = (
        PointCoverage(
            index=index, name=point.name, status="covered" if point.name in made else "missing"
        )
        for index, point in enumerate(BRIEF.talking_points)
    )
    return Analysis(
        about=About(audio="candidate.wav"),
        answers=tuple(
            answer(text, how, areas.get(text, "")) for text, how in went.items() if how != SKIPPED
        ),
        interviewer=tuple(
            InterviewerLine(start_s=0.0, end_s=1.0, text=text, kind="question") for text in went
        ),
        coverage=Coverage(points=tuple(points)),
    )


def held(
    day: int, went: Mapping[str, str], made: Sequence[str] = (), *, retry: bool = False
) -> Held:
    """Return the session of that day of November 2026."""
    at = datetime(2026, 11, day, 18, 42, tzinfo=UTC)
    again = "2026-11-01" if retry else ""
    return Held(at, Path(f"2026-11-{day:02}"), held_analysis(went, made), again)
