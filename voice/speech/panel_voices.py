"""A voice for each of several speakers: those wished for, else those that differ clearly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from voice.errors import ModelError
from voice.speech.engines import Chosen, installed_for_interviews, piper_synthesizer
from voice.speech.models.catalog import Kind
from voice.speech.piper import VARIANTS, PiperSynthesizer
from voice.speech.protocols import Synthesizer


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
    """Return the voice that a wish names; ModelError where there is none."""
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
