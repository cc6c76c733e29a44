"""Is the person speaking in this frame? Also while the loudspeaker can be heard."""

from collections import deque
from pathlib import Path

import numpy as np
import webrtcvad

from voice.audio.clip import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, level_dbfs
from voice.audio.port import Frame
from voice.audio.silero import CHUNK_SAMPLES, HighPass, Raise, Silero, Sound
from voice.turns.echo import EchoCanceller

VAD_MODE = 3
"""webrtcvad's most careful mode: fewest false alarms on noise."""
FLOOR_MARGIN_DB, QUIETEST_VOICE_DBFS = 9.0, -58.0
"""For the first look a frame is so far above the room's noise floor, and never softer."""
FLOOR_RISE_DB_PER_S = 3.0
"""How fast the floor follows a room that gets louder; it falls at once."""
START, AGREED_START, STAY = 0.5, 0.3, 0.2
"""Silero's probability that starts a voice, alone or with the first look, and that ends it."""
AGREED_FRAMES = 2
"""Frames in a row in which the first look must have seen it: a tap is shorter."""
HANG_FRAMES = 1
"""Frames below STAY that a voice outlasts: stop consonants."""
ECHO_TAIL_S = 0.8
"""How long after its last sample the loudspeaker may be heard: devices delay, rooms decay."""
LATE_FRAMES = 3
"""The microphone goes 0.06 s late into the canceller: through PulseAudio it came 0.04 s early."""
ALIKE = 0.75
"""A microphone so much like the loudspeaker holds nobody's voice: uncancelled echo was 0.84 alike,
with a voice as loud 0.7."""
_COMPARED_FRAMES = 10
_LAG_FRAMES = 12


class VoiceDetector:
    """Tell voice from silence live: Silero, and webrtcvad's first look to start it earlier."""

    def __init__(self, model: Path | None = None) -> None:
        self._highpass, self._raise = HighPass(), Raise()
        self._silero = Silero(model)
        self._webrtc = webrtcvad.Vad(VAD_MODE)
        self._floor_dbfs = -60.0
        self._rest = np.zeros(0, np.float32)
        self._probability = 0.0
        self._voice = False
        self._seen_frames = self._low_frames = 0

    def glimpses(self, samples: Samples) -> bool:
        """Return whether the first look alone takes this frame and the one before for voice."""
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
        sound = self._highpass(samples)
        frame = np.clip(sound * 32768, -32768, 32767).astype(np.int16)
        level = level_dbfs(frame)
        self._floor_dbfs = min(max(level, -90.0), self._floor_dbfs + FLOOR_RISE_DB_PER_S * FRAME_S)
        loud = level > max(QUIETEST_VOICE_DBFS, self._floor_dbfs + FLOOR_MARGIN_DB)
        seen = loud and self._webrtc.is_speech(frame.tobytes(), SAMPLE_RATE_HZ)
        self._seen_frames = self._seen_frames + 1 if seen else 0
        return sound

    def _hear(self, sound: Sound) -> None:
        self._rest = np.concatenate((self._rest, sound))
        if len(self._rest) >= CHUNK_SAMPLES:
            chunk, self._rest = self._rest[:CHUNK_SAMPLES], self._rest[CHUNK_SAMPLES:]
            self._probability = float(self._silero.probabilities(self._raise(chunk[None]))[0])


class VoiceActivity:
    """Notice the person's voice; where the loudspeaker sounds, in what is left without its echo."""

    def __init__(self, half_duplex: bool = False) -> None:
        self._canceller = None if half_duplex else EchoCanceller()
        self._raw, self._rest = VoiceDetector(), VoiceDetector()
        self._echo_until_s = 0.0
        self._echoed_frames = 0
        none = np.zeros(FRAME_SAMPLES, np.int16)
        self._mic = deque([none] * (_COMPARED_FRAMES + LATE_FRAMES), _COMPARED_FRAMES + LATE_FRAMES)
        heard = _COMPARED_FRAMES + LATE_FRAMES + _LAG_FRAMES
        self._speaker = deque([none] * heard, heard)

    @property
    def full_duplex(self) -> bool:
        """Whether a voice is noticed while the interviewer speaks."""
        return self._canceller is not None

    @property
    def quiet(self) -> bool:
        """Whether the loudspeaker could not be heard in the last frame."""
        return not self._echoed_frames

    def hears(self, frame: Frame) -> bool:
        """Return whether the next frame holds the person's voice; every frame must be given."""
        if frame.speaker.any():
            self._echo_until_s = frame.end_s + ECHO_TAIL_S
        echoes = frame.end_s <= self._echo_until_s
        self._echoed_frames = self._echoed_frames + 1 if echoes else 0
        if self._canceller is None:
            return self.quiet and self._raw.is_voice(frame.mic)
        self._mic.append(frame.mic)
        self._speaker.append(frame.speaker)
        cleaned = self._canceller.clean(self._mic[_COMPARED_FRAMES - 1], frame.speaker)
        if self.quiet:
            return self._raw.is_voice(frame.mic)
        sounding = bool(frame.speaker.any())
        voiced = (self._rest.glimpses if sounding else self._rest.is_voice)(cleaned.rest)
        # What the detector says first is about the last time that it was asked.
        asked_anew = self._echoed_frames <= LATE_FRAMES
        return voiced and cleaned.loud and not asked_anew and not self._is_echo()

    def _is_echo(self) -> bool:
        mic = np.concatenate(list(self._mic)[:_COMPARED_FRAMES])
        return alike(mic, np.concatenate(self._speaker)) >= ALIKE


def alike(part: Samples, whole: Samples) -> float:
    """Return how much a part is like a stretch of the whole, 0 to 1, by cross-correlation."""
    a, b = part.astype(np.float64), whole.astype(np.float64)
    size = 1 << (len(a) + len(b)).bit_length()
    correlation = np.fft.irfft(np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size)), size)
    lags = len(b) - len(a) + 1
    energy = np.concatenate(([0.0], np.cumsum(b * b)))
    norm = np.sqrt((energy[len(a) :] - energy[:lags]) * np.dot(a, a))
    heard = norm > len(a)  # louder than one bit, so that silence is like nothing
    return float(
        np.max(np.abs(correlation[:lags]) / np.maximum(norm, 1.0), where=heard, initial=0.0)
    )
