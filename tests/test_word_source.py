"""The second hearing: whose words count after the interview, and what is said about them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.recognition import LONGEST_PIECE_S, STOPPED, WordSource, pieces
from agent.report.results import write_results
from agent.session import TRANSCRIPT
from tests.conftest import run_rehearse
from tests.need import ROOT
from tests.sample_sessions import spoken_session
from tests.scripted import KnownWords, spoken
from tests.tiny_piper import write_voice
from tests.tiny_whisper import write_tiny_whisper
from voice.audio.clip import Clip, join, silence, write_wav
from voice.audio.spans import VoiceSpan
from voice.errors import ModelError
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word


class Failing:
    """A recognizer that fails in its own way."""

    name = "whisper:broken"
    dropped = 0

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:  # noqa: ARG002
        raise self._error


class Large(KnownWords):
    """A scripted recognizer that passes for a large Whisper."""

    name = "whisper:medium.en"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return spoken_session(tmp_path / "session", "live one", "live two")


def source(second: Callable[[], Recognizer | None]) -> WordSource:
    def none() -> Recognizer:
        raise AssertionError("nothing was cut off")

    return WordSource(none, second=second)


def test_the_second_hearing_takes_the_place_of_the_live_words(session: Path) -> None:
    recognizer = Large("heard one", "heard two")
    shares: list[float] = []
    analysis = write_results(session, source(lambda: recognizer), progress=shares.append)
    assert [answer.text for answer in analysis.answers] == ["heard one", "heard two"]
    assert analysis.engines["stt"] == "whisper:medium.en"
    assert analysis.engines["stt_live"] == "whisper:small.en"
    assert not any("heard live" in note for note in analysis.notes)
    assert recognizer.left == 0
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.1)
    assert json.loads((session / TRANSCRIPT).read_text())["text"].endswith("heard two")
    again = write_results(session, source(lambda: None))
    assert again.engines == analysis.engines
    assert analysis.answers[1].words[0].start_s == pytest.approx(12.0, abs=0.5)


@pytest.mark.parametrize(
    ("error", "note"),
    [(KeyboardInterrupt(), STOPPED), (ModelError("no memory left"), "no memory left")],
)
def test_a_second_hearing_that_ends_early_keeps_the_live_words(
    session: Path, error: BaseException, note: str
) -> None:
    analysis = write_results(session, source(lambda: Failing(error)))
    assert [answer.text for answer in analysis.answers] == ["live one", "live two"]
    assert analysis.engines["stt"] == "whisper:small.en"
    assert note in analysis.notes[0]


@given(st.lists(st.tuples(st.floats(0.1, 15.0), st.floats(0.1, 4.0)), max_size=40))
def test_pieces_hold_every_voice_and_are_short_or_unbroken(
    parts: list[tuple[float, float]],
) -> None:
    spans, now_s = [], 0.0
    for voice_s, pause_s in parts:
        spans.append(VoiceSpan(now_s, now_s + voice_s))
        now_s += voice_s + pause_s
    cut = pieces(tuple(spans))
    inside = [[s for s in spans if p.start_s <= s.start_s and s.end_s <= p.end_s] for p in cut]
    assert [span for piece in inside for span in piece] == spans
    for piece, voices in zip(cut, inside, strict=True):
        assert len(voices) == 1 or piece.end_s - piece.start_s <= LONGEST_PIECE_S


@pytest.mark.slow
def test_the_command_hears_an_interview_once_more_with_the_largest_model(tmp_path: Path) -> None:
    store = tmp_path / "models" / "whisper"
    write_tiny_whisper(store / "small", " Live words.")
    large = write_tiny_whisper(store / "medium.en", " Better words.")
    (large / "more.bin").write_bytes(bytes(100_000))
    write_wav(tmp_path / "answer.wav", join([spoken(3.0), silence(0.5)]))
    brief = ROOT / "briefs" / "ml-systems-fellow.md"
    write_voice(tmp_path / "models" / "piper")
    options = ["--questions", "1", "--out", tmp_path / "out"]
    done = run_rehearse(
        tmp_path, "run", brief, "--candidate", tmp_path / "answer.wav", *map(str, options)
    )
    assert done.code == 0
    assert "Listening once more with Whisper medium.en (Ctrl-C keeps" in done.out
    (folder,) = (tmp_path / "out").iterdir()
    analysis = json.loads((folder / "analysis.json").read_text())
    assert analysis["engines"]["stt"] == "whisper:medium.en"
    assert analysis["engines"]["stt_live"] == "whisper:small"
    assert set(analysis["answers"][0]["text"].split()) == {"Better", "words."}
