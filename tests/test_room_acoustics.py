"""The way from the loudspeaker into the microphone, and the noise, held against plain formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scripted import Replies, spoken
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples
from voice.room import Room, RoomPort
from voice.room.acoustics import Convolution, Delay, Echo, EchoPath
from voice.room.noise import (
    LOOP_SAMPLES,
    Kind,
    active_level_dbfs,
    empty_room,
    looped,
    noise_loop,
    recorded_loop,
)
from voice.room.speech import Floats


def white(samples: int, amplitude: float = 3000.0, seed: int = 1) -> Samples:
    return np.random.default_rng(seed).normal(0, amplitude, samples).astype(np.int16)


def level_db(sound: Floats) -> float:
    return float(10 * np.log10(np.mean(np.square(sound / 32768.0))))


def echo_of(path: EchoPath, speaker: Samples) -> Floats:
    """Return the echo of whole frames."""
    echo = Echo(path)
    starts = range(0, len(speaker), FRAME_SAMPLES)
    return np.concatenate([echo.next(speaker[s : s + FRAME_SAMPLES], s) for s in starts])


@settings(max_examples=40)
@given(length=st.integers(1, 2500), frames=st.integers(1, 15), seed=st.integers(0, 99))
def test_the_convolution_is_the_full_convolution(length: int, frames: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    response, sound = random.normal(size=length), random.normal(size=frames * FRAME_SAMPLES)
    convolution = Convolution(response)
    given_out = [convolution.next(frame) for frame in sound.reshape(frames, FRAME_SAMPLES)]
    expected = np.convolve(sound, response)[: len(sound)]
    np.testing.assert_allclose(np.concatenate(given_out), expected, atol=1e-9)


@settings(max_examples=30)
@given(delay=st.integers(0, 5000), level=st.sampled_from([0.0, -20.0, -34.5]))
def test_a_single_tap_has_exactly_its_delay_and_level(delay: int, level: float) -> None:
    speaker = white(20 * FRAME_SAMPLES)
    echo = echo_of(EchoPath(delay_ms=delay * 1000 / SAMPLE_RATE_HZ, level_db=level), speaker)
    expected = np.concatenate((np.zeros(delay), speaker * 10 ** (level / 20)))[: len(speaker)]
    np.testing.assert_allclose(echo, expected, atol=1e-6)


@pytest.mark.parametrize("scale", [1.0, 30_000.0])
def test_an_impulse_response_of_any_scale_gives_the_level_asked_for(scale: float) -> None:
    response = np.random.default_rng(3).normal(size=4000) * np.exp(-np.arange(4000) / 800) * scale
    speaker = white(500 * FRAME_SAMPLES)
    echo = echo_of(EchoPath(response, level_db=-12), speaker)[8000:]
    assert level_db(echo) - level_db(speaker[8000:].astype(float)) == pytest.approx(-12, abs=0.2)


def test_distortion_holds_loud_sound_and_leaves_soft_sound() -> None:
    tone = np.sin(2 * np.pi * 0.02 * np.arange(50 * FRAME_SAMPLES))
    for peak, expected in ((300, 300), (32767, 8192)):
        echo = echo_of(EchoPath(distortion=1.0), (tone * peak).astype(np.int16))
        assert np.max(np.abs(echo)) == pytest.approx(expected, rel=0.01)


def pulse_delay(ppm: float, delay_ms: float, after_s: float) -> float:
    """Return by how many samples the echo of a short pulse lags that is played after a time."""
    room = Room(EchoPath(delay_ms=delay_ms, drift_ppm=ppm), noise=())
    pulse = 20_000 * np.exp(-0.5 * np.square((np.arange(200) - 100) / 8.0))
    with RoomPort(Replies(), room=room) as port:
        frames = []
        for number in range(round(after_s * 50) + 20):
            if number == round(after_s * 50):
                port.play(Clip(pulse.astype(np.int16)))
            frames.append(port.read())
    tracks = [
        np.concatenate([getattr(f, n) for f in frames]).astype(float) for n in ("mic", "speaker")
    ]
    mic, speaker = (np.average(np.arange(len(track)), weights=track) for track in tracks)
    return float(mic - speaker)


@pytest.mark.parametrize(("ppm", "after_s"), [(0, 10), (100, 10), (100, 40), (500, 15), (-100, 30)])
def test_drift_moves_the_echo_by_its_samples(ppm: float, after_s: float) -> None:
    # The pulse's middle sounds 100 samples later, its echo 640 after that.
    drifted = ppm * 1e-6 * (after_s * SAMPLE_RATE_HZ + 740)
    assert pulse_delay(ppm, 40, after_s) == pytest.approx(640 + drifted, abs=0.1)


def test_an_echo_never_comes_before_its_sound() -> None:
    assert pulse_delay(-1000, 1, 20) == pytest.approx(2, abs=0.1)


def test_drift_leaves_the_level_of_a_voice_alone() -> None:
    speaker = spoken(6.0).samples
    speaker = speaker[: len(speaker) // FRAME_SAMPLES * FRAME_SAMPLES]
    echo = echo_of(EchoPath(delay_ms=5, drift_ppm=200), speaker)
    assert level_db(echo) == pytest.approx(level_db(speaker.astype(float)), abs=0.1)


@given(delay=st.integers(2, 700), ppm=st.floats(-1000, 1000), start=st.integers(0, 10**7))
@settings(max_examples=50)
def test_a_constant_stays_constant_however_late(delay: int, ppm: float, start: int) -> None:
    line = Delay(delay, ppm)
    out = np.zeros(0)
    frames = 2 + (delay + int(abs(ppm) * 1e-6 * start)) // FRAME_SAMPLES + 2
    for number in range(frames):
        out = line.next(np.ones(FRAME_SAMPLES), start + number * FRAME_SAMPLES)
    np.testing.assert_allclose(out, 1.0, atol=1e-9)


@pytest.mark.parametrize("kind", ["white", "pink", "hum"])
def test_a_noise_has_its_level_and_its_colour(kind: Kind) -> None:
    loop = noise_loop(kind, -40.0)
    assert level_db(loop) == pytest.approx(-40.0, abs=0.01)
    power = np.square(np.abs(np.fft.rfft(loop)))
    hz = np.fft.rfftfreq(len(loop), 1 / SAMPLE_RATE_HZ)
    low, high = (power[(hz > a) & (hz < 2 * a)].sum() for a in (100, 3200))
    # One octave against another: 15 dB apart in white noise, equal in pink, all low in hum.
    expected = {"white": -15.05, "pink": 0.0}.get(kind)
    found = float(10 * np.log10(low / max(high, 1e-9)))
    assert found > 60 if expected is None else found == pytest.approx(expected, abs=1.0)


def test_a_recorded_noise_is_brought_to_a_level_and_zeros_stay_zeros() -> None:
    assert level_db(recorded_loop(white(5000), -33.0)) == pytest.approx(-33.0, abs=0.01)
    assert not recorded_loop(np.zeros(100, np.int16), -33.0).any()


@given(length=st.integers(1, 2000), start=st.integers(0, 10**9), count=st.integers(1, 1000))
def test_a_loop_has_no_seam_between_frames(length: int, start: int, count: int) -> None:
    loop = np.arange(length, dtype=float)
    assert looped(loop, start, count).tolist() == [(start + n) % length for n in range(count)]


def test_the_empty_room_is_faint_and_always_the_same() -> None:
    assert len(empty_room()) == LOOP_SAMPLES
    assert level_db(empty_room()) == pytest.approx(-70.3, abs=0.5)
    assert (empty_room() == empty_room()).all()


@pytest.mark.parametrize("pauses_s", [(), (3.0, 2.0), (20.0, 2.0)])
def test_the_level_of_speech_does_not_depend_on_its_pauses(pauses_s: tuple[float, ...]) -> None:
    bare = active_level_dbfs(spoken(2.0).samples.astype(float))
    assert active_level_dbfs(spoken(2.0, *pauses_s).samples.astype(float)) == pytest.approx(
        bare, abs=0.3
    )
