"""The model store: where models lie on this machine, and which of them are complete.

REHEARSE_MODELS, else REHEARSE_HOME/models, else models/ in the user's data directory:

    whisper/small.en/                  config.json, model.bin, tokenizer.json, vocabulary.*
    piper/en_US-lessac-medium/         en_US-lessac-medium.onnx and .onnx.json
    smart-turn/                        smart-turn-v3.2-cpu.onnx
    minilm/                            config.json, model.safetensors, tokenizer.json

Piper voices may also lie loose in piper/. Whisper models that another program has put into
the Hugging Face cache (HF_HUB_CACHE, HF_HOME/hub) are used from there. No network, ever.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a model is for."""

    WHISPER = "whisper"
    PIPER = "piper"
    SMART_TURN = "smart-turn"
    MINILM = "minilm"


SMART_TURN_FILE = "smart-turn-v3.2-cpu.onnx"
"""The one file of Smart Turn v3.2."""
MINILM_FILES = ("config.json", "model.safetensors", "tokenizer.json")
"""What sentence vectors need of all-MiniLM-L6-v2."""
WHISPER_FILES = ("config.json", "model.bin", "tokenizer.json")
"""What faster-whisper needs beside a vocabulary; without tokenizer.json it would go online."""
WHISPER_VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
"""One of these, by the age of the conversion."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
"""A model's name is one path component: it cannot leave its folder."""
_WHISPER_ORDER = (
    "small.en", "distil-small.en", "base.en", "small", "base", "tiny.en", "tiny",
    "distil-medium.en", "medium.en", "medium",
)  # fmt: skip
"""Best first for live use on a processor: small.en keeps up on two cores, medium does not."""
_PIPER_FIRST = "en_US-lessac-medium"
_QUALITIES = ("high", "medium", "low", "x_low")


@dataclass(frozen=True)
class Installed:
    """A complete model on this machine."""

    kind: Kind
    """What it is for."""
    name: str
    """Its name within its kind: "small.en", "en_US-lessac-medium"; the kind's own where alone."""
    path: Path
    """The folder of a Whisper model or of MiniLM, the .onnx file of the others."""
    size_bytes: int
    """The size of its files together, in bytes."""


def store_dir() -> Path:
    """Return the folder of the model store, which need not exist."""
    import platformdirs

    if named := os.environ.get("REHEARSE_MODELS"):
        return Path(named).expanduser()
    if home := os.environ.get("REHEARSE_HOME"):
        return Path(home).expanduser() / "models"
    return Path(platformdirs.user_data_dir("rehearse")) / "models"


def find_whisper(name: str) -> Path | None:
    """Return the folder of a complete Whisper model, by name or by path, or None.

    A path has a slash in it ("./small.en"); a bare word is a name.
    """
    if SAFE_NAME.fullmatch(name):
        places = [store_dir() / Kind.WHISPER / name, *_cached_whisper(name)]
    else:
        places = [Path(name).expanduser()]
    return next((place for place in places if not missing_whisper_files(place)), None)


def missing_whisper_files(folder: Path) -> tuple[str, ...]:
    """Return the files that a Whisper model in `folder` lacks."""
    missing = [name for name in WHISPER_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in WHISPER_VOCABULARIES):
        missing.append("vocabulary.txt")
    return tuple(missing)


def find_piper(name: str) -> Path | None:
    """Return the .onnx file of a complete Piper voice, by name or by path, or None."""
    if SAFE_NAME.fullmatch(name) and not name.endswith(".onnx"):
        loose = store_dir() / Kind.PIPER / f"{name}.onnx"
        places = [loose.parent / name / loose.name, loose]
    else:
        places = [Path(name).expanduser()]
    return next((place for place in places if _is_voice(place)), None)


def find_smart_turn() -> Path | None:
    """Return the file of Smart Turn v3.2, or None."""
    path = store_dir() / Kind.SMART_TURN / SMART_TURN_FILE
    return path if path.is_file() else None


def find_minilm() -> Path | None:
    """Return the folder of all-MiniLM-L6-v2, or None."""
    folder = store_dir() / Kind.MINILM
    return folder if all((folder / name).is_file() for name in MINILM_FILES) else None


def installed() -> list[Installed]:
    """Return the complete models of the store and the cache, best first within each kind."""
    found = [_installed(Kind.WHISPER, *each) for each in _whisper_models()]
    found += [_installed(Kind.PIPER, *each) for each in _piper_voices()]
    if smart_turn := find_smart_turn():
        found.append(_installed(Kind.SMART_TURN, Kind.SMART_TURN.value, smart_turn))
    if minilm := find_minilm():
        found.append(_installed(Kind.MINILM, Kind.MINILM.value, minilm))
    return found


def _installed(kind: Kind, name: str, path: Path) -> Installed:
    if kind is Kind.PIPER:
        files: Iterable[Path] = (path, config_of(path))
    else:
        files = path.iterdir() if path.is_dir() else (path,)
    return Installed(kind, name, path, sum(f.stat().st_size for f in files if f.is_file()))


def _whisper_models() -> list[tuple[str, Path]]:
    names = {folder.name for folder in _children(store_dir() / Kind.WHISPER)}
    names |= {name for name in _WHISPER_ORDER if _cached_whisper(name)}

    def rank(name: str) -> tuple[int, str]:
        known = name in _WHISPER_ORDER
        return (_WHISPER_ORDER.index(name) if known else len(_WHISPER_ORDER), name)

    found = ((name, find_whisper(name)) for name in sorted(names, key=rank))
    return [(name, path) for name, path in found if path]


def _piper_voices() -> list[tuple[str, Path]]:
    entries = _children(store_dir() / Kind.PIPER)
    names = {entry.name if entry.is_dir() else entry.stem for entry in entries}

    def rank(name: str) -> tuple[bool, bool, int, str]:
        quality = name.rsplit("-", 1)[-1]
        worth = _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)
        return (name != _PIPER_FIRST, not name.startswith("en"), worth, name)

    found = ((name, find_piper(name)) for name in sorted(names, key=rank))
    return [(name, path) for name, path in found if path]


def config_of(onnx: Path) -> Path:
    """Return the path of the .onnx.json beside a Piper voice."""
    return onnx.with_name(onnx.name + ".json")


def _is_voice(path: Path) -> bool:
    return path.suffix == ".onnx" and path.is_file() and config_of(path).is_file()


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if SAFE_NAME.fullmatch(entry.name))
    except OSError:
        return []


def _cached_whisper(name: str) -> list[Path]:
    """Return the snapshots of Systran's conversion in the Hugging Face cache, newest first."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    cache = Path(os.environ.get("HF_HUB_CACHE", home / "hub")).expanduser()
    folder = cache / f"models--{whisper_repo(name).replace('/', '--')}" / "snapshots"
    try:
        snapshots = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [each for each in snapshots if not missing_whisper_files(each)]


def whisper_repo(name: str) -> str:
    """Return the hub's repository of a Whisper model (faster-whisper's own table of names)."""
    distilled = name.removeprefix("distil-")
    middle = "faster-whisper-" if distilled == name else "faster-distil-whisper-"
    return f"Systran/{middle}{distilled}"
