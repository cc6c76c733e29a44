"""The errors of the sound half; their root is the root of the whole project's (agent.errors)."""


class RehearseError(Exception):
    """Report an expected failure in one line: what happened, to what, and what to do next."""


class AudioFileError(RehearseError):
    """Report a recording that cannot be read."""


class TwoVoicesError(AudioFileError):
    """Report a recording of two people, one on each channel."""


class DeviceError(RehearseError):
    """Report a sound device that is absent or refuses to open."""


class DeviceLostError(DeviceError):
    """Report a microphone whose frames stopped coming."""


class ModelError(RehearseError):
    """Report a model that is absent, broken or could not be fetched."""


class RecordingError(RehearseError):
    """Report a track that cannot be written."""
