"""Who of a panel said what, in the report and the exports."""

from __future__ import annotations

import csv
import io

from agent.after.export import csv_table, markdown
from agent.after.subtitles import srt, vtt
from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.report.page import render
from tests.sample_analysis import HOSTILE, sample


def panel(name: str = "Priya", other: str = "Alex") -> Analysis:
    """Return the sample asked by one person, with a round of own questions led by another."""
    plain = sample()
    lines = [line.model_copy(update={"speaker": name}) for line in plain.interviewer[:-1]]
    invited_s = lines[-1].end_s + 60
    for at_s, kind, text in (
        (invited_s, "your_questions", "What would you like to ask?"),
        (invited_s + 10, "reply", "We use Go."),
        (invited_s + 20, "closing", "Good-bye then."),
    ):
        line = InterviewerLine(start_s=at_s, end_s=at_s + 3, text=text, kind=kind, speaker=other)
        lines.append(line)
    own = OwnQuestion(start_s=invited_s + 5, end_s=invited_s + 9, text="Which one?", reply="We")
    asked = tuple(answer.model_copy(update={"asked_by": name}) for answer in plain.answers)
    changed = {"interviewer": tuple(lines), "answers": asked, "own_questions": (own,)}
    return plain.model_copy(update=changed)


def section(page: str, name: str) -> str:
    return page[page.index(f'<section id="{name}"') :].split("</section>", maxsplit=1)[0]


def test_the_page_names_them_and_tells_the_round_in_its_order_and_nowhere_else() -> None:
    page = render(panel())
    assert "panel: Priya, Alex" in page
    answers, own = section(page, "answers"), section(page, "own")
    assert "asked by <bdi>Priya</bdi>" in answers
    assert "Interviewer" not in answers
    told = ("What would you like to ask?", "Which one?", "We use Go.", "Good-bye")
    places = [own.index(text) for text in told]
    assert places == sorted(places)
    assert not any(text in answers for text in told)
    alone = render(sample())
    assert "asked by" not in alone
    assert "<bdi>Interviewer</bdi>" in alone


def test_the_name_of_a_person_is_only_text() -> None:
    page = render(panel(f"Priya{HOSTILE}", f"{'A' * 300}{HOSTILE}"))
    assert "<script>window" not in page
    assert "\u202e" not in page


def test_the_exports_name_who_asked() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(panel("=Priya")))))
    assert {row["asked_by"] for row in rows} == {"'=Priya"}
    assert "asked by \\*Priya; " in markdown(panel("*Priya"))
    analysis = panel("Priya <b> & Co")
    assert "Priya ‹b› & Co: " in srt(analysis).replace("\n", " ")
    assert "You: Which one?" in srt(analysis)
    assert "<v Priya &lt;b&gt; &amp; Co>" in vtt(analysis)
