"""Talking points judged: figures on labelled answers, and what a user is promised."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.brief import Question, TalkingPoint
from agent.coverage.fit import invited
from agent.coverage.points import LONGEST_QUOTE, SaidAnswer, judge, judge_text
from tests.bench.coverage import SETS, cases, confusion, judged, scored
from tests.coverage_points import FELLOW, FELLOWS, NURSE, PLANT, WARD

STATUSES = ("covered", "partial", "contradicted", "missing")


@pytest.mark.parametrize(
    ("name", "least"), [("fresh", 0.85), ("held out", 0.82), ("developed on", 0.8)]
)
def test_figures_on_the_labelled_answers_by_shared_words(name: str, least: float) -> None:
    covered, macro, wrong = scored(confusion(cases(SETS[name]), judged(None)))
    assert min(covered, macro) >= least
    assert wrong >= 0.65


def status(point: TalkingPoint, text: str) -> str:
    return judge_text(point, text).status


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
    assert (found.status, found.evidence) == ("missing", ())


def test_the_quote_is_the_sentence_and_short_without_punctuation_too() -> None:
    made = "Falls went down by forty percent in six months with rounding."
    found = judge_text(NURSE["falls"], "Let me think. " * 30 + made)
    assert (found.status, found.evidence[0].quote) == ("covered", made)
    bare = "and so on " * 60 + made.rstrip(".").lower() + " and so on" * 60
    found = judge_text(NURSE["falls"], bare)
    assert found.status == "covered"
    assert all(len(one.quote) <= LONGEST_QUOTE for one in found.evidence)


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


@example("¹/2", "", "")
@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_judged(name: str, text: str, question: str) -> None:
    for point in (NURSE["falls"], TalkingPoint(name=name, text=text)):
        found = judge_text(point, f"I did this: {text}", question)
        assert found.status in STATUSES
        assert bool(found.evidence) == (found.status != "missing")


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


@pytest.mark.parametrize("said", ["six thousand to fifteen thousand", "six to fifteen thousand"])
def test_a_figure_that_sounds_alike_is_asked_for_and_counts_for_nothing(said: str) -> None:
    text = f"At Intuit the ICE platform went from {said} transactions a second on rSocket."
    found = judge_text(FELLOW["intuit"], text, "", tuple(FELLOW.values()))
    assert found.status == "partial"
    assert "misheard" in found.note
    assert "50K" in found.note


def test_a_figure_heard_unsurely_does_not_contradict() -> None:
    text = "The steam trap survey covered all 640 traps and saved 910 thousand dollars of gas."
    answers = [
        SaidAnswer(
            text,
            tuple(
                SpokenWord(text=word, start_s=at, end_s=at + 0.5,
                           probability=unsure if word == "910" else 0.9)
                for at, word in enumerate(text.split())
            ),
        )
        for unsure in (0.9, 0.1)
    ]  # fmt: skip
    sure, unsure = (judge([PLANT["steam"]], [answer]).points[0] for answer in answers)
    assert sure.status == "contradicted"
    assert unsure.status != "contradicted"
    assert "misheard" in unsure.note


@pytest.mark.parametrize(
    "text",
    [
        "I spent eleven years on this unit, the last six on a surgical one; falls went from 4.1"
        " to 1.9 per thousand patient days.",
        "On my surgical unit I led the hourly rounding project for six years.",
        "Over six years I led rounding and brought falls down, as one of two nurses.",
    ],
)
def test_a_figure_of_something_else_contradicts_nothing(text: str) -> None:
    assert judge_text(WARD["falls"], text, "", tuple(WARD.values())).status != "contradicted"


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (
            WARD["precept"],
            "I have precepted 14 new graduates; 6 of them are still at the hospital.",
        ),
        (FELLOWS["intuit"], "The ICE platform at Intuit went from 6K to 30K TPS on rSocket."),
        (NURSE["discharge"], "Teach-back at discharge: readmissions fell from 18 to 15 percent."),
    ],
)
def test_another_figure_of_the_same_quantity_contradicts(point: TalkingPoint, text: str) -> None:
    assert status(point, text) == "contradicted"


def test_names_that_were_not_said_are_told() -> None:
    point = TalkingPoint(name="Evaluation", text="The platform runs on TimescaleDB and rSocket.")
    found = judge_text(point, "The platform runs on our socket and on time scale d b.", "", ())
    assert found.status in ("covered", "partial")
    assert "TimescaleDB" not in found.note


def test_names_of_two_letters_are_nothing_that_a_point_fails_on() -> None:
    point = TalkingPoint(name="RL tutor", text="Built an AI tutor in C for RL students.")
    found = judge_text(point, "I built a tutor for students, it was an AI in C.")
    assert found.status == "covered"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("vibration", "If I joined you I would put 96 vibration sensors on pumps and fans."),
        ("dryer", "My son reviewed a dryer that made 14 unplanned stops a month, then 5."),
        ("steam", "I have never done a steam trap survey."),
    ],
)
def test_what_is_nobodys_claim(key: str, text: str) -> None:
    assert judge_text(PLANT[key], text, "", tuple(PLANT.values())).status == "missing"


@given(st.lists(st.sampled_from([p.text for p in WARD.values()] + ["No.", "I would."]), max_size=4))
def test_every_status_but_missing_has_its_verbatim_quote_and_time(texts: list[str]) -> None:
    answers = [
        SaidAnswer(
            text,
            tuple(
                SpokenWord(text=word, start_s=100.0 * place + at / 10, end_s=100.0 * place + at / 9)
                for at, word in enumerate(text.split())
            ),
            "How do you keep patients from falls?", 100.0 * place, 100.0 * place + 90,
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip
    for point in judge(tuple(WARD.values()), answers).points:
        assert bool(point.evidence) == (point.status != "missing")
        assert not point.would_fit or point.status == "missing"
        for evidence in point.evidence:
            assert evidence.answer is not None
            assert evidence.quote in answers[evidence.answer].text
            assert 100 * evidence.answer <= evidence.start_s <= evidence.end_s
            assert evidence.end_s <= 100 * evidence.answer + 90
