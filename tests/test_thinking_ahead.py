"""Waiting for the next move on the sample clock: what is said meanwhile, what comes too late."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from agent.interview.interviewer import Interviewer, RulesInterviewer
from agent.interview.ollama import OllamaInterviewer
from agent.interview.plan import make_plan
from agent.interview.thinking_ahead import ACKNOWLEDGE_S, DEADLINE_S, ThinkingAhead, listened
from agent.interview.trial import Trial
from agent.llm import LocalModel
from agent.session.turns import Move, Turn
from tests.fake_ollama import fake_ollama
from tests.interviewer_candidates import BRIEF
from tests.scripted_channel import ScriptedChannel
from voice.turns.talk import Said, StoppedBy

PLAN = make_plan(BRIEF, 20)
RULES = RulesInterviewer(BRIEF, PLAN)
FIRST = RULES.next_move((), 0.0)
STEP_S = 0.1
SPOKEN_S = 0.8
ANSWER = "so we moved the containers and it was much faster and we liked it and our boss too " * 2


class Slow(RulesInterviewer):
    """Rules that think until they are let go."""

    go: threading.Event
    given_up: list[tuple[Turn, ...]]

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        if turns:
            assert self.go.wait(20)
        return super().next_move(turns, now_s)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        self.given_up.append(turns)
        return super().next_move(turns, now_s)


@contextmanager
def slow() -> Iterator[Slow]:
    interviewer = Slow(BRIEF, PLAN)
    object.__setattr__(interviewer, "go", threading.Event())
    object.__setattr__(interviewer, "given_up", [])
    try:
        yield interviewer
    finally:
        interviewer.go.set()


class Realtime(ScriptedChannel):
    """A channel whose waits take session time, and end in what the script says."""

    realtime = True

    def __init__(self, *waits: StoppedBy, at: Callable[[float], None] = lambda _: None) -> None:
        super().__init__([])
        self.now_s = 30.0
        self.waited: list[float] = []
        self._ends = list(waits)
        self._at = at

    def wait(self, ready: Callable[[], bool], most_s: float) -> Said:
        start_s = self.now_s
        stopped = self._ends.pop(0) if self._ends else ""
        end_s = start_s + (0.0 if stopped else most_s)
        while not ready() and self.now_s < end_s - 1e-9:
            self.now_s += STEP_S
            self._at(self.now_s)
        self.waited.append(self.now_s - start_s)
        return Said(start_s, self.now_s, stopped_by=stopped)

    def acknowledge(self, move: Move) -> Said:
        said = self.say(move.spoken, True, move.speaker)
        self.now_s = said.start_s + SPOKEN_S
        return said


def until(there: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end_s = time.monotonic() + 20
    while not there():
        assert time.monotonic() < end_s
        time.sleep(0.002)


def turns_of(answer: str = ANSWER) -> tuple[Turn, ...]:
    return (Turn(FIRST, answer, 5.0, 29.0),)


def awaited(interviewer: Interviewer, channel: Realtime, may_go_on: bool = True) -> Move | None:
    with ThinkingAhead(interviewer, channel) as ahead:
        ahead.think(turns_of())
        return ahead.awaited(turns_of(), channel.acknowledge, may_go_on)


def test_a_move_that_is_there_is_taken_without_a_wait() -> None:
    channel = Realtime()
    with ThinkingAhead(RULES, channel) as ahead:
        ahead.think(turns_of())
        until(lambda: ahead.ready(turns_of()))
        assert ahead.awaited(turns_of(), channel.acknowledge, True) is not None
        assert channel.said == []
        assert ahead.awaited((), channel.acknowledge, True) == FIRST


def test_an_answer_acknowledged_in_its_silence_gets_no_second_word() -> None:
    channel = Realtime()
    with ThinkingAhead(RULES, channel) as ahead:
        move = ahead.next_move(turns_of())
        assert move.lead_in
        spoken = ahead.awaited(turns_of(), channel.acknowledge, True, acknowledged=True)
    assert channel.said == []
    assert spoken == replace(move, lead_in="")


def test_a_slow_move_is_acknowledged_first_and_then_comes_without_a_second_one() -> None:
    with slow() as interviewer:
        let_go_s = 30.0 + ACKNOWLEDGE_S + SPOKEN_S + 0.5

        def at(now_s: float) -> None:
            if now_s >= let_go_s:
                interviewer.go.set()
                until(lambda: ahead.ready(turns_of()))

        channel = Realtime(at=at)
        with ThinkingAhead(interviewer, channel) as ahead:
            ahead.think(turns_of())
            move = ahead.awaited(turns_of(), channel.acknowledge, True)
    by_rules = RULES.next_move(turns_of(), 30.0)
    assert move is not None
    assert (move.text, move.lead_in) == (by_rules.text, "")
    assert by_rules.lead_in
    assert [text for text, _ in channel.said] == [listened(turns_of())]
    assert channel.waited[0] == pytest.approx(ACKNOWLEDGE_S)
    assert channel.prepared[0] == listened(turns_of())
    assert interviewer.given_up == []
    assert move.text in channel.prepared


def test_at_the_deadline_the_rules_move_is_made_and_the_late_one_dropped() -> None:
    with slow() as interviewer:
        channel = Realtime()
        with ThinkingAhead(interviewer, channel) as ahead:
            ahead.think(turns_of())
            move = ahead.awaited(turns_of(), channel.acknowledge, True)
            assert channel.now_s - 30.0 == pytest.approx(DEADLINE_S, abs=STEP_S)
            assert interviewer.given_up == [turns_of()]
            late = ahead.next_move((), waits=True)
            interviewer.go.set()
            later = (*turns_of(), Turn(late, "two", 40.0, 50.0))
            assert ahead.next_move(later) == RULES.next_move(later, channel.now_s)
    assert move is not None
    assert move.text == RULES.next_move(turns_of(), 30.0).text
    assert [text for text, _ in channel.said] == [listened(turns_of())]


@pytest.mark.parametrize("waits", [("resumed_answer",), ("", "resumed_answer")])
def test_a_person_who_goes_on_is_heard_out(waits: tuple[StoppedBy, ...]) -> None:
    with slow() as interviewer:
        channel = Realtime(*waits)
        assert awaited(interviewer, channel) is None
        assert len(channel.said) == len(waits) - 1


def test_where_sample_time_runs_freely_the_interviewer_is_waited_for() -> None:
    with slow() as interviewer:
        channel = ScriptedChannel([])
        threading.Timer(0.05, interviewer.go.set).start()
        with ThinkingAhead(interviewer, channel) as ahead:
            move = ahead.awaited(turns_of(), lambda _: Said(0, 0), True)
        assert move == RULES.next_move(turns_of(), 0.0)
        assert channel.said == []
        assert interviewer.given_up == []


def test_a_pause_is_no_part_of_an_answer() -> None:
    channel = ScriptedChannel([])
    second = Move("question", "And then?", "", 1)
    with ThinkingAhead(RULES, channel) as ahead:
        ahead.think(())
        channel.paused_s = 20.0  # Before the first word of the first answer.
        ahead.think((Turn(FIRST, ANSWER, 45.0, 75.0),))
        channel.paused_s = 620.0  # In the midst of it, after it had halted.
        whole = Turn(FIRST, f"{ANSWER} {ANSWER}", 45.0, 705.0)
        channel.now_s = 706.0
        move = ahead.next_move((whole,))
        assert move == RULES.next_move((replace(whole, start_s=25.0, end_s=85.0),), 86.0)
        assert move.kind == "follow_up"
        later = (whole, Turn(second, ANSWER, 720.0, 760.0))
        ahead.think(later)
        unpaused = ahead.next_move(later)
    assert unpaused == RULES.next_move(
        (replace(whole, start_s=25.0, end_s=85.0), Turn(second, ANSWER, 100.0, 140.0)), 86.0
    )


def test_a_model_s_reply_to_a_dropped_thought_is_broken_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with fake_ollama() as fake:
        monkeypatch.setenv("OLLAMA_HOST", fake.url)
        model, passed = LocalModel("llama3.2:latest", 0), Trial(8, 8, 0.5)
        interviewer = OllamaInterviewer(model, BRIEF, PLAN, trial=lambda _: passed)
        assert interviewer.ready.wait(10)
        fake.mode = "endless"
        with ThinkingAhead(interviewer, Realtime()) as ahead:
            ahead.think(turns_of())
            ahead.think(())
            assert fake.hung_up.wait(10)
    assert not interviewer.notes[1:]
