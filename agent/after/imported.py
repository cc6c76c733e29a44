"""A recording from elsewhere: analyze it, and keep it as a session of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent.after.analyzer import Heard
from agent.after.recognition import Progress, transcribe
from agent.after.word_source import WordSource, made_up_note
from agent.analysis import About
from agent.brief import Brief
from agent.errors import SessionError
from agent.session import Session, SessionMeta, new_folder
from voice.audio import Clip, read_audio, write_wav
from voice.recorder import CANDIDATE_TRACK
from voice.transcript import Word


@dataclass(frozen=True)
class Recording:
    """A recording read from a file."""

    path: Path
    """The file."""
    clip: Clip
    """Its sound, mono at SAMPLE_RATE_HZ."""
    brief: Brief
    """The brief to hold it against; an empty one for none."""


def read_recording(path: Path, brief: Brief) -> Recording:
    """Read a recording.

    Raises:
        AudioFileError: it cannot be read.
    """
    return Recording(path, read_audio(path), brief)


def heard_recording(
    recording: Recording, source: WordSource, progress: Progress = lambda _: None
) -> tuple[Heard, list[tuple[Word, ...]]]:
    """Gather what a recording holds; return it with the words by stretch."""
    if source.words is not None:
        segments, engines = [source.words], source.engines
        notes: tuple[str, ...] = ()
    else:
        recognizer = source.recognizer()
        segments, engines = (
            transcribe(recording.clip, recognizer, progress),
            {"stt": recognizer.name},
        )
        notes = made_up_note(recognizer.dropped)
    words = tuple(sorted((w for s in segments for w in s), key=lambda w: w.start_s))
    heard = Heard(
        about=About(
            title=_meta(recording).title,
            company=recording.brief.company,
            role=recording.brief.role,
            duration_s=round(recording.clip.duration_s, 3),
            audio=CANDIDATE_TRACK,
        ),
        brief=recording.brief,
        clip=recording.clip,
        answers=(),
        lines=(),
        words=words,
        engines=engines,
        notes=notes,
    )
    return heard, segments


def keep(recording: Recording, parent: Path, engines: dict[str, str]) -> Path:
    """Make a session folder for a recording and return it.

    Raises:
        SessionError: the folder cannot be written.
    """
    now = datetime.now().astimezone()
    meta = _meta(recording).model_copy(
        update={"started": now.isoformat(timespec="seconds"), "engines": engines}
    )
    folder = new_folder(parent, Brief(company=meta.title), now)
    with Session(folder, meta) as session:
        track = session.folder / CANDIDATE_TRACK
        try:
            track.touch(mode=0o600)
            write_wav(track, recording.clip)
        except OSError as error:
            raise SessionError(
                f"cannot write {track}: {error.strerror}; choose another --out"
            ) from error
    return session.folder


def _meta(recording: Recording) -> SessionMeta:
    return SessionMeta(brief=recording.brief, recording=recording.path.stem)
