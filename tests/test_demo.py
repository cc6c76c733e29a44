"""`rehearse demo`, from the microphone's frames to the report, with the real models."""

import base64
import io
import json
import stat
from dataclasses import asdict
from typing import Any

import pytest
from pypdf import PdfReader

from agent.analysis import Analysis, read_analysis
from agent.session import read_session
from tests.browser import chromium, open_report
from tests.conftest import Demo, Rehearse, run_rehearse
from tests.demo_truth import TRUTH
from voice.audio.reading import read_audio


@pytest.fixture(scope="module")
def analysis(demo: Demo) -> Analysis:
    return read_analysis(demo.folder)


@pytest.fixture(scope="module")
def events(demo: Demo) -> list[dict[str, Any]]:
    return list(map(asdict, read_session(demo.folder).events))


def test_it_ends_with_the_path_of_the_report_and_the_next_try(demo: Demo) -> None:
    *lines, report, again = demo.run.out.strip().splitlines()
    assert report == f"Report: {demo.folder / 'report.html'}"
    assert "rehearse retry " in again
    assert max(map(len, lines)) <= 80


def test_the_session_folder_is_whole_and_private(demo: Demo, analysis: Analysis) -> None:
    names = "session.json events.jsonl candidate.wav interviewer.wav transcript.json analysis.json"
    assert {path.name for path in demo.folder.iterdir()} == {*names.split(), "report.html"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in demo.folder.iterdir()} == {0o600}
    assert read_session(demo.folder).meta.state == "complete"
    for track in ("candidate.wav", "interviewer.wav"):
        length_s = read_audio(demo.folder / track).duration_s
        assert length_s == pytest.approx(analysis.about.duration_s, abs=0.01)


def test_no_answer_is_cut_and_the_thinking_pause_survives(
    analysis: Analysis, events: list[dict[str, Any]]
) -> None:
    """Every recorded reply comes back as one turn of its own length."""
    spoken = [clip.end_s - clip.start_s for clip in TRUTH.clips.values()]
    for turn in (event for event in events if event["event"] == "heard" and event["text"]):
        length_s = turn["end_s"] - turn["start_s"]
        assert min(abs(length_s - truth) for truth in spoken) < 0.5
    pauses = [p.end_s - p.start_s for answer in analysis.answers for p in answer.pacing.pauses]
    assert max(pauses) == pytest.approx(2.0, abs=0.15)
    kinds = [event["kind"] for event in events if event["event"] == "said"]
    assert (kinds[0], kinds[-1], kinds.count("repeat")) == ("opening", "closing", 1)
    assert not any("repeat the question" in answer.text for answer in analysis.answers)


def test_the_planted_truth_is_found(analysis: Analysis) -> None:
    found = {point.name: point.status for point in analysis.coverage.points}
    assert found == {point.name: point.status for point in TRUTH.points}
    for point in analysis.coverage.points:
        assert bool(point.evidence) == (point.status != "missing")
        for one in point.evidence:
            (said,) = (a for a in analysis.answers if one.quote in a.text)
            assert said.start_s - 0.5 <= one.start_s <= one.end_s <= said.end_s + 0.5
    rushed = [answer.question for answer in analysis.answers if answer.pacing.band == "fast"]
    assert [question[:25] for question in rushed] == ["A distributed training jo"]
    planted = sum(len(clip.fillers) for clip in TRUTH.clips.values())
    assert 0.6 * planted <= len(analysis.fillers.counted) <= planted


def test_the_answer_that_never_comes_to_the_point_holds_nothing(analysis: Analysis) -> None:
    """No talking point, all "we", and far shorter than a design answer should be."""
    (vague,) = (a for a in analysis.answers if a.question.startswith("How would you build on-dem"))
    raised = [e for point in analysis.coverage.points for e in point.evidence]
    assert not any(vague.start_s <= e.start_s <= vague.end_s for e in raised)
    assert vague.i_count == 0 < (vague.we_count or 0)
    assert vague.advised_s
    assert vague.end_s - vague.start_s < vague.advised_s[0]


def test_analyzing_and_drawing_again_give_the_same(demo: Demo, rehearse: Rehearse) -> None:
    before = json.loads((demo.folder / "analysis.json").read_text())
    done = run_rehearse(demo.home, "analyze", demo.folder, "--json")
    assert (done.code, json.loads(done.out)) == (0, before)
    drawn = (demo.folder / "report.html").read_text()
    assert rehearse("report", demo.folder).out.strip() == str(demo.folder / "report.html")
    assert (demo.folder / "report.html").read_text() == drawn


def test_its_report_is_short_on_a_phone_and_on_paper(demo: Demo) -> None:
    with chromium(390, 844) as driver:
        open_report(driver, demo.folder / "report.html")
        size = "const page = document.documentElement; return [page.scrollWidth, page.scrollHeight]"
        width_px, height_px = driver.execute_script(size)
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        assert driver.get_log("browser") == []
    assert (width_px <= 390, height_px <= 8000) == (True, True)
    paper = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    assert len(paper.pages) <= 6
    said = " ".join(page.extract_text() for page in paper.pages[-2:])
    assert "more of a journey than a plan" in " ".join(said.split())
