"""The model store: where models lie on this machine, and which of them are complete.

REHEARSE_MODELS, else REHEARSE_HOME/models, else models/ in the user's data directory:

    whisper/base/                      config.json, model.bin, tokenizer.json, vocabulary.*
    piper/en_US-joe-medium/            en_US-joe-medium.onnx and .onnx.json
    smart-turn/                        smart-turn-v3.2-cpu.onnx
    minilm/                            config.json, model.safetensors, tokenizer.json

Piper voices may also lie loose in piper/. Whisper models that another program has put into
the Hugging Face cache (HF_HUB_CACHE, HF_HOME/hub) are used from there. No network, ever.
A model with a missing file, or with one of another length than its pin or its record says,
is damaged: it is never returned, and `damaged` names it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voice.errors import ModelError
from voice.models.catalog import (
    SAFE_NAME,
    SMART_TURN_FILE,
    Kind,
    needed_files,
    pinned_files,
    spec_of,
    whisper_repo,
)
from voice.models.record import read_record

__all__ = [
    "SAFE_NAME", "Installed", "Kind", "config_of", "damaged", "find", "find_minilm", "find_piper",
    "find_smart_turn", "find_whisper", "installed", "missing_files", "missing_whisper_files",
    "not_usable", "store_dir",
]  # fmt: skip

_WHISPER_ORDER = (
    "base", "base.en", "tiny.en", "tiny", "small.en", "distil-small.en", "small",
    "distil-medium.en", "medium.en", "medium",
)  # fmt: skip
"""Best first for live use: base keeps up with speech on two cores, what follows tiny may not."""
_PIPER_FIRST = "en_US-joe-medium"
_QUALITIES = ("high", "medium", "low", "x_low")


@dataclass(frozen=True)
class Installed:
    """A model on this machine."""

    kind: Kind
    """What it is for."""
    name: str
    """Its name within its kind: "base", "en_US-joe-medium"; the kind's own where alone."""
    path: Path
    """The folder of a Whisper model or of MiniLM, the .onnx file of the others."""
    size_bytes: int
    """The size of its files together, in bytes."""
    fault: str = ""
    """Why it must not be loaded: "model.bin has 100 bytes, not 145217532"; "" where it is sound."""


def store_dir() -> Path:
    """Return the folder of the model store, which need not exist."""
    import platformdirs

    if named := os.environ.get("REHEARSE_MODELS"):
        return Path(named).expanduser()
    if home := os.environ.get("REHEARSE_HOME"):
        return Path(home).expanduser() / "models"
    return Path(platformdirs.user_data_dir("rehearse")) / "models"


def find(kind: Kind, name: str) -> Path | None:
    """Return the folder of a sound Whisper model or MiniLM, the .onnx file of the others, or None.

    Whisper models and voices may be named by path, which has a slash in it ("./small.en") or
    ends in .onnx; a bare word is a name.
    """
    return next((path for path in _places(kind, name) if not _fault(kind, name, path)), None)


def find_whisper(name: str) -> Path | None:
    """Return the folder of a sound Whisper model, by name or by path, or None."""
    return find(Kind.WHISPER, name)


def find_piper(name: str) -> Path | None:
    """Return the .onnx file of a sound Piper voice, by name or by path, or None."""
    return find(Kind.PIPER, name)


def find_smart_turn() -> Path | None:
    """Return the file of Smart Turn v3.2, or None."""
    return find(Kind.SMART_TURN, Kind.SMART_TURN.value)


def find_minilm() -> Path | None:
    """Return the folder of all-MiniLM-L6-v2, or None."""
    return find(Kind.MINILM, Kind.MINILM.value)


def missing_files(kind: Kind, name: str, folder: Path) -> list[str]:
    """Return the names of the files that a model in `folder` lacks."""
    groups = needed_files(kind, name)
    return [each[0] for each in groups if not any((folder / one).is_file() for one in each)]


def missing_whisper_files(folder: Path) -> list[str]:
    """Return the files that any Whisper model in `folder` lacks."""
    return missing_files(Kind.WHISPER, "", folder)


def installed() -> list[Installed]:
    """Return the sound models of the store and the cache, best first within each kind."""
    return [model for model in _all() if not model.fault]


def damaged() -> list[Installed]:
    """Return the models of the store that must not be loaded."""
    return [model for model in _all() if model.fault]


def not_usable(kind: Kind, name: str = "") -> ModelError:
    """Return the error that says why a model, or none of its kind, can be loaded.

    It is damaged, or not here at all.
    """
    for model in damaged():
        if model.kind is kind and model.name == (name or model.name):
            return ModelError(
                f"{kind} {model.name} in {_folder(kind, model.path)} is damaged ({model.fault});"
                f" fetch it again: rehearse setup {spec_of(kind, model.name)}"
            )
    spec = spec_of(kind, name) if name else kind.value
    return ModelError(f"no {spec} in {store_dir()}; fetch it with: rehearse setup {spec}")


def config_of(onnx: Path) -> Path:
    """Return the path of the .onnx.json beside a Piper voice."""
    return onnx.with_name(onnx.name + ".json")


def _all() -> list[Installed]:
    """Return what has a place in the store or the cache, sound or not, best first by kind."""
    names = [(Kind.WHISPER, name) for name in _whisper_names()]
    names += [(Kind.PIPER, name) for name in _piper_names()]
    names += [(kind, kind.value) for kind in (Kind.SMART_TURN, Kind.MINILM)]
    models = []
    for kind, name in names:
        begun = (path for path in _places(kind, name) if _begun(path, name))
        path = find(kind, name) or next(begun, None)
        if path is not None:
            size_bytes = sum(each.stat().st_size for each in _files(kind, path) if each.is_file())
            models.append(Installed(kind, name, path, size_bytes, _fault(kind, name, path)))
    return models


def _files(kind: Kind, path: Path) -> Iterable[Path]:
    if kind is Kind.PIPER:
        return (path, config_of(path))
    return path.iterdir() if path.is_dir() else (path,)


def _places(kind: Kind, name: str) -> list[Path]:
    """Return where a model may lie: the folder of Whisper and MiniLM, the .onnx of the others."""
    store = store_dir() / kind
    if kind is Kind.SMART_TURN:
        return [store / SMART_TURN_FILE]
    if kind is Kind.MINILM:
        return [store]
    if not SAFE_NAME.fullmatch(name) or (kind is Kind.PIPER and name.endswith(".onnx")):
        return [Path(name).expanduser()]
    if kind is Kind.WHISPER:
        return [store / name, *_cached_whisper(name)]
    return [store / name / f"{name}.onnx", store / f"{name}.onnx"]


def _begun(path: Path, name: str) -> bool:
    """Tell whether there is something of a model: its folder or its file."""
    return path.exists() or (path.parent.name == name and path.parent.is_dir())


def _folder(kind: Kind, path: Path) -> Path:
    return path if kind in (Kind.WHISPER, Kind.MINILM) else path.parent


def _fault(kind: Kind, name: str, path: Path) -> str:
    """Return what is wrong with a model, "" where nothing is."""
    folder = _folder(kind, path)
    if kind is Kind.PIPER and path.suffix != ".onnx":
        return f"{path.name} is no .onnx file"
    if missing := missing_files(kind, path.stem if kind is Kind.PIPER else name, folder):
        return f"it lacks {', '.join(missing)}"
    for each, size_bytes in _sizes(kind, name, folder).items():
        file = folder / each
        have_bytes = file.stat().st_size if file.is_file() else 0
        if have_bytes != size_bytes:
            return f"{each} has {have_bytes} bytes, not {size_bytes}"
    return ""


def _sizes(kind: Kind, name: str, folder: Path) -> dict[str, int]:
    """Return the lengths in bytes that a model's files must have, as far as they are known."""
    pins = {file.name: file.size_bytes for file in pinned_files(kind, name)}
    return pins or {each: known.size_bytes for each, known in read_record(folder).items()}


def _whisper_names() -> list[str]:
    names = {folder.name for folder in _children(store_dir() / Kind.WHISPER)}
    names |= {name for name in _WHISPER_ORDER if _cached_whisper(name)}

    def rank(name: str) -> tuple[int, str]:
        known = name in _WHISPER_ORDER
        return (_WHISPER_ORDER.index(name) if known else len(_WHISPER_ORDER), name)

    return sorted(names, key=rank)


def _piper_names() -> list[str]:
    entries = _children(store_dir() / Kind.PIPER)
    names = {each.name for each in entries if each.is_dir()}
    names |= {each.stem for each in entries if each.suffix == ".onnx"}

    def rank(name: str) -> tuple[bool, bool, int, str]:
        quality = name.rsplit("-", 1)[-1]
        worth = _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)
        return (name != _PIPER_FIRST, not name.startswith("en"), worth, name)

    return sorted(names, key=rank)


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
