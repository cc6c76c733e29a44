"""What an analysis holds: the shape of analysis.json, read by the report and by other programs.

Times are seconds on the session clock (the clock of candidate.wav). Every field is optional in
older files only where it has a default.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["covered", "partial", "contradicted", "missing"]
Basis = Literal["measured", "rule", "model"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Span(_Part):
    """A stretch of time."""

    start_s: float
    end_s: float


class Pause(Span):
    """A silent pause of 0.25 s or more inside an answer."""

    inside_clause: bool = False
    """Whether the word before it does not end a clause."""


class SpokenWord(Span):
    """One recognized word of an answer."""

    text: str
    probability: float = 1.0
    mark: Literal["", "filled_pause", "filler_word", "hedge"] = ""
    """What the word counts as, if anything."""


class Filler(Span):
    """One filled pause or filler word."""

    text: str
    source: Literal["transcript", "acoustic"] = "transcript"


class Pacing(_Part):
    """How fast, with how much silence. None where there is too little speech to say."""

    words: int = 0
    """Words of the rate: filled pauses are not counted, filler words are."""
    speech_rate_wpm: float | None = None
    """Words a minute from the first to the last word, pauses included."""
    articulation_rate_sps: float | None = None
    """Syllables per second of phonation."""
    phonation_s: float = 0.0
    """Seconds of voice."""
    duration_s: float = 0.0
    """Seconds from the start of the first to the end of the last word or voice."""
    pauses: tuple[Pause, ...] = ()
    band: Literal["", "slow", "fine", "fast"] = ""
    """Where speech_rate_wpm lies, "" where it was not scored."""


class Fillers(_Part):
    """Fillers of an answer or of all. A count from a recognizer is a floor: "at least n"."""

    filled_pauses: tuple[Filler, ...] = ()
    filler_words: tuple[Filler, ...] = ()
    hedges: tuple[Filler, ...] = ()
    per_minute: float | None = None
    """Filled pauses and filler words per minute of phonation and pauses (duration_s)."""
    per_100_words: float | None = None


class Evidence(Span):
    """A verbatim quote from the transcript and its time."""

    quote: str
    answer: int | None = None
    """Index into Analysis.answers."""


class PointCoverage(_Part):
    """What became of one talking point."""

    index: int
    """From 0, in the order of the brief."""
    name: str
    text: str = ""
    status: Status
    evidence: tuple[Evidence, ...] = ()
    """Empty exactly when the status is missing."""
    note: str = ""
    """Why this status, in a sentence: which figure was missing or wrong."""
    would_fit: str = ""
    """For a missing point: the question asked where it would have fitted."""


class Coverage(_Part):
    """All talking points of the brief."""

    points: tuple[PointCoverage, ...] = ()


class InterviewerLine(Span):
    """Something the interviewer said."""

    text: str
    kind: str
    """opening, question, follow_up, repeat, acknowledgement, nudge, closing."""
    reason: str = ""
    """Why it was said, from the journal."""


class Answer(Span):
    """All that was said to one question or follow-up until the interviewer took the floor."""

    question: str
    """The question as asked; "" for a recording without one."""
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


class Finding(_Part):
    """One remark for the person, with its moment to play."""

    kind: str
    """pace, pause, filler, missed, contradicted, partial, long, short, strength."""
    text: str
    start_s: float | None = None
    end_s: float | None = None
    basis: Basis = "rule"
    answer: int | None = None


class About(_Part):
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


class Analysis(_Part):
    """The whole of analysis.json."""

    schema_version: int = Field(default=1, alias="schema")
    about: About = About()
    engines: dict[str, str] = {}
    """stt, tts, interviewer, vad…: engine and model that made the figures."""
    notes: tuple[str, ...] = ()
    """What the reader must know: an engine that fell back, a brief without talking points."""
    pacing: Pacing = Pacing()
    fillers: Fillers = Fillers()
    coverage: Coverage = Coverage()
    answers: tuple[Answer, ...] = ()
    interviewer: tuple[InterviewerLine, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def typed(self) -> bool:
        """Whether the answers were written: exact words, no sound, so no pace and no pauses."""
        return not self.about.audio and bool(self.interviewer) and "stt" not in self.engines

    def to_json(self) -> str:
        """Return the document as JSON text, "schema" first."""
        return self.model_dump_json(by_alias=True, indent=1)


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
