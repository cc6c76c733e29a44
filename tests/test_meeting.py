"""Transcripts of meetings: every tool's form gives the same interview, and any text an error."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.meeting import events_of, meeting_in, read_meeting
from agent.brief import Brief, Question
from agent.errors import SessionError
from agent.session.events import HeardEvent, SaidEvent
from tests.conftest import Rehearse
from tests.need import ROOT

ASKED = "Welcome. Which project are you proudest of?"
TOLD = "Our queue & its client: 6K to 50K a second, you know."
MORE = "I wrote the client.\nIt was done at 1:30"
SAID = (("Anna Weber", 1, ASKED), ("Sam Lee", 7, TOLD), ("Anna Weber", 21, "Mm-hm."),
        ("Sam Lee", 22, MORE), ("Anna Weber", 40, "Any questions for us?"),
        ("Sam Lee", 45, "How big is the team?"), ("Anna Weber", 50, "Twelve people."))  # fmt: skip
AS_VTT = "WEBVTT\n\nNOTE made\nby hand\n\n" + "\n\n".join(
    f"{n}\n00:00:{at:02}.000 --> 00:00:{at + 4:02}.500\n<v {who}>{text.replace('&', '&amp;')}</v>"
    for n, (who, at, text) in enumerate(SAID, 1)
)
FORMS = {
    "teams.vtt": AS_VTT,
    "zoom.vtt": AS_VTT.replace("<v ", "").replace("</v>", "").replace(">O", ": O")
    .replace(">", ": ").replace("--: ", "-->"),
    "zoom.txt": "\n\n".join(f"[{who}] 00:00:{at:02}\n{text}" for who, at, text in SAID),
    "otter.txt": "\n\n".join(f"{who}  0:{at:02}  \n{text}" for who, at, text in SAID),
    "rev.txt": "\n".join(f"{who} (00:{at:02}):\n{text}" for who, at, text in SAID),
    "meet.txt": "\n".join(f"00:00:{at:02}\n\n{who}: {text}" for who, at, text in SAID)
    + "\nTranscribed by a machine",
    "lead.txt": "\n".join(f"0:{at:02} {who}: {text}" for who, at, text in SAID),
    "names.txt": "\n".join(f"{who}: {text}" for who, _, text in SAID),
}  # fmt: skip


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(FORMS[name], encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_the_same_interview(name: str, tmp_path: Path) -> None:
    meeting = read_meeting(written(tmp_path, name))
    assert meeting.timed == (name != "names.txt")
    assert meeting.speakers == ["Sam Lee", "Anna Weber"]
    brief = Brief(questions=(Question(text="Why us?"), Question(text="Which project are you")))
    events = list(events_of(meeting, meeting.speaker("sam"), brief))
    said = [one for one in events if isinstance(one, SaidEvent)]
    assert [one.kind for one in said] == ["question", "your_questions", "reply"]
    assert said[0].text == "Which project are you proudest of?"
    assert said[0].question_index == 1
    heard = [one for one in events if isinstance(one, HeardEvent)]
    # What is only said in passing parts no answer.
    assert [one.text for one in heard] == [" ".join(f"{TOLD} {MORE}".split()), SAID[-2][2]]
    if meeting.timed:
        assert heard[0].start_s == 6


def test_who_speaks_is_named_or_an_error_that_lists_them(tmp_path: Path) -> None:
    meeting = read_meeting(written(tmp_path, "names.txt"))
    assert meeting.speaker(None) == "Sam Lee"
    with pytest.raises(SessionError, match="the transcript has Sam Lee, Anna Weber"):
        meeting.speaker("e")
    (tmp_path / "prose.txt").write_text("I said this: that.\nAnd more.", encoding="utf-8")
    with pytest.raises(SessionError, match="does not tell who speaks"):
        read_meeting(tmp_path / "prose.txt")


@given(st.text() | st.lists(st.sampled_from(["A: ", "0:05", "-->", "<v ", "[", "\n", "x?"])))
def test_any_text_is_read_or_refused(text: str | list[str]) -> None:
    try:
        meeting = meeting_in("".join(text), "a.vtt")
    except SessionError:
        return
    assert all(one.end_s > one.start_s for one in meeting.turns)
    assert list(events_of(meeting, meeting.speakers[0], Brief()))


def test_the_command_keeps_it_as_a_session_of_the_brief(tmp_path: Path, rehearse: Rehearse) -> None:
    path, brief = written(tmp_path, "teams.vtt"), ROOT / "briefs" / "ml-systems-fellow.md"
    done = rehearse("analyze", path, "--brief", brief)
    assert done.code == 0, done.err
    assert "You are taken to be Sam Lee; the others: Anna Weber." in done.err
    assert "You asked       1 question" in done.out
    assert "rehearse retry last --answer" in done.out
    (row,) = json.loads(rehearse("progress", brief, "--json").out)["sessions"]
    assert row["why"] == ""
    shown = json.loads(rehearse("analyze", path, "--speaker", "weber", "--json").out)
    assert [one["text"] for one in shown["answers"]][-1] == "Twelve people."
    assert len(json.loads(rehearse("sessions", "--json").out)) == 1
    assert "the transcript has" in rehearse("analyze", path, "--speaker", "Bob").error
