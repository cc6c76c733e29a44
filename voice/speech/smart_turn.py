"""Has the person finished, by the sound of it? Smart Turn v3.2 on the last seconds."""

from pathlib import Path

import numpy as np

from voice.audio.clip import SAMPLE_RATE_HZ, Samples
from voice.errors import ModelError
from voice.onnx import open_model

WINDOW_S = 8.0
"""The model hears so many seconds; what is shorter gets zeros before it."""
_LEAST_VARIANCE = 1e-7


class SmartTurn:
    """Tell from intonation and words together how likely a turn has ended.

    The model (pipecat-ai/smart-turn-v3, BSD-2) wants Whisper's log-mel of the last WINDOW_S,
    normalized with zeros in front, as in pipecat's local_smart_turn_v3.py. A call takes 30 ms.
    """

    def __init__(self, path: Path) -> None:
        # The package before its module: another thread may just be importing it for Whisper, and
        # the two would wait for each other.
        import faster_whisper  # noqa: F401
        from faster_whisper.feature_extractor import FeatureExtractor

        self._path = path
        self._session = open_model(path)
        self._log_mel = FeatureExtractor()

    def probability(self, samples: Samples) -> float:
        """Return the probability that the turn has ended at the end of samples at SAMPLE_RATE_HZ.

        ModelError where the file is another model.
        """
        wanted = round(WINDOW_S * SAMPLE_RATE_HZ)
        last = samples[-wanted:].astype(np.float32) / 32768
        sound = np.pad(last, (wanted - len(last), 0))
        sound = (sound - sound.mean()) / np.sqrt(sound.var() + _LEAST_VARIANCE)
        features = self._log_mel(sound, padding=0)[np.newaxis]
        try:
            (ended,) = self._session.run(None, {"input_features": features})
            return float(ended.reshape(-1)[0])
        except Exception as error:  # onnxruntime's own exceptions share no public base
            raise ModelError(
                f"{self._path} is not Smart Turn v3.2; fetch it again: rehearse setup smart-turn"
            ) from error
