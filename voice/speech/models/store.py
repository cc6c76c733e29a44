"""The model store: where models lie on this machine, and which of them are complete.

REHEARSE_MODELS, else REHEARSE_HOME/models, else models/ in the user's data directory, with
whisper/NAME/, piper/NAME/ (or loose in piper/), smart-turn/ and minilm/. A model with a missing
file, or one of another length or SHA-256 than its pin says, is damaged and never returned.
"""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from voice import files
from voice.errors import ModelError
from voice.speech.models.catalog import (
    DEFAULT_PIPER,
    SAFE_NAME,
    SMART_TURN_FILE,
    Kind,
    needed_files,
    pinned_files,
    spec_of,
)

_WHISPER_ORDER = (
    "base", "base.en", "tiny.en", "tiny", "small.en", "distil-small.en", "small",
    "distil-medium.en", "medium.en", "medium",
)  # fmt: skip
"""Best first for live use: base keeps up with speech on two cores, what follows tiny may not."""
_CHECKED = ".checked.json"
"""In the store: size, time and SHA-256 of every pinned file when it was last read."""


@dataclass(frozen=True)
class Installed:
    """A model on this machine."""

    kind: Kind
    name: str
    path: Path
    """As `find` returns it."""
    size_bytes: int
    fault: str = ""
    """Why it must not be loaded: "model.bin has 100 bytes, not 145217532"; "" where it is sound."""

    @property
    def spec(self) -> str:
        """Return it as `rehearse setup` takes it."""
        return spec_of(self.kind, self.name)


def store_dir() -> Path:
    """Return the folder of the model store, which need not exist."""
    import platformdirs

    if named := os.environ.get("REHEARSE_MODELS"):
        return Path(named).expanduser()
    if home := os.environ.get("REHEARSE_HOME"):
        return Path(home).expanduser() / "models"
    return Path(platformdirs.user_data_dir("rehearse")) / "models"


def is_path(name: str) -> bool:
    """Tell whether a model is named by its path: with a slash ("./small.en") or as x.onnx."""
    return not SAFE_NAME.fullmatch(name) or name.endswith(".onnx")


def find(kind: Kind, name: str = "") -> Path | None:
    """Return the folder of a sound Whisper model or MiniLM, else its .onnx file, or None.

    Smart Turn and MiniLM need no name.
    """
    name = name or kind.value
    return next((path for path in _places(kind, name) if not _fault(kind, name, path)), None)


def folder_of(kind: Kind, path: Path) -> Path:
    """Return the folder that a model's files lie in, by what `find` returns."""
    return path if kind in (Kind.WHISPER, Kind.MINILM) else path.parent


def missing_files(kind: Kind, name: str, folder: Path) -> list[str]:
    """Return the names of the files that a model in `folder` lacks."""
    return [each for each in needed_files(kind, name) if not any(folder.glob(each))]


def installed() -> list[Installed]:
    """Return the sound models of the store, best first within each kind."""
    return [model for model in _all() if not model.fault]


def damaged() -> list[Installed]:
    """Return the models of the store that must not be loaded."""
    return [model for model in _all() if model.fault]


def not_usable(kind: Kind, name: str = "") -> ModelError:
    """Return the error that says why a model, or none of its kind, can be loaded."""
    for model in damaged():
        if model.kind is kind and model.name == (name or model.name):
            return ModelError(
                f"{kind} {model.name} in {folder_of(kind, model.path)} is damaged ({model.fault});"
                f" fetch it again: rehearse setup {model.spec}"
            )
    spec = spec_of(kind, name) if name else kind.value
    return ModelError(f"no {spec} in {store_dir()}; fetch it with: rehearse setup {spec}")


def _all() -> list[Installed]:
    kinds = (Kind.WHISPER, Kind.PIPER)
    names = [(kind, name) for kind in kinds for name in sorted(_names(kind), key=_rank)]
    names += [(kind, kind.value) for kind in (Kind.SMART_TURN, Kind.MINILM)]
    models = []
    for kind, name in names:
        begun = (path for path in _places(kind, name) if folder_of(kind, path).is_dir())
        path = find(kind, name) or next(begun, None)
        if path is not None:
            files = path.iterdir() if path.is_dir() else path.parent.glob(f"{path.name}*")
            size_bytes = sum(each.stat().st_size for each in files)
            models.append(Installed(kind, name, path, size_bytes, _fault(kind, name, path)))
    return models


def _places(kind: Kind, name: str) -> list[Path]:
    """Return where a model may lie: the folder of Whisper and MiniLM, the .onnx of the others."""
    store = store_dir() / kind
    if kind in (Kind.SMART_TURN, Kind.MINILM):
        return [store / SMART_TURN_FILE if kind is Kind.SMART_TURN else store]
    if is_path(name):
        return [Path(name).expanduser()]
    voices = [store / name / f"{name}.onnx", store / f"{name}.onnx"]
    return voices if kind is Kind.PIPER else [store / name]


def _fault(kind: Kind, name: str, path: Path) -> str:
    folder = folder_of(kind, path)
    if missing := missing_files(kind, path.stem if kind is Kind.PIPER else name, folder):
        return f"it lacks {', '.join(missing)}"
    for file in pinned_files(kind, name):
        have_bytes = (folder / file.name).stat().st_size if (folder / file.name).is_file() else 0
        if have_bytes != file.size_bytes:
            return f"{file.name} has {have_bytes} bytes, not {file.size_bytes}"
        if file.sha256 and not has_digest(folder / file.name, file.sha256):
            return f"{file.name} is not what it must be (its SHA-256 differs)"
    return ""


def _names(kind: Kind) -> set[str]:
    try:
        entries = list((store_dir() / kind).iterdir())
    except OSError:
        return set()
    loose = {each.stem for each in entries if kind is Kind.PIPER and each.suffix == ".onnx"}
    names = loose | {each.name for each in entries if each.is_dir()}
    return {name for name in names if not is_path(name)}


def _rank(name: str) -> tuple[int, bool, bool, str]:
    place = _WHISPER_ORDER.index(name) if name in _WHISPER_ORDER else len(_WHISPER_ORDER)
    return (place, name != DEFAULT_PIPER, not name.startswith("en"), name)


def has_digest(path: Path, sha256: str) -> bool:
    """Return whether a file has this SHA-256; what is known of it is kept in the store."""
    about = path.stat()
    return _digest(path, about.st_size, about.st_mtime_ns, store_dir()) == sha256


@lru_cache(maxsize=256)
def _digest(path: Path, size_bytes: int, changed_ns: int, store: Path) -> str:
    known = _known(store / _CHECKED)
    key, stamp = str(path.resolve()), [size_bytes, changed_ns]
    kept = known.get(key)
    if isinstance(kept, list) and kept[:2] == stamp and len(kept) == 3:
        return str(kept[2])
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    with suppress(OSError):  # a store that cannot be written is read again the next time
        text = json.dumps({**_known(store / _CHECKED), key: [*stamp, found]}, indent=0)
        files.write_whole(store / _CHECKED, text.encode())
    return found


def _known(path: Path) -> dict[str, object]:
    try:
        known = json.loads(files.read(path, 1_000_000))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
