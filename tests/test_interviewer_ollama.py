"""Rules with a local model's wording: what passes, what does not, and falling back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from agent.errors import InterviewerError
from agent.interviewer.choice import choose_mind
from agent.interviewer.mind import RulesMind
from agent.interviewer.ollama_mind import OllamaMind
from agent.interviewer.plan import make_plan
from agent.turns import Move, Turn
from tests.fake_ollama import FakeOllama, fake_ollama
from tests.interviewer_candidates import BRIEF, CANDIDATES, hold

PLAN = make_plan(BRIEF, 20, only=(2, 1, 5, 7))
ANSWER = "so we moved the containers and it was much faster and we liked it and our boss too " * 2


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOllama]:
    with fake_ollama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def mind_of(deadline_s: float = 3.0) -> OllamaMind:
    mind = OllamaMind("llama3.2", BRIEF, PLAN, deadline_s)
    assert mind.wait_until_loaded(10)
    return mind


def follow_up(mind: OllamaMind, answer: str = ANSWER) -> tuple[Move, Move]:
    """Return the follow-up of the model's mind and that of the rules."""
    rules = RulesMind(BRIEF, PLAN)
    question = rules.next_move((), 20)
    turns = (Turn(question, answer, 25, 60),)
    return mind.next_move(turns, 61), rules.next_move(turns, 61)


class TestWording:
    def test_the_models_words_are_spoken(self, fake: FakeOllama) -> None:
        fake.question = 'You said "much faster". How much time did it save?'
        move, by_rules = follow_up(mind_of())
        assert move.text == fake.question
        assert (move.kind, move.probe, move.lead_in) == (
            by_rules.kind, by_rules.probe, by_rules.lead_in
        )  # fmt: skip
        assert move.reason == f"{by_rules.reason}; worded by llama3.2"

    def test_the_talking_points_are_not_shown_to_the_model(self, fake: FakeOllama) -> None:
        follow_up(mind_of())
        sent = json.dumps(fake.requests)
        assert "much faster" in sent
        assert not any(name in sent for name in ("Maersk", "PortMind", "Okafor", "475", "93"))

    @pytest.mark.usefixtures("fake")
    def test_questions_and_the_opening_are_the_rules_own(self) -> None:
        mind, rules = mind_of(), RulesMind(BRIEF, PLAN)
        assert mind.opening() == rules.opening()
        assert mind.next_move((), 20) == rules.next_move((), 20)

    @pytest.mark.parametrize(
        ("wording", "problem"),
        [
            ("Was that with PortMind at Maersk?", "gives away"),
            ("Was it 475 containers?", "gives away"),
            ("What happened? And then?", "one question"),
            ("**What** happened?", "markup"),
            ("(leans in) What happened?", "markup"),
            ("Great answer! What happened?", "judges"),
            ("what " * 36 + "?", "35 words"),
            (BRIEF.questions[5].text, "asked before"),
            ('You said "we sank it". Why?', "not said"),
            ("", "empty"),
        ],
    )
    def test_a_wording_that_must_not_be_spoken(
        self, fake: FakeOllama, wording: str, problem: str
    ) -> None:
        fake.question = wording
        mind = mind_of()
        move, by_rules = follow_up(mind)
        assert move.text == by_rules.text
        assert problem in move.reason
        assert len(mind.notes) == 1


class TestFailing:
    @pytest.mark.parametrize("mode", ["rubbish", "dropped", "error", "slow", "trickle"])
    def test_the_rules_take_over_with_one_line(self, fake: FakeOllama, mode: str) -> None:
        mind = mind_of(deadline_s=0.5)
        fake.mode = mode
        move, by_rules = follow_up(mind)
        assert move.text == by_rules.text
        assert len(mind.notes) == 1
        assert mind.notes[0].endswith("the rules worded this follow-up")
        assert "\n" not in mind.notes[0]

    def test_after_two_failures_it_is_not_asked_again(self, fake: FakeOllama) -> None:
        mind = mind_of()
        fake.mode = "dropped"
        for _ in range(4):
            follow_up(mind)
        assert len(fake.requests) == 1 + 2
        assert mind.notes[-1].endswith("from here on the rules word the follow-ups")
        assert len(mind.notes) == 2

    def test_a_success_forgives_a_failure(self, fake: FakeOllama) -> None:
        mind = mind_of()
        for mode in ("dropped", "good", "dropped", "good"):
            fake.mode = mode
            follow_up(mind)
        assert follow_up(mind)[0].text == fake.question
        assert len(mind.notes) == 1

    def test_a_model_that_is_still_loading_is_not_waited_for(self, fake: FakeOllama) -> None:
        fake.mode = "slow"
        mind = OllamaMind("llama3.2", BRIEF, PLAN)
        move, by_rules = follow_up(mind)
        assert move.text == by_rules.text
        assert "still loading" in move.reason
        assert mind.notes == ()

    @pytest.mark.parametrize("name", ["brief", "injector", "all we", "one word"])
    @pytest.mark.usefixtures("fake")
    def test_whole_interviews_with_a_model_that_repeats_itself(self, name: str) -> None:
        held = hold(mind_of(), CANDIDATES[name])
        texts = [turn.move.text for turn in held.turns if turn.move.kind != "repeat"]
        assert len(texts) == len(set(texts))
        assert held.end_s <= 20 * 60 * 1.05


class TestChoice:
    @pytest.mark.parametrize("spec", [None, "auto"])
    @pytest.mark.usefixtures("fake")
    def test_a_model_is_used_where_there_is_one(self, spec: str | None) -> None:
        mind, note = choose_mind(spec, BRIEF, PLAN)
        assert mind.name == "ollama:llama3.2:latest"
        assert note == "llama3.2:latest words the follow-ups here."

    def test_rules_where_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
        mind, note = choose_mind(None, BRIEF, PLAN)
        assert mind.name == "rules"
        assert "ollama pull llama3.2" in note

    def test_rules_where_the_server_has_no_model(self, fake: FakeOllama) -> None:
        fake.models = ()
        assert choose_mind("auto", BRIEF, PLAN)[0].name == "rules"

    def test_rules_where_the_server_is_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OLLAMA_HOST", "http://192.0.2.1:11434")
        mind, note = choose_mind("auto", BRIEF, PLAN)
        assert mind.name == "rules"
        assert "not on this machine" in note

    def test_rules_when_asked_for(self, fake: FakeOllama) -> None:
        assert choose_mind("rules", BRIEF, PLAN)[0].name == "rules"
        assert fake.requests == []

    @pytest.mark.usefixtures("fake")
    def test_insisting_on_a_model_that_is_there(self) -> None:
        assert choose_mind("ollama:llama3.2", BRIEF, PLAN)[0].name == "ollama:llama3.2"
        assert choose_mind("ollama", BRIEF, PLAN)[0].name == "ollama:llama3.2:latest"

    @pytest.mark.usefixtures("fake")
    def test_insisting_on_one_that_is_not(self) -> None:
        with pytest.raises(InterviewerError, match="ollama pull qwen3") as caught:
            choose_mind("ollama:qwen3", BRIEF, PLAN)
        assert "llama3.2:latest" in str(caught.value)

    def test_insisting_without_a_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
        with pytest.raises(InterviewerError, match="ollama serve"):
            choose_mind("ollama:llama3.2", BRIEF, PLAN)

    @pytest.mark.parametrize("spec", ["gpt", "rules:x", "auto:x"])
    def test_an_interviewer_that_does_not_exist(self, spec: str) -> None:
        with pytest.raises(InterviewerError, match="use rules, auto, or ollama:MODEL"):
            choose_mind(spec, BRIEF, PLAN)

    def test_the_smallest_model_that_is_large_enough(self, fake: FakeOllama) -> None:
        fake.models = ("llama3.1:8b", "gemma3:4b")
        assert choose_mind("auto", BRIEF, PLAN)[0].name == "ollama:gemma3:4b"
