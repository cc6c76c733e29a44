"""A session folder as an earlier version left it is still read, shown and exported."""

import json
from pathlib import Path

from agent.analysis import read_analysis
from agent.analysis.progress import read_rows
from agent.analysis.why import lines_of
from agent.report.page import render
from agent.report.summary import markdown, summary_lines
from agent.session import read_session
from voice.speech.transcript import read_words

OLD = Path(__file__).with_name("old_session")
"""Two answers of the demo, written in November 2026, without their sound."""


def test_its_files_are_read() -> None:
    stored = read_session(OLD)
    assert stored.meta.state == "complete"
    assert stored.meta.plan is not None
    assert [event.event for event in stored.events].count("heard") == 2
    assert [one.kind for one in lines_of(stored)] == ["opening", "question", "follow_up"]
    assert len(read_words(OLD / "transcript.json")) > 90


def test_its_analysis_is_shown_with_what_was_not_counted_left_out() -> None:
    analysis = read_analysis(OLD)
    assert "structure" in json.loads((OLD / "analysis.json").read_text())["answers"][0]
    assert [answer.figures for answer in analysis.answers] == [None, None]
    page = render(analysis)
    assert analysis.answers[0].question in page
    assert "figures given" not in page
    assert any("2 of 5 made" in line for line in summary_lines(analysis))
    assert analysis.answers[1].text in markdown(analysis).replace("\\", "")


def test_it_counts_as_progress_unless_it_was_the_demo(tmp_path: Path) -> None:
    folder = tmp_path / "2026-11-30_09-25-09_anthropic"
    folder.mkdir()
    for name in ("session.json", "analysis.json"):
        text = (OLD / name).read_text(encoding="utf-8").replace('"demo": true', '"demo": false')
        (folder / name).write_text(text, encoding="utf-8")
    ((row,), _) = read_rows(tmp_path)
    assert row.document()["points_percent"] == row.document()["coverage_score"] == 40
