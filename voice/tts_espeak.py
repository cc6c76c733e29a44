"""A mouth that is always there: eSpeak NG from the wheel `espeakng-loader`."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import numpy as np

from voice import espeak
from voice.audio import Clip, Samples
from voice.errors import ModelError
from voice.spoken import clips_of

RATE_HZ = 22_050
"""What libespeak-ng gives out with its own (formant) voices."""
_UTF8 = 1
_CHARACTERS = 1
_RATE = 1
_OK = 0
_VOICE = re.compile(r"[A-Za-z0-9-]+(\+[A-Za-z0-9]+)?")
"""A language and a variant. eSpeak NG takes the name as part of a path: no slashes."""
_FILED_AS = {"en-gb": "en"}
"""Languages whose voice eSpeak NG 1.52 finds by its file's name only (lang/gmw/en)."""
# espeak-ng/speak_lib.h: t_espeak_callback(short *wav, int numsamples, espeak_EVENT *events)
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakMouth:
    """Speak with eSpeak NG; any number of mouths share the one library, one at a time."""

    name: str
    """"espeak:" and the voice."""
    slow = False
    """A sentence of 8 s takes 12 ms (one core of two, measured)."""

    def __init__(self, voice: str = "en-us", words_per_minute: int = 160) -> None:
        """Choose a voice ("en-us", "en-gb", with a variant "en-us+f3") and its speed.

        160 words a minute is the middle of the 120 to 170 that listeners find easy.

        Raises:
            ModelError: eSpeak NG cannot be loaded, or has no such voice.
        """
        language, plus, variant = voice.partition("+")
        self.name = f"espeak:{voice}"
        self._voice = f"{_FILED_AS.get(language.lower(), language)}{plus}{variant}".encode()
        self._words_per_minute = words_per_minute
        with espeak.LOCK:
            library = espeak.load()
            if not _VOICE.fullmatch(voice) or library.espeak_SetVoiceByName(self._voice) != _OK:
                raise ModelError(
                    f"eSpeak NG has no voice {voice!r};"
                    " try --tts espeak:en-us, espeak:en-gb or espeak:en-us+f3"
                )

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip at RATE_HZ per sentence, each as soon as it is made.

        Raises:
            ModelError: the library refuses a sentence.
        """
        return clips_of(text, self._synthesize)

    def _synthesize(self, sentence: str) -> Clip:
        """Return the sound of one sentence; plain text, so no SSML and no phoneme escapes."""
        parts: list[Samples] = []

        def keep(wav: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
            if wav and count > 0:
                parts.append(np.ctypeslib.as_array(wav, (count,)).astype(np.int16, copy=True))
            return 0

        callback = _CALLBACK(keep)
        data = sentence.encode("utf-8", "ignore")
        with espeak.LOCK:
            library = espeak.load()
            library.espeak_SetSynthCallback(callback)
            library.espeak_SetVoiceByName(self._voice)
            library.espeak_SetParameter(_RATE, self._words_per_minute, 0)
            status = library.espeak_Synth(data, len(data) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
            library.espeak_SetSynthCallback(None)
        if status != _OK:
            raise ModelError(
                f"eSpeak NG could not say {sentence[:40]!r} (status {status}); report this"
            )
        return Clip(np.concatenate([np.zeros(0, np.int16), *parts]), RATE_HZ)
