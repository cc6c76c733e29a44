"""Why the interviewer said what it said: the journal read back, and the audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.interviewer.mind import RulesMind
from agent.interviewer.plan import make_plan
from agent.session import Session, SessionMeta, StoredSession, read_session
from agent.why import Why, why_of
from tests.conftest import Demo, Rehearse
from tests.interviewer_candidates import BRIEF, hold
from tests.interviewer_people import people

ON_THE_QUEUE = "You mentioned the queue. Why?"
SETTINGS: dict[str, Any] = {"minutes": 1.0}


def journal(*events: dict[str, Any], settings: dict[str, Any] = SETTINGS) -> Why:
    meta = SessionMeta(brief=BRIEF, settings=settings)
    return why_of(StoredSession(folder=Path(), meta=meta, events=events))


def said(kind: str, text: str, start_s: float = 0.0, end_s: float = 0.0, **more: Any) -> Any:
    return {"event": "said", "kind": kind, "text": text, "reason": "rule x: y", "start_s": start_s,
            "end_s": end_s, "heard": text, "stopped_by": "", "held": 0, **more}  # fmt: skip


def heard(text: str, start_s: float = 0.0, end_s: float = 0.0) -> dict[str, Any]:
    return {"event": "heard", "text": text, "start_s": start_s, "end_s": end_s}


def test_talk_share_and_time_are_measured() -> None:
    why = journal(
        said("question", "Why?", 0, 10), heard("because", 10, 40), said("closing", "Bye.", 50, 60)
    )
    assert why.audit.talk_share == pytest.approx(20 / 50)
    assert (why.audit.planned_s, why.audit.ended_s) == (60.0, 60.0)


def test_a_follow_up_is_held_against_its_own_question() -> None:
    why = journal(
        said("question", "Which?"), heard("the queue"), said("follow_up", ON_THE_QUEUE),
        said("question", "And?"), heard("a valve"), said("follow_up", ON_THE_QUEUE),
        said("follow_up", "Why? And how?"),
    )  # fmt: skip
    assert why.decisions[1].took_up == "queue"
    assert why.audit.took_nothing_up == (3, 4)
    assert why.audit.double_questions == (4,)
    assert why.audit.follow_ups == 3


def test_a_cut_off_is_no_follow_up_and_keeps_the_answer_together() -> None:
    why = journal(
        said("question", "Which?"), heard("the queue and"),
        said("question", "And?", stopped_by="resumed_answer", heard="An"), heard("the valve"),
        said("follow_up", ON_THE_QUEUE), said("closing", "B", stopped_by="interruption"),
    )  # fmt: skip
    assert why.audit.cut_offs == (1,)
    assert why.decisions[2].took_up == "queue"
    assert why.audit.interrupted == 1


def test_a_move_that_was_never_said_is_shown() -> None:
    move = {"event": "move", "kind": "follow_up", "text": "How?", "reason": "rule depth: z",
            "probe": "depth"}  # fmt: skip
    why = journal(said("question", "Which?"), heard("the queue"), move)
    assert (why.decisions[-1].probe, why.decisions[-1].stopped_by) == ("depth", "end")


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["event", "kind", "text", "start_s", "end_s", "reason", "held"]),
            st.sampled_from(["said", "move", "heard", "question", "", None, 1, -1e9, 1e308, "nan"])
            | st.floats(),
        ),
        max_size=8,
    ),
    st.sampled_from([None, "x", True, 0, 20.0]),
)
def test_any_journal_is_read(events: list[dict[str, Any]], minutes: object) -> None:
    why = journal(*events, settings={"minutes": minutes})
    assert len(why.decisions) <= len(events)
    share = why.audit.talk_share
    assert share is None or 0 <= share <= 1


def _stored(folder: Path) -> Path:
    """Write the journal of an interview with one of the ten."""
    held = hold(RulesMind(BRIEF, make_plan(BRIEF, 20)), people(BRIEF)["wrong numbers"][0])
    with Session(folder, SessionMeta(brief=BRIEF, settings={"minutes": 20})) as session:
        for turn in held.turns:
            line = said(turn.move.kind, turn.move.text, turn.start_s - 6, turn.start_s - 1)
            session.journal.append(**{**line, "reason": turn.move.reason})
            session.journal.append(**heard(turn.answer, turn.start_s, turn.end_s))
    return folder


def test_the_command_shows_every_reason_in_80_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    folder = _stored(tmp_path / "a session")
    done = rehearse("why", folder)
    assert done.code == 0, done.err
    assert max(map(len, done.out.splitlines())) <= 80
    why = why_of(read_session(folder))
    assert done.out.count("because: rule ") == len(why.decisions) > 5
    for part in ("talk share", "took nothing up", "two questions in one", "of 20:00", "takes up: "):
        assert part in done.out
    document = json.loads(rehearse("why", folder, "--json").out)
    assert len(document["decisions"]) == len(why.decisions)
    assert document["audit"]["follow_ups"] == why.audit.follow_ups


def test_a_session_without_an_interviewer(tmp_path: Path, rehearse: Rehearse) -> None:
    with Session(tmp_path / "s", SessionMeta()):
        pass
    done = rehearse("why", tmp_path / "s")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "no interviewer" in done.err


def test_the_demo_is_explained(demo: Demo, rehearse: Rehearse) -> None:
    done = rehearse("why", demo.folder)
    assert done.code == 0
    assert "follow-up (" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
