"""Which ears and which mouth: what was insisted on, else the best that is installed.

Whisper and Piper where the model store has them, else the embedded PocketSphinx and eSpeak NG,
and a plain line that says which and how to get better. Nothing here opens a connection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from voice.errors import ModelError
from voice.models import store
from voice.models.catalog import DEFAULT_PIPER, DEFAULT_WHISPER
from voice.smart_turn import SmartTurn
from voice.stt import Ears
from voice.tts import Mouth

Part = TypeVar("Part")

_EMBEDDED = {
    store.Kind.WHISPER: ("PocketSphinx", "a much better recognizer"),
    store.Kind.PIPER: ("eSpeak NG", "a natural voice"),
}
_NAMED_LANGUAGE = re.compile(r"[a-z]{2,3}_[A-Z]{2}-")
"""How Piper's voices are named: language_REGION-voice-quality."""
AUTO = "auto"
"""The word for "the best that is installed", as is leaving it out."""
DEFAULT_ESPEAK = "en-us"
"""The embedded mouth's voice."""


@dataclass(frozen=True)
class Chosen(Generic[Part]):
    """What was chosen, and why in one line."""

    engine: Part
    """The part, ready for use."""
    note: str
    """One plain sentence for the person: which it is, and how to get a better one."""


def choose_ears(spec: str | None, terms: Sequence[str]) -> Chosen[Ears]:
    """Return the recognizer that `--stt` names: "auto", "pocketsphinx", "whisper:NAME or path".

    `terms` are the brief's names and words, which a recognizer should expect.

    Raises:
        ModelError: what was insisted on is absent or broken, or is no recognizer.
    """
    kind, name = _split(spec)
    if kind == AUTO:
        return _best(
            store.Kind.WHISPER,
            lambda model: _whisper(model.path, model.name, terms),
            lambda: _sphinx(terms),
            "understands speech here",
        )
    if kind == "whisper":
        path, name = _whisper_place(name or DEFAULT_WHISPER)
        return Chosen(_whisper(path, name, terms), f"Whisper {name} understands speech here.")
    if kind == "pocketsphinx" and name in ("", "en-us"):
        return Chosen(_sphinx(terms), "PocketSphinx understands speech here, as asked.")
    raise ModelError(f"no recognizer {spec!r}; use --stt whisper:NAME, pocketsphinx or auto")


def choose_second_ears(first: Ears, spec: str | None, terms: Sequence[str]) -> Chosen[Ears | None]:
    """Return the recognizer that hears an interview once more as a whole, when it is over.

    The largest Whisper here: it need not keep up with anyone. `first` heard the interview and
    serves again where `spec` insisted on it, or where it is the largest itself. None where only
    the embedded recognizer is there or was insisted on: it would hear the same again.
    """
    largest = _largest_whisper() if _split(spec)[0] == AUTO else []
    for model in largest:
        if first.name == f"whisper:{model.name}":
            break
        try:
            return Chosen(_whisper(model.path, model.name, terms), _once_more(model.name))
        except ModelError:
            continue
    if not first.name.startswith("whisper:"):
        return Chosen(None, "")
    return Chosen(first, _once_more(first.name.removeprefix("whisper:")))


def _largest_whisper() -> list[store.Installed]:
    """Return the installed Whisper models, those with most bytes first."""
    models = [model for model in store.installed() if model.kind is store.Kind.WHISPER]
    return sorted(models, key=lambda model: model.size_bytes, reverse=True)


def _once_more(name: str) -> str:
    return f"Listening once more with Whisper {name} (Ctrl-C keeps the live words) ..."


def choose_mouth(spec: str | None) -> Chosen[Mouth]:
    """Return the synthesizer that `--tts` names: "auto", "espeak:VOICE", "piper:NAME or path".

    Raises:
        ModelError: what was insisted on is absent or broken, or is no synthesizer.
    """
    kind, name = _split(spec)
    if kind == AUTO:
        return _best(
            store.Kind.PIPER,
            lambda voice: _piper(voice.path, voice.name),
            lambda: _espeak(DEFAULT_ESPEAK),
            "speaks here",
        )
    if kind == "piper":
        path, name = piper_place(name or DEFAULT_PIPER)
        return Chosen(_piper(path, name), f"Piper {name} speaks here.")
    if kind == "espeak":
        name = name or DEFAULT_ESPEAK
        return Chosen(_espeak(name), f"eSpeak NG {name} speaks here, as asked.")
    raise ModelError(f"no voice {spec!r}; use --tts piper:NAME, espeak:en-us or auto")


def choose_ending() -> Chosen[SmartTurn | None]:
    """Return the model that hears the end of a turn, None where it is absent or broken."""
    path = store.find_smart_turn()
    if path is None:
        hint = "`rehearse setup smart-turn` makes it quicker"
        return Chosen(None, f"Silence and words tell the end of an answer; {hint}.")
    try:
        return Chosen(SmartTurn(path), "Smart Turn hears the end of an answer.")
    except ModelError:
        hint = f"Smart Turn is broken: delete {path} and fetch it again"
        return Chosen(None, f"Silence and words tell the end of an answer; {hint}.")


def _split(spec: str | None) -> tuple[str, str]:
    kind, _, name = (spec or AUTO).strip().partition(":")
    return kind.lower() or AUTO, name.strip()


def _best(
    kind: store.Kind,
    load: Callable[[store.Installed], Part],
    embedded: Callable[[], Part],
    does: str,
) -> Chosen[Part]:
    """Return the first installed model that loads, else the embedded engine; say which."""
    broken = ""
    for model in store.installed():
        if model.kind is not kind or is_other_language(model):
            continue
        try:
            return Chosen(load(model), f"{kind.capitalize()} {model.name} {does}.")
        except ModelError:
            broken = broken or model.name
    name, better = _EMBEDDED[kind]
    if broken:
        hint = f"{kind.capitalize()} {broken} is broken: delete it from {store.store_dir()}"
        return Chosen(embedded(), f"{name} {does}; {hint} and fetch it again.")
    return Chosen(embedded(), f"{name} {does}; `rehearse setup {kind}` gets {better}.")


def is_other_language(model: store.Installed) -> bool:
    """Tell whether a Piper voice is by its name not English; interviews are."""
    return bool(_NAMED_LANGUAGE.match(model.name)) and not model.name.startswith("en_")


def _whisper_place(name: str) -> tuple[Path, str]:
    if (path := store.find_whisper(name)) is not None:
        return path, path.name if _is_path(name) else name
    if _is_path(name):
        lacks = ", ".join(store.missing_whisper_files(Path(name).expanduser()))
        raise ModelError(f"{name} is no Whisper model (it lacks {lacks}); check the path")
    raise store.not_usable(store.Kind.WHISPER, name)


def piper_place(name: str) -> tuple[Path, str]:
    """Return the file of a Piper voice, by its name or path, and the name.

    Raises:
        ModelError: it is not installed.
    """
    if _is_path(name):  # the mouth itself says which of the two files is missing
        return Path(name).expanduser(), Path(name).stem
    if (path := store.find_piper(name)) is not None:
        return path, name
    raise store.not_usable(store.Kind.PIPER, name)


def _is_path(name: str) -> bool:
    return not store.SAFE_NAME.fullmatch(name) or name.endswith(".onnx")


def _sphinx(terms: Sequence[str]) -> Ears:
    from voice.stt_sphinx import SphinxEars

    return SphinxEars(terms)


def _whisper(path: Path, name: str, terms: Sequence[str]) -> Ears:
    from voice.stt_whisper import WhisperEars

    return WhisperEars(path, name, terms)


def _espeak(voice: str) -> Mouth:
    from voice.tts_espeak import EspeakMouth

    return EspeakMouth(voice)


def _piper(path: Path, name: str) -> Mouth:
    from voice.tts_piper import PiperMouth

    return PiperMouth(path, name)
