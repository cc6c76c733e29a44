"""The simulated room: who speaks when, what echoes, what becomes of a microphone that vanishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cli.run import Manners
from agent.session.turns import Move, MoveKind
from tests.scripted import Replies
from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples
from voice.audio.port import Frame
from voice.errors import DeviceLostError
from voice.ports.room import REPLY_DELAY_S, Candidate, Entry, Room, RoomPort, Script
from voice.ports.room.port import BREAKS_OFF_S
from voice.ports.room.sound import Echo, EchoPath, Floats, Microphone, Span
from voice.turns.talk import Heard

FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ
STILL = Room(noise=())


def level(value: int, duration_s: float) -> Clip:
    """Return a clip of one value, to be found again in a mix."""
    return Clip(np.full(round(duration_s * SAMPLE_RATE_HZ), value, np.int16))


@dataclass(eq=False)
class Timeline:
    """Both tracks as a recorder would write them, and what was raised on the way."""

    mic: Samples
    speaker: Samples
    frames: list[Frame]
    lost_at_s: list[float]

    def starts_s(self, value: int) -> list[float]:
        """Return when the microphone begins to give a value."""
        there = np.concatenate(([False], self.mic == value))
        return [
            float(start) / SAMPLE_RATE_HZ
            for start in np.flatnonzero(np.diff(there.astype(int)) == 1)
        ]


def timeline(
    candidate: Candidate | Script,
    end_s: float,
    room: Room = STILL,
    act: Callable[[RoomPort, float], None] = lambda *_: None,
) -> Timeline:
    """Read a room until a session time; `act` is called before each read."""
    out = Timeline(np.zeros(0, np.int16), np.zeros(0, np.int16), [], [])
    mic: list[Samples] = []
    speaker: list[Samples] = []
    now_s = 0.0
    with RoomPort(candidate, room=room) as port:
        while now_s < end_s:
            act(port, now_s)
            try:
                frame = port.read()
            except DeviceLostError:
                out.lost_at_s.append(now_s)
                continue
            gap = np.zeros(frame.lost_samples, np.int16)
            mic += [gap, frame.mic]
            speaker += [gap, frame.speaker]
            out.frames.append(frame)
            now_s = frame.end_s
    out.mic, out.speaker = np.concatenate(mic), np.concatenate(speaker)
    return out


def asks(*turns: tuple[float, float]) -> Callable[[RoomPort, float], None]:
    """Return an interviewer who speaks at these times for so long."""
    left = list(turns)

    def act(port: RoomPort, now_s: float) -> None:
        if left and now_s >= left[0][0] - 1e-9:
            port.play(level(1000, left.pop(0)[1]))

    return act


def test_entries_are_said_at_their_moments() -> None:
    script = Script(
        [
            Entry(level(3, 0.2), "at", 0.25),
            Entry(level(4, 0.2), "after", 0.3),
            Entry(level(5, 0.2), "over", 0.7),
            Entry(level(6, 0.2), "after", 1.4),
        ]
    )
    heard = timeline(script, 14.0, act=asks((1.0, 2.0), (5.0, 2.0), (10.0, 2.0)))
    places = {value: heard.starts_s(value) for value in (3, 4, 5, 6)}
    expected = {3: 0.25, 4: 3.3, 5: 5.7, 6: 8.4}
    assert places == {value: [pytest.approx(at_s)] for value, at_s in expected.items()}


def test_whoever_interrupts_has_given_the_answer_of_this_turn() -> None:
    def stop_at_two(port: RoomPort, now_s: float) -> None:
        ask(port, now_s)
        if 2.0 <= now_s < 2.01:
            (rest,) = port.stop()
            assert rest.duration_s == pytest.approx(2.0)

    ask = asks((0.0, 4.0), (8.0, 1.0))
    entries = [Entry(level(5, 3.0), "over", 1.5), Entry(level(6, 0.2))]
    heard = timeline(Script(entries), 11.0, act=stop_at_two)
    assert (heard.starts_s(5), heard.starts_s(6)) == ([1.5], [10.0])
    assert not heard.speaker[2 * SAMPLE_RATE_HZ : 8 * SAMPLE_RATE_HZ].any()


def test_the_candidate_has_ended_once_asked_in_vain() -> None:
    def ended_s(candidate: Candidate | Script) -> float | None:
        ended: list[float] = []
        ask = asks((0.0, 1.0), (5.0, 1.0))

        def act(port: RoomPort, now_s: float) -> None:
            ask(port, now_s)
            if port.ended:
                ended.append(now_s)

        timeline(candidate, 9.0, act=act)
        return ended[0] if ended else None

    said = level(5, 1.0)
    for candidate in (Replies(said), Script([Entry(said)])):
        assert ended_s(candidate) == pytest.approx(7.0, abs=1.5 * FRAME_S)
    assert ended_s(Script([Entry(said, "at", 8.5)])) is None


def test_a_lost_microphone_is_told_once_a_second_and_leaves_its_gap() -> None:
    room = Room(noise=(), microphone=Microphone(lost=(Span(2.0, 3.5),)))
    script = Script([Entry(level(5, 8.0), "at", 1.0)])
    heard = timeline(script, 10.0, room)
    assert len(heard.lost_at_s) == 3
    assert [f.lost_samples for f in heard.frames if f.lost_samples] == [56_000]
    starts = [frame.start_sample for frame in heard.frames]
    ends = [0, *(start + FRAME_SAMPLES for start in starts[:-1])]
    gaps = [f.lost_samples for f in heard.frames]
    assert [start - end for start, end in zip(starts, ends, strict=True)] == gaps
    # The candidate went on speaking: what was said in the gap is lost, nothing is moved.
    assert heard.starts_s(5) == [1.0, 5.5]
    assert len(heard.mic) == heard.frames[-1].start_sample + FRAME_SAMPLES
    assert np.flatnonzero(heard.mic)[-1] == 9 * SAMPLE_RATE_HZ - 1


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0.001, 4)), max_size=4))
def test_the_timeline_holds_whatever_is_lost(spans: list[tuple[float, float]]) -> None:
    lost = tuple(Span(at_s, for_s) for at_s, for_s in spans)
    heard = timeline(Replies(), 9.0, Room(noise=(), microphone=Microphone(lost=lost)))
    assert len(heard.mic) == heard.frames[-1].start_sample + FRAME_SAMPLES
    for frame in heard.frames:
        assert not any(span.holds(frame.start_sample) for span in lost)


def test_an_acknowledgement_is_no_turn() -> None:
    speaks = asks((0.5, 1.0), (4.0, 0.5), (7.0, 1.0))

    def act(port: RoomPort, now_s: float) -> None:
        speaks(port, now_s)
        kind: MoveKind = "acknowledgement" if 3.0 < now_s < 6.0 else "question"
        Manners(port).on_move(Move(kind, "", ""))

    heard = timeline(Replies(level(7, 0.5), level(8, 0.5)), 11.0, act=act)
    assert heard.starts_s(7) == [pytest.approx(1.5 + REPLY_DELAY_S)]
    assert heard.starts_s(8) == [pytest.approx(8.0 + REPLY_DELAY_S)]


def test_who_is_cut_in_on_breaks_off_and_answers_what_is_asked_then() -> None:
    speaks, cuts = asks((0.5, 1.0), (6.0, 2.0)), [6.0]

    def act(port: RoomPort, now_s: float) -> None:
        speaks(port, now_s)
        if cuts and now_s >= cuts[0] - 1e-9:
            cuts.pop()
            Manners(port).on_heard(Heard((), 2.5, 6.0, "cut_in"))

    heard = timeline(Replies(level(7, 20.0), level(8, 0.5)), 11.0, act=act)
    said = np.flatnonzero(heard.mic == 7) / SAMPLE_RATE_HZ
    assert said[-1] == pytest.approx(6.0 + BREAKS_OFF_S, abs=2 * FRAME_S)
    assert heard.starts_s(8) == [pytest.approx(8.0 + REPLY_DELAY_S)]


def echo_of(path: EchoPath, speaker: Samples) -> Floats:
    """Return the echo of whole frames."""
    echo = Echo(path)
    starts = range(0, len(speaker), FRAME_SAMPLES)
    return np.concatenate([echo.next(speaker[s : s + FRAME_SAMPLES], s) for s in starts])


@settings(max_examples=30)
@given(
    length=st.integers(1, 2500), delay=st.integers(0, 5000), db=st.sampled_from([0.0, -20.0, -34.5])
)
def test_an_echo_is_the_convolution_at_its_delay_and_level(
    length: int, delay: int, db: float
) -> None:
    random = np.random.default_rng(length)
    response, speaker = random.normal(size=length), random.normal(0, 3000, 30 * FRAME_SAMPLES)
    delay_ms = delay * 1000 / SAMPLE_RATE_HZ
    path = EchoPath(impulse_response=response, delay_ms=delay_ms, level_db=db)
    echo = echo_of(path, speaker.astype(np.int16))
    scaled = response * 10 ** (db / 20) / np.sqrt(np.sum(response**2))
    wet = np.concatenate((np.zeros(delay), np.convolve(speaker.astype(np.int16), scaled)))
    np.testing.assert_allclose(echo, wet[: len(echo)], atol=1e-6)


@pytest.mark.parametrize(("ppm", "after_s"), [(0, 10), (100, 40), (500, 15), (-100, 30)])
def test_drift_moves_the_echo_by_its_samples(ppm: float, after_s: int) -> None:
    pulse = 20_000 * np.exp(-0.5 * np.square((np.arange(320) - 100) / 8.0))
    speaker = np.zeros((after_s + 1) * SAMPLE_RATE_HZ, np.int16)
    speaker[after_s * SAMPLE_RATE_HZ :][:320] = pulse
    echo = echo_of(EchoPath(delay_ms=40, drift_ppm=ppm), speaker)
    middle = float(np.average(np.arange(len(echo)), weights=echo)) - after_s * SAMPLE_RATE_HZ
    drifted = ppm * 1e-6 * (after_s * SAMPLE_RATE_HZ + 740)
    assert middle == pytest.approx(740 + drifted, abs=0.1)
