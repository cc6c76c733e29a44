"""The errors of the interview half, below voice.errors.RehearseError; each is one line to read."""

from voice.errors import RehearseError

__all__ = ["BriefError", "InterviewerError", "RehearseError", "SessionError"]


class BriefError(RehearseError):
    """Report a brief that cannot be read, or holds nothing to ask."""


class SessionError(RehearseError):
    """Report a session folder that cannot be read or written."""


class InterviewerError(RehearseError):
    """Report a local model that was insisted on and does not answer."""
