"""The sessions that the page lists, shows, corrects and deletes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from agent.analysis import Analysis, read_analysis
from agent.errors import SessionError
from agent.report.again import Again, Pair, ask_again
from agent.report.corrections import correct, edit_text, read_answers
from agent.report.page import when
from agent.session import ANALYSIS, read_meta, session_folders
from agent.text.display import clean, flat
from voice.audio.recorder import INTERVIEWER_TRACK
from voice.speech.transcript import Word


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
    """Return the folder of that name, cleaned as pages write it; a name is never made a path.

    Raises:
        SessionError: there is none.
    """
    for folder in session_folders(recordings):
        if clean(folder.name) == clean(name):
            return folder
    raise SessionError("this session is not there any more; the first page lists those that are")


def delete(folder: Path) -> None:
    """Delete a session with its sound.

    Raises:
        SessionError: it still runs, or cannot be deleted.
    """
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
    """Return a sound that a session's report names.

    Raises:
        SessionError: the report names another, or none.
    """
    known = (Path(read_analysis(folder).about.audio).name, INTERVIEWER_TRACK)
    path = folder / file
    if not file or file not in known or not path.is_file():
        raise SessionError(f"the sound of {folder.name} is not there")
    return path


def words_of(folder: Path, answer: str) -> str:
    """Return the words of an answer, to be corrected.

    Raises:
        SessionError: there is no such answer.
    """
    for one in read_answers(folder)[0]:
        if one.name == answer:
            return " ".join(word.text for word in one.words)
    raise SessionError("this answer is not there any more; reload the page")


def correct_answer(folder: Path, answer: str, text: str) -> bool:
    """Take the corrected words of one answer and score again; return whether anything changed.

    Raises:
        SessionError: the words cannot be used; nothing is lost.
    """
    answers, _ = read_answers(folder)
    if answer not in [one.name for one in answers]:
        raise SessionError("this answer is not there any more; reload the page")
    # Only words: a line of its own could be read as the header of an answer.
    said = tuple(Word(word, 0.0, 0.0) for word in flat(text).split())
    changed = tuple(replace(one, words=said) if one.name == answer else one for one in answers)
    return correct(folder, edit_text(changed)) is not None


@dataclass(frozen=True)
class Both:
    """The first answer and the retry of it."""

    again: Again
    """What was asked again."""
    after: Analysis
    """The retry."""
    folder: Path
    """The retry's folder."""
    pair: Pair | None
    """Both answers, None where the retry has none."""


def both_answers(folder: Path) -> Both:
    """Return what a retry is held against.

    Raises:
        RehearseError: it is no retry, or the session before it is gone.
    """
    retry = read_meta(folder).settings.retry
    if retry is None:
        raise SessionError("this session is no retry of an answer; its report shows what was said")
    again = ask_again(folder.parent / Path(retry.of).name, retry.answer)
    after = read_analysis(folder)
    return Both(again, after, folder, again.pair_in(after))
