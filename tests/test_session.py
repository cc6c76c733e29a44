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
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.after.conversation import read_conversation
from agent.brief import Brief
from agent.errors import SessionError
from agent.kept_plan import KeptItem, KeptPlan
from agent.session import (
    JOURNAL,
    META,
    Event,
    NoticeEvent,
    SaidEvent,
    Session,
    SessionMeta,
    Settings,
    event_of,
    new_folder,
    read_events,
    read_meta,
    read_session,
    session_folders,
    write_private,
)
from agent.session.events import line_of
from tests.need import ROOT

BRIEF = Brief(company="Acme & Söhne", role="Nurse")
_KILLED = """
import sys, time
from pathlib import Path
from agent.session import SaidEvent, Session, SessionMeta
with Session(Path(sys.argv[1]), SessionMeta()) as session:
    session.journal.append(SaidEvent("question", "Why?", 0.0, 1.0))
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_session_that_ended_well_is_complete_and_private(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Session(tmp_path / "recordings" / "one", SessionMeta(brief=BRIEF)) as session:
            session.journal.append(NoticeEvent("hello"))
            assert read_meta(session.folder).state == "running"
    finally:
        os.umask(before)
    stored = read_session(session.folder)
    assert (stored.meta.state, stored.meta.brief) == ("complete", BRIEF)
    assert stored.events == (NoticeEvent("hello"),)
    for path in (session.folder, session.folder.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for path in session.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


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
    assert stored.events == (SaidEvent("question", "Why?", 0.0, 1.0),)


def test_what_cannot_be_read_of_a_journal_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with Session(folder, SessionMeta()):
        pass
    lines = [
        '{"event": "said", "kind": "question", "text": "Why?", "start_s": 0, "end_s": 1}',
        '{"event": "hologram", "x": 1}',
        '{"event": "said", "kind": "song", "text": "la", "start_s": 0, "end_s": 1}',
        '{"event": "heard", "text": "Never.", "start_s": NaN, "end_s": 1e300}',
        "[1, 2]",
        '{"event": "heard", "text": "Because.", "start_s": 2, "end_s": 3}',
        '{"event": "heard", "text": "half a li',
    ]
    (folder / JOURNAL).write_text("\n".join(lines), encoding="utf-8")
    stored = read_session(folder)
    assert stored.damaged == 3
    conversation = read_conversation(stored)
    assert [line.text for line in conversation.lines] == ["Why?"]
    assert [(a.start_s, a.end_s) for a in conversation.answers] == [(2.0, 3.0)]


_TEXT = st.text(max_size=20)
_TIMES = st.floats(0, 1e6)


@given(
    st.builds(event_of, st.just("notice"), text=_TEXT, session_s=_TIMES)
    | st.builds(event_of, st.just("heard"), text=_TEXT, start_s=_TIMES, end_s=_TIMES)
    | st.builds(event_of, st.just("said"), kind=st.just("reply"), text=_TEXT, start_s=_TIMES,
                end_s=_TIMES, speaker=_TEXT)
    | st.builds(event_of, st.just("move"), kind=st.just("question"), text=_TEXT, reason=_TEXT)
)  # fmt: skip
def test_any_event_comes_back_as_it_was(event: Event) -> None:
    assert read_events(line_of(event)) == ((event,), 0)


@given(st.text())
def test_any_journal_is_read(journal: str) -> None:
    events, damaged = read_events(journal)
    assert len(events) + damaged <= journal.count("\n") + 1


def test_a_newer_session_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / META).write_text('{"format": 99}')
    with pytest.raises(SessionError, match=r"newer Rehearse.*update"):
        read_session(tmp_path)


def test_what_shaped_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    plan = KeptPlan(total_s=1200.0, items=(KeptItem(text="Why?", budget_s=90.0),))
    settings = Settings(minutes=20.0, panel=("Sam",), retry={"of": "before", "answer": "3a"})
    with Session(tmp_path / "s", SessionMeta(plan=plan, settings=settings)):
        pass
    assert read_meta(tmp_path / "s").settings == settings
    assert read_meta(tmp_path / "s").plan == plan
    document = json.loads((tmp_path / "s" / META).read_text())
    del document["plan"], document["settings"]["panel"]
    (tmp_path / "s" / META).write_text(json.dumps(document))
    assert read_meta(tmp_path / "s").plan is None
    assert read_meta(tmp_path / "s").settings.panel == ()


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", '{"format": 1, "state": 7}', "[" * 100_000),
        '{"settings": {"minutes": 1e999}}',
        '{"settings": {"retry": 7}}',
    ],
)
def test_a_damaged_session_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / META).write_text(content)
    with pytest.raises(SessionError, match=r"damaged.*candidate\.wav"):
        read_session(tmp_path)


def test_a_file_that_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_private(tmp_path / "taken", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_place_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(SessionError, match="--out"),
        Session(tmp_path / "file" / "s", SessionMeta()),
    ):
        pass


def test_no_session_says_so(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="rehearse sessions"):
        read_session(tmp_path)


def test_two_sessions_of_one_second_have_two_folders(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, BRIEF, datetime(2026, 11, 22, 16, 0, 0))
    with Session(folder, SessionMeta()), Session(folder, SessionMeta()):
        pass
    names = [folder.name for folder in session_folders(tmp_path)]
    name = "2026-11-22_16-00-00_acme-s-hne-nurse"
    assert names == [name, f"{name}-2"]


def test_an_answer_is_told_from_a_request(tmp_path: Path) -> None:
    def said(at_s: float, kind: str = "question", text: str = "Why?") -> Event:
        return event_of("said", kind=kind, text=text, start_s=at_s, end_s=at_s + 1)

    def heard(text: str, at_s: float, **more: Any) -> Event:
        return event_of("heard", text=text, start_s=at_s, end_s=at_s + 1, **more)

    events = (
        said(0),
        heard("could you repeat that", 2, ended_by="repeat"),
        said(4, "repeat"),
        heard("Because it was slow.", 6),
        said(10, "follow_up", "How slow?"),
        heard("ten se", 12, ended_by="skip"),
        said(14),
        heard("", 15, ended_by="no_speech"),
    )
    with Session(tmp_path / "s", SessionMeta()) as session:
        for event in events:
            session.journal.append(event)
    answers = read_conversation(read_session(tmp_path / "s")).answers
    assert [(a.kind, a.asked.text, a.start_s, a.asked_end_s) for a in answers] == [
        ("question", "Why?", 6.0, 5.0),
        ("follow_up", "How slow?", 12.0, 11.0),
    ]
