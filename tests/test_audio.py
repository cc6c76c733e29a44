"""Clips: reading any file, resampling."""

from pathlib import Path

import numpy as np
import pytest

from tests.scripted import encoded
from voice.audio.clip import SAMPLE_RATE_HZ, Clip
from voice.audio.reading import read_audio
from voice.errors import AudioFileError


def tone(duration_s: float, rate_hz: int = SAMPLE_RATE_HZ, hz: float = 440.0) -> Clip:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return Clip((10000 * np.sin(2 * np.pi * hz * time_s)).astype(np.int16), rate_hz)


def strongest_hz(clip: Clip) -> float:
    spectrum = np.abs(np.fft.rfft(clip.samples * np.hanning(len(clip.samples))))
    return float(np.argmax(spectrum)) * clip.rate_hz / len(clip.samples)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("wav", "pcm_s16le"), ("flac", "flac"), ("mp3", "libmp3lame"), ("m4a", "aac")],
)
def test_a_stereo_file_at_44100_hz_becomes_mono_at_16000(
    tmp_path: Path, suffix: str, codec: str
) -> None:
    path = tmp_path / f"answer with spaces.{suffix}"
    both = np.stack([tone(2.0, 44_100).samples] * 2)
    path.write_bytes(encoded(both, 44_100, codec, form=suffix.replace("m4a", "mp4")))
    clip = read_audio(path)
    assert clip.rate_hz == SAMPLE_RATE_HZ
    assert clip.duration_s == pytest.approx(2.0, abs=0.1)
    assert strongest_hz(clip) == pytest.approx(440, abs=2)


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "no such recording"), (b"", "empty"), (b"not audio at all" * 50, "as audio")],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "x.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AudioFileError, match=told) as caught:
        read_audio(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
