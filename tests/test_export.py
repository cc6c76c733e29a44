"""An analysis in other forms: each is read back by a program that knows the form."""

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from agent.analysis import Analysis, Answer, Coverage, InterviewerLine, PointCoverage, SpokenWord
from agent.report.subtitles import LINE, LINES, LONGEST_MS, SHORTEST_MS, srt, textgrid, vtt
from agent.report.summary import markdown
from agent.text.display import clean
from tests.conftest import Rehearse
from voice.audio.clip import silence, write_wav
from voice.speech.transcript import Word, to_document

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NASTY = st.one_of(
    TEXT, st.sampled_from(["a|b", "`x`", "<b>&amp;</b>", "# no", "1. no", "-- > -->", "*a* _b_"])
)
TIMES = st.floats(-10, 4000)


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
    for block in text.removeprefix("WEBVTT\n\n").split("\n\n"):
        lines = block.strip("\n").split("\n")
        lines = lines[1:] if lines[0].isdigit() else lines
        match = re.fullmatch(f"{stamp} --> {stamp}", lines[0])
        assert match, lines[0]
        times = [int(one) for one in match.groups()]
        start_ms, end_ms = (
            ((times[at] * 60 + times[at + 1]) * 60 + times[at + 2]) * 1000 + times[at + 3]
            for at in (0, 4)
        )
        found.append((start_ms, end_ms, lines[1:]))
    return found


@given(analyses())
@settings(max_examples=60)
def test_subtitles_parse_back_in_order_with_every_word_and_no_markup(analysis: Analysis) -> None:
    texts = [word.text for answer in analysis.answers for word in answer.words]
    texts += [line.text for line in analysis.interviewer]
    words = sorted("".join("".join(clean(text).split()) for text in texts))
    assume(words)
    for text, point in ((srt(analysis), ","), (vtt(analysis), ".")):
        last_ms = 0
        for start_ms, end_ms, lines in blocks(text, point):
            assert last_ms <= start_ms
            assert SHORTEST_MS <= end_ms - start_ms <= LONGEST_MS
            assert 1 <= len(lines) <= LINES
            last_ms = end_ms
    shown = ""
    for _, _, lines in blocks(vtt(analysis), "."):
        cue = re.fullmatch(r"<v (?:You|Interviewer)>([^<>]*)</v>", "\n".join(lines))
        assert cue
        assert all(len(line) <= LINE for line in html.unescape(cue[1]).split("\n"))
        shown += html.unescape(cue[1])
    assert sorted("".join(shown.split())) == words
    assert not re.search(r"<|(?<!-->)(?<!--)>|[{}]", srt(analysis).replace(" --> ", " "))


@given(analyses())
@settings(max_examples=60)
def test_the_tiers_of_a_textgrid_fill_the_session_without_a_gap(analysis: Analysis) -> None:
    text = textgrid(analysis)
    lines = iter(text.splitlines())
    assert [next(lines) for _ in range(4)] == [
        'File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0"]  # fmt: skip
    last, _, count = next(lines), next(lines), int(next(lines))
    for _ in range(count):
        assert next(lines) == '"IntervalTier"'
        next(lines)
        assert (next(lines), next(lines)) == ("0", last)
        now = "0.000"
        for _ in range(int(next(lines))):
            start, now_then, marked = next(lines), next(lines), next(lines)
            assert start == now
            assert float(now_then) > float(start)
            assert re.fullmatch(r'"(?:[^"]|"")*"', marked)
            now = now_then
        assert now == last
    assert next(lines, None) is None


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


@pytest.mark.parametrize(
    ("shape", "begins"),
    [
        ("md", "# "),
        ("json", "{"),
        ("srt", "1\n"),
        ("vtt", "WEBVTT\n"),
        ("textgrid", "File type"),
    ],
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
