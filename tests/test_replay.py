"""Replay, what is said in a stretch; and what changed when a question was asked again."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Answer
from agent.brief import Brief, TalkingPoint
from agent.report.again import Again
from agent.report.sound import spoken_between
from tests.conftest import Rehearse
from tests.sample_analysis import earlier, sample
from tests.sample_sessions import kept, with_sound
from voice.audio.clip import silence


def again(before: Answer, *points: TalkingPoint, started: str = "") -> Again:
    brief, analysis = Brief(talking_points=points), Analysis(about=About(started=started))
    return Again(before, analysis, Path("folder"), "1", brief, 0)


def asked(question: str, text: str = "") -> Answer:
    return Answer(start_s=0.0, end_s=1.0, question=question, text=text)


def test_what_changed_is_a_sentence_each() -> None:
    then = earlier(sample()).answers[1]
    now = sample().answers[1].model_copy(update={"text": "I cut the pages from 30 to 4 a week."})
    point = TalkingPoint(name="On-call", text="I cut the pages from 30 to 4 a week.")
    told = again(then, point).changes(now)
    assert [line.split(":")[0] for line in told] == [
        "Length", "Pace", "Fillers", "Talking points made",
    ]  # fmt: skip
    assert told[-1].endswith("0, then 1; this time also “On-call”.")
    assert again(now, point).changes(then)[-1].endswith("not again “On-call”.")
    assert again(asked("why  us?")).answer_in(Analysis(answers=(asked("?"), now))) is None


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_columns_hold_every_word_within_80(one: str, other: str, title: str) -> None:
    first = again(asked("Why?", one), started=title)
    for line in first.compared(first.before, asked("Why?", other)):
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


def test_what_is_said_runs_along_in_its_stretch() -> None:
    analysis = sample()
    answer, line = analysis.answers[0], analysis.interviewer[0]
    told = spoken_between(analysis, 0.0, answer.words[1].start_s)
    assert told[0] == (line.start_s, f"> {line.text}")
    assert told[-1] == (answer.words[0].start_s, answer.words[0].text)
