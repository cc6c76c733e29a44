"""What a report is drawn from: the analysis, the one before it, and what follows from both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agent.analysis import Analysis, Answer, PointCoverage, answer_names
from agent.report.markup import answer_link


@dataclass(frozen=True)
class View:
    """An analysis as every section of the page sees it."""

    analysis: Analysis
    """What is drawn."""
    before: Analysis | None = None
    """The last session of the same brief, where there is one to compare with."""

    @property
    def sound(self) -> bool:
        """Say whether there is a sound beside the page that moments can be played from."""
        return bool(self.analysis.about.audio)

    @cached_property
    def names(self) -> list[str]:
        """Return the short name of every answer, "2" or "2a"."""
        return answer_names(self.analysis.answers)

    @cached_property
    def questions(self) -> dict[str, str]:
        """Return the name of the answer to each question as asked."""
        asked = zip(self.analysis.answers, self.names, strict=True)
        return {answer.question: name for answer, name in asked if answer.question}

    @cached_property
    def same_ears(self) -> bool:
        """Say whether the same recognizer heard both sessions: only then do counts compare."""
        if self.before is None:
            return False
        return self.before.engines.get("stt") == self.analysis.engines.get("stt")

    def link(self, index: int | None) -> str:
        """Return a link to the answer of that index, "" where there is none."""
        if index is None or not 0 <= index < len(self.names):
            return ""
        return answer_link(self.names[index])

    def point_before(self, point: PointCoverage) -> PointCoverage | None:
        """Return what became of the same talking point last time: it has the same name."""
        points = self.before.coverage.points if self.before else ()
        return next((p for p in points if p.name.casefold() == point.name.casefold()), None)

    def answer_before(self, answer: Answer) -> Answer | None:
        """Return the answer to the same main question last time."""
        answers = self.before.answers if self.before and answer.question else ()
        same = (a for a in answers if a.question == answer.question and a.kind == answer.kind)
        return next(same, None)
