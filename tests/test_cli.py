"""The command line as a new user meets it: every command, and every kind of bad input."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from agent.analysis import read_analysis
from agent.cli.main import main, parser
from agent.session import read_meta
from tests.conftest import Rehearse, environment, run_rehearse
from tests.need import ROOT
from tests.scripted import spoken
from voice.audio.clip import Clip, silence, write_wav
from voice.audio.recorder import UNRECORDED
from voice.speech.transcript import Word, to_document

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("with_tiny_models")]

BRIEF = ROOT / "briefs" / "ml-systems-fellow.md"
NURSE = ROOT / "briefs" / "ward-nurse.md"
COMMAND = (sys.executable, "-m", "agent.cli.main")


def only_session(out: Path) -> Path:
    (folder,) = out.iterdir()
    return folder


def test_help_names_every_command_within_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    commands = parser()._subparsers._group_actions[0].choices  # type: ignore
    assert {"demo", "run", "analyze", "scan", "replay", "sessions", "setup", "doctor"} < {*commands}
    for text in (parser().format_help(), *(one.format_help() for one in commands.values())):
        assert max(map(len, text.splitlines())) <= 80


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, agent.cli.main as m; m.parser(''); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split()
    assert not {"numpy", "pydantic", "rich", "av", "faster_whisper", "sounddevice"} & set(loaded)


@pytest.mark.parametrize(
    ("line", "offered"), [("rehearse br", "brief"), ("rehearse run --half", "--half-duplex")]
)
def test_a_shell_is_told_how_a_line_goes_on(line: str, offered: str, tmp_path: Path) -> None:
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "told"),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    subprocess.run(COMMAND, env=environment(tmp_path, **asked), check=True)
    assert (tmp_path / "told").read_text().split() == [offered]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("run", "BRIEF"),
        ("dance", "invalid choice"),
        ("run b.md --minutes 0", "1 to 180 minutes"),
        ("run b.md --minutes long", "1 to 180 minutes"),
        ("run b.md --questions 2.5", "1 to 50 questions"),
        ("run b.md --own-questions nan", "0, or 1 to 60 minutes"),
    ],
)
def test_wrong_usage_is_exit_2(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_closed_streams_are_no_traceback(tmp_path: Path) -> None:
    command = f"{' '.join(COMMAND)} brief check"
    for rest, code in (("- <&-", 1), (f"'{BRIEF}' <&- >&- 2>&-", 0), (f"'{BRIEF}' >/dev/full", 1)):
        shell = ["sh", "-c", f"{command} {rest}"]
        done = subprocess.run(shell, check=False, env=environment(tmp_path), capture_output=True)
        assert done.returncode == code, rest
        assert len(done.stderr.splitlines()) <= 1, done.stderr


def test_a_typed_interview_is_counted_exactly_and_has_no_sound(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    answers = [
        "Um, we moved to rSocket and went from 6K to 50K transactions per second, with 1.5M"
        " connections and a TP99 below 25 ms. I wrote the client, you know.",
        "\x1b[31m Uh\u202e, no.",
    ]
    lines = ["help", answers[0], "r", "", answers[1], "s", "q", "never read"]
    done = rehearse("run", BRIEF, "--text", "--out", tmp_path / "out", text="\n".join(lines))
    assert done.code == 0, done.err
    folder = only_session(tmp_path / "out")
    analysis = read_analysis(folder)
    assert (analysis.about.state, analysis.about.audio) == ("complete", "")
    assert [answer.text for answer in analysis.answers] == [answers[0], "[31m Uh, no."]
    assert [p.status for p in analysis.coverage.points].count("covered") == 1
    assert not {"\x1b", "\u202e"} & set(done.out)
    assert "not measured: the answers were typed" in done.out
    assert f"3 in {sum(len(a.split()) for a in answers)} typed words" in done.out
    assert not [one for one in analysis.findings if one.kind in ("short", "pace", "pause")]
    assert "The answers were typed" in (folder / "report.html").read_text(encoding="utf-8")
    assert not (folder / "candidate.wav").exists()


def test_neither_answers_nor_a_terminal_that_are_not_utf_8_end_an_interview(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [*COMMAND, "run", str(BRIEF), "--text", "--out", str(tmp_path / "out")],
        input=b"At the caf\xe9 \xff we built it.\nq\n",
        env=environment(tmp_path, PYTHONIOENCODING="ascii"), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (answer,) = read_analysis(only_session(tmp_path / "out")).answers
    assert answer.text.endswith("we built it.")


@pytest.mark.parametrize(
    ("brief", "told"),
    [
        ("## Talking points\n\n- **Bread**: 400 loaves a night\n", "no questions"),
        ("## Questions\n\n| area | question |\n|---|---|\n| x | Why us? |\n", "no talking points"),
    ],
)
def test_a_brief_without_questions_or_points_runs_and_says_so(
    rehearse: Rehearse, tmp_path: Path, brief: str, told: str
) -> None:
    (tmp_path / "b.md").write_text(f"# Brief\n\n- company: Acme\n- role: Baker\n\n{brief}")
    done = rehearse("run", tmp_path / "b.md", "--text", "--out", tmp_path / "out", text="Hello.\n")
    assert done.code == 0, done.err
    assert told in done.out
    assert read_meta(only_session(tmp_path / "out")).state == "complete"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--candidate a.wav --stt whisper:tiny.en", "rehearse setup"),
        ("--candidate a.wav --tts piper:en_US-lessac-medium", "rehearse setup"),
        ("--candidate a.wav --stt telepathy", "telepathy"),
        ("--candidate a.wav --interviewer ollama:llama3.2", "ollama"),
        ("--candidate zero.wav", "zero.wav"),
        ("--candidate gone.wav", "gone.wav"),
        ("--mic none", ""),
    ],
)
def test_what_is_insisted_on_and_absent_fails_clearly_and_leaves_no_session(
    rehearse: Rehearse, tmp_path: Path, options: str, told: str
) -> None:
    (tmp_path / "zero.wav").write_bytes(b"")
    done = rehearse("run", BRIEF, *options.split(), "--out", tmp_path / "out", cwd=tmp_path)
    assert told in done.error
    assert not (tmp_path / "out").exists()


def test_analyze_prints_json_or_keeps_a_session(rehearse: Rehearse, tmp_path: Path) -> None:
    audio = tmp_path / "an answer.wav"
    write_wav(audio, spoken(3.0, 1.0, 6.0, 0.5, 3.0))
    said = "um we went from 6K to 50K transactions per second with 1.5 million connections".split()
    words = tuple(Word(w, i * 0.8, i * 0.8 + 0.5) for i, w in enumerate(said))
    (tmp_path / "w.json").write_text(json.dumps(to_document([words])))
    asked = ("analyze", audio, "--words", tmp_path / "w.json", "--brief", BRIEF)
    done = rehearse(*asked, "--json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["schema"] == 1
    assert [round(p["end_s"] - p["start_s"], 1) for p in document["pacing"]["pauses"]] == [1.0, 0.5]
    pauses = document["fillers"]["filled_pauses"]
    assert [f["text"] for f in pauses if f["source"] == "transcript"] == ["um"]
    assert not list((tmp_path / "home").glob("**/analysis.json"))
    assert rehearse(*asked).code == 0
    (row,) = json.loads(rehearse("sessions", "--json").out)
    assert (Path(row["folder"]) / "report.html").exists()
    assert rehearse("analyze", row["folder"]).code == 0


@pytest.mark.parametrize("clip", [silence(3.0), Clip(np.zeros(100, np.int16))])
def test_a_recording_without_speech_that_is_piped_in_is_analyzed_and_says_so(
    tmp_path: Path, clip: Clip
) -> None:
    write_wav(tmp_path / "a.wav", clip)
    done = subprocess.run(
        [*COMMAND, "analyze", "-", "--json"], input=(tmp_path / "a.wav").read_bytes(),
        env=environment(tmp_path), cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    document = json.loads(done.stdout)
    assert document["about"]["duration_s"] == pytest.approx(clip.duration_s, abs=0.001)
    assert document["pacing"]["words"] == 0
    assert any("No words were understood" in note for note in document["notes"])


def interview_in_progress(home: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """Start a real-time interview and wait until its first question was asked."""
    write_wav(home / "answer.wav", spoken(2.0, 1.0, 30.0))
    answer = ("--candidate", str(home / "answer.wav"), "--out", str(home / "out"))
    process = subprocess.Popen(
        [*COMMAND, "run", str(NURSE), "--realtime", *answer],
        env=environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 120
    asked = '"said", "kind": "question"'
    while not any(asked in path.read_text("utf-8") for path in home.glob("out/*/events.jsonl")):
        assert process.poll() is None, "the interview ended too early"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return process, only_session(home / "out")


def test_after_kill_9_the_session_is_interrupted_and_can_be_analyzed(tmp_path: Path) -> None:
    process, folder = interview_in_progress(tmp_path)
    meanwhile = run_rehearse(tmp_path, "analyze", folder)
    assert meanwhile.code == 0, meanwhile.err
    # A transcript of half the session would later be taken for the whole.
    assert not (folder / "transcript.json").exists()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert read_meta(folder).state == "interrupted"
    with (folder / "events.jsonl").open("a") as journal:
        journal.write("\nno event\n")
    done = run_rehearse(tmp_path, "analyze", folder)
    assert done.code == 0, done.err
    assert "interrupted" in done.out
    assert "line of events.jsonl cannot be read" in " ".join(done.out.split())
    assert read_analysis(folder).about.duration_s > 5


def test_ctrl_c_saves_and_analyzes(tmp_path: Path) -> None:
    process, folder = interview_in_progress(tmp_path)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert read_meta(folder).state == "interrupted"
    assert (folder / "report.html").exists()


def test_a_full_disk_is_told_and_the_interview_goes_on(tmp_path: Path) -> None:
    write_wav(tmp_path / "answer.wav", spoken(4.0))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "import agent.cli.main as m; sys.exit(m.main(sys.argv[1:]))"
    )
    answer = ("--candidate", str(tmp_path / "answer.wav"), "--out", str(tmp_path / "out"))
    command = [sys.executable, "-c", code, "run", str(NURSE), "--questions", "1", *answer]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    analysis = read_analysis(only_session(tmp_path / "out"))
    assert " ".join(done.stdout.split()).count(f"{UNRECORDED} 0:12 on: File too large") == 1
    assert any("The recording ends at 0:12" in note for note in analysis.notes)
    assert analysis.about.duration_s == pytest.approx(12.5, abs=0.5)
