"""Why the interviewer said what it said: the plan and the reasons, read back from the journal."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analysis.why import planned, told
from agent.session import Session, SessionMeta, StoredSession
from agent.session.events import event_of, read_events
from agent.session.settings import KeptItem, KeptPlan
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF

REASON = "number 1 is question 3 (domain, level 3 of 5, 30 s): the first of 1 on domain"
PLAN = KeptPlan(
    items=(
        KeptItem(question_index=2, text="Which?", budget_s=30, area="domain", asked_by="Priya",
                 reason=REASON),
        KeptItem(text="What do you do?", budget_s=30),
        KeptItem(question_index=5, text="Never?", budget_s=30, area="a \x1b[2J " * 40),
    ),
)  # fmt: skip
META = SessionMeta(brief=BRIEF, plan=PLAN)


def said(kind: str, text: str, start_s: float = 0.0, end_s: float = 0.0, **more: Any) -> Any:
    return {"event": "said", "kind": kind, "text": text, "reason": "rule x: y", "start_s": start_s,
            "end_s": end_s, "heard": text, **more}  # fmt: skip


def test_the_plan_is_held_against_what_became_of_it() -> None:
    lines = (
        said("question", "Which?", 5, 6, question_index=2, stopped_by="resumed_answer"),
        said("question", "Which?", 20, 22, question_index=2),
        said("follow_up", "Why?", 51, 55),
        said("question", "what do you do?", 62, 65),
        said("closing", "Bye.", 80, 84),
    )
    stored = StoredSession(Path(), META, tuple(event_of(**line) for line in lines))
    assert [asked and asked.start_s for _, asked in planned(stored)] == [20.0, 62.0, None]


def test_the_command_says_each_reason_in_80_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    with Session(tmp_path / "s", META) as session:
        for line in (
            said("question", "Which?", 20, 22, question_index=2, speaker="Priya"),
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
        "       asked at 0:20; the first of 1 on domain",
        "  2. 0:30  no area: What do you do?",
    ]
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.out
    assert done.out.count("because: rule x: y") == 3
    assert 'your brief says: "stack: [31mGo"' in done.out
    assert 'you interrupted it; heard: "By"' in done.out
    document = json.loads(rehearse("why", tmp_path / "s", "--json").out)
    assert [one["asked_s"] for one in document["plan"]] == [20.0, None, None]
    assert document["decisions"][1]["reason"] == "rule x: y"
    with Session(tmp_path / "t", SessionMeta()):
        pass
    assert "no interviewer" in rehearse("why", tmp_path / "t").error


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
    assert all(len(line) <= 80 for line in told(StoredSession(Path(), META, events)))
