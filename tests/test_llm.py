"""The client of the local model, against a server that speaks Ollama's API for better or worse."""

import os
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from pydantic import BaseModel

from agent import llm
from agent.errors import InterviewerError
from tests.fake_ollama import FakeOllama, Mode, fake_ollama
from tests.need import shared


class Reply(BaseModel):
    question: str


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeOllama:
    with fake_ollama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def client(deadline_s: float = 3.0) -> llm.Client:
    return llm.Client("llama3.2", [{"role": "system", "content": "Ask."}], deadline_s)


def ask(deadline_s: float = 3.0) -> Reply:
    return client(deadline_s).shaped("Ask me something.", Reply)


class TestAsking:
    def test_what_is_asked_for(self, fake: FakeOllama) -> None:
        assert ask() == Reply(question=fake.question)
        (sent,) = fake.requests
        assert sent["format"] == Reply.model_json_schema()
        assert (sent["think"], sent["stream"], sent["keep_alive"]) == (False, True, "30m")
        assert sent["options"]["temperature"] <= 0.3
        assert [one["content"] for one in sent["messages"]] == ["Ask.", "Ask me something."]

    @pytest.mark.parametrize("around", ["Here it is:\n```json\n{}\n```", "```\n{}```\nOk?", "{}"])
    def test_an_object_in_a_code_fence_is_read(self, fake: FakeOllama, around: str) -> None:
        fake.words = lambda _: around.replace("{}", '{"question": "Why?"}')
        assert ask() == Reply(question="Why?")

    def test_the_shared_fence(self, fake: FakeOllama) -> None:
        class Asked(BaseModel):
            follow_up: str

        text = shared("cases/ollama-fence.txt").read_text(encoding="utf-8")
        fake.words = lambda _: text
        assert client().shaped("Ask.", Asked).follow_up.startswith("How many delays")

    def test_a_line_is_the_first_that_is_written(self, fake: FakeOllama) -> None:
        fake.words = lambda _: "\n NONE \nI could not find it."
        assert client().line("Ask.") == "NONE"

    @pytest.mark.parametrize(
        ("mode", "message"),
        [
            ("rubbish", "could not be used: it is no JSON object with question"),
            ("empty", "could not be used"),
            ("cut", "could not be used"),
            ("endless", "could not be used"),
            ("dropped", "broke off"),
            ("dies", "broke off"),
            ("thinks", "thinks before it replies"),
            ("error", "llama runner process has terminated"),
        ],
    )
    def test_what_goes_wrong_is_one_line(self, fake: FakeOllama, mode: Mode, message: str) -> None:
        fake.mode = mode
        with pytest.raises(InterviewerError, match=message) as caught:
            ask()
        assert "\n" not in str(caught.value)

    def test_a_reply_that_is_given_up_is_broken_off(self, fake: FakeOllama) -> None:
        fake.mode = "endless"
        with pytest.raises(InterviewerError, match="not wanted any more"):
            client().line("Ask.", lambda: True)
        assert fake.hung_up.wait(5)

    def test_it_may_try_once_more_and_is_told_why(self, fake: FakeOllama) -> None:
        with pytest.raises(InterviewerError, match="could not be used: too long"):
            client().shaped("Ask.", Reply, lambda _: "too long")
        assert "too long" in fake.requests[1]["messages"][-1]["content"]
        first, second = (sent["options"] for sent in fake.requests)
        assert second["temperature"] > first["temperature"]  # else it writes the same again

    def test_after_three_failures_in_a_row_it_is_given_up(self, fake: FakeOllama) -> None:
        asked = client()
        for mode in ("dropped", "dropped", "good", "error", "dropped", "error"):
            assert not asked.given_up
            fake.mode = mode
            with suppress(InterviewerError):
                asked.shaped("Ask.", Reply)
        assert "runner process" in asked.given_up
        before = len(fake.requests)
        with pytest.raises(InterviewerError, match="not asked any more"):
            asked.shaped("Ask.", Reply)
        assert len(fake.requests) == before

    def test_a_call_behind_a_stale_one_does_not_count(self, fake: FakeOllama) -> None:
        fake.mode, asked = "slow", client(0.2)
        for _ in range(4):  # the first is the stale one: the server takes 30 s
            with pytest.raises(InterviewerError, match=r"did not answer within 0\.2 s"):
                asked.shaped("Ask.", Reply)
        assert not asked.given_up

    def test_nothing_is_cut_in_silence(self, fake: FakeOllama) -> None:
        asked, long = client(), "What was said in an hour. " * 1200
        asked.shaped("Ask.", Reply)
        asked.shaped(long, Reply)
        asked.shaped("Ask.", Reply)
        contexts = [sent["options"]["num_ctx"] for sent in fake.requests]
        assert contexts[0] == 4096 and contexts[1] > len(long) / 3
        assert contexts[2] == contexts[1]  # another size would load the model anew
        fake.mode = "cuts_prompt"
        with pytest.raises(InterviewerError, match="had to read to 10 tokens"):
            client().shaped(long, Reply)
        with pytest.raises(InterviewerError, match="too much to read"):
            asked.shaped(long * 10, Reply)

    @pytest.mark.usefixtures("fake")
    def test_a_model_that_is_not_there(self) -> None:
        with pytest.raises(InterviewerError, match="ollama pull qwen3"):
            llm.Client("qwen3", [], 3).shaped("Ask.", Reply)

    @pytest.mark.parametrize("mode", ["slow", "trickle"])
    def test_the_deadline_is_kept_however_the_server_behaves(
        self, fake: FakeOllama, mode: Mode
    ) -> None:
        fake.mode = mode
        started = time.monotonic()
        with pytest.raises(InterviewerError, match=r"did not answer within 0\.4 s"):
            ask(0.4)
        assert time.monotonic() - started < 20  # the server takes 30 s

    def test_no_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
        with pytest.raises(InterviewerError, match="start it: ollama serve"):
            ask()

    @pytest.mark.slow
    def test_a_hanging_call_does_not_keep_the_program_from_ending(self, fake: FakeOllama) -> None:
        fake.mode = "slow"
        code = (
            "from tests.test_llm import ask\n"
            "from agent.errors import InterviewerError\n"
            "try: ask(0.5)\n"
            "except InterviewerError: print('gave up')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=25, check=True
        )
        assert done.stdout == "gave up\n"


class TestModels:
    def test_what_is_not_on_this_machine_is_refused(self, fake: FakeOllama) -> None:
        fake.models = ("llama3.2:latest", "gpt-oss:120b-cloud")
        llm.insist_on_local("llama3.2")
        for elsewhere in ("gpt-oss:120b-cloud", "mistral"):
            with pytest.raises(InterviewerError, match=f"no local model {elsewhere}"):
                llm.insist_on_local(elsewhere)

    def test_models_that_can_talk_and_run_here(self, fake: FakeOllama) -> None:
        fake.models = ("llama3.2:latest", "nomic-embed-text:latest", "gpt-oss:120b-cloud")
        assert [model.name for model in llm.models(3)] == ["llama3.2:latest"]

    def test_something_else_at_that_port(self, fake: FakeOllama) -> None:
        fake.mode = "not_ollama"
        with pytest.raises(InterviewerError, match="sent something else"):
            llm.models(3)


class TestHost:
    @pytest.mark.parametrize(
        ("named", "url"),
        [
            ("", "http://127.0.0.1:11434"),
            ("localhost", "http://127.0.0.1:11434"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.0.0.1", "http://127.0.0.1:80"),
            ("https://localhost:8443/", "https://127.0.0.1:8443"),
            ("0.0.0.0", "http://127.0.0.1:11434"),
            ("0.0.0.0:9999", "http://127.0.0.1:9999"),
            (":5000", "http://127.0.0.1:5000"),
            ("[::1]:11434", "http://[::1]:11434"),
            ("[::]", "http://[::1]:11434"),
        ],
    )
    def test_this_machine(self, monkeypatch: pytest.MonkeyPatch, named: str, url: str) -> None:
        monkeypatch.setenv("OLLAMA_HOST", named)
        assert llm.host() == url

    @pytest.mark.parametrize(
        "named",
        [
            "example.com", "http://10.0.0.4:11434", "192.168.1.5", "https://ollama.com",
            "http://127.0.0.1@example.com", "localhost.example.com", "127.0.0.1:99999",
            "ftp://127.0.0.1", "http://[::1", "2001:db8::1", "[2001:db8::1]:80",
        ],
    )  # fmt: skip
    def test_any_other_is_refused_in_one_line(
        self, monkeypatch: pytest.MonkeyPatch, named: str
    ) -> None:
        monkeypatch.setenv("OLLAMA_HOST", named)
        with pytest.raises(InterviewerError, match="not on this machine") as caught:
            llm.host()
        assert "\n" not in str(caught.value)

    def test_what_is_no_address_is_refused_before_the_library_reads_it(self) -> None:
        code = (
            "from agent import errors, llm\n"
            "try: llm.models()\nexcept errors.InterviewerError: print('no')"
        )
        for named in ("127.0.0.1:99999", "http:8.8.8.8", "\x1b[2Jx", "http://\u24d4vil"):
            command = [sys.executable, "-c", code]
            environment = os.environ | {"OLLAMA_HOST": named}
            assert subprocess.check_output(command, env=environment, text=True) == "no\n"

    def test_a_proxy_is_never_used(self, fake: FakeOllama, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert ask().question == fake.question
