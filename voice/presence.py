"""Is the person speaking in this frame? Also while the loudspeaker can be heard."""

from __future__ import annotations

from voice.echo import canceller
from voice.port import Frame
from voice.vad import VoiceDetector

ECHO_TAIL_S = 0.8
"""How long after its last sample the loudspeaker may still be heard: the delay of the sound
devices and the decay of a room."""


class Presence:
    """Notice the person's voice, frame by frame.

    Where the loudspeaker can be heard, the echo-cancelled microphone is looked at; in half
    duplex nothing is noticed then. Elsewhere it is the raw microphone.
    """

    def __init__(self, half_duplex: bool = False) -> None:
        """Begin; `half_duplex`: never listen while the interviewer speaks."""
        self._canceller = None if half_duplex else canceller()
        self._raw = VoiceDetector()
        self._cleaned = VoiceDetector()
        self._echo_until_s = 0.0

    @property
    def full_duplex(self) -> bool:
        """Whether a voice is noticed while the interviewer speaks."""
        return self._canceller is not None

    def hears(self, frame: Frame) -> bool:
        """Return whether the next frame holds the person's voice; every frame must be given."""
        if frame.speaker.any():
            self._echo_until_s = frame.end_s + ECHO_TAIL_S
        echoes = frame.end_s <= self._echo_until_s
        if self._canceller is None:
            return not echoes and self._raw.is_voice(frame.mic)
        cleaned = self._canceller.clean(frame.mic, frame.speaker)
        return self._cleaned.is_voice(cleaned) if echoes else self._raw.is_voice(frame.mic)
