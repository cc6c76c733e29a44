"""The recorded demo candidate: what its manifest says is in the sound, and its replies in order."""

from pathlib import Path

import numpy as np
import pytest

from agent.brief import Brief, Question
from agent.errors import RehearseError
from agent.interview.demo import DemoCandidate, read_manifest
from agent.session.turns import Move, MoveKind
from tests.need import ROOT
from voice.audio.clip import Clip
from voice.audio.reading import read_audio

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
