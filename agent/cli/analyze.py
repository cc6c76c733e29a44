"""`rehearse analyze AUDIO or SESSION`: the figures and the report, without an interview."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.after.word_source import WordSource
    from agent.analysis import Analysis
    from agent.brief import Brief

_FORMATS = ("md", "json", "srt", "vtt", "csv")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "analyze",
        help="analyze a session or any recording",
        description="Analyze a session folder or any recording that FFmpeg reads"
        " (WAV, FLAC, MP3, M4A).",
    )
    parser.add_argument(
        "target", metavar="AUDIO|SESSION", help="a recording, - for standard input, or a session"
    )
    parser.add_argument("--brief", metavar="BRIEF", help="brief to hold the answers against")
    parser.add_argument(
        "--words", metavar="FILE", help="words with times (openai-whisper JSON) to use as they are"
    )
    parser.add_argument("--stt", metavar="ENGINE", help="recognize (again) with this recognizer")
    parser.add_argument(
        "--judge",
        metavar="ollama:NAME",
        type=_judge,
        help="let this local model judge the points that the rules find half made, by quotes",
    )
    parser.add_argument("--out", metavar="DIR", help="folder for the session's folder")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print analysis.json and nothing else")
    shape.add_argument(
        "--format",
        choices=_FORMATS,
        help="print this and nothing else: the report in Markdown, analysis.json, subtitles, or"
        " a row of figures per answer",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Analyze, write the results, and print the summary or the JSON."""
    from agent.brief import Brief
    from agent.brief.read import read_brief

    args.format = "json" if args.json else args.format
    if args.target == "-":
        return _from_standard_input(args)
    target = Path(args.target).expanduser()
    brief = read_brief(args.brief) if args.brief else None
    source = _source(args, brief)
    if target.is_dir():
        if args.out:
            raise RehearseError(f"{target} is a session: its results go beside it; leave out --out")
        analysis = _session(target, brief, source, args.judge)
        folder: Path | None = target
    else:
        folder, analysis = _recording(args, target, brief or Brief(), source)
    if args.format:
        _export(analysis, args.format)
    elif folder is not None:
        from agent.cli.interview import show_place, show_summary

        show_summary(analysis)
        show_place(folder)
    return 0


def _export(analysis: Analysis, shape: str) -> None:
    """Print the analysis in another form: UTF-8, its line ends as the form wants them."""
    from agent.after.export import csv_table, markdown
    from agent.after.subtitles import srt, vtt

    forms = {"md": markdown, "srt": srt, "vtt": vtt, "csv": csv_table}
    text = forms[shape](analysis) if shape in forms else analysis.to_json() + "\n"
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _from_standard_input(args: argparse.Namespace) -> int:
    """Analyze a recording that is piped in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard-input"
        path.write_bytes(sys.stdin.buffer.read())
        args.target = str(path)
        return run(args)


def _source(args: argparse.Namespace, brief: Brief | None) -> WordSource:
    from agent.after.word_source import WordSource
    from agent.cli.fetch_models import offer_models
    from agent.terms import terms_of
    from voice.engines import choose_recognizer
    from voice.stt import Recognizer
    from voice.transcript import read_words

    def recognizer() -> Recognizer:
        offer_models(args.stt, "", ask=not args.format)
        chosen = choose_recognizer(args.stt, terms_of(brief) if brief else ())
        if chosen.note:
            print(chosen.note, file=sys.stderr)
        return chosen.engine

    if not args.words:
        return WordSource(recognizer, again=bool(args.stt))
    words = read_words(Path(args.words).expanduser())
    return WordSource(recognizer, words, {"stt": f"words from {Path(args.words).name}"})


def _judge(name: str) -> str:
    kind, _, model = name.partition(":")
    if kind != "ollama" or not model:
        raise argparse.ArgumentTypeError(f"{name}: give ollama:NAME")
    return model


def _judged(analysis: Analysis, model: str | None) -> Analysis:
    """Have the local model judge last, where one was named."""
    if not model:
        return analysis
    from agent.after.last_judge import judged_again

    def begun(points: int) -> None:
        if sys.stderr.isatty():
            print(f"Asking {model} about talking points: {points}", file=sys.stderr)

    return judged_again(analysis, model, begun=begun)


def _session(folder: Path, brief: Brief | None, source: WordSource, model: str | None) -> Analysis:
    from agent.after.results import write_analysis, write_results
    from agent.console import Progress

    with Progress("Recognizing") as progress:
        by_rules = write_results(folder, source, brief, progress.to)
    analysis = _judged(by_rules, model)
    if analysis != by_rules:
        write_analysis(folder, analysis, None)
    return analysis


def _recording(
    args: argparse.Namespace, path: Path, brief: Brief, source: WordSource
) -> tuple[Path | None, Analysis]:
    from agent.after.analyzer import analyze
    from agent.after.imported import heard_recording, keep, read_recording
    from agent.after.results import write_analysis
    from agent.cli.interview import output_parent
    from agent.console import Progress
    from agent.coverage.meaning import find_meaning

    recording = read_recording(path, brief)
    with Progress("Recognizing") as progress:
        heard, segments = heard_recording(recording, source, progress.to)
    analysis = _judged(analyze(heard, find_meaning()), args.judge)
    if args.format and not args.out:
        return None, analysis
    folder = keep(recording, output_parent(args.out), heard.engines)
    write_analysis(folder, analysis, segments)
    return folder, analysis
