"""Where things lie on disk: recordings, the samples that travel with the program."""

import os
from pathlib import Path

FORMAT_VERSION = 1
"""The version of session.json, events.jsonl and analysis.json written here."""

_PACKAGE = Path(__file__).resolve().parent


def home() -> Path:
    """Return where Rehearse keeps its own things: REHEARSE_HOME, else the user data directory."""
    import platformdirs

    named = os.environ.get("REHEARSE_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("rehearse"))


def recordings_dir() -> Path:
    """Return where sessions go: recordings/ here, without REHEARSE_HOME, else that of home()."""
    here = Path("recordings")
    if "REHEARSE_HOME" not in os.environ and here.is_dir():
        return here
    return home() / "recordings"


def sample_briefs_dir() -> Path:
    """Return the folder of the sample briefs, in a checkout or an installed wheel."""
    return _sample("briefs", "briefs")


def demo_dir() -> Path:
    """Return the folder of the recorded demo candidate, in a checkout or an installed wheel."""
    return _sample("demo", "recordings/demo")


def _sample(packaged: str, checked_out: str) -> Path:
    there = _PACKAGE / "data" / packaged
    return there if there.is_dir() else _PACKAGE.parent / checked_out
