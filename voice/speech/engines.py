"""Which recognizer and which voices: what was insisted on, else the best installed, offline."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from voice.audio.clip import join, resample, silence
from voice.errors import ModelError
from voice.speech.models import store
from voice.speech.models.catalog import DEFAULT_PIPER, DEFAULT_WHISPER, Item, Kind, parse
from voice.speech.piper import VARIANTS, PiperSynthesizer
from voice.speech.protocols import Recognizer, Synthesizer
from voice.speech.smart_turn import SmartTurn
from voice.speech.whisper import LONGEST_CALL_S, WhisperRecognizer

Part = TypeVar("Part")

SLOWEST_CALL_S = 2.0
"""The recognizer may be so far behind the speaker."""
TRIAL = "Tell me about a project that you are proud of, and what your own part in it was."
AUTO = "auto"
_OTHER_LANGUAGE = re.compile(r"(?!en_)[a-z]{2,3}_[A-Z]{2}-")
"""How Piper's voices are named: language_REGION-voice-quality; interviews are in English."""
_VOICE = re.compile(r"(.*?)(?:#([0-9]{1,6}))?(?:\+([a-z]+))?")
"""A Piper voice's name or path, a speaker, a variant: "en_US-libritts_r-medium#7+low"."""


@dataclass(frozen=True)
class Chosen(Generic[Part]):
    """What was chosen, and why in one line."""

    engine: Part
    note: str
    """One sentence for the person: which it is, and how to get a better one."""


def choose_recognizer(spec: str | None, terms: Sequence[str]) -> Chosen[Recognizer]:
    """Return the recognizer that `--stt` names, told the brief's terms, or raise ModelError."""
    kind, name = _split(spec)
    if kind == AUTO:
        recognizer = _first_that_loads(
            Kind.WHISPER, lambda model: WhisperRecognizer(model.path, model.name, terms)
        )
    elif kind == "whisper":
        name = name or DEFAULT_WHISPER
        path = store.find(Kind.WHISPER, name)
        if path is None and store.is_path(name):
            lacks = ", ".join(store.missing_files(Kind.WHISPER, "", Path(name).expanduser()))
            raise ModelError(f"{name} is no Whisper model (it lacks {lacks}); check the path")
        if path is None:
            raise store.not_usable(Kind.WHISPER, name)
        recognizer = WhisperRecognizer(path, path.name if store.is_path(name) else name, terms)
    else:
        raise ModelError(f"no recognizer {spec!r}; use --stt whisper:NAME or auto")
    return Chosen(
        recognizer, f"Whisper {recognizer.name.removeprefix('whisper:')} understands speech here."
    )


def keeping_up(
    recognizer: Recognizer, synthesizer: Synthesizer, terms: Sequence[str]
) -> Chosen[Recognizer]:
    """Return the recognizer, or the smallest Whisper where a trial shows that it is too slow."""
    took_s = _call_s(recognizer, synthesizer)
    if took_s <= SLOWEST_CALL_S:
        return Chosen(recognizer, "")
    name = recognizer.name.removeprefix("whisper:")
    slow = f"Whisper {name} took {took_s:.1f} s for one sentence on this computer"
    smallest = _largest_whisper()[-1:]
    if not smallest or smallest[0].name == name:
        hint = "`rehearse setup whisper:tiny.en` is quicker"
        return Chosen(recognizer, f"{slow}: answers come late; {hint}.")
    model = smallest[0]
    quicker = WhisperRecognizer(model.path, model.name, terms)
    return Chosen(quicker, f"{slow}: Whisper {model.name} listens instead.")


def _call_s(recognizer: Recognizer, synthesizer: Synthesizer) -> float:
    clips = [resample(clip) for clip in synthesizer.speak(TRIAL)]
    if not clips:
        return 0.0
    said = join(clips, clips[0].rate_hz)
    rest = silence(max(0.0, LONGEST_CALL_S - said.duration_s), said.rate_hz)
    began_s = time.perf_counter()
    recognizer.transcribe(join([said, rest], said.rate_hz))
    return time.perf_counter() - began_s


def choose_second_recognizer(
    first: Recognizer, spec: str | None, terms: Sequence[str]
) -> Chosen[Recognizer]:
    """Return the recognizer that hears all once more: the largest, or what `spec` names."""
    second = first
    for model in _largest_whisper() if _split(spec)[0] == AUTO else []:
        if first.name == f"whisper:{model.name}":
            break
        try:
            second = WhisperRecognizer(model.path, model.name, terms)
            break
        except ModelError:
            continue
    name = second.name.removeprefix("whisper:")
    return Chosen(
        second, f"Listening once more with Whisper {name} (Ctrl-C keeps the live words) ..."
    )


def choose_synthesizer(spec: str | None) -> Chosen[Synthesizer]:
    """Return the synthesizer that `--tts` names, or raise ModelError."""
    kind, name = _split(spec)
    if kind == AUTO:
        synthesizer = _first_that_loads(
            Kind.PIPER, lambda model: PiperSynthesizer(model.path, model.name)
        )
    elif kind == "piper":
        synthesizer = piper_synthesizer(name, {})
    else:
        raise ModelError(f"no voice {spec!r}; use --tts piper:NAME or auto")
    return Chosen(synthesizer, f"Piper {synthesizer.name.removeprefix('piper:')} speaks here.")


def piper_synthesizer(
    name: str, loaded: dict[Path, PiperSynthesizer], *, files: bool = True
) -> PiperSynthesizer:
    """Return a Piper voice by its name or path, "" for the usual one, with "#2" and "+low".

    What is in `loaded` is not loaded again. ModelError where there is none, or it is a path and
    `files` says no.
    """
    parts = _VOICE.fullmatch(name)
    voice, speaker, variant = parts.groups() if parts else (name, None, None)
    voice = voice or DEFAULT_PIPER
    by_path = store.is_path(voice)  # the synthesizer itself says which of the two files is missing
    if by_path and not files:
        raise ModelError(f"{voice[:80]} is a file, and only a voice that is set up may be named")
    path = Path(voice).expanduser() if by_path else store.find(Kind.PIPER, voice)
    if path is None:
        raise store.not_usable(Kind.PIPER, voice)
    if path not in loaded:
        loaded[path] = PiperSynthesizer(path, path.stem if by_path else voice)
    return loaded[path].speaking_as(None if speaker is None else int(speaker), variant or "")


def choose_voices(main: Synthesizer, wishes: Mapping[str, str]) -> Chosen[dict[str, Synthesizer]]:
    """Return a voice for each name, and a line on what could not be had ("" where all could).

    The first without a wish keeps the main voice; the others get its further speakers, other
    English voices, variants of the main voice. A wish is "low", "piper:NAME#2+low", or "".
    """
    loaded: dict[Path, PiperSynthesizer] = (
        {main.onnx: main} if isinstance(main, PiperSynthesizer) else {}
    )
    given: dict[str, Synthesizer] = {}
    lines = []
    for name, wish in wishes.items():
        try:
            if wish.strip():
                given[name] = _wished(wish.strip(), main, loaded)
        except ModelError as error:
            lines.append(f"{name} speaks in another voice than {wish}: {error}.")
    taken = {synthesizer.name for synthesizer in given.values()}
    free = (voice for voice in _free(main, loaded) if voice.name not in taken)
    alike = []
    for name in wishes:
        if name not in given:
            synthesizer = next(free, None)
            alike += [name] if synthesizer is None else []
            given[name] = synthesizer or main
    if alike:
        lines.append(
            f"No voice is left for {' and '.join(alike)}; get more with: rehearse setup"
            " piper:en_US-libritts_r-medium."
        )
    return Chosen({name: given[name] for name in wishes}, " ".join(lines))


def _wished(wish: str, main: Synthesizer, loaded: dict[Path, PiperSynthesizer]) -> Synthesizer:
    if wish in VARIANTS and isinstance(main, PiperSynthesizer):
        return main.speaking_as(main.speaker, wish)
    kind, _, name = wish.partition(":")
    if kind != "piper":
        raise ModelError(f"a voice is {', '.join(filter(None, VARIANTS))}, or piper:NAME")
    # A brief may come from anybody: it cannot have a file loaded that is not in the store.
    return piper_synthesizer(name, loaded, files=False)


def _free(main: Synthesizer, loaded: dict[Path, PiperSynthesizer]) -> Iterator[Synthesizer]:
    """Yield the main voice, its speakers, the other voices with theirs, the main's variants."""
    yield main
    if not isinstance(main, PiperSynthesizer):
        return
    others = [model.path for model in installed_for_interviews(Kind.PIPER)]
    for path in dict.fromkeys([main.onnx, *others]):
        try:
            voice = piper_synthesizer(str(path), loaded)
        except ModelError:
            continue  # broken: `rehearse doctor` says so
        every = (voice.speaking_as(number or None) for number in range(voice.speakers))
        yield from (each for each in every if each.name != main.name)
    for variant in filter(None, VARIANTS):
        yield main.speaking_as(main.speaker, variant)


def choose_ending() -> Chosen[SmartTurn | None]:
    """Return the model that hears the end of a turn, None where it is absent or broken."""
    path = store.find(Kind.SMART_TURN)
    hint = "`rehearse setup smart-turn` makes it quicker"
    try:
        if path is not None:
            return Chosen(SmartTurn(path), "Smart Turn hears the end of an answer.")
    except ModelError:
        hint = f"Smart Turn is broken: delete {path} and fetch it again"
    return Chosen(None, f"Silence and words tell the end of an answer; {hint}.")


def installed_for_interviews(kind: Kind) -> list[store.Installed]:
    """Return the installed models of a kind, best first, without voices of other languages."""
    return [
        model
        for model in store.installed()
        if model.kind is kind and not _OTHER_LANGUAGE.match(model.name)
    ]


def missing_models(stt: str | None, tts: str | None) -> list[Item]:
    """Return what must be fetched before these engines can be loaded; "" is none at all.

    Of an engine that is none nothing is missing: whoever loads it says so.
    """
    missing = []
    for kind, spec in ((Kind.WHISPER, stt), (Kind.PIPER, tts)):
        engine, name = _split(spec)
        if spec == "":
            continue
        if engine not in (AUTO, kind):
            return []
        if engine == AUTO and not installed_for_interviews(kind):
            missing.append(parse(kind))
        elif engine == kind and not (name and store.is_path(name)):
            item = parse(f"{kind}:{name}")
            missing += [] if store.find(kind, item.name) else [item]
    return missing


def _first_that_loads(kind: Kind, load: Callable[[store.Installed], Part]) -> Part:
    broken = None
    for model in installed_for_interviews(kind):
        try:
            return load(model)
        except ModelError as error:
            broken = broken or error
    raise broken or store.not_usable(kind)


def _largest_whisper() -> list[store.Installed]:
    models = installed_for_interviews(Kind.WHISPER)
    return sorted(models, key=lambda model: model.size_bytes, reverse=True)


def _split(spec: str | None) -> tuple[str, str]:
    kind, _, name = (spec or AUTO).strip().partition(":")
    return kind.lower() or AUTO, name.strip()
