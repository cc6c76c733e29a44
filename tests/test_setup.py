"""`rehearse setup` from the command's own side: lines, JSON, exit codes, and no network."""

import wave
from pathlib import Path

import numpy as np
import pytest

from agent.cli.main import main
from tests.conftest import run_rehearse
from tests.test_models import WHISPER, empty_store, write_files, write_sized
from tests.tiny_piper import write_voice
from voice.speech.engines import missing_models
from voice.speech.models.catalog import parse


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    return empty_store(tmp_path, monkeypatch)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give a folder with a Whisper model and a voice, as on a memory stick."""
    folder = tmp_path / "a stick"
    write_files(folder / "whisper" / "own", WHISPER)
    write_voice(folder / "piper" / "own", "own")
    return folder


def rehearse(*words: str) -> int:
    return main(["setup", *words])


@pytest.mark.slow
def test_without_any_network_each_item_is_one_row_and_the_exit_is_1(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert rehearse() == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert all(len(line) <= 80 for line in out.splitlines() if str(home) not in line)
    rows = [line.split()[0] for line in out.splitlines() if " failed  " in line]
    assert rows == ["whisper:base", "piper:en_US-joe-medium", "smart-turn", "minilm"]
    assert "(311 MB)" in out
    assert out.count("rehearse setup --from DIR") == 1
    assert [path.name for path in home.iterdir() if path.name != ".lock"] == []


def test_a_named_item_that_fails_is_exit_1_even_where_others_came(
    capsys: pytest.CaptureFixture[str], home: Path, stick: Path
) -> None:
    assert rehearse("whisper:own", "piper:own", "--from", str(stick)) == 0
    assert capsys.readouterr().out.count("license: see its model card") == 2
    assert (home / "whisper" / "own" / "model.bin").read_bytes() == WHISPER["model.bin"]
    assert rehearse("whisper:own", "whisper:other", "--from", str(stick)) == 1
    out = capsys.readouterr().out
    assert "already here" in out
    assert "whisper:own               ready" in out
    assert "whisper:other             failed" in out
    assert "stick/whisper/other" in out


def test_the_list_says_what_is_there_what_is_damaged_and_what_is_not(
    capsys: pytest.CaptureFixture[str], home: Path, stick: Path
) -> None:
    rehearse("piper:own", "--from", str(stick))
    (home / "smart-turn").mkdir()
    capsys.readouterr()
    assert rehearse("--list") == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines() if str(home) not in line)
    assert "piper:own                 ready" in out
    assert "smart-turn                damaged" in out
    assert "whisper:base              absent" in out
    assert "tokenizer.json" in out


# --- the question before an interview


def put(home: Path, *specs: str) -> None:
    """Put models into the store that pass for sound until somebody loads them."""
    for spec in specs:
        item = parse(spec)
        write_sized(home / item.folder, item)


@pytest.mark.parametrize(
    ("there", "stt", "tts", "missing"),
    [
        ([], None, None, ["whisper:base", "piper:en_US-joe-medium"]),
        ([], "auto", "", ["whisper:base"]),
        ([], "whisper:./mine", "piper:/voices/x.onnx", []),
        ([], "telepathy", None, []),
        (["whisper:tiny.en"], None, None, ["piper:en_US-joe-medium"]),
        (["whisper:tiny.en", "piper:en_US-lessac-medium"], None, None, []),
    ],
)
def test_what_an_interview_lacks_follows_from_its_engines(
    home: Path, there: list[str], stt: str | None, tts: str | None, missing: list[str]
) -> None:
    put(home, *there)
    assert [item.spec for item in missing_models(stt, tts)] == missing


@pytest.mark.parametrize("command", ["demo", "run", "analyze"])
def test_a_command_that_needs_models_ends_with_the_command_that_fetches_them(
    tmp_path: Path, command: str
) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(np.random.default_rng(1).normal(0, 3000, 32_000).astype("<i2").tobytes())
    (tmp_path / "brief.yaml").write_text("questions: [{area: a, text: What did you do?}]\n")
    target = {"demo": [], "run": [tmp_path / "brief.yaml"], "analyze": [tmp_path / "a.wav"]}
    done = run_rehearse(tmp_path, command, *target[command])
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "whisper:base (not here)" in done.err
    assert "rehearse setup (311 MB)" in done.err
