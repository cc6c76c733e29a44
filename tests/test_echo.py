"""The loudspeaker in the microphone, taken out of it."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.rooms import Echo, EchoPath
from tests.scripted import voice_like
from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, level_dbfs
from voice.turns.echo import Cleaned, EchoCanceller

SECONDS = 6


@pytest.fixture(scope="module")
def speaker() -> Samples:
    """Bursts of noise with a voice's envelope: what a loudspeaker gives out."""
    rng = np.random.default_rng(2)
    time_s = np.arange(SECONDS * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    envelope = np.clip(np.sin(2 * np.pi * 1.5 * time_s) + 0.3, 0, 1)
    return (envelope * rng.normal(0, 3000, len(time_s))).astype(np.int16)


def frames(sound: Samples) -> Iterator[Samples]:
    yield from sound.reshape(-1, FRAME_SAMPLES)


def in_a_room(speaker: Samples, decay_s: float) -> Samples:
    """Return the microphone in a room with an exponential decay, 6 dB below the loudspeaker."""
    rng = np.random.default_rng(3)
    time_s = np.arange(SAMPLE_RATE_HZ // 3) / SAMPLE_RATE_HZ
    response = rng.normal(0, 1, len(time_s)) * np.exp(-time_s / decay_s)
    echo = Echo(EchoPath(impulse_response=response, delay_ms=60.0, level_db=-6.0))
    sound = [echo.next(frame, i * FRAME_SAMPLES) for i, frame in enumerate(frames(speaker))]
    hiss = rng.normal(0, 10, len(speaker))
    return np.clip(np.concatenate(sound) + hiss, -32768, 32767).astype(np.int16)


def cleaned(mic: Samples, speaker: Samples) -> list[Cleaned]:
    echo = EchoCanceller()
    return [echo.clean(m, s) for m, s in zip(frames(mic), frames(speaker), strict=True)]


@pytest.mark.parametrize("decay_s", [0.01, 0.1])
def test_the_echo_is_gone_after_two_seconds(speaker: Samples, decay_s: float) -> None:
    mic = in_a_room(speaker, decay_s)
    late = cleaned(mic, speaker)[100:]
    rest = np.concatenate([c.rest for c in late])
    assert level_dbfs(rest) < level_dbfs(mic[2 * SAMPLE_RATE_HZ :]) - 12.0
    assert not any(c.loud for c in late)


def test_a_person_over_the_loudspeaker_is_noticed(speaker: Samples) -> None:
    mic = in_a_room(speaker, 0.05)
    voice = voice_like(1.0).samples
    start = 4 * SAMPLE_RATE_HZ
    mic[start : start + len(voice)] += voice // 2
    some = cleaned(mic, speaker)
    assert not any(c.loud for c in some[100:200])
    assert sum(c.loud for c in some[200:250]) > 25
