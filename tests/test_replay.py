"""Replay: what is said in a stretch, and the same question in two sessions."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Answer
from agent.brief import TalkingPoint
from agent.report.again import Pair, compared, pairs
from agent.report.sound import spoken_between
from tests.conftest import Rehearse
from tests.sample_analysis import earlier, sample
from tests.sample_sessions import kept, with_sound
from voice.audio.clip import silence

SESSION = (Analysis(), Path("folder"))


def asked(question: str, text: str = "") -> Answer:
    return Answer(start_s=0.0, end_s=1.0, question=question, text=text)


def test_questions_are_paired_by_their_words_first_with_first() -> None:
    after = Analysis(answers=(asked("Why us?", "c"), asked("New?"), asked("why  us?", "d")))
    before = Analysis(answers=(asked("Gone?"), asked("Why us?", "a"), asked("Why us?", "b")))
    found = [(p.name, p.before.text, p.after.text) for p in pairs(after, before)]
    assert found == [("1", "a", "c"), ("3", "b", "d")]
    assert pairs(Analysis(answers=(asked(""),)), Analysis(answers=(asked(""),))) == []


def test_what_changed_is_a_sentence_each() -> None:
    then, now = earlier(sample()).answers[1], sample().answers[1]
    pair = Pair("2", then, now.model_copy(update={"text": "I cut the pages from 30 to 4 a week."}))
    points = (TalkingPoint(name="On-call", text="I cut the pages from 30 to 4 a week."),)
    told = compared(pair, (SESSION, SESSION), points)
    begins = [line.split(":")[0] for line in told]
    at = begins.index("Length")
    assert begins[at:] == ["Length", "Pace", "Fillers", "Talking points made"]
    assert told[-1].endswith("0, then 1; this time also “On-call”.")
    back = compared(Pair("2", pair.after, then), (SESSION, SESSION), points)
    assert back[-1].endswith("not again “On-call”.")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_columns_hold_every_word_within_80(one: str, other: str, title: str) -> None:
    session = (Analysis(about=About(started=title)), Path("folder"))
    for line in compared(Pair("1", asked("Why?", one), asked("Why?", other)), (session, session)):
        assert len(line) <= 80
        assert line.splitlines() in ([], [line])


def test_a_session_or_an_answer_is_printed_where_it_cannot_be_heard(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    this = kept(tmp_path, 2, sample())
    with_sound(this, silence(1.0))
    answer = rehearse("replay", this, "--answer", "1")
    assert "settlement team" in answer.out
    assert answer.err == "" or answer.err.startswith("Printed only: no loudspeaker")
    listed = rehearse("replay", this, "--answer", "1", "--list").out
    assert listed == answer.out
    assert len(rehearse("replay", this, "--list").out) > 2 * len(listed)
    assert "its answers: 1, 1a, 2" in rehearse("replay", this, "--answer", "12").error


def test_with_last_prints_both_answers_in_columns(tmp_path: Path, rehearse: Rehearse) -> None:
    then = kept(tmp_path, 1, earlier(sample()))
    this = kept(tmp_path, 2, sample())
    done = rehearse("replay", this, "--answer", "1", "--with", "last", "--list")
    assert done.code == 0, done.err
    assert "2026-11-01 18:42" + " " * 26 + "2026-11-02 18:42" in done.out
    assert "Pace: 122, then 156 words a minute." in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert rehearse("replay", this, "--with", then, "--list").out.count("Fillers: ") == 5
    assert "first complete session" in rehearse("replay", then, "--with", "last").err


def test_what_is_said_runs_along_in_its_stretch() -> None:
    analysis = sample()
    answer, line = analysis.answers[0], analysis.interviewer[0]
    told = spoken_between(analysis, 0.0, answer.words[1].start_s)
    assert told[0] == (line.start_s, f"> {line.text}")
    assert told[-1] == (answer.words[0].start_s, answer.words[0].text)
