"""A remark before it is chosen, what it calls an answer, and quotes cut short."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, Basis, Finding, Span
from agent.analysis.bands import advised_s
from agent.analysis.phrases import answer_names

SPOKEN_S = 90
"""An answer in the middle of the advised one to two minutes."""
LONGEST_QUOTE = 90
"""Characters of a quote in a remark; the report shows all of it."""

_UNSURE, _UNSURE_SHARE = 0.5, 0.05
"""Probability of a word below which it may be another, or a sound ("um" as "gum"); of more such
words than this share, what is missing may have been said."""


@dataclass(frozen=True)
class Remark:
    """A remark before the five weightiest are chosen."""

    weight: float
    """0 to 100, how much it would change an interviewer's impression; our own judgement."""
    kind: str
    text: str
    place: int | None
    """Index of its answer."""
    how: str
    """What to mind when answering again, or a whole sentence: an exercise of its own."""
    span: Span | None = None
    """Its moment, where that is not the whole answer."""
    basis: Basis = "rule"
    about: str = ""
    """Its topic, "" for its kind: of two about the same thing the weightier is chosen."""
    words: bool = True
    """Whether it rests on what the words say: dropped where they are too uncertain."""
    confidence: float = 1.0
    """How strong its evidence is, 0 to 1; it ranks by its weight times this."""

    def finding(self, analysis: Analysis) -> Finding:
        """Return it as it stands in the document."""
        moment = self.span
        if moment is None and self.place is not None:
            moment = analysis.answers[self.place]
        return Finding(
            kind=self.kind,
            text=self.text,
            start_s=moment.start_s if moment else None,
            end_s=moment.end_s if moment else None,
            basis=self.basis,
            confidence=round(self.confidence, 2),
            answer=self.place,
            exercise=self.how if self.how[-1] in ".?" else _again(analysis, self.place, self.how),
        )


def misheard(answers: Iterable[Answer]) -> bool:
    """Return whether so many words are unsure that what is missing may have been said."""
    words = [word.probability for answer in answers for word in answer.words]
    return sum(one < _UNSURE for one in words) > _UNSURE_SHARE * len(words)


def name_of(analysis: Analysis, place: int) -> str:
    """Return what a remark calls an answer: "answer 2a", or "the recording"."""
    if analysis.answers[place].kind == "recording":
        return "the recording"
    return f"answer {answer_names(analysis.answers)[place]}"


def question(analysis: Analysis, place: int) -> str:
    """Return what a remark calls the question of an answer: "question 2", "follow-up 2a"."""
    word = "follow-up" if analysis.answers[place].kind == "follow_up" else "question"
    return f"{word} {answer_names(analysis.answers)[place]}"


def _again(analysis: Analysis, place: int | None, how: str) -> str:
    """Return an exercise: answer this question again in its time, in this way."""
    if place is None and len(analysis.answers) == 1:
        place = 0
    if place is None:
        return f"Choose a question that it fits, {how}."
    one = analysis.answers[place]
    if one.kind == "recording":
        return f"Say it again in {SPOKEN_S} seconds, {how}."
    low_s, high_s = advised_s(one.kind, one.area) or (0.0, 0.0)
    time = f"{low_s / 60:.0f} minutes" if low_s > SPOKEN_S else f"{SPOKEN_S} seconds"
    if one.kind == "follow_up":
        time = f"{high_s:.0f} seconds"
    return f"Answer {question(analysis, place)} again in {time}, {how}."


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
