"""A remark, how much it would change the impression, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from agent.analysis import Analysis, Basis, Finding


@dataclass(frozen=True)
class Weighed:
    """A finding before the five weightiest are chosen."""

    weight: float
    """0 to 100, the share of the impression that it would change; our own judgement."""
    finding: Finding
    """The remark."""
    about: str = ""
    """What it is about, "" for its kind: of two about the same thing the weightier is chosen."""
    words: bool = True
    """Whether it rests on what the words say: dropped where they are too uncertain."""

    @property
    def topic(self) -> str:
        """Return what it is about."""
        return self.about or self.finding.kind


def about_answer(
    kind: str, text: str, analysis: Analysis, place: int, how: tuple[Basis, str]
) -> Finding:
    """Return a finding whose moment is a whole answer; `how`: its basis and its exercise."""
    basis, exercise = how
    answer = analysis.answers[place]
    return Finding(
        kind=kind,
        text=text,
        start_s=answer.start_s,
        end_s=answer.end_s,
        answer=place,
        basis=basis,
        exercise=exercise,
    )
