"""Which session is meant: a folder, a folder's bare name, its number in the list, or `last`."""

from pathlib import Path

from agent.config import recordings_dir
from agent.errors import SessionError
from agent.session import META, read_meta, session_folders


def find_session(name: str, *, whole: bool = False) -> Path:
    """Return the folder of the session that `name` stands for; whether it is one shows in reading.

    A folder on disk comes first. Numbers count from the oldest, as `rehearse sessions` shows them.
    With `whole`, `last` is the last session that is no retry. SessionError where there is none.
    """
    path, parent = Path(name).expanduser(), recordings_dir()
    if (path / META).is_file():
        return path
    if name == "last":
        if found := newest(whole=whole):
            return found
        raise SessionError(f"there is no session in {parent} yet; begin with: rehearse run BRIEF")
    if name.isdecimal() and len(name) < 10 and not path.exists():
        folders = session_folders(parent)
        if 0 < int(name) <= len(folders):
            return folders[int(name) - 1]
        raise SessionError(
            f"there is no session {name} in {parent}; `rehearse sessions` numbers them"
        )
    named = parent / name
    return named if len(path.parts) == 1 and (named / META).is_file() else path


def newest(*, whole: bool = False) -> Path | None:
    """Return the newest session, with `whole` the newest that is no retry; None without any."""
    folders = reversed(session_folders(recordings_dir()))
    return next((folder for folder in folders if not (whole and _is_retry(folder))), None)


def _is_retry(folder: Path) -> bool:
    try:
        return bool(read_meta(folder).retry_of)
    except SessionError:
        return False


def short_name(folder: Path) -> str:
    """Return what a command may call a session: its bare name where that is enough."""
    known = folder.absolute().parent == recordings_dir().absolute()
    return folder.name if known else str(folder)
