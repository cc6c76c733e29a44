"""The floor of a panel: who says what, the hand-over, the first words, the manner, the time."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Persona, Question
from agent.interviewer.checks import leaks
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.pace import say_s
from agent.interviewer.people.floor import PanelInterviewer, by_panel, with_article
from agent.interviewer.people.panel import panel_of, staffed
from agent.interviewer.planning.plan import make_plan
from agent.rehearsal import Rehearsal
from agent.session import Session, SessionMeta, read_session
from agent.thinking_ahead import ThinkingAhead
from agent.turns import Move, MoveKind, Turn
from tests.interviewer_candidates import BRIEF, CANDIDATES, Held, hold
from tests.interviewer_people import STORIES, people
from tests.scripted_channel import Answer, ScriptedChannel
from voice.talk import StoppedBy

PEOPLE = people(BRIEF) | {name: (talk, ()) for name, talk in CANDIDATES.items()}
KINDS: tuple[MoveKind, ...] = (
    "opening", "question", "follow_up", "repeat", "nudge", "acknowledgement", "your_questions",
    "reply", "closing",
)  # fmt: skip
TRIO = (
    Persona(name="Priya", role="staff engineer", areas=("coding", "system_design")),
    Persona(name="Sam", role="HR partner", areas=("behavioral",), manner="terse"),
    Persona(name="Jo", areas=("domain",), manner="challenging"),
)
PLAN = staffed(make_plan(BRIEF, 20, only=(2, 0, 3, 1)), TRIO)
"""Sam asks first, Priya two questions then, Jo the last."""


def interviewer(minutes: float = 20, brief: Brief = BRIEF) -> PanelInterviewer:
    plan = staffed(make_plan(brief, minutes), panel_of(brief))
    return PanelInterviewer(RulesInterviewer(brief, plan))


def turn(index: int, answer: str = STORIES[0], ended_by: str = "silence", **more: str) -> Turn:
    item = PLAN.items[index]
    move = Move("question", item.question.text, "", item.question_index, speaker=item.asked_by)
    return Turn(replace(move, **more), answer, 30, 60, ended_by)  # type: ignore[arg-type]


def asks(index: int, lead_in: str = "Thank you.") -> Move:
    item = PLAN.items[index]
    return Move("question", item.question.text, "", item.question_index, lead_in=lead_in)


class TestByPanel:
    @given(st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 3))
    def test_the_floor_changes_by_a_hand_over_or_not_at_all(
        self, kind: MoveKind, open_item: int, item: int
    ) -> None:
        turns = (turn(open_item),)
        move = by_panel(replace(asks(item), kind=kind), turns, PLAN)
        assert move == by_panel(replace(asks(item), kind=kind), turns, PLAN)
        assert bool(move.hand_over) == (move.speaker != turns[0].move.speaker)
        asked = PLAN.items[item]
        expected = {"question": asked.asked_by, "opening": "Sam", "your_questions": "Sam"}
        expected |= {"reply": "Sam", "closing": "Sam"}
        assert move.speaker == expected.get(kind, turns[0].move.speaker)
        assert move.text == asked.question.text

    def test_who_leaves_names_who_comes_and_who_comes_says_who_it_is(self) -> None:
        move = by_panel(asks(1), (turn(0),), PLAN)
        assert move.hand_over == "Thank you. Priya, over to you."
        assert move.lead_in == "Hello, I'm Priya, a staff engineer here."

    def test_who_spoke_before_says_so_no_more(self) -> None:
        turns = (turn(0), turn(1, hand_over="Thank you. Priya, over to you."))
        move = by_panel(replace(asks(0), text=PLAN.items[0].question.text), turns, PLAN)
        assert move.hand_over == "Thank you. Sam has the next question."
        assert move.lead_in == "Thanks, Priya."

    @pytest.mark.parametrize(
        ("lead_in", "leaves", "comes"),
        [
            ("Thanks. Here is the next one.", "Thanks.", ""),
            ("All right, next question.", "All right.", ""),
            ("That's all right. Next one.", "That's all right.", ""),
            ("Let's leave it there and go on.", "Let's leave it there and go on.", ""),
            ("Thank you. Let's turn to a design question.", "Thank you.",
             " Let's turn to a design question."),
            ("", "Thank you.", ""),
        ],
    )  # fmt: skip
    def test_what_was_to_be_said_first_is_said_by_who_leaves(
        self, lead_in: str, leaves: str, comes: str
    ) -> None:
        move = by_panel(asks(3, lead_in), (turn(0),), PLAN)
        assert move.hand_over == f"{leaves} Jo, over to you."
        assert move.lead_in == f"Hello, I'm Jo.{comes}"

    def test_the_chair_closes_and_takes_over_for_it(self) -> None:
        move = by_panel(Move("closing", "Good-bye.", "", lead_in="That's fine."), (turn(3),), PLAN)
        assert (move.speaker, move.hand_over) == ("Sam", "That's fine. I'll hand back to Sam.")
        assert move.spoken == "Good-bye."

    @pytest.mark.parametrize("ended_by", ["finish", "ended", "no_speech"])
    def test_nobody_takes_over_from_a_person_who_leaves(self, ended_by: str) -> None:
        turns = (turn(0), turn(3, "", ended_by))
        move = by_panel(Move("closing", "Good-bye.", ""), turns, PLAN)
        assert (move.speaker, move.hand_over) == ("Jo", "")

    def test_the_first_question_says_who_asks_it(self) -> None:
        move = by_panel(asks(0, "Let's begin."), (), PLAN)
        assert (move.lead_in, move.hand_over) == ("I'm an HR partner here, and I'll begin.", "")

    def test_without_a_panel_a_move_stays_as_it_is(self) -> None:
        plan = make_plan(BRIEF, 20)
        assert by_panel(asks(1), (turn(0),), plan) == asks(1)

    @pytest.mark.parametrize(
        ("role", "said"),
        [("engineer", "an engineer"), ("user researcher", "a user researcher"),
         ("SRE lead", "an SRE lead"), ("Head of Data", "Head of Data"), ("CTO", "CTO"),
         ("university fellow", "a university fellow"), ("", ""),
         ("your team lead", "your team lead"),
         ("<charge> **nurse**", "a charge nurse"), ("hour keeper", "an hour keeper")],
    )  # fmt: skip
    def test_articles(self, role: str, said: str) -> None:
        assert with_article(role) == said


class TestManner:
    @pytest.mark.parametrize(
        ("speaker", "words"),
        [
            ("Sam", {"", "Okay."}),
            ("Jo", {"Let me stay with that.", "I'd like to press on that.",
                    "Let me go further into that."}),
            ("Priya", {"I see."}),
        ],
    )  # fmt: skip
    def test_it_changes_the_little_words_of_a_follow_up(
        self, speaker: str, words: set[str]
    ) -> None:
        index = next(at for at, item in enumerate(PLAN.items) if item.asked_by == speaker)
        move = Move("follow_up", "What had it been?", "", lead_in="I see.")
        said = set()
        for length in range(1, 5):
            done = by_panel(move, (turn(index),) * length, PLAN)
            assert replace(done, lead_in="I see.", speaker="") == move
            said.add(done.lead_in)
        assert said == words

    @pytest.mark.parametrize("words", ["Of course.", "Let me put the question once more."])
    def test_words_that_mean_something_stay(self, words: str) -> None:
        assert by_panel(asks(0, words), (turn(0),), PLAN).lead_in == words


class TestOpening:
    def test_it_names_the_panel_in_one_sentence_and_is_short(self) -> None:
        opening = interviewer().opening()
        assert opening.speaker == "Robin"
        assert opening.text.startswith("Hello, I'm Robin, here with Morgan, ")
        assert " at Harbor Freight Lines. " in opening.text
        assert say_s(opening.spoken) < 20

    @given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=9, unique=True))
    def test_it_stays_short_whatever_the_people_are_called(self, names: list[str]) -> None:
        areas = [question.area for question in BRIEF.questions]
        panel = tuple(
            Persona(name=name, areas=(areas[at % len(areas)],)) for at, name in enumerate(names)
        )
        brief = BRIEF.model_copy(update={"panel": panel})
        there = panel_of(brief)
        opening = interviewer(45, brief).opening()
        assert bool(there) == bool(opening.speaker)
        assert len(opening.text.split()) <= 55
        assert not set(opening.text) & set("<>*\n")


@pytest.fixture(scope="module", params=sorted(PEOPLE))
def held(request: pytest.FixtureRequest) -> Held:
    return hold(interviewer(), PEOPLE[request.param][0])


class TestEveryCandidate:
    def test_the_time_is_kept(self, held: Held) -> None:
        assert held.end_s <= 20 * 60 * 1.05

    def test_each_question_is_asked_once_by_whom_the_plan_names(self, held: Held) -> None:
        plan = interviewer().plan
        names = {item.question.text: item.asked_by for item in (*plan.items, *plan.reserve)}
        texts = [move.text for move in held.questions]
        assert len(texts) == len(set(texts))
        assert all(names[move.text] == move.speaker for move in held.questions)

    def test_follow_ups_come_from_who_asked_and_give_nothing_away(self, held: Held) -> None:
        said = ""
        texts = []
        for before, after in pairwise(held.turns):
            said += f"\n{before.move.text}\n{before.answer}"
            if after.move.kind == "follow_up":
                assert after.move.speaker == before.move.speaker
                assert after.move.spoken.count("?") == 1
                assert not any(leaks(after.move.spoken, p, said) for p in BRIEF.talking_points)
                texts.append(after.move.text)
        assert len(texts) == len(set(texts))

    def test_everybody_says_once_who_they_are(self, held: Held) -> None:
        hellos = [t.move.speaker for t in held.turns if t.move.lead_in.startswith("Hello, I'm ")]
        spoke = list(dict.fromkeys(t.move.speaker for t in held.turns))
        assert hellos == spoke[1:]

    def test_each_change_of_the_floor_is_a_hand_over_by_name(self, held: Held) -> None:
        moves = [turn.move for turn in held.turns] + [held.closing]
        for before, after in pairwise(moves):
            assert (after.speaker != before.speaker) == bool(after.hand_over)
            assert not after.hand_over or after.speaker in after.hand_over


def rehearsed(
    folder: Path, answers: list[Answer], stops: dict[int, StoppedBy] | None = None
) -> tuple[ScriptedChannel, list[dict[str, Any]]]:
    channel = ScriptedChannel(answers, stops)
    with Session(folder, SessionMeta(brief=BRIEF)) as session:
        Rehearsal(PanelInterviewer(RulesInterviewer(BRIEF, PLAN)), session).hold(channel)
    return channel, [asdict(e) for e in read_session(folder).events if e.event == "said"]


def test_a_whole_interview_in_everybodys_own_voice(tmp_path: Path) -> None:
    answers: list[Answer] = [(story, "silence") for story in STORIES * 4]
    channel, said = rehearsed(tmp_path / "s", answers)
    assert [event["speaker"] for event in said] == channel.voices
    assert channel.voices[0] == channel.voices[-1] == "Sam"
    assert set(channel.voices) == {"Sam", "Priya", "Jo"}
    handing = [at for at, event in enumerate(said) if event["kind"] == "hand_over"]
    assert len(handing) == 3
    for at in handing:
        assert said[at]["speaker"] == said[at - 1]["speaker"] != said[at + 1]["speaker"]
        assert said[at + 1]["speaker"] in said[at]["text"]
    changes = [at for at, (a, b) in enumerate(pairwise(channel.voices)) if a != b]
    assert changes == handing
    prepared = set(zip(channel.prepared, channel.prepared_voices, strict=True))
    spoken = [text for text, _ in channel.said]
    assert set(zip(spoken[1:], channel.voices[1:], strict=True)) <= prepared


def test_who_goes_on_over_the_hand_over_is_heard_out_by_who_asked(tmp_path: Path) -> None:
    answers: list[Answer] = [("No idea.", "silence"), (STORIES[0], "silence")]
    # Text 0 is the greeting, 1 Sam's question, 2 Sam's hand-over.
    channel, said = rehearsed(tmp_path / "s", answers, {2: "resumed_answer"})
    assert said[2]["kind"] == "hand_over"
    assert channel.voices[:4] == ["Sam"] * 4
    assert said[3]["kind"] == "follow_up"


def test_where_the_interviewer_took_its_time_the_first_words_still_come() -> None:
    turns = (turn(0, "No idea."),)
    panel = PanelInterviewer(RulesInterviewer(BRIEF, PLAN))
    with ThinkingAhead(panel, ScriptedChannel([])) as ahead:
        meanwhile = ahead.acknowledgement(turns)
        move = ahead.next_move(turns)
    assert meanwhile.speaker == "Sam"
    assert move.hand_over == "Priya, over to you."
    assert move.lead_in.startswith("Hello, I'm Priya, a staff engineer here.")


def test_the_persons_own_questions_are_the_chairs() -> None:
    def talk(move: Move, _: tuple[Turn, ...]) -> tuple[str, str]:
        invited = move.kind in ("your_questions", "reply")
        return ("How large is the team?" if invited else STORIES[0]), "silence"

    held = hold(interviewer(30), talk)
    own = [t.move for t in held.turns if t.move.kind in ("your_questions", "reply")]
    assert own
    assert {move.speaker for move in (*own, held.closing)} == {"Robin"}
    assert own[0].hand_over.endswith("I'll hand back to Robin.")
    assert not any(move.hand_over for move in (*own[1:], held.closing))
    assert held.end_s <= 30 * 60 * 1.05


def test_one_question_of_a_brief_of_one_is_a_panel_of_one() -> None:
    own = (Persona(name="Priya", role="baker"),)
    brief = Brief(role="Baker", panel=own, questions=(Question(text="Why bread?"),))
    moves = hold(interviewer(10, brief), CANDIDATES["brief"])
    assert {turn.move.speaker for turn in moves.turns} == {"Priya"}
    assert moves.closing.speaker == "Priya"
    assert interviewer(10, brief).opening().text.startswith("Hello, I'm Priya. ")
