"""Two crash-safe WAV tracks on one timeline: the raw microphone and the interviewer."""

import errno
import os
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np

from voice import files
from voice.audio.clip import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    WAV_HEADER,
    Clip,
    Samples,
    silence,
    wav_header,
)
from voice.audio.port import Frame
from voice.errors import AudioFileError, RecordingError

CANDIDATE_TRACK = "candidate.wav"
INTERVIEWER_TRACK = "interviewer.wav"
UNRECORDED = "nothing was recorded from"
"""What a notice begins with that must stand in the report."""
_BATCH_FRAMES = 10
"""Frames written at once: at most 0.2 s is lost by a kill, the header patched 5 times a second."""
_RETRY_FRAMES = 50
"""A disk that refused is tried again every second."""
MOST_BYTES = 1_200_000_000
"""Ten hours of a track; a larger one is none of ours."""


class _Track:
    def __init__(self, path: Path) -> None:
        self.handle = files.create(path)
        self.data_bytes = 0
        self._syncing = files.Syncing(self.handle)
        files.write(self.handle, wav_header(0), 0)

    def append(self, samples: Samples, after_bytes: int) -> None:
        """Write samples at a place of the track; what lies between becomes silence."""
        if after_bytes > self.data_bytes:
            os.ftruncate(self.handle, WAV_HEADER.size + after_bytes)
        data = np.ascontiguousarray(samples, "<i2")
        files.write(self.handle, data.data.cast("B"), WAV_HEADER.size + after_bytes)
        self._head(after_bytes + data.nbytes)
        self._syncing.look()

    def cut(self, data_bytes: int) -> None:
        """Forget what lies behind, after a write that failed."""
        self.data_bytes = data_bytes
        with suppress(OSError):
            os.ftruncate(self.handle, WAV_HEADER.size + data_bytes)
            self._head(data_bytes)

    def close(self) -> None:
        """Close it; a full disk refuses the last header too, the one before it stands."""
        with suppress(OSError):
            files.sync(self.handle)
        os.close(self.handle)

    def _head(self, data_bytes: int) -> None:
        files.write(self.handle, wav_header(data_bytes), 0)
        self.data_bytes = data_bytes


class Recorder:
    """Write every frame to both tracks; what a disk refuses becomes silence. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[_Track] = []
        try:
            for name in (CANDIDATE_TRACK, INTERVIEWER_TRACK):
                self._open.append(_Track(folder / name))
        except OSError as error:
            self._close()
            raise RecordingError(
                f"cannot record to {folder}: {error.strerror}; free some space or choose another"
                " --out"
            ) from error
        self._mic: list[Samples] = []
        self._speaker: list[Samples] = []
        self._taken = 0
        """Samples of the timeline that were written or given up."""
        self._lost_from: int | None = None
        """Sample from which on nothing is recorded, None while all is."""
        self._waits = 0
        self._looked_s = time.monotonic()

    def write(self, frame: Frame, muted: bool = False) -> str:
        """Append a frame; return what the person must be told, "" as a rule.

        Lost samples before it become silence, as does a `muted` microphone (a private pause).
        """
        if frame.lost_samples:
            gap = np.zeros(frame.lost_samples, np.int16)
            self._mic.append(gap)
            self._speaker.append(gap)
        self._mic.append(np.zeros(FRAME_SAMPLES, np.int16) if muted else frame.mic)
        self._speaker.append(frame.speaker)
        most = _BATCH_FRAMES if self._lost_from is None else _RETRY_FRAMES
        return self.flush() if len(self._mic) >= most else ""

    def flush(self) -> str:
        """Write what is gathered; return what the person must be told, "" as a rule."""
        if not self._mic:
            return ""
        batches = (np.concatenate(self._mic), np.concatenate(self._speaker))
        self._mic, self._speaker = [], []
        at, self._taken = self._taken, self._taken + len(batches[0])
        kept_bytes = self._open[0].data_bytes
        try:
            self._look()
            for track, batch in zip(self._open, batches, strict=True):
                track.append(batch, 2 * at)
        except OSError as error:
            for track in self._open:
                track.cut(kept_bytes)
            if self._lost_from is not None:
                return ""
            self._lost_from = at
            return (
                f"{UNRECORDED} {_clock(at)} on: {error.strerror} in {self._folder}; it goes on by"
                " itself when that is mended"
            )
        lost, self._lost_from = self._lost_from, None
        return "" if lost is None else f"{UNRECORDED} {_clock(lost)} to {_clock(at)}; now it is"

    def _look(self) -> None:
        if time.monotonic() - self._looked_s < 1.0 and self._lost_from is None:
            return
        self._looked_s = time.monotonic()
        if any(files.is_gone(track.handle) for track in self._open):
            raise OSError(errno.ENOENT, "the tracks were deleted")
        if not os.access(self._folder, os.W_OK):
            raise OSError(errno.EACCES, "the folder cannot be written any more")

    def _close(self) -> None:
        for track in self._open:
            track.close()
        self._open = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.flush()
        finally:
            self._close()


def _clock(samples: int) -> str:
    minutes, seconds = divmod(samples // SAMPLE_RATE_HZ, 60)
    return f"{minutes}:{seconds:02}"


def read_track(path: Path) -> Clip:
    """Read one of the session's own tracks, by the file's length, also when its writer was killed.

    A header that lies is told in the notes. AudioFileError where it is absent or no WAV.
    """
    try:
        data = files.read(path, MOST_BYTES)
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is missing; the session has no sound to analyze") from error
    except OSError as error:
        raise AudioFileError(f"cannot read {path}: {error.strerror}") from error
    if len(data) < WAV_HEADER.size:
        return silence(0.0)
    at = data.find(b"data", 12)
    one, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", data, 20)
    known = data[:4] == b"RIFF" and data[12:16] == b"fmt " and at > 0
    if not known or (one, channels, bits) != (1, 1, 16) or not 1000 <= rate_hz <= 400_000:
        raise AudioFileError(f"cannot read {path} as WAV (16-bit mono)")
    (said_bytes,) = struct.unpack_from("<I", data, at + 4)
    samples = np.frombuffer(data, "<i2", (len(data) - at - 8) // 2, at + 8).astype(np.int16)
    notes: tuple[str, ...] = ()
    if abs(said_bytes - 2 * len(samples)) > rate_hz:
        said_s, there_s = said_bytes / 2 / rate_hz, len(samples) / rate_hz
        notes = (
            f"The header of {path.name} says {said_s:.1f} s, the file holds {there_s:.1f} s:"
            " all of the file is used.",
        )
    return Clip(samples, rate_hz, notes)
