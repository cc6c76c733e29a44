"""Sessions in a folder without an interview: session.json, analysis, and sound where wanted."""

from datetime import datetime
from pathlib import Path
from typing import Any

from agent.analysis import Analysis
from agent.brief import Brief
from agent.session import ANALYSIS, Session, SessionMeta, State, new_folder, write_private
from agent.session.events import event_of
from tests.sample_analysis import sample
from tests.scripted import spoken
from voice.audio.clip import Clip, join, silence, write_wav
from voice.audio.recorder import CANDIDATE_TRACK
from voice.speech.transcript import Word

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


def spoken_session(folder: Path, *said: str) -> Path:
    """Make a session of answers of 4 s, the first at 2 s, then one each 10 s; nothing analyzed."""
    sound = [silence(2.0)]
    with Session(folder, SessionMeta(engines={"stt": "whisper:small.en"})) as session:
        for number, text in enumerate(said):
            start_s = 2.0 + 10 * number
            line = {
                "kind": "question",
                "text": "How [so]?",
                "start_s": start_s - 1,
                "end_s": start_s,
            }
            words = [
                Word(word, start_s + at / 2, start_s + at / 2 + 0.4, 0.6)
                for at, word in enumerate(text.split())
            ]
            session.journal.append(event_of("said", **line))
            session.journal.append(event_of("words", words=[vars(word) for word in words]))
            session.journal.append(event_of("heard", text=text, start_s=start_s, end_s=start_s + 4))
            sound += [spoken(4.0), silence(6.0)]
        stray = [vars(Word(word, 8.0, 8.5)) for word in ("please", "repeat")]
        session.journal.append(event_of("words", words=stray))
    write_wav(folder / CANDIDATE_TRACK, join(sound))
    return folder
