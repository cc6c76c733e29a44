"""Why the interviewer said what it said: the plan and the reasons, read back from the journal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analysis.why import Why, why_of
from agent.session import Session, SessionMeta, StoredSession
from agent.session.events import event_of, read_events
from agent.session.plan import KeptItem, KeptPlan
from tests.conftest import Demo, Rehearse
from tests.interviewer_candidates import BRIEF

PLAN = KeptPlan(
    items=(
        KeptItem(
            question_index=2,
            text="Which?",
            budget_s=30,
            area="domain",
            asked_by="Priya",
            reason="number 1 is question 3 (domain, level 3 of 5, 30 s): the first of 1 on domain",
        ),
        KeptItem(text="What do you do?", budget_s=30),
        KeptItem(question_index=5, text="Never?", budget_s=30, area="a \x1b[2J " * 40),
    ),
)


def said(kind: str, text: str, start_s: float = 0.0, end_s: float = 0.0, **more: Any) -> Any:
    return {"event": "said", "kind": kind, "text": text, "reason": "rule x: y", "start_s": start_s,
            "end_s": end_s, "heard": text, **more}  # fmt: skip


def heard(text: str, start_s: float = 0.0, end_s: float = 0.0) -> dict[str, Any]:
    return {"event": "heard", "text": text, "start_s": start_s, "end_s": end_s}


def journal(*events: dict[str, Any], plan: KeptPlan | None = PLAN) -> Why:
    meta = SessionMeta(brief=BRIEF, plan=plan)
    return why_of(StoredSession(Path(), meta, tuple(event_of(**event) for event in events)))


def test_the_plan_is_held_against_what_became_of_it() -> None:
    why = journal(
        said("question", "Which?", 5, 6, question_index=2, stopped_by="resumed_answer"),
        said("question", "Which?", 20, 22, question_index=2),
        heard("the queue", 23, 50),
        said("follow_up", "Why?", 51, 55),
        heard("none", 56, 60),
        said("question", "what do you do?", 62, 65),
        heard("I build", 66, 70),
        said("closing", "Bye.", 80, 84),
    )
    assert [took_s for _, took_s in why.plan] == [42.0, 18.0, None]
    cut = journal(said("question", "Which?", 0, 2, question_index=2), heard("so", 3, 9))
    assert cut.plan[0][1] == 9.0


def test_the_command_says_each_reason_in_80_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF, plan=PLAN)) as session:
        for line in (
            said("question", "Which?", 20, 22, question_index=2, speaker="Priya"),
            heard("the queue", 23, 50),
            said("reply", "We use Go.", 51, 55, speaker="Priya", evidence="stack: \x1b[31mGo"),
            said("closing", "Bye.", 60, 61, stopped_by="interruption", heard="By"),
        ):
            session.journal.append(event_of(**line))
    done = rehearse("why", tmp_path / "s")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    at = lines.index("The plan: 3 questions")
    assert lines[at + 1 : at + 4] == [
        "  1. 0:30  domain, Priya: Which?",
        "       took 0:40; the first of 1 on domain",
        "  2. 0:30  no area: What do you do?",
    ]
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.out
    assert done.out.count("because: rule x: y") == 3
    assert 'your brief says: "stack: [31mGo"' in done.out
    assert "question 3, Priya" in done.out
    assert 'you interrupted it; heard: "By"' in done.out
    document = json.loads(rehearse("why", tmp_path / "s", "--json").out)
    assert [one["took_s"] for one in document["plan"]] == [40.0, None, None]
    assert document["decisions"][1]["reason"] == "rule x: y"


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["event", "kind", "text", "start_s", "end_s", "reason"]),
            st.sampled_from(["said", "heard", "question", "", None, 1, -1e9, 1e308, "nan"])
            | st.floats(),
        ),
        max_size=8,
    )
)
def test_any_journal_is_read(lines: list[dict[str, Any]]) -> None:
    events, _ = read_events("\n".join(map(json.dumps, lines)))
    why = why_of(StoredSession(Path(), SessionMeta(brief=BRIEF, plan=PLAN), events))
    assert all(len(line) <= 80 for line in why.told())


def test_a_session_without_an_interviewer(tmp_path: Path, rehearse: Rehearse) -> None:
    with Session(tmp_path / "s", SessionMeta()):
        pass
    done = rehearse("why", tmp_path / "s")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "no interviewer" in done.err


def test_the_demo_is_explained(demo: Demo, rehearse: Rehearse) -> None:
    done = rehearse("why", demo.folder)
    assert done.code == 0
    assert "took " in done.out
    assert max(map(len, done.out.splitlines())) <= 80
