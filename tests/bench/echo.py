"""The interviewer's own voice in the microphone, interruptions and backchannels over it.

Through the whole channel in simulated rooms: recorded responses, people's speech as the one who
interrupts, Piper as the interviewer, Whisper as the recognizer.
"""

import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.table import arguments, show
from tests.need import ROOT
from tests.noises import cough
from tests.rooms import EchoPath, EchoRoom
from voice.audio.clip import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    SILENCE_DBFS,
    Clip,
    Samples,
    join,
    resample,
)
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.audio.silero import HighPass
from voice.ports.room import Floats, Replies
from voice.speech.engines import choose_recognizer, choose_synthesizer
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.turn import POST_ROLL_S, PRE_ROLL_S

SHARED = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
ROOMS = tuple(product(("rir1", "rir2", "rir48000"), (-35.0, -20.0, -6.0), (40.0, 200.0)))
"""Impulse response, level of the echo in dB, delay in ms."""
DISTORTION = 0.1
SOUNDS = 60
"""So many interruptions, and so many sounds that are none."""
NOTICED_S = 0.4
ALONE_S = 34.0
"""Of the interviewer's speech alone in each of the 18 rooms: 10 minutes in all."""
NEAR_DBFS = -26.0
"""Level of the person's voice at the microphone, pauses not counted (ITU-T P.56's usual one)."""
LENGTH_S, PAUSE_S, FEWEST_WORDS = 2.5, 0.12, 4
ACTIVE_MARGIN_DB = 15.9
"""ITU-T P.56: speech is active where its level is at most this far below the active level."""
BACKCHANNELS = ("um hum", "yeah", "okay", "right", "sure", "uh huh", "I see")
QUESTIONS = (
    "Walk me through the design of a system that you would build for ten million users a day.",
    "Tell me about a disagreement in your team, how it was settled, and what you learnt from it.",
    "Suppose that the main database fails in the middle of the night. What happens next?",
    "What went wrong in your last project, and what would you do differently if you began again?",
)


@dataclass(frozen=True, eq=False)
class Sound:
    """Something heard over the interviewer; `words` has start and end of each, for a person's."""

    name: str
    clip: Clip
    words: tuple[tuple[float, float], ...] = ()


def interruptions() -> list[Sound]:
    """Return people's speech after a pause, four words or more in 2.5 s, with hand-made times."""
    found: list[Sound] = []
    folder = SHARED / "spontaneous"
    for name, item in json.loads((folder / "words.json").read_text()).items():
        recorded = read_audio(folder / f"{name}.wav")
        # Rumble holds 98 % of one recording's energy.
        clip = Clip((HighPass()(recorded.samples) * 32768).astype(np.int16))
        times = [(word["start"], word["end"]) for word in item["words"]]
        for (_, before_s), (start_s, _) in zip([(0.0, 0.0), *times], times, strict=False):
            words = [(a, b) for a, b in times if start_s <= a and b <= start_s + LENGTH_S]
            if start_s - before_s >= PAUSE_S and len(words) >= FEWEST_WORDS:
                cut = at_level(clip.between(start_s, words[-1][1]), NEAR_DBFS)
                found.append(Sound(name, cut, tuple((a - start_s, b - start_s) for a, b in words)))
    return found


def no_interruptions() -> list[Sound]:
    """Return Piper's backchannels, coughs, knocks and a rub."""
    voice = choose_synthesizer(None).engine
    said = [
        Sound(text, at_level(join([resample(c) for c in voice.speak(text)]), level))
        for text in BACKCHANNELS
        for level in (NEAR_DBFS, -32.0)
    ]
    coughs = [Sound("cough", at_level(cough(seed), -20.0)) for seed in range(19)]
    knocks = [
        Sound(name, at_level(read_audio(SHARED / "noise" / f"{name}.wav").between(0, 1.2), level))
        for name in ("laptop-tap", "phone-rub")
        for level in (-20.0, -26.0, -32.0)
    ]
    return [*said, *coughs, *knocks]


def at_level(clip: Clip, level_dbfs: float) -> Clip:
    """Return the clip at an active level."""
    gain = 10 ** ((level_dbfs - active_level_dbfs(clip.samples.astype(np.float64))) / 20)
    return Clip(np.clip(clip.samples * gain, -32768, 32767).astype(np.int16), clip.rate_hz)


def active_level_dbfs(speech: Floats) -> float:
    """Return the RMS level of speech without its pauses: ITU-T P.56, on frames of 20 ms."""
    frames = speech[: len(speech) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames / 32768.0), axis=1)
    if not power.any():
        return SILENCE_DBFS
    active = float(np.mean(power))
    # Each step leaves out pauses, so the level rises until only speech is left.
    for _ in range(20):
        active = float(np.mean(power[power >= active * 10 ** (-ACTIVE_MARGIN_DB / 10)]))
    return float(10 * np.log10(active))


class Counting:
    """A recognizer that counts what it is given and what it makes of it."""

    def __init__(self, engine: Recognizer) -> None:
        self.name, self._engine = engine.name, engine
        self.dropped = self.clips = self.words = 0

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Recognize a clip."""
        found = tuple(self._engine.transcribe(clip))
        self.clips, self.words = self.clips + 1, self.words + len(found)
        return found


class Watched(EchoRoom):
    """A room that knows when its loudspeaker was silenced, and says a sound over it."""

    now_s = start_s = over_s = 0.0
    silenced_s: float | None = None
    clip: Clip | None = None

    def say(self, clip: Clip, over_s: float) -> None:
        """Say a clip over what the interviewer says next, at a time after it began."""
        self.clip, self.over_s = clip, over_s

    def read(self) -> Frame:
        """Return the next frame."""
        if self.clip is not None and self.playing:
            self.start_s = self.now_s + self.over_s
            self.sound(self.start_s, self.clip)
            self.clip = None
        frame = super().read()
        self.now_s = frame.end_s
        return frame

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent."""
        if self.silenced_s is None:
            self.silenced_s = self.now_s
        return super().stop()


@dataclass(frozen=True, eq=False)
class Task:
    """A room, and what is said over the interviewer in it after how many seconds."""

    room: str
    level_db: float
    delay_ms: float
    sounds: tuple[tuple[float, Sound], ...]
    drift_ppm: float = 0.0


def response(name: str) -> Samples:
    """Return an impulse response from its peak on; rir2 is noise beyond 0.1 s."""
    samples = read_audio(SHARED / "rooms" / f"{name}.wav").samples
    peak = int(np.argmax(np.abs(samples)))
    length = SAMPLE_RATE_HZ // 10 if name == "rir2" else len(samples)
    return samples[max(0, peak - 16) : peak + length]


def tasks() -> list[Task]:
    """Deal the sounds out to the rooms, and again to three with clocks that drift."""
    rng = np.random.default_rng(5)
    sounds: list[Sound] = []
    for some in (interruptions(), no_interruptions()):
        sounds += [some[i] for i in rng.permutation(SOUNDS) % len(some)]
    # The shortest question lasts 4.2 s.
    timed = list(zip(rng.uniform(0.3, 3.3, len(sounds)).tolist(), sounds, strict=True))
    order = rng.permutation(len(ROOMS))
    made = [Task(*ROOMS[k], tuple(timed[i :: len(ROOMS)])) for i, k in enumerate(order)]
    near = [task for task in made if (task.level_db, task.delay_ms) == (-20.0, 40.0)]
    return made + [replace(task, drift_ppm=100.0, sounds=()) for task in near]


def hold(task: Task) -> list[dict[str, Any]]:
    """Let the interviewer speak in a room, and return what each sound did."""
    path = EchoPath(
        impulse_response=response(task.room).astype(np.float64),
        delay_ms=task.delay_ms,
        level_db=task.level_db,
        distortion=DISTORTION,
        drift_ppm=task.drift_ppm,
    )
    recognizer = Counting(choose_recognizer(None, ()).engine)
    voice = choose_synthesizer(None).engine
    with tempfile.TemporaryDirectory() as folder, Watched(Replies(), path) as port:
        parts = Parts(port, recognizer, voice, Path(folder))
        with SpokenChannel(parts, lambda _: None, lambda: None) as channel:
            rows = [_alone(channel) | {"clips": recognizer.clips, "words": recognizer.words}]
            for number, (over_s, sound) in enumerate(task.sounds):
                port.say(sound.clip, over_s)
                port.silenced_s = None
                said = channel.say(QUESTIONS[number % len(QUESTIONS)])
                row = {"kind": "over" if sound.words else "other", "name": sound.name}
                row |= {"stopped": said.stopped_by, "held": said.held}
                row |= {"noticed_s": (port.silenced_s or 99.0) - port.start_s}
                if sound.words:
                    row |= _kept(channel, port.start_s, sound)
                rows.append(row)
    about = {"room": task.room, "level_db": task.level_db, "drift_ppm": task.drift_ppm}
    return [row | about for row in rows]


def _alone(channel: SpokenChannel) -> dict[str, Any]:
    """Let it speak for ALONE_S with nobody else there."""
    began_s, said = channel.now_s, []
    while channel.now_s - began_s < ALONE_S:
        said.append(channel.say(QUESTIONS[len(said) % len(QUESTIONS)]))
    held, stopped = sum(each.held for each in said), sum(bool(each.stopped_by) for each in said)
    return {"kind": "alone", "held": held, "stopped": stopped, "seconds": channel.now_s - began_s}


def _kept(channel: SpokenChannel, began_s: float, sound: Sound) -> dict[str, Any]:
    """Return how many of the words lie whole in the turn, with what goes along before and after."""
    channel.listen()
    hearing = channel.turn.hearing
    if hearing.first_voice_s is None:
        return {"words": len(sound.words), "kept": 0}
    from_s = hearing.first_voice_s - PRE_ROLL_S - began_s
    to_s = hearing.last_voice_s + POST_ROLL_S - began_s
    kept = sum(from_s <= start and end <= to_s for start, end in sound.words)
    return {"words": len(sound.words), "kept": kept}


def figures(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the table."""
    found: list[dict[str, Any]] = []

    def row(figure: str, value: object, goal: str = "") -> None:
        found.append({"figure": figure, "value": str(value), "goal": goal})

    for name, drifts in (("its own speech", False), ("clocks 100 ppm apart", True)):
        alone = [r for r in rows if r["kind"] == "alone" and bool(r["drift_ppm"]) is drifts]
        minutes = sum(r["seconds"] for r in alone) / 60
        row(f"{name}, {minutes:.1f} min: given up", sum(r["stopped"] for r in alone), "0")
        row("  fell silent for a moment", sum(r["held"] for r in alone))
        row("  sent to the recognizer", sum(r["clips"] for r in alone))
        row("  words of itself", sum(r["words"] for r in alone), "0")
    over = [r for r in rows if r["kind"] == "over"]
    for db in (None, -35.0, -20.0, -6.0):
        noticed = [r["noticed_s"] <= NOTICED_S for r in over if db in (None, r["level_db"])]
        what = f"{len(over)} interruptions: noticed within 400 ms" if db is None else f"  {db} dB"
        row(what, f"{np.mean(noticed):.1%}", "" if db else "95 %")
    row("  median", f"{np.median([r['noticed_s'] for r in over]):.2f} s")
    words = sum(r["words"] for r in over)
    row(f"  {words} words: kept", f"{sum(r['kept'] for r in over) / words:.1%}", "98 %")
    others = [r for r in rows if r["kind"] == "other"]
    stopped = np.mean([bool(r["stopped"]) for r in others])
    row(f"{len(others)} backchannels, coughs, taps: stopped it for good", f"{stopped:.1%}", "5 %")
    row("  fell silent for a moment", f"{np.mean([r['held'] > 0 for r in others]):.1%}")
    return found


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    with ProcessPoolExecutor(2) as pool:
        rows = [row for some in pool.map(hold, tasks()) for row in some]
    show(figures(rows), args.json)


if __name__ == "__main__":
    main()
