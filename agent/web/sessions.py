"""The sessions that the page lists, shows, corrects and deletes."""

import shutil
from pathlib import Path

from agent.analysis import read_analysis
from agent.analysis.listing import Listed, listing
from agent.analysis.recognition import heard_before
from agent.errors import SessionError
from agent.report.page import when
from agent.report.results import write_results
from agent.session import ANALYSIS, read_meta, session_folders
from agent.text.display import clean, flat
from voice.audio.recorder import INTERVIEWER_TRACK


def rows(recordings: Path) -> list[tuple[Listed, str, str, bool]]:
    """Return the sessions, newest first: when, what must be known of it, whether it is drawn."""
    return [
        (one, when(one.started), _told(one), (recordings / one.name / ANALYSIS).is_file())
        for one in reversed(listing(recordings))
    ]


def _told(one: Listed) -> str:
    kind = "one answer again" if one.retry_of else "demo" if one.demo else ""
    return flat(one.error) or (kind if one.state == "complete" else one.state)


def find_session(name: str, recordings: Path) -> Path:
    """Return the folder of that name as pages write it; SessionError. No name is made a path."""
    for folder in session_folders(recordings):
        if clean(folder.name) == clean(name):
            return folder
    raise SessionError("this session is not there any more; the first page lists those that are")


def finish(folder: Path) -> None:
    """Analyze a session that was cut off before its analysis; RehearseError where it cannot be."""
    write_results(folder, heard_before(read_meta(folder).brief))


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
