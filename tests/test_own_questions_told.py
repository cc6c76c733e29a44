"""What the analysis, the report and the summary say of the questions that the person asked."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent.after.analyzer import analyze, heard_session
from agent.after.export import markdown
from agent.after.summary import summary_lines
from agent.after.word_source import WordSource
from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.feedback import findings_of
from agent.feedback.content import own_question_remarks
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.planning.plan import make_plan
from agent.rehearsal import Rehearsal
from agent.report.page import render
from agent.report.phrases import own_questions_told
from agent.session import Session, SessionMeta, read_session
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF
from tests.need import ROOT
from tests.sample_analysis import HOSTILE, sample
from tests.scripted_channel import ScriptedChannel
from voice.stt import Recognizer
from voice.talk import ChannelEvent, Heard, Listening, WordsHeard

POINT = BRIEF.talking_points[2].text
STORY = "A delivery was late and I called every harbor until I found it on the wrong ship"
INVITED = InterviewerLine(
    start_s=100, end_s=103, text="What would you like?", kind="your_questions"
)
ASKED = OwnQuestion(
    start_s=104, end_s=107, text="Which languages?", reply="Python.", source="Python, Kafka."
)


class Worded(ScriptedChannel):
    """A scripted channel that also tells the words, as the real ones do."""

    observe: Callable[[ChannelEvent], None]

    def listen(self, about: Listening) -> Heard:
        heard = super().listen(about)
        self.observe(WordsHeard(heard.words))
        return heard


def no_recognizer() -> Recognizer:
    raise AssertionError("the words are there already")


def analyzed(folder: Path, *asked: str) -> Analysis:
    """Hold an interview of one question with these questions after it, and analyze it."""
    plan = replace(make_plan(BRIEF, 20, only=(2,)), own_questions_s=300.0)
    channel = Worded(
        [(STORY, "silence"), ("not more", "silence"), *((a, "silence") for a in asked)]
    )
    meta = SessionMeta(brief=BRIEF, channel="typed")
    with Session(folder, meta) as session:
        rehearsal = Rehearsal(RulesInterviewer(BRIEF, plan), session)
        channel.observe = rehearsal.observe
        rehearsal.hold(channel)
        session.finish("complete")
    heard, _ = heard_session(read_session(folder), WordSource(no_recognizer))
    return analyze(heard)


def test_questions_count_into_no_other_figure(tmp_path: Path) -> None:
    with_them = analyzed(
        tmp_path / "a", "which languages do you use", f"is it true that {POINT}", "no that's all"
    )
    without = analyzed(tmp_path / "b", "no that's all")
    assert with_them.own_questions[0].text == "which languages do you use"
    assert with_them.own_questions[0].source == "Python, Kafka, and a scheduler for cranes."
    assert with_them.own_questions[0].reply == with_them.own_questions[0].source
    assert len(with_them.own_questions) == 2
    assert without.own_questions == ()
    assert with_them.pacing == without.pacing
    assert with_them.fillers == without.fillers
    assert with_them.coverage == without.coverage
    assert with_them.talk_share == without.talk_share
    assert [a.text for a in with_them.answers] == [a.text for a in without.answers]
    assert POINT not in with_them.answers[-1].text


def test_a_question_that_the_brief_answers_is_remarked_on() -> None:
    analysis = Analysis(interviewer=(INVITED,), own_questions=(ASKED, ASKED))
    (one,) = (w.finding(analysis) for w in own_question_remarks(analysis))
    for part in ("“Which languages?”", "“Python, Kafka.”", "it answers 1 more of your questions"):
        assert part in one.text
    assert (one.kind, one.start_s, one.end_s) == ("own_question", 104, 107)
    assert one in findings_of(analysis)


def test_asking_nothing_is_remarked_on_only_where_one_was_invited() -> None:
    asked_none = Analysis(interviewer=(INVITED,))
    (one,) = (w.finding(asked_none) for w in own_question_remarks(asked_none))
    assert "asked none" in one.text
    assert one.start_s == 100
    open_question = ASKED.model_copy(update={"source": ""})
    for quiet in (
        Analysis(),
        Analysis(interviewer=(INVITED,), own_questions=(open_question,)),
        Analysis.model_validate({"about": {"state": "interrupted"}, "interviewer": (INVITED,)}),
    ):
        assert not list(own_question_remarks(quiet))


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ((), "nothing"),
        ((ASKED,), "1 question, which your brief answers"),
        (
            (ASKED.model_copy(update={"source": ""}),) * 2,
            "2 questions, none that your brief answers",
        ),
    ],
)
def test_a_line_in_the_summary(own: tuple[OwnQuestion, ...], told: str) -> None:
    analysis = sample().model_copy(update={"interviewer": (INVITED,), "own_questions": own})
    assert f"You asked       {told}" in summary_lines(analysis)
    assert own_questions_told(sample()) == ""


def test_a_section_of_the_report_escaped_and_with_its_moment() -> None:
    nasty = OwnQuestion(
        start_s=104, end_s=107, text=f"Why{HOSTILE}", reply=f"So{HOSTILE}", source=f"As{HOSTILE}"
    )
    analysis = sample().model_copy(update={"interviewer": (INVITED,), "own_questions": (nasty,)})
    page = render(analysis)
    part = page[page.index('<section id="own"') :]
    part = part[: part.index("</section>")]
    assert "<script>" not in part
    assert html.escape("</script><script>", quote=True) in part
    assert 'data-s="104" data-e="107"' in part
    assert part.count("\u202e") == 0
    assert "Your brief says it: <q" in part
    verbatim = nasty.model_copy(update={"reply": "Python.", "source": "Python."})
    told = render(analysis.model_copy(update={"own_questions": (verbatim,)}))
    assert "Your brief says exactly this." in told
    assert '<a href="#own">Your questions</a>' in page
    assert 'id="own"' not in render(sample())
    asked_nothing = sample().model_copy(update={"interviewer": (INVITED,)})
    assert "You asked nothing." in render(asked_nothing)


def test_they_stand_in_the_markdown() -> None:
    told = markdown(sample().model_copy(update={"own_questions": (ASKED,)}))
    assert told.endswith(
        "## Your own questions\n\n- Which languages? (1:44)\n  Python.\n"
        "  Your brief: Python, Kafka.\n"
    )
    assert "own questions" not in markdown(sample())


def test_an_older_analysis_has_none() -> None:
    document = json.loads(sample().to_json())
    del document["own_questions"]
    assert Analysis.model_validate(document).own_questions == ()


def test_a_typed_interview_with_a_round(rehearse: Rehearse, tmp_path: Path) -> None:
    lines = ["let's skip this one", "which charting system do you use?", "no that's all", ""]
    done = rehearse(
        "run", ROOT / "briefs" / "ward-nurse.md", "--text", "--questions", "1", "--minutes", "10",
        "--own-questions", "4", "--strict", "--interviewer", "rules", "--out", tmp_path,
        text="\n".join(lines),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "1 question, which your brief answers" in done.out
    (folder,) = tmp_path.iterdir()
    settings = json.loads((folder / "session.json").read_text())["settings"]
    assert settings["own_questions_min"] == 4
    assert settings["strict"] is True


def test_more_time_for_own_questions_than_there_is(rehearse: Rehearse, tmp_path: Path) -> None:
    brief = ROOT / "briefs" / "ward-nurse.md"
    for command in (["plan", brief], ["run", brief, "--text", "--out", tmp_path]):
        done = rehearse(*command, "--minutes", "10", "--own-questions", "10")
        assert done.code == 1
        assert "--own-questions less" in done.err
    for none in ("nan", "0.3", "300"):
        assert rehearse("plan", brief, "--own-questions", none).code == 2
    shown = rehearse("plan", brief, "--minutes", "20", "--own-questions", "6")
    assert "6:00  for your own questions" in shown.out
    assert "for your own questions" not in rehearse("plan", brief, "--own-questions", "0").out
