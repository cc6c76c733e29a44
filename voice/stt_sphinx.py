"""The embedded recognizer: PocketSphinx with the en-US model of its own wheel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from voice.audio import Clip, resample
from voice.errors import ModelError
from voice.transcript import Word

FRAMES_PER_S = 100
"""PocketSphinx counts frames of 10 ms."""

_ALTERNATE = re.compile(r"\(\d+\)$")


class SphinxEars:
    """Recognize English with PocketSphinx; satisfies voice.stt.Ears."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        """Load the model.

        Raises:
            ModelError: the wheel's model cannot be loaded.
        """
        self.name = "pocketsphinx:en-us"
        self._terms = tuple(terms)
        try:
            import pocketsphinx

            self._decoder: Any = pocketsphinx.Decoder(loglevel="FATAL")
        except (ImportError, RuntimeError, OSError, ValueError) as error:
            raise ModelError(
                f"cannot load the PocketSphinx en-US model ({error});"
                " reinstall it with: pip install --force-reinstall pocketsphinx"
            ) from error

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of the clip, times in seconds from its start."""
        sound = resample(clip)
        if not len(sound.samples):
            return ()
        decoder = self._decoder
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(sound.samples.astype("<i2").tobytes(), full_utt=True)
        decoder.end_utt()
        return tuple(
            Word(
                _ALTERNATE.sub("", part.word),
                part.start_frame / FRAMES_PER_S,
                (part.end_frame + 1) / FRAMES_PER_S,
                min(1.0, part.prob),
            )
            for part in decoder.seg() or ()
            if part.word[0] not in "<[+"
        )
