"""Two crash-safe WAV tracks on one timeline: the raw microphone and the interviewer."""

from __future__ import annotations

import wave
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, silence
from voice.audio.port import Frame
from voice.errors import AudioFileError, RecordingError

CANDIDATE_TRACK = "candidate.wav"
INTERVIEWER_TRACK = "interviewer.wav"
_BATCH_FRAMES = 10
"""Frames written at once: at most 0.2 s is lost by a kill, the header patched 5 times a second."""


def _track(path: Path) -> tuple[BinaryIO, wave.Wave_write]:
    """Open a 16-bit mono WAV file, private before the first sample is in it."""
    path.touch(mode=0o600)
    file = path.open("r+b", buffering=0)
    track: wave.Wave_write = wave.open(file, "wb")  # noqa: SIM115
    track.setnchannels(1)
    track.setsampwidth(2)
    track.setframerate(SAMPLE_RATE_HZ)
    return file, track


class Recorder:
    """Write every frame to both tracks; a context manager."""

    def __init__(self, folder: Path) -> None:
        try:
            self._tracks = (_track(folder / CANDIDATE_TRACK), _track(folder / INTERVIEWER_TRACK))
        except OSError as error:
            raise _translated(error, folder) from error
        self._folder = folder
        self._mic: list[Samples] = []
        self._speaker: list[Samples] = []
        self._failed = False

    def write(self, frame: Frame, muted: bool = False) -> None:
        """Append a frame; lost samples before it become silence, so the timeline holds.

        `muted` records silence instead of the microphone (a private pause).
        RecordingError once, when the disk refuses; later frames are dropped in silence.
        """
        if self._failed:
            return
        if frame.lost_samples:
            gap = np.zeros(frame.lost_samples, np.int16)
            self._mic.append(gap)
            self._speaker.append(gap)
        self._mic.append(np.zeros(FRAME_SAMPLES, np.int16) if muted else frame.mic)
        self._speaker.append(frame.speaker)
        if len(self._mic) >= _BATCH_FRAMES:
            self.flush()

    def flush(self) -> None:
        """Write what is gathered; RecordingError where the disk refuses."""
        if self._failed or not self._mic:
            return
        batches = (np.concatenate(self._mic), np.concatenate(self._speaker))
        self._mic, self._speaker = [], []
        try:
            for (_, track), batch in zip(self._tracks, batches, strict=True):
                # writeframes patches the header (writeframesraw does not): a killed session stays
                # readable.
                track.writeframes(batch.astype("<i2", copy=False).tobytes())
        except OSError as error:
            self._failed = True
            raise _translated(error, self._folder) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.flush()
        finally:
            for file, track in self._tracks:
                # A full disk refuses the last header patch too; the one before it stands.
                with file, suppress(OSError):
                    track.close()


def read_track(path: Path) -> Clip:
    """Read one of the session's own tracks, also when its writer was killed.

    AudioFileError where the file is absent or no WAV.
    """
    try:
        with wave.open(str(path), "rb") as track:
            data = track.readframes(track.getnframes())
            rate_hz = track.getframerate()
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is missing; the session has no sound to analyze") from error
    except (wave.Error, EOFError, OSError) as error:
        if path.stat().st_size < 44:
            return silence(0.0)
        raise AudioFileError(f"cannot read {path} as WAV ({error})") from error
    return Clip(np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int16), rate_hz)


def _translated(error: OSError, folder: Path) -> RecordingError:
    return RecordingError(
        f"recording stopped: {error.strerror} in {folder}; what was recorded so far is kept,"
        " free some space before the next session"
    )
