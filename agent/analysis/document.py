"""The whole of analysis.json: answers, findings, scores, and what they are of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from agent.analysis.content import Conflict, Coverage, OwnQuestion, Repeated
from agent.analysis.delivery import Fillers, Habit, Pacing, Part, Span, SpokenWord

Basis = Literal["measured", "rule", "model"]
_GONE = frozenset({"direct", "result", "own", "learning", "design", "pet_phrase"})
"""Kinds of findings and habits that earlier versions guessed from word lists: on answers that they
had not seen they overlooked a third to two thirds."""


class InterviewerLine(Span):
    """Something the interviewer said."""

    text: str
    kind: str
    """opening, question, follow_up, repeat, acknowledgement, nudge, hand_over, your_questions,
    reply, closing."""
    reason: str = ""
    """Why it was said, from the journal."""
    stopped_by: Literal["", "key", "interruption", "resumed_answer"] = ""
    """What cut it short: a key, an interruption, or the person going on with the answer before."""
    speaker: str = ""
    """Name of the one of a panel who said it, "" for one interviewer."""


class Answer(Span):
    """All that was said to one question or follow-up until the interviewer took the floor."""

    question: str
    """The question as asked; "" for a recording without one."""
    asked_by: str = ""
    """Name of the one of a panel who asked it, "" for one interviewer."""
    kind: Literal["question", "follow_up", "recording"] = "question"
    question_index: int | None = None
    """Index of the main question in the brief, also for its follow-ups."""
    area: str = ""
    text: str = ""
    response_latency_s: float | None = None
    """From the end of the interviewer's voice to the first voice of the answer."""
    words: tuple[SpokenWord, ...] = ()
    pacing: Pacing = Pacing()
    fillers: Fillers = Fillers()
    advised_s: tuple[float, float] | None = None
    """How long answers to this kind of question should last, in seconds."""
    answered: bool | None = None
    """Whether the question was answered at all; None where that cannot be told."""
    i_count: int | None = None
    """How often "I" was said; None in files from before it was counted."""
    we_count: int | None = None
    """How often "we" was said."""
    figures: int | None = None
    """Figures given, in digits or in words."""


class Finding(Part):
    """One remark for the person, with its moment to play."""

    kind: str
    """pace, pause, number, filler, repetition, voice, trailing, missed, contradicted, conflict,
    partial, unanswered, repeated, long, short, own_question, strength."""
    text: str
    start_s: float | None = None
    end_s: float | None = None
    basis: Basis = "rule"
    answer: int | None = None
    exercise: str = ""
    """What to do about it: "answer question 3 again in 90 seconds, number first"."""


class Score(Part):
    """A score with its formula, or the reason why there is none."""

    value: int | None = Field(default=None, ge=0, le=100)
    formula: str = ""
    """How the value came about, with its figures."""
    not_scored: str = ""
    """Why there is no value: too uncertain a transcript, too little speech, clipped sound."""


class Scores(Part):
    """From 0 to 100 each; there is no total."""

    pacing: Score = Score()
    fillers: Score = Score()
    coverage: Score = Score()


class About(Part):
    """What the analysis is of."""

    title: str = "Recording"
    company: str = ""
    role: str = ""
    started: str = ""
    """ISO 8601 local time, "" when unknown."""
    state: Literal["running", "complete", "interrupted"] = "complete"
    duration_s: float = 0.0
    audio: str = ""
    """File name of the candidate's sound, beside the report; "" when there is none."""


class Analysis(Part):
    """The whole of analysis.json."""

    schema_version: int = Field(default=1, alias="schema")
    about: About = About()
    engines: dict[str, str] = Field(default_factory=dict)
    """stt, tts, interviewer, vad…: engine and model that made the figures."""
    notes: tuple[str, ...] = ()
    """What the reader must know: an engine that fell back, a brief without talking points."""
    pacing: Pacing = Pacing()
    fillers: Fillers = Fillers()
    coverage: Coverage = Coverage()
    answers: tuple[Answer, ...] = ()
    interviewer: tuple[InterviewerLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    scores: Scores = Scores()
    talk_share: float | None = None
    """The person's share of all speaking time; None without an interviewer."""
    habits: tuple[Habit, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    own_questions: tuple[OwnQuestion, ...] = ()
    """What the person asked when invited to; it counts into no other figure."""

    @field_validator("findings", "habits", mode="before")
    @classmethod
    def _still_told(cls, value: object) -> object:
        """Drop what earlier versions told and this one does not."""
        if not isinstance(value, list):
            return value
        return [one for one in value if not (isinstance(one, dict) and one.get("kind") in _GONE)]

    @property
    def typed(self) -> bool:
        """Whether the answers were written: exact words, no sound, so no pace and no pauses."""
        return not self.about.audio and bool(self.interviewer) and "stt" not in self.engines

    @property
    def to_practice(self) -> tuple[Finding, ...]:
        """The findings but the strengths, the weightiest first."""
        return tuple(one for one in self.findings if one.kind != "strength")

    @property
    def strengths(self) -> tuple[Finding, ...]:
        """The findings on what went well."""
        return tuple(one for one in self.findings if one.kind == "strength")

    @property
    def invitation(self) -> InterviewerLine | None:
        """The line that invited the person's own questions, None where there was none.

        One that was taken back, as the person only went on with the answer, invited nobody.
        """
        return next((line for line in self.interviewer if _invites(line)), None)

    def to_json(self) -> str:
        """Return the document as JSON text, "schema" first."""
        return self.model_dump_json(by_alias=True, indent=1)


def _invites(line: InterviewerLine) -> bool:
    return line.kind == "your_questions" and line.stopped_by != "resumed_answer"


def answer_names(answers: tuple[Answer, ...]) -> list[str]:
    """Return a short name for each answer: "1", its follow-ups "1a" and "1b", then "2"."""
    names: list[str] = []
    main, follow_ups = 0, 0
    for answer in answers:
        if answer.kind == "follow_up" and main:
            follow_ups += 1
            names.append(f"{main}{chr(96 + min(follow_ups, 26))}")
        else:
            main, follow_ups = main + 1, 0
            names.append(str(main))
    return names
