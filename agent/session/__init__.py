"""A session on disk: its typed events, its session.json, and the folder that holds them.

The two halves of Rehearse meet only here.
"""

from agent.session.events import (
    Event,
    HeardEvent,
    MoveEvent,
    NoticeEvent,
    SaidEvent,
    WordsEvent,
    event_of,
    read_events,
)
from agent.session.meta import CarriedOn, Retry, SessionMeta, Settings, State
from agent.session.store import (
    ANALYSIS,
    JOURNAL,
    META,
    REPORT,
    TRANSCRIPT,
    Journal,
    Session,
    StoredSession,
    new_folder,
    read_meta,
    read_session,
    session_folders,
    write_private,
)

__all__ = [
    "ANALYSIS",
    "JOURNAL",
    "META",
    "REPORT",
    "TRANSCRIPT",
    "CarriedOn",
    "Event",
    "HeardEvent",
    "Journal",
    "MoveEvent",
    "NoticeEvent",
    "Retry",
    "SaidEvent",
    "Session",
    "SessionMeta",
    "Settings",
    "State",
    "StoredSession",
    "WordsEvent",
    "event_of",
    "new_folder",
    "read_events",
    "read_meta",
    "read_session",
    "session_folders",
    "write_private",
]
