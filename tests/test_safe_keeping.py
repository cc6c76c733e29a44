"""Nothing that was recorded shrinks in silence: full disks, faults, damage, signals."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.analysis import read_analysis
from agent.analysis.recognition import WordSource
from agent.brief import Brief, Question
from agent.cli.main import main
from agent.errors import RehearseError
from agent.interview.start import Wish, hold_typed, typed_stage
from agent.report.results import write_results
from agent.session import (
    JOURNAL,
    META,
    TRANSCRIPT,
    Session,
    SessionMeta,
    read_session,
)
from agent.session.events import HeardEvent, NoticeEvent
from agent.session.settings import Settings
from tests.conftest import environment
from tests.need import need, need_program
from voice import files

BRIEF = Brief(questions=tuple(Question(text=f"What of {one}?") for one in "ABCD"))
SAID = [
    "I built the first one in two weeks.",
    "The second took five people.",
    "I do not recall it.",
]
NOTHING = WordSource(pytest.fail)


RUN = ("run", "--text", "--interviewer", "rules")


def typed(parent: Path, answers: list[str]) -> Path:
    """Hold a typed interview and return its folder."""
    stage = typed_stage(
        Wish(BRIEF, parent, Settings(minutes=20.0), engines={"interviewer": "rules"})
    )
    hold_typed(stage, io.StringIO("\n".join([*answers, "q"])), [])
    return stage.folder


def refusing(
    monkeypatch: pytest.MonkeyPatch, refused: range, number: int = errno.ENOSPC
) -> Callable[[], int]:
    """Have the file layer fail in these of its calls; return what tells how many there were."""
    calls = 0

    def wrapped(real: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: Any) -> None:
            nonlocal calls
            calls += 1
            if calls in refused:
                if real is write:
                    real(arguments[0], arguments[1][: len(arguments[1]) // 2], *arguments[2:])
                raise OSError(number, os.strerror(number))
            real(*arguments)

        return call

    write = files.write
    for name in ("write", "sync", "replace"):
        monkeypatch.setattr(files, name, wrapped(getattr(files, name)))
    return lambda: calls


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("lasting", [True, False])
def test_whatever_write_fails_all_up_to_it_is_readable(
    tmp_path: Path, number: int, lasting: bool
) -> None:
    with pytest.MonkeyPatch.context() as plain:
        calls = refusing(plain, range(0))
        write_results(typed(tmp_path / "plain", SAID), NOTHING)
        total = calls()
    for at in range(1, total + 1):
        parent = tmp_path / f"{at}"
        with pytest.MonkeyPatch.context() as patched:
            refusing(patched, range(at, 10_000 if lasting else at + 1), number)
            try:
                write_results(typed(parent, SAID), NOTHING)
            except RehearseError as error:
                assert os.strerror(number) in str(error)
        for folder in parent.iterdir() if parent.exists() else []:
            assert not [one for one in folder.iterdir() if one.suffix == ".part"]
            if not (folder / META).exists():
                assert not lasting or at < 4
                continue
            stored = read_session(folder)
            heard = [one.text for one in stored.events if isinstance(one, HeardEvent)]
            assert stored.damaged == 0
            assert heard[: len(SAID)] == SAID[: len(heard)]
            if not lasting:
                assert heard[: len(SAID)] == SAID
                assert write_results(folder, NOTHING).answers[0].text == SAID[0]


@pytest.mark.slow
@pytest.mark.parametrize(("size_kb", "fit"), [(8, 0), (40, 1), (2000, 3)])
def test_on_a_disk_that_is_really_full_all_that_fits_is_readable(
    tmp_path: Path, size_kb: int, fit: int
) -> None:
    (disk := tmp_path / "disk").mkdir()
    (brief := tmp_path / "brief.md").write_text("## Questions\n- Why?\n- How?\n- Who?\n")
    command = f"{sys.executable} -m agent.cli.main {' '.join(RUN)} {brief}"
    script = (
        f"mount -t tmpfs -o size={size_kb}k none {disk} || exit 9; {command} --out {disk}/out;"
        f" code=$?; cp -r {disk}/out {tmp_path}; exit $code"
    )
    said = [f"{number} {'we moved it by hand ' * 40}".strip() for number in range(3)]
    done = subprocess.run(
        [need_program("unshare"), "-rm", "sh", "-c", script],
        env=environment(tmp_path),
        input="\n".join(said),
        capture_output=True,
        text=True,
        check=False,
    )
    need(done.returncode != 9, "no small file system may be mounted here")
    assert done.returncode == (size_kb < 2000), done.stderr
    assert ("No space left" in done.stderr) == (size_kb < 2000)
    assert len(done.stderr.splitlines()) <= 1
    (folder,) = (tmp_path / "out").iterdir()
    stored = read_session(folder)
    heard = [one.text for one in stored.events if isinstance(one, HeardEvent) if one.text]
    assert heard == said[: len(heard)]
    assert fit <= len(heard)
    assert stored.damaged == 0


def test_a_journal_that_was_refused_is_whole_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(tmp_path / "s", SessionMeta()) as session:
        refusing(monkeypatch, range(2, 4))
        told = [session.journal.append(NoticeEvent(f"{number}")) for number in range(5)]
    assert [bool(line) for line in told] == [False, True, False, True, False]
    assert "No space left" in told[1]
    stored = read_session(tmp_path / "s")
    assert [one.text for one in stored.events if isinstance(one, NoticeEvent)] == list("01234")


def test_a_session_whose_folder_goes_away_is_told_of(tmp_path: Path) -> None:
    with Session(tmp_path / "s", SessionMeta()) as session:
        (tmp_path / "s" / JOURNAL).unlink()
        assert "it was deleted" in session.journal.append(NoticeEvent("1"))


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    brief, out = tmp_path / "brief.md", tmp_path / "mine.md"
    brief.write_text("## Questions\n- Why?\n")
    out.write_text("my own work")
    for at in range(1, 4):
        with pytest.MonkeyPatch.context() as patched:
            refusing(patched, range(at, at + 1))
            assert main(["brief", "import", str(brief), "--out", str(out), "--force"]) == 1
        assert out.read_text() == "my own work"
        assert sorted(one.name for one in tmp_path.iterdir()) == ["brief.md", "mine.md"]
    capsys.readouterr()


def test_a_poorer_analysis_keeps_the_one_before_and_a_damaged_transcript_is_made_good(
    tmp_path: Path,
) -> None:
    folder = typed(tmp_path, SAID)
    whole = write_results(folder, NOTHING)
    (folder / TRANSCRIPT).unlink()
    lines = (folder / JOURNAL).read_text().splitlines(keepends=True)
    heard = [at for at, line in enumerate(lines) if '"event": "heard"' in line]
    lines[heard[0]] = lines[heard[0]][:20] + "\n"
    (folder / JOURNAL).write_text("".join(lines))
    poorer = write_results(folder, NOTHING)
    assert len(poorer.answers) == len(whole.answers) - 1
    kept = folder / "analysis.before.json"
    assert json.loads(kept.read_text()) == json.loads(whole.to_json())
    for told in ("1 line of events.jsonl cannot be read", "kept as analysis.before.json"):
        assert any(told in note for note in read_analysis(folder).notes)
        assert told in (folder / "report.html").read_text()
    (folder / TRANSCRIPT).write_text("{")
    again = write_results(folder, NOTHING)
    assert json.loads(kept.read_text()) == json.loads(whole.to_json())
    assert [one.text for one in again.answers] == [one.text for one in poorer.answers]
    assert any("transcript.json is damaged" in note for note in again.notes)
    assert (folder / "transcript.before.json").read_text() == "{"


def test_what_was_cut_off_is_told_at_the_next_start_and_nothing_empty_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (brief := tmp_path / "brief.md").write_text("## Questions\n- Why?\n")
    out = tmp_path / "out"
    cut_off = typed(out, SAID)
    empty = Session(out / "2020-01-01_00-00-00_x", SessionMeta()).__enter__()
    empty.journal.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    command = [*RUN, str(brief), "--out", str(out)]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert f"rehearse analyze {cut_off}" in " ".join(told.split())
    assert not empty.folder.exists()
    write_results(cut_off, NOTHING)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert main(command) == 0
    assert "not analyzed yet" not in capsys.readouterr().out


def test_sessions_are_held_against_their_checksums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (typed(tmp_path, SAID[:1]) for _ in range(2))
    check = ["sessions", "--out", str(tmp_path), "--check"]
    assert main(check) == 0
    assert capsys.readouterr().out.count("as it was") == 2
    with (second / JOURNAL).open("a") as journal:
        journal.write("{}\n")
    assert main([*check, "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [Path(row["folder"]) for row in rows if row["state"] == "damaged"] == [second]
    assert first != second


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_an_interview_with_all_of_it_saved(tmp_path: Path, number: int) -> None:
    (brief := tmp_path / "brief.md").write_text("## Questions\n- Why?\n- How?\n")
    command = [sys.executable, "-m", "agent.cli.main", *RUN, str(brief)]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("Because it was slow.\n")
        process.stdin.flush()
        while "Because it was slow." not in process.stdout.readline():
            pass
        process.send_signal(number)
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert "Traceback" not in error
    assert process.returncode == (130 if number == signal.SIGINT else 128 + number)
    (folder,) = (tmp_path / "out").iterdir()
    stored = read_session(folder)
    assert stored.meta.state == "interrupted"
    assert [one.text for one in stored.events if isinstance(one, HeardEvent)] == [
        "Because it was slow."
    ]


def test_a_second_ctrl_c_waits_for_no_thread_of_a_library() -> None:
    code = (
        "import threading, time; from agent.cli import main as cli\n"
        "def main():\n"
        "    threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "    raise KeyboardInterrupt\n"
        "cli.main = main; cli.entry()"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 130
