"""The shape of analysis.json; times are session seconds; older files lack some fields."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, computed_field

from agent.errors import SessionError
from agent.session import ANALYSIS, MOST_BYTES, json_of, read_meta
from voice import files

Band = Literal["", "slow", "fine", "fast"]
Basis = Literal["measured", "rule", "model"]
Status = Literal["covered", "partial", "contradicted", "missing"]


def _from_words(value: object) -> object:
    """Return filled pauses without those guessed from held vowels: on people mostly wrong."""
    if not isinstance(value, list):
        return value
    return [one for one in value if not (isinstance(one, dict) and one.get("source") == "acoustic")]


class Part(BaseModel):
    """A part of the document: frozen, and tolerant of what another version added."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Span(Part):
    """A stretch of time."""

    start_s: float = Field(ge=-1e7, le=1e7)
    end_s: float = Field(ge=-1e7, le=1e7)

    @property
    def length_s(self) -> float:
        """How long it is, never negative."""
        return max(0.0, self.end_s - self.start_s)


class SpokenWord(Span):
    """One recognized word of an answer."""

    text: str
    probability: float = 1.0
    mark: Literal["", "filled_pause", "filler_word", "hedge"] = ""


class Pause(Span):
    """A silent pause of 0.25 s or more inside an answer."""

    inside_clause: bool = False


class Filler(Span):
    """One filled pause, filler word or hedge."""

    text: str
    source: Literal["transcript"] = "transcript"


class PaceWindow(Span):
    """The pace of 20 s of an answer."""

    speech_rate_wpm: float
    band: Band


class Voice(Part):
    """How the pitch varied, and how much lower phrases ended; None where there is too little."""

    pitch_sd_semitones: float | None = None
    end_drop_db: float | None = None


class Pacing(Part):
    """How fast, with how much silence. None where there is too little speech to say."""

    words: int = 0
    speech_rate_wpm: float | None = None
    articulation_rate_sps: float | None = None
    phonation_s: float = 0.0
    duration_s: float = 0.0
    pauses: tuple[Pause, ...] = ()
    band: Band = ""
    windows: tuple[PaceWindow, ...] = ()
    """The pace in sliding windows of 20 s, one every 5 s; empty for shorter answers."""
    variation_wpm: float | None = None
    voice: Voice = Voice()


class Fillers(Part):
    """Fillers of an answer or of all. A count from a recognizer is a floor: "at least n"."""

    filled_pauses: Annotated[tuple[Filler, ...], BeforeValidator(_from_words)] = ()
    filler_words: tuple[Filler, ...] = ()
    hedges: tuple[Filler, ...] = ()
    per_minute: float | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sounds_per_minute(self) -> float | None:
        """Filled pauses ("um", "uh") alone, by the same minutes."""
        return self._part(self.filled_pauses)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def words_per_minute(self) -> float | None:
        """Filler words ("like", "you know") alone."""
        return self._part(self.filler_words)

    def _part(self, some: tuple[Filler, ...]) -> float | None:
        whole = self.per_minute
        return None if whole is None else round(whole * len(some) / max(1, len(self.counted)), 2)

    @property
    def counted(self) -> tuple[Filler, ...]:
        """Filled pauses and filler words, in order of time."""
        return tuple(sorted((*self.filled_pauses, *self.filler_words), key=lambda one: one.start_s))


class Evidence(Span):
    """A verbatim quote from the transcript and its time."""

    quote: str
    answer: int | None = None


class PointCoverage(Part):
    """What became of one talking point."""

    index: int
    name: str
    text: str = ""
    status: Status
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    would_fit: str = ""
    doubt: str = ""


class Coverage(Part):
    """All talking points of the brief."""

    points: tuple[PointCoverage, ...] = ()


class OwnQuestion(Span):
    """A question that the person asked at the end, when invited to."""

    text: str
    reply: str = ""
    source: str = ""
    """The words of the brief that the reply is made of, "" where the brief does not say."""


class InterviewerLine(Span):
    """Something the interviewer said."""

    text: str
    kind: str
    reason: str = ""
    stopped_by: Literal["", "key", "interruption", "resumed_answer"] = ""
    """What cut it short; resumed_answer: the person went on with the answer before."""
    speaker: str = ""


class Answer(Span):
    """All that was said to one question or follow-up; None stands where nobody can tell."""

    question: str
    asked_by: str = ""
    kind: Literal["question", "follow_up", "recording"] = "question"
    question_index: int | None = None
    area: str = ""
    text: str = ""
    response_latency_s: float | None = None
    """From the end of the interviewer's voice to the first voice of the answer."""
    words: tuple[SpokenWord, ...] = ()
    pacing: Pacing = Pacing()
    fillers: Fillers = Fillers()
    advised_s: tuple[float, float] | None = None
    answered: bool | None = None
    i_count: int | None = None
    we_count: int | None = None
    figures: int | None = None
    own_rating: int | None = Field(default=None, ge=1, le=5)
    told: Literal["", "story", "habit", "opinion", "self"] = ""


class Finding(Part):
    """One remark for the person, with its moment to play."""

    kind: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    basis: Basis = "rule"
    confidence: float = 1.0
    """How sure it is, 0 to 1: by the recognizer's trust in its words and its own evidence."""
    answer: int | None = None
    exercise: str = ""


class Score(Part):
    """A score from 0 to 100 with its formula, or the reason why there is none."""

    value: int | None = Field(default=None, ge=0, le=100)
    formula: str = ""
    not_scored: str = ""


class Scores(Part):
    """One for each part; there is no total."""

    pacing: Score = Score()
    fillers: Score = Score()
    coverage: Score = Score()


class About(Part):
    """What the analysis is of."""

    title: str = "Recording"
    company: str = ""
    role: str = ""
    started: str = ""
    state: Literal["running", "complete", "interrupted"] = "complete"
    duration_s: float = Field(default=0.0, ge=0, le=1e7)
    audio: str = ""
    """File name of the candidate's sound, beside the report; "" when there is none."""

    @property
    def name(self) -> str:
        """What it is called: by the company and the role, else the session's title."""
        return " · ".join(part for part in (self.company, self.role) if part) or self.title


class Analysis(Part):
    """The whole of analysis.json."""

    schema_version: int = Field(default=1, alias="schema")
    about: About = About()
    engines: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pacing: Pacing = Pacing()
    fillers: Fillers = Fillers()
    coverage: Coverage = Coverage()
    answers: tuple[Answer, ...] = ()
    interviewer: tuple[InterviewerLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    scores: Scores = Scores()
    own_questions: tuple[OwnQuestion, ...] = ()

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
        """What went well."""
        return tuple(one for one in self.findings if one.kind == "strength")

    @property
    def invitation(self) -> InterviewerLine | None:
        """The line that invited the person's own questions, if one did and was not taken back."""
        lines = (one for one in self.interviewer if one.kind == "your_questions")
        return next((one for one in lines if one.stopped_by != "resumed_answer"), None)

    def to_json(self) -> str:
        """Return the document as JSON text, "schema" first."""
        return json_of(self)


def read_analysis(folder: Path) -> Analysis:
    """Read a session's analysis.json; SessionError where there is none, or it is damaged."""
    path, again = folder / ANALYSIS, f"with: rehearse analyze {folder}"
    try:
        return Analysis.model_validate_json(files.read(path, MOST_BYTES))
    except FileNotFoundError as error:
        read_meta(folder)
        raise SessionError(f"{folder} has no {ANALYSIS} yet; make it {again}") from error
    except (OSError, ValidationError) as error:
        raise SessionError(f"{path} cannot be read; make it again {again}") from error
