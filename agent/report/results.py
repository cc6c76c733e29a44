"""What a session leaves behind: transcript.json, analysis.json and report.html in its folder."""

import base64
import json
import shlex
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from agent.analysis import Analysis, read_analysis
from agent.analysis.analyzer import analyze, heard_session
from agent.analysis.coverage.meaning import find_meaning
from agent.analysis.history import earlier_session
from agent.analysis.meeting import Meeting, events_of
from agent.analysis.ratings import read_ratings, with_ratings
from agent.analysis.recognition import Progress, Segments, WordSource
from agent.brief import Brief
from agent.errors import RehearseError, SessionError
from agent.report.page import Place, render
from agent.report.sound import both_tracks, opus
from agent.session import (
    ANALYSIS,
    REPORT,
    TRANSCRIPT,
    Session,
    SessionMeta,
    new_folder,
    read_session,
    write_private,
)
from agent.session.find import short_name
from agent.text.display import clean, flat
from voice.audio.clip import silence, write_wav
from voice.audio.reading import Channel, read_audio
from voice.audio.recorder import CANDIDATE_TRACK, INTERVIEWER_TRACK
from voice.speech.transcript import read_words, to_document

SINGLE = "report-single.html"


def write_results(
    folder: Path,
    source: WordSource,
    brief: Brief | None = None,
    progress: Progress = lambda _: None,
    seen: Callable[[Analysis], None] = lambda _: None,
) -> Analysis:
    """Analyze a session and write its transcript, analysis and report.

    Words come from the source, else from the session's transcript.json, else from its journal.
    A session that still runs gets no transcript.json: its later words would be missing from it.
    `brief` takes the place of the session's own. `seen` is given the analysis before anything is
    written, so that a full disk hides nothing.
    """
    stored = read_session(folder)
    if brief is not None:
        stored = replace(stored, meta=stored.meta.model_copy(update={"brief": brief}))
    transcript = folder / TRANSCRIPT
    running = stored.meta.state == "running"
    notes: tuple[str, ...] = ()
    if source.words is None and not source.again and not running and transcript.exists():
        try:
            source = replace(source, words=read_words(transcript), engines=_makers(folder))
        except RehearseError:
            kept = _set_aside(transcript)
            notes = (f"{TRANSCRIPT} is damaged and kept as {kept}: the words heard live are used.",)
    heard, segments = heard_session(stored, source, progress)
    analysis = analyze(replace(heard, notes=heard.notes + notes), find_meaning())
    analysis = _beside_the_one_before(folder, with_ratings(analysis, read_ratings(folder)))
    seen(analysis)
    write_analysis(folder, analysis, None if running else segments)
    return analysis


def _set_aside(path: Path) -> str:
    """Keep a file under another name, the first of that name for good; return the name."""
    kept = path.with_name(f"{path.stem}.before{path.suffix}")
    with suppress(OSError):
        if not kept.exists():
            path.rename(kept)
    return kept.name


def _beside_the_one_before(folder: Path, analysis: Analysis) -> Analysis:
    """Keep the analysis before where this one rests on less, and say so in this one."""
    try:
        before = read_analysis(folder)
    except SessionError:
        return analysis
    had, has = _basis(before), _basis(analysis)
    if all(now >= 0.95 * then - 1 for now, then in zip(has, had, strict=True)):
        return analysis
    kept = _set_aside(folder / ANALYSIS)
    less = ", ".join(
        f"{now:.0f} {unit} instead of {then:.0f}"
        for now, then, unit in zip(has, had, ("words", "answers", "s of sound"), strict=True)
        if now < then
    )
    note = f"This rests on less than the analysis before it, kept as {kept}: {less}."
    return analysis.model_copy(update={"notes": (*analysis.notes, note)})


def _basis(analysis: Analysis) -> tuple[float, float, float]:
    words = sum(len(answer.words) for answer in analysis.answers)
    return words, len(analysis.answers), analysis.about.duration_s


def _makers(folder: Path) -> dict[str, str]:
    """Return what made the words of transcript.json, {} where no analysis tells."""
    try:
        engines = read_analysis(folder).engines
    except SessionError:
        return {}
    return {part: engines[part] for part in ("stt", "stt_live") if part in engines}


def write_analysis(folder: Path, analysis: Analysis, segments: Segments | None) -> None:
    """Write analysis and report, and the transcript where there are final `segments`."""
    try:
        if segments is not None:
            document = to_document(segments)
            write_private(folder / TRANSCRIPT, json.dumps(document, ensure_ascii=False, indent=1))
        write_private(folder / ANALYSIS, analysis.to_json() + "\n")
        draw_report(folder, analysis)
    except OSError as error:
        raise SessionError(
            f"cannot write the results to {folder}: {error.strerror}; the recording is kept,"
            f" make room and try again with: rehearse analyze {folder}"
        ) from error


def draw_report(folder: Path, analysis: Analysis) -> Path:
    """Write report.html, compared with the session before, and return its path."""
    path = folder / REPORT
    write_private(path, render(analysis, earlier_session(folder), _place(folder)))
    return path


def served_report(folder: Path) -> str:
    """Return the report as the local server shows it."""
    place = replace(_place(folder), served=True)
    return render(read_analysis(folder), earlier_session(folder), place)


def _place(folder: Path) -> Place:
    other = INTERVIEWER_TRACK if (folder / INTERVIEWER_TRACK).exists() else ""
    return Place(shlex.quote(short_name(folder)), other)


def draw_single(folder: Path, analysis: Analysis) -> Path:
    """Write the report with both voices inside and return its path; SessionError without."""
    path, sound = folder / SINGLE, ""
    if analysis.about.audio:
        there = (folder / Path(analysis.about.audio).name).exists()
        clip = both_tracks(folder, analysis) if there else silence(0.0)
        if not len(clip.samples):
            raise SessionError(
                f"{folder} has lost its sound ({analysis.about.audio}); leave out --single"
            )
        coded = base64.b64encode(opus(clip)).decode()
        sound = f"data:audio/webm;base64,{coded}"
    place = Place(shlex.quote(folder.name), sound=sound)
    write_private(path, render(analysis, earlier_session(folder), place))
    return path


def keep_meeting(path: Path, meeting: Meeting, speaker: str, brief: Brief, parent: Path) -> Path:
    """Make a session folder for a transcript of a meeting and return it; not analyzed yet."""
    # Without times of its own the words are read as typed ones are.
    engines = {"stt": f"words from {path.name}"} if meeting.timed else {}
    note = f"From a transcript ({path.name}); {flat(speaker)} is taken to be you. It has no sound."
    meta = SessionMeta(brief=brief, recording=clean(path.stem), channel="typed", engines=engines)
    with _brought_in(meta.model_copy(update={"notes": (note,)}), parent) as session:
        for event in events_of(meeting, speaker, brief):
            session.journal.append(event)
    return session.folder


def keep_recording(path: Path, brief: Brief, parent: Path, channel: Channel = "") -> Path:
    """Make a session folder for a recording and return it; not analyzed yet."""
    clip = read_audio(path, channel)
    meta = SessionMeta(brief=brief, recording=clean(path.stem), notes=clip.notes)
    with _brought_in(meta, parent) as session:
        write_wav(session.folder / CANDIDATE_TRACK, clip)
    return session.folder


def _brought_in(meta: SessionMeta, parent: Path) -> Session:
    now = datetime.now().astimezone()
    begun = meta.model_copy(update={"started": now.isoformat(timespec="seconds")})
    return Session(new_folder(parent, Brief(company=meta.title), now), begun)
