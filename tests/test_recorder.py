"""The two tracks survive a killed process and a full disk."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.need import ROOT
from voice import files
from voice.audio.clip import FRAME_SAMPLES
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.audio.recorder import (
    CANDIDATE_TRACK,
    INTERVIEWER_TRACK,
    UNRECORDED,
    Recorder,
    read_track,
)

_WRITE_TEN_SECONDS = """
import sys, time
from pathlib import Path
import numpy as np
from voice import files
from voice.audio.clip import FRAME_SAMPLES
from voice.audio.port import Frame
from voice.audio.recorder import Recorder
with Recorder(Path(sys.argv[1])) as recorder:
    for number in range(500):
        sound = np.full(FRAME_SAMPLES, number % 100 + 1, np.int16)
        recorder.write(Frame(number * FRAME_SAMPLES, sound, sound))
    print("written", flush=True)
    time.sleep(60)
"""


def frame(number: int, value: int = 7, lost: int = 0) -> Frame:
    sound = np.full(FRAME_SAMPLES, value, np.int16)
    return Frame(number * FRAME_SAMPLES, sound, sound, lost)


@pytest.mark.slow
def test_a_killed_recording_is_readable_to_its_last_second(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITE_TEN_SECONDS, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        os.kill(writer.pid, signal.SIGKILL)
    for name in (CANDIDATE_TRACK, INTERVIEWER_TRACK):
        assert read_track(tmp_path / name).duration_s >= 9.8
        assert read_audio(tmp_path / name).duration_s >= 9.8


def test_lost_samples_become_silence(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        recorder.write(frame(0))
        recorder.write(frame(1, lost=1600))
    samples = read_track(tmp_path / CANDIDATE_TRACK).samples
    assert len(samples) == 2 * FRAME_SAMPLES + 1600
    assert not samples[FRAME_SAMPLES : FRAME_SAMPLES + 1600].any()


class Disk:
    """A disk that refuses so many of its next writes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refuses, self.calls, self._write = range(0), 0, files.write
        monkeypatch.setattr(files, "write", self.write)

    def write(self, handle: int, data: bytes, at: int | None = None) -> None:
        self.calls += 1
        if self.calls in self.refuses:
            self._write(handle, data[: len(data) // 2], at)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._write(handle, data, at)


def test_a_full_disk_is_told_and_it_records_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    with Recorder(tmp_path) as recorder:
        told = []
        for number in range(300):  # 6 s; the disk refuses from the end of the second one on
            if number == 100:
                disk.refuses = range(disk.calls + 1, disk.calls + 8)
            told += [recorder.write(frame(number))]
    full, again = filter(None, told)
    assert full.startswith(f"{UNRECORDED} 0:02 on: No space left")
    assert str(tmp_path) in full
    assert again.startswith(f"{UNRECORDED} 0:02 to 0:0")
    for name in (CANDIDATE_TRACK, INTERVIEWER_TRACK):
        samples = read_track(tmp_path / name).samples
        assert len(samples) == 300 * FRAME_SAMPLES
        (missing,) = np.nonzero(samples == 0)
        assert len(missing) == missing[-1] - missing[0] + 1
        assert 1.0 <= len(missing) / 16_000 <= 4.0


def test_a_track_is_readable_up_to_whatever_write_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    for refused in range(3, 40):
        disk.calls, disk.refuses = 0, range(refused, 1000)
        with Recorder(tmp_path) as recorder:
            for number in range(200):
                recorder.write(frame(number))
        tracks = [read_track(tmp_path / n) for n in (CANDIDATE_TRACK, INTERVIEWER_TRACK)]
        whole = (refused - 3) // 4
        assert [len(one.samples) for one in tracks] == [whole * 10 * FRAME_SAMPLES] * 2
        assert all((one.samples == 7).all() and not one.notes for one in tracks)


def test_a_folder_that_is_deleted_or_closed_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Recorder(tmp_path) as recorder:
        recorder.write(frame(0))
        (tmp_path / CANDIDATE_TRACK).unlink()
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        told = [recorder.write(frame(number)) for number in range(1, 100)]
    assert [line for line in told if line] == [line for line in told if "were deleted" in line]
    assert any(told)


def test_a_header_that_lies_is_told_and_the_file_is_used(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        for number in range(300):
            recorder.write(frame(number))
    track = tmp_path / CANDIDATE_TRACK
    for size in (0, 600, 2**32 - 1):
        data = bytearray(track.read_bytes())
        data[40:44] = size.to_bytes(4, "little")
        track.write_bytes(data)
        clip = read_track(track)
        assert clip.duration_s == pytest.approx(6.0, abs=0.2)
        assert clip.notes
        foreign = read_audio(track)
        assert foreign.duration_s == pytest.approx(6.0, abs=0.2)
        assert foreign.notes
