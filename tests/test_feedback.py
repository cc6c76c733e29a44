"""Findings: at most five, ranked, one strength among them, each with numbers and a moment."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Evidence,
    Filler,
    Fillers,
    InterviewerLine,
    Pacing,
    Pause,
    PointCoverage,
    SpokenWord,
)
from agent.analysis.findings import MOST, findings_of
from agent.analysis.findings.shared import shortened
from tests.sample_analysis import sample

SOLD = "I sold 40 houses."
FILLING = "and then the work went on for the whole of the summer as it had been planned "


def answer(start_s: float, length_s: float, wpm: float = 140.0, **fields: object) -> Answer:
    words = max(1, round(length_s * wpm / 60))
    band = "slow" if wpm < 110 else "fast" if wpm > 185 else "fine"
    base: dict[str, object] = {
        "question": "Tell me about falls.",
        "start_s": start_s,
        "end_s": start_s + length_s,
        "text": "word",
        "words": (SpokenWord(text="word", start_s=start_s, end_s=start_s + length_s),),
        "pacing": Pacing(
            words=words, speech_rate_wpm=wpm, duration_s=length_s, phonation_s=length_s, band=band
        ),
    }
    return Answer.model_validate(base | fields)


def point(index: int, status: str, quote: str = "we did", **fields: object) -> PointCoverage:
    evidence = () if status == "missing" else (
        Evidence(quote=quote, start_s=5.0, end_s=6.0, answer=0),
    )  # fmt: skip
    base: dict[str, object] = {
        "index": index, "name": f"Point {chr(65 + index)}", "status": status, "evidence": evidence,
        "note": "You said 60; the brief says 50.",
    }  # fmt: skip
    return PointCoverage.model_validate(base | fields)


def kinds(analysis: Analysis) -> list[str]:
    return [finding.kind for finding in findings_of(analysis)]


def test_the_sample_gets_five_with_a_strength() -> None:
    findings = findings_of(sample())
    assert len(findings) == MOST
    assert "strength" in {finding.kind for finding in findings}
    assert findings[0].kind == "contradicted"
    for finding in findings:
        assert finding.start_s is not None
        assert finding.end_s is not None
        assert finding.start_s <= finding.end_s
        assert finding.answer is not None
        if finding.kind in ("pace", "filler", "pause", "long", "short"):
            assert re.search(r"\d", finding.text)


def test_a_strength_replaces_the_last_of_six() -> None:
    wrong = (point(at, "contradicted") for at in range(6))
    coverage = Coverage(points=(*wrong, point(6, "covered", quote=SOLD, text=SOLD)))
    found = kinds(Analysis(coverage=coverage, answers=(answer(0, 60, text=SOLD),)))
    assert found == ["contradicted"] * 4 + ["strength"]


def test_what_was_typed_is_read_and_not_listened_to() -> None:
    coverage = Coverage(points=(point(0, "covered", quote=SOLD, text=SOLD),))
    spoken = Analysis(coverage=coverage, answers=(answer(0, 60, text=SOLD),))
    line = InterviewerLine(start_s=0, end_s=1, text="Why?", kind="question")
    typed = spoken.model_copy(update={"interviewer": (line,)})
    for analysis, verb in ((spoken, "listen to"), (typed, "read")):
        told = findings_of(analysis)[-1]
        assert "“Point A”" in told.text
        assert told.exercise.startswith(f"{verb.capitalize()} it once")


def test_missed_points_name_the_question_where_one_fits() -> None:
    points = (point(0, "missing"), point(1, "missing", would_fit="Tell me about falls."))
    (finding,) = findings_of(Analysis(coverage=Coverage(points=points), answers=(answer(9, 60),)))
    assert finding.text.startswith("Did you tell “Point B”? ")
    assert "question 1 was a good place" in finding.text
    assert (finding.start_s, finding.answer) == (9.0, 0)


def test_what_belongs_to_another_question_is_not_missed_in_a_retry() -> None:
    for questions, told in (("ab", ["missed"]), ("a", [])):
        answers = tuple(answer(70.0 * at, 60, question=one) for at, one in enumerate(questions))
        points = (point(0, "missing"),)
        assert kinds(Analysis(coverage=Coverage(points=points), answers=answers)) == told


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        ("missing", "We moved the depot.", "missed"),
        ("missing", "It is down to 40 minutes.", ""),  # It came up, and was not understood.
        ("partial", "Trucks waited less.", "partial"),
        ("partial", "Trucks waited less. We had 9 drivers.", ""),  # A figure that may stand for it.
        ("partial?", "Trucks waited less.", "missed"),  # The question alone raises it.
        ("missing?", "It is down to 40 minutes.", ""),
        ("partial", "Trucks should not wait. " * 12, "missed"),  # Talk in general.
        ("partial", "They wait half as long now.", ""),
        ("partial", "They waited 80 minutes, now 40.", ""),
        ("contradicted", "They waited 80 minutes, now 60.", "contradicted"),
        ("contradicted!", "They waited 80 minutes, now 60.", "doubt"),
        ("covered", "From 80 minutes to 40.", "strength"),
        ("covered", "I talked to forty drivers.", ""),
    ],
)
def test_only_what_the_words_do_not_speak_against_is_told(
    status: str, said: str, told: str
) -> None:
    note = "You said “80 to 60”; the brief says “80 to 40 minutes”."
    text, sure = "Cut the wait from 80 to 40 minutes.", "?" not in status
    doubt = note if "!" in status else ""
    one = point(0, status.strip("?!"), said, text=text, note=note, sure=sure, doubt=doubt)
    answers = (_told(said), _told("That is all.", 1, question="Why?"))
    found = kinds(Analysis(coverage=Coverage(points=(one,)), answers=answers))
    assert found == [told] * bool(told)


def test_points_that_a_model_judged_say_so() -> None:
    points = (point(0, "missing", would_fit="Tell me about falls."), point(1, "partial"))
    analysis = Analysis(coverage=Coverage(points=points), answers=(answer(0, 60),))
    assert {one.basis for one in findings_of(analysis)} == {"rule"}
    judged = analysis.model_copy(update={"engines": {"coverage": "rules + minilm"}})
    assert {one.basis for one in findings_of(judged)} == {"model"}


def _fillers(count: int, per_minute: float) -> Fillers:
    """Return fillers of which the last four stand close together, from 100 s on."""
    starts = [20.0 * at for at in range(count - 4)] + [100.0, 101.0, 102.0, 103.0]
    ums = tuple(Filler(text="Um", start_s=at, end_s=at + 0.3) for at in starts)
    return Fillers(filled_pauses=ums, per_minute=per_minute)


def test_filler_counts_are_a_floor_with_the_densest_moment() -> None:
    spoken = Pacing(duration_s=60.0)
    analysis = Analysis(fillers=_fillers(6, 13.0), answers=(answer(0, 110),), pacing=spoken)
    finding = next(one for one in findings_of(analysis) if one.kind == "filler")
    for told in ("at least 6 times", "13 a minute", "“um”"):
        assert told in finding.text
    assert (finding.start_s, finding.basis) == (100.0, "rule")
    assert "filler" not in kinds(Analysis(fillers=_fillers(6, 4.0), answers=(answer(0, 110),)))


def test_pace_is_of_the_answer_furthest_off() -> None:
    analysis = Analysis(answers=(answer(0, 60, 190.0), answer(70, 60, 230.0), answer(140, 60)))
    finding = next(one for one in findings_of(analysis) if one.kind == "pace")
    assert "230" in finding.text
    assert (finding.answer, finding.basis) == (1, "measured")
    assert "pace" not in kinds(Analysis(answers=(answer(0, 60),)))
    every = findings_of(Analysis(answers=(answer(0, 60, 225.0), answer(70, 60, 230.0))))
    assert "every longer answer" in next(one for one in every if one.kind == "pace").text
    slow = findings_of(Analysis(answers=(answer(0, 60, 90.0),)))
    assert "slowly" in next(one for one in slow if one.kind == "pace").text


def test_a_recording_without_questions_has_no_answer_number() -> None:
    (finding,) = findings_of(Analysis(answers=(answer(0, 60, 230.0, kind="recording"),)))
    assert "in the recording: 230 words a minute" in finding.text
    assert finding.exercise.startswith("Say it again in 90 seconds,")


def test_only_long_silences_inside_a_clause_are_remarked() -> None:
    def with_pause(length_s: float, inside: bool) -> Analysis:
        pause = Pause(start_s=20.0, end_s=20.0 + length_s, inside_clause=inside)
        return Analysis(answers=(answer(0, 60, pacing=Pacing(words=100, pauses=(pause,))),))

    assert "pause" in kinds(with_pause(2.4, inside=True))
    assert "pause" not in kinds(with_pause(2.4, inside=False))
    assert "pause" not in kinds(with_pause(1.4, inside=True))


def test_lengths_depend_on_the_kind_of_question() -> None:
    for kind, length_s, other in (
        ("long", 200, {"area": "system_design"}), ("short", 12, {"kind": "follow_up"}),
    ):  # fmt: skip
        assert kind in kinds(Analysis(answers=(answer(0, length_s),)))
        assert kind not in kinds(Analysis(answers=(answer(0, length_s, **other),)))


def test_an_answer_that_the_session_cut_off_is_not_called_short() -> None:
    cut = Analysis(about=About(state="interrupted"), answers=(answer(0, 60), answer(70, 9)))
    assert "short" not in kinds(cut)
    assert "short" in kinds(cut.model_copy(update={"about": About()}))


def _told(text: str, at: int = 0, **fields: Any) -> Answer:
    words = tuple(SpokenWord(text=word, start_s=at, end_s=at + 0.2) for word in text.split())
    return answer(70.0 * at, 60, text=text, words=words, **fields)


def test_questions_left_open_are_one_remark_and_not_called_short() -> None:
    answers = tuple(_told("so", at, answered=False, end_s=70.0 * at + 5) for at in (0, 1))
    (finding,) = findings_of(Analysis(answers=answers))
    assert finding.kind == "unanswered"
    assert finding.text.startswith("You did not answer question 1, “Tell me about falls.”, nor 2")
    evasion = _told("Trucks should not wait. " * 12, told="opinion", question="Tell us a story.")
    assert kinds(Analysis(answers=(evasion,))) == ["unanswered"]


def test_few_fillers_and_a_calm_pace_are_strengths_with_their_own_advice() -> None:
    pacing = Pacing(words=120, band="fine", speech_rate_wpm=140.0)
    analysis = Analysis(answers=(_told(FILLING),), pacing=pacing, fillers=Fillers(per_minute=0.0))
    every = findings_of(analysis)
    assert {one.kind for one in every} == {"strength"}
    assert len({one.exercise for one in every}) == len(every) == 2
    gum = analysis.answers[0].words[0].model_copy(update={"probability": 0.3})  # Or "um"?
    unsure = analysis.answers[0].model_copy(update={"words": (gum, *analysis.answers[0].words)})
    assert len(findings_of(analysis.model_copy(update={"answers": (unsure,)}))) == 1


def test_no_remark_rests_on_words_that_nobody_understood() -> None:
    points = (PointCoverage(index=0, name="Team", status="missing"),)
    words = tuple(SpokenWord(text="uh", start_s=1, end_s=2, probability=0.2) for _ in range(9))
    unsure = _told("a", answered=False).model_copy(update={"words": words})
    assert not findings_of(Analysis(answers=(unsure,), coverage=Coverage(points=points)))


@given(st.lists(st.tuples(st.none() | st.booleans(), st.text(max_size=99)), max_size=5))
def test_any_analysis_gets_plain_sentences_with_an_exercise(
    parts: list[tuple[bool | None, str]],
) -> None:
    answers = tuple(
        _told(FILLING + text, at, answered=answered, question=text)
        for at, (answered, text) in enumerate(parts)
    )
    every = findings_of(Analysis(answers=answers))
    assert len(every) <= MOST * bool(answers)
    for one in every:
        assert one.text.endswith(".")
        assert one.exercise.endswith(".")


@given(st.text(max_size=300))
def test_a_quote_is_short(text: str) -> None:
    assert len(shortened(text, 60)) <= 60
    assert len(shortened(text, 60).splitlines()) <= 1
