"""Voice detection, live: is there a voice in this frame?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import webrtcvad

from voice.audio.clip import FRAME_S, SAMPLE_RATE_HZ, Samples, level_dbfs
from voice.audio.silero import CHUNK_SAMPLES, HighPass, Raise, Silero, Sound

VAD_MODE = 3
"""webrtcvad's most careful mode: fewest false alarms on noise."""
FLOOR_MARGIN_DB, QUIETEST_VOICE_DBFS = 9.0, -58.0
"""For the first look a frame is so far above the room's noise floor, and never softer."""
FLOOR_RISE_DB_PER_S = 3.0
"""How fast the floor follows a room that gets louder; it falls at once."""
START, AGREED_START, STAY = 0.5, 0.3, 0.2
"""Silero's probability that starts a voice by itself (its makers' default) or when the first look
sees one too, and below which it is ending."""
AGREED_FRAMES = 2
"""Frames in a row in which the first look must have seen it: a tap is shorter."""
HANG_FRAMES = 1
"""Frames below STAY that a voice outlasts: stop consonants."""


class VoiceDetector:
    """Tell voice from silence frame by frame, live.

    Silero decides on the high-passed signal; webrtcvad with an adaptive floor is the first look
    that lets it start earlier.
    """

    def __init__(self, model: Path | None = None) -> None:
        """Open the detectors, with faster-whisper's Silero where no file is given."""
        self._highpass, self._raise = HighPass(), Raise()
        self._silero = Silero(model)
        self._webrtc = webrtcvad.Vad(VAD_MODE)
        self._floor_dbfs = -60.0
        self._rest = np.zeros(0, np.float32)
        self._probability = 0.0
        self._voice = False
        self._seen_frames = self._low_frames = 0

    def glimpses(self, samples: Samples) -> bool:
        """Return whether the first look alone takes this frame and the one before for voice.

        For a stream in which mumbled beginnings count and a mistake is soon mended.
        """
        self._look(samples)
        return self._seen_frames >= AGREED_FRAMES

    def is_voice(self, samples: Samples) -> bool:
        """Return whether a frame of FRAME_SAMPLES samples holds voice."""
        self._hear(self._look(samples))
        low = self._probability < STAY
        self._low_frames = self._low_frames + 1 if low else 0
        agreed = self._seen_frames >= AGREED_FRAMES
        starts = self._probability >= (AGREED_START if agreed else START)
        self._voice = starts or (self._voice and self._low_frames <= HANG_FRAMES)
        return self._voice

    def _look(self, samples: Samples) -> Sound:
        """Take the first look, at spectrum and level; return the high-passed frame."""
        sound = self._highpass(samples)
        frame = np.clip(sound * 32768, -32768, 32767).astype(np.int16)
        level = level_dbfs(frame)
        self._floor_dbfs = min(max(level, -90.0), self._floor_dbfs + FLOOR_RISE_DB_PER_S * FRAME_S)
        loud = level > max(QUIETEST_VOICE_DBFS, self._floor_dbfs + FLOOR_MARGIN_DB)
        seen = loud and self._webrtc.is_speech(frame.tobytes(), SAMPLE_RATE_HZ)
        self._seen_frames = self._seen_frames + 1 if seen else 0
        return sound

    def _hear(self, sound: Sound) -> None:
        """Give Silero the next chunk once it is full."""
        self._rest = np.concatenate((self._rest, sound))
        if len(self._rest) >= CHUNK_SAMPLES:
            chunk, self._rest = self._rest[:CHUNK_SAMPLES], self._rest[CHUNK_SAMPLES:]
            self._probability = float(self._silero.probabilities(self._raise(chunk[None]))[0])
