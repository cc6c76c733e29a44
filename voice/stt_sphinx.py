"""The embedded recognizer: PocketSphinx with the en-US model of its own wheel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from voice.audio import Clip, resample
from voice.child import Child, serve
from voice.errors import ModelError
from voice.hearing import holds_speech
from voice.pronunciation import pronunciations
from voice.transcript import Word

FRAMES_PER_S = 100
"""PocketSphinx counts frames of 10 ms."""
MOST_TERMS = 200
"""Terms of a brief that are taken; each makes the others a little harder to hear."""

# Figures beside the settings are word error rates and shares of real time from tests/bench/stt.py.
_SEARCH = {"maxhmmpf": 3000, "maxwpf": 20, "fwdflatsfwin": 15}
"""Half the time of the defaults (30000, no limit, 25) at the same word error rate; 1500 and 15
cost 6 points on people, dropping the flat pass 8, narrower beams 16."""
_WORDS_IN_MODEL = 72_000
"""add_word weighs a word against a uniform one, 1 / _WORDS_IN_MODEL."""
_FILLERS = {"um": "AH M", "uh": "AH"}
_FILLER_SHARE = 0.2
"""Unigram probability, paid after a back-off. The model's own "um" has 4e-5 and is never heard;
0.1 misses some, 0.6 hears three times as many that are not there."""
_TERM_SHARE = 3e-4
"""Unigram probability of a term; 1e-4 to 1e-3 heard equally many, 1e-2 put them everywhere."""
_RARE = -11.0
"""Natural logarithm of the unigram probability below which a known word is made likelier."""
_SHORTEST_TERM_PHONES = 3
"""A term as short as "C" would be heard in every "see"."""
_VOCAL_NOISE = "[SPEECH]"
"""The model's own garbage word. Long and sure, it is a filled pause: 6 of 6 in two spontaneous
recordings, at the exact times, and both drawn-out ones of the demo's candidate."""
_VOCAL_NOISE_SURE = 0.7
_VOCAL_NOISE_S = (0.2, 1.2)
_SHORTEST_S = {"filler_um": 0.16, "filler_uh": 0.06}
"""Fillers that were there lasted 0.19 s ("um") and 0.08 s ("uh") and more; most false ones less."""
_SURE_OF_ONE = 0.25
"""A clip in which no word reaches this posterior is noise that made words (babble: 0.15)."""
_ALTERNATE = re.compile(r"\(\d+\)$")


class SphinxEars:
    """Recognize English with PocketSphinx; satisfies voice.stt.Ears.

    The decoder holds Python's global lock for whole seconds, so it works in a process of its
    own: recording goes on meanwhile, and a fault in it cannot take the session along.
    """

    name: str
    """Always "pocketsphinx:en-us"."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        """Load the model and teach it fillers and the terms of a brief.

        Raises:
            ModelError: the wheel's model cannot be loaded.
        """
        self.name = "pocketsphinx:en-us"
        self._terms = tuple(dict.fromkeys(terms))[:MOST_TERMS]
        self._child = self._started()

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of the clip, times in seconds from its start.

        The same clip gives the same words, whatever was heard before.

        Raises:
            ModelError: the decoder's process ended, and did so again with a new one.
        """
        sound = resample(clip)
        if not holds_speech(sound):
            return ()
        request = sound.samples.astype("<i2").tobytes()
        try:
            answer = self._child.ask(request)
        except ModelError:
            self._child = self._started()
            answer = self._child.ask(request)
        return tuple(Word(*fields) for fields in json.loads(answer))

    def _started(self) -> Child:
        child = Child(__name__, json.dumps(self._terms).encode())
        if child.first_answer:
            raise ModelError(
                f"cannot load the PocketSphinx en-US model ({child.first_answer.decode()});"
                " install it again: pip install --force-reinstall pocketsphinx"
            )
        return child


class _Decoder:
    """The decoder itself; lives in the child."""

    def __init__(self, terms: Iterable[str]) -> None:
        import pocketsphinx

        self._sphinx: Any = pocketsphinx.Decoder(loglevel="FATAL", **_SEARCH)
        self._written = self._teach(terms)

    def words(self, samples: bytes) -> list[Word]:
        """Return the words of 16-bit samples at 16 kHz; nothing where none is sure."""
        sphinx = self._sphinx
        sphinx.reinit_feat()  # else the cepstral mean of the last clip tints this one
        sphinx.start_utt()
        sphinx.process_raw(samples, full_utt=True)
        sphinx.end_utt()
        found = [word for part in sphinx.seg() or () if (word := self._word(part))]
        return found if any(word.probability >= _SURE_OF_ONE for word in found) else []

    def _word(self, part: Any) -> Word | None:
        """Return a segment as a word, None for silence and noise."""
        start_s, end_s = part.start_frame / FRAMES_PER_S, (part.end_frame + 1) / FRAMES_PER_S
        key = _ALTERNATE.sub("", part.word)
        if key == _VOCAL_NOISE:
            shortest_s, longest_s = _VOCAL_NOISE_S
            if part.prob < _VOCAL_NOISE_SURE or not shortest_s <= end_s - start_s <= longest_s:
                return None
            key = "filler_uh"
        if key[0] in "<[" or end_s - start_s < _SHORTEST_S.get(key, 0.0):
            return None
        return Word(self._written.get(key, key), start_s, end_s, min(1.0, max(0.0, part.prob)))

    def _teach(self, terms: Iterable[str]) -> dict[str, str]:
        """Add fillers and terms to dictionary and language model; return key to written form.

        The keys are our own ("term_7"): no text from outside reaches the dictionary's syntax.
        """
        written: dict[str, str] = {}
        said: list[tuple[str, str]] = []
        ways: list[tuple[str, tuple[str, ...], str, float]] = []
        ways += [(f, (_FILLERS[f],), f"filler_{f}", _FILLER_SHARE) for f in _FILLERS]
        ways += [(t, self._ways(t), f"term_{i}", _TERM_SHARE) for i, t in enumerate(terms)]
        for text, spoken, key, share in ways:
            written[key] = text
            if spoken:
                self._sphinx.get_lm().add_word(key, share * _WORDS_IN_MODEL)
            said += [(f"{key}({n})" if n > 1 else key, way) for n, way in enumerate(spoken, 1)]
        for place, (key, way) in enumerate(said, 1):
            self._sphinx.add_word(key, way, place == len(said))  # only the last rebuilds the search
        return written

    def _ways(self, term: str) -> tuple[str, ...]:
        """Return pronunciations; none for an expected word, or one too short to tell apart."""
        word = term.lower()
        known = self._sphinx.lookup_word(word)
        if known:
            share = self._sphinx.logmath.log_to_ln(self._sphinx.get_lm().prob([word]))
            return () if share > _RARE else (known,)
        ways = pronunciations(term)
        return tuple(" ".join(way) for way in ways if len(way) >= _SHORTEST_TERM_PHONES)


class _Conversation:
    """What the child says: nothing, or why not, to the terms; then words to samples."""

    def __init__(self) -> None:
        self._decoder: _Decoder | None = None

    def answer(self, request: bytes) -> bytes:
        if self._decoder is None:
            try:
                self._decoder = _Decoder(json.loads(request))
            except (ImportError, RuntimeError, OSError, ValueError, ModelError) as error:
                return (str(error) or type(error).__name__).encode()
            return b""
        words = self._decoder.words(request)
        return json.dumps([(w.text, w.start_s, w.end_s, w.probability) for w in words]).encode()


if __name__ == "__main__":
    serve(_Conversation().answer)
