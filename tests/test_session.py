"""The session folder: private, crash-safe, readable in every state."""

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

from agent.analysis.conversation import read_conversation
from agent.brief import Brief
from agent.errors import SessionError
from agent.session import (
    JOURNAL,
    META,
    Session,
    SessionMeta,
    StoredSession,
    new_folder,
    read_meta,
    read_session,
    session_folders,
)
from agent.session.events import Event, NoticeEvent, event_of, line_of, read_events
from tests.need import ROOT

BRIEF = Brief(company="Acme & Söhne", role="Nurse")
_KILLED = """
import sys, time
from pathlib import Path
from agent.session import Session, SessionMeta
from agent.session.events import NoticeEvent
with Session(Path(sys.argv[1]), SessionMeta()) as session:
    session.journal.append(NoticeEvent("hello"))
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


def test_a_session_left_before_anything_was_recorded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Session(tmp_path / "s", SessionMeta()):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_killed_session_is_interrupted_and_keeps_its_journal(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KILLED, str(tmp_path / "s")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        assert read_meta(tmp_path / "s").state == "running"
        os.kill(writer.pid, signal.SIGKILL)
    stored = read_session(tmp_path / "s")
    assert (stored.meta.state, stored.events) == ("interrupted", (NoticeEvent("hello"),))


def test_what_cannot_be_read_of_a_journal_is_counted() -> None:
    lines = [
        '{"event": "said", "kind": "question", "text": "Why?", "start_s": 0, "end_s": 1}',
        '{"event": "hologram", "x": 1}',
        '{"event": "said", "kind": "song", "text": "la", "start_s": 0, "end_s": 1}',
        '{"event": "heard", "text": "Never.", "start_s": NaN, "end_s": 1e300}',
        "[1, 2]",
        '{"event": "heard", "text": "Because.", "start_s": 2, "end_s": 3}',
        '{"event": "heard", "text": "half a li',
    ]
    events, damaged = read_events("\n".join(lines))
    assert damaged == 3
    conversation = read_conversation(StoredSession(Path(), SessionMeta(), events))
    assert [line.text for line in conversation.lines] == ["Why?"]
    assert [(a.start_s, a.end_s) for a in conversation.answers] == [(2.0, 3.0)]


_FIELDS = st.fixed_dictionaries(
    {"text": st.text(max_size=20), "start_s": st.floats(0, 1e6), "end_s": st.floats(0, 1e6)}
)


@given(st.sampled_from(["move", "said", "heard", "notice"]), _FIELDS)
def test_any_event_comes_back_as_it_was(name: str, fields: dict[str, Any]) -> None:
    event = event_of(name, kind="reply", **fields)
    assert read_events(line_of(event)) == ((event,), 0)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        *[(text, r"damaged.*candidate\.wav") for text in ("", "{", "[]", "[" * 100_000)],
        ('{"format": 1, "state": 7}', r"damaged.*candidate\.wav"),
        ('{"settings": {"minutes": 1e999}}', r"damaged.*candidate\.wav"),
        ('{"format": 99, "state": 7}', r"newer Rehearse.*update"),
        (None, "rehearse sessions"),
    ],
)
def test_what_is_no_session_says_so(tmp_path: Path, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / META).write_text(content)
    with pytest.raises(SessionError, match=told):
        read_session(tmp_path)


def test_a_place_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text("")
    with pytest.raises(SessionError, match="--out"):
        Session(tmp_path / JOURNAL / "s", SessionMeta()).__enter__()


def test_two_sessions_of_one_second_have_two_folders(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, BRIEF, datetime(2026, 11, 22, 16, 0, 0))
    with Session(folder, SessionMeta()), Session(folder, SessionMeta()):
        pass
    name = "2026-11-22_16-00-00_acme-s-hne-nurse"
    assert [path.name for path in session_folders(tmp_path)] == [name, f"{name}-2"]


def test_an_answer_is_told_from_a_request() -> None:
    def said(at_s: float, kind: str = "question", text: str = "Why?") -> Event:
        return event_of("said", kind=kind, text=text, start_s=at_s, end_s=at_s + 1)

    def heard(text: str, at_s: float, **more: Any) -> Event:
        return event_of("heard", text=text, start_s=at_s, end_s=at_s + 1, **more)

    events = (
        *(said(0), heard("could you repeat that", 2, ended_by="repeat")),
        *(said(4, "repeat"), heard("Because it was slow.", 6)),
        *(said(10, "follow_up", "How slow?"), heard("ten se", 12, ended_by="skip")),
        *(said(14), heard("", 15, ended_by="no_speech")),
    )
    answers = read_conversation(StoredSession(Path(), SessionMeta(), events)).answers
    assert [(a.kind, a.asked.text, a.start_s, a.asked_end_s) for a in answers] == [
        ("question", "Why?", 6.0, 5.0),
        ("follow_up", "How slow?", 12.0, 11.0),
    ]
