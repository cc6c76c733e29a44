"""The recorded demo candidate: what its manifest says is in the sound, and its replies in order."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from agent.after.recognition import transcribe
from agent.brief import Brief, Question
from agent.config import sample_briefs_dir
from agent.demo import DemoCandidate, Manifest, question_indexes, read_manifest
from agent.errors import RehearseError
from agent.turns import Move, MoveKind
from tests.need import ROOT, need_models, need_program
from voice.audio import Clip, level_dbfs, read_audio
from voice.controls import Control, spoken_control
from voice.stt_whisper import WhisperRecognizer
from voice.transcript import text_of

DEMO = ROOT / "recordings" / "demo"
MANIFEST = read_manifest(DEMO)
NAMES = sorted(MANIFEST.clips)
MAIN_ANSWERS = [name for name in NAMES if MANIFEST.clips[name].kind == "answer"]


def brief() -> Brief:
    """Return a brief that holds the demo's questions and one more."""
    beginnings = [question.beginning for question in MANIFEST.questions]
    texts = ["What brings you here?", *(f"{beginning} and the rest?" for beginning in beginnings)]
    return Brief(questions=tuple(Question(text=text) for text in texts))


def move(kind: MoveKind, question_index: int | None = None) -> Move:
    return Move(kind, "…", "a test", question_index)


def same(left: Clip | None, right: Clip) -> bool:
    return left is not None and np.array_equal(left.samples, right.samples)


def wording(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_agrees_with_the_sound(name: str) -> None:
    truth, clip = MANIFEST.clips[name], read_audio(DEMO / name)

    assert clip.duration_s == pytest.approx(truth.duration_s, abs=0.001)
    assert 0 < truth.start_s < truth.end_s < truth.duration_s
    for pause in truth.pauses:
        inside = clip.between(pause.start_s, pause.end_s)
        assert inside.duration_s == pytest.approx(pause.end_s - pause.start_s, abs=0.001)
        assert level_dbfs(inside.samples) < -55
        assert level_dbfs(inside.samples) > -75, "no microphone gives digital silence"
        for edge in (
            clip.between(pause.start_s - 0.05, pause.start_s),
            clip.between(pause.end_s, pause.end_s + 0.05),
        ):
            assert level_dbfs(edge.samples) > -55, "the voice ends and begins at the pause"


@pytest.mark.parametrize("name", NAMES)
def test_no_other_silence_of_a_quarter_second_lies_inside_a_recording(name: str) -> None:
    truth, clip = MANIFEST.clips[name], read_audio(DEMO / name)
    voiced = [truth.start_s, *(s for p in truth.pauses for s in (p.start_s, p.end_s)), truth.end_s]

    for start_s, end_s in zip(voiced[::2], voiced[1::2], strict=True):
        speech = clip.between(start_s, end_s).samples
        blocks = speech[: len(speech) // 160 * 160].reshape(-1, 160)
        loud = [-1, *(i for i, b in enumerate(blocks) if level_dbfs(b) > -55), len(blocks)]
        assert max(after - before for before, after in pairwise(loud)) <= 25


@pytest.mark.parametrize("name", NAMES)
def test_the_level_is_that_of_a_good_headset(name: str) -> None:
    truth, clip = MANIFEST.clips[name], read_audio(DEMO / name)

    peak = int(np.max(np.abs(clip.samples.astype(np.int32))))
    voice = clip.between(truth.start_s, truth.end_s).samples
    assert 8_000 < peak < 32_000
    assert -26 < level_dbfs(voice) < -16


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_about_the_words_is_consistent(name: str) -> None:
    truth = MANIFEST.clips[name]
    filled = [filler for filler in truth.fillers if filler.kind == "filled_pause"]

    assert len(truth.text.split()) - len(filled) == truth.words
    rate_wpm = 60 * truth.words / (truth.end_s - truth.start_s)
    assert rate_wpm == pytest.approx(truth.speech_rate_wpm, abs=0.2)
    for before, after in pairwise(truth.fillers):
        assert before.end_s < after.start_s
    for filler in truth.fillers:
        assert truth.text.lower().count(filler.text) >= 1
        assert 0.15 < filler.end_s - filler.start_s < 0.8
        assert all(
            f.end_s <= filler.start_s + 0.01 or f.start_s >= filler.end_s - 0.01
            for f in truth.pauses
        )


def test_what_is_planted_is_there() -> None:
    clips = MANIFEST.clips

    assert len(MAIN_ANSWERS) == len(MANIFEST.questions) == 5
    assert all(30 <= clips[name].duration_s <= 60 for name in MAIN_ANSWERS)
    assert clips["debugging-answer.flac"].speech_rate_wpm > 200
    assert len(clips["evaluation-answer.flac"].fillers) >= 6
    thinking = [p for p in clips["evaluation-answer.flac"].pauses if p.inside_clause]
    assert [p.end_s - p.start_s for p in thinking] == pytest.approx([2.0])
    assert re.search(r"\bwe\b", clips["cluster-answer.flac"].text)
    assert not re.search(r"\bI\b|\d", clips["cluster-answer.flac"].text)
    for name in MAIN_ANSWERS:
        if name != "debugging-answer.flac":
            assert 120 < clips[name].speech_rate_wpm < 170


def test_every_status_of_a_talking_point_occurs_and_answers_agree_with_the_whole() -> None:
    whole = {point.name: point for point in MANIFEST.points}

    assert {point.status for point in MANIFEST.points} == {
        "covered", "partial", "contradicted", "missing",
    }  # fmt: skip
    raised = [point for clip in MANIFEST.clips.values() for point in clip.points]
    assert all(whole[point.name] == point for point in raised)
    assert {p.name for p in raised} == {p.name for p in whole.values() if p.status != "missing"}


def test_the_sample_brief_has_the_questions_and_the_points() -> None:
    page = (sample_briefs_dir() / MANIFEST.brief).read_text(encoding="utf-8")

    for question in MANIFEST.questions:
        assert page.count(f"| {question.beginning}") == 1
    for point in MANIFEST.points:
        assert page.count(f"**{point.name}**") == 1


def test_only_the_request_to_repeat_is_a_request() -> None:
    requests = {name: spoken_control(truth.text) for name, truth in MANIFEST.clips.items()}

    assert {name: request for name, request in requests.items() if request} == {
        "algorithms-repeat.flac": Control.REPEAT
    }


def test_every_file_is_used_and_they_are_small() -> None:
    files = {path.name for path in DEMO.glob("*.flac")}

    assert files == set(MANIFEST.files) == set(MANIFEST.clips)
    assert len(MANIFEST.files) == len(files), "no recording is given twice"
    assert sum((DEMO / name).stat().st_size for name in files) < 8_000_000


@pytest.fixture(scope="module")
def recognizer() -> WhisperRecognizer:
    return WhisperRecognizer(need_models("whisper/base") / "whisper" / "base", "base")


def heard(recognizer: WhisperRecognizer, name: str) -> str:
    """Return the words of a recording as they are heard after an interview."""
    return " ".join(text_of(words) for words in transcribe(read_audio(DEMO / name), recognizer))


@pytest.mark.slow
def test_the_figures_of_the_two_points_are_heard(recognizer: WhisperRecognizer) -> None:
    said = heard(recognizer, "balance-answer.flac").replace("6,000", "6000")
    for figure in ("6000 to 50,000", "1.5 million", "25 milliseconds", "72 hours"):
        assert figure in said


@pytest.mark.slow
def test_the_wrong_figure_is_heard(recognizer: WhisperRecognizer) -> None:
    assert re.search(r"\b(nine|9) algorithms", heard(recognizer, "algorithms-answer.flac"))


@pytest.mark.slow
def test_the_request_is_heard(recognizer: WhisperRecognizer) -> None:
    assert spoken_control(heard(recognizer, "algorithms-repeat.flac")) is Control.REPEAT


def test_flite_gives_the_same_samples_again(tmp_path: Path) -> None:
    need_program("flite")
    name = "evaluation-answer.flac"
    command = [sys.executable, str(DEMO / "make.py"), "--out", str(tmp_path), name]
    made = subprocess.run(command, capture_output=True, text=True, check=False)

    assert made.returncode == 0, made.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert same(read_audio(tmp_path / name), read_audio(DEMO / name))


def test_the_candidate_answers_each_question_in_order() -> None:
    candidate = DemoCandidate(DEMO, brief())

    assert candidate.questions == (1, 2, 3, 4, 5)
    for place, question in zip(candidate.questions, MANIFEST.questions, strict=True):
        kinds: list[MoveKind] = ["question", *["follow_up"] * (len(question.replies) - 1)]
        if "repeat" in question.replies[0]:
            kinds[1] = "repeat"
        for kind, name in zip(kinds, question.replies, strict=True):
            candidate.heard(move(kind, place))
            assert same(candidate.next_reply(), read_audio(DEMO / name))
            assert candidate.next_reply() is None, "one reply to one question"


def test_the_reply_that_fits_a_follow_up_is_chosen_once_the_question_is_answered() -> None:
    candidate = DemoCandidate(DEMO, brief())
    place = len(MANIFEST.questions)
    names = MANIFEST.questions[-1].replies

    for probe, name in (
        ("trade_off", names[0]),
        ("trade_off", names[2]),
        ("no such kind", names[1]),
        ("ownership", names[3]),
    ):
        candidate.heard(Move("follow_up", "…", "a test", place, probe))
        assert same(candidate.next_reply(), read_audio(DEMO / name))


def test_the_candidate_falls_back_on_the_generic_reply() -> None:
    candidate = DemoCandidate(DEMO, brief())
    generic = read_audio(DEMO / MANIFEST.generic)

    for asked in (move("question", 0), move("follow_up", 0), move("question", None)):
        candidate.heard(asked)
        assert same(candidate.next_reply(), generic)
    for _ in MANIFEST.questions[0].replies:
        candidate.heard(move("follow_up", 1))
        assert not same(candidate.next_reply(), generic)
    candidate.heard(move("follow_up", 1))
    assert same(candidate.next_reply(), generic)


@pytest.mark.parametrize("kind", ["opening", "nudge", "acknowledgement", "closing"])
def test_the_candidate_is_silent_when_nothing_is_asked(kind: MoveKind) -> None:
    candidate = DemoCandidate(DEMO, brief())

    assert candidate.next_reply() is None
    candidate.heard(move(kind, 1))
    assert candidate.next_reply() is None
    assert candidate.ended is (kind == "closing")


def test_another_brief_is_refused() -> None:
    doubled = Brief(questions=brief().questions * 2)

    for other in (Brief(), doubled):
        with pytest.raises(
            RehearseError, match=r"questions of the brief start with .*sample brief"
        ):
            question_indexes(MANIFEST, other)


def test_a_missing_folder_manifest_or_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match=r"no demo candidate.*make\.py"):
        read_manifest(tmp_path)
    (tmp_path / "candidate.json").write_text('{"format": 2}', encoding="utf-8")
    with pytest.raises(RehearseError, match=r"see format.*make\.py"):
        read_manifest(tmp_path)
    (tmp_path / "candidate.json").write_text(MANIFEST.model_dump_json(), encoding="utf-8")
    with pytest.raises(RehearseError, match=r"balance-answer\.flac is missing; make"):
        read_manifest(tmp_path)


def test_a_broken_recording_is_named(tmp_path: Path) -> None:
    for name in MANIFEST.files:
        (tmp_path / name).write_bytes((DEMO / name).read_bytes())
    (tmp_path / "generic.flac").write_bytes(b"")
    (tmp_path / "candidate.json").write_text(MANIFEST.model_dump_json(), encoding="utf-8")

    with pytest.raises(RehearseError, match=r"generic\.flac is empty"):
        DemoCandidate(tmp_path, brief())


def test_the_manifest_survives_its_own_form() -> None:
    assert Manifest.model_validate_json(MANIFEST.model_dump_json()) == MANIFEST
