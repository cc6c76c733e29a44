"""`rehearse transcript`: words printed, corrected in a real editor, aligned, analyzed again."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.after.realign import Room, realigned
from agent.after.results import read_analysis, write_results
from agent.after.transcript_edit import DRAFT, ORIGINAL, correct, edit_text, read_answers, read_edit
from agent.after.word_source import WordSource
from agent.cli.main import main
from agent.errors import SessionError
from agent.scorable import BY_HAND
from agent.session import TRANSCRIPT, Session, SessionMeta
from tests.conftest import Rehearse, Run
from tests.need import ROOT
from tests.scripted import spoken
from voice.audio import join, silence, write_wav
from voice.recorder import CANDIDATE_TRACK
from voice.stt import Recognizer
from voice.transcript import Word, read_words

Command = Callable[..., Run]

SAID = (
    ("Why did you leave?", 2.0, "I moved the platform to our socket"),
    ("How fast [was it]?", 12.0, "it went from six to nine thousand"),
)
ROOM = Room(0.0, 100.0)
_texts = st.lists(st.sampled_from("we moved it to rSocket Socket. the the, a 12 um".split()))


def no_recognizer() -> Recognizer:
    raise AssertionError("every word is there")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Return an analyzed session of two answers, and two words outside of them."""
    folder = tmp_path / "a session"
    with Session(folder, SessionMeta(engines={"stt": "whisper:base"})) as session:
        for question, start_s, text in SAID:
            asked = {"kind": "question", "text": question, "start_s": start_s - 1.5}
            session.journal.append("said", **asked, end_s=start_s)
            words = [
                Word(w, start_s + at / 2, start_s + at / 2 + 0.4, 0.6)
                for at, w in enumerate(text.split())
            ]
            session.journal.append("words", words=[vars(word) for word in words])
            session.journal.append("heard", text=text, start_s=start_s, end_s=start_s + 4)
        stray = [vars(Word(w, 8.0 + at, 8.5 + at)) for at, w in enumerate(("please", "repeat"))]
        session.journal.append("words", words=stray)
    parts = [silence(2.0), spoken(4.0), silence(6.0), spoken(4.0), silence(1.0)]
    write_wav(folder / CANDIDATE_TRACK, join(parts))
    write_results(folder, WordSource(no_recognizer))
    return folder


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in this process."""

    def run(*arguments: str | Path) -> Run:
        code = main([str(one) for one in arguments])
        return Run(code, *capsys.readouterr())

    return run


def editor(tmp_path: Path, script: str) -> str:
    """Return an editor: a real program that is given the file's path."""
    path = tmp_path / "an editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return f"'{path}'"


def test_the_words_are_printed_in_80_columns(session: Path, command: Command) -> None:
    done = command("transcript", session)
    assert done.out.startswith("[1 0:02-0:06] Why did you leave?\n    I moved the platform")
    assert "[2 0:12-0:16] How fast [was it]?" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert "please" not in done.out


def test_json_is_json_and_nothing_else(session: Path, command: Command) -> None:
    answers = json.loads(command("transcript", session, "--json").out)
    assert [one["answer"] for one in answers] == ["1", "2"]
    first = {"text": "I", "start_s": 2.0, "end_s": 2.4, "probability": 0.6}
    assert answers[0]["words"][0] == first


def test_an_editor_corrects_and_everything_is_drawn_again(
    session: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'sed -i "s/our socket/rSocket/" "$1"'))
    own = (session / TRANSCRIPT).read_bytes()
    done = command("transcript", session, "--edit")
    assert done.code == 0, done.err
    assert done.out.strip().endswith(f"Report: {session / 'report.html'}")
    analysis = read_analysis(session)
    assert analysis.answers[0].text == "I moved the platform to rSocket"
    assert analysis.engines["stt"] == f"whisper:base, {BY_HAND}"
    assert "rSocket" in (session / "report.html").read_text()
    words = {word.text: word for word in read_words(session / TRANSCRIPT)}
    assert words["rSocket"] == Word("rSocket", 4.5, 5.4, 1.0)
    assert words["platform"] == Word("platform", 3.5, 3.9, 0.6)
    assert {"please", "repeat"} <= set(words)
    assert (session / ORIGINAL).read_bytes() == own
    assert stat.S_IMODE((session / ORIGINAL).stat().st_mode) == 0o600
    assert not (session / DRAFT).exists()


def test_the_recognizers_own_words_are_kept_through_a_second_correction(
    session: Path, command: Command
) -> None:
    own = (session / TRANSCRIPT).read_bytes()
    for wrong, right in (("our socket", "rSocket"), ("six to", "six thousand to")):
        text = command("transcript", session, "--text").out.replace(wrong, right)
        assert correct(session, text) is not None
    assert (session / ORIGINAL).read_bytes() == own
    assert read_analysis(session).engines["stt"].count(BY_HAND) == 1
    again = write_results(session, WordSource(no_recognizer))
    assert "six thousand to nine" in again.answers[1].text
    assert BY_HAND in again.engines["stt"]


def test_a_text_is_taken_from_standard_input(session: Path, rehearse: Rehearse) -> None:
    text = rehearse("transcript", session, "--text").out.replace("nine", "90")
    done = rehearse("transcript", session, "--from", "-", "--json", text=text)
    assert [word["text"] for word in json.loads(done.out)[1]["words"]][-2:] == ["90", "thousand"]
    done = rehearse("transcript", session, "--from", "-", text=text)
    assert done.out == "No word was changed.\n"


@pytest.mark.parametrize(
    "edit",
    [
        ("exit 3", "ended with 3"),
        (': > "$1"', "the text holds no words"),
        ('echo "all new" > "$1"', "words stand before the first header"),
        ('sed -i "/^.2 /d" "$1"', "the header [2 0:12-0:16] is missing"),
        ('echo "[2 0:12-0:16]" >> "$1"', "the header of answer 2 is one too many"),
    ],
)
def test_an_edit_that_cannot_be_used_changes_nothing(
    session: Path, command: Command, monkeypatch: pytest.MonkeyPatch, edit: tuple[str, str]
) -> None:
    script, says = edit
    monkeypatch.setenv("VISUAL", editor(session.parent, script))
    before = {path.name: path.read_bytes() for path in session.iterdir()}
    done = command("transcript", session, "--edit")
    assert (done.code, done.out) == (1, "")
    assert says in done.err
    assert done.err.count("\n") == 1
    after = {path.name: path.read_bytes() for path in session.iterdir()}
    kept = after.pop(DRAFT, None)
    assert after == before
    assert (kept is not None) == (f"{DRAFT} keeps your text" in done.err)
    assert (kept is None) == (script in ("exit 3", ': > "$1"'))


def test_a_text_that_was_kept_is_opened_again(
    session: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil = 'sed -i "s/our socket/rSocket/; s/^.1 /(1 /" "$1"'
    monkeypatch.setenv("VISUAL", editor(tmp_path, spoil))
    assert command("transcript", session, "--edit").code == 1
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'sed -i "s/^(1 /[1 /" "$1"'))
    assert command("transcript", session, "--edit").code == 0
    assert read_analysis(session).answers[0].text.endswith("rSocket")


@pytest.mark.parametrize(
    "case",
    [
        (("nowhere",), "nowhere is no session"),
        (("a session", "--from", "nowhere"), "cannot read nowhere"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    session: Path, command: Command, monkeypatch: pytest.MonkeyPatch, case: tuple[list[str], str]
) -> None:
    arguments, says = case
    monkeypatch.chdir(session.parent)
    done = command("transcript", *arguments)
    assert done.code == 1
    assert says in done.err
    assert done.err.count("\n") == 1


def test_an_editor_that_is_not_there(
    session: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/no/editor -w")
    done = command("transcript", session, "--edit")
    assert "cannot start the editor /no/editor" in done.err
    assert not (session / DRAFT).exists()


def test_typed_answers_stay_typed(rehearse: Rehearse, tmp_path: Path) -> None:
    brief = ROOT / "briefs" / "ml-systems-fellow.md"
    typed = ["run", brief, "--text", "--questions", "1", "--out", tmp_path / "out"]
    done = rehearse(*typed, text="I led teh team\n")
    assert done.code == 0, done.err
    (folder,) = (tmp_path / "out").iterdir()
    analysis = correct(folder, edit_text(read_answers(folder)[0]).replace("teh", "the"))
    assert analysis is not None
    assert analysis.typed
    assert "the team" in analysis.answers[0].text


def test_the_text_comes_back_as_it_was(session: Path) -> None:
    answers, others = read_answers(session)
    assert read_edit(edit_text(answers), answers) == tuple(
        tuple(text.split()) for _, _, text in SAID
    )
    assert [word.text for word in others] == ["please", "repeat"]


@given(st.text())
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    from agent.after.transcript_edit import AnswerWords

    answers = (AnswerWords("1", "", ROOM, ()),)
    try:
        read = read_edit(f"{answers[0].header}\n{text}", answers)
    except SessionError as error:
        assert "\n" not in str(error)
    else:
        assert len(read) == 1


@given(old=_texts, new=_texts, gaps=st.lists(st.floats(0, 3), min_size=60))
def test_corrected_words_are_sorted_inside_the_answer_and_the_same_ones_keep_their_times(
    old: list[str], new: list[str], gaps: list[float]
) -> None:
    words: list[Word] = []
    now_s = 1.0
    for text, gap in zip(old, gaps, strict=False):
        words.append(Word(text, now_s, now_s + 0.3, 0.5))
        now_s += 0.3 + gap
    room = Room(1.0, now_s + 1.0)
    found = realigned(words, new, room)
    assert [word.text for word in found] == new
    for word in found:
        assert room.start_s <= word.start_s <= word.end_s <= room.end_s + 1e-9
    for before, after in pairwise(found):
        assert before.end_s <= after.start_s + 1e-9
    assert realigned(words, [word.text for word in words], room) == tuple(words)
    if not set(old) & set(new):
        assert all(word.probability == 1.0 for word in found)


@given(texts=st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), data=st.data())
def test_words_beside_a_correction_keep_their_times(texts: list[str], data: st.DataObject) -> None:
    words = [Word(text, at, at + 0.5, 0.5) for at, text in enumerate(texts)]
    at = data.draw(st.integers(0, len(texts) - 1))
    new = [*texts[:at], "corrected", "words", *texts[at + 1 :]]
    found = realigned(words, new, ROOM)
    assert found[:at] == tuple(words[:at])
    assert found[at + 2 :] == tuple(words[at + 1 :])
    assert found[at].start_s == words[at].start_s
    assert found[at + 1].end_s == words[at].end_s


def test_capitals_and_punctuation_are_no_other_word() -> None:
    found = realigned([Word("socket", 1.0, 1.5, 0.4)], ["Socket."], ROOM)
    assert found == (Word("Socket.", 1.0, 1.5, 1.0),)


def test_words_put_in_take_no_more_time_than_they_need() -> None:
    words = [Word("so", 1.0, 1.2), Word("then", 9.0, 9.3)]
    middle = realigned(words, ["so", "um", "then"], ROOM)[1]
    assert (middle.start_s, round(middle.end_s, 2)) == (1.2, 1.33)
    first = realigned(words, ["um", "so", "then"], ROOM)[0]
    assert (round(first.start_s, 2), first.end_s) == (0.87, 1.0)
