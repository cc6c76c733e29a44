"""`rehearse demo`, from the microphone's frames to the report, with the real models."""

from __future__ import annotations

import json
import stat
from dataclasses import asdict
from typing import Any

import pytest

from agent.after.debrief import debrief_of
from agent.after.results import read_analysis
from agent.analysis import Analysis
from agent.config import demo_dir
from agent.demo import read_manifest
from agent.session import read_session
from tests.conftest import Demo, Rehearse, run_rehearse
from voice.audio import read_audio


@pytest.fixture(scope="module")
def analysis(demo: Demo) -> Analysis:
    return read_analysis(demo.folder)


@pytest.fixture(scope="module")
def events(demo: Demo) -> list[dict[str, Any]]:
    return list(map(asdict, read_session(demo.folder).events))


def test_it_ends_with_a_summary_and_the_path_of_the_report(demo: Demo) -> None:
    last = demo.run.out.strip().splitlines()[-1]
    assert last == f"Report: {demo.folder / 'report.html'}"
    assert (demo.folder / "report.html").exists()
    assert max(map(len, demo.run.out.splitlines()[:-1])) <= 80
    assert "Interviewer:" in demo.run.out
    assert "You:" in demo.run.out


def test_the_debrief_is_printed_and_not_spoken(demo: Demo, analysis: Analysis) -> None:
    told = demo.run.out.split("\nDebrief\n", 1)[1].split("\n\n", 1)[0]
    assert " ".join(told.split()) == " ".join(debrief_of(analysis))
    assert "Printed only" not in demo.run.err


def test_the_session_folder_is_whole_and_private(demo: Demo) -> None:
    names = {path.name for path in demo.folder.iterdir()}
    assert names == {
        "session.json",
        "events.jsonl",
        "candidate.wav",
        "interviewer.wav",
        "transcript.json",
        "analysis.json",
        "report.html",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in demo.folder.iterdir()} == {0o600}
    assert read_session(demo.folder).meta.state == "complete"


def test_no_answer_is_cut_and_the_thinking_pause_survives(
    analysis: Analysis, events: list[dict[str, Any]]
) -> None:
    """Every recorded reply comes back as one turn of its own length."""
    clips = read_manifest(demo_dir()).clips
    turns = [e["end_s"] - e["start_s"] for e in events if e["event"] == "heard" and e["text"]]
    spoken = sorted(clip.end_s - clip.start_s for clip in clips.values())
    for length_s in turns:
        assert min(abs(length_s - truth) for truth in spoken) < 0.5
    pauses = [p for answer in analysis.answers for p in answer.pacing.pauses]
    longest = max(pauses, key=lambda pause: pause.end_s - pause.start_s)
    assert longest.end_s - longest.start_s == pytest.approx(2.0, abs=0.15)


def test_the_planted_truth_is_found(analysis: Analysis) -> None:
    truth = {point.name: point.status for point in read_manifest(demo_dir()).points}
    found = {point.name: point.status for point in analysis.coverage.points}
    assert found == truth
    for point in analysis.coverage.points:
        assert bool(point.evidence) == (point.status != "missing")


def test_the_rushed_answer_and_the_fillers_are_found(analysis: Analysis) -> None:
    rushed = [a for a in analysis.answers if a.pacing.band == "fast"]
    assert [a.question[:25] for a in rushed] == ["A distributed training jo"]
    planted = [f for clip in read_manifest(demo_dir()).clips.values() for f in clip.fillers]
    counted = (*analysis.fillers.filled_pauses, *analysis.fillers.filler_words)
    assert 0.6 * len(planted) <= len(counted) <= len(planted)


def test_the_answer_that_never_comes_to_the_point_holds_nothing(analysis: Analysis) -> None:
    """No talking point, all "we", and far shorter than a design answer should be."""
    (vague,) = (a for a in analysis.answers if a.question.startswith("How would you build on-dem"))
    raised = [e for point in analysis.coverage.points for e in point.evidence]
    assert not any(vague.start_s <= e.start_s <= vague.end_s for e in raised)
    assert vague.i_count == 0 < (vague.we_count or 0)
    assert vague.advised_s
    assert vague.end_s - vague.start_s < vague.advised_s[0]


def test_a_request_to_repeat_is_met_and_is_no_answer(
    analysis: Analysis, events: list[dict[str, Any]]
) -> None:
    kinds = [e["kind"] for e in events if e["event"] == "said"]
    assert kinds[0] == "opening"
    assert kinds[-1] == "closing"
    assert kinds.count("repeat") == 1
    assert not any("repeat the question" in answer.text for answer in analysis.answers)


def test_every_choice_has_its_reason_in_the_journal(events: list[dict[str, Any]]) -> None:
    moves = [e for e in events if e["event"] == "move"]
    assert len(moves) > 8
    assert all(move["reason"] for move in moves)
    follow_ups = [m for m in moves if m["kind"] == "follow_up"]
    assert follow_ups
    assert all(m["text"].count("?") == 1 for m in follow_ups)


def test_quotes_are_verbatim_and_lie_in_their_answer(analysis: Analysis) -> None:
    for point in analysis.coverage.points:
        for evidence in point.evidence:
            holding = [a for a in analysis.answers if evidence.quote in a.text]
            assert any(
                a.start_s - 0.5 <= evidence.start_s <= evidence.end_s <= a.end_s + 0.5
                for a in holding
            )


def test_both_tracks_have_the_length_of_the_session(demo: Demo, analysis: Analysis) -> None:
    lengths = [
        read_audio(demo.folder / f"{name}.wav").duration_s for name in ("candidate", "interviewer")
    ]
    assert lengths[0] == lengths[1] == pytest.approx(analysis.about.duration_s, abs=0.01)


def test_analyzing_again_gives_the_same(demo: Demo) -> None:
    before = json.loads((demo.folder / "analysis.json").read_text())
    done = run_rehearse(demo.home, "analyze", demo.folder, "--json")
    assert done.code == 0
    assert json.loads(done.out) == before


def test_the_report_is_drawn_again_from_the_folder_alone(demo: Demo, rehearse: Rehearse) -> None:
    before = (demo.folder / "report.html").read_text()
    done = rehearse("report", demo.folder)
    assert done.out.strip() == str(demo.folder / "report.html")
    assert (demo.folder / "report.html").read_text() == before


def test_moments_are_listed(demo: Demo, rehearse: Rehearse) -> None:
    done = rehearse("replay", demo.folder, "--only", "pauses", "--list")
    assert "a pause of 2.0 s" in done.out
    assert rehearse("replay", demo.folder, "--only", "missed", "--list").code == 0


def test_sessions_lists_it(demo: Demo, rehearse: Rehearse) -> None:
    rows = json.loads(rehearse("sessions", "--out", demo.folder.parent, "--json").out)
    assert [(row["folder"], row["state"]) for row in rows] == [(str(demo.folder), "complete")]
