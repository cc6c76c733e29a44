"""Whole interviews by rules: scripted candidates, controls, time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.checks import leaks
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.pace import say_s
from agent.interviewer.planning.plan import Plan, make_plan
from agent.interviewer.words import words_of
from agent.turns import Move, Turn
from tests.interviewer_candidates import BRIEF, CANDIDATES, Held, hold

GIVEN_AWAY = (
    ("maersk", "310", "475", "portmind", "rotterdam"),
    ("93",),
    ("vaccines", "40", "okafor"),
)
"""What BRIEF's talking points hold that no scripted candidate says."""


def rules(
    brief: Brief = BRIEF, minutes: float = 20, only: tuple[int, ...] | None = None
) -> RulesInterviewer:
    return RulesInterviewer(brief, make_plan(brief, minutes, only=only))


def after(*turns: tuple[str, str], only: tuple[int, ...] = (2, 1)) -> Move:
    """Return the move that follows these answers, each with how it ended."""
    interviewer = rules(only=only)
    held: tuple[Turn, ...] = ()
    now_s = 20.0
    for answer, ended_by in turns:
        move = interviewer.next_move(held, now_s)
        held += (Turn(move, answer, now_s + 5, now_s + 25, ended_by),)
        now_s += 27
    return interviewer.next_move(held, now_s)


@pytest.fixture(scope="module", params=sorted(CANDIDATES))
def held(request: pytest.FixtureRequest) -> Held:
    return hold(rules(), CANDIDATES[request.param])


class TestEveryCandidate:
    def test_the_interview_ends_in_time(self, held: Held) -> None:
        assert held.end_s <= 20 * 60 * 1.05

    def test_questions_are_asked_verbatim_and_once(self, held: Held) -> None:
        asked = [move.text for move in held.questions]
        assert len(asked) == len(set(asked)) >= 3
        assert all(BRIEF.questions[m.question_index or 0].text == m.text for m in held.questions)

    def test_at_most_two_follow_ups_to_a_question(self, held: Held) -> None:
        count = 0
        for turn in held.turns:
            count = 0 if turn.move.kind == "question" else count + (turn.move.kind == "follow_up")
            assert count <= 2

    def test_follow_ups_are_short_single_and_new(self, held: Held) -> None:
        texts = [move.text for move in held.follow_ups]
        assert len(texts) == len(set(texts))
        for text in texts:
            assert text.count("?") == 1
            assert len(text.split()) <= 25
            assert text not in [question.text for question in BRIEF.questions]

    def test_nothing_is_given_away(self, held: Held) -> None:
        said = ""
        for turn in held.turns:
            said += f"\n{turn.move.text if turn.move.kind == 'question' else ''}"
            if turn.move.kind == "follow_up":
                spoken = set(words_of(turn.move.spoken))
                assert not spoken & {fact for facts in GIVEN_AWAY for fact in facts}
                assert not any(leaks(turn.move.text, p, said) for p in BRIEF.talking_points)
            said += f"\n{turn.answer}"

    def test_every_move_says_why(self, held: Held) -> None:
        moves = [*(turn.move for turn in held.turns), held.closing]
        assert all(move.reason.startswith("rule ") for move in moves)

    def test_it_ends_with_thanks_and_the_report(self, held: Held) -> None:
        assert "Thank you" in held.closing.text
        assert "report follows" in held.closing.text

    def test_twice_the_same(self, held: Held, request: pytest.FixtureRequest) -> None:
        name = request.node.callspec.params["held"]
        assert hold(rules(), CANDIDATES[name]) == held


class TestOpening:
    def test_it_names_the_place_and_the_length_and_what_may_be_said(self) -> None:
        move = rules().opening()
        for part in (
            "Operations Engineer at Harbor Freight Lines", "20 minutes", "Pausing to think is fine",
            "that's my answer", "could you repeat that", "let's skip this one",
        ):  # fmt: skip
            assert part in move.text
        assert say_s(move.text) < 20

    @pytest.mark.parametrize("name", ["", "x" * 4000, "A & B <script>\n# **Lead**", "word " * 300])
    def test_it_stays_short_whatever_the_brief_says(self, name: str) -> None:
        brief = Brief(company=name, role=name, questions=(Question(text="Why?"),))
        text = rules(brief).opening().text
        assert len(text) < 460
        assert not set(text) & set("<>*\n")

    def test_the_company_is_not_named_twice(self) -> None:
        brief = Brief(company="Acme", role="Acme Fellow", questions=(Question(text="Why?"),))
        assert rules(brief).opening().text.count("Acme") == 1


class TestControls:
    def test_a_repeat_says_the_same_text(self) -> None:
        move = after(("could you repeat that", "repeat"))
        assert (move.kind, move.text) == ("repeat", BRIEF.questions[2].text)
        assert move.spoken == f"Of course. {BRIEF.questions[2].text}"

    def test_a_follow_up_is_repeated_as_well(self) -> None:
        follow_up = after(("we lost it on the quay at night", "silence"))
        move = after(("we lost it on the quay at night", "silence"), ("say that again", "repeat"))
        assert (move.kind, move.text) == ("repeat", follow_up.text)

    def test_a_half_answer_before_the_repeat_key_counts(self) -> None:
        story = "we moved the containers and we looked for it and we asked everybody on the quay "
        move = after((story * 3, "repeat"), ("and that was it I think yes", "silence"))
        assert move.probe == "ownership"

    def test_a_skip_goes_on_kindly(self) -> None:
        move = after(("let's skip this one", "skip"))
        assert (move.kind, move.text) == ("question", BRIEF.questions[1].text)
        assert (
            "leave that one" in move.lead_in or "skip" in move.lead_in or "problem" in move.lead_in
        )

    def test_an_empty_answer_that_is_declared_done_is_skipped(self) -> None:
        assert after(("", "done")).kind == "question"

    @pytest.mark.parametrize("ended_by", ["finish", "ended"])
    def test_finishing_closes(self, ended_by: str) -> None:
        assert after(("that is all", ended_by)).kind == "closing"


class TestSilence:
    def test_one_nudge_and_then_on(self) -> None:
        first = after(("", "no_speech"))
        assert first.kind == "nudge"
        assert first.text.startswith("Take your time.")
        second = after(("", "no_speech"), ("", "no_speech"))
        assert (second.kind, second.text) == ("question", BRIEF.questions[1].text)

    def test_a_yes_to_the_offer_repeats_the_question(self) -> None:
        move = after(("", "no_speech"), ("yes please", "silence"))
        assert (move.kind, move.text) == ("repeat", BRIEF.questions[2].text)

    def test_a_voice_without_words_is_asked_again(self) -> None:
        assert "did not catch" in after(("", "silence")).text

    def test_three_questions_without_a_word_end_it(self) -> None:
        held = hold(rules(), CANDIDATES["silent"])
        assert len(held.questions) == 3
        assert "microphone" in held.closing.text


class TestUnderstanding:
    @pytest.mark.parametrize(
        "answer",
        ["I don't know.", "um no idea to be honest", "I've never done that", "I haven't worked with"
         " that", "sorry I can't think of anything", "nothing comes to mind", "pass",
         "I'm really not sure"],
    )  # fmt: skip
    def test_no_idea_is_met_kindly(self, answer: str) -> None:
        move = after((answer, "silence"))
        assert (move.kind, move.text) == ("question", BRIEF.questions[1].text)
        assert move.lead_in in (
            "That's fine, let's move on.", "No problem, let's go on.", "That's all right. Next one."
        )  # fmt: skip

    def test_no_idea_at_the_last_question_is_met_as_kindly(self) -> None:
        move = after(("I don't know", "silence"), only=(2,))
        assert (move.kind, move.lead_in) == ("closing", "That's fine.")

    @pytest.mark.parametrize(
        "answer",
        [
            "I don't know exactly, maybe twenty percent",
            "I don't know the name but I once found a crate on the wrong ship",
            "I did not know what to do at first, so I called the harbor master and we went through"
            " the lists until I found the crate on another ship that was about to leave",
        ],
    )
    def test_not_knowing_one_thing_is_an_answer(self, answer: str) -> None:
        assert "know" not in after((answer, "silence")).reason

    def test_a_question_back_is_met_with_the_question_once(self) -> None:
        first = after(("what do you mean by that", "silence"))
        assert (first.kind, first.text) == ("repeat", BRIEF.questions[2].text)
        second = after(("what do you mean", "silence"), ("which one do you mean", "silence"))
        assert second.text == BRIEF.questions[1].text
        assert "skip" not in second.lead_in

    def test_no_acknowledgement_comes_twice_in_a_row(self) -> None:
        for candidate in CANDIDATES.values():
            turns = hold(rules(), candidate).turns
            heard = [(a.move.lead_in, b.move.lead_in) for a, b in pairwise(turns) if b.move.probe]
            assert all(a.split()[:1] != b.split()[:1] for a, b in heard if b)

    def test_a_short_no_to_a_follow_up_ends_the_topic(self) -> None:
        late = ("we lost it on the quay at night", "silence")
        assert after(late, ("not really", "silence")).kind == "question"


class TestTime:
    def test_the_first_question_is_asked_in_the_shortest_session(self) -> None:
        assert rules(minutes=1).next_move((), 55.0).kind == "question"

    def test_an_answer_past_the_end_is_followed_by_the_good_bye(self) -> None:
        interviewer = rules()
        turn = Turn(interviewer.next_move((), 20), "so " * 400, 25, 1190)
        assert interviewer.next_move((turn,), 1191).text.startswith("Our time is up.")

    def test_slow_answers_lose_follow_ups_first_then_questions(self) -> None:
        held = hold(rules(), CANDIDATES["rambler"])
        assert len(held.questions) < 6
        assert len(held.follow_ups) <= 1
        assert len({BRIEF.questions[m.question_index or 0].area for m in held.questions}) == len(
            held.questions
        )

    def test_short_answers_bring_more_questions(self) -> None:
        assert len(hold(rules(), CANDIDATES["one word"]).questions) == len(BRIEF.questions)

    def test_short_answers_are_asked_to_go_on(self) -> None:
        held = hold(rules(), CANDIDATES["one word"])
        again = [turn for turn in held.turns if turn.move.kind == "repeat"]
        assert len(held.follow_ups) + len(again) == len(held.questions)

    def test_a_wished_number_is_kept(self) -> None:
        interviewer = RulesInterviewer(BRIEF, make_plan(BRIEF, 20, questions=2))
        assert len(hold(interviewer, CANDIDATES["one word"]).questions) == 2


def test_a_turn_that_the_plan_does_not_know_is_no_trouble() -> None:
    plan = Plan(make_plan(BRIEF, 20).items, 1200)
    strange = Turn(Move("question", "What is this?", "by hand"), "It is a quay", 5, 9)
    assert RulesInterviewer(BRIEF, plan).next_move((strange,), 30).kind == "follow_up"


def test_points_alone_without_questions() -> None:
    brief = Brief(talking_points=(TalkingPoint(name="Only a name"),))
    held = hold(rules(brief), CANDIDATES["brief"])
    assert len(held.questions) >= 5
    assert len({move.text for move in held.questions}) == len(held.questions)
