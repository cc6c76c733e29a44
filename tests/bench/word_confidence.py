"""Measure how a recognizer's mean word probability goes with its errors: agent/scorable.py.

`python -m tests.bench.word_confidence [--json] [--stt whisper:NAME]`: real speech of the shared
data folder, as it is and in white noise at 10, 5 and 0 dB, which makes errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from agent.after.recognition import transcribe
from agent.scorable import UNSURE_MEAN
from tests.bench.table import arguments, show
from tests.bench.wer import word_error_rate
from tests.need import shared
from voice.audio import Clip, read_audio
from voice.engines import choose_recognizer
from voice.stt import Recognizer
from voice.transcript import text_of

FOLDERS = ("read", "spontaneous", "casual")
SNRS_DB = (None, 10.0, 5.0, 0.0)


def noisy(clip: Clip, snr_db: float | None) -> Clip:
    """Return a clip with white noise so far below its mean level; None for none."""
    if snr_db is None:
        return clip
    samples = clip.samples.astype(np.float64)
    level = np.sqrt(np.mean(np.square(samples))) * 10 ** (-snr_db / 20)
    noise = np.random.default_rng(7).normal(0.0, level, len(samples))
    return Clip(np.clip(samples + noise, -32768, 32767).astype(np.int16))


def rows(recognizer: Recognizer) -> Iterator[dict[str, Any]]:
    """Return a row a recording: mean probability, errors, words heard of words said."""
    paths = [path for folder in FOLDERS for path in shared(f"speech/{folder}").glob("*.wav")]
    for snr_db in SNRS_DB:
        for path in sorted(paths):
            said = path.with_suffix(".txt")
            clip = noisy(read_audio(path), snr_db)
            words = [w for part in transcribe(clip, recognizer) for w in part]
            mean = sum(word.probability for word in words) / max(1, len(words))
            errors = word_error_rate(said.read_text(encoding="utf-8"), text_of(words))
            count = f"{len(words)} of {len(said.read_text(encoding='utf-8').split())} words"
            yield {
                "figure": f"{path.stem}, {snr_db or 'as it is'}: mean probability, errors; {count}",
                "value": f"{mean:.2f} {errors:4.0%}",
                "goal": "",
                "scored": mean >= UNSURE_MEAN,
            }


def main() -> None:
    """Print the table."""
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--stt", help="recognizer (default: the one that interviews)")
    args = parser.parse_args()
    recognizer = choose_recognizer(args.stt, ()).engine
    show(list(rows(recognizer)), args.json)


if __name__ == "__main__":
    main()
