"""Findings about what was said: questions left open, conflicts, one thing once."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import (
    Analysis,
    Answer,
    Conflict,
    Coverage,
    Evidence,
    Fillers,
    Finding,
    Pacing,
    PointCoverage,
    Repeated,
    SpokenWord,
)
from agent.feedback import MOST, findings_of
from agent.feedback.wording import clause, shortened

FILLING = "and then the work went on for the whole of the summer as it had been planned before "


def told(text: str, at: int = 0, **fields: Any) -> Answer:
    """Return an answer of 60 s with these words."""
    start_s = 70.0 * at
    words = tuple(
        SpokenWord(text=word, start_s=start_s + n / 4, end_s=start_s + n / 4 + 0.2)
        for n, word in enumerate(text.split())
    )
    base = {"question": f"Question {at}?", "start_s": start_s, "end_s": start_s + 60}
    return Answer.model_validate(base | {"text": text, "words": words} | fields)


def found(*answers: Answer, **fields: Any) -> dict[str, Finding]:
    every = findings_of(Analysis(answers=answers, **fields))
    assert len({one.kind for one in every}) == len(every)
    return {one.kind: one for one in every}


def test_questions_left_open_are_one_remark_and_not_called_short() -> None:
    answers = [told("so", at, answered=False, end_s=70.0 * at + 5) for at in (0, 1)]
    kinds = found(*answers)
    assert set(kinds) == {"unanswered"}
    assert kinds["unanswered"].text == "You did not answer question 1, “Question 0?”, nor 2."


def test_a_story_told_twice_plays_its_second_time() -> None:
    told_twice = Repeated(
        first=Evidence(quote="we moved", start_s=3, end_s=5, answer=0),
        again=Evidence(quote="we moved it", start_s=73, end_s=75, answer=1),
    )
    repeated = found(told("a"), told("b", 1), repeated=(told_twice,))["repeated"]
    assert (repeated.start_s, repeated.answer) == (73.0, 1)
    assert "in answers 1 and 2: “we moved it”" in repeated.text


def test_a_conflict_is_not_told_beside_the_point_that_it_contradicts() -> None:
    conflict = Conflict(quote="ten people", start_s=4, end_s=6, answer=0, brief="We are 4.")
    said = found(told("a"), conflicts=(conflict,))["conflict"]
    assert said.text == "You said “ten people”, but your brief says “We are 4”."
    point = PointCoverage(
        index=0,
        name="Team",
        status="contradicted",
        evidence=(Evidence(quote="ten people", start_s=5, end_s=7, answer=0),),
        note="You said ten; the brief says 4.",
    )
    kinds = found(told("a"), conflicts=(conflict,), coverage=Coverage(points=(point,)))
    assert "conflict" not in kinds
    assert kinds["contradicted"].text.endswith("your brief: you said ten; the brief says 4.")


def test_few_fillers_and_a_calm_pace_are_strengths_with_their_own_advice() -> None:
    calm = told(FILLING * 5, pacing=Pacing(words=120, band="fine"))
    pacing = Pacing(words=120, band="fine", speech_rate_wpm=140.0)
    every = findings_of(Analysis(answers=(calm,), pacing=pacing, fillers=Fillers(per_minute=0.0)))
    assert {one.kind for one in every} == {"strength"}
    assert len({one.exercise for one in every}) == len(every) == 2


def test_no_remark_rests_on_words_that_nobody_understood() -> None:
    point = PointCoverage(index=0, name="Team", status="missing")
    words = tuple(SpokenWord(text="uh", start_s=1, end_s=2, probability=0.2) for _ in range(9))
    unsure = told("a", words=words, answered=False)
    assert not found(unsure, coverage=Coverage(points=(point,)))


@given(st.lists(st.tuples(st.none() | st.booleans(), st.text(max_size=99)), max_size=5))
def test_any_analysis_gets_plain_sentences_with_an_exercise(
    parts: list[tuple[bool | None, str]],
) -> None:
    answers = tuple(
        told(FILLING * 5 + text, at, answered=answered, question=text)
        for at, (answered, text) in enumerate(parts)
    )
    every = findings_of(Analysis(answers=answers))
    assert len(every) <= MOST
    for one in every:
        assert one.text.endswith(".")
        assert one.exercise.endswith(".")
        assert one.answer is not None
        assert "\n" not in one.text


@given(st.text())
def test_words_of_others_stay_short_and_on_one_line(text: str) -> None:
    assert len(shortened(text, 60)) <= 60
    assert len(shortened(text, 60).splitlines()) <= 1
    assert not clause(text).endswith(".")


def test_a_name_keeps_its_capital_in_a_clause() -> None:
    assert clause("You said 5.") == "you said 5"
    assert clause("GRPO is missing.") == "GRPO is missing"
    assert clause("A figure") == "a figure"
