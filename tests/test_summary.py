"""The terminal summary: complete, in order, and never wider than asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Coverage, Fillers, Finding, Pacing, PointCoverage
from agent.summary import summary_lines
from tests.sample_analysis import hostile_sample, sample


def test_the_summary_says_the_figures_then_points_then_findings() -> None:
    analysis = sample()
    text = "\n".join(summary_lines(analysis))
    assert text.startswith("Harbor Grid · Senior Platform Engineer, 3 min 9 s\n")
    assert analysis.pacing.speech_rate_wpm is not None
    assert f"Pace            {round(analysis.pacing.speech_rate_wpm)} words a minute" in text
    assert "Fillers         at least 14, 5 to 12 a minute" in text
    assert "Talking points  2 of 5 made" in text
    assert "contradicted  On-call: 30 pages a week to 4 (02:04)" in text
    order = [text.index(part) for part in ("Pace", "covered", " 1. 02:04", "- Words came from")]
    assert order == sorted(order)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("analysis", [sample(), hostile_sample(), Analysis()])
def test_no_line_is_wider_than_the_terminal(analysis: Analysis, width: int) -> None:
    lines = summary_lines(analysis, width)
    assert max(len(line) for line in lines) <= width


def test_what_was_not_scored_is_said() -> None:
    text = "\n".join(summary_lines(Analysis(about=About(state="interrupted"))))
    assert "not scored: too little speech" in text
    assert "none found" in text
    assert "none in the brief" in text
    assert "This session is interrupted" in text


@given(text=st.text(max_size=80), at_s=st.floats(min_value=0, max_value=1e5), width=st.integers(1))
def test_outside_text_neither_breaks_lines_nor_moves_the_cursor(
    text: str, at_s: float, width: int
) -> None:
    analysis = Analysis(
        about=About(title=text, company=text),
        pacing=Pacing(speech_rate_wpm=at_s, band="fine"),
        fillers=Fillers(per_minute=at_s),
        coverage=Coverage(points=(PointCoverage(index=0, name=text, status="missing"),)),
        findings=(Finding(kind="pace", text=text, start_s=at_s),),
        notes=(text,),
    )
    columns = 20 + width % 100
    for line in summary_lines(analysis, columns):
        assert len(line) <= columns
        assert not {"\x1b", "\n", "\r", "\u202e"} & set(line)
        line.encode()
