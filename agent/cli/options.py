"""What several commands share: options, where sessions lie, lines or JSON out."""

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from agent.config import recordings_dir

SESSION = "last, its number in `rehearse sessions`, its name or its folder"
PLAY = "hear both voices (with --realtime)"
_ENGINES = {
    "stt": ("ENGINE", "recognizer: whisper:base, whisper:DIR"),
    "tts": ("ENGINE", "voice: piper:en_US-joe-medium, piper:PATH, with +low too"),
    "interviewer": ("NAME", "rules, or ollama:llama3.2 to leave out what was answered"),
}


def describe(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int], text: str
) -> None:
    """Say what runs a command, and what its own help begins with."""
    parser.description = text
    parser.set_defaults(run=run)


def add_flags(parser: argparse.ArgumentParser, **texts: str) -> None:
    """Declare options without a value, each with its help."""
    for name, text in texts.items():
        parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=text)


def add_session(parser: argparse.ArgumentParser) -> None:
    """Declare which session."""
    parser.add_argument("session", metavar="SESSION", help=SESSION)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare JSON instead of lines."""
    add_flags(parser, json="print JSON and nothing else")


def add_out(parser: argparse.ArgumentParser, text: str = "folder of the sessions") -> None:
    """Declare where sessions lie."""
    parser.add_argument("--out", metavar="DIR", help=text)


def add_devices(parser: argparse.ArgumentParser, *devices: str) -> None:
    """Declare which microphone and loudspeaker."""
    for name in devices or ("mic", "speaker"):
        what = "microphone" if name == "mic" else "loudspeaker"
        parser.add_argument(f"--{name}", metavar="NAME", help=f"{what}, by name or part of it")


def add_engines(parser: argparse.ArgumentParser) -> None:
    """Declare the options that insist on an engine."""
    for part, (name, text) in _ENGINES.items():
        parser.add_argument(f"--{part}", metavar=name, help=text)


def local_model(text: str) -> str:
    """Return the model that ollama:NAME names."""
    kind, _, model = text.partition(":")
    if kind != "ollama" or not model:
        raise argparse.ArgumentTypeError(f"{text}: give ollama:NAME")
    return model


def engines(args: argparse.Namespace) -> dict[str, str | None]:
    """Return the engines that were asked for."""
    return {part: getattr(args, part) for part in _ENGINES}


def output_parent(out: str | None) -> Path:
    """Return the folder that gets the session's folder."""
    return Path(out).expanduser() if out else recordings_dir()


def show(args: argparse.Namespace, document: Any, lines: Iterable[str]) -> int:
    """Print the lines, or the document as JSON where that was asked for."""
    print(json.dumps(document, ensure_ascii=False, indent=1) if args.json else "\n".join(lines))
    return 0
