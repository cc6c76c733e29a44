"""Two crash-safe WAV tracks on one timeline: the raw microphone and the interviewer."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, silence
from voice.errors import AudioFileError, RecordingError
from voice.port import Frame

CANDIDATE_TRACK = "candidate.wav"
INTERVIEWER_TRACK = "interviewer.wav"
_BATCH_FRAMES = 10
"""Frames written at once: at most 0.2 s is lost by a kill, the header patched 5 times a second."""


class _Track:
    """One 16-bit mono WAV file whose header is true after every write."""

    def __init__(self, path: Path) -> None:
        # The file is private before the first sample is in it.
        path.touch(mode=0o600)
        self._file: BinaryIO = path.open("r+b", buffering=0)
        self._wave: wave.Wave_write = wave.open(self._file, "wb")  # noqa: SIM115
        self._wave.setnchannels(1)
        self._wave.setsampwidth(2)
        self._wave.setframerate(SAMPLE_RATE_HZ)

    def write(self, samples: Samples) -> None:
        # writeframes (not writeframesraw) patches the header, so a killed session stays readable.
        self._wave.writeframes(samples.astype("<i2", copy=False).tobytes())

    def close(self) -> None:
        try:
            self._wave.close()
        finally:
            self._file.close()


class Recorder:
    """Write every frame to both tracks; a context manager."""

    def __init__(self, folder: Path) -> None:
        try:
            self._tracks = (_Track(folder / CANDIDATE_TRACK), _Track(folder / INTERVIEWER_TRACK))
        except OSError as error:
            raise _translated(error, folder) from error
        self._folder = folder
        self._mic: list[Samples] = []
        self._speaker: list[Samples] = []
        self._failed = False

    def write(self, frame: Frame, muted: bool = False) -> None:
        """Append a frame; lost samples before it become silence, so the timeline holds.

        Args:
            frame: the next frame of the port.
            muted: record silence instead of the microphone (a private pause).

        Raises:
            RecordingError: once, when the disk refuses; later frames are dropped in silence.
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
        """Write what is gathered.

        Raises:
            RecordingError: the disk refuses.
        """
        if self._failed or not self._mic:
            return
        batches = (np.concatenate(self._mic), np.concatenate(self._speaker))
        self._mic, self._speaker = [], []
        try:
            for track, batch in zip(self._tracks, batches, strict=True):
                track.write(batch)
        except OSError as error:
            self._failed = True
            raise _translated(error, self._folder) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.flush()
        finally:
            for track in self._tracks:
                try:
                    track.close()
                except OSError:
                    # A full disk refuses the last header patch too; the one before it stands.
                    continue


def read_track(path: Path) -> Clip:
    """Read one of the session's own tracks, also when its writer was killed.

    Raises:
        AudioFileError: the file is absent or no WAV.
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
