"""session.json: what a session was made of and planned to ask, as typed blocks; versioned."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.brief import Brief
from agent.config import FORMAT_VERSION

State = Literal["running", "complete", "interrupted"]
Minutes = Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]
"""A length; a file that was tampered with may hold anything."""


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptProbe(_Block):
    """A follow-up that is held ready for a question."""

    kind: str
    """As Move.probe: depth, number, ownership…; "own" for one of the brief's."""
    text: str
    unless: tuple[str, ...] = ()
    """What in an answer makes it superfluous."""
    because: str = ""
    """The words of the question's why that call for it, or the kind of question."""


class KeptItem(_Block):
    """One planned question; its fields are those of agent.interview.plan.PlanItem."""

    question_index: int | None = None
    text: str
    area: str = ""
    budget_s: Seconds = 0.0
    reason: str = ""
    asked_by: str = ""
    probes: tuple[KeptProbe, ...] = ()


class KeptPlan(_Block):
    """A session as it was planned, before its first question; see agent.interview.plan.Plan."""

    total_s: Seconds = 0.0
    own_questions_s: Seconds = 0.0
    items: tuple[KeptItem, ...] = ()


class Retry(_Block):
    """One answer that is to be given again."""

    of: str = ""
    """Name of the folder of the session that it was given in."""
    answer: str = ""
    """What the report calls it: "3", or "3a" for a follow-up."""


class CarriedOn(_Block):
    """What the sessions before left to do."""

    sessions: int = 0
    unmade: tuple[str, ...] = ()
    """Names of the talking points that were still to be made."""
    days_left: int | None = None
    """Days to the interview, None where the brief names no day to come."""


class Settings(_Block):
    """What shaped the interview."""

    minutes: Minutes | None = None
    questions: int | None = None
    """Number of questions, None for what fits the minutes."""
    half_duplex: bool = False
    """Never listen while the interviewer speaks."""
    demo: bool = False
    """The recorded candidate answers: nobody's own progress."""
    panel: tuple[str, ...] = ()
    voices: dict[str, str] = {}
    strict: bool = False
    """An answer of twice its advised length is cut into."""
    one_way: bool = False
    """Nobody asks on: 30 s to prepare, 2 minutes to answer."""
    own_questions_min: Minutes | None = None
    """Kept for the person's own questions; None, before it is planned, for what is usual."""
    history: CarriedOn | None = None
    """None where the interview began afresh."""
    retry: Retry | None = None
    """None for an interview of its own."""


class SessionMeta(_Block):
    """session.json."""

    format: int = Field(default=FORMAT_VERSION, ge=1, le=FORMAT_VERSION)
    brief: Brief = Brief()
    recording: str = ""
    """Name of the recording that was brought in, "" for an interview."""
    started: str = ""
    state: State = "running"
    channel: Literal["spoken", "typed"] = "spoken"
    engines: dict[str, str] = {}
    """stt, tts, end_of_turn, interviewer: engine and model."""
    notes: tuple[str, ...] = ()
    """Engines that fell back, parts of the brief that were missing."""
    settings: Settings = Settings()
    sha256: dict[str, str] = {}
    """Of tracks and journal when the session ended, by file name; {} where it was cut off."""
    plan: KeptPlan | None = None
    """What was to be asked; None for a recording, and in sessions from before it was kept."""

    @property
    def demo(self) -> bool:
        """Whether the recorded candidate answered."""
        return self.settings.demo

    @property
    def retry_of(self) -> str:
        """Name of the folder of which this session asks one question again, "" for none."""
        return self.settings.retry.of if self.settings.retry else ""

    @property
    def title(self) -> str:
        """What the session is called: by its brief, else by its recording."""
        named = self.brief.company or self.brief.role
        return self.brief.title if named or not self.recording else self.recording
