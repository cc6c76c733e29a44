"""The errors of the interview half, below voice.errors.RehearseError; each is one line to read."""

import traceback
from pathlib import Path

from voice.errors import RehearseError

__all__ = ["BriefError", "InterviewerError", "RehearseError", "SessionError", "fault_of"]


def fault_of(error: BaseException) -> str:
    """Return an error of ours in a few words, where it came up included, with nothing of a text."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"a fault of Rehearse ({type(error).__name__}{where})"


class BriefError(RehearseError):
    """Report a brief that cannot be read, or holds nothing to ask."""


class SessionError(RehearseError):
    """Report a session folder that cannot be read or written."""


class InterviewerError(RehearseError):
    """Report a local model that was insisted on and does not answer."""
