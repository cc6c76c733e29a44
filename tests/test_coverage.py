"""Talking points judged: figures on labelled answers, and each rule by itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.brief import Question, TalkingPoint
from agent.coverage.facts import facts_of
from agent.coverage.figures import same_values
from agent.coverage.fit import invited
from agent.coverage.points import SaidAnswer, judge, judge_text
from agent.coverage.said import said_of
from agent.coverage.sounds import find_name
from tests.coverage_points import BRIEFS, FELLOWS, NURSE

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "coverage_cases.jsonl").read_text("utf-8").splitlines()
]
STATUSES = ("covered", "partial", "contradicted", "missing")


def confusion() -> Counter[tuple[str, str]]:
    """Count (label, verdict) of every point for every labelled answer."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in CASES:
        points = BRIEFS[case["brief"]]
        for name, point in points.items():
            label = case["labels"].get(name, "missing")
            found = judge_text(point, case["text"], case["question"], tuple(points.values()))
            counts[(label, found.status)] += 1
    return counts


def f1(counts: Counter[tuple[str, str]], belongs: Callable[[str], bool]) -> float:
    both = sum(n for (label, found), n in counts.items() if belongs(label) and belongs(found))
    either = sum(n * (belongs(label) + belongs(found)) for (label, found), n in counts.items())
    return 2 * both / either


def test_figures_on_the_labelled_answers() -> None:
    counts = confusion()
    covered = f1(counts, lambda status: status == "covered")
    groups = ({"covered"}, {"partial", "contradicted"}, {"missing"})
    macro = sum(f1(counts, group.__contains__) for group in groups) / 3
    said_wrong = sum(n for (label, _), n in counts.items() if label == "contradicted")
    wrong = counts[("contradicted", "contradicted")] / said_wrong
    print(f"coverage on {len(CASES)} answers: binary F1 of covered {covered:.3f},")
    print(f"macro-F1 of three {macro:.3f}, contradictions found {wrong:.2f}")
    assert len(CASES) >= 40
    assert {case["brief"] for case in CASES} == set(BRIEFS)
    assert covered >= 0.97
    assert macro >= 0.95
    assert wrong >= 0.9


def status(point: TalkingPoint, text: str, question: str = "") -> str:
    return judge_text(point, text, question).status


def test_a_corrected_slip_is_judged_as_corrected() -> None:
    base = "At Intuit we took the ICE platform from six to {} thousand transactions with rSocket."
    assert status(FELLOWS["intuit"], base.format("sixty, sorry, fifty")) == "covered"
    assert status(FELLOWS["intuit"], base.format("fifty")) == "covered"
    assert status(FELLOWS["intuit"], base.format("sixty")) == "contradicted"


def test_one_wrong_figure_contradicts_even_where_others_are_right() -> None:
    text = (
        "At Intuit the ICE platform went from 6K to 80K TPS on rSocket with 1.5 million"
        " concurrent connections."
    )
    found = judge_text(FELLOWS["intuit"], text)
    assert found.status == "contradicted"
    assert "6K to 80K" in found.note
    assert "6K to 50K" in found.note


def test_three_days_are_72_hours_and_rounding_is_fine() -> None:
    text = "With AutoEval the robot evaluation cycles went from {} to {} by reusing models."
    for before, after in (
        ("three days", "four minutes"),
        ("about 70 hours", "roughly four minutes"),
        ("72 hours", "240 seconds"),
    ):
        assert status(FELLOWS["autoeval"], text.format(before, after)) == "covered"
    assert status(FELLOWS["autoeval"], text.format("72 hours", "40 minutes")) == "contradicted"


def test_a_vague_result_is_partial() -> None:
    text = "With AutoEval the robot evaluation cycles became much faster by reusing models."
    found = judge_text(FELLOWS["autoeval"], text)
    assert found.status == "partial"
    assert "72 hours" in found.note


@pytest.mark.parametrize(
    "text",
    [
        "I would move the platform to rSocket, and it could go from 6K to 50K TPS.",
        "Our goal for next year is to move from 6K to 50K TPS with rSocket.",
        "I read that Netflix went from 6K to 50K TPS with rSocket.",
        "I have never worked with rSocket or at that scale.",
        "We hired from six to fifty people.",
        "50,000. 6,000. 1.5 million. 675 million.",
        "",
    ],
)
def test_what_does_not_raise_a_point(text: str) -> None:
    found = judge_text(FELLOWS["intuit"], text)
    assert found.status == "missing"
    assert (found.quote, found.start, found.end) == ("", 0, 0)


def test_a_project_named_only_by_the_question_is_not_raised() -> None:
    question = "Your AutoEval project cut robot model evaluation from 72 hours to 4 minutes. Why?"
    assert status(FELLOWS["autoeval"], "Because it was a good idea at the time.", question) == (
        "missing"
    )


def test_taking_up_the_project_that_the_question_names_raises_it() -> None:
    question = "Your aeval platform uses Welch's t-test. How would you extend it?"
    text = "I built the evaluation platform to compare models with care."
    assert status(FELLOWS["aeval"], text, question) == "partial"


def test_recognized_text_without_punctuation_is_cut_at_clauses() -> None:
    text = (
        "uh for research i gave up precision with auto eval and i used a multimodal model that we"
        " had the evaluation of the robot went from seventy two hours to four minutes next time i"
        " would write the tests for reliability first and then i would go on to other things"
    )
    found = judge_text(FELLOWS["autoeval"], text)
    assert found.status == "covered"
    assert "next time" not in found.quote


def test_the_quote_is_verbatim_and_short() -> None:
    text = "Let me think. " * 30 + "Falls went down by forty percent in six months with rounding."
    found = judge_text(NURSE["falls"], text)
    assert found.status == "covered"
    assert found.quote == text[found.start : found.end]
    assert found.quote.startswith("Falls went down")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rSocket", "moved to arse socket then"), ("rSocket", "to our socket"),
        ("AutoEval", "the auto evil thing"), ("GRPO", "with g r p o"),
        ("NeurIPS", "a new rips paper"), ("TimescaleDB", "time scale d b"),
        ("Berkeley", "at berkley"), ("Optuna", "and up tuna"), ("Welch", "welsh t test"),
    ],
)  # fmt: skip
def test_names_are_found_by_sound(name: str, said: str) -> None:
    match = find_name(name, said)
    assert match is not None
    assert match.worth >= 0.4
    assert said[match.start : match.end]


def test_everyday_words_are_weak_names() -> None:
    match = find_name("Intuit", "we got into it later")
    assert match is not None
    assert match.worth < 0.5
    assert find_name("rSocket", "the rocket left") is None


def spoken(text: str, start_s: float) -> tuple[SpokenWord, ...]:
    return tuple(
        SpokenWord(text=word, start_s=start_s + at, end_s=start_s + at + 0.5)
        for at, word in enumerate(text.split())
    )


def answer(text: str, question: str = "", start_s: float = 0.0) -> SaidAnswer:
    words = spoken(text, start_s)
    return SaidAnswer(text, words, question, start_s, start_s + len(words))


POINTS = tuple(NURSE.values())


def test_evidence_carries_the_times_of_its_words() -> None:
    text = "Let me see. Falls went down by forty percent in six months with hourly rounding. Yes."
    coverage = judge(POINTS, [answer("Hello there."), answer(text, start_s=100.0)])
    falls = coverage.points[1]
    assert (falls.status, falls.evidence[0].answer) == ("covered", 1)
    assert falls.evidence[0].quote in text
    assert falls.evidence[0].start_s == 103.0
    assert falls.evidence[0].end_s == pytest.approx(114.5)


def test_answers_complete_each_other() -> None:
    coverage = judge(
        POINTS,
        [
            answer("I led the sepsis bundle with a screening card at triage for antibiotics."),
            answer(
                "The first antibiotic with that bundle came after 38 minutes, before it was 94."
            ),
        ],
    )
    assert coverage.points[0].status == "covered"
    assert coverage.points[0].evidence


BUNDLE = "I led the sepsis bundle with a screening card at triage for antibiotics."


@pytest.mark.parametrize(
    ("between", "figures", "status"),
    [
        ("", "From 94 minutes down to 38.", "covered"),
        ("It was hard for the night shift.", "It fell from 94 minutes to 38.", "covered"),
        ("", "That took us 12 weeks.", "partial"),
    ],
)
def test_the_figures_of_a_follow_up_belong_to_what_was_told_before(
    between: str, figures: str, status: str
) -> None:
    said = [answer(BUNDLE), *([answer(between)] if between else []), answer(figures, "", 60.0)]
    follow_ups = [replace(one, follow_up=True) for one in said[1:]]
    found = judge(POINTS, [said[0], *follow_ups]).points[0]
    assert found.status == status
    quotes = {one.quote for one in found.evidence}
    assert (figures in quotes) == (status == "covered")


def test_the_figures_of_another_question_do_not() -> None:
    other = answer("From 94 minutes down to 38.", "How long is your commute?", 60.0)
    assert judge(POINTS, [answer(BUNDLE), other]).points[0].status == "partial"


def test_a_later_right_figure_mends_a_wrong_one() -> None:
    wrong = "The SBAR sheet cut our handover from 25 minutes to 20."
    right = "To correct that, the SBAR handover sheet went from 25 to 12 minutes."
    assert judge(POINTS, [answer(wrong)]).points[2].status == "contradicted"
    assert judge(POINTS, [answer(wrong), answer(right)]).points[2].status == "covered"


def test_a_missing_point_tells_where_it_would_have_fitted() -> None:
    asked = ["How do you work with parents?", "How do you prepare patients for discharge?"]
    coverage = judge(POINTS, [answer("It depends.", question) for question in asked])
    assert {point.status for point in coverage.points} == {"missing"}
    assert coverage.points[4].would_fit == asked[1]
    assert all(not point.evidence for point in coverage.points)


def test_no_points_and_no_answers() -> None:
    assert judge((), [answer("Anything.")]).points == ()
    assert [point.status for point in judge(POINTS, []).points] == ["missing"] * 5


def test_a_point_without_text_is_judged_by_its_name() -> None:
    point = TalkingPoint(name="Kubernetes migration of the billing cluster")
    assert status(point, "I led the migration of our billing cluster to Kubernetes.") == "covered"
    assert status(point, "I like cooking.") == "missing"


def test_questions_invite_the_points_that_they_are_about() -> None:
    points = tuple(FELLOWS.values())
    question = Question(
        area="domain",
        text="How did AutoEval change robot evaluation?",
        why="Tests multimodal evaluation.",
    )
    order = invited(question, points)
    assert order[0][0] == 4
    assert all(0 < fit < 1 for _, fit in order)
    assert [fit for _, fit in order] == sorted((fit for _, fit in order), reverse=True)
    assert invited(Question(text="Why us?"), points) == []


@example("¹/2", "")
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_judged(text: str, question: str) -> None:
    found = judge_text(NURSE["falls"], text, question)
    assert found.status in STATUSES
    assert found.quote == text[found.start : found.end]
    assert bool(found.quote) or found.status == "missing"


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_point_is_judged(name: str, text: str) -> None:
    point = TalkingPoint(name=name, text=text)
    assert judge_text(point, f"I did this: {text}").status in STATUSES


FIGURES = st.one_of(
    st.sampled_from(["0", "0.0", "zero", "$0", "0 %", "0:00", "0/5", "1/2", "half", "١٢", "½"]),
    st.integers(min_value=0, max_value=10**20).map(str),
    st.integers(min_value=300, max_value=6000).map("9".__mul__),
    st.integers(min_value=1, max_value=400).map(lambda zeros: "0." + "0" * zeros + "1"),
    st.floats(allow_nan=False, allow_infinity=False, min_value=0).map(str),
)
"""A figure as written or spoken: nothing, huge, tiny, ordinary."""
FIGURE_TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["cut data loss", "from", "to", "about", "over", "sorry,", "-", ", not"]),
        FIGURES,
        st.sampled_from(["", " %", "%", "k", " ms", " hours", " dollars", " million", "x"]),
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: " ".join(f"{before} {figure}{unit}" for before, figure, unit in parts))


@example("0 % data loss", "we had 2 % data loss")
@example("cut data loss from 4 % to 0 %", "cut data loss from 4 % to 1 %")
@example("cost $0 a month", "it cost 12 dollars a month")
@example("data loss " + "9" * 400 + " %", "data loss 5 % and " + "9" * 400)
@example("data loss 5 %", "data loss " + "9" * 5000 + "/5 to 0." + "0" * 400 + "1 %")
@given(FIGURE_TEXTS, FIGURE_TEXTS)
def test_any_figures_are_judged(claim: str, answer: str) -> None:
    point = TalkingPoint(name="Data loss", text=claim)
    told = SaidAnswer(f"Data loss: {answer}.", question="How did you cut data loss?")
    (found,) = judge([point], [told]).points
    assert found.status in STATUSES


@pytest.mark.parametrize("figure", ["0 %", "$0", "4 % to 0 %"])
def test_nothing_but_a_zero_is_told_for_a_zero(figure: str) -> None:
    facts = facts_of(TalkingPoint(name="Migration", text=f"Data loss was {figure}."))
    assert same_values(facts, said_of(f"Data loss was {figure}."))
    assert not same_values(facts, said_of("Data loss was 2 % or about 20 dollars."))
