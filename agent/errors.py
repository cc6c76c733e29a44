"""The error tree of the interview half, below voice.errors.RehearseError.

RehearseError
├── BriefError         a brief cannot be read, or holds nothing to ask
├── SessionError       a session folder cannot be read or written
└── InterviewerError   a local model that was insisted on does not answer
"""

from voice.errors import RehearseError


class BriefError(RehearseError):
    """Report a brief that cannot be used."""


class SessionError(RehearseError):
    """Report a session folder that cannot be used."""


class InterviewerError(RehearseError):
    """Report a local model that was insisted on and does not answer."""


__all__ = ["BriefError", "InterviewerError", "RehearseError", "SessionError"]
