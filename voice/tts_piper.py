"""A natural mouth where its voice is installed: Piper, the only file that imports it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voice.audio import Clip
from voice.errors import ModelError
from voice.onnx import open_model
from voice.spoken import clips_of

if TYPE_CHECKING:
    from piper import PiperVoice

_THREADS = 2
"""One sentence at a time: more threads than this only take time from the recognizer."""
_OFFLINE_PHONEMES = ("espeak", "text")
"""Voices of other phoneme types load further models, some from the network."""
_VOLUME = 0.8
"""Piper fills the full range; 2 dB less leaves the loudspeaker room."""


class PiperMouth:
    """Speak with a Piper voice."""

    name: str
    """"piper:" and the voice."""
    slow = True
    """A second of speech takes about 0.1 to 0.2 s with a voice of medium quality."""

    def __init__(self, onnx: Path, name: str, speaker: int | None = None) -> None:
        """Load a voice; `speaker` is an index into a voice of several speakers.

        Raises:
            ModelError: a file of the voice is missing or broken, or the speaker is not in it.
        """
        self.name = f"piper:{name}"
        self._onnx = onnx
        self._voice = _load(onnx)
        count = self._voice.config.num_speakers
        if speaker is not None and not 0 <= speaker < count:
            raise ModelError(
                f"the voice {onnx} has {count} speaker(s), no speaker {speaker}; count from 0"
            )
        self._speaker = speaker

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip at the voice's rate per sentence, each as soon as it is made.

        Raises:
            ModelError: the voice fails on a sentence.
        """
        return clips_of(text, self._synthesize)

    def _synthesize(self, sentence: str) -> Clip:
        from piper import SynthesisConfig

        settings = SynthesisConfig(speaker_id=self._speaker, volume=_VOLUME)
        try:
            chunks = [c.audio_int16_array for c in self._voice.synthesize(sentence, settings)]
        except Exception as error:  # onnxruntime's own exceptions share no public base
            raise ModelError(
                f"the voice {self._onnx} cannot say {sentence[:40]!r} ({_first_line(error)});"
                " choose another with --tts"
            ) from error
        samples = np.concatenate([np.zeros(0, np.int16), *(c.reshape(-1) for c in chunks)])
        return Clip(samples, self._voice.config.sample_rate)


def _load(onnx: Path) -> PiperVoice:
    """Return the voice, its model limited to a few quiet threads.

    PiperVoice.load leaves no say in onnxruntime's threads, which take every core and spin;
    so its two steps are made here.
    """
    from piper import PiperConfig, PiperVoice

    logging.getLogger("piper").setLevel(logging.ERROR)  # it warns of each unknown phoneme
    settings = _settings(onnx)
    try:
        config = PiperConfig.from_dict(settings)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _broken(onnx.with_name(onnx.name + ".json"), error) from error
    if config.phoneme_type.value not in _OFFLINE_PHONEMES:
        raise ModelError(
            f"the voice {onnx} speaks by {config.phoneme_type.value}, which needs more than its"
            " own files; choose an English voice: rehearse setup piper"
        )
    return PiperVoice(session=open_model(onnx, _THREADS), config=config)


def _settings(onnx: Path) -> dict[str, Any]:
    """Return the contents of the .onnx.json; both files must be there."""
    described = onnx.with_name(onnx.name + ".json")
    for path in (onnx, described):
        if not path.is_file():
            raise ModelError(f"no such voice file: {path}; get a voice with: rehearse setup piper")
    try:
        settings = json.loads(described.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(described, error) from error
    if not isinstance(settings, dict):
        raise _broken(described, "no JSON object")
    return settings


def _broken(path: Path, error: object) -> ModelError:
    return ModelError(
        f"the voice file {path} is broken ({_first_line(error)}); fetch it again:"
        " rehearse setup piper"
    )


def _first_line(error: object) -> str:
    """Return the first line of a foreign message, short enough for a terminal."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:80]
