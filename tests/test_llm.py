"""The client of the local model, against a server that speaks Ollama's API for better or worse."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from pydantic import BaseModel

from agent import llm
from agent.errors import InterviewerError
from tests.fake_ollama import FakeOllama, fake_ollama


class Reply(BaseModel):
    question: str


CHAT = [{"role": "user", "content": "Ask me something."}]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeOllama:
    with fake_ollama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def ask(deadline_s: float = 3.0) -> Reply:
    return llm.ask_json("llama3.2", CHAT, Reply, deadline_s)


class TestAsking:
    def test_a_good_reply(self, fake: FakeOllama) -> None:
        assert ask() == Reply(question=fake.question)

    def test_what_is_asked_for(self, fake: FakeOllama) -> None:
        ask()
        sent = fake.requests[0]
        assert sent["format"] == Reply.model_json_schema()
        assert sent["think"] is False
        assert sent["stream"] is True
        assert sent["keep_alive"] == "30m"
        assert sent["options"]["temperature"] <= 0.3

    def test_an_object_in_a_code_fence_is_read(self, fake: FakeOllama) -> None:
        fake.words = lambda _: 'Here it is:\n```json\n{"question": "Why?"}\n```'
        assert ask() == Reply(question="Why?")

    @pytest.mark.parametrize(
        ("mode", "message"),
        [
            ("rubbish", "llama3.2 answered in another form"),
            ("empty", "llama3.2 answered in another form"),
            ("cut", "llama3.2 answered in another form"),
            ("endless", "llama3.2 answered in another form"),
            ("dropped", "broke off"),
            ("error", "llama runner process has terminated"),
        ],
    )
    def test_what_goes_wrong_is_one_line(self, fake: FakeOllama, mode: str, message: str) -> None:
        fake.mode = mode
        with pytest.raises(InterviewerError, match=message) as caught:
            ask()
        assert "\n" not in str(caught.value)

    def test_a_reply_that_is_given_up_is_broken_off(self, fake: FakeOllama) -> None:
        fake.mode = "endless"
        with pytest.raises(InterviewerError, match="not wanted any more"):
            llm.ask_line("llama3.2", CHAT, 10, lambda: True)
        assert fake.hung_up.wait(5)

    def test_a_line_ends_with_its_question(self, fake: FakeOllama) -> None:
        fake.words = lambda _: "What broke? I ask because of this."
        assert llm.ask_line("llama3.2", CHAT, 3) == "What broke?"

    @pytest.mark.usefixtures("fake")
    def test_a_model_that_is_not_there(self) -> None:
        with pytest.raises(InterviewerError, match="ollama pull qwen3"):
            llm.ask_json("qwen3", CHAT, Reply, 3)

    @pytest.mark.parametrize("mode", ["slow", "trickle"])
    def test_the_deadline_is_kept_however_the_server_behaves(
        self, fake: FakeOllama, mode: str
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

    def test_a_proxy_is_never_used(self, fake: FakeOllama, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert ask().question == fake.question
