"""Spoken words as the phonemes that Piper's own eSpeak NG gives them, and their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice.speech.normalize import spoken

_LONGEST_WORD = 80
"""Characters of a word that are read; what is longer is no word that was spoken."""
_OTHER_LANGUAGE = re.compile(r"\([^)]*\)")
"""eSpeak NG's marks around words that it reads in another language."""
_NUCLEUS = re.compile("(?<=[ˈˌ])iə(?=[ɹl])|[ae]ɪ|aʊ|oʊ|ɔɪ|[aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵʉʊʌᵻ]|\u0329")
"""What a syllable has one of: a vowel, a diphthong (the stressed one of "zero" and "really" among
them), or a consonant marked as syllabic (IPA)."""
_known: dict[str, str] = {}


def count_syllables(words: Iterable[str]) -> int:
    """Return how many syllables the words have as they would be spoken; signs alone have none.

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
