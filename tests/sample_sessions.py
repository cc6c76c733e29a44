"""Sessions in a folder without an interview: session.json, analysis, and sound where wanted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from agent.analysis import Analysis
from agent.brief import Brief
from agent.session import ANALYSIS, Session, SessionMeta, State, new_folder, write_private
from tests.sample_analysis import sample
from voice.audio import Clip, write_wav
from voice.recorder import CANDIDATE_TRACK

HARBOR = Brief(company="Harbor Grid", role="Senior Platform Engineer")


def kept(
    parent: Path,
    day: int,
    analysis: Analysis | None,
    brief: Brief = HARBOR,
    state: State = "complete",
    *,
    settings: dict[str, Any] | None = None,
) -> Path:
    """Make a session of that day of November 2026."""
    now = datetime(2026, 11, day, 18, 42).astimezone()
    folder = new_folder(parent, brief, now)
    meta = SessionMeta(brief=brief, started=now.isoformat(), settings=settings or {})
    with Session(folder, meta) as session:
        session.finish(state)
    folder = session.folder
    if analysis is not None:
        about = analysis.about.model_copy(update={"started": now.isoformat()})
        told = analysis.model_copy(update={"about": about})
        write_private(folder / ANALYSIS, told.to_json())
    return folder


def with_sound(folder: Path, clip: Clip) -> None:
    """Give the session a track of the candidate."""
    write_wav(folder / CANDIDATE_TRACK, clip)


def titled(title: str) -> Analysis:
    """Return the sample analysis, silent, under another title."""
    plain = sample(audio="")
    return plain.model_copy(update={"about": plain.about.model_copy(update={"title": title})})
