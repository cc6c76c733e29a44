"""The browser's port: both sides aligned, what was played known, what is missing told."""

from collections.abc import Iterator

import numpy as np
import pytest

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples
from voice.audio.port import Frame, Port
from voice.errors import DeviceError
from voice.ports.browser import OUT_HEADER, BrowserPort
from voice.ports.browser_sound import HEADER, Sound

RATE_HZ = 48_000
CHUNK = RATE_HZ // 50
DELAY_S = 0.05
NOISE = (np.random.default_rng(7).normal(0, 3000, SAMPLE_RATE_HZ)).astype(np.int16)


class Page:
    """A page as the worklet makes it: plays its queue, and hears it again DELAY_S later."""

    def __init__(self, port: BrowserPort) -> None:
        self.port = port
        self.clips = np.zeros(0, np.int16)
        self.queue = self.played = self.position = 0
        self.wall_s = 1000.0
        self.air = np.zeros(round(DELAY_S * RATE_HZ), np.int16)

    def connect(self) -> None:
        self.port.connect(self.send, Sound(RATE_HZ, DELAY_S, "a microphone"))

    def send(self, message: bytes) -> None:
        (queue,) = OUT_HEADER.unpack_from(message)
        if queue != self.queue:
            self.port.take(HEADER.pack(self.position, 0.0, self.queue, self.played))
            self.queue, self.played, self.clips = queue, 0, np.zeros(0, np.int16)
        self.clips = np.concatenate((self.clips, np.frombuffer(message, np.int16, offset=4)))

    def pass_chunks(self, count: int) -> None:
        for _ in range(count):
            out, self.clips = self.clips[:CHUNK], self.clips[CHUNK:]
            self.played += len(out)
            out = np.pad(out, (0, CHUNK - len(out)))
            self.air = np.concatenate((self.air, out))
            mic, self.air = self.air[:CHUNK], self.air[CHUNK:]
            self.wall_s += 0.02
            body = np.stack((mic, out), axis=1).astype("<i2").tobytes()
            head = HEADER.pack(self.position, 1000 * self.wall_s, self.queue, self.played)
            self.position += CHUNK
            self.port.take(head + body)


@pytest.fixture
def page() -> Iterator[Page]:
    port = BrowserPort()
    page = Page(port)
    page.connect()
    page.pass_chunks(1)
    with port:
        yield page


def frames(page: Page, chunks: int) -> list[Frame]:
    page.pass_chunks(chunks)
    return [page.port.read() for _ in range(chunks - 2)]  # the resampler keeps some back


def side(taken: list[Frame], name: str) -> Samples:
    return np.concatenate([getattr(frame, name) for frame in taken])


def test_it_is_a_port() -> None:
    port: Port = BrowserPort()
    assert port.realtime
    assert not port.ended
    assert port.stop() == ()


def test_what_was_played_stands_where_the_microphone_heard_it(page: Page) -> None:
    page.port.play(Clip(NOISE))
    assert page.port.playing
    taken = frames(page, 70)
    mic, out = side(taken, "mic"), side(taken, "speaker")
    assert np.abs(mic.astype(int) - out).max() <= 2  # filters round
    assert np.abs(out).max() > 5000
    assert not page.port.playing
    starts = [frame.start_sample for frame in taken]
    assert starts == list(range(0, len(taken) * FRAME_SAMPLES, FRAME_SAMPLES))


def test_what_was_not_played_comes_back_and_can_be_played_again(page: Page) -> None:
    page.port.play(Clip(NOISE))
    page.port.play(Clip(NOISE[:8000]))
    frames(page, 20)
    left = page.port.stop()
    assert sum(clip.duration_s for clip in left) == pytest.approx(1.5 - 0.4, abs=1e-3)
    assert not len(page.clips)
    for clip in left:
        page.port.play(clip)
    assert len(page.clips) / RATE_HZ == pytest.approx(1.1, abs=1e-3)


def test_a_page_that_comes_back_plays_the_rest(page: Page) -> None:
    page.port.play(Clip(NOISE))
    frames(page, 20)
    page.port.disconnect()
    again = Page(page.port)
    again.connect()
    assert len(again.clips) / RATE_HZ == pytest.approx(0.6, abs=1e-3)
    assert page.port.playing


@pytest.mark.parametrize("by_clock", [True, False], ids=["counted", "told by the wall clock"])
def test_lost_sound_is_told_and_not_glued(page: Page, by_clock: bool) -> None:
    before = frames(page, 30)
    page.wall_s += 2.0
    page.position += 2 * RATE_HZ if by_clock else 0
    page.pass_chunks(60)
    after = [page.port.read() for _ in range(55)]
    lost = sum(frame.lost_samples for frame in after)
    assert lost / SAMPLE_RATE_HZ == pytest.approx(2.0, abs=0.03)
    end_s = before[-1].end_s + 55 * 0.02 + 2.0
    assert after[-1].end_s == pytest.approx(end_s, abs=0.03)


def test_late_chunks_are_not_lost_ones(page: Page) -> None:
    frames(page, 30)
    for _ in range(10):
        page.wall_s += 0.1
        page.pass_chunks(1)
        page.wall_s -= 0.1
        page.pass_chunks(9)
    assert not sum(page.port.read().lost_samples for _ in range(95))


def test_while_the_page_waits_for_the_person_time_passes_in_silence(page: Page) -> None:
    frames(page, 5)
    page.port.disconnect()
    page.port.rest()
    taken = [page.port.read() for _ in range(10)]
    assert not side(taken, "mic").any()


def test_a_server_that_stops_ends_the_session(page: Page) -> None:
    page.port.close()
    with pytest.raises(DeviceError):
        for _ in range(5):
            page.port.read()


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"x",
        b"x" * 25,
        bytes(2_000_000),
        HEADER.pack(float("nan"), 0, 1, 1) + bytes(4),
    ],
)
def test_what_is_no_chunk_is_passed_over(page: Page, message: bytes) -> None:
    page.port.take(message)
    frames(page, 10)
