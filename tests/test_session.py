"""The session folder: private, crash-safe, readable in every state."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.after.conversation import read_conversation
from agent.brief import Brief
from agent.errors import SessionError
from agent.kept_plan import KeptItem, KeptPlan, KeptProbe
from agent.session import (
    JOURNAL,
    META,
    Session,
    SessionMeta,
    new_folder,
    read_meta,
    read_session,
    session_folders,
    write_private,
)
from tests.need import ROOT

BRIEF = Brief(company="Acme & Söhne", role="Nurse")

_KILLED = """
import sys, time
from pathlib import Path
from agent.session import Session, SessionMeta
session = Session(Path(sys.argv[1]), SessionMeta())
session.journal.append("said", kind="question", text="Why?", start_s=0.0, end_s=1.0)
print("ready", flush=True)
time.sleep(60)
"""


def test_a_session_that_ended_well_is_complete_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "one"
    with Session(folder, SessionMeta(brief=BRIEF)) as session:
        session.journal.append("notice", text="hello")
        assert read_meta(folder).state == "running"
    stored = read_session(folder)
    assert (stored.meta.state, stored.meta.brief) == ("complete", BRIEF)
    assert [event["text"] for event in stored.events] == ["hello"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / META).stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / JOURNAL).stat().st_mode) == 0o600


def test_a_session_left_by_an_error_is_interrupted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Session(tmp_path / "s", SessionMeta()):
        raise KeyboardInterrupt
    assert read_meta(tmp_path / "s").state == "interrupted"


@pytest.mark.slow
def test_a_killed_session_is_interrupted_and_keeps_its_journal(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(folder)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        assert read_meta(folder).state == "running"
        os.kill(writer.pid, signal.SIGKILL)
    stored = read_session(folder)
    assert stored.meta.state == "interrupted"
    assert stored.events[0]["text"] == "Why?"


def test_half_a_line_and_foreign_events_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with Session(folder, SessionMeta()):
        pass
    lines = [
        '{"event": "said", "kind": "question", "text": "Why?", "start_s": 0, "end_s": 1}',
        '{"event": "hologram", "x": 1}',
        '{"event": "said", "kind": "song", "text": "la", "start_s": 0, "end_s": 1}',
        "[1, 2]",
        '{"event": "heard", "text": "Because.", "start_s": 2, "end_s": 3}',
        '{"event": "heard", "text": "half a li',
    ]
    (folder / JOURNAL).write_text("\n".join(lines), encoding="utf-8")
    conversation = read_conversation(read_session(folder))
    assert [line.text for line in conversation.lines] == ["Why?"]
    assert [(a.start_s, a.end_s) for a in conversation.answers] == [(2.0, 3.0)]


def test_a_newer_session_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with Session(tmp_path / "s", SessionMeta()):
        pass
    document = json.loads((tmp_path / "s" / META).read_text())
    (tmp_path / "s" / META).write_text(json.dumps(document | {"format": 99}))
    with pytest.raises(SessionError, match=r"newer Rehearse.*update"):
        read_session(tmp_path / "s")


def test_a_session_from_before_the_plan_was_kept_has_none(tmp_path: Path) -> None:
    with Session(tmp_path / "s", SessionMeta(plan=KeptPlan(items=(KeptItem(text="Why?"),)))):
        pass
    assert read_meta(tmp_path / "s").plan == KeptPlan(items=(KeptItem(text="Why?"),))
    document = json.loads((tmp_path / "s" / META).read_text())
    del document["plan"]
    (tmp_path / "s" / META).write_text(json.dumps(document))
    assert read_meta(tmp_path / "s").plan is None


_TEXT = st.text(max_size=20)
_LENGTHS = st.floats(0, 1e6)
_PROBES = st.builds(KeptProbe, kind=_TEXT, text=_TEXT, because=_TEXT)
_ITEMS = st.builds(
    KeptItem,
    question_index=st.none() | st.integers(0, 99),
    text=_TEXT,
    area=_TEXT,
    budget_s=_LENGTHS,
    reason=_TEXT,
    asked_by=_TEXT,
    probes=st.tuples(_PROBES),
)
_PLANS = st.builds(KeptPlan, total_s=_LENGTHS, own_questions_s=_LENGTHS, items=st.tuples(_ITEMS))


@given(_PLANS)
def test_any_plan_comes_back_as_it_was(plan: KeptPlan) -> None:
    meta = SessionMeta(plan=plan)
    assert SessionMeta.model_validate_json(meta.model_dump_json()).plan == plan


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1, "state": 7}', "[" * 100_000])
def test_a_damaged_session_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / META).write_text(content)
    with pytest.raises(SessionError, match=r"damaged.*candidate\.wav"):
        read_session(tmp_path)


def test_a_file_that_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_private(tmp_path / "taken", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_no_session_says_so(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="rehearse sessions"):
        read_session(tmp_path)


def test_folders_never_collide_and_are_listed_in_order(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 16, 0, 0)
    for _ in range(2):
        with Session(new_folder(tmp_path, BRIEF, now), SessionMeta()):
            pass
    names = [folder.name for folder in session_folders(tmp_path)]
    assert names == [
        "2026-11-22_16-00-00_acme-s-hne-nurse",
        "2026-11-22_16-00-00_acme-s-hne-nurse-2",
    ]


def test_an_answer_is_told_from_a_request(tmp_path: Path) -> None:
    with Session(tmp_path / "s", SessionMeta()) as session:
        say = {"kind": "question", "text": "Why?", "question_index": 3, "start_s": 0, "end_s": 1}
        session.journal.append("said", **say)
        session.journal.append(
            "heard", text="could you repeat that", start_s=2, end_s=3, ended_by="repeat"
        )
        session.journal.append("said", **(say | {"kind": "repeat", "start_s": 4, "end_s": 5}))
        session.journal.append("heard", text="Because it was slow.", start_s=6, end_s=9)
        session.journal.append(
            "said", **(say | {"kind": "follow_up", "text": "How slow?", "start_s": 10, "end_s": 11})
        )
        session.journal.append("heard", text="ten se", start_s=12, end_s=13, ended_by="skip")
        session.journal.append("said", **(say | {"start_s": 14, "end_s": 15}))
        session.journal.append("heard", text="", start_s=15, end_s=27, ended_by="no_speech")
    answers = read_conversation(read_session(tmp_path / "s")).answers
    assert [(a.kind, a.asked.text, a.start_s, a.asked_end_s) for a in answers] == [
        ("question", "Why?", 6.0, 5.0),
        ("follow_up", "How slow?", 12.0, 11.0),
    ]
