"""The one seam for sound: frames in, clips out, on one sample clock."""

from dataclasses import dataclass
from typing import Protocol, Self

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples


@dataclass(frozen=True, eq=False)
class Frame:
    """20 ms of both sides at the same moment."""

    start_sample: int
    """Samples of input before this frame since the port was opened, gaps included."""
    mic: Samples
    """The raw microphone, shape (FRAME_SAMPLES,)."""
    speaker: Samples
    """What the loudspeaker gave out at that moment, shape (FRAME_SAMPLES,)."""
    lost_samples: int = 0
    """Input samples lost just before it (overflow, unplugged device)."""

    @property
    def start_s(self) -> float:
        """Start on the session clock."""
        return self.start_sample / SAMPLE_RATE_HZ

    @property
    def end_s(self) -> float:
        """End on the session clock."""
        return (self.start_sample + FRAME_SAMPLES) / SAMPLE_RATE_HZ


class Port(Protocol):
    """A microphone and a loudspeaker on one clock; a context manager."""

    realtime: bool
    """False where sample time runs as fast as frames are read."""

    @property
    def mic_name(self) -> str:
        """The microphone in use now, for messages."""

    def read(self) -> Frame:
        """Wait for the next frame; DeviceLostError, once a second, while the device is gone."""

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing; return at once."""

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was queued and not given out, to be played again."""

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard."""

    @property
    def ended(self) -> bool:
        """Whether no more speech can come (the recorded candidate has no answer left)."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...
