"""The synthesizer: a Piper voice, its speakers and variants; and words as its phonemes."""

import copy
import json
import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from voice.audio.clip import FRAME_S, Clip, Samples, join, silence
from voice.errors import ModelError
from voice.onnx import open_model
from voice.speech.normalize import spoken
from voice.speech.spoken import SENTENCE_PAUSE_S, spoken_sentences

if TYPE_CHECKING:
    from piper import PiperConfig, PiperVoice

_THREADS = 2
"""One sentence at a time: more threads than this only take time from the recognizer."""
_OFFLINE_PHONEMES = ("espeak", "text")
"""Voices of other phoneme types load further models, some from the network."""
UNHURRIED = 1.15
"""How many times longer all is made: joe speaks 189 words a minute so (tests/bench/spoken.py)."""


@dataclass(frozen=True)
class Variant:
    """How one voice is made to sound like another person."""

    rate: float
    """How many times faster its sound is played: pitch and formants move by that factor."""
    length: float
    """How many times longer it is made, so that it is as fast as the plain voice in the end."""


VARIANTS = {
    "": Variant(1.0, 1.0),
    "high": Variant(1.17, 1.24),
    "low": Variant(0.84, 0.80),
    "higher": Variant(1.36, 1.41),
    "highest": Variant(1.58, 1.63),
}
"""The voice as it is and its variants, in a panel's order: neighbors are 2.5 to 3 semitones apart,
the tempo stays within 9 % (tests/bench/RESULTS.md)."""
_SPEECH_DBFS = -20.0
"""RMS of the voiced frames, as loud as a person at a close microphone."""
_PEAK = 0.9
"""No sample is higher; for it every second sentence is made softer, by 2.4 dB at most."""
_VOICED = 0.03
_LONGEST_WORD = 80
_OTHER_LANGUAGE = re.compile(r"\([^)]*\)")
"""eSpeak NG's marks around words that it reads in another language."""
_NUCLEUS = re.compile("(?<=[ˈˌ])iə(?=[ɹl])|[ae]ɪ|aʊ|oʊ|ɔɪ|[aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵʉʊʌᵻ]|\u0329")
"""What a syllable has one of: a vowel, a diphthong, or a consonant marked as syllabic (IPA)."""
_known: dict[str, str] = {}


class PiperSynthesizer:
    """Speak with a Piper voice, one of its speakers, or a variant of these."""

    name: str
    """As in `--tts`: "piper:en_US-libritts_r-medium#7+low" with the speaker and the variant."""
    onnx: Path
    speaker: int | None
    """The speaker, from 0; None for the voice's own choice."""
    slow = True
    """A second of speech takes about 0.1 to 0.2 s with a voice of medium quality."""

    def __init__(self, onnx: Path, name: str) -> None:
        self.name = self._plain_name = f"piper:{name}"
        self.onnx = onnx
        self.speaker = None
        self._voice = _load(onnx)
        self._variant = VARIANTS[""]

    @property
    def speakers(self) -> int:
        """How many speakers the voice has."""
        return self._voice.config.num_speakers

    def speaking_as(self, speaker: int | None, variant: str = "") -> Self:
        """Return a speaker and a variant of this voice, loading nothing, or raise ModelError."""
        if speaker is not None and not 0 <= speaker < self.speakers:
            raise ModelError(
                f"the voice {self.onnx} has {self.speakers} speaker(s), no speaker {speaker};"
                " count from 0"
            )
        if variant not in VARIANTS:
            there = ", ".join(filter(None, VARIANTS))
            raise ModelError(f"a voice has no variant {variant!r}; choose one of {there}")
        other = copy.copy(self)
        other.speaker, other._variant = speaker, VARIANTS[variant]
        chosen = "" if speaker is None else f"#{speaker}"
        other.name = f"{self._plain_name}{chosen}{'+' if variant else ''}{variant}"
        return other

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip per sentence, with a pause at its end but the last's; else ModelError."""
        said = spoken_sentences(text)
        for number, sentence in enumerate(said, start=1):
            clip = self._synthesize(sentence)
            if len(clip.samples) and number < len(said):
                clip = join([clip, silence(SENTENCE_PAUSE_S, clip.rate_hz)], clip.rate_hz)
            if len(clip.samples):
                yield clip

    def _synthesize(self, sentence: str) -> Clip:
        from piper import SynthesisConfig

        settings = SynthesisConfig(
            speaker_id=self.speaker,
            length_scale=self._voice.config.length_scale * UNHURRIED * self._variant.length,
            normalize_audio=False,
        )
        try:
            chunks = [c.audio_float_array for c in self._voice.synthesize(sentence, settings)]
        except Exception as error:  # onnxruntime's own exceptions share no public base
            raise ModelError(
                f"the voice {self.onnx} cannot say {sentence[:40]!r} ({_first_line(error)});"
                " choose another with --tts"
            ) from error
        sound = np.concatenate([np.zeros(0, np.float32), *(c.reshape(-1) for c in chunks)])
        # Whatever plays a clip resamples it, so the other rate is all that a variant needs.
        rate_hz = round(self._voice.config.sample_rate * self._variant.rate)
        return Clip(_leveled(sound, round(FRAME_S * rate_hz)), rate_hz)


def _leveled(sound: npt.NDArray[np.float32], frame: int) -> Samples:
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    rms = np.sqrt(np.mean(np.square(frames), axis=1))
    if not len(rms) or not rms.max():
        return np.zeros(len(sound), np.int16)
    voiced = rms[rms >= _VOICED * rms.max()]
    gain = 10 ** (_SPEECH_DBFS / 20) / np.sqrt(np.mean(np.square(voiced)))
    gain = min(gain, _PEAK / np.abs(sound).max())
    return np.asarray(np.rint(sound * gain * 32767), np.int16)


def _load(onnx: Path) -> "PiperVoice":
    """Return the voice; PiperVoice.load leaves no say in onnxruntime's threads."""
    from piper import PiperVoice

    logging.getLogger("piper").setLevel(logging.ERROR)  # it warns of each unknown phoneme
    config = _config(onnx)
    if config.phoneme_type.value not in _OFFLINE_PHONEMES:
        raise ModelError(
            f"the voice {onnx} speaks by {config.phoneme_type.value}, which needs more than its"
            " own files; choose an English voice: rehearse setup piper"
        )
    return PiperVoice(session=open_model(onnx, _THREADS), config=config)


def _config(onnx: Path) -> "PiperConfig":
    from piper import PiperConfig

    described = Path(f"{onnx}.json")
    for path in (onnx, described):
        if not os.path.isfile(path):  # noqa: PTH113 - Path's raises where a name is too long
            raise ModelError(f"no such voice file: {path}; get a voice with: rehearse setup piper")
    try:
        return PiperConfig.from_dict(json.loads(described.read_text(encoding="utf-8")))
    except (AttributeError, KeyError, TypeError, OSError, ValueError, RecursionError) as error:
        raise ModelError(
            f"the voice file {described} is broken ({_first_line(error)}); fetch it again:"
            " rehearse setup piper"
        ) from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:80]


def count_syllables(words: Iterable[str]) -> int:
    """Return how many syllables the words have as Piper would say them; signs alone have none.

    Of 2,415 words of real talk 0.8 % differ from CMUdict; their sum, weighted by use, by 0.2 %.
    """
    return sum(len(_NUCLEUS.findall(said)) for said in phonemes_of(words))


def phonemes_of(words: Iterable[str]) -> list[str]:
    """Return the words in IPA with marks of stress, each read by itself as Piper would say it."""
    said = [word[:_LONGEST_WORD] for word in words]
    if new := set(said) - _known.keys():
        _read(new)
    return [_known[word] for word in said]


def _read(words: Iterable[str]) -> None:
    """Read the words not yet known; 2000 take 0.2 s."""
    from piper import espeakbridge
    from piper.phonemize_espeak import ESPEAK_DATA_DIR

    espeakbridge.initialize(str(ESPEAK_DATA_DIR))
    espeakbridge.set_voice("en-us")
    for word in words:
        phonemes = "".join(part for part, *_ in espeakbridge.get_phonemes(spoken(word)))
        _known[word] = _OTHER_LANGUAGE.sub("", phonemes)
