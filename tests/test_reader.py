"""A local model that reads the answers: what it is asked, what it leaves out, and falling back."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent import llm
from agent.brief import Brief, Question
from agent.errors import InterviewerError
from agent.interview.interviewer import RulesInterviewer, choose_interviewer
from agent.interview.ollama import OllamaInterviewer
from agent.interview.plan import make_plan
from agent.interview.reader import beginning, words_that_tell
from agent.interview.trial import CASES, Trial, trial_of, tried
from agent.llm import LocalModel
from agent.session.turns import Turn
from tests.fake_ollama import FakeOllama, Mode, fake_ollama
from tests.interviewer_candidates import hold
from tests.real_model import MODEL, replayed

PROBES = ("What would the night shift say?", "Who paid for it?")
BRIEF = Brief(
    questions=(
        Question(area="behavioral", text="Tell me about a late ship.", probes=PROBES),
        Question(area="behavioral", text="Tell me about a crane that broke."),
    )
)
PLAN = make_plan(BRIEF, 20)
RULES = RulesInterviewer(BRIEF, PLAN)
ANSWER = "so a ship was late and we moved the containers and the port paid for all of it in the end"
QUOTE = '"The port paid for all"'


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeOllama]:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    with fake_ollama(words=finds()) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def finds(**quotes: str) -> Callable[[dict[str, Any]], str]:
    """Return a model that quotes where the follow-up has a word, and replies NONE elsewhere."""

    def words(asked: dict[str, Any]) -> str:
        follow_up = asked["messages"][-1]["content"].rpartition("Follow-up: ")[2]
        return next((quote for word, quote in quotes.items() if word in follow_up), "NONE")

    return words


def right(asked: dict[str, Any]) -> str:
    """Return what a model replies that passes the trial."""
    content = asked["messages"][-1]["content"]
    told = {text: " ".join(a.split()[:3]) for _, a, both in CASES for text, told in both if told}
    return told.get(content.rpartition("Follow-up: ")[2], "NONE")


def reading(trial: Trial | None = None, deadline_s: float = 10.0) -> OllamaInterviewer:
    """Return an interviewer whose model passed its trial and is loaded."""
    model, outcome = LocalModel("llama3.2:latest", 2_000_000_000), trial or Trial(8, 8, 0.5)
    interviewer = OllamaInterviewer(model, BRIEF, PLAN, deadline_s, lambda _: outcome)
    assert interviewer.ready.wait(10)
    return interviewer


def answered(answer: str = ANSWER, ended_by: str = "silence") -> tuple[Turn, ...]:
    return (Turn(RULES.next_move((), 20), answer, 25, 60, ended_by),)


def asked_of(fake: FakeOllama) -> list[dict[str, Any]]:
    """Return what the model was asked; reading ahead is none."""
    return [sent for sent in fake.requests if sent["options"]["num_predict"] > 1]


class TestReading:
    def test_what_was_told_is_left_out_and_the_next_is_asked(self, fake: FakeOllama) -> None:
        interviewer, first = reading(), RULES.next_move(answered(), 61)
        other = next(text for text in PROBES if text != first.text)
        fake.words = finds(**{first.text: QUOTE})
        move = interviewer.next_move(answered(), 61)
        assert (first.kind, move.kind, move.text) == ("follow_up", "follow_up", other)
        assert f'"{first.text}" was told already (llama3.2:latest): ' in move.reason
        fake.words = finds(**dict.fromkeys(PROBES, QUOTE))
        assert interviewer.next_move(answered(), 61).text not in PROBES

    @pytest.mark.parametrize("reply", ["NONE", '"the owner paid for all"', "It was told.", "paid"])
    def test_only_words_of_the_answer_leave_one_out(self, fake: FakeOllama, reply: str) -> None:
        fake.words = lambda _: reply
        move, by_rules = reading().next_move(answered(), 61), RULES.next_move(answered(), 61)
        assert move.text == by_rules.text
        assert move.reason == f"{by_rules.reason}; not told yet, by llama3.2:latest"

    def test_a_quote_is_found_whatever_stands_around_it(self) -> None:
        for reply in ("The port  paid.", "“the port paid”", "...the port paid for ALL of it"):
            assert words_that_tell(reply, ANSWER)
        assert not words_that_tell("", ANSWER)

    def test_what_is_asked_is_read_while_the_person_speaks(self, fake: FakeOllama) -> None:
        interviewer = reading()
        move = interviewer.next_move((), 20)
        assert len(fake.requests) == 1  # the beginning of every chat
        interviewer.chosen(move)
        while len(fake.requests) < 2:
            time.sleep(0.01)
        read = fake.requests[1]
        assert read["options"]["num_predict"] == 1
        ahead = read["messages"][-1]["content"]
        interviewer.next_move(answered(), 61)
        (sent,) = asked_of(fake)
        assert sent["messages"][:-1] == beginning()
        assert sent["messages"][-1]["content"].startswith(ahead) and move.text in ahead

    @pytest.mark.parametrize(
        ("answer", "ended_by"),
        [("", "no_speech"), ("I don't know", "silence"), (ANSWER, "finish"), ("", "skip"),
         ("what do you mean by that", "silence"), ("could you repeat that", "repeat")],
    )  # fmt: skip
    def test_no_model_is_asked_where_no_follow_up_is(
        self, fake: FakeOllama, answer: str, ended_by: str
    ) -> None:
        interviewer, turns = reading(), answered(answer, ended_by)
        assert interviewer.next_move(turns, 61) == RULES.next_move(turns, 61)
        assert interviewer.opening() == RULES.opening()
        assert not asked_of(fake)

    def test_the_session_counts_what_was_read(self, fake: FakeOllama) -> None:
        fake.words = finds(**{"night shift": QUOTE})
        interviewer = reading()
        held = hold(interviewer, lambda *_: (ANSWER, "silence"))
        every = len(held.follow_ups)
        told = f"read along: {every} of {every} follow-ups checked, 1 left out"
        assert interviewer.engine == f"rules; llama3.2:latest {told}"
        assert "What would the night shift say?" not in json.dumps(
            [turn.move.text for turn in held.turns]
        )


class TestFailing:
    @pytest.mark.parametrize("mode", ["empty", "endless", "dropped", "error", "dies", "thinks"])
    def test_the_rules_follow_up_is_asked(self, fake: FakeOllama, mode: Mode) -> None:
        interviewer, by_rules = reading(deadline_s=0.5), RULES.next_move(answered(), 61)
        fake.words, fake.mode = None, mode
        move = interviewer.next_move(answered(), 61)
        assert (move.text, move.lead_in) == (by_rules.text, by_rules.lead_in)
        assert move.reason.startswith(f"{by_rules.reason}; not ")

    def test_a_model_that_is_given_up_is_told_of_in_one_line(self, fake: FakeOllama) -> None:
        interviewer = reading()
        fake.mode = "dropped"
        for _ in range(4):
            interviewer.next_move(answered(), 61)
        (note,) = interviewer.notes[1:]
        assert note.endswith("from here on the follow-ups are asked without it")
        assert "\n" not in note

    @pytest.mark.usefixtures("fake")
    def test_late_replies_cost_their_turns_only(self) -> None:
        interviewer = reading()
        for _ in range(5):
            late = interviewer.at_once(answered(), 61)
        assert late.reason.endswith("not read: llama3.2:latest was too slow")
        assert "not told yet" in interviewer.next_move(answered(), 61).reason


class TestTrial:
    def test_the_real_model_s_replies(self, fake: FakeOllama) -> None:
        fake.words, fake.models = replayed(), (MODEL,)
        trial = trial_of(MODEL)
        assert not trial.passed
        assert f"{MODEL} misread" in trial.outcome(MODEL)

    def test_a_slow_model_is_told_of_and_not_used(self, fake: FakeOllama) -> None:
        fake.words = right
        times = iter(range(0, 100, 4))
        trial = trial_of("llama3.2", clock=lambda: float(next(times)))
        assert (trial.of, trial.passed) == (5, False)  # after five the outcome is clear
        told = trial.outcome("qwen3:4b")
        assert told == "built-in rules; a reply of qwen3:4b takes 4.0 s on this computer, too long"
        interviewer = reading(trial)
        count = len(fake.requests)
        assert interviewer.next_move(answered(), 61).text == RULES.next_move(answered(), 61).text
        assert len(fake.requests) == count
        assert interviewer.notes == (f"Follow-ups: {trial.outcome('llama3.2:latest')}.",)

    @pytest.mark.parametrize("always", ["NONE", "the", "so the truck came"])
    def test_one_that_always_says_the_same_fails(self, fake: FakeOllama, always: str) -> None:
        fake.words = lambda _: always
        assert not trial_of("llama3.2").passed

    def test_it_is_kept_for_a_day_by_model_and_weights(
        self, fake: FakeOllama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake.words = right
        (model,) = llm.models(3)
        first, count = tried(model), len(fake.requests)
        assert tried(model) == first and len(fake.requests) == count
        assert tried(model._replace(digest="other")).passed and len(fake.requests) > count
        count, now_s = len(fake.requests), time.time()
        monkeypatch.setattr(time, "time", lambda: now_s + 25 * 3600)
        assert tried(model).passed and len(fake.requests) > count
        assert (tmp_path / "trials.json").stat().st_mode & 0o077 == 0
        (tmp_path / "trials.json").write_text("{")
        assert tried(model).passed


class TestChoice:
    @pytest.mark.parametrize("spec", [None, "auto", "ollama", "ollama:llama3.2"])
    def test_a_model_that_passes_its_trial_reads(self, fake: FakeOllama, spec: str | None) -> None:
        fake.words = right
        interviewer, note = choose_interviewer(spec, BRIEF, PLAN)
        assert interviewer.name == "ollama:llama3.2:latest"
        assert re.fullmatch(
            r"Follow-ups: .* llama3\.2:latest reads along, \d\.\d s a reply\.", note
        )

    def test_one_that_fails_does_not_and_that_is_said(self, fake: FakeOllama) -> None:
        fake.words = lambda _: "Great answer!"
        interviewer, note = choose_interviewer(None, BRIEF, PLAN)
        assert interviewer.name == interviewer.engine == "rules"
        assert "misread" in note

    @pytest.mark.parametrize(
        ("host", "said"),
        [("127.0.0.1:9", "built-in rules"), ("192.0.2.1:11434", "not on this machine")],
    )
    def test_rules_where_there_is_none(
        self, monkeypatch: pytest.MonkeyPatch, host: str, said: str
    ) -> None:
        monkeypatch.setenv("OLLAMA_HOST", host)
        interviewer, note = choose_interviewer(None, BRIEF, PLAN)
        assert interviewer.name == "rules"
        assert said in note

    def test_rules_where_asked_for_or_no_model_is(self, fake: FakeOllama) -> None:
        assert choose_interviewer("rules", BRIEF, PLAN)[0].name == "rules"
        assert fake.requests == []
        fake.models = ()
        assert choose_interviewer("auto", BRIEF, PLAN)[0].name == "rules"
        with pytest.raises(InterviewerError, match="Ollama has no local model"):
            choose_interviewer("ollama", BRIEF, PLAN)

    @pytest.mark.usefixtures("fake")
    @pytest.mark.parametrize(
        ("spec", "message"),
        [("gpt", "use rules, auto, or ollama:MODEL"), ("rules:x", "use rules, auto"),
         ("ollama:qwen3", "ollama pull qwen3")],
    )  # fmt: skip
    def test_an_interviewer_that_does_not_exist(self, spec: str, message: str) -> None:
        with pytest.raises(InterviewerError, match=message):
            choose_interviewer(spec, BRIEF, PLAN)

    def test_the_smallest_model_that_is_large_enough(self, fake: FakeOllama) -> None:
        fake.words, fake.models = right, ("llama3.1:8b", MODEL, "gemma3:4b")
        assert choose_interviewer("auto", BRIEF, PLAN)[0].name == "ollama:gemma3:4b"
        assert choose_interviewer(f"ollama:{MODEL}", BRIEF, PLAN)[0].name == f"ollama:{MODEL}"
        fake.models = (MODEL,)
        assert choose_interviewer("auto", BRIEF, PLAN)[0].name == "rules"
