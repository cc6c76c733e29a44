"""`rehearse analyze FILE or SESSION`: the figures and the report, without an interview."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from agent.analysis import Analysis
from agent.analysis.judge import judged_again
from agent.analysis.meeting import ENDINGS, read_meeting
from agent.analysis.recognition import WordSource
from agent.brief import Brief, terms_of
from agent.brief.read import read_brief
from agent.cli.interview import show_place, show_summary
from agent.cli.options import SESSION, add_out, describe, local_model, output_parent
from agent.cli.setup import require_models
from agent.console import progress, say, typed_line, waiting
from agent.errors import RehearseError, SessionError
from agent.report.results import keep_meeting, keep_recording, write_analysis, write_results
from agent.report.subtitles import srt, textgrid, vtt
from agent.report.summary import markdown
from agent.session.find import find_session
from agent.text.display import clean, flat
from voice.audio.reading import Channel
from voice.errors import TwoVoicesError
from voice.speech.engines import choose_recognizer
from voice.speech.protocols import Recognizer
from voice.speech.transcript import read_words

_FORMS = {
    "md": markdown,
    "json": lambda analysis: clean(analysis.to_json()) + "\n",
    "srt": srt,
    "vtt": vtt,
    "textgrid": textgrid,
}
"""What an analysis can be printed as."""


def add_analyze(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Analyze a session, any recording that FFmpeg reads (WAV, FLAC, MP3, M4A), or a transcript"
        " with speakers (WebVTT, or the text of Zoom, Teams or Otter).",
    )
    parser.add_argument(
        "target",
        metavar="FILE|SESSION",
        help=f"a recording, - for standard input, a transcript, or a session: {SESSION}",
    )
    parser.add_argument("--brief", metavar="BRIEF", help="brief to hold the answers against")
    parser.add_argument(
        "--words", metavar="FILE", help="words with times (openai-whisper JSON) to use as they are"
    )
    parser.add_argument(
        "--channel",
        choices=["left", "right", "both"],
        default="",
        help="yours, where two people have one each (default: a terminal asks)",
    )
    parser.add_argument(
        "--speaker", metavar="NAME", help="who you are in a transcript (default: who says most)"
    )
    parser.add_argument("--stt", metavar="ENGINE", help="recognize (again) with this recognizer")
    parser.add_argument(
        "--judge",
        metavar="ollama:NAME",
        type=local_model,
        help="let this local model judge the talking points too, believed by its quotes alone",
    )
    add_out(parser, "folder for the session's folder")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print analysis.json and nothing else")
    shape.add_argument(
        "--format",
        choices=[*_FORMS],
        help="print this and nothing else: the report in Markdown, analysis.json, subtitles, or"
        " tiers for Praat",
    )


def run(args: argparse.Namespace) -> int:
    """Analyze, write the results, and print the summary or another form."""
    args.format = "json" if args.json else args.format
    if args.target == "-":
        return _from_standard_input(args)
    target = Path(args.target).expanduser()
    target = target if target.exists() else find_session(args.target)
    brief = read_brief(args.brief) if args.brief else None
    if target.suffix.lower() in ENDINGS and not target.is_dir():
        return _meeting(args, target, brief or Brief())
    source = _source(args, brief)
    if args.speaker:
        raise RehearseError("--speaker is for transcripts (.vtt, .srt, .txt); leave it out")
    if target.is_dir() and args.out:
        raise RehearseError(f"{target} is a session: its results go beside it; leave out --out")
    if target.is_dir() and args.channel:
        raise RehearseError(
            f"{target} is a session, whose sound has one channel; leave out --channel"
        )
    if not target.is_dir():
        return _brought_in(args, partial(_recording, args, target, brief or Brief()), source)
    with progress("Recognizing") as told:
        analysis = write_results(target, source, brief, told)
    return _shown(args, target, analysis)


def _shown(args: argparse.Namespace, folder: Path, analysis: Analysis) -> int:
    """Let a model judge where that was asked for, and print what came of it."""
    if args.judge:
        with waiting(f"Asking {args.judge} about talking points ..."):
            analysis = judged_again(analysis, args.judge)
        write_analysis(folder, analysis, None)
    if args.format:
        # UTF-8, the line ends as the form wants them.
        sys.stdout.buffer.write(_FORMS[args.format](analysis).encode(errors="replace"))
        sys.stdout.buffer.flush()
    else:
        show_summary(analysis)
        show_place(folder, analysis)
    return 0


def _meeting(args: argparse.Namespace, path: Path, brief: Brief) -> int:
    """Analyze a transcript with speakers."""

    def none() -> Recognizer:
        raise RehearseError(f"{path} holds words and no sound; leave out --stt")

    meeting = read_meeting(path)
    speaker = meeting.speaker(args.speaker)
    others = ", ".join(flat(name) for name in meeting.speakers if name != speaker)
    told = f"You are taken to be {flat(speaker)}; the others: {others}."
    say(told if args.speaker else f"{told} --speaker says who you are.", file=sys.stderr)
    kept = partial(keep_meeting, path, meeting, speaker, brief)
    return _brought_in(args, kept, WordSource(none))


def _brought_in(args: argparse.Namespace, keep: Callable[[Path], Path], source: WordSource) -> int:
    """Analyze what `keep` makes a session of, which goes again where only a form is asked for."""
    with tempfile.TemporaryDirectory() as passing:
        folder = keep(Path(passing) if args.format and not args.out else output_parent(args.out))
        try:
            with progress("Recognizing") as told:
                analysis = write_results(folder, source, progress=told)
        except SessionError:
            raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return _shown(args, folder, analysis)


def _from_standard_input(args: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard-input"
        path.write_bytes(sys.stdin.buffer.read())
        args.target = str(path)
        return run(args)


def _source(args: argparse.Namespace, brief: Brief | None) -> WordSource:
    def recognizer() -> Recognizer:
        require_models(args.stt, "")
        chosen = choose_recognizer(args.stt, terms_of(brief) if brief else ())
        if chosen.note:
            print(chosen.note, file=sys.stderr)
        return chosen.engine

    if not args.words:
        return WordSource(recognizer, again=bool(args.stt))
    words = Path(args.words).expanduser()
    return WordSource(recognizer, read_words(words), {"stt": f"words from {words.name}"})


def _recording(args: argparse.Namespace, path: Path, brief: Brief, parent: Path) -> Path:
    """Keep a recording as a session; ask which of two voices is the person's."""
    try:
        return keep_recording(path, brief, parent, args.channel)
    except TwoVoicesError as error:
        return keep_recording(path, brief, parent, _asked_channel(error))


def _asked_channel(error: TwoVoicesError) -> Channel:
    """Ask which channel is the person's; where nobody sits at a terminal the error says how."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise error
    say(str(error).partition(";")[0] + ".")
    answer = typed_line("Which is yours? l left, r right, b both, Enter stop: ").strip().lower()
    channels: tuple[Channel, ...] = ("left", "right", "both")
    for channel in channels:
        if answer and channel.startswith(answer):
            return channel
    raise error
