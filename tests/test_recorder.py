"""The two tracks survive a killed process and a full disk."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.need import ROOT
from voice.audio.clip import FRAME_SAMPLES, read_audio
from voice.audio.port import Frame
from voice.audio.recorder import CANDIDATE_TRACK, INTERVIEWER_TRACK, Recorder, read_track
from voice.errors import RecordingError

_WRITE_TEN_SECONDS = """
import sys, time
from pathlib import Path
import numpy as np
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


def test_tracks_are_private(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        recorder.write(frame(0))
    assert stat.S_IMODE((tmp_path / CANDIDATE_TRACK).stat().st_mode) == 0o600


def test_lost_samples_become_silence(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        recorder.write(frame(0))
        recorder.write(frame(1, lost=1600))
    samples = read_track(tmp_path / CANDIDATE_TRACK).samples
    assert len(samples) == 2 * FRAME_SAMPLES + 1600
    assert not samples[FRAME_SAMPLES : FRAME_SAMPLES + 1600].any()


def test_a_full_disk_is_told_once_and_what_was_written_stays(tmp_path: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = 0
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, limit[1]))
        with Recorder(tmp_path) as recorder:
            for number in range(300):
                try:
                    recorder.write(frame(number))
                except RecordingError as error:
                    told += 1
                    assert str(tmp_path) in str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert told == 1
    assert read_track(tmp_path / CANDIDATE_TRACK).duration_s == pytest.approx(2.0, abs=0.2)
