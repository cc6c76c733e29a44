"""What a session leaves behind: transcript.json, analysis.json and report.html in its folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from agent.after.analyzer import analyze, heard_session
from agent.after.recognition import Progress, Segments
from agent.after.word_source import WordSource
from agent.analysis import Analysis
from agent.brief import Brief
from agent.coverage.meaning import find_meaning
from agent.earlier import earlier_session
from agent.errors import SessionError
from agent.report.page import render
from agent.session import ANALYSIS, REPORT, TRANSCRIPT, read_meta, read_session, write_private
from voice.transcript import read_words, to_document


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
    A `brief` given here takes the place of the session's own. `seen` is given the analysis before
    anything is written, so that a full disk hides nothing.

    Raises:
        SessionError: the session cannot be read or its results not be written.
    """
    stored = read_session(folder)
    if brief is not None:
        stored = replace(stored, meta=stored.meta.model_copy(update={"brief": brief}))
    transcript = folder / TRANSCRIPT
    running = stored.meta.state == "running"
    if source.words is None and not source.again and not running and transcript.exists():
        source = replace(source, words=read_words(transcript), engines=_makers(folder))
    heard, segments = heard_session(stored, source, progress)
    analysis = analyze(heard, find_meaning())
    seen(analysis)
    write_analysis(folder, analysis, None if running else segments)
    return analysis


def _makers(folder: Path) -> dict[str, str]:
    """Return what made the words of transcript.json, {} where no analysis tells."""
    try:
        engines = read_analysis(folder).engines
    except SessionError:
        return {}
    return {part: engines[part] for part in ("stt", "stt_live") if part in engines}


def write_analysis(folder: Path, analysis: Analysis, segments: Segments | None) -> None:
    """Write the files of an analysis: three, or two where there are no final `segments` yet.

    Raises:
        SessionError: the folder cannot be written to.
    """
    try:
        if segments is not None:
            document = to_document(segments)
            write_private(folder / TRANSCRIPT, json.dumps(document, ensure_ascii=False, indent=1))
        write_private(folder / ANALYSIS, analysis.to_json() + "\n")
        write_private(folder / REPORT, render(analysis, earlier_session(folder)))
    except OSError as error:
        raise SessionError(
            f"cannot write the results to {folder}: {error.strerror}; the recording is kept,"
            f" make room and try again with: rehearse analyze {folder}"
        ) from error


def read_analysis(folder: Path) -> Analysis:
    """Read a session's analysis.json.

    Raises:
        SessionError: there is none, or it is damaged.
    """
    path = folder / ANALYSIS
    try:
        return Analysis.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        read_meta(folder)
        raise SessionError(
            f"{folder} has no {ANALYSIS} yet; make it with: rehearse analyze {folder}"
        ) from error
    except (OSError, ValidationError) as error:
        raise SessionError(
            f"{path} cannot be read; make it again with: rehearse analyze {folder}"
        ) from error
