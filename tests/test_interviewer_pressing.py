"""Follow-ups that press: contradiction, failure, learning, challenge, a missing part, the why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Question
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.probing import pressing
from agent.interviewer.probing.answered import Answered
from agent.interviewer.probing.pressing import conflicting_counts
from agent.interviewer.probing.probes import probes

STORY = Question(area="behavioral", text="Tell me about a time when a delivery went wrong.")
DESIGN = Question(area="system_design", text="How would you build a scheduler for cranes?")
FILLING = "and so I looked at what was there and I asked around on the quay until I had it all "
LONG = FILLING * 3


def asked(kind: str, question: Question, *answers: str) -> list[str]:
    answered = Answered(Brief(), question, answers)
    return [text for probe in probes(answered) if probe.kind == kind for text in probe.wordings]


class TestContradiction:
    def test_two_counts_of_one_thing(self) -> None:
        texts = asked("contradiction", STORY, LONG + "with nine servers", "all twelve servers were")
        assert texts[0] == (
            'A moment ago you said "nine servers", and then "twelve servers".'
            " How do the two go together?"
        )

    @pytest.mark.parametrize(
        "answers",
        [
            ("we had nine servers and then twelve servers", "twelve servers"),
            ("nine servers", "nine servers"),
            ("nine servers", "12 nurses"),
            ("22 milliseconds", "30 milliseconds"),
            ("in 2019 servers came", "one server"),
        ],
    )
    def test_change_and_other_things_are_none(self, answers: tuple[str, ...]) -> None:
        assert conflicting_counts(answers) is None

    @given(st.integers(2, 900), st.integers(2, 900))
    def test_exactly_where_the_numbers_differ(self, one: int, other: int) -> None:
        found = conflicting_counts((f"{one} nurses came", f"and {other} nurses left"))
        assert found == (None if one == other else (f"{one} nurses", f"{other} nurses"))


class TestFailure:
    def test_what_broke_without_a_cause(self) -> None:
        assert asked("failure", STORY, LONG + "and then it broke") == [
            'You said "it broke". What was the cause of that?'
        ]
        assert not asked("failure", STORY, LONG + "and it broke because of the frost")

    def test_a_design_in_which_nothing_goes_wrong(self) -> None:
        assert asked("failure", DESIGN, LONG + "over the queue and the queue")[0] == (
            "You mentioned the queue. What happens when that breaks?"
        )
        assert asked("failure", DESIGN, LONG + "I would buy a printer")[0] == (
            "You said you would buy a printer. How would you notice that it isn't working?"
        )
        assert "What happens when that breaks?" in asked("failure", DESIGN, LONG)
        why = [p.evidence for p in probes(Answered(Brief(), DESIGN, (LONG + "with a backup",)))]
        assert "a design that speaks of nothing going wrong" not in why


class TestLearning:
    TOLD = LONG + "it was my mistake and in the end the crate was found"

    def test_a_story_of_trouble_with_an_end(self) -> None:
        assert "What did you take away from that?" in asked("learning", STORY, self.TOLD)

    def test_not_where_it_was_told(self) -> None:
        assert not asked("learning", STORY, self.TOLD + " and I learned to ask first")


class TestChallenge:
    def test_a_decision_without_growth(self) -> None:
        text = asked("challenge", DESIGN, LONG + "I would use the queue")[0]
        assert text == (
            "You said you would use the queue. How would that hold up at many times the size?"
        )

    def test_not_where_growth_was_spoken_of(self) -> None:
        answer = LONG + "I would use the queue and at the peak there is more traffic"
        found = probes(Answered(Brief(), DESIGN, (answer,)))
        assert "a decision that says nothing of growth" not in [p.evidence for p in found]


class TestMissingPart:
    TWO = Question(
        area="domain",
        text="Which algorithms differ in throughput, and which statistical worries remain?",
    )

    def test_the_part_without_a_word(self) -> None:
        said = LONG + "the algorithms differ a lot in the queue"
        assert asked("missing_part", self.TWO, said)[:1] == [
            "One part of my question is still open: which statistical worries remain?"
        ]

    @pytest.mark.parametrize("more", ["", "the algorithms and the statistical side in the queue"])
    def test_not_where_both_or_none_were_taken_up(self, more: str) -> None:
        assert not asked("missing_part", self.TWO, LONG + more)


class TestPrepared:
    WHY = Question(area="domain", text="What do you know?", why="They measure before and after.")

    def test_the_why_is_followed_where_the_answer_holds_nothing_of_it(self) -> None:
        (number, *_) = pressing.prepared(Answered(Brief(), self.WHY, (LONG,)))
        assert (number.kind, number.wordings[-1]) == (
            "number",
            "How would somebody see that in figures?",
        )
        assert "measure" in number.evidence

    def test_not_where_it_is_there_nor_after_a_follow_up(self) -> None:
        found = pressing.prepared(Answered(Brief(), self.WHY, (LONG + "in 22 milliseconds",)))
        assert all(probe.kind != "number" for probe in found)
        assert not list(pressing.prepared(Answered(Brief(), self.WHY, (LONG, "and so on"))))


@pytest.mark.parametrize("question", [STORY, DESIGN, TestMissingPart.TWO, TestPrepared.WHY])
def test_every_wording_can_be_spoken(question: Question) -> None:
    for more in ("then it broke", "I would use the queue", "it was my fault, in the end it worked",
                 "the algorithms differ in the cache"):  # fmt: skip
        answer = LONG + more
        for probe in probes(Answered(Brief(), question, (answer,))):
            for text in probe.wordings:
                assert not problem_with(text, [], (), answer, MOST_WORDS), text
