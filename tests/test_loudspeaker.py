"""What a stopped loudspeaker gives back: every sample is heard or returned, none both."""

from __future__ import annotations

import threading
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples
from voice.device.choice import DeviceInfo
from voice.device.output import LoudspeakerStream

BLOCK = 320


class HandCranked:
    """A loudspeaker that asks for a block whenever `turn` is called; stands for sounddevice."""

    PortAudioError = RuntimeError
    latency = 0.06

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self._wanted: Any = None

    def check_output_settings(self, **_: object) -> None:
        """Agree to everything."""

    def RawOutputStream(self, **settings: Any) -> HandCranked:
        """Return the one stream."""
        self._wanted = settings["callback"]
        return self

    def start(self) -> None:
        """Begin nothing: blocks are asked for by `turn`."""

    def turn(self) -> None:
        """Ask for one block."""
        block = bytearray(2 * BLOCK)
        status = SimpleNamespace(output_underflow=False)
        self._wanted(memoryview(block), BLOCK, None, status)
        self.heard.append(np.frombuffer(block, np.int16))


def cranked() -> tuple[HandCranked, LoudspeakerStream]:
    crank = HandCranked()
    plain = DeviceInfo(0, "speaker", 0, 1, SAMPLE_RATE_HZ, "ALSA", False, True)
    return crank, LoudspeakerStream(crank, plain, lambda: 0)


def ramps(lengths: list[int]) -> list[Clip]:
    """Return clips whose samples count on and on, never zero and never the same twice."""
    ends = np.cumsum([0, *lengths])
    return [Clip(np.arange(a + 1, b + 1).astype(np.int16)) for a, b in pairwise(ends)]


@given(
    st.lists(st.integers(0, 1500), min_size=1, max_size=6),
    st.integers(0, 30),
)
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


def test_stop_in_the_middle_of_a_callback_loses_and_doubles_nothing() -> None:
    clip = Clip(np.arange(1, 32_001, dtype=np.int16))
    for _ in range(20):
        crank, speaker = cranked()
        speaker.cue(clip)
        enough = threading.Event()

        def ask(crank: HandCranked = crank, enough: threading.Event = enough) -> None:
            while len(crank.heard) < 100:
                crank.turn()
                if len(crank.heard) > 20:
                    enough.set()

        thread = threading.Thread(target=ask)
        thread.start()
        enough.wait()
        rest = [part.samples for part in speaker.drop()]
        thread.join()
        heard = np.concatenate(crank.heard)
        returned = len(rest[0]) if rest else 0
        kept = heard[: len(clip.samples) - returned]
        assert np.array_equal(kept, clip.samples[: len(kept)])
        assert not heard[len(kept) + BLOCK :].any()
