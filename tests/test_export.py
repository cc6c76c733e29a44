"""An analysis in other forms: each is read back by a program that knows the form."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from agent.after.export import COLUMNS, csv_table, markdown
from agent.after.subtitles import LINE, LINES, LONGEST_MS, SHORTEST_MS, cues, srt, vtt
from agent.analysis import Analysis, Answer, Coverage, InterviewerLine, PointCoverage, SpokenWord
from agent.text.display import clean
from tests.conftest import Rehearse
from tests.sample_analysis import HOSTILE, hostile_sample, long_sample, sample
from voice.audio import silence, write_wav
from voice.transcript import Word, to_document

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NASTY = st.one_of(
    TEXT, st.sampled_from(["a|b", "`x`", "<b>&amp;</b>", "# no", "1. no", "-- > -->", "*a* _b_"])
)
TIMES = st.floats(-10, 4000) | st.sampled_from([float("inf"), float("nan")])


def spans() -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({"start_s": TIMES, "end_s": TIMES})


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Return an analysis that nobody would believe, but that fits the schema."""
    words = draw(st.lists(st.builds(lambda at, text: SpokenWord(**at, text=text), spans(), NASTY)))
    said = draw(
        st.lists(
            st.builds(
                lambda at, text: InterviewerLine(**at, text=text, kind="question"), spans(), NASTY
            )
        )
    )
    answer = Answer(**draw(spans()), question=draw(NASTY), text=draw(NASTY), words=tuple(words))
    return Analysis(answers=(answer,), interviewer=tuple(said))


def blocks(text: str, point: str) -> list[tuple[int, int, list[str]]]:
    """Read subtitles strictly: (start, end, lines) of every cue, in milliseconds."""
    stamp = rf"(\d\d):(\d\d):(\d\d){re.escape(point)}(\d\d\d)"
    found = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines) if " --> " in line), None)
        if at is None:
            assert block.strip() in ("", "WEBVTT")
            continue
        match = re.fullmatch(f"{stamp} --> {stamp}", lines[at])
        assert match, lines[at]
        hours, minutes, seconds, ms, *rest = map(int, match.groups())
        start_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
        hours, minutes, seconds, ms = rest
        end_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
        found.append((start_ms, end_ms, lines[at + 1 :]))
    return found


@given(analyses())
@settings(max_examples=60)
def test_subtitles_are_in_order_short_enough_and_parse_back(analysis: Analysis) -> None:
    for text, point, named in ((srt(analysis), ",", True), (vtt(analysis), ".", False)):
        expected = cues(analysis, named=named)
        found = blocks(text, point)
        assert [(start, end) for start, end, _ in found] == [
            (cue.start_ms, cue.end_ms) for cue in expected
        ]
        last_ms = 0
        for start_ms, end_ms, lines in found:
            assert last_ms <= start_ms
            assert SHORTEST_MS <= end_ms - start_ms <= LONGEST_MS
            assert 1 <= len(lines) <= LINES
            last_ms = end_ms
        assert all(len(line) <= LINE for cue in expected for line in cue.lines)


@given(analyses())
@settings(max_examples=60)
def test_subtitles_hold_every_word_and_no_markup(analysis: Analysis) -> None:
    shown = " ".join(line for cue in cues(analysis, named=False) for line in cue.lines)
    texts = [word.text for answer in analysis.answers for word in answer.words]
    texts += [line.text for line in analysis.interviewer]
    assert sorted(shown.replace(" ", "")) == sorted(
        "".join("".join(clean(t).split()) for t in texts)
    )
    for _, _, lines in blocks(vtt(analysis), "."):
        cue = re.fullmatch(r"<v (?:You|Interviewer)>([^<>]*)</v>", "\n".join(lines))
        assert cue
        assert all(len(line) <= LINE for line in html.unescape(cue[1]).split("\n"))
    assert not re.search(r"<|(?<!-->)(?<!--)>|[{}]", srt(analysis).replace(" --> ", " "))


def test_an_hour_keeps_its_times() -> None:
    analysis = long_sample()
    found = cues(analysis, named=True)
    starts = {round(answer.words[0].start_s * 1000) for answer in analysis.answers}
    assert starts <= {cue.start_ms for cue in found}


@given(st.lists(NASTY, min_size=1, max_size=3))
def test_the_table_parses_back_and_computes_nothing(texts: list[str]) -> None:
    answers = tuple(Answer(start_s=0, end_s=1.5, question=t, area=t, text=t) for t in texts)
    table = csv_table(Analysis(answers=answers))
    header, *rows = csv.reader(io.StringIO(table, newline=""), strict=True)
    assert tuple(header) == COLUMNS
    assert table.count("\r\n") == len(rows) + 1
    for text, row in zip(texts, rows, strict=True):
        cell = dict(zip(COLUMNS, row, strict=True))["text"]
        assert not cell.startswith(("=", "+", "-", "@"))
        assert cell.removeprefix("'") == " ".join(clean(text).split()).removeprefix("'")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1"])
def test_a_formula_is_text(formula: str) -> None:
    table = csv_table(Analysis(answers=(Answer(start_s=0, end_s=1, question=formula),)))
    (_, row) = csv.reader(io.StringIO(table, newline=""))
    assert row[COLUMNS.index("question")] == f"'{formula.strip()}"


def test_the_table_has_the_figures() -> None:
    _, *rows = csv.reader(io.StringIO(csv_table(sample()), newline=""))
    third = dict(zip(COLUMNS, rows[2], strict=True))
    assert third["answer"] == "2"
    assert third["fillers_in_transcript"] == "3"
    assert float(third["longest_pause_s"]) == pytest.approx(2.1)


def shown(text: str) -> list[str]:
    """Return the text that a Markdown reader shows of every paragraph, heading and cell."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or []}
    assert kinds <= {"text", "softbreak", "text_special"}, kinds
    assert not {token.type for token in tokens} & {"html_block", "fence", "code_block"}
    return ["".join(c.content for c in token.children or []) for token in inline]


@settings(deadline=None)
@given(NASTY, NASTY)
def test_markdown_shows_the_text_and_obeys_none_of_it(one: str, other: str) -> None:
    point = PointCoverage(index=0, name=one, status="missing", note=other)
    answer = Answer(start_s=0, end_s=1, question=one, text=other)
    text = markdown(Analysis(answers=(answer,), coverage=Coverage(points=(point,)), notes=(one,)))
    found = shown(text)
    for outside in (one, other):
        flat = " ".join(clean(outside).split())
        assert not flat or flat in " ".join(found)


def test_markdown_of_hostile_text_is_text() -> None:
    found = "\n".join(shown(markdown(hostile_sample())))
    assert " ".join(clean(HOSTILE).split()) in found
    assert "| Pacing | 72 |" in markdown(sample())
    assert "(2:04, rule)" in markdown(sample())


@pytest.mark.parametrize(
    ("shape", "begins"),
    [("md", "# "), ("json", "{"), ("srt", "1\n"), ("vtt", "WEBVTT\n"), ("csv", "answer,")],
)
def test_analyze_prints_the_form_and_nothing_else(
    shape: str, begins: str, tmp_path: Path, rehearse: Rehearse
) -> None:
    write_wav(tmp_path / "said.wav", silence(3.0))
    words = [(Word("Well", 0.5, 0.9), Word("yes.", 1.0, 1.4))]
    (tmp_path / "words.json").write_text(json.dumps(to_document(words)), encoding="utf-8")
    said, spoken = tmp_path / "said.wav", tmp_path / "words.json"
    done = rehearse("analyze", said, "--words", spoken, "--format", shape)
    assert done.code == 0, done.err
    assert done.out.startswith(begins)
    assert "Well" in done.out
    assert "Report:" not in done.out
