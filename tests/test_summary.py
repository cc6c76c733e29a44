"""The terminal summary: complete, in order, and never wider than asked for."""

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import (
    About,
    Analysis,
    Coverage,
    Fillers,
    Finding,
    Pacing,
    PointCoverage,
    Score,
    Scores,
)
from agent.report.summary import summary_lines
from tests.sample_analysis import sample


def test_the_summary_says_the_figures_then_points_then_findings() -> None:
    analysis = sample()
    text = "\n".join(summary_lines(analysis))
    assert text.startswith("Harbor Grid · Senior Platform Engineer, 3 min 9 s\n")
    assert analysis.pacing.speech_rate_wpm is not None
    assert f"Pace            {round(analysis.pacing.speech_rate_wpm)} words a minute" in text
    assert f"Fillers         {len(analysis.fillers.counted)} found, " in text
    assert "Talking points  2 of 5 made" in text
    assert "contradicted  On-call: 30 pages a week to 4 (2:04)" in text
    order = [text.index(part) for part in ("Pace", "covered", " 1.  2:04", "- One word was left")]
    assert order == sorted(order)


def test_scores_stand_with_their_formula_or_why_there_is_none() -> None:
    scores = Scores(
        pacing=Score(value=86, formula="On average 86."),
        fillers=Score(not_scored="too little speech; answer more"),
        coverage=Score(value=100, formula="5 of 5."),
    )
    lines = summary_lines(Analysis(scores=scores))
    assert "  pacing    86  On average 86." in lines
    assert "  fillers    -  not scored: too little speech; answer more" in lines
    assert "  coverage 100  5 of 5." in lines
    assert not any("no total" in line for line in summary_lines(Analysis()))


@given(text=st.text(max_size=80), at_s=st.floats(min_value=0, max_value=1e5))
def test_outside_text_neither_breaks_lines_nor_moves_the_cursor(text: str, at_s: float) -> None:
    analysis = Analysis(
        about=About(title=text, company=text),
        pacing=Pacing(speech_rate_wpm=at_s, band="fine"),
        fillers=Fillers(per_minute=at_s),
        coverage=Coverage(points=(PointCoverage(index=0, name=text, status="missing"),)),
        findings=(Finding(kind="pace", text=text, start_s=at_s, exercise=text),),
        scores=Scores(pacing=Score(value=1, formula=text), fillers=Score(not_scored=text)),
        notes=(text,),
    )
    for line in summary_lines(analysis):
        assert len(line) <= 80
        assert not {"\x1b", "\n", "\r", "\u202e"} & set(line)
        line.encode()
