"""The better recognizer: Whisper through faster-whisper, on the processor, from a local folder."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voice.audio import Clip, resample
from voice.errors import ModelError
from voice.hearing import speech_s
from voice.transcript import Word

LONGEST_CALL_S = 28.0
"""Whisper's window is 30 s; what does not fit is cut at its quietest point."""
_CUT_FROM_S = 14.0
_CUT_WINDOW_S = 0.3
FILLER_PROMPT = "Um, uh, hmm, er, ah."
"""Makes Whisper keep filled pauses; over 32 characters it began to lose whole sentences."""
MOST_HOTWORD_CHARACTERS = 32
"""Of a brief's terms. On a small Whisper trained on flite's voices, 30 cost nothing, 60 characters
a third and 120 two thirds more errors (tests/bench/stt.py); public models were not at hand."""
_NO_SPEECH = 0.6
_LOG_PROBABILITY = -1.0
_COMPRESSION = 2.4
"""The three thresholds of openai/whisper's transcribe()."""
_ECHO_WORDS = 3
"""A text of so many words that stands in the prompt in this order is the prompt's echo."""
MOST_WORDS_PER_S = 7.0
"""More words than this in a second, from the first sign of speech to the last, were invented: fast
talkers reach 6 (365 words a minute)."""
_MOST_WORDS_AT_ONCE = 2
"""So many words are never too many."""
_LOOP_TIMES = 4
"""The same one to six words so many times on end were never said."""
_LOOP = re.compile(rf"\b(\w+(?: \w+){{0,5}})(?: \1){{{_LOOP_TIMES - 1},}}\b")
_NEEDED = ("model.bin", "config.json", "tokenizer.json")


class WhisperEars:
    """Recognize English with a CTranslate2 Whisper model; satisfies voice.stt.Ears.

    Decoding runs without Python's global lock. Counts of filled pauses are floors: Whisper
    leaves some out, prompt or not.
    """

    name: str
    """"whisper:" and the model, "whisper:small.en"."""

    def __init__(self, model_dir: Path, name: str, terms: Sequence[str] = ()) -> None:
        """Load the model in `model_dir`; no connection is opened.

        Args:
            model_dir: holds model.bin, config.json, tokenizer.json and the vocabulary.
            name: the model's name, with or without "whisper:".
            terms: names and terms of the brief, likeliest first.

        Raises:
            ModelError: a file is missing or broken.
        """
        self.name = name if name.startswith("whisper:") else f"whisper:{name}"
        self._hotwords = _fitting(terms)
        missing = [file for file in _NEEDED if not (model_dir / file).is_file()]
        if missing:
            raise ModelError(
                f"{model_dir} is no Whisper model (it lacks {', '.join(missing)});"
                " choose another with --stt, or run: rehearse setup whisper"
            )
        logging.getLogger("faster_whisper").setLevel(logging.ERROR)
        try:
            from faster_whisper import WhisperModel

            self._model: Any = WhisperModel(
                str(model_dir), device="cpu", compute_type="int8", local_files_only=True
            )
        except Exception as error:  # tokenizers and CTranslate2 raise bare and many kinds
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(
                f"cannot load the Whisper model in {model_dir} ({reason});"
                " delete that folder and run: rehearse setup whisper"
            ) from error

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of the clip, times in seconds from its start.

        Raises:
            ModelError: the model refuses the sound.
        """
        sound = resample(clip)
        words: list[Word] = []
        start_s = 0.0
        for part in _parts(sound):
            room_s = speech_s(part)
            heard = tuple(self._heard(part)) if room_s else ()
            if len(heard) <= _MOST_WORDS_AT_ONCE + MOST_WORDS_PER_S * room_s:
                words += [word.shifted(start_s) for word in heard]
            start_s += part.duration_s
        return tuple(words)

    def _heard(self, clip: Clip) -> Iterator[Word]:
        samples = clip.samples.astype(np.float32) / 32768
        try:
            segments, _ = self._model.transcribe(
                samples,
                language="en",
                beam_size=5,
                temperature=0.0,
                condition_on_previous_text=False,
                initial_prompt=FILLER_PROMPT,
                hotwords=self._hotwords or None,
                word_timestamps=True,
                no_speech_threshold=_NO_SPEECH,
                log_prob_threshold=_LOG_PROBABILITY,
                compression_ratio_threshold=_COMPRESSION,
                vad_filter=False,
            )
            heard = [segment for segment in segments if self._is_speech(segment)]
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{self.name} cannot understand this sound ({error}); choose another with --stt"
            ) from error
        for segment in heard:
            yield from _words(segment, clip.duration_s)

    def _is_speech(self, segment: Any) -> bool:
        """Tell whether a segment was said, rather than made up by the model."""
        if segment.compression_ratio > _COMPRESSION:
            return False
        plain = _plain(segment.text)
        if len(plain.split()) >= _ECHO_WORDS and f" {plain} " in f" {self._prompt} ":
            return False
        return not _LOOP.search(plain)

    @property
    def _prompt(self) -> str:
        return _plain(f"{self._hotwords} {FILLER_PROMPT}")


def _words(segment: Any, duration_s: float) -> Iterator[Word]:
    """Yield a segment's words with times inside the clip, never running backwards."""
    for word in segment.words or ():
        start_s = min(max(0.0, float(word.start)), duration_s)
        end_s = min(max(start_s, float(word.end)), duration_s)
        if text := word.word.strip():
            yield Word(text, start_s, end_s, min(1.0, max(0.0, float(word.probability))))


def _fitting(terms: Sequence[str]) -> str:
    """Return the first terms that fit into MOST_HOTWORD_CHARACTERS, as one line."""
    line = ""
    for term in terms:
        plain = " ".join(term.split())
        longer = f"{line}, {plain}" if line else plain
        if plain and len(longer) <= MOST_HOTWORD_CHARACTERS:
            line = longer
    return line


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+(?:'\w+)?", text.lower()))


def _parts(clip: Clip) -> Iterator[Clip]:
    """Cut a clip into parts of at most LONGEST_CALL_S, each at the quietest 0.3 s there is."""
    samples, rate_hz = clip.samples, clip.rate_hz
    while len(samples) > LONGEST_CALL_S * rate_hz:
        first = round(_CUT_FROM_S * rate_hz)
        piece = samples[first : round(LONGEST_CALL_S * rate_hz)].astype(np.float64)
        width = round(_CUT_WINDOW_S * rate_hz)
        energy = np.cumsum(np.concatenate([[0.0], piece**2]))
        cut = first + int(np.argmin(energy[width:] - energy[:-width])) + width // 2
        yield Clip(samples[:cut], rate_hz)
        samples = samples[cut:]
    yield Clip(samples, rate_hz)
