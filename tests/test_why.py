"""Why the interviewer said what it said: the journal read back, and the audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.after.why import Why, why_of
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.planning.plan import make_plan
from agent.kept_plan import KeptItem, KeptPlan, KeptProbe
from agent.session import Session, SessionMeta, StoredSession, read_session
from agent.session.events import event_of, read_events
from agent.start import kept_plan
from tests.conftest import Demo, Rehearse
from tests.interviewer_candidates import BRIEF, hold
from tests.interviewer_people import people

ON_THE_QUEUE = "You mentioned the queue. Why?"
SETTINGS: dict[str, Any] = {"minutes": 1.0}


def journal(
    *events: dict[str, Any], settings: dict[str, Any] = SETTINGS, plan: KeptPlan | None = None
) -> Why:
    meta = SessionMeta(brief=BRIEF, settings=settings, plan=plan)
    return why_of(StoredSession(Path(), meta, tuple(event_of(**event) for event in events)))


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


def test_what_was_typed_has_no_talk_share(tmp_path: Path, rehearse: Rehearse) -> None:
    events = (said("question", "Why?", 2, 2, speaker="Priya"), heard("because", 2, 40))
    audit = journal(*events).audit
    assert (audit.talk_share, audit.spoke_s) == (None, {})
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        for event in events:
            session.journal.append(event_of(**event))
    shown = rehearse("why", tmp_path / "s").out
    assert "talk share" not in shown
    assert "follow-ups             0" in shown


def test_a_follow_up_is_held_against_its_own_question() -> None:
    why = journal(
        said("question", "Which?"), heard("the queue"), said("follow_up", ON_THE_QUEUE),
        said("question", "And?"), heard("a valve"), said("follow_up", ON_THE_QUEUE),
        said("follow_up", "Why? And how?"),
    )  # fmt: skip
    assert why.audit.double_questions == (4,)
    assert why.audit.follow_ups == 3


def test_a_follow_up_from_the_brief_is_held_to_no_rule(tmp_path: Path, rehearse: Rehearse) -> None:
    events = (
        said("question", "Which?"),
        heard("the queue"),
        said("follow_up", "What broke? And when?", probe="own"),
        said("closing", "Bye."),
    )
    audit = journal(*events).audit
    assert (audit.follow_ups, audit.double_questions) == (1, ())
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        for event in events:
            session.journal.append(event_of(**event))
    assert "follow-up (own)" in rehearse("why", tmp_path / "s").out


def test_a_cut_off_is_no_follow_up_and_keeps_the_answer_together() -> None:
    why = journal(
        said("question", "Which?"), heard("the queue and"),
        said("question", "And?", stopped_by="resumed_answer", heard="An"), heard("the valve"),
        said("follow_up", ON_THE_QUEUE), said("closing", "B", stopped_by="interruption"),
    )  # fmt: skip
    assert why.audit.cut_offs == (1,)
    assert why.audit.interrupted == 1


def test_cutting_in_on_a_rambler_is_counted_apart() -> None:
    why = journal(said("question", "Which?"), {**heard("and so on"), "ended_by": "cut_in"})
    assert (why.audit.cut_in, why.audit.cut_offs) == (1, ())


def test_a_move_that_was_never_said_is_shown() -> None:
    move = {"event": "move", "kind": "follow_up", "text": "How?", "reason": "rule depth: z",
            "probe": "depth"}  # fmt: skip
    why = journal(said("question", "Which?"), heard("the queue"), move)
    assert (why.decisions[-1].probe, why.decisions[-1].stopped_by) == ("depth", "end")


PLAN = KeptPlan(
    total_s=1800,
    own_questions_s=300,
    items=(
        KeptItem(
            question_index=2,
            text="Which?",
            budget_s=30,
            area="domain",
            asked_by="Priya",
            reason="number 1 is question 3 (domain, level 3 of 5, 30 s): the first of 1 on domain",
            probes=(
                KeptProbe(kind="number", text="Which figures would show that?"),
                KeptProbe(kind="own", text="Why?"),
            ),
        ),
        KeptItem(text="What do you do?", budget_s=30),
        KeptItem(question_index=5, text="Never?", budget_s=30, area="a \x1b[2J " * 40),
    ),
)


def test_the_plan_is_held_against_what_became_of_it() -> None:
    why = journal(
        said("question", "Which?", 20, 22, question_index=2, speaker="Priya"),
        heard("the queue", 23, 50),
        said("follow_up", "You said 22. Which figures would show that", 51, 55, speaker="Priya"),
        heard("none", 56, 60),
        said("hand_over", "Over to Alex.", 60, 62, speaker="Priya"),
        said("question", "what do you do", 62, 65, speaker="Alex"),
        heard("I build", 66, 70),
        said("closing", "Bye.", 80, 84, speaker="Alex", reason="rule closing: the time is over"),
        plan=PLAN,
    )
    first, second, third = why.plan
    assert [one.place for one in why.plan] == [0, 3, None]
    assert [one.took_s for one in why.plan] == [40.0, 18.0, None]
    assert [(one.kind, one.asked) for one in first.probes] == [("number", True), ("own", False)]
    assert (second.probes, third.probes) == ((), ())
    assert why.not_reached == "rule closing: the time is over"
    assert why.audit.over_budget == (0,)
    assert why.audit.spoke_s == {"Priya": 8.0, "Alex": 7.0}


def test_a_question_that_gave_way_was_not_reached_by_it() -> None:
    gave_way = said("question", "Which?", 5, 6, question_index=2, stopped_by="resumed_answer")
    never = journal(gave_way, plan=PLAN)
    assert [one.place for one in never.plan] == [None, None, None]
    assert "ended before" in never.not_reached
    again = journal(
        gave_way,
        said("question", "Which?", 9, 10, question_index=2),
        heard("so", 11, 20),
        plan=PLAN,
    )
    assert (again.plan[0].place, again.plan[0].took_s) == (1, 11.0)


def test_a_hand_over_that_gave_way_leaves_the_question_going_on() -> None:
    why = journal(
        said("question", "Which?", 0, 2, question_index=2),
        heard("the queue", 3, 10),
        said("hand_over", "Over to", 11, 12, stopped_by="interruption", heard="Over"),
        heard("and the valve", 12, 20),
        said("closing", "Bye.", 22, 23),
        plan=PLAN,
    )
    assert why.plan[0].took_s == 22.0


def test_the_plan_is_shown_in_a_few_lines_a_question(tmp_path: Path, rehearse: Rehearse) -> None:
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF, plan=PLAN)) as session:
        for line in (
            said("question", "Which?", 20, 22, question_index=2, speaker="Priya"),
            heard("the queue", 23, 50),
            said("reply", "We use Go.", 51, 55, speaker="Priya", evidence="stack: \x1b[31mGo"),
            said("closing", "Bye.", 60, 61, reason="rule closing: the person asked to stop"),
        ):
            session.journal.append(event_of(**line))
    done = rehearse("why", tmp_path / "s")
    assert done.code == 0, done.err
    plan = done.out.split("The plan: 3 questions, 5:00 for your own\n")[1].split("\n\n")[0]
    lines = plan.splitlines()
    assert lines[:4] == [
        "  1. 0:30  domain, Priya: Which?",
        "       took 0:40; the first of 1 on domain",
        "       held ready: number, own",
        "  2. 0:30  no area: What do you do?",
    ]
    assert lines[-1] == "  never reached: 2, 3; because: rule closing: the person asked to stop"
    assert len(lines) == 8
    assert max(map(len, done.out.splitlines())) <= 80
    assert "\x1b" not in done.out
    assert 'your brief says: "stack: [31mGo"' in done.out
    assert "question 3, Priya" in done.out
    document = json.loads(rehearse("why", tmp_path / "s", "--json").out)
    assert document["plan"][0]["probes"][0]["asked"] is False
    assert document["not_reached"].startswith("rule closing")


def test_the_plan_that_is_made_is_the_plan_that_is_kept(tmp_path: Path) -> None:
    plan = make_plan(BRIEF, 30)
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF, plan=kept_plan(plan))):
        pass
    kept = read_session(tmp_path / "s").meta.plan
    assert kept is not None
    assert (kept.total_s, kept.own_questions_s) == (plan.total_s, plan.own_questions_s)
    for item, made in zip(kept.items, plan.items, strict=True):
        assert (item.text, item.question_index) == (made.question.text, made.question_index)
        assert (item.budget_s, item.reason) == (made.budget_s, made.reason)
        assert [p.text for p in item.probes] == [p.text for p in made.probes]
    why = why_of(read_session(tmp_path / "s"))
    assert why.not_reached.startswith("the session ended")


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
    st.sampled_from([None, 0, 20.0]),
)
def test_any_journal_is_read(lines: list[dict[str, Any]], minutes: float | None) -> None:
    events, _ = read_events("\n".join(map(json.dumps, lines)))
    meta = SessionMeta(brief=BRIEF, settings={"minutes": minutes})
    why = why_of(StoredSession(Path(), meta, events))
    assert len(why.decisions) <= len(lines)
    share = why.audit.talk_share
    assert share is None or 0 <= share <= 1


def _stored(folder: Path) -> Path:
    """Write the journal of an interview with one of the ten."""
    held = hold(RulesInterviewer(BRIEF, make_plan(BRIEF, 20)), people(BRIEF)["wrong numbers"][0])
    with Session(folder, SessionMeta(brief=BRIEF, settings={"minutes": 20})) as session:
        for turn in held.turns:
            line = said(turn.move.kind, turn.move.text, turn.start_s - 6, turn.start_s - 1)
            session.journal.append(event_of(**{**line, "reason": turn.move.reason}))
            session.journal.append(event_of(**heard(turn.answer, turn.start_s, turn.end_s)))
    return folder


def test_the_command_shows_every_reason_in_80_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    folder = _stored(tmp_path / "a session")
    done = rehearse("why", folder)
    assert done.code == 0, done.err
    assert max(map(len, done.out.splitlines())) <= 80
    why = why_of(read_session(folder))
    assert done.out.count("because: rule ") == len(why.decisions) > 5
    for part in ("talk share", "two questions in one", "of 20:00"):
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
