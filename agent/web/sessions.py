"""The sessions that the page lists, shows, corrects and deletes."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from agent.analysis import Analysis, Answer, read_analysis
from agent.errors import SessionError
from agent.report.again import Again, ask_again
from agent.report.page import when
from agent.session import ANALYSIS, read_meta, session_folders
from agent.text.display import flat
from voice.audio.recorder import INTERVIEWER_TRACK


@dataclass(frozen=True)
class Row:
    """A session in the list."""

    name: str
    """Its folder's name."""
    title: str
    when: str
    state: str
    """What must be known of it: "interrupted", "one answer again"; "" for nothing."""
    has_report: bool


def rows(recordings: Path) -> list[Row]:
    """Return the sessions, the newest first; what cannot be read is listed too."""
    return [_row(folder) for folder in reversed(session_folders(recordings))]


def _row(folder: Path) -> Row:
    report = (folder / ANALYSIS).is_file()
    try:
        meta = read_meta(folder)
    except SessionError as error:
        return Row(folder.name, folder.name, "", flat(str(error)), report)
    kind = "one answer again" if meta.retry_of else "demo" if meta.demo else ""
    state = kind if meta.state == "complete" else meta.state
    return Row(folder.name, meta.title, when(meta.started), state, report)


def find_session(name: str, recordings: Path) -> Path:
    """Return the folder of that name, or raise SessionError; a name is never made a path."""
    for folder in session_folders(recordings):
        if folder.name == name:
            return folder
    raise SessionError("this session is not there any more; the first page lists those that are")


def delete(folder: Path) -> None:
    """Delete a session with its sound; SessionError where it still runs or cannot be deleted."""
    try:
        running = read_meta(folder).state == "running"
    except SessionError:
        running = False
    if running:
        raise SessionError("this session is still being recorded; end it first")
    try:
        folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
    except OSError as error:
        raise SessionError(
            f"cannot delete {folder}: {error.strerror}; delete it by hand"
        ) from error


def sound_of(folder: Path, file: str) -> Path:
    """Return a sound that a session's report names; SessionError for any other."""
    known = (Path(read_analysis(folder).about.audio).name, INTERVIEWER_TRACK)
    path = folder / file
    if not file or file not in known or not path.is_file():
        raise SessionError(f"the sound of {folder.name} is not there")
    return path


@dataclass(frozen=True)
class Both:
    """The first answer and the retry of it."""

    again: Again
    after: Analysis
    folder: Path
    """The retry's."""
    now: Answer | None
    """The second answer, None where the retry has none."""


def both_answers(folder: Path) -> Both:
    """Return what a retry is held against; RehearseError for no retry, or a first try gone."""
    retry = read_meta(folder).settings.retry
    if retry is None:
        raise SessionError("this session is no retry of an answer; its report shows what was said")
    again = ask_again(folder.parent / Path(retry.of).name, retry.answer)
    after = read_analysis(folder)
    return Both(again, after, folder, again.answer_in(after))
