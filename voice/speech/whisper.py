"""The recognizer: Whisper through faster-whisper, on the processor, from a local folder."""

import logging
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from voice.audio.clip import Clip, resample
from voice.audio.silero import Voicing, voicing
from voice.errors import ModelError
from voice.speech.transcript import Word, joined, text_of

LONGEST_CALL_S = 28.0
"""Whisper's window is 30 s; what does not fit is cut at its quietest point."""
FILLER_PROMPT = "Um, uh, hmm, er, ah."
"""Makes Whisper keep filled pauses; over 32 characters it began to lose whole sentences."""
MOST_HOTWORD_CHARACTERS = 192
"""Of a brief's rare terms. Of 112 spoken ones base writes 58 with none told, 96 with 189 letters
(tests/bench/RESULTS.md)."""
RARE_TOKENS, SHORTEST_HOTWORD = 2, 3
"""A term of fewer tokens ("GPU") needs no help; of fewer letters ("RL") it is heard in anything."""

# Figures: python -m tests.bench.stt, on people reading and talking; base, then tiny.en.
_NO_SPEECH = 0.35
"""A pass that is so sure of silence, and unsure of its words, is none. openai/whisper has 0.6."""
_LOG_PROBABILITY = -1.0
"""Mean log probability of a token from which words count whatever _NO_SPEECH says."""
_REPETITIVE = 2.4
"""gzip's ratio of a loop (openai/whisper); it counts only with words of no length or no voice."""
_SECOND_TEMPERATURE = 0.4
"""A second try samples, which breaks a loop."""
_LEFT_S = 0.4
"""Sure speech behind the last segment worth another pass; of less comes "Thank you very much."."""
_LEAST_STEP_S = 0.5
"""The next pass begins at least so much later, so that there is an end to it."""
_NO_LENGTH_S = 0.025
"""Whisper's time step and a bit. Two words on end that last no longer were made up."""
_AROUND_S = 0.2
"""How far from any sign of speech a word may lie: Whisper's times are rough below 0.3 s."""
_ECHO_WORDS = 3
"""So many words, all of the prompt, in its order or over and over, are its echo."""
_MOST_MADE_UP = 1 / 3
"""A text with a larger share of words that were made up is tried again."""
_WINDOW_S = 30.0
_LEAST_WINDOW_S, _AFTER_S = 10.0, 1.0
"""Whisper's encoder takes as long for 2 s as for 30 s; base bears a window of 10 s or more that
ends 1 s after the sound."""
_WHOLE_WINDOW_BELOW_S = 5.0
"""A shorter sound is heard twice over in a short window."""
_WHOLE_WINDOW_BELOW_BYTES = 100_000_000
"""A smaller model (tiny) is quick as it is, and makes a third more errors in a short window."""
_CUT_FROM_S, _CUT_WINDOW_S = 14.0, 0.3
_AT_END = " .,?!…:;-"
_LEAST_END, _MOST_END, _LEAST_ON = -2.0, 3.0, -4.5
"""Beyond these bounds the log odds told no more (tests/bench/RESULTS.md)."""
_NEEDED = ("model.bin", "config.json", "tokenizer.json")


class _PassOverError(Exception):
    """The one pass over a clip has been made."""


@dataclass(frozen=True)
class _Try:
    words: tuple[Word, ...]
    """That the sound bears."""
    dropped: int
    """How many words it does not bear."""
    repetitive: bool
    """Whether the text looks like a loop."""
    end_s: float
    """Where its last segment ended, from the start of the clip; 0 without one."""

    @property
    def doubtful(self) -> bool:
        """Whether so many words were made up that another try may be better."""
        most = 0 if self.repetitive else _MOST_MADE_UP * (self.dropped + len(self.words))
        return self.dropped > most


class WhisperRecognizer:
    """Recognize English with a CTranslate2 Whisper model; some filled pauses are left out."""

    def __init__(self, model_dir: Path, name: str, terms: Sequence[str] = ()) -> None:
        self.name = name if name.startswith("whisper:") else f"whisper:{name}"
        self.dropped = 0
        missing = [file for file in _NEEDED if not (model_dir / file).is_file()]
        if missing:
            raise ModelError(
                f"{model_dir} is no Whisper model (it lacks {', '.join(missing)});"
                " choose another with --stt, or run: rehearse setup whisper"
            )
        logging.getLogger("faster_whisper").setLevel(logging.ERROR)
        try:
            self._model: Any = _opened(model_dir)
        except Exception as error:  # tokenizers and CTranslate2 raise bare and many kinds
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(
                f"cannot load the Whisper model in {model_dir} ({reason});"
                " delete that folder and run: rehearse setup whisper"
            ) from error
        self._small = (model_dir / "model.bin").stat().st_size < _WHOLE_WINDOW_BELOW_BYTES
        self._last: tuple[Any, str] | None = None
        self._hotwords = hotwords(terms, self._tokens)
        self._prompt = _plain(f"{self._hotwords} {FILLER_PROMPT}")

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of the clip, times in seconds from its start, or raise ModelError."""
        words: list[Word] = []
        start_s, self._last = 0.0, None
        for part in _parts(resample(clip)):
            words += [word.shifted(start_s) for word in self._words(part)]
            start_s += part.duration_s
        return tuple(words)

    def finished(self) -> float | None:
        """Return Understood.finished of the clip before; nothing is encoded anew for it."""
        if self._last is None:
            return None
        heard, text = self._last
        return _ends(self._model, heard, FILLER_PROMPT, text)

    def _words(self, part: Clip) -> Iterator[Word]:
        """Yield the words of a part, pass after pass, while there is more to hear."""
        from_s = 0.0
        while (speech := voicing(rest := part.between(from_s, part.duration_s))) is not None:
            heard = self._heard(rest, speech)
            self.dropped += heard.dropped
            if heard.words:
                self._last = (self._model.heard, text_of(heard.words))
            yield from (word.shifted(from_s) for word in heard.words)
            if not heard.end_s or speech.sure_s(heard.end_s) < _LEFT_S:
                return
            from_s += max(heard.end_s, _LEAST_STEP_S)

    def _heard(self, clip: Clip, speech: Voicing) -> _Try:
        try:
            first = self._tried(clip, speech, 0.0)
            second = self._tried(clip, speech, _SECOND_TEMPERATURE) if first.doubtful else first
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{self.name} cannot understand this sound ({error}); choose another with --stt"
            ) from error
        return min(first, second, key=lambda one: (one.repetitive, one.dropped))

    def _tried(self, clip: Clip, speech: Voicing, temperature: float) -> _Try:
        import ctranslate2

        ctranslate2.set_random_seed(0)  # the same sound gives the same words
        self._model.window_s = self._window_s(clip.duration_s)
        self._model.may_look = True
        segments, _ = self._model.transcribe(
            clip.samples.astype(np.float32) / 32768,
            language="en",
            beam_size=5,
            temperature=temperature,
            condition_on_previous_text=False,
            initial_prompt=FILLER_PROMPT,
            hotwords=self._hotwords or None,
            word_timestamps=True,
            no_speech_threshold=_NO_SPEECH,
            log_prob_threshold=_LOG_PROBABILITY,
            compression_ratio_threshold=None,
            vad_filter=False,
        )
        words: list[Word] = []
        repetitive, echoed, end_s = False, 0, 0.0
        with suppress(_PassOverError):
            for segment in segments:
                repetitive = repetitive or segment.compression_ratio > _REPETITIVE
                said = joined(_pieces(segment, clip.duration_s))
                if _is_echo(_plain(segment.text), self._prompt):
                    echoed += len(said)
                else:
                    words += said
                end_s = float(segment.end)
        borne = tuple(_borne(words, speech))
        return _Try(borne, len(words) - len(borne) + echoed, repetitive, end_s)

    def _window_s(self, sound_s: float) -> float:
        if self._small or sound_s < _WHOLE_WINDOW_BELOW_S:
            return _WINDOW_S
        return min(_WINDOW_S, max(_LEAST_WINDOW_S, sound_s + _AFTER_S))

    def _tokens(self, term: str) -> int:
        encoded = self._model.hf_tokenizer.encode(f" {term}", add_special_tokens=False)
        return len(encoded.ids)


def _opened(model_dir: Path) -> Any:
    """Return the model, whose window can be as short as the sound, and which makes one pass.

    faster-whisper's own next pass begins by its time stamps and can lose a sentence.
    """
    from faster_whisper import WhisperModel

    class ShortWindow(WhisperModel):  # type: ignore[misc] # it has no types
        window_s = _WINDOW_S
        may_look = True
        heard: Any = None

        def encode(self, features: Any) -> Any:
            if not self.may_look:
                raise _PassOverError
            self.may_look = False
            window = features[:, : round(self.window_s * self.frames_per_second)]
            self.heard = super().encode(window)
            return self.heard

    return ShortWindow(str(model_dir), device="cpu", compute_type="int8", local_files_only=True)


def hotwords(terms: Sequence[str], tokens: Callable[[str], int]) -> str:
    """Return the first rare terms that fit, as one line; `tokens` counts those of a term."""
    line = ""
    for term in dict.fromkeys(" ".join(term.split()) for term in terms):
        longer = f"{line}, {term}" if line else term
        fits = len(longer) <= MOST_HOTWORD_CHARACTERS and len(term) >= SHORTEST_HOTWORD
        if fits and tokens(term) >= RARE_TOKENS:
            line = longer
    return line


def _pieces(segment: Any, duration_s: float) -> Iterator[Word]:
    for word in segment.words or ():
        start_s = min(max(0.0, float(word.start)), duration_s)
        end_s = min(max(start_s, float(word.end)), duration_s)
        yield Word(word.word, start_s, end_s, min(1.0, max(0.0, float(word.probability))))


def _borne(words: Sequence[Word], speech: Voicing) -> Iterator[Word]:
    near = [w for w in words if speech.holds(w.start_s - _AROUND_S, w.end_s + _AROUND_S)]
    for has_length, run in groupby(near, lambda w: w.end_s - w.start_s > _NO_LENGTH_S):
        together = list(run)
        if has_length or len(together) == 1:
            yield from together


def _is_echo(said: str, prompt: str) -> bool:
    words, told = said.split(), set(prompt.split())
    if len(words) < _ECHO_WORDS or not told.issuperset(words):
        return False
    return f" {said} " in f" {prompt} " or len(set(words)) < len(words)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+(?:'\w+)?", text.lower()))


def _parts(clip: Clip) -> Iterator[Clip]:
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


def _ends(model: Any, heard: Any, told: str, text: str) -> float | None:
    """Return Understood.finished: what the decoder, `told` its prompt, expects after the words."""
    tokenizer = model.hf_tokenizer

    def ids(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    def known(*tokens: str) -> list[int]:
        return [found for token in tokens if (found := tokenizer.token_to_id(token)) is not None]

    said = ids(" " + text.rstrip(_AT_END))
    language = ("<|en|>", "<|transcribe|>") if model.model.is_multilingual else ()
    before = known("<|startofprev|>") + ids(f" {told}")
    prompt = [*before, *known("<|startoftranscript|>", *language, "<|notimestamps|>"), *said]
    # CTranslate2 makes half of max_length, or what the prompt leaves of it.
    most = max(2 * len(said) + 2, len(prompt) + 1)
    (made,) = model.model.generate(
        heard, [prompt], beam_size=1, max_length=most, return_logits_vocab=True,
        suppress_tokens=[], suppress_blank=False,
    )  # fmt: skip
    steps = made.logits[0]
    if len(steps) <= len(said):
        return None
    logits = np.array(steps[len(said)], np.float64).ravel()
    odds = np.exp(logits - logits.max())
    ends = odds[known(".", "?", "!", "<|endoftext|>")].sum() / odds.sum()
    goes_on = odds[known(",", "...", "Ġ...")].sum() / odds.sum()
    surely = [math.log((share + 1e-4) / (1.0001 - share)) for share in (ends, goes_on)]
    return min(_MOST_END, max(_LEAST_END, surely[0])) - min(0.0, max(_LEAST_ON, surely[1]))
