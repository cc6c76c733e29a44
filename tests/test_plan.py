"""The plan: mix, order, time, and briefs with little in them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Question
from agent.errors import BriefError
from agent.interview.checks import leaks
from agent.interview.plan import CLOSING_S, OPENING_S, Plan, make_plan
from agent.text.question_kind import area_of
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF
from tests.need import ROOT

AREAS = ("warm_up", "behavioral", "culture", "domain", "coding", "system_design", "sales", "")
QUESTIONS = st.lists(
    st.builds(Question, area=st.sampled_from(AREAS), text=st.text(min_size=1, max_size=20)),
    max_size=14,
)


def levels(plan: Plan) -> list[int]:
    return [area_of(item.question.area).level for item in plan.items]


@pytest.mark.parametrize(("minutes", "count"), [(1, 1), (5, 1), (10, 3), (20, 6), (30, 7), (45, 8)])
def test_the_count_follows_the_minutes(minutes: int, count: int) -> None:
    assert len(make_plan(BRIEF, minutes).items) == count


def test_it_goes_from_warm_up_to_hard_over_many_areas() -> None:
    plan = make_plan(BRIEF, 20)
    assert levels(plan)[0] == min(levels(plan)) == 0
    assert levels(plan)[-1] == max(levels(plan)) == 5
    assert len({item.question.area for item in plan.items}) == 6


def test_a_design_question_gets_more_time_than_a_warm_up() -> None:
    times = {item.question.area: item.budget_s for item in make_plan(BRIEF, 30).items}
    assert times["system_design"] > times["domain"] > times["warm_up"]


def test_only_is_followed_exactly_and_nothing_is_held_in_reserve() -> None:
    plan = make_plan(BRIEF, 20, only=(4, 0, 6))
    assert [item.question_index for item in plan.items] == [4, 0, 6]
    assert plan.reserve == ()


def test_only_a_question_that_is_not_there() -> None:
    with pytest.raises(BriefError, match="no question 9: the brief has 8"):
        make_plan(BRIEF, 20, only=(8,))


def test_a_wished_number_of_questions() -> None:
    plan = make_plan(BRIEF, 20, questions=2)
    assert len(plan.items) == 2
    assert plan.reserve == ()
    assert len(make_plan(BRIEF, 20, questions=99).items) == 8
    assert len(make_plan(BRIEF, 20, questions=0).items) == 1


def test_a_brief_without_questions_asks_our_own_and_gives_nothing_away() -> None:
    plan = make_plan(BRIEF.model_copy(update={"questions": ()}), 20)
    asked = [item.question.text for item in (*plan.items, *plan.reserve)]
    assert len(plan.items) == 6
    assert len(set(asked)) == len(asked) == 9
    assert all(item.question_index is None for item in plan.items)
    assert not any(leaks(text, point, "") for text in asked for point in BRIEF.talking_points)


@pytest.mark.parametrize(("minutes", "kept_s"), [(20, 0), (29, 0), (30, 300), (45, 300)])
def test_a_long_session_keeps_time_for_the_person_s_own_questions(
    minutes: int, kept_s: float
) -> None:
    plan = make_plan(BRIEF, minutes)
    assert plan.own_questions_s == kept_s
    budgets_s = math.fsum(item.budget_s for item in plan.items)
    assert budgets_s <= plan.total_s - OPENING_S - CLOSING_S - kept_s + 1


def test_more_areas_than_usual_questions_all_appear_at_45_minutes() -> None:
    questions = tuple(Question(area=f"area {n}", text=f"Why {n}?") for n in range(15))
    assert len(make_plan(Brief(questions=questions), 45).items) == 15


class TestCommand:
    def test_it_shows_time_reason_and_probes_in_80_columns(self, rehearse: Rehearse) -> None:
        done = rehearse("plan", ROOT / "briefs" / "ward-nurse.md", "--minutes", "30")
        assert done.code == 0
        assert max(map(len, done.out.splitlines())) <= 80
        for part in ("chosen: one of", "why it is asked:", "your own questions", "    > ",
                     "the easiest comes first", "the hardest comes last"):  # fmt: skip
            assert part in done.out


@given(QUESTIONS, st.floats(0.1, 120), st.none() | st.integers(0, 20))
def test_any_plan_holds_together(
    questions: list[Question], minutes: float, wanted: int | None
) -> None:
    brief = Brief(questions=tuple(questions))
    plan = make_plan(brief, minutes, wanted)
    assert plan == make_plan(brief, minutes, wanted)
    assert plan.items
    everything = (*plan.items, *plan.reserve)
    texts = [" ".join(item.question.text.lower().split()) for item in everything]
    assert len(texts) == len(set(texts))
    assert all(item.reason and item.budget_s >= 0 for item in everything)
    room_s = max(0.0, plan.total_s - OPENING_S - CLOSING_S)
    assert sum(item.budget_s for item in plan.items) <= room_s + 1
    if len(plan.items) > 2:
        assert levels(plan)[0] == min(levels(plan))
        assert levels(plan)[-1] == max(levels(plan))
    if questions:
        texts_of_brief = {question.text for question in questions}
        assert all(item.question.text in texts_of_brief for item in everything)
