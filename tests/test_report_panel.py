"""Who of a panel said what, in the analysis, the report and the exports."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import Any

from agent.after.analyzer import analyze, heard_session
from agent.after.export import csv_table, markdown
from agent.after.recognition import WordSource
from agent.after.subtitles import LINE, cues, srt, vtt
from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.brief import Brief, Persona, Question
from agent.report.page import render
from agent.session import Session, SessionMeta, read_session
from agent.session.events import event_of
from tests.conftest import Rehearse
from tests.sample_analysis import HOSTILE, sample
from voice.stt import Recognizer

WORDS = [{"text": "Yes", "start_s": 5, "end_s": 6}]


def no_recognizer() -> Recognizer:
    raise AssertionError("the words are there already")


def said(kind: str, text: str, start_s: float, speaker: str, **more: Any) -> dict[str, Any]:
    span = {"start_s": start_s, "end_s": start_s + 2, "speaker": speaker}
    return {"event": "said", "kind": kind, "text": text} | span | more


def panel(name: str = "Priya", other: str = "Alex") -> Analysis:
    """Return the sample led by two people, with a round in which each kind of line stands."""
    plain = sample()
    lines = [line.model_copy(update={"speaker": name}) for line in plain.interviewer[:-1]]
    asked = [answer.model_copy(update={"asked_by": name}) for answer in plain.answers]
    at_s = lines[-1].end_s + 60
    texts = (
        ("hand_over", "Back to Alex.", name),
        ("your_questions", "What would you like to ask?", other),
        ("your_questions", "I did not catch that.", other),
        ("reply", "We use Go. What else?", other),
        ("closing", "Good-bye then.", other),
    )
    for number, (kind, text, who) in enumerate(texts):
        start_s = at_s + 10 * number
        span = {"start_s": start_s, "end_s": start_s + 3}
        lines.append(InterviewerLine(text=text, kind=kind, speaker=who, **span))
    own = OwnQuestion(start_s=at_s + 24, end_s=at_s + 28, text="Which one?", reply="We use Go.")
    return plain.model_copy(
        update={"interviewer": tuple(lines), "answers": tuple(asked), "own_questions": (own,)}
    )


def section(page: str, name: str) -> str:
    part = page[page.index(f'<section id="{name}"') :]
    return part[: part.index("</section>")]


def test_the_analysis_says_who_asked(tmp_path: Path) -> None:
    brief = Brief(questions=(Question(area="domain", text="Which?"),))
    with Session(tmp_path / "a", SessionMeta(brief=brief, channel="typed")) as session:
        events: tuple[dict[str, Any], ...] = (
            said("opening", "Hello.", 0, "Priya"),
            said("question", "Which?", 2, "Alex", question_index=0),
            {"event": "words", "words": WORDS},
            {"event": "heard", "text": "Yes", "start_s": 5, "end_s": 6},
            said("your_questions", "What", 6, "Alex", stopped_by="resumed_answer"),
            said("closing", "Bye.", 9, "Priya"),
        )
        for event in events:
            session.journal.append(event_of(**event))
        session.finish("complete")
    heard, _ = heard_session(read_session(tmp_path / "a"), WordSource(no_recognizer))
    analysis = analyze(heard)
    assert [line.speaker for line in analysis.interviewer] == ["Priya", "Alex", "Alex", "Priya"]
    assert [answer.asked_by for answer in analysis.answers] == ["Alex"]
    # An invitation that was taken back, as the answer went on, invited nobody.
    assert analysis.invitation is None


def test_the_page_names_them() -> None:
    page = render(panel())
    assert "<li>panel: <bdi>Priya</bdi>, <bdi>Alex</bdi></li>" in page
    answers = section(page, "answers")
    assert "asked by <bdi>Priya</bdi>" in answers
    assert "<bdi>Priya</bdi> " in answers
    assert "Back to Alex." in answers
    timeline = section(page, "timeline")
    assert "<title>Priya: " in timeline
    assert timeline.count('">Priya</text>') == timeline.count('">Alex</text>') == 1
    assert "Interviewer" not in answers
    alone = render(sample())
    assert "asked by" not in alone
    assert "panel:" not in alone
    assert "<bdi>Interviewer</bdi> 0:00" in alone


def test_the_round_is_told_in_its_order_and_nowhere_else() -> None:
    page = render(panel())
    own, answers = section(page, "own"), section(page, "answers")
    told = (
        "What would you like to ask?",
        "I did not catch",
        "Which one?",
        "We use Go.",
        "Good-bye",
    )
    places = [own.index(text) for text in told]
    assert places == sorted(places)
    assert "<b><bdi>Alex</bdi>:</b>" in own
    assert "What else?" not in own
    for text in told:
        assert text not in answers


def test_the_name_of_a_person_is_only_text() -> None:
    name = f"Priya{HOSTILE}"
    page = render(panel(name, f"{'A' * 300}{HOSTILE}"))
    assert html.escape("Priya</script><script>", quote=True) in page
    assert "<script>window" not in page
    assert "\u202e" not in page


def test_the_exports_name_who_asked() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(panel("=Priya")))))
    assert {row["asked_by"] for row in rows} == {"'=Priya"}
    assert "asked by \\*Priya; " in markdown(panel("*Priya"))
    assert {row["asked_by"] for row in csv.DictReader(io.StringIO(csv_table(sample())))} == {""}


def test_subtitles_name_them_and_hold_the_own_questions() -> None:
    analysis = panel("Priya <b> & Co", "A" * 100)
    assert "Priya ‹b› & Co: " in srt(analysis).replace("\n", " ")
    assert "You: Which one?" in srt(analysis)
    assert "<v Priya &lt;b&gt; &amp; Co>" in vtt(analysis)
    assert max(len(line) for cue in cues(analysis, named=True) for line in cue.lines) <= LINE
    assert "<v Interviewer>" in vtt(sample())


def test_typed_answers_in_markdown_have_only_what_typing_has() -> None:
    typed = panel().model_copy(update={"about": sample("").about, "engines": {}})
    told = markdown(typed)
    assert typed.typed
    assert f"asked by Priya; {len(typed.answers[0].words)} typed words\n" in told
    assert "words a minute" not in told.lower().split("## figures")[1]


def test_no_command_prints_what_would_turn_a_line_around(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    brief = Brief(
        role="Cook \u202ekooc",
        questions=(Question(area="domain\u202e", text="Which \u202e?", why="\u2067depth"),),
        panel=(Persona(name="Priya \u202eayirP", role="chef\u2067"),),
    )
    path = tmp_path / "brief.json"
    path.write_text(brief.model_dump_json(), encoding="utf-8")
    out = ("--out", tmp_path / "out")
    with Session(tmp_path / "out" / "a", SessionMeta(brief=brief)) as session:
        session.finish("complete")
    for command in (
        ("plan", path),
        ("plan", path, "--next", *out),
        ("brief", "check", path),
        ("sessions", *out),
    ):
        done = rehearse(*command)
        assert done.code == 0, done.err
        assert not {"\u202e", "\u2067"} & set(done.out), command
