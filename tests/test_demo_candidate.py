"""The recorded demo candidate: what its manifest says is in the sound, and its replies in order."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from agent.brief import Brief, Question
from agent.config import sample_briefs_dir
from agent.errors import RehearseError
from agent.interview.demo import DemoCandidate, read_manifest
from agent.session.turns import Move, MoveKind
from tests.demo_truth import TRUTH
from tests.need import ROOT
from voice.audio.clip import Clip, level_dbfs
from voice.audio.reading import read_audio
from voice.turns.controls import spoken_control

DEMO = ROOT / "recordings" / "demo"
MANIFEST = read_manifest(DEMO)
NAMES = sorted(MANIFEST.clips)


def brief() -> Brief:
    """Return a brief that holds the demo's questions and one more."""
    beginnings = [question.beginning for question in MANIFEST.questions]
    texts = ["What brings you here?", *(f"{beginning} and the rest?" for beginning in beginnings)]
    return Brief(questions=tuple(Question(text=text) for text in texts))


def reply(
    candidate: DemoCandidate, kind: MoveKind, place: int | None, probe: str = ""
) -> str | None:
    """Return the name of the recording that is given to a move, None for silence."""
    candidate.on_move(Move(kind, "…", "a test", place, probe))
    clip = candidate.next_reply()
    assert candidate.next_reply() is None, "one reply to one question"
    return None if clip is None else next(name for name in NAMES if same(name, clip))


def same(name: str, clip: Clip) -> bool:
    return np.array_equal(read_audio(DEMO / name).samples, clip.samples)


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_agrees_with_the_sound(name: str) -> None:
    truth, clip = TRUTH.clips[name], read_audio(DEMO / name)
    assert clip.duration_s == pytest.approx(truth.duration_s, abs=0.001)
    assert 0 < truth.start_s < truth.end_s < truth.duration_s
    assert -26 < level_dbfs(clip.between(truth.start_s, truth.end_s).samples) < -16
    for pause in truth.pauses:
        assert -75 < level_dbfs(clip.between(pause.start_s, pause.end_s).samples) < -55
    edges = [truth.start_s, *(s for p in truth.pauses for s in (p.start_s, p.end_s)), truth.end_s]
    for start_s, end_s in zip(edges[::2], edges[1::2], strict=True):
        speech = clip.between(start_s, end_s).samples
        blocks = speech[: len(speech) // 160 * 160].reshape(-1, 160)
        loud = [-1, *(i for i, b in enumerate(blocks) if level_dbfs(b) > -55), len(blocks)]
        assert max(after - before for before, after in pairwise(loud)) <= 25, "no other silence"
    filled = sum(filler.kind == "filled_pause" for filler in truth.fillers)
    assert len(truth.text.split()) - filled == truth.words
    rate_wpm = 60 * truth.words / (truth.end_s - truth.start_s)
    assert rate_wpm == pytest.approx(truth.speech_rate_wpm, abs=0.2)


def test_what_is_planted_is_there_and_in_the_sample_brief() -> None:
    clips, whole = TRUTH.clips, {point.name: point for point in TRUTH.points}
    assert clips["debugging-answer.flac"].speech_rate_wpm > 200
    assert len(clips["evaluation-answer.flac"].fillers) >= 6
    (thinking,) = (p for p in clips["evaluation-answer.flac"].pauses if p.inside_clause)
    assert thinking.end_s - thinking.start_s == pytest.approx(2.0)
    assert not re.search(r"\bI\b|\d", clips["cluster-answer.flac"].text)
    assert len({point.status for point in TRUTH.points}) == 4
    raised = {point.name for clip in clips.values() for point in clip.points}
    assert raised == {name for name, point in whole.items() if point.status != "missing"}
    page = (sample_briefs_dir() / MANIFEST.brief).read_text(encoding="utf-8")
    marks = [f"| {question.beginning}" for question in MANIFEST.questions]
    for mark in (*marks, *(f"**{name}**" for name in whole)):
        assert page.count(mark) == 1
    requests = {name for name in NAMES if spoken_control(clips[name].text)}
    assert requests == {"algorithms-repeat.flac"}
    assert sorted(MANIFEST.files) == NAMES == sorted(path.name for path in DEMO.glob("*.flac"))


def test_the_candidate_answers_each_question_in_order_and_then_anything() -> None:
    candidate = DemoCandidate(DEMO, brief())
    assert candidate.questions == (1, 2, 3, 4, 5)
    for place, question in zip(candidate.questions, MANIFEST.questions, strict=True):
        kinds: list[MoveKind] = ["question", *["follow_up"] * (len(question.replies) - 1)]
        given = tuple(reply(candidate, kind, place) for kind in kinds)
        assert given == question.replies
        assert reply(candidate, "follow_up", place) == MANIFEST.generic
    assert reply(candidate, "question", None) == MANIFEST.generic
    quiet: tuple[MoveKind, ...] = ("opening", "nudge", "acknowledgement", "closing")
    assert [(reply(candidate, kind, 1), candidate.ended) for kind in quiet] == [
        *[(None, False)] * 3,
        (None, True),
    ]


def test_the_reply_that_fits_a_follow_up_is_chosen_once_the_question_is_answered() -> None:
    candidate, names = DemoCandidate(DEMO, brief()), MANIFEST.questions[-1].replies
    probes = ("trade_off", "trade_off", "no such kind", "ownership")
    given = [reply(candidate, "follow_up", len(MANIFEST.questions), probe) for probe in probes]
    assert given == [names[0], names[2], names[1], names[3]]


def test_another_brief_or_a_damaged_folder_is_named(tmp_path: Path) -> None:
    for other in (Brief(), Brief(questions=brief().questions * 2)):
        with pytest.raises(RehearseError, match=r"questions of the brief start with .*sample br"):
            DemoCandidate(DEMO, other)
    manifest = tmp_path / "candidate.json"
    with pytest.raises(RehearseError, match=r"no demo candidate.*make\.py"):
        read_manifest(tmp_path)
    manifest.write_text('{"format": 2}', encoding="utf-8")
    with pytest.raises(RehearseError, match=r"see format.*make\.py"):
        read_manifest(tmp_path)
    manifest.write_text(MANIFEST.model_dump_json(), encoding="utf-8")
    with pytest.raises(RehearseError, match=r"balance-answer\.flac is missing; make"):
        read_manifest(tmp_path)
    for name in MANIFEST.files:
        (tmp_path / name).write_bytes((DEMO / name).read_bytes())
    (tmp_path / "generic.flac").write_bytes(b"")
    with pytest.raises(RehearseError, match=r"generic\.flac is empty"):
        DemoCandidate(tmp_path, brief())
