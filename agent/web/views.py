"""What the page shows and does, as functions of what was asked: templates filled in, files kept."""

from __future__ import annotations

import base64
import binascii
import io
import wave
from datetime import date
from functools import cache
from pathlib import Path

from agent.after.again import ask_again
from agent.after.progress import read_rows
from agent.after.progress_page import render_progress
from agent.after.results import read_analysis
from agent.brief.read import Reading
from agent.brief.write import write_brief
from agent.earlier import earlier_session
from agent.errors import BriefError, RehearseError
from agent.report.drawing import draw_part
from agent.report.page import render
from agent.web import briefs, sessions
from agent.web.live import Shown

HELLO = "Hello. I will ask the questions. Can you hear me well?"
"""What the sound check says."""


def _draw(name: str, **values: object) -> str:
    return str(draw_part(f"{name}.html.j2", values, "agent.web"))


def home(recordings: Path, shown: Shown) -> str:
    """Draw the first page: briefs and sessions."""
    today = date.today()
    known = [
        (one, briefs.understood(Reading(one.brief), today)["days_left"])
        for one in briefs.known_briefs(recordings)
    ]
    return _draw("home", known=known, rows=sessions.rows(recordings), shown=shown)


def rehearse(id: str, recordings: Path, shown: Shown) -> str:  # noqa: A002
    """Draw a brief, the sound check, the choices and the interview itself; "now" is what runs."""
    if id == "now":
        return _draw("rehearse", known=None, title=shown.title or "Interview", read="", start={})
    known = briefs.find_brief(id, recordings)
    return _draw(
        "rehearse",
        known=known,
        title=known.brief.title,
        read=understood(known.text, f"{id}.md", date.today()),
        start={"brief": id},
    )


def again(name: str, answer: str, recordings: Path) -> str:
    """Draw the same page for one answer that is to be given again."""
    asked = ask_again(sessions.find_session(name, recordings), answer)
    start = {"session": name, "answer": answer}
    return _draw("rehearse", known=None, title=asked.main.question, read="", start=start)


def report(name: str, recordings: Path) -> str:
    """Draw a session's report, with what can be done from it."""
    folder = sessions.find_session(name, recordings)
    return render(read_analysis(folder), earlier_session(folder), served=True)


def both(name: str, recordings: Path) -> str:
    """Draw an answer and its retry side by side."""
    found = sessions.both_answers(sessions.find_session(name, recordings))
    if found is None:
        raise RehearseError("this session is no retry of an answer, or the first one was deleted")
    return _draw("both", both=found)


def progress(recordings: Path) -> str:
    """Draw the figures from session to session."""
    rows = read_rows(recordings)
    return render_progress(rows, {row.folder: f"/session/{Path(row.folder).name}/" for row in rows})


def trouble(text: str) -> str:
    """Draw a page that says what went wrong."""
    return _draw("trouble", text=text[:1].upper() + text[1:])


def understood(text: str, name: str, today: date) -> str:
    """Draw what was understood of a brief.

    Raises:
        BriefError: there is nothing in it to ask or to say.
    """
    return _draw("understood", **briefs.understood(briefs.read_text(text, name), today))


def save_brief(text: str, name: str, over: str, recordings: Path) -> str:
    """Keep a brief and return the address of its page.

    Raises:
        BriefError: it cannot be used, or not be written.
    """
    known = briefs.find_brief(over, recordings) if over else None
    return f"/rehearse/{briefs.save(text, name, known)}"


def write_from(posting: tuple[str, str], resume: tuple[str, str]) -> tuple[str, list[str]]:
    """Return a brief made of a posting and a resume, and what was left out of it.

    Raises:
        BriefError: one of them cannot be read.
    """
    from agent.brief_write.documents import document_in
    from agent.brief_write.draft import draft
    from agent.brief_write.posting import read_posting
    from agent.brief_write.resume import read_resume

    one, other = (document_in(_bytes(data), name[-80:]) for data, name in (posting, resume))
    made = draft(read_posting(one), read_resume(other))
    return write_brief(made.brief), [*made.notes, *made.dropped]


def _bytes(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BriefError("the file did not arrive whole; choose it again") from error


def delete(name: str, recordings: Path) -> None:
    """Delete a session."""
    sessions.delete(name, recordings)


def words(name: str, answer: str, recordings: Path) -> str:
    """Return the words of an answer."""
    return sessions.words_of(sessions.find_session(name, recordings), answer)


def correct(name: str, answer: str, text: str, recordings: Path) -> bool:
    """Take the corrected words of an answer and score again."""
    return sessions.correct_answer(sessions.find_session(name, recordings), answer, text)


def sound(name: str, file: str, recordings: Path) -> Path:
    """Return the sound of a session."""
    return sessions.sound_of(sessions.find_session(name, recordings), file)


@cache
def hello() -> bytes:
    """Return the sound check, spoken by the voice that will ask, as a WAV file.

    Raises:
        ModelError: there is no voice.
    """
    from voice.audio import join
    from voice.engines import choose_synthesizer

    clips = list(choose_synthesizer(None).engine.speak(HELLO))
    clip = join(clips, clips[0].rate_hz)
    file = io.BytesIO()
    with wave.open(file, "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(clip.rate_hz)
        track.writeframes(clip.samples.tobytes())
    return file.getvalue()
