"""The error tree of the sound half; its root is the root of the whole project.

RehearseError                 everything we raise on purpose; one line, ends with what to do
├── AudioFileError            a recording cannot be read
├── DeviceError               no PortAudio, no such microphone or loudspeaker
│   └── DeviceLostError       frames stopped coming in mid-session
├── ModelError                a model is absent, broken, or could not be fetched
├── RecordingError            a track cannot be written (disk full)
└── (agent.errors)            BriefError, SessionError, InterviewerError
"""


class RehearseError(Exception):
    """Report an expected failure in one line: what happened, to what, and what to do next."""


class AudioFileError(RehearseError):
    """Report a recording that cannot be read."""


class DeviceError(RehearseError):
    """Report a sound device that is absent or refuses to open."""


class DeviceLostError(DeviceError):
    """Report a microphone whose frames stopped coming."""


class ModelError(RehearseError):
    """Report a model that is absent, broken or could not be fetched."""


class RecordingError(RehearseError):
    """Report a track that cannot be written."""
