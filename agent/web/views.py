"""What the page shows and does, as functions of what was asked: templates filled in, files kept."""

import base64
import binascii
from datetime import date
from functools import cache
from pathlib import Path

from agent.analysis import read_analysis
from agent.analysis.progress import read_rows
from agent.brief.page import Reading
from agent.brief.write import write_brief
from agent.errors import BriefError, SessionError
from agent.report.again import ask_again
from agent.report.drawing import draw_part
from agent.report.progress_page import render_progress
from agent.session import read_meta, unfinished
from agent.text.display import clean
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
    left = {folder.name for folder in unfinished(recordings)}
    return _draw("home", known=known, rows=sessions.rows(recordings), shown=shown, left=left)


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


def again(folder: Path, answer: str) -> str:
    """Draw the same page for one answer that is to be given again."""
    asked = ask_again(folder, answer)
    start = {"session": clean(folder.name), "answer": answer}
    return _draw("rehearse", known=None, title=asked.main.question, read="", start=start)


def both(folder: Path) -> str:
    """Draw an answer and its retry side by side."""
    retry = read_meta(folder).settings.retry
    if retry is None:
        raise SessionError("this session is no retry of an answer; its report shows what was said")
    again = ask_again(folder.parent / Path(retry.of).name, retry.answer)
    after = read_analysis(folder)
    now = again.answer_in(after)
    return _draw("both", again=again, after=after, retried=folder.name, now=now)


def progress(recordings: Path) -> str:
    """Draw the figures from session to session."""
    html = render_progress(read_rows(recordings)[0], served=True)
    return html.replace(f"{recordings.absolute().as_uri()}/", "./")  # reports, by the server


def trouble(text: str) -> str:
    """Draw a page that says what went wrong."""
    return _draw("trouble", text=text[:1].upper() + text[1:])


def understood(text: str, name: str, today: date) -> str:
    """Draw what was understood of a brief, or raise BriefError."""
    return _draw("understood", **briefs.understood(briefs.read_text(text, name), today))


def write_from(posting: tuple[str, str], resume: tuple[str, str]) -> str:
    """Return a brief made of a posting and a resume, each in base64 and with its name."""
    from agent.brief.writing.documents import document_in
    from agent.brief.writing.draft import draft
    from agent.brief.writing.posting import read_posting
    from agent.brief.writing.resume import read_resume

    one, other = (document_in(_bytes(data), name[-80:]) for data, name in (posting, resume))
    made = draft(read_posting(one), read_resume(other))
    return write_brief(made.brief)


def _bytes(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BriefError("the file did not arrive whole; choose it again") from error


@cache
def hello() -> bytes:
    """Return the sound check, spoken by the voice that will ask, as a WAV file, or ModelError."""
    from voice.audio.clip import join, wav_header
    from voice.speech.engines import choose_synthesizer

    clips = list(choose_synthesizer(None).engine.speak(HELLO))
    clip = join(clips, clips[0].rate_hz)
    data = clip.samples.tobytes()
    return wav_header(len(data), clip.rate_hz) + data
