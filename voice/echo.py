"""Take the loudspeaker out of the microphone, to notice a person who speaks over it."""

from __future__ import annotations

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples


class EchoCanceller:
    """WebRTC's third echo canceller (AEC3), noise suppression and high-pass, frame by frame.

    The near voice is damaged while both speak: what comes out is for noticing a voice, never
    for recording or recognizing.
    """

    def __init__(self) -> None:
        """Open the canceller.

        Raises:
            ImportError: pywebrtc-audio is not installed.
        """
        from pywebrtc_audio import AudioProcessor

        self._audio = AudioProcessor(
            SAMPLE_RATE_HZ,
            echo_cancellation=True,
            noise_suppression=True,
            high_pass_filter=True,
        )

    def clean(self, mic: Samples, speaker: Samples) -> Samples:
        """Return a frame of the microphone without the loudspeaker.

        Must be fed every frame, silent ones too, to stay adapted. The canceller finds the
        delay between the two by itself, up to about 0.5 s.

        Args:
            mic: the raw microphone, shape (FRAME_SAMPLES,).
            speaker: what the loudspeaker gave out at that moment, shape (FRAME_SAMPLES,).
        """
        out = np.empty(FRAME_SAMPLES, np.int16)
        for at in range(0, FRAME_SAMPLES, _HOP_SAMPLES):
            hop = slice(at, at + _HOP_SAMPLES)
            out[hop] = self._audio.process(mic[hop], speaker[hop])
        return out


_HOP_SAMPLES = 160
"""WebRTC works on 10 ms."""


def canceller() -> EchoCanceller | None:
    """Return an echo canceller, or None where its wheel is not installed (Windows on ARM)."""
    try:
        return EchoCanceller()
    except ImportError:
        return None
