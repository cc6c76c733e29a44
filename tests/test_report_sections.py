"""What each section draws where its figures are there, and that it draws nothing where not."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    InterviewerLine,
    PaceWindow,
    Pacing,
    PointCoverage,
    Score,
    SpokenWord,
)
from agent.report.page import render
from agent.report.view import moved
from tests.conftest import Rehearse
from tests.sample_analysis import earlier, sample

_DEEPER = ("scores", "talk_share")
"""Fields of the whole that an older analysis.json does not have."""


def _text(page: str) -> str:
    bare = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def _older(analysis: Analysis) -> str:
    """Return analysis.json as the first version wrote it."""
    document = json.loads(analysis.to_json())
    for name in _DEEPER:
        del document[name]
    for part in (document, *document["answers"]):
        for name in ("windows", "longest_run_s", "voice"):
            del part["pacing"][name]
    for answer in document["answers"]:
        for name in ("advised_s", "answered", "i_count", "we_count", "figures"):
            del answer[name]
    for finding in document["findings"]:
        del finding["exercise"]
    for line in document["interviewer"]:
        del line["stopped_by"]
    return json.dumps(document)


def test_exercises_and_scores_are_on_the_page() -> None:
    text = _text(render(sample()))
    for part in (
        "Try Answer question 3 again in 90 seconds, number first.",
        "72 of 100",
        "100 - 18 (answer 4 fast) - 10 (long pauses)",
        "not scored the words are too uncertain",
        "There is no total.",
        "Your share of the talking 71 %",
        "Pitch varies by (below 2 is flat) 2.6 semitones",
        "Questions not answered 1 of 5",
        "stopped to let you go on",
        "you interrupted",
    ):
        assert part in text, part


def test_an_answer_tells_what_was_counted_and_its_length_beside_the_advice() -> None:
    text = _text(render(sample()))
    card = text[text.index("Question 2 ·") : text.index("Question 3 ·")]
    assert "“I” and “we” 4 and 3 times said figures given 2" in card
    assert "37 s 1 min to 5 min advised" in card
    assert "the question not answered" in text


@pytest.mark.parametrize(
    ("area", "lasted_s", "told"),
    [
        ("behavioral", 19, "19 s short"),
        ("behavioral", 21, "21 s fillers"),
        ("behavioral", 160, "2 min 40 s long"),
        ("system_design", 160, "2 min 40 s fillers"),
    ],
)
def test_a_length_stands_out_where_a_finding_would_say_so(
    area: str, lasted_s: float, told: str
) -> None:
    word = SpokenWord(start_s=0, end_s=1, text="so")
    answer = Answer(start_s=0, end_s=lasted_s, question="Why?", area=area, words=(word,))
    text = _text(render(Analysis(answers=(answer,), about=About(audio="a.wav"))))
    assert f"length {told}" in text


def test_what_is_not_known_is_not_drawn() -> None:
    answer = Answer(start_s=0, end_s=9, question="Why?")
    page = render(Analysis(answers=(answer,), about=About(duration_s=9, audio="a.wav")))
    for absent in ("scores", "fillers", "points"):
        assert f'id="{absent}"' not in page
    assert '<p class="legend' in page
    assert "filled pause" not in page[page.index('id="answers"') : page.index('id="method"')]
    for look in ('"lane"', '"facts built"', '"voice"', '"more"', '"since"', '"wedge"'):
        assert f"class={look}" not in page


def test_the_fastest_window_of_an_answer_can_be_played() -> None:
    windows = tuple(
        PaceWindow(start_s=at, end_s=at + 20.0, speech_rate_wpm=rate, band=band)
        for at, rate, band in ((2.0, 150, "fine"), (7.0, 205.4, "fast"), (12.0, 190, "fast"))
    )
    answer = Answer(start_s=2, end_s=32, question="Why?", pacing=Pacing(windows=windows))
    page = render(Analysis(answers=(answer,), about=About(audio="a.wav")))
    lane = page[page.index('class="lane"') :]
    assert "150 to 205 words a minute; 120 to 170 is tinted." in lane
    assert 'data-s="7" data-e="27" aria-label="Play the fastest 20 seconds at 0:07"' in lane
    (points,) = re.findall(r'<polyline class="pace" points="([^"]+)"', lane)
    across = [float(point.split(",")[0]) for point in points.split()]
    assert across == pytest.approx([0, 33.33, 50, 66.67, 100], abs=0.01)
    down = [float(point.split(",")[1]) for point in points.split()]
    assert down[2] == min(down) > 0
    steady = answer.model_copy(update={"pacing": Pacing(windows=windows[1:])})
    again = render(Analysis(answers=(steady,), about=About(audio="a.wav")))
    assert again.count('class="flag"') == 1


def test_a_session_of_an_older_version_is_drawn_again(tmp_path: Path, rehearse: Rehearse) -> None:
    (tmp_path / "analysis.json").write_text(_older(sample()), encoding="utf-8")
    done = rehearse("report", tmp_path)
    assert (done.code, done.err) == (0, "")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    text = _text(page)
    assert "148 words a minute" in text
    assert "Nightly settlement, 6 h to 40 min" in text
    assert "13 fillers. 5 to 12 a minute" in text
    assert 'id="scores"' not in page
    assert 'class="lane"' not in page


def test_the_last_session_stands_beside_the_figures() -> None:
    now = sample()
    text = _text(render(now, earlier(now)))
    assert "compared with November 18, 2026, 09:05" in text
    assert "↑ 17 more , last time 131" in text
    assert "↑ 8 more , last time 64" in text
    assert "since last time: partial → , now covered" in text
    assert "words a minute last time 122" in text
    assert "not in the last session" in text
    assert "last time" not in _text(render(now))


def test_fillers_of_two_recognizers_are_not_compared() -> None:
    now = sample()
    other = earlier(now).model_copy(update={"engines": {"stt": "whisper small.en"}})
    text = _text(render(now, other))
    assert "Another recognizer heard the last session, so its fillers are not compared." in text
    fillers = text[text.index("Fillers 13 found") :]
    assert "last time" not in fillers[: fillers.index("Talking points")]


def test_a_figure_is_compared_only_where_both_are_known() -> None:
    assert moved(None, 3) is None
    assert moved(3, None) is None
    assert moved(130.2, 129.8) == 0
    assert moved(120, 130) == -10
    assert moved(2.61, 2.64, 1) == moved(2.6, 2.6, 1) == 0


def test_points_are_counted_against_the_same_number_of_points() -> None:
    point = PointCoverage(index=0, name="One", status="covered")
    now = Analysis(coverage=Coverage(points=(point,)))
    more = Coverage(points=(point, PointCoverage(index=1, name="Two", status="missing")))
    figures = _text(render(now, Analysis(coverage=more)))
    assert "1 of 1 made One: covered Every one of them. Quotes and moments" in figures


def test_a_question_that_was_taken_back_opens_no_card() -> None:
    asked = InterviewerLine(start_s=1, end_s=3, text="Why?", kind="question")
    back = asked.model_copy(
        update={"start_s": 12.0, "end_s": 13.0, "text": "And", "stopped_by": "resumed_answer"}
    )
    answer = Answer(start_s=4, end_s=10, question="Why?")
    page = render(Analysis(answers=(answer,), interviewer=(asked, back)))
    assert page.count('class="card"') == 1
    assert "(no answer)" not in page
    assert "stopped to let you go on" in page


@pytest.mark.parametrize(
    ("judge", "basis"), [("rules", "rule"), ("rules + minilm", "model"), ("", "rule")]
)
def test_talking_points_say_who_judged_them(judge: str, basis: str) -> None:
    point = PointCoverage(index=0, name="One", status="missing")
    engines = {"coverage": judge} if judge else {}
    page = render(Analysis(coverage=Coverage(points=(point,)), engines=engines))
    section = page[page.index('id="points"') : page.index('id="answers"')]
    assert f'class="basis {basis}"' in section


def test_a_score_of_nothing_is_no_section() -> None:
    assert 'id="scores"' not in render(Analysis())
    scored = Analysis.model_validate({"scores": {"pacing": Score(not_scored="too short")}})
    assert "too short" in render(scored)
