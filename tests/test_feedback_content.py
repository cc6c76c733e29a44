"""Findings about what was said: structure, questions left open."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import (
    Analysis,
    Answer,
    Coverage,
    Finding,
    Pacing,
    Phase,
    PointCoverage,
    SpokenWord,
    Structure,
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


def story(**fields: Any) -> Structure:
    return Structure(kind="story", **fields)


def test_a_story_without_a_number_in_its_result() -> None:
    late = told("I had 5 people " + FILLING * 5, structure=story())
    assert found(late)["result"].text.startswith("The story in answer 1 ends without a result")
    with_result = told(FILLING * 5 + "it took half an hour less", structure=story())
    assert "result" not in found(with_result)
    assert "result" not in found(told(FILLING, structure=story()))
    assert "result" not in found(told(FILLING * 5))


def test_all_we_leaves_the_own_part_open() -> None:
    text = FILLING * 4 + "we built it and we ran it and then we sold our 9 parts and I left"
    own = found(told(text, structure=story(own_share=0.15)))["own"]
    assert "“we” or “our” comes 4 times and “I” or “my” 1" in own.text
    assert "“I”" in own.exercise
    assert "own" not in found(told(text, structure=story(own_share=0.5)))


def test_a_design_without_an_estimate() -> None:
    lacks = Structure(kind="design", lacks=("estimate", "trade_offs", "failure"))
    one = told(FILLING * 5, area="system_design", structure=lacks)
    design = found(one)["design"]
    assert design.text.endswith("for an estimate of the load and what speaks against it.")
    assert design.exercise.startswith("Answer question 1 again in 2 minutes")


def test_questions_left_open_are_one_remark_and_neither_short_nor_slow_to_begin() -> None:
    structure = Structure(direct=False)
    answers = [
        told("so", at, answered=False, structure=structure, end_s=70.0 * at + 5) for at in (0, 1)
    ]
    kinds = found(*answers)
    assert set(kinds) == {"unanswered"}
    assert kinds["unanswered"].text == (
        "What you said leaves question 1 without an answer, “Question 0?”; so it is with 2."
    )


def test_a_first_sentence_beside_the_question_is_quoted() -> None:
    one = told("Well, it was in May. We moved.", structure=Structure(direct=False))
    text = found(one)["direct"].text
    assert text == "Answer 1 begins beside its question: “Well, it was in May.”."


def test_a_whole_story_and_a_calm_pace_are_strengths_with_their_own_advice() -> None:
    phases = tuple(
        Phase(name=name, start_s=at, end_s=at + 1, share=0.3)
        for at, name in enumerate(("situation", "action", "result"))
    )
    text = FILLING * 5 + "and it took 9 days"
    whole = told(text, structure=story(phases=phases), pacing=Pacing(words=120, band="fine"))
    pacing = Pacing(words=120, band="fine", speech_rate_wpm=140.0)
    every = [
        one
        for one in findings_of(Analysis(answers=(whole,), pacing=pacing))
        if one.kind == "strength"
    ]
    assert [one.text.split()[1] for one in every] == ["story", "pace"]
    assert "its result, with a number" in every[0].text
    assert len({one.exercise for one in every}) == 2


def test_no_remark_rests_on_words_that_nobody_understood() -> None:
    point = PointCoverage(index=0, name="Team", status="missing")
    words = tuple(SpokenWord(text="uh", start_s=1, end_s=2, probability=0.2) for _ in range(9))
    unsure = told("a", words=words, answered=False)
    assert not found(unsure, coverage=Coverage(points=(point,)))


_structures = st.builds(
    Structure,
    kind=st.sampled_from(["", "story", "design"]),
    lacks=st.lists(st.sampled_from(["result", "learning", "estimate", "trade_offs"])).map(tuple),
    own_share=st.none() | st.floats(0, 1),
    direct=st.none() | st.booleans(),
)


@given(
    st.lists(st.tuples(_structures, st.none() | st.booleans(), st.text(max_size=99)), max_size=5)
)
def test_any_analysis_gets_plain_sentences_with_an_exercise(
    parts: list[tuple[Structure, bool | None, str]],
) -> None:
    answers = tuple(
        told(FILLING * 5 + text, at, structure=structure, answered=answered, question=text)
        for at, (structure, answered, text) in enumerate(parts)
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
