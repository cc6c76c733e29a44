"""The parts of the device port: choice of a device, frames, what is handed out, the timeline."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples
from voice.errors import DeviceError
from voice.ports.device.loudspeaker import (
    DRIFT_LIMIT_S,
    HandedOut,
    LoudspeakerStream,
    SpeakerTimeline,
)
from voice.ports.device.microphone import FrameCutter, MicrophoneStream
from voice.ports.device.portaudio import DeviceInfo, choose_device, fallbacks

BLOCK = 320


def device(
    index: int, name: str, host: str = "ALSA", channels: tuple[int, int] = (1, 2)
) -> DeviceInfo:
    return DeviceInfo(index, name, *channels, 48_000, host, index == 0, index == 0)


DEVICES = (
    device(0, "Built-in Audio"),
    device(1, "USB Headset"),
    device(2, "USB Headset Pro"),
    device(3, "Webcam", channels=(1, 0)),
    device(4, "HDMI 2", channels=(0, 2)),
    device(5, "USB Headset", host="JACK"),
)


@pytest.mark.parametrize(
    ("wanted", "index"), [(None, 0), ("", 0), ("3", 3), ("usb headset", 1), ("  HEADSET PRO ", 2)]
)
def test_a_microphone_by_name_part_or_index(wanted: str | None, index: int) -> None:
    assert choose_device(DEVICES, wanted, "microphone").index == index


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Kopfho\u0308rer", "Kopfh\u00f6rer"),
        ("E\u0301cran d\u2019Yves", "\u00c9CRAN D'YVES"),
    ],
)
def test_a_name_is_found_however_its_letters_are_written(name: str, wanted: str) -> None:
    devices = (device(0, "Built-in Audio"), device(1, name))
    assert choose_device(devices, wanted, "microphone").index == 1


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("headset", "several microphones match"),
        ("hdmi", "no microphone matches"),
        ("9", "no micro"),
    ],
)
def test_none_or_several_list_the_candidates(wanted: str, told: str) -> None:
    with pytest.raises(DeviceError, match=told) as raised:
        choose_device(DEVICES, wanted, "microphone")
    assert "USB Headset Pro" in str(raised.value)
    assert "`rehearse devices`" in str(raised.value)
    assert "HDMI" not in str(raised.value)


@pytest.mark.parametrize(
    ("mic", "speaker", "tried"),
    [
        (None, None, []),
        ("webcam", None, [(None, None)]),
        ("gone", "hdmi", [(None, "hdmi"), (None, None)]),
        ("webcam", "gone", [("webcam", None), (None, None)]),
        ("gone", "gone too", [(None, None)]),
    ],
)
def test_the_default_device_takes_the_place_of_what_is_gone(
    mic: str | None, speaker: str | None, tried: list[tuple[str | None, str | None]]
) -> None:
    found = fallbacks(DEVICES, {"microphone": mic, "loudspeaker": speaker})
    assert [(each["microphone"], each["loudspeaker"]) for each in found] == tried


Step = tuple[str, int]
steps = st.lists(st.tuples(st.sampled_from(["add", "lose"]), st.integers(0, 1000)), max_size=40)


@given(steps)
def test_every_sample_keeps_its_time(given_steps: list[Step]) -> None:
    cutter = FrameCutter()
    at = 0
    truth: dict[int, int] = {}
    for what, count in given_steps:
        if what == "lose":
            cutter.lose(count)
        else:
            values = np.arange(at, at + count) % 30_000 + 1
            truth.update(enumerate(values.tolist(), start=at))
            cutter.add(values.astype(np.int16))
        at += count
        assert cutter.end_sample == at
    end = 0
    while (frame := cutter.next()) is not None:
        start, samples, lost = frame
        assert start == end + lost
        assert len(samples) == FRAME_SAMPLES
        for offset, value in enumerate(samples.tolist()):
            assert value == truth.pop(start + offset, 0)
        end = start + FRAME_SAMPLES
    # What is left is less than a frame, behind the last one.
    assert len(truth) < FRAME_SAMPLES
    assert all(sample >= end for sample in truth)


def sine(count: int) -> Samples:
    at_s = np.arange(count) / SAMPLE_RATE_HZ
    return (8000 * np.sin(2 * np.pi * 300 * at_s) + 1).astype(np.int16)


def parts(clip: Samples, anchor: int, ppm: float, jitter: list[int]) -> list[HandedOut]:
    """Return a clip handed out in blocks by a device whose clock is slower by `ppm`."""
    starts = range(0, len(clip), BLOCK)
    return [
        HandedOut(
            clip,
            start,
            min(start + BLOCK, len(clip)),
            anchor + round(start * (1 + ppm / 1e6)) + jitter[number % len(jitter)],
        )
        for number, start in enumerate(starts)
    ]


@settings(max_examples=30)
@given(st.floats(-8000, 8000), st.lists(st.integers(-200, 200), min_size=5, max_size=30))
def test_a_drifting_clip_stays_near_its_sound(ppm: float, jitter: list[int]) -> None:
    clip = sine(20 * SAMPLE_RATE_HZ)
    timeline = SpeakerTimeline()
    track = []
    for part in parts(clip, 1600, ppm, jitter):
        timeline.place(part)
        # The reader is always a little behind what sounds.
        upto = max(0, part.at_sample - 1600) // FRAME_SAMPLES * FRAME_SAMPLES
        for at in range(sum(map(len, track)), upto, FRAME_SAMPLES):
            track.append(timeline.take(at, FRAME_SAMPLES))
        # The median of half a second of jitter may move the clip by 200 samples too far; another
        # half second passes before that is seen, in which the clock drifts on.
        error = timeline.end_sample - (part.at_sample + part.end - part.start)
        assert abs(error) < DRIFT_LIMIT_S * SAMPLE_RATE_HZ + 1000


class HandCranked:
    """A device that moves a block whenever `turn` is called; stands for sounddevice.

    It opens with these channels and at this rate only, where they are given.
    """

    PortAudioError = RuntimeError
    latency = 0.06

    def __init__(self, only: tuple[int, int] | None = None) -> None:
        self.heard: list[Samples] = []
        self._only = only
        self._callback: Any = None

    def check_output_settings(self, *, channels: int, samplerate: int, **_: object) -> None:
        """Agree to what fits."""
        if self._only not in (None, (channels, samplerate)):
            raise ValueError("invalid sample rate or number of channels")

    check_input_settings = check_output_settings

    def RawOutputStream(self, **settings: Any) -> HandCranked:
        """Return the one stream."""
        self._callback = settings["callback"]
        return self

    RawInputStream = RawOutputStream

    def start(self) -> None:
        """Begin nothing: blocks move with `turn` and `give`."""

    def turn(self) -> None:
        """Ask for one block."""
        block = bytearray(2 * BLOCK)
        status = SimpleNamespace(output_underflow=False)
        self._callback(memoryview(block), BLOCK, None, status)
        self.heard.append(np.frombuffer(block, np.int16))

    def give(self, block: Samples) -> None:
        """Give one block of a microphone, shape (n, channels)."""
        when, status = SimpleNamespace(inputBufferAdcTime=0.0), SimpleNamespace(input_overflow=0)
        self._callback(block.tobytes(), len(block), when, status)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2, 8, 18])
def test_a_microphone_opens_with_the_channels_and_the_rate_that_it_has(
    rate_hz: int, channels: int
) -> None:
    crank = HandCranked((channels, rate_hz))
    plain = DeviceInfo(0, "desk", channels, 0, 44_100, "ALSA", True, False)
    mic = MicrophoneStream(crank, plain)
    at_s = np.arange(rate_hz) / rate_hz
    sound = np.zeros((rate_hz, channels), np.int16)
    # Somebody speaks into the last but one of the inputs.
    sound[:, max(0, channels - 2)] = 8000 * np.sin(2 * np.pi * 440 * at_s)
    heard = []
    for block in np.array_split(sound, 50):
        crank.give(block)
        taken = mic.take()
        assert taken is not None
        assert taken[0] == 0
        heard.append(taken[1])
    whole = np.concatenate(heard)
    assert len(whole) == pytest.approx(SAMPLE_RATE_HZ, abs=1500)
    assert np.abs(whole).max() == pytest.approx(4000 if channels == 2 else 8000, rel=0.1)
    spectrum = np.abs(np.fft.rfft(whole))
    assert np.argmax(spectrum) * SAMPLE_RATE_HZ / len(whole) == pytest.approx(440, abs=2)


def cranked() -> tuple[HandCranked, LoudspeakerStream]:
    crank = HandCranked()
    plain = DeviceInfo(0, "speaker", 0, 1, SAMPLE_RATE_HZ, "ALSA", False, True)
    return crank, LoudspeakerStream(crank, plain, lambda: 0)


def ramps(lengths: list[int]) -> list[Clip]:
    """Return clips whose samples count on and on, never zero and never the same twice."""
    ends = np.cumsum([0, *lengths])
    return [Clip(np.arange(a + 1, b + 1).astype(np.int16)) for a, b in pairwise(ends)]


@given(st.lists(st.integers(0, 1500), min_size=1, max_size=6), st.integers(0, 30))
def test_what_was_heard_and_what_stop_returns_is_the_whole(lengths: list[int], turns: int) -> None:
    crank, speaker = cranked()
    clips = ramps(lengths)
    for clip in clips:
        speaker.cue(clip)
    for _ in range(turns):
        crank.turn()
    before = np.concatenate([np.zeros(0, np.int16), *crank.heard])
    rest = [part.samples for part in speaker.drop()]
    for _ in range(3):
        crank.turn()
    after = np.concatenate(crank.heard[turns:])
    whole = np.concatenate([clip.samples for clip in clips])
    returned = np.concatenate([np.zeros(0, np.int16), *rest])
    # The end of a piece that was begun is still heard, and a fading block of what is returned.
    begun = len(whole) - len(returned) - np.count_nonzero(before)
    assert 0 <= begun < BLOCK
    assert np.array_equal(before[before > 0], whole[: np.count_nonzero(before)])
    assert np.array_equal(after[:begun], whole[np.count_nonzero(before) :][:begun])
    assert np.array_equal(returned, whole[len(whole) - len(returned) :])
    assert np.all(after[begun : begun + BLOCK] <= np.pad(returned, (0, BLOCK))[:BLOCK])
    assert not after[begun + BLOCK :].any()
    assert not speaker.waiting
