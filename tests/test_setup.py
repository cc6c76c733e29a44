"""`rehearse setup` from the command's own side: lines, JSON, exit codes, and no network."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.cli import setup
from tests.hub_server import Hub, hub_server
from tests.tiny_piper import write_voice
from voice.errors import ModelError

WHISPER = {"config.json": b"{}", "model.bin": b"w", "tokenizer.json": b"t", "vocabulary.txt": b"a"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty store, and an index and a hub that cannot be reached."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    for proxy in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    return tmp_path / "store"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give a folder with a Whisper model and a voice, as on a memory stick."""
    folder = tmp_path / "a stick"
    model = folder / "whisper" / "own"
    model.mkdir(parents=True)
    for name, content in WHISPER.items():
        (model / name).write_bytes(content)
    write_voice(folder / "piper" / "own", "own")
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_server() as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


def rehearse(*words: str) -> int:
    parser = argparse.ArgumentParser()
    setup.add(parser.add_subparsers())
    args = parser.parse_args(["setup", *words])
    code = args.run(args)
    assert isinstance(code, int)
    return code


def test_without_any_network_each_item_is_one_row_and_the_exit_is_1(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert rehearse() == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert all(len(line) <= 80 for line in out.splitlines())
    rows = [line.split()[:2] for line in out.splitlines() if not line.startswith(" ")]
    assert rows[:4] == [
        ["whisper:small.en", "failed"],
        ["piper:en_US-lessac-medium", "failed"],
        ["smart-turn", "failed"],
        ["minilm", "failed"],
    ]
    assert "Everything still works with the embedded engines." in out
    assert "rehearse setup --from DIR" in out
    assert "ollama pull llama3.2" in out
    assert list(home.iterdir()) == []


def test_models_come_from_a_folder(
    capsys: pytest.CaptureFixture[str], home: Path, stick: Path
) -> None:
    assert rehearse("whisper:own", "piper:own", "--from", str(stick)) == 0
    out = capsys.readouterr().out
    assert out.split().count("ready") == 2
    assert "Everything still works" not in out
    assert (home / "whisper" / "own" / "model.bin").read_bytes() == b"w"
    assert (home / "piper" / "own" / "own.onnx.json").exists()
    assert rehearse("whisper:own", "--from", str(stick)) == 0
    assert "already here" in capsys.readouterr().out


def test_a_named_item_that_fails_is_exit_1_even_where_others_came(
    capsys: pytest.CaptureFixture[str], stick: Path
) -> None:
    assert rehearse("whisper:own", "whisper:other", "--from", str(stick)) == 1
    out = capsys.readouterr().out
    assert "whisper:own                 ready" in out
    assert "whisper:other               failed" in out
    assert "rehearse setup --list" in out


def test_a_file_that_is_not_the_pinned_one_is_refused(
    stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stick / "whisper" / "own").rename(stick / "whisper" / "small.en")
    assert rehearse("--from", str(stick)) == 1
    assert "config.json is not 2657 bytes long" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("asked", "failed", "named", "code"),
    [(4, 0, False, 0), (4, 2, False, 0), (4, 4, False, 1), (2, 0, True, 0), (2, 1, True, 1)],
)
def test_without_names_it_is_enough_that_one_came(
    asked: int, failed: int, named: bool, code: int
) -> None:
    assert setup.exit_code(asked, failed, named) == code


def test_json_is_all_of_standard_output(
    capsys: pytest.CaptureFixture[str], home: Path, stick: Path
) -> None:
    assert rehearse("whisper:own", "minilm", "--from", str(stick), "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["store"] == str(home)
    own, minilm = document["items"]
    assert own == {
        "item": "whisper:own",
        "path": str(home / "whisper" / "own"),
        "origin": str(stick / "whisper" / "own"),
        "check": "complete",
        "error": None,
    }
    assert minilm["path"] is None
    assert "model.safetensors" in minilm["error"]


def test_the_list_says_what_is_there_and_what_is_not(
    capsys: pytest.CaptureFixture[str], home: Path, stick: Path
) -> None:
    rehearse("piper:own", "--from", str(stick))
    capsys.readouterr()
    assert rehearse("--list") == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines() if str(home) not in line)
    assert "piper:own                   ready" in out
    assert "whisper:small.en            absent" in out
    assert rehearse("--list", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["item"] for row in document["installed"]] == ["piper:own"]
    assert [row["item"] for row in document["absent"]] == [
        "whisper:small.en", "piper:en_US-lessac-medium", "smart-turn", "minilm"
    ]  # fmt: skip
    assert document["absent"][3]["folder"] == "minilm"
    assert "tokenizer.json" in document["absent"][3]["files"]


def test_a_model_from_the_hub_is_ready_in_one_row(
    capsys: pytest.CaptureFixture[str], server: Hub
) -> None:
    for name, content in WHISPER.items():
        server.files[f"Systran/faster-whisper-tests.en/{name}"] = content
    assert rehearse("whisper:tests.en") == 0
    out = capsys.readouterr().out
    assert out.startswith("whisper:tests.en            ready   http://127.0.0.1:")
    assert "(checked: the hub's" in out


def test_a_word_that_is_no_model_is_an_error_of_ours() -> None:
    with pytest.raises(ModelError, match="nothing called 'nonsense' to set up"):
        rehearse("nonsense")


def test_help_says_what_each_model_is_good_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rehearse("--help")
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines())
    for word in ("whisper", "piper", "smart-turn", "minilm", "ollama pull llama3.2"):
        assert word in out
