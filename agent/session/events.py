"""The journal's events: one class each, for the one writer and the one reader.

Their version is `format` in session.json. A line of events.jsonl is `event` and the fields;
times are on the session clock, in seconds.
"""

import json
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

from agent.session.settings import Seconds
from agent.session.turns import Move
from voice.speech.transcript import Word
from voice.turns.talk import EndedBy, Heard, Said, StoppedBy


@dataclass(frozen=True)
class MoveEvent(Move):
    """What the interviewer set out to say, and why."""

    event: Literal["move"] = "move"


@dataclass(frozen=True)
class SaidEvent(Move):
    """What became of a move when it was said."""

    start_s: Seconds = 0.0
    end_s: Seconds = 0.0
    heard: str = ""
    """What of it was heard, lead-in included."""
    stopped_by: StoppedBy = ""
    held: int = 0
    """How often it fell silent for a sound and went on."""
    event: Literal["said"] = "said"

    @classmethod
    def of(cls, move: Move, said: Said) -> Self:
        """Return the event of a move that was said."""
        return cls(
            **{name: getattr(move, name) for name in Move.__dataclass_fields__},
            start_s=round(said.start_s, 3),
            end_s=round(said.end_s, 3),
            heard=said.text,
            stopped_by=said.stopped_by,
            held=said.held,
        )

    @property
    def made(self) -> bool:
        """Whether it counts: not where the person only went on with the answer before."""
        return self.stopped_by != "resumed_answer"


@dataclass(frozen=True)
class HeardEvent:
    """One turn of the person, as it was understood live."""

    start_s: Seconds
    end_s: Seconds
    text: str = ""
    ended_by: EndedBy = "silence"
    continues: bool = False
    """Whether it is the rest of the answer before."""
    event: Literal["heard"] = "heard"

    @classmethod
    def of(cls, heard: Heard, *, continues: bool) -> Self:
        """Return the event of a turn."""
        start_s, end_s = round(heard.start_s, 3), round(heard.end_s, 3)
        return cls(start_s, end_s, heard.text, heard.ended_by, continues)


@dataclass(frozen=True)
class WordsEvent:
    """A stretch of words as it was understood live."""

    words: tuple[Word, ...]
    event: Literal["words"] = "words"


@dataclass(frozen=True)
class NoticeEvent:
    """What the person was told at once: a lost device, a full disk."""

    text: str
    session_s: Seconds = 0.0
    event: Literal["notice"] = "notice"


@dataclass(frozen=True)
class GapEvent:
    """A time of which nothing was heard: lost, muted, or paused by the key."""

    start_s: Seconds
    end_s: Seconds
    why: Literal["lost", "muted", "paused"]
    event: Literal["gap"] = "gap"


Event = MoveEvent | SaidEvent | HeardEvent | WordsEvent | NoticeEvent | GapEvent
_FORMS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


def event_of(event: str, **fields: Any) -> Event:
    """Return the event of that name; ValidationError where it has not those fields."""
    return _FORMS.validate_python({"event": event, **fields})


def line_of(event: Event) -> str:
    """Return an event as a line of the journal."""
    return json.dumps({"event": event.event, **asdict(event)}, ensure_ascii=False) + "\n"


def read_events(journal: str) -> tuple[tuple[Event, ...], int]:
    """Return a journal's events, and how many of its lines cannot be read.

    Passed over are events of a kind that is not known (a later version may have added them) and
    a last line that was cut off: there the session was killed.
    """
    events: list[Event] = []
    damaged = 0
    lines = journal.split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            events.append(_FORMS.validate_json(line))
        except ValidationError as error:
            known = error.errors()[0]["type"] != "union_tag_invalid"
            damaged += known and number < len(lines) and bool(line.strip())
    return tuple(events), damaged
