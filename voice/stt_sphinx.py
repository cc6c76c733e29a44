"""The embedded recognizer: PocketSphinx with the en-US model of its own wheel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from voice.audio import Clip, resample
from voice.errors import ModelError
from voice.pronunciation import pronunciations
from voice.transcript import Word

FRAMES_PER_S = 100
"""PocketSphinx counts frames of 10 ms."""
MOST_TERMS = 200
"""Terms of a brief that are taken; each makes the others a little harder to hear."""
_SEARCH = {"maxhmmpf": 3000, "maxwpf": 20, "fwdflatsfwin": 15}
_WORDS_IN_MODEL = 72_000
_FILLERS = {"um": ("AH M",), "uh": ("AH",)}
_FILLER_SHARE = 0.2
_TERM_SHARE = 3e-4
_RARE = -11.0
_SHORTEST_TERM_PHONES = 3
_VOCAL_NOISE = "[SPEECH]"
_VOCAL_NOISE_SURE = 0.7
_VOCAL_NOISE_S = (0.2, 1.2)
_ALTERNATE = re.compile(r"\(\d+\)$")


class SphinxEars:
    """Recognize English with PocketSphinx; satisfies voice.stt.Ears."""

    name: str
    """Always "pocketsphinx:en-us"."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        """Load the model and teach it fillers and the terms of a brief.

        Raises:
            ModelError: the wheel's model cannot be loaded.
        """
        self.name = "pocketsphinx:en-us"
        try:
            import pocketsphinx

            self._decoder: Any = pocketsphinx.Decoder(loglevel="FATAL", **_SEARCH)
        except (ImportError, RuntimeError, OSError, ValueError) as error:
            raise ModelError(
                f"cannot load the PocketSphinx en-US model ({error});"
                " install it again: pip install --force-reinstall pocketsphinx"
            ) from error
        self._written = _teach(self._decoder, terms)

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of the clip, times in seconds from its start.

        The same clip gives the same words, whatever was heard before.
        """
        sound = resample(clip)
        if not len(sound.samples):
            return ()
        decoder = self._decoder
        decoder.reinit_feat()  # else the cepstral mean of the last clip tints this one
        decoder.start_utt()
        decoder.process_raw(sound.samples.astype("<i2").tobytes(), full_utt=True)
        decoder.end_utt()
        return tuple(word for part in decoder.seg() or () if (word := self._word(part)))

    def _word(self, part: Any) -> Word | None:
        """Return a segment of the decoder as a word, None for silence and noise."""
        start_s, end_s = part.start_frame / FRAMES_PER_S, (part.end_frame + 1) / FRAMES_PER_S
        key = _ALTERNATE.sub("", part.word)
        if key == _VOCAL_NOISE:
            shortest_s, longest_s = _VOCAL_NOISE_S
            if part.prob < _VOCAL_NOISE_SURE or not shortest_s <= end_s - start_s <= longest_s:
                return None
            key = "filler_uh"
        if key[0] in "<[":
            return None
        return Word(self._written.get(key, key), start_s, end_s, min(1.0, max(0.0, part.prob)))


def _teach(decoder: Any, terms: Iterable[str]) -> dict[str, str]:
    """Add fillers and terms to dictionary and language model; return key to written form.

    The keys are our own ("term_7"), so that no text from outside reaches the dictionary's syntax.
    """
    written = {f"filler_{filler}": filler for filler in _FILLERS}
    spoken = {f"filler_{filler}": (ways, _FILLER_SHARE) for filler, ways in _FILLERS.items()}
    for term in list(dict.fromkeys(terms))[:MOST_TERMS]:
        if ways := _ways(decoder, term):
            key = f"term_{len(written)}"
            written[key] = term
            spoken[key] = (ways, _TERM_SHARE)
    for key, (_, share) in spoken.items():
        decoder.get_lm().add_word(key, share * _WORDS_IN_MODEL)
    said = [
        (f"{key}({number})" if number > 1 else key, way)
        for key, (ways, _) in spoken.items()
        for number, way in enumerate(ways, 1)
    ]
    for place, (key, way) in enumerate(said, 1):
        decoder.add_word(key, way, place == len(said))  # only the last rebuilds the search
    return written


def _ways(decoder: Any, term: str) -> tuple[str, ...]:
    """Return pronunciations; none for a word that the model expects already, or a mere sound."""
    model = decoder.get_lm()
    word = term.lower()
    known = decoder.lookup_word(word)
    log_share = decoder.logmath.log_to_ln(model.prob([word])) if known else -999
    if log_share > _RARE:
        return ()
    if known:
        return (known,)
    return tuple(" ".join(way) for way in pronunciations(term) if len(way) >= _SHORTEST_TERM_PHONES)
