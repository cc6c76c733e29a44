"""Talking points judged: figures on labelled answers, and what a user is promised."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.analysis.coverage.answered import is_answered
from agent.analysis.coverage.encoder import Encoder
from agent.analysis.coverage.fit import invited
from agent.analysis.coverage.meaning import Vectors, find_meaning
from agent.analysis.coverage.points import (
    LONGEST_QUOTE,
    AnswerText,
    _unsure,
    judge,
    judge_text,
)
from agent.analysis.coverage.reading import Said
from agent.analysis.coverage.telling import telling_of
from agent.brief import Question, TalkingPoint
from agent.errors import RehearseError
from tests.bench.coverage import SETS, cases, confusion, judged, scored
from tests.coverage_points import BRIEFS, FELLOW, FELLOWS, NURSE, WARD
from tests.need import need_models
from tests.tiny_minilm import SIZE, write_minilm

STATUSES = ("covered", "partial", "contradicted", "missing")
POINTS = tuple(NURSE.values())


@pytest.mark.parametrize(
    ("name", "least"), [("fresh", 0.85), ("held out", 0.82), ("developed on", 0.8)]
)
def test_figures_on_the_labelled_answers_by_shared_words(name: str, least: float) -> None:
    covered, macro, wrong = scored(confusion(cases(SETS[name]), judged(None)))
    assert min(covered, macro) >= least
    assert wrong >= 0.65


INTUIT = "At Intuit we took the ICE platform from six to {} thousand transactions with rSocket."
AUTOEVAL = "With AutoEval the robot evaluation cycles {} by reusing models."


@pytest.mark.parametrize(
    ("brief", "key", "text", "status"),
    [
        ("fellows", "intuit", INTUIT.format("fifty"), "covered"),
        ("fellows", "intuit", INTUIT.format("sixty, sorry, fifty"), "covered"),
        ("fellows", "intuit", INTUIT.format("sixty"), "contradicted"),
        ("fellows", "autoeval", AUTOEVAL.format("went from three days to 4 minutes"), "covered"),
        ("fellows", "autoeval", AUTOEVAL.format("went from 70 hours to 240 seconds"), "covered"),
        ("fellows", "autoeval", AUTOEVAL.format("went from 72 hours to 40 min"), "contradicted"),
        ("fellows", "autoeval", AUTOEVAL.format("became much faster"), "partial"),
        ("ward", "precept", "I precepted 14 new graduates; 6 of them are still at the hospital.",
         "contradicted"),
        ("nurse", "discharge", "Teach-back at discharge: readmissions fell from 18 to 15 percent.",
         "contradicted"),
        # What is nobody's claim: plans, the deeds of others, other things with such figures.
        ("fellows", "intuit", "I would move it to rSocket, and it could go to 50K TPS.", "missing"),
        ("fellows", "intuit", "Our goal is to move from 6K to 50K TPS with rSocket.", "missing"),
        ("fellows", "intuit", "I read that Netflix went to 50K TPS with rSocket.", "missing"),
        ("fellows", "intuit", "We hired from six to fifty people.", "missing"),
        ("fellows", "intuit", "50,000. 6,000. 1.5 million. 675 million.", "missing"),
        ("fellows", "intuit", "", "missing"),
        ("plant", "vibration", "If I joined you I would put 96 vibration sensors on fans.",
         "missing"),
        ("plant", "dryer", "My son reviewed a dryer that made 14 unplanned stops, then 5.",
         "missing"),
        ("plant", "steam", "I have never done a steam trap survey.", "missing"),
    ],
)  # fmt: skip
def test_one_point_by_one_text(brief: str, key: str, text: str, status: str) -> None:
    among = tuple(BRIEFS[brief].values())
    found = judge_text(BRIEFS[brief][key], text, "", among)
    assert found.status == status
    assert bool(found.evidence) == (status != "missing")


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


def test_the_note_says_what_was_wrong_or_left_out() -> None:
    wrong = judge_text(
        FELLOWS["intuit"],
        "At Intuit the ICE platform went from 6K to 80K TPS on rSocket with 1.5M connections.",
    )
    assert wrong.status == "contradicted"
    assert "6K to 80K" in wrong.note
    assert "6K to 50K" in wrong.note
    vague = judge_text(FELLOWS["autoeval"], AUTOEVAL.format("became much faster"))
    assert "72 hours" in vague.note
    point = TalkingPoint(name="Evaluation", text="The platform runs on TimescaleDB and rSocket.")
    named = judge_text(point, "The platform runs on our socket and on time scale d b.")
    assert named.status in ("covered", "partial")
    assert "TimescaleDB" not in named.note


def test_names_of_two_letters_are_nothing_that_a_point_fails_on() -> None:
    point = TalkingPoint(name="RL tutor", text="Built an AI tutor in C for RL students.")
    found = judge_text(point, "I built a tutor for students, it was an AI in C.")
    assert found.status == "covered"


@pytest.mark.parametrize("said", ["six thousand to fifteen thousand", "six to fifteen thousand"])
def test_a_figure_that_sounds_alike_counts_for_nothing(said: str) -> None:
    text = f"At Intuit the ICE platform went from {said} transactions a second on rSocket."
    found = judge_text(FELLOW["intuit"], text, "", tuple(FELLOW.values()))
    assert found.status == "partial"
    assert found.doubt.startswith("Which is right")
    assert "50K" in found.doubt


def spoken(text: str, start_s: float = 0.0, unsure: str = "") -> AnswerText:
    words = tuple(
        SpokenWord(text=word, start_s=start_s + at, end_s=start_s + at + 0.5,
                   probability=0.1 if word == unsure else 0.9)
        for at, word in enumerate(text.split())
    )  # fmt: skip
    return AnswerText(text, words, "", start_s, start_s + len(words))


def test_a_figure_heard_unsurely_does_not_contradict() -> None:
    text = "The steam trap survey covered all 640 traps and saved 910 thousand dollars of gas."
    answers = (spoken(text), spoken(text, unsure="910"))
    sure, unsure = (judge([BRIEFS["plant"]["steam"]], [one]).points[0] for one in answers)
    assert sure.status == "contradicted"
    assert unsure.status != "contradicted"
    assert "Which is right" in unsure.doubt


def test_the_quote_is_the_sentence_and_short_without_punctuation_too() -> None:
    made = "Falls went down by forty percent in six months with rounding."
    found = judge_text(NURSE["falls"], "Let me think. " * 30 + made)
    assert (found.status, found.evidence[0].quote) == ("covered", made)
    bare = "and so on " * 60 + made.rstrip(".").lower() + " and so on" * 60
    found = judge_text(NURSE["falls"], bare)
    assert found.status == "covered"
    assert all(len(one.quote) <= LONGEST_QUOTE for one in found.evidence)


def test_evidence_carries_the_times_of_its_words() -> None:
    text = "Let me see. Falls went down by forty percent in six months with hourly rounding. Yes."
    falls = judge(POINTS, [spoken("Hello there."), spoken(text, 100.0)]).points[1]
    evidence = falls.evidence[0]
    assert (falls.status, evidence.answer) == ("covered", 1)
    assert evidence.quote in text
    assert (evidence.start_s, evidence.end_s) == (103.0, pytest.approx(114.5))


BUNDLE = spoken("I led the sepsis bundle with a screening card at triage for antibiotics.")


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
    told = [spoken(between, 30.0)] if between else []
    follow_ups = [replace(one, follow_up=True) for one in (*told, spoken(figures, 60.0))]
    found = judge(POINTS, [BUNDLE, *follow_ups]).points[0]
    assert found.status == status
    assert (figures in {one.quote for one in found.evidence}) == (status == "covered")


def test_the_figures_of_another_question_do_not() -> None:
    other = replace(spoken("From 94 minutes down to 38.", 60.0), question="How do you commute?")
    assert judge(POINTS, [BUNDLE, other]).points[0].status == "partial"


def test_a_later_right_figure_mends_a_wrong_one() -> None:
    wrong = spoken("The SBAR sheet cut our handover from 25 minutes to 20.")
    right = spoken("To correct that, the SBAR handover sheet went from 25 to 12 minutes.")
    assert judge(POINTS, [wrong]).points[2].status == "contradicted"
    assert judge(POINTS, [wrong, right]).points[2].status == "covered"


def test_a_missing_point_tells_where_it_would_have_fitted() -> None:
    asked = ["How do you work with parents?", "How do you prepare patients for discharge?"]
    points = judge(POINTS, [AnswerText("It depends.", question=one) for one in asked]).points
    assert {point.status for point in points} == {"missing"}
    assert points[4].would_fit == asked[1]
    taken = [AnswerText("It depends.", question=asked[0]), replace(BUNDLE, question=asked[1])]
    assert judge(POINTS, taken).points[4].would_fit == ""
    assert judge((), [spoken("Anything.")]).points == ()
    assert [point.status for point in judge(POINTS, []).points] == ["missing"] * 5


def test_questions_invite_the_points_that_they_are_about() -> None:
    points = tuple(FELLOWS.values())
    why = "Tests multimodal evaluation."
    order = invited(Question(text="How did AutoEval change robot evaluation?", why=why), points)
    assert order[0][0] == 4
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
    told = AnswerText(f"Data loss: {answer}.", question="How did you cut data loss?")
    (found,) = judge([point], [told]).points
    assert found.status in STATUSES


@given(st.lists(st.sampled_from([p.text for p in WARD.values()] + ["No.", "I would."]), max_size=4))
def test_every_status_but_missing_has_its_verbatim_quote_and_time(texts: list[str]) -> None:
    answers = [
        replace(spoken(text, 100.0 * at), question="How do you keep patients from falls?")
        for at, text in enumerate(texts)
    ]
    for point in judge(tuple(WARD.values()), answers).points:
        assert bool(point.evidence) == (point.status != "missing")
        assert not point.would_fit or point.status == "missing"
        for evidence in point.evidence:
            assert evidence.answer is not None
            assert evidence.quote in answers[evidence.answer].text
            assert 100 * evidence.answer <= evidence.start_s <= evidence.end_s
            assert evidence.end_s <= 100 * evidence.answer + 90


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("I don't know.", False),
        ("Hm, honestly, nothing comes to mind. Can we skip this one?", False),
        ("Could you repeat that?", False),
        ("Pass.", False),
        ("No, never, sorry.", False),
        ("I have no idea, but I would start with the parts that stop the machine.", None),
        ("By how badly we would miss them.", None),
        ("", None),
    ],
)
def test_answered_or_not(text: str, answered: bool | None) -> None:
    assert is_answered("How do you decide which spare parts to keep?", text) is answered
    assert is_answered("Have you ever sold any?", "No.") is is_answered("", text) is None


@pytest.fixture(scope="module")
def minilm() -> Vectors:
    return Vectors(need_models("minilm") / "minilm")


def test_vectors_have_length_one_and_do_not_depend_on_their_batch(tmp_path: Path) -> None:
    encoder = Encoder(write_minilm(tmp_path))
    texts = ["falls fell", "a", "the ward had fewer falls", ""] * 20
    together = encoder.encode(texts)
    assert together.shape == (80, SIZE)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in texts[:4]])
    np.testing.assert_allclose(together[:4], alone, atol=1e-5)
    np.testing.assert_allclose(together[76:], alone, atol=1e-5)


def test_damaged_files_are_told_in_one_line(tmp_path: Path) -> None:
    folder = write_minilm(tmp_path)
    (folder / "model.safetensors").write_bytes(b"12345678 is no model")
    with pytest.raises(RehearseError, match="rehearse setup minilm"):
        Vectors(folder).likeness("one", ["two"])


def test_nothing_is_found_in_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path))
    assert find_meaning() is None


def test_the_cosines_of_the_model_card(minilm: Vectors) -> None:
    # sentence-transformers/all-MiniLM-L6-v2 on the sentences of its inference example.
    others = ["That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    found = minilm.likeness("That is a happy person", others)
    assert found == pytest.approx([0.695, 0.943, 0.257], abs=0.002)


def test_a_claim_in_other_words_is_found_by_its_meaning(minilm: Vectors) -> None:
    text = (
        "I teach the newcomers. Fourteen of them so far, straight from school, within five years,"
        " and only two of them have left the hospital, so twelve are with us."
    )
    points = tuple(WARD.values())
    assert judge_text(WARD["precept"], text, "", points, minilm).status == "covered"


@pytest.mark.parametrize("name", ["fresh", "held out", "developed on"])
def test_figures_on_the_labelled_answers_by_vectors(minilm: Vectors, name: str) -> None:
    covered, macro, wrong = scored(confusion(cases(SETS[name]), judged(minilm)))
    assert min(covered, macro) >= 0.88
    assert wrong >= 0.65


def test_a_part_of_what_was_counted_is_held_against_that_part() -> None:
    text = "I precepted 14 new graduates, and 12 of them are still with us."
    point = TalkingPoint(name="New nurses", text=text)
    said = "I precepted fourteen new graduates. Only six of them are still with us."
    found = judge_text(point, said)
    assert (found.status, "six" in found.doubt) == ("contradicted", True)  # Six of what?


def test_years_beside_a_figure_contradict_nothing() -> None:
    said = "I have eleven years, the last six on a surgical unit, and falls went from 4.1 to 1.9."
    assert judge_text(WARD["falls"], said, "", tuple(WARD.values())).status == "covered"


def test_a_name_that_was_misheard_is_found_where_the_recognizer_was_unsure() -> None:
    text = "So we put in our sock it and went from 6,000 to 50,000."
    sure, unsure = spoken(text), spoken(text, unsure="sock")
    found = [Said(one.text, _unsure([one])).heard(("rSocket",)) for one in (sure, unsure)]
    assert [len(one) for one in found] == [0, 1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Last spring a pump failed. I drove there at night. We fixed it in two hours.", "story"),
        ("I usually ask them first. Then I check the list. If it is wrong I call them.", "habit"),
        ("We did it.", ""),
    ],
)
def test_what_an_answer_is(text: str, kind: str, minilm: Vectors) -> None:
    assert telling_of(text, minilm) == kind
