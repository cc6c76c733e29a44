"""`rehearse transcript`: words printed, corrected, aligned, analyzed again."""

import io
import stat
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import read_analysis
from agent.analysis.recognition import WordSource
from agent.analysis.scores import BY_HAND
from agent.cli.main import main
from agent.report.corrections import ORIGINAL, AnswerWords, realigned
from agent.report.results import write_results
from agent.session import TRANSCRIPT
from tests.conftest import Run
from tests.sample_sessions import spoken_session
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word, read_words

Command = Callable[..., Run]

SAID = ("I moved the platform to our socket", "it went from six to nine thousand")
_texts = st.lists(st.sampled_from("we moved it to rSocket Socket. the the, a 12 um".split()))


def no_recognizer() -> Recognizer:
    raise AssertionError("every word is there")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Return an analyzed session of two answers, and two words outside of them."""
    folder = spoken_session(tmp_path / "a session", *SAID)
    write_results(folder, WordSource(no_recognizer))
    return folder


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in this process."""

    def run(*arguments: str | Path) -> Run:
        code = main([str(one) for one in arguments])
        return Run(code, *capsys.readouterr())

    return run


def test_the_words_are_printed_in_80_columns(session: Path, command: Command) -> None:
    done = command("transcript", session)
    assert done.out.startswith("[1 0:02-0:06] How [so]?\n    I moved the platform")
    assert "[2 0:12-0:16] How [so]?" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert "please" not in done.out


def test_a_line_corrects_and_everything_is_drawn_again(
    session: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = SAID[0].replace("our socket", "rSocket")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{corrected}\n"))
    own = (session / TRANSCRIPT).read_bytes()
    done = command("transcript", session, "--edit", "1")
    assert done.code == 0, done.err
    assert f"Report: {session / 'report.html'}" in done.out
    analysis = read_analysis(session)
    assert analysis.answers[0].text == "I moved the platform to rSocket"
    assert analysis.engines["stt"] == f"whisper:small.en, {BY_HAND}"
    assert "rSocket" in (session / "report.html").read_text()
    words = {word.text: word for word in read_words(session / TRANSCRIPT)}
    assert words["rSocket"] == Word("rSocket", 4.5, 5.4, 1.0)
    assert words["platform"] == Word("platform", 3.5, 3.9, 0.6)
    assert {"please", "repeat"} <= set(words)
    assert (session / ORIGINAL).read_bytes() == own
    assert stat.S_IMODE((session / ORIGINAL).stat().st_mode) == 0o600


def test_what_cannot_be_used_is_said_in_one_line_and_changes_nothing(
    session: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in session.iterdir()}
    for arguments, text, code, says in (
        (("nowhere",), "", 1, "nowhere is no session"),
        ((session, "--edit", "9"), "", 1, "there is no answer '9' here; its answers: 1, 2"),
        ((session, "--edit", "1"), " \n", 1, "no words in it, nothing was changed"),
        ((session, "--edit", "1"), SAID[0], 0, "No word was changed."),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        done = command("transcript", *arguments)
        assert (done.code, (done.out + done.err).count("\n")) == (code, 1)
        assert says in done.out + done.err
    assert {path.name: path.read_bytes() for path in session.iterdir()} == before


def answer(*words: Word) -> AnswerWords:
    return AnswerWords("1", "", 0.0, 100.0, words)


@given(old=_texts, new=_texts, gaps=st.lists(st.floats(0, 3), min_size=60))
def test_corrected_words_are_sorted_inside_the_answer_and_the_same_ones_keep_their_times(
    old: list[str], new: list[str], gaps: list[float]
) -> None:
    words: list[Word] = []
    now_s = 1.0
    for text, gap in zip(old, gaps, strict=False):
        words.append(Word(text, now_s, now_s + 0.3, 0.5))
        now_s += 0.3 + gap
    found = realigned(answer(*words), new)
    assert [word.text for word in found] == new
    assert all(0.0 <= word.start_s <= word.end_s <= max(100.0, now_s) + 1e-9 for word in found)
    for before, after in pairwise(found):
        assert before.end_s <= after.start_s + 1e-9
    assert realigned(answer(*words), [word.text for word in words]) == tuple(words)
    if not set(old) & set(new):
        assert all(word.probability == 1.0 for word in found)
