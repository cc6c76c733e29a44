"""A voice for each of several speakers: those wished for, else those that differ clearly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import log2
from pathlib import Path

from voice.engines import Chosen, is_other_language, piper_place
from voice.errors import ModelError
from voice.models import store
from voice.tts import Mouth
from voice.tts_espeak import EspeakMouth
from voice.tts_piper import PiperMouth

ESPEAK_VARIANTS = ("f5", "Nguyen", "quincy", "f1", "belinda")
"""Variants of eSpeak NG that are told apart by their pitch: on two texts 1.8 semitones or more.

m1 to m7 come as near as 0.1 to each other and to the main voice; of the high ones those are taken
that PocketSphinx understands best.
"""
_PITCH_HZ = {
    "f5": 199, "Nguyen": 143, "quincy": 84, "f1": 174, "belinda": 224,
    "f2": 188, "f3": 201, "f4": 174, "m1": 93, "m4": 93, "m8": 83,
}  # fmt: skip
"""Median pitch of two sentences in en-us (agent/measures/pitch.py); 98 to 106 for all others."""
_ALIKE_SEMITONES = 1.5
"""Voices nearer than this to one that is given already come last."""
_ACCENTS = ("en-us", "en-gb")
"""Every other variant speaks with the other accent."""
_MORE_VOICES = ("en_US-libritts_r-medium", "en_GB-alan-medium", "en_US-ryan-medium")
"""Piper voices to fetch for a panel; the first has several hundred speakers."""


def choose_voices(main: Mouth, wishes: Mapping[str, str]) -> Chosen[dict[str, Mouth]]:
    """Return a mouth for each name, and a line on what could not be had ("" where all could).

    The first without a wish keeps the main voice. The others get variants of eSpeak NG, or
    where the main voice is Piper's its other speakers and the other English voices installed;
    where these do not suffice the main voice again, never a robot among people.

    Args:
        main: what `--tts` chose.
        wishes: by name "espeak:en-gb+f3", "piper:NAME#2" (a speaker, from 0), or "".
    """
    cast = _Cast(main)
    given: dict[str, Mouth] = {}
    lines = []
    for name, wish in wishes.items():
        if not wish.strip():
            continue
        try:
            given[name] = cast.wished(wish.strip())
        except ModelError as error:
            lines.append(f"{name} speaks in another voice than {wish}: {error}.")
    free = cast.free({mouth.name for mouth in given.values()})
    alike = []
    for name in wishes:
        if name not in given:
            mouth = next(free, None)
            alike += [name] if mouth is None else []
            given[name] = mouth or main
    if alike:
        lines.append(f"{' and '.join(alike)} cannot be told by voice; {_better()} helps.")
    return Chosen({name: given[name] for name in wishes}, " ".join(lines))


@dataclass(frozen=True)
class _Cast:
    """The voices that there are beside a main one; a Piper voice is loaded once."""

    main: Mouth
    """Speaks where no other can."""
    loaded: dict[Path, PiperMouth] = field(default_factory=dict)
    """Piper voices by file."""

    def wished(self, wish: str) -> Mouth:
        """Return the mouth that a wish names.

        Raises:
            ModelError: there is none.
        """
        kind, _, name = wish.partition(":")
        if kind == "espeak":
            return EspeakMouth(name)
        if kind != "piper":
            raise ModelError("write espeak:en-gb+f3 or piper:NAME#2")
        voice, mark, speaker = name.rpartition("#")
        if not (mark and speaker.isdecimal()):
            return self._piper(*piper_place(name))
        return self._piper(*piper_place(voice)).speaking_as(int(speaker))

    def free(self, taken: Collection[str]) -> Iterator[Mouth]:
        """Yield the mouths whose names are not taken, the main one first."""
        if self.main.name not in taken:
            yield self.main
        main = self.main
        espeaks = (EspeakMouth(voice) for voice in self._espeaks(taken))
        others = self._pipers(main) if isinstance(main, PiperMouth) else espeaks
        yield from (mouth for mouth in others if mouth.name not in (*taken, self.main.name))

    def _espeaks(self, taken: Collection[str]) -> list[str]:
        """Return eSpeak NG's voices for a panel, those that are like a given one last."""
        accent = self.main.name.removeprefix("espeak:").partition("+")[0]
        other = next(each for each in _ACCENTS if each != accent)
        places = [accent if at % 2 == 0 else other for at in range(len(ESPEAK_VARIANTS))]
        voices = [f"{place}+{name}" for place, name in zip(places, ESPEAK_VARIANTS, strict=True)]
        given = [_height(name) for name in (self.main.name, *taken) if name.startswith("espeak:")]

        def is_alike(voice: str) -> bool:
            return any(abs(_height(voice) - height) < _ALIKE_SEMITONES for height in given)

        return sorted([accent, *voices, other], key=is_alike)

    def _pipers(self, main: PiperMouth) -> Iterator[Mouth]:
        """Yield the further speakers of the main voice, then the other voices with theirs."""
        yield from map(main.speaking_as, range(1, main.speakers))
        others = []
        for model in store.installed():
            if model.kind is store.Kind.PIPER and not is_other_language(model):
                try:
                    others.append(self._piper(model.path, model.name))
                except ModelError:
                    continue  # broken: `rehearse doctor` says so
                yield others[-1]
        for voice in others:
            yield from map(voice.speaking_as, range(1, voice.speakers))

    def _piper(self, path: Path, name: str) -> PiperMouth:
        main = self.main
        if isinstance(main, PiperMouth) and main.onnx == path:
            return main
        if path not in self.loaded:
            self.loaded[path] = PiperMouth(path, name)
        return self.loaded[path]


def _height(voice: str) -> float:
    """Return the pitch of one of eSpeak NG's voices in semitones over 1 Hz."""
    return 12 * log2(_PITCH_HZ.get(voice.partition("+")[2], 100))


def _better() -> str:
    """Return how to get more voices."""
    there = {model.name for model in store.installed()}
    more = next((name for name in _MORE_VOICES if name not in there), _MORE_VOICES[0])
    return f"`rehearse setup piper:{more}`"
