"""The command line as a new user meets it: every command, and every kind of bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from agent.after.results import read_analysis
from agent.cli.main import parser
from agent.session import read_meta
from tests.conftest import Rehearse, environment, run_rehearse
from tests.need import ROOT
from tests.scripted import spoken
from voice.audio import Clip, silence, write_wav
from voice.transcript import Word, to_document

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("with_tiny_models")]

BRIEF = ROOT / "briefs" / "ml-systems-fellow.md"
NURSE = ROOT / "briefs" / "ward-nurse.md"


def one_line(err: str) -> str:
    """Return the error, which must be one line of ours."""
    (line,) = [line for line in err.splitlines() if line.startswith("rehearse: ")]
    return line


def test_help_names_every_command_within_80_columns(rehearse: Rehearse) -> None:
    done = rehearse("--help")
    assert done.code == 0
    for name in ("demo", "run", "analyze", "scan", "replay", "sessions", "setup", "doctor"):
        assert f"    {name}" in done.out
        help_text = rehearse(name, "--help").out
        assert max(map(len, help_text.splitlines())) <= 80


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, agent.cli.main as m; m.parser(); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split()
    assert not {"numpy", "pydantic", "rich", "av", "faster_whisper", "sounddevice"} & set(loaded)


@pytest.mark.parametrize(
    ("line", "offered"), [("rehearse br", "brief"), ("rehearse run --lang", "--language")]
)
def test_a_shell_is_told_how_a_line_goes_on(line: str, offered: str, tmp_path: Path) -> None:
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "told"),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    command = [sys.executable, "-m", "agent.cli.main"]
    subprocess.run(command, env=environment(tmp_path, **asked), check=True)
    assert (tmp_path / "told").read_text().split() == [offered]


def test_wrong_usage_is_exit_2(rehearse: Rehearse) -> None:
    assert rehearse("run").code == 2
    assert rehearse("run", BRIEF, "--minutes", "0").code == 2
    assert rehearse("dance").code == 2
    assert "1 to 180 minutes" in rehearse("run", BRIEF, "--minutes", "long").err
    assert "1 to 50 questions" in rehearse("run", BRIEF, "--questions", "x").err


def test_closed_streams_are_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m agent.cli.main brief check"
    for rest, code in (("- <&-", 1), (f"'{BRIEF}' <&- >&- 2>&-", 0), (f"'{BRIEF}' >/dev/full", 1)):
        done = subprocess.run(
            ["sh", "-c", f"{command} {rest}"],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, rest
        assert len(done.stderr.splitlines()) <= 1, done.stderr


def test_a_typed_interview_makes_a_session_without_sound(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    answers = [
        "We moved to rSocket and went from 6K to 50K transactions per second, with 1.5M connections"
        " and a TP99 below 25 ms. I wrote the client.",
        "I don't know",
        "let's stop here",
    ]
    done = rehearse(
        "run", BRIEF, "--text", "--questions", "3", "--interviewer", "rules",
        "--out", tmp_path / "out", text="\n".join(answers),
    )  # fmt: skip
    assert done.code == 0, done.err
    (folder,) = (tmp_path / "out").iterdir()
    analysis = read_analysis(folder)
    assert analysis.about.state == "complete"
    assert analysis.about.audio == ""
    assert analysis.pacing.speech_rate_wpm is None
    covered = [p.name for p in analysis.coverage.points if p.status == "covered"]
    assert len(covered) == 1
    assert not (folder / "candidate.wav").exists()


def test_piped_answers_stay_apart_and_are_counted_exactly(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    answers = ["Um, I built it.", "Uh, we moved it, you know.", "\x1b[31mred\u202e end", "I did."]
    done = rehearse("run", BRIEF, "--text", "--out", tmp_path / "out", text="\n".join(answers))
    (folder,) = (tmp_path / "out").iterdir()
    analysis = read_analysis(folder)
    assert [answer.text for answer in analysis.answers[:2]] == answers[:2]
    assert not {"\x1b", "\u202e"} & set(done.out)
    assert "not measured: the answers were typed" in done.out
    assert f"3 in {sum(len(a.split()) for a in answers)} typed words" in done.out
    assert not [one for one in analysis.findings if one.kind in ("short", "pace", "pause")]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "The answers were typed" in page
    assert "at least 1" not in page


def test_figures_of_nothing_and_too_many_digits_end_no_interview(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    brief = tmp_path / "brief.md"
    brief.write_text(
        "## Questions\n- How did you move the database?\n- What did it cost?\n"
        "## Talking points\n"
        "- **Migration:** 40 TB in 3 hours with 0 % data loss, errors from 4 % to 0 %\n"
        "- **Free tier:** the service costs $0 a month\n",
        encoding="utf-8",
    )
    answers = [
        "We had 2 percent data loss in the migration, and errors went from 4 percent to 1 percent.",
        f"The service cost 12 dollars a month for order {'9' * 400} with {'9' * 5000} percent.",
        "let's stop here",
    ]
    done = rehearse("run", brief, "--text", "--out", tmp_path / "out", text="\n".join(answers))
    assert done.code == 0, done.err
    (folder,) = (tmp_path / "out").iterdir()
    statuses = {one.status for one in read_analysis(folder).coverage.points}
    assert "covered" not in statuses and "partial" in statuses


def test_the_end_of_typed_input_ends_the_interview(rehearse: Rehearse, tmp_path: Path) -> None:
    done = rehearse("run", NURSE, "--text", "--out", tmp_path / "out", text="")
    assert done.code == 0
    (folder,) = (tmp_path / "out").iterdir()
    assert read_meta(folder).state == "complete"


def test_a_brief_without_questions_or_points_runs_and_says_so(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    (tmp_path / "b.md").write_text(
        "# Brief\n\n- company: Acme\n- role: Baker\n\n"
        "## Talking points\n\n- **Bread**: 400 loaves a night\n"
    )
    done = rehearse("run", tmp_path / "b.md", "--text", "--out", tmp_path / "out", text="Hello.\n")
    assert done.code == 0, done.err
    assert "question" in done.out
    (tmp_path / "c.md").write_text(
        "## Questions\n\n| area | question |\n|---|---|\n| x | Why us? |\n"
    )
    done = rehearse("run", tmp_path / "c.md", "--text", "--out", tmp_path / "o2", text="Hello.\n")
    assert done.code == 0, done.err
    assert "talking points" in done.out


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"x" * 50_000_000])
def test_a_bad_brief_is_one_line(rehearse: Rehearse, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.md").write_bytes(content)
    done = rehearse("run", tmp_path / "bad.md", "--text")
    assert done.code == 1
    assert "bad.md" in one_line(done.err)


def test_no_brief_is_one_line(rehearse: Rehearse) -> None:
    assert "gone.md" in one_line(rehearse("run", "gone.md").err)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--stt", "whisper:tiny.en", "rehearse setup"),
        ("--tts", "piper:en_US-lessac-medium", "rehearse setup"),
        ("--stt", "telepathy", "telepathy"),
        ("--interviewer", "ollama:llama3.2", "ollama"),
    ],
)
def test_an_engine_that_is_insisted_on_and_absent_fails_clearly(
    rehearse: Rehearse, option: str, value: str, told: str
) -> None:
    done = rehearse("run", BRIEF, "--candidate", BRIEF, option, value)
    assert done.code == 1
    assert told in one_line(done.err)


def test_no_sound_devices_is_one_line_and_leaves_no_session(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    done = rehearse("run", NURSE, "--mic", "no such microphone", "--out", tmp_path / "out")
    assert done.code == 1
    assert one_line(done.err)


def test_recorded_answers_that_cannot_be_read(rehearse: Rehearse, tmp_path: Path) -> None:
    (tmp_path / "zero.wav").write_bytes(b"")
    for name in ("zero.wav", "gone.wav"):
        done = rehearse("run", BRIEF, "--candidate", tmp_path / name, "--out", tmp_path / "out")
        assert done.code == 1
        assert name in one_line(done.err)


def test_analyze_prints_json_and_nothing_else(rehearse: Rehearse, tmp_path: Path) -> None:
    audio = tmp_path / "an answer.wav"
    write_wav(audio, spoken(3.0, 1.0, 6.0, 0.5, 3.0))
    words = [
        Word(w, i * 0.8, i * 0.8 + 0.5)
        for i, w in enumerate(
            "um we went from 6K to 50K transactions per second with 1.5 million connections".split()
        )
    ]
    (tmp_path / "w.json").write_text(json.dumps(to_document([tuple(words)])))
    done = rehearse("analyze", audio, "--words", tmp_path / "w.json", "--brief", BRIEF, "--json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["schema"] == 1
    assert [round(p["end_s"] - p["start_s"], 1) for p in document["pacing"]["pauses"]] == [1.0, 0.5]
    pauses = document["fillers"]["filled_pauses"]
    assert [f["text"] for f in pauses if f["source"] == "transcript"] == ["um"]
    assert not list((tmp_path / "home").glob("**/analysis.json"))


def test_analyze_keeps_a_recording_as_a_session(rehearse: Rehearse, tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", spoken(3.0))
    (tmp_path / "w.json").write_text(json.dumps(to_document([(Word("hello", 0.2, 0.6),)])))
    done = rehearse("analyze", tmp_path / "a.wav", "--words", tmp_path / "w.json")
    assert done.code == 0, done.err
    rows = json.loads(rehearse("sessions", "--json").out)
    assert [row["title"] for row in rows] == ["a"]
    folder = Path(rows[0]["folder"])
    assert (folder / "report.html").exists()
    assert rehearse("analyze", folder).code == 0


def test_a_recording_can_be_piped_in(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", silence(2.0))
    done = subprocess.run(
        [sys.executable, "-m", "agent.cli.main", "analyze", "-", "--json"],
        input=(tmp_path / "a.wav").read_bytes(), env=environment(tmp_path), cwd=tmp_path,
        capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["about"]["duration_s"] == pytest.approx(2.0)


@pytest.mark.parametrize("clip", [silence(3.0), Clip(np.zeros(100, np.int16))])
def test_a_recording_without_speech_is_analyzed_and_says_so(
    rehearse: Rehearse, tmp_path: Path, clip: Clip
) -> None:
    write_wav(tmp_path / "a.wav", clip)
    done = rehearse("analyze", tmp_path / "a.wav", "--json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["pacing"]["words"] == 0
    assert "No words were understood" in document["notes"][0]


def test_recordings_go_to_the_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    env = {k: v for k, v in environment(tmp_path).items() if k != "REHEARSE_HOME"}
    subprocess.run(
        [sys.executable, "-m", "agent.cli.main", "run", str(NURSE), "--text"],
        input="", encoding="utf-8", env=env, cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    assert len(list((tmp_path / "recordings").glob("*/session.json"))) == 1


def wait_for(condition: Path, text: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a file holds a text; the process must live meanwhile."""
    deadline = time.monotonic() + 120
    while not (condition.exists() and text in condition.read_text(encoding="utf-8")):
        assert process.poll() is None, "the interview ended too early"
        assert time.monotonic() < deadline, f"no {text} in {condition}"
        time.sleep(0.05)


def interview_in_progress(home: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """Start a real-time interview and wait until its candidate has been heard."""
    write_wav(home / "answer.wav", spoken(2.0, 1.0, 30.0))
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "agent.cli.main", "run", str(NURSE), "--realtime"),
            *("--candidate", str(home / "answer.wav"), "--out", str(home / "out")),
        ],
        env=environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not (found := list((home / "out").glob("*/events.jsonl"))):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    wait_for(found[0], '"question"', process)
    return process, found[0].parent


def test_after_kill_9_the_session_is_interrupted_and_can_be_analyzed(tmp_path: Path) -> None:
    process, folder = interview_in_progress(tmp_path)
    wait_for(folder / "events.jsonl", '"said", "kind": "question"', process)
    meanwhile = run_rehearse(tmp_path, "analyze", folder)
    assert meanwhile.code == 0, meanwhile.err
    # A transcript of half the session would later be taken for the whole.
    assert not (folder / "transcript.json").exists()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert read_meta(folder).state == "interrupted"
    done = run_rehearse(tmp_path, "analyze", folder)
    assert done.code == 0, done.err
    assert "interrupted" in done.out
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
    done = subprocess.run(
        [
            *(sys.executable, "-c", code, "run", str(NURSE), "--questions", "1"),
            *("--candidate", str(tmp_path / "answer.wav"), "--out", str(tmp_path / "out")),
        ],
        env=environment(tmp_path), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("recording stopped") == 1
    (folder,) = (tmp_path / "out").iterdir()
    assert read_analysis(folder).about.duration_s == pytest.approx(12.5, abs=0.5)


def test_the_parser_is_made_of_modules_that_all_run() -> None:
    chosen = parser().parse_args(["demo", "--realtime"])
    assert callable(chosen.run)
