"""A voice for each of several speakers: those wished for, else those that differ clearly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voice.engines import Chosen, is_other_language, piper_synthesizer
from voice.errors import ModelError
from voice.models import store
from voice.tts import Synthesizer
from voice.tts_piper import VARIANTS, PiperSynthesizer, speakers_of

_MORE_VOICES = ("en_US-libritts_r-medium", "en_GB-alan-medium", "en_US-ryan-medium")
"""Piper voices to fetch for a panel; the first has several hundred speakers."""


def choose_voices(main: Synthesizer, wishes: Mapping[str, str]) -> Chosen[dict[str, Synthesizer]]:
    """Return a voice for each name, and a line on what could not be had ("" where all could).

    The first without a wish keeps the main voice. The others get its further speakers, then the
    other English voices installed (first those of several speakers), then variants of the main
    voice. Where these do not suffice, the main voice speaks for several.

    Args:
        main: what `--tts` chose.
        wishes: by name "low" (a variant of the main voice), "piper:NAME+low" (of another),
            "piper:NAME#2" (a speaker, from 0), or "".
    """
    available = _AvailableVoices(main)
    given: dict[str, Synthesizer] = {}
    lines = []
    for name, wish in wishes.items():
        if not wish.strip():
            continue
        try:
            given[name] = available.wished(wish.strip())
        except ModelError as error:
            lines.append(f"{name} speaks in another voice than {wish}: {error}.")
    free = available.free({synthesizer.name for synthesizer in given.values()})
    alike = []
    for name in wishes:
        if name not in given:
            synthesizer = next(free, None)
            alike += [name] if synthesizer is None else []
            given[name] = synthesizer or main
    if alike:
        lines.append(
            f"No voice is left for {' and '.join(alike)}; get more with: rehearse setup"
            f" piper:{_more()}."
        )
    return Chosen({name: given[name] for name in wishes}, " ".join(lines))


@dataclass(frozen=True)
class _AvailableVoices:
    """The voices available beside a main one; each is loaded once."""

    main: Synthesizer
    """Speaks where no other can."""
    loaded: dict[Path, PiperSynthesizer] = field(default_factory=dict)
    """Voices by file."""

    def __post_init__(self) -> None:
        if isinstance(self.main, PiperSynthesizer):
            self.loaded[self.main.onnx] = self.main

    def wished(self, wish: str) -> Synthesizer:
        """Return the voice that a wish names.

        Raises:
            ModelError: there is none.
        """
        main = self.main
        if wish in VARIANTS and isinstance(main, PiperSynthesizer):
            return main.speaking_as(main.speaker, wish)
        kind, _, name = wish.partition(":")
        if kind != "piper":
            there = ", ".join(filter(None, VARIANTS))
            raise ModelError(f"a voice is {there}, or piper:NAME")
        return piper_synthesizer(name, self.loaded)

    def free(self, taken: Collection[str]) -> Iterator[Synthesizer]:
        """Yield the voices whose names are not taken, the main one first."""
        main = self.main
        others = self._others(main) if isinstance(main, PiperSynthesizer) else iter(())
        if main.name not in taken:
            yield main
        yield from (
            synthesizer for synthesizer in others if synthesizer.name not in (*taken, main.name)
        )

    def _others(self, main: PiperSynthesizer) -> Iterator[PiperSynthesizer]:
        """Yield the main voice's speakers, the other voices with theirs, the main's variants."""
        yield from _speakers(main)
        for model in _other_models(main):
            try:
                yield from _speakers(piper_synthesizer(str(model.path), self.loaded))
            except ModelError:
                continue  # broken: `rehearse doctor` says so
        for variant in VARIANTS:
            yield main.speaking_as(main.speaker, variant)


def _speakers(synthesizer: PiperSynthesizer) -> Iterator[PiperSynthesizer]:
    yield from (synthesizer.speaking_as(number or None) for number in range(synthesizer.speakers))


def _other_models(main: PiperSynthesizer) -> list[store.Installed]:
    """Return the installed English voices but the main one, those of several speakers first."""

    def is_single(model: store.Installed) -> bool:
        try:
            return speakers_of(model.path) == 1
        except ModelError:
            return True

    voices = [model for model in store.installed() if model.kind is store.Kind.PIPER]
    english = [model for model in voices if not is_other_language(model)]
    return sorted((model for model in english if model.path != main.onnx), key=is_single)


def _more() -> str:
    """Return the name of a voice that is not here yet."""
    there = {model.name for model in store.installed()}
    return next((name for name in _MORE_VOICES if name not in there), _MORE_VOICES[0])
