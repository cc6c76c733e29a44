"""Who of a panel asks what: by area, fairly, without ping-pong, and the same every time."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Persona, Question
from agent.brief.read import read_brief
from agent.interviewer.people.panel import USUAL, panel_lines, panel_of, seated, staffed
from agent.interviewer.planning.plan import Plan, PlanItem, make_plan
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF
from tests.need import ROOT

AREAS = ("warm_up", "behavioral", "Leadership", "domain", "coding", "system design", "sales", "")
PANELS = st.lists(
    st.builds(
        Persona,
        name=st.sampled_from(("Ada", "Bo", "Cy", "Di")),
        areas=st.lists(st.sampled_from((*AREAS, "teamwork", "case")), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda persona: persona.name,
).map(tuple)


def plan_of(*areas: str, reserve: tuple[str, ...] = ()) -> Plan:
    def items(names: tuple[str, ...], mark: str) -> tuple[PlanItem, ...]:
        texts = (f"{mark} {number}?" for number in range(len(names)))
        pairs = zip(names, texts, strict=True)
        return tuple(PlanItem(Question(area=a, text=t), 0, 90.0, "") for a, t in pairs)

    return Plan(items(areas, "Planned"), 1200.0, items(reserve, "Spare"))


def askers(plan: Plan) -> str:
    return "".join(item.asked_by[0] for item in plan.items)


def person(name: str, *areas: str) -> Persona:
    return Persona(name=name, areas=areas)


class TestStaffed:
    @given(st.lists(st.sampled_from(AREAS), min_size=1, max_size=12), PANELS)
    def test_every_question_has_one_who_asks_and_stays_as_it_was(
        self, areas: list[str], panel: tuple[Persona, ...]
    ) -> None:
        plan = plan_of(*areas, reserve=tuple(areas[:2]))
        done = staffed(plan, panel)
        first = dict.fromkeys(item.asked_by for item in done.items)
        assert [persona.name for persona in done.panel] == list(first)
        assert {item.asked_by for item in done.reserve} <= set(first)
        assert staffed(plan, panel) == done
        bare = [replace(item, asked_by="") for item in (*done.items, *done.reserve)]
        assert bare == [*plan.items, *plan.reserve]

    @given(st.lists(st.sampled_from(AREAS), min_size=1, max_size=12), PANELS)
    def test_who_names_an_area_asks_about_it(
        self, areas: list[str], panel: tuple[Persona, ...]
    ) -> None:
        named = {area: {p.name for p in panel if area in p.areas} for area in AREAS}
        for item in staffed(plan_of(*areas), panel).items:
            assert not named[item.question.area] or item.asked_by in named[item.question.area]

    @given(st.integers(1, 12), st.integers(1, 4))
    def test_who_claims_nothing_takes_turns_and_keeps_the_floor(
        self, questions: int, people: int
    ) -> None:
        panel = tuple(person(name) for name in "ABCD"[:people])
        done = askers(staffed(plan_of(*["sales"] * questions), panel))
        assert list(done) == sorted(done)
        assert max(Counter(done).values()) <= -(-questions // people)

    def test_a_group_of_areas_is_claimed_by_one_of_its_names(self) -> None:
        panel = (person("A", "coding"), person("B", "teamwork"))
        assert askers(staffed(plan_of("conflict", "debugging"), panel)) == "BA"

    def test_the_name_of_an_area_counts_more_than_its_group(self) -> None:
        panel = (person("A", "leadership"), person("B", "conflict"))
        assert askers(staffed(plan_of("conflict", "Leadership", "people"), panel)) == "BAA"

    def test_what_nobody_claims_goes_to_who_claims_nothing(self) -> None:
        panel = (person("A", "coding"), person("B"))
        assert askers(staffed(plan_of("coding", "sales", "coding", "safety"), panel)) == "ABAB"

    def test_whoever_has_the_floor_keeps_it_for_what_nobody_claims(self) -> None:
        panel = (person("A", "coding"), person("B", "culture"))
        assert askers(staffed(plan_of("culture", "sales", "coding", "safety"), panel)) == "BBAA"

    def test_who_would_ask_nothing_gets_what_nobody_claims(self) -> None:
        panel = (person("A", "behavioral"), person("B", "coding"))
        assert askers(staffed(plan_of("behavioral", "sales", "safety"), panel)) == "AAB"

    def test_a_single_question_between_two_of_another_is_not_handed_over(self) -> None:
        panel = (person("A", "domain"), person("B", "domain", "coding"))
        assert askers(staffed(plan_of("domain", "coding", "domain", "coding"), panel)) == "ABBB"

    def test_no_panel_changes_nothing(self) -> None:
        assert staffed(make_plan(BRIEF, 20), ()) == make_plan(BRIEF, 20)


class TestPanelOf:
    def test_the_usual_panel_has_four_neutral_people(self) -> None:
        assert [p.role for p in panel_of(BRIEF)] == [
            "recruiter", "engineering manager", "staff engineer", "bar raiser",
        ]  # fmt: skip
        assert len({p.name for p in USUAL}) == 4

    def test_other_professions_meet_no_engineers(self) -> None:
        nurse = read_brief(str(ROOT / "briefs" / "ward-nurse.md"))
        assert [p.role for p in panel_of(nurse)] == [
            "recruiter", "hiring manager", "senior colleague", "bar raiser",
        ]  # fmt: skip

    def test_only_who_has_something_to_ask_comes(self) -> None:
        brief = Brief(role="Engineer", questions=(Question(area="coding", text="Why?"),))
        assert [p.name for p in panel_of(brief)] == ["Alex"]

    def test_the_briefs_own_come_once_each_and_with_a_name(self) -> None:
        own = (person("Priya"), person("priya", "coding"), person(" "), person("Tom", "coding"))
        brief = BRIEF.model_copy(update={"panel": own})
        assert [p.name for p in panel_of(brief)] == ["Priya", "Tom"]

    def test_a_brief_without_questions_has_a_panel_too(self) -> None:
        assert len(panel_of(Brief())) >= 2


class TestSeated:
    OWN = BRIEF.model_copy(update={"panel": (person("Priya"), person("Tom", "nothing of this"))})

    @pytest.mark.parametrize(
        ("brief", "wished", "there"),
        [(BRIEF, None, False), (BRIEF, True, True), (OWN, None, True), (OWN, False, False)],
    )
    def test_a_wish_counts_more_than_the_brief(
        self, brief: Brief, wished: bool | None, there: bool
    ) -> None:
        assert bool(seated(make_plan(brief, 20), brief, wished).panel) is there

    def test_the_lines_name_who_is_there_and_who_is_not(self) -> None:
        plan = seated(make_plan(self.OWN, 20), self.OWN, None)
        assert panel_lines(plan, self.OWN) == (
            "On the panel: Priya.",
            "Tom has no question this time.",
        )


@pytest.mark.parametrize("brief", ["ml-systems-fellow.md", "ward-nurse.md"])
@pytest.mark.parametrize(("minutes", "most"), [(20, 3), (30, 3), (45, 5)])
def test_the_usual_panel_hands_over_a_few_times(brief: str, minutes: int, most: int) -> None:
    read = read_brief(str(ROOT / "briefs" / brief))
    plan = staffed(make_plan(read, minutes), panel_of(read))
    names = [item.asked_by for item in plan.items]
    assert sum(a != b for a, b in pairwise(names)) <= most
    assert len(plan.panel) == 4


def test_plan_shows_who_asks(rehearse: Rehearse) -> None:
    brief = str(ROOT / "briefs" / "ward-nurse.md")
    shown = rehearse("plan", brief, "--panel").out
    assert "On the panel: Robin (recruiter), Morgan (hiring manager)" in shown
    assert "warm_up, asked by Robin" in shown
    assert max(map(len, shown.splitlines())) <= 80
    document = json.loads(rehearse("plan", brief, "--panel", "--json").out)
    assert document["panel"][0]["name"] == document["questions"][0]["asked_by"] == "Robin"
    alone = json.loads(rehearse("plan", brief, "--json").out)
    assert alone["panel"] == []
    assert {question["asked_by"] for question in alone["questions"]} == {""}
