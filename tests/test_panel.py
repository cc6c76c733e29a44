"""A panel: who asks what, how the floor is handed over, and that nothing else changes by it."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Persona, Question
from agent.brief.read import read_brief
from agent.interview.interviewer import RulesInterviewer
from agent.interview.panel import by_panel, panel_lines, panel_of, seated, staffed
from agent.interview.plan import Plan, PlanItem, make_plan
from agent.interview.rehearsal import Rehearsal
from agent.interview.rules import next_move
from agent.session import Session, SessionMeta, read_session
from agent.session.turns import Move, Turn
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF, STORIES
from tests.need import ROOT
from tests.scripted_channel import ScriptedChannel

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
TRIO = (
    Persona(name="Priya", role="staff engineer", areas=("coding", "system_design")),
    Persona(name="Sam", role="HR partner", areas=("behavioral",), manner="terse"),
    Persona(name="Jo", areas=("domain",)),
)
PLAN = staffed(make_plan(BRIEF, 20, only=(2, 0, 3, 1)), TRIO)
"""Sam asks first, Priya two questions then, Jo the last."""


def plan_of(*areas: str, reserve: tuple[str, ...] = ()) -> Plan:
    def items(names: tuple[str, ...], mark: str) -> tuple[PlanItem, ...]:
        asked = (Question(area=a, text=f"{mark} {n}?") for n, a in enumerate(names))
        return tuple(PlanItem(question, 0, 90.0, "") for question in asked)

    return Plan(items(areas, "Planned"), 1200.0, items(reserve, "Spare"))


def askers(plan: Plan) -> str:
    return "".join(item.asked_by[0] for item in plan.items)


def person(name: str, *areas: str) -> Persona:
    return Persona(name=name, areas=areas)


def turn(index: int, answer: str = STORIES[0], ended_by: str = "silence") -> Turn:
    item = PLAN.items[index]
    move = Move("question", item.question.text, "", item.question_index, speaker=item.asked_by)
    return Turn(move, answer, 30, 60, ended_by)


def asks(index: int, lead_in: str = "Thank you.") -> Move:
    item = PLAN.items[index]
    return Move("question", item.question.text, "", item.question_index, lead_in=lead_in)


@given(st.lists(st.sampled_from(AREAS), min_size=1, max_size=12), PANELS)
def test_every_question_has_one_who_asks_by_area_and_stays_as_it_was(
    areas: list[str], panel: tuple[Persona, ...]
) -> None:
    plan = plan_of(*areas, reserve=tuple(areas[:2]))
    done = staffed(plan, panel)
    first = dict.fromkeys(item.asked_by for item in done.items)
    assert [persona.name for persona in done.panel] == list(first)
    assert {item.asked_by for item in done.reserve} <= set(first)
    bare = [replace(item, asked_by="") for item in (*done.items, *done.reserve)]
    assert bare == [*plan.items, *plan.reserve]
    named = {area: {p.name for p in panel if area in p.areas} for area in AREAS}
    for item in done.items:
        assert not named[item.question.area] or item.asked_by in named[item.question.area]


@pytest.mark.parametrize(
    ("panel", "areas", "asked"),
    [
        ("A coding, B teamwork", "conflict, debugging", "BA"),  # one of the area's group
        ("A leadership, B conflict", "conflict, leadership, people", "BAA"),  # the name first
        ("A coding, B", "coding, sales, coding, safety", "ABAB"),  # who claims nothing
        ("A coding, B culture", "culture, sales, coding, safety", "BBAA"),  # the floor is kept
        ("A behavioral, B coding", "behavioral, sales, safety", "AAB"),  # nobody is left out
        ("A domain, B domain coding", "domain, coding, domain, coding", "ABBB"),  # no ping-pong
    ],
)
def test_who_asks(panel: str, areas: str, asked: str) -> None:
    people = [person(*one.split()) for one in panel.split(", ")]
    assert askers(staffed(plan_of(*areas.split(", ")), people)) == asked


def test_who_comes() -> None:
    usual = ["recruiter", "hiring manager", "senior colleague", "bar raiser"]
    assert [one.role for one in panel_of(BRIEF)] == usual
    assert [one.name for one in panel_of(Brief(questions=(Question(area="coding", text="Why?"),)))]
    assert len(panel_of(Brief())) >= 2
    own = (person("Priya"), person("Tom", "nothing"))
    brief = BRIEF.model_copy(update={"panel": own})
    assert [one.name for one in panel_of(brief)] == ["Priya"]
    plan = seated(make_plan(brief, 20), brief, None)
    assert panel_lines(plan, brief)[0] == "On the panel: Priya."
    assert panel_lines(plan, brief)[1].endswith("Tom has no question this time.")
    assert not seated(make_plan(brief, 20), brief, False).panel
    assert not seated(make_plan(BRIEF, 20), BRIEF, None).panel
    assert seated(make_plan(BRIEF, 20), BRIEF, True).panel


@pytest.mark.parametrize("brief", ["ml-systems-fellow.md", "ward-nurse.md"])
@pytest.mark.parametrize(("minutes", "most"), [(20, 3), (30, 3), (45, 5)])
def test_the_usual_panel_hands_over_a_few_times(brief: str, minutes: int, most: int) -> None:
    read = read_brief(str(ROOT / "briefs" / brief))
    plan = staffed(make_plan(read, minutes), panel_of(read))
    assert sum(a.asked_by != b.asked_by for a, b in pairwise(plan.items)) <= most
    assert len(plan.panel) == 4


def test_who_leaves_names_who_comes_and_who_comes_says_who_it_is() -> None:
    move = by_panel(asks(1), (turn(0),), PLAN)
    assert move.hand_over == "Thank you. Priya, over to you."
    assert move.lead_in == "Hello, I'm Priya, staff engineer here."
    again = by_panel(asks(0), (turn(0), replace(turn(1), move=move)), PLAN)
    assert again.hand_over == "Thank you. Sam has the next question."
    assert again.lead_in == "Thanks, Priya."
    kind = by_panel(asks(3, "Of course, we can skip it."), (turn(0),), PLAN)
    assert kind.hand_over == "Of course, we can skip it. Jo, over to you."
    assert kind.lead_in == "Hello, I'm Jo."


def test_the_chair_closes_unless_the_person_leaves() -> None:
    bye = Move("closing", "Good-bye.", "", lead_in="That's fine.")
    move = by_panel(bye, (turn(3),), PLAN)
    assert (move.speaker, move.hand_over) == ("Sam", "That's fine. I'll hand back to Sam.")
    assert move.spoken == "Good-bye."
    for ended_by in ("finish", "ended", "no_speech"):
        assert by_panel(bye, (turn(0), turn(3, "", ended_by)), PLAN).speaker == "Jo"


def test_who_is_terse_leaves_out_the_little_words() -> None:
    follow_up = Move("follow_up", "What had it been?", "", lead_in="I see.")
    assert by_panel(follow_up, (turn(0),), PLAN).lead_in == ""
    assert by_panel(follow_up, (turn(1),), PLAN).lead_in == "I see."
    assert by_panel(asks(0, "Of course."), (turn(0),), PLAN).lead_in == "Of course."


def test_a_whole_interview_in_everybodys_own_voice(tmp_path: Path) -> None:
    channel = ScriptedChannel([(story, "silence") for story in STORIES * 4])
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(RulesInterviewer(BRIEF, PLAN), session).hold(channel)
    said = [e for e in read_session(tmp_path / "s").events if e.event == "said"]
    assert [event.speaker for event in said] == channel.voices
    assert channel.voices[0] == channel.voices[-1] == "Sam"
    assert set(channel.voices) == {"Sam", "Priya", "Jo"}
    handing = [at for at, event in enumerate(said) if event.kind == "hand_over"]
    assert handing == [at for at, (a, b) in enumerate(pairwise(channel.voices)) if a != b]
    prepared = set(zip(channel.prepared, channel.prepared_voices, strict=True))
    spoken = [text for text, _ in channel.said]
    assert set(zip(spoken[1:], channel.voices[1:], strict=True)) <= prepared


def test_plan_shows_who_asks(rehearse: Rehearse) -> None:
    brief = str(ROOT / "briefs" / "ward-nurse.md")
    shown = rehearse("plan", brief, "--panel").out
    assert "On the panel: Robin (recruiter), Morgan (hiring manager)" in shown
    assert "warm_up, asked by Robin" in shown
    assert max(map(len, shown.splitlines())) <= 80
    document = json.loads(rehearse("plan", brief, "--panel", "--json").out)
    assert document["panel"][0]["name"] == document["questions"][0]["asked_by"] == "Robin"
    assert json.loads(rehearse("plan", brief, "--json").out)["panel"] == []


@pytest.mark.parametrize(("manner", "kind"), [("tough", "failure"), ("warm", "reason")])
def test_a_manner_shows_in_what_is_asked(manner: str, kind: str) -> None:
    persona = Persona(name="Kim", manner=manner)
    asked = Question(area="behavioral", text="Tell me about a late ship.", why="Outcome.")
    brief = Brief(questions=(asked,), panel=(persona,))
    plan = seated(make_plan(brief, 20), brief, None)
    first = next_move(plan, brief, (), 20.0)
    told = "I went to the quay and I looked and I asked and they came and it went as it did. " * 2
    move = next_move(plan, brief, (Turn(first, told, 25.0, 60.0),), 62.0)
    assert (move.probe, move.speaker) == (kind, "Kim")
