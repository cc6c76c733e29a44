"""Findings: at most five, ranked, one strength among them, each with numbers and a moment."""

from __future__ import annotations

import re

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Evidence,
    Filler,
    Fillers,
    Finding,
    Habit,
    InterviewerLine,
    PaceWindow,
    Pacing,
    Pause,
    PointCoverage,
    Span,
    SpokenWord,
    Voice,
)
from agent.feedback import MOST, findings_of
from tests.sample_analysis import sample


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


def point(index: int, status: str, **fields: object) -> PointCoverage:
    evidence = () if status == "missing" else (
        Evidence(quote="we did", start_s=5.0, end_s=6.0, answer=0),
    )  # fmt: skip
    base: dict[str, object] = {
        "index": index, "name": f"Point {index}", "status": status, "evidence": evidence,
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
        assert "\n" not in finding.text
        assert finding.text.endswith(".")
        assert finding.exercise.endswith(".")


def test_most_findings_have_numbers_and_a_moment() -> None:
    for finding in findings_of(sample()):
        assert finding.start_s is not None
        assert finding.end_s is not None
        assert finding.start_s <= finding.end_s
        assert finding.answer is not None
        if finding.kind in ("pace", "filler", "pause", "missed", "long", "short"):
            assert re.search(r"\d", finding.text)


def test_nothing_to_say_about_nothing() -> None:
    assert findings_of(Analysis()) == ()


def test_a_strength_replaces_the_last_of_six() -> None:
    coverage = Coverage(
        points=(*(point(at, "contradicted") for at in range(6)), point(6, "covered"))
    )
    found = kinds(Analysis(coverage=coverage, answers=(answer(0, 60),)))
    assert found == ["contradicted"] * 4 + ["strength"]


def test_what_was_typed_is_read_and_not_listened_to() -> None:
    spoken = Analysis(coverage=Coverage(points=(point(0, "covered"),)), answers=(answer(0, 60),))
    line = InterviewerLine(start_s=0, end_s=1, text="Why?", kind="question")
    typed = spoken.model_copy(update={"interviewer": (line,)})
    for analysis, verb in ((spoken, "listen to"), (typed, "read")):
        told = findings_of(analysis)[-1]
        assert "“Point 0”" in told.text
        assert told.exercise.startswith(f"{verb.capitalize()} it once")


def test_missed_points_name_the_question_where_one_fits() -> None:
    points = (point(0, "missing"), point(1, "missing", would_fit="Tell me about falls."))
    finding = next(
        one
        for one in findings_of(Analysis(coverage=Coverage(points=points), answers=(answer(9, 60),)))
        if one.kind == "missed"
    )
    assert "None of your 2" in finding.text
    assert "question 1 was a good place for “Point 1”" in finding.text
    assert (finding.start_s, finding.answer) == (9.0, 0)


def test_points_that_a_model_judged_say_so() -> None:
    points = (point(0, "missing"), point(1, "partial"), point(2, "covered"))
    analysis = Analysis(coverage=Coverage(points=points), answers=(answer(0, 60),))
    assert {one.basis for one in findings_of(analysis)} == {"rule"}
    judged = analysis.model_copy(update={"engines": {"coverage": "rules + minilm"}})
    assert {one.basis for one in findings_of(judged)} == {"model"}


def _fillers(count: int, per_minute: float) -> Fillers:
    times = [*range(count - 3), 100, 101, 102, 103][-count:]
    return Fillers(
        filled_pauses=tuple(
            Filler(text="Um", start_s=float(at * 20 if at < 100 else at), end_s=float(at) + 0.3)
            for at in sorted(times)
        ),
        per_minute=per_minute,
    )


def test_filler_counts_are_a_floor_with_the_densest_moment() -> None:
    analysis = Analysis(fillers=_fillers(6, 13.0), answers=(answer(0, 110),))
    finding = next(one for one in findings_of(analysis) if one.kind == "filler")
    assert "at least 6 fillers, over 12 a minute" in finding.text
    assert "“um”" in finding.text
    assert (finding.start_s, finding.basis) == (100.0, "rule")
    assert "filler" not in kinds(Analysis(fillers=_fillers(6, 4.0), answers=(answer(0, 110),)))


def test_the_crutch_word_is_named_whether_or_not_fillers_are_many() -> None:
    crutch = Habit(text="um", count=6, kind="crutch", moments=(Span(start_s=1, end_s=2),))
    analysis = Analysis(
        fillers=_fillers(6, 7.0),
        habits=(crutch,),
        answers=(answer(0, 110),),
        pacing=Pacing(words=200, duration_s=60.0),
    )
    found = [one for one in findings_of(analysis) if one.kind == "filler"]
    assert len(found) == 1
    assert "6 fillers, 5 to 12 a minute" in found[0].text
    few = analysis.model_copy(update={"fillers": _fillers(6, 4.0), "pacing": Pacing()})
    (only,) = [one for one in findings_of(few) if one.kind == "filler"]
    assert "“um” 6 times" in only.text
    assert "without a single “um”" in only.exercise


def test_restarts_are_remarked_only_where_they_are_many() -> None:
    twice = tuple(Filler(text="we we", start_s=at, end_s=at + 0.5) for at in range(6))
    words = tuple(SpokenWord(text="we", start_s=at, end_s=at + 0.2) for at in range(100))
    analysis = Analysis(answers=(answer(0, 60, words=words),), fillers=Fillers(repetitions=twice))
    (finding,) = [one for one in findings_of(analysis) if one.kind == "repetition"]
    assert "6 times in 100 words" in finding.text
    few = analysis.model_copy(update={"fillers": Fillers(repetitions=twice[:4])})
    assert "repetition" not in kinds(few)


def _windows(*wpm: float) -> tuple[PaceWindow, ...]:
    return tuple(
        PaceWindow(
            start_s=5.0 * at,
            end_s=5.0 * at + 20,
            speech_rate_wpm=rate,
            band="slow" if rate < 110 else "fast" if rate > 185 else "fine",
        )
        for at, rate in enumerate(wpm)
    )


def test_a_sustained_stretch_is_found_in_a_fine_answer() -> None:
    pacing = Pacing(speech_rate_wpm=150.0, windows=_windows(140, 200, 220, 150, 100))
    finding = next(
        one
        for one in findings_of(Analysis(answers=(answer(0, 60, pacing=pacing),)))
        if one.kind == "pace"
    )
    assert finding.text.startswith("For 25 s of answer 1 you spoke fast: 210 words a minute")
    assert (finding.start_s, finding.end_s) == (5.0, 30.0)
    calm = Pacing(speech_rate_wpm=190.0, windows=_windows(140, 180))
    assert "pace" not in kinds(Analysis(answers=(answer(0, 60, pacing=calm),)))


def test_a_thinking_pause_does_not_make_a_window_slow() -> None:
    pause = Pause(start_s=8.0, end_s=13.0)
    pacing = Pacing(speech_rate_wpm=130.0, windows=_windows(90), pauses=(pause,))
    assert "pace" not in kinds(Analysis(answers=(answer(0, 40, pacing=pacing),)))
    none = pacing.model_copy(update={"pauses": ()})
    assert "pace" in kinds(Analysis(answers=(answer(0, 40, pacing=none),)))


def test_pace_is_of_the_answer_furthest_off() -> None:
    analysis = Analysis(answers=(answer(0, 60, 190.0), answer(70, 60, 230.0), answer(140, 60)))
    finding = next(one for one in findings_of(analysis) if one.kind == "pace")
    assert "230" in finding.text
    assert (finding.answer, finding.basis) == (1, "measured")
    assert "pace" not in kinds(Analysis(answers=(answer(0, 60),)))
    slow = findings_of(Analysis(answers=(answer(0, 60, 90.0),)))
    assert "slowly" in next(one for one in slow if one.kind == "pace").text


def test_a_recording_without_questions_has_no_answer_number() -> None:
    (finding,) = findings_of(Analysis(answers=(answer(0, 60, 230.0, kind="recording"),)))
    assert finding.text.startswith("For 60 s of the recording")
    assert finding.exercise.startswith("Say it again in 90 seconds,")


def test_only_long_silences_inside_a_clause_are_remarked() -> None:
    def with_pause(length_s: float, inside: bool) -> Analysis:
        pause = Pause(start_s=20.0, end_s=20.0 + length_s, inside_clause=inside)
        return Analysis(answers=(answer(0, 60, pacing=Pacing(words=100, pauses=(pause,))),))

    assert "pause" in kinds(with_pause(2.4, inside=True))
    assert "pause" not in kinds(with_pause(2.4, inside=False))
    assert "pause" not in kinds(with_pause(1.4, inside=True))


def test_a_number_that_was_not_at_hand_is_one_remark_and_no_other_pause() -> None:
    def with_pauses(*lengths: float) -> list[Finding]:
        pauses = tuple(
            Pause(start_s=9.0 * at, end_s=9.0 * at + length, inside_clause=True, before_number=True)
            for at, length in enumerate(lengths)
        )
        words = (SpokenWord(text="fifty", start_s=11.2, end_s=11.5),)
        one = answer(0, 60, words=words, pacing=Pacing(words=100, pauses=pauses))
        return list(findings_of(Analysis(answers=(one,))))

    (finding,) = with_pauses(1.1, 2.2)
    assert finding.kind == "number"
    assert "2 times" in finding.text
    assert "the longest 2.2 s before “fifty” in answer 1" in finding.text
    assert "three times" in finding.exercise
    assert with_pauses(1.1) == []
    assert [one.kind for one in with_pauses(1.6)] == ["number"]


def _voiced(*figures: tuple[float | None, float | None]) -> Analysis:
    return Analysis(
        answers=tuple(
            answer(
                70.0 * at,
                60,
                pacing=Pacing(
                    phonation_s=40.0, voice=Voice(pitch_sd_semitones=sd, end_drop_db=drop)
                ),
            )
            for at, (sd, drop) in enumerate(figures)
        )
    )


def test_a_flat_voice_and_ends_that_trail_off_are_remarked_with_their_bands() -> None:
    (flat,) = findings_of(_voiced((3.0, None), (1.4, None)))
    assert (flat.kind, flat.answer, flat.basis) == ("voice", 1, "measured")
    assert "1.4 semitones" in flat.text
    (trailing,) = findings_of(_voiced((3.0, 5.0), (3.0, 13.0), (3.0, 6.0)))
    assert (trailing.kind, trailing.answer) == ("trailing", 1)
    assert "13 dB quieter than their middle, 8 dB more than in your other" in trailing.text
    assert kinds(_voiced((2.1, 5.0), (3.0, 10.0), (None, 6.0))) == []


def test_lengths_depend_on_the_kind_of_question() -> None:
    assert "long" in kinds(Analysis(answers=(answer(0, 200),)))
    assert "long" not in kinds(Analysis(answers=(answer(0, 200, area="system_design"),)))
    assert "short" in kinds(Analysis(answers=(answer(0, 12),)))
    assert "short" not in kinds(Analysis(answers=(answer(0, 12, kind="follow_up"),)))


def test_an_answer_that_the_session_cut_off_is_not_called_short() -> None:
    cut = Analysis(about=About(state="interrupted"), answers=(answer(0, 60), answer(70, 9)))
    assert "short" not in kinds(cut)
    assert "short" in kinds(cut.model_copy(update={"about": About()}))


def test_a_partial_point_says_what_was_left_out() -> None:
    for note, told in (
        ("Left out: 50K.", "but left out: 50K."),
        ("Judged by x.", "but not in full: judged by x."),
    ):
        coverage = Coverage(points=(point(0, "partial", note=note),))
        (finding,) = findings_of(Analysis(coverage=coverage, answers=(answer(0, 60),)))
        assert finding.text == f"You mentioned “Point 0” {told}"
