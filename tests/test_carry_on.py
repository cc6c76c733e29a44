"""The plan of the next session: what comes back, what rests and until when, and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.history import Held, History, history_from
from agent.brief import Brief, Question
from agent.interview.due import Urgency, due
from agent.interview.plan import Plan, make_plan
from tests.interviewer_candidates import BRIEF
from tests.sample_history import FAST, GAVE_UP, SHORT, SKIPPED, TEXTS, WELL, held

POINTS = tuple(point.name for point in BRIEF.talking_points)
HOWS = st.sampled_from([WELL, SHORT, FAST, GAVE_UP, SKIPPED])
SESSIONS = st.lists(
    st.tuples(st.integers(1, 19), st.dictionaries(st.sampled_from(TEXTS), HOWS, min_size=1)),
    max_size=5,
    unique_by=lambda one: one[0],
)


def on(day: int, sessions: list[Held], interview: str = "", brief: Brief = BRIEF) -> History:
    dated = brief.model_copy(update={"interview_date": interview})
    return history_from(sessions, dated, datetime(2026, 11, day, 9, tzinfo=UTC))


def asked(plan: Plan) -> list[int | None]:
    return [item.question_index for item in plan.items]


def reason(plan: Plan, place: int) -> str:
    (found,) = [
        item.reason for item in (*plan.items, *plan.reserve) if item.question_index == place
    ]
    return found.partition("): ")[2]


def went(how: str, *places: int) -> dict[str, str]:
    return {TEXTS[place]: how for place in places}


@pytest.mark.parametrize("minutes", [5, 20, 45])
@pytest.mark.parametrize("brief", [BRIEF, BRIEF.model_copy(update={"questions": ()})])
def test_a_history_without_sessions_changes_nothing(minutes: float, brief: Brief) -> None:
    plan = make_plan(brief, minutes, history=on(5, [], brief=brief))
    assert plan == make_plan(brief, minutes)


def test_what_was_left_open_comes_back_first_and_says_why() -> None:
    history = on(
        15, [held(14, went(GAVE_UP, 5) | went(SKIPPED, 3) | went(SHORT, 1) | went(WELL, 6), POINTS)]
    )
    assert {3, 5} < set(asked(make_plan(BRIEF, 10, history=history)))
    plan = make_plan(BRIEF, 20, history=history)
    assert {1, 3, 5} < set(asked(plan))
    assert reason(plan, 3) == "it was not answered on 14 November"
    assert reason(plan, 1).startswith("your answer on 14 November was too short")
    assert 6 not in asked(plan)
    assert reason(plan, 6) == "it went well on 14 November and rests until 17 November"
    assert reason(plan, 0) == "it has not been asked yet; the hardest comes last"


def test_a_question_that_invites_an_unmade_point_comes_back_though_it_went_well() -> None:
    history = on(15, [held(14, went(WELL, *range(8)), POINTS[:2])])
    plan = make_plan(BRIEF, 20, history=history)
    assert asked(plan) == [2]
    assert reason(plan, 2) == "it invites “The lost delivery”, which you have not made yet"
    assert len(plan.reserve) == 7


def test_a_weak_area_comes_before_what_was_never_asked() -> None:
    asks = (("b", "New?"), ("a", "Newer?"), ("a", "What is coal?"), ("a", "What is salt?"))
    brief = Brief(questions=tuple(Question(area=area, text=text) for area, text in asks))
    session = held(3, {text: FAST for _, text in asks[2:]})
    answers = tuple(a.model_copy(update={"area": "a"}) for a in session.analysis.answers)
    weak = replace(session, analysis=session.analysis.model_copy(update={"answers": answers}))
    again = held(4, {text: WELL for _, text in asks[2:]}, retry=True)
    history = on(5, [weak, again], brief=brief)
    assert [due(q, place, history).urgency for place, q in enumerate(brief.questions)] == [
        Urgency.NEVER_ASKED,
        Urgency.WEAK_AREA,
        Urgency.RESTS,
        Urgency.RESTS,
    ]


@pytest.mark.parametrize(
    ("interview", "times_well", "first_day"),
    [
        ("", 1, 6),  # 10 % of 30 days assumed
        ("", 2, 9),  # 20 % of them from the second time on
        ("2026-11-24", 1, 5),  # 10 % of three weeks
        ("2026-11-24", 2, 7),
        ("2026-11-10", 1, 4),  # a week: the next day
        ("2026-11-14", 5, 5),  # 20 % of eleven days
        ("2026-11-02", 2, 9),  # past, so unknown
    ],
)
def test_what_went_well_rests_the_longer_the_more_days_are_left(
    interview: str, times_well: int, first_day: int
) -> None:
    day_times = [held(3, went(WELL, 7)) for _ in range(times_well)]
    sessions = [replace(one, folder=Path(str(at))) for at, one in enumerate(day_times)]
    rests = [
        due(BRIEF.questions[7], 7, on(day, sessions, interview)).urgency == Urgency.RESTS
        for day in range(4, 12)
    ]
    assert rests == [day < first_day for day in range(4, 12)]


def test_in_the_last_days_all_that_went_well_is_asked_again() -> None:
    sessions = [held(14, went(WELL, *range(8)), POINTS)]
    near = make_plan(BRIEF, 20, history=on(15, sessions, "2026-11-17"))
    assert len(near.items) == len(make_plan(BRIEF, 20).items)
    assert "and nothing rests in the last days before the interview" in near.items[0].reason


@given(
    SESSIONS, st.integers(1, 60), st.none() | st.integers(1, 9), st.sampled_from(["", "2026-11-25"])
)
def test_the_rules_of_the_plan_hold_with_any_history(
    sessions: list[tuple[int, Mapping[str, str]]],
    minutes: int,
    questions: int | None,
    interview: str,
) -> None:
    read = [held(day, some) for day, some in sessions]
    history = on(20, read, interview)
    plan = make_plan(BRIEF, minutes, questions, history=history)
    usual = make_plan(BRIEF, minutes, questions)
    assert plan == make_plan(BRIEF, minutes, questions, history=on(20, read[::-1], interview))
    every = [item.question_index for item in (*plan.items, *plan.reserve)]
    assert len(set(every)) == len(every)
    assert 1 <= len(plan.items) <= len(usual.items)
    assert len(plan.items) == len(usual.items) or questions is None
    assert sum(item.budget_s for item in plan.items) <= plan.total_s + 1
