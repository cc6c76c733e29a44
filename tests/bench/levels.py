"""At which level, signal-to-noise ratio and share of clipped samples recognition falls apart.

Behind the thresholds of voice.levels: people reading (shared data), as they are and then quieter,
in noise, or overdriven, heard by Whisper base and tiny.en. Beside the word error rates stands what
the level watch reads from the same sound, because its thresholds are in those terms, and the share
of the voiced frames that the live detector still finds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.table import arguments, show  # noqa: E402
from tests.bench.wer import edits, normalized  # noqa: E402
from tests.need import shared  # noqa: E402
from voice.audio import (  # noqa: E402
    FRAME_SAMPLES,
    Clip,
    Samples,
    level_dbfs,
    read_audio,
    silence,
)
from voice.engines import choose_recognizer  # noqa: E402
from voice.levels import LevelWatch, mean_dbfs  # noqa: E402
from voice.spans import voice_spans  # noqa: E402
from voice.stt import Recognizer  # noqa: E402
from voice.transcript import text_of  # noqa: E402
from voice.vad import VoiceDetector  # noqa: E402

READINGS = ("jfk", "LJ001-0004", "LJ001-0013", "librivox-0870", "librivox-0920", "librivox-0930")
USUAL_DBFS = -26.0
"""The level of active speech at which noise is added (the 26 dB of ITU-T P.56's practice)."""
ROOM_DBFS = -80.0
"""A quiet room and the microphone's own noise."""
LEVELS_DBFS = (-26, -40, -45, -50, -55, -60)
SNRS_DB = (20, 15, 10, 5)
CLIPPED = (0.001, 0.01, 0.03, 0.1)


@dataclass(frozen=True)
class Said:
    """A reading and its sound, between half seconds of silence."""

    text: str
    """What was said."""
    samples: npt.NDArray[np.float64]
    """The sound, in units of full scale."""
    voiced: npt.NDArray[np.bool_]
    """For each frame whether it is voice, from the clean sound."""


def readings() -> Iterator[Said]:
    """Yield the readings at USUAL_DBFS."""
    for name in READINGS:
        path = shared(f"speech/read/{name}.wav")
        pad = silence(1.0).samples
        samples = np.concatenate((pad, read_audio(path).samples, pad))
        samples = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES]
        voiced = np.zeros(len(samples) // FRAME_SAMPLES, bool)
        for span in voice_spans(Clip(samples)):
            voiced[round(span.start_s * 50) : round(span.end_s * 50)] = True
        active = samples.reshape(-1, FRAME_SAMPLES)[voiced].reshape(-1)
        gain = 10 ** ((USUAL_DBFS - level_dbfs(active)) / 20) / 32768
        yield Said(path.with_suffix(".txt").read_text(encoding="utf-8"), samples * gain, voiced)


def room(count: int, level: float) -> npt.NDArray[np.float64]:
    """Return white noise in units of full scale."""
    return np.random.default_rng(4).normal(0.0, 10 ** (level / 20), count)


def recorded_noise(count: int, level: float) -> npt.NDArray[np.float64]:
    """Return the room recorded in shared/speech/noise."""
    samples = read_audio(shared("speech/noise/noise1.wav")).samples[:count].astype(float)
    return samples * 10 ** ((level - level_dbfs(samples.astype(np.int16))) / 20) / 32768


def conditions() -> Iterator[tuple[str, Any]]:
    """Yield the name of each condition, and what it does to a sound."""
    for level in LEVELS_DBFS:
        gain = 10 ** ((level - USUAL_DBFS) / 20)
        yield f"voice at {level} dBFS", lambda s, g=gain: s * g + room(len(s), ROOM_DBFS)
    for kind, noise in (("white", room), ("room", recorded_noise)):
        for snr in SNRS_DB:
            level = USUAL_DBFS - snr
            yield f"{kind} noise {snr} dB below", lambda s, n=noise, v=level: s + n(len(s), v)
    for share in CLIPPED:
        yield f"clipped {share:.1%} of voice", lambda s, c=share: overdriven(s, c)


def overdriven(sound: npt.NDArray[np.float64], share: float) -> npt.NDArray[np.float64]:
    """Return the sound so loud that `share` of its voice goes beyond full scale."""
    loud = np.sort(np.abs(sound[np.abs(sound) > 1e-4]))
    return sound / loud[int((1 - share) * len(loud))] + room(len(sound), ROOM_DBFS)


def written(sound: npt.NDArray[np.float64]) -> Samples:
    """Return the sound as a microphone's 16-bit samples."""
    return np.round(sound * 32768).clip(-32768, 32767).astype(np.int16)


def watched(samples: Samples) -> tuple[LevelWatch, npt.NDArray[np.bool_]]:
    """Return the watch after the sound, and which frames the live detector called voice."""
    watch, detector = LevelWatch(), VoiceDetector()
    found = []
    for frame in samples.reshape(-1, FRAME_SAMPLES):
        found.append(detector.is_voice(frame))
        watch = watch.after(frame, found[-1])
    return watch, np.array(found)


def measured(
    name: str, spoil: Any, said: list[Said], recognizers: dict[str, Recognizer]
) -> dict[str, Any]:
    """Return the row of one condition."""
    wrong = dict.fromkeys(recognizers, 0)
    words, levels, above, found = 0, [], [], []
    for each in said:
        samples = written(spoil(each.samples))
        watch, voiced = watched(samples)
        found.append(float(np.mean(voiced[each.voiced])))
        if watch.voice:
            levels.append(mean_dbfs(watch.voice))
            above.append(levels[-1] - float(np.median(watch.room)))
        reference = normalized(each.text)
        words += len(reference)
        for key, listener in recognizers.items():
            heard = text_of(listener.transcribe(Clip(samples)))
            wrong[key] += edits(reference, normalized(heard))
    rates = ", ".join(f"{key} {wrong[key] / words:.0%}" for key in recognizers)
    told = f"level {np.mean(levels):.0f}, above {np.mean(above):.0f}" if levels else "none"
    return {"figure": f"{name}: {rates}", "value": f"{told}, {np.mean(found):.0%}", "goal": ""}


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    recognizers: dict[str, Recognizer] = {
        name: choose_recognizer(f"whisper:{name}", ()).engine for name in ("base", "tiny.en")
    }
    said = list(readings())
    show([measured(name, spoil, said, recognizers) for name, spoil in conditions()], args.json)


if __name__ == "__main__":
    main()
