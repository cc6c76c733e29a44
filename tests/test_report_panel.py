"""Who of a panel said what, in the analysis, the report and the exports."""

from __future__ import annotations

import csv
import io
from typing import Any

from agent.after.export import csv_table, markdown
from agent.after.subtitles import srt, vtt
from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.report.page import render
from tests.sample_analysis import HOSTILE, sample


def panel(name: str = "Priya", other: str = "Alex") -> Analysis:
    """Return the sample led by two people, with a round in which each kind of line stands."""
    plain = sample()
    lines = [line.model_copy(update={"speaker": name}) for line in plain.interviewer[:-1]]
    at_s = lines[-1].end_s + 60
    for kind, text, who in (
        ("hand_over", "Back to Alex.", name),
        ("your_questions", "What would you like to ask?", other),
        ("your_questions", "I did not catch that.", other),
        ("reply", "We use Go. What else?", other),
        ("closing", "Good-bye then.", other),
    ):
        span: dict[str, Any] = {"start_s": at_s, "end_s": at_s + 3}
        lines.append(InterviewerLine(text=text, kind=kind, speaker=who, **span))
        at_s += 10
    reply_s = lines[-2].start_s
    own = OwnQuestion(start_s=reply_s - 5, end_s=reply_s, text="Which one?", reply="We use Go.")
    asked = tuple(answer.model_copy(update={"asked_by": name}) for answer in plain.answers)
    changed = {"interviewer": tuple(lines), "answers": asked, "own_questions": (own,)}
    return plain.model_copy(update=changed)


def section(page: str, name: str) -> str:
    return page[page.index(f'<section id="{name}"') :].split("</section>", maxsplit=1)[0]


def test_the_page_names_them() -> None:
    page = render(panel())
    assert "panel: Priya, Alex" in page
    answers = section(page, "answers")
    assert "asked by <bdi>Priya</bdi>" in answers
    assert "Back to Alex." in answers
    assert "<title>Priya: " in section(page, "timeline")
    assert "Interviewer" not in answers
    alone = render(sample())
    assert "asked by" not in alone
    assert "panel:" not in alone
    assert "<bdi>Interviewer</bdi>" in alone


def test_the_round_is_told_in_its_order_and_nowhere_else() -> None:
    page = render(panel())
    own, answers = section(page, "own"), section(page, "answers")
    told = ("What would you like to ask?", "I did not", "Which one?", "We use Go.", "Good-bye")
    places = [own.index(text) for text in told]
    assert places == sorted(places)
    for text in told:
        assert text not in answers


def test_the_name_of_a_person_is_only_text() -> None:
    page = render(panel(f"Priya{HOSTILE}", f"{'A' * 300}{HOSTILE}"))
    assert "<script>window" not in page
    assert "\u202e" not in page


def test_the_exports_name_who_asked() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(panel("=Priya")))))
    assert {row["asked_by"] for row in rows} == {"'=Priya"}
    assert "asked by \\*Priya; " in markdown(panel("*Priya"))
    analysis = panel("Priya <b> & Co", "A" * 100)
    assert "Priya ‹b› & Co: " in srt(analysis).replace("\n", " ")
    assert "You: Which one?" in srt(analysis)
    assert "<v Priya &lt;b&gt; &amp; Co>" in vtt(analysis)
