"""The interviewer's own voice in the microphone, interruptions and backchannels over it.

Through the whole channel in simulated rooms: recorded responses, real speech as the person who
interrupts, Piper as the interviewer, Whisper as the recognizer.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.echo_sounds import Sound, interruptions, no_interruptions  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from voice.audio import SAMPLE_RATE_HZ, Clip, Samples, read_audio  # noqa: E402
from voice.channel import Parts, SpokenChannel  # noqa: E402
from voice.engines import choose_recognizer, choose_synthesizer  # noqa: E402
from voice.port import Frame  # noqa: E402
from voice.room import RoomPort  # noqa: E402
from voice.room.port import Room  # noqa: E402
from voice.room.script import Floor, Script  # noqa: E402
from voice.room.sound import EchoPath  # noqa: E402
from voice.room.speech import Cue  # noqa: E402
from voice.turn import POST_ROLL_S, PRE_ROLL_S  # noqa: E402

SHARED = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
ROOMS = ("rir1", "rir2", "rir48000")
LEVELS_DB = (-35.0, -20.0, -6.0)
DELAYS_MS = (40.0, 200.0)
DISTORTION = 0.1
INTERRUPTIONS = 60
OTHERS = 60
NOTICED_S = 0.4
ALONE_S = 34.0
"""Of the interviewer's speech alone in each of the 18 rooms: 10 minutes in all."""
QUESTIONS = (
    "Walk me through the design of a system that you would build for ten million users a day.",
    "Tell me about a disagreement in your team, how it was settled, and what you learnt from it.",
    "Suppose that the main database fails in the middle of the night. What happens next?",
    "What went wrong in your last project, and what would you do differently if you began again?",
    "How do you decide when a model is good enough to ship, and who has the last word on that?",
)


class Over(Script):
    """A candidate who says one sound over the interviewer, at a time after it began."""

    def __init__(self) -> None:
        super().__init__(())
        self.clip: Clip | None = None
        self.over_s = 0.0
        self.start_s = 0.0
        self._due: int | None = None

    def say(self, clip: Clip, over_s: float) -> None:
        """Say a clip over what the interviewer says next."""
        self.clip, self.over_s, self._due = clip, over_s, None

    def cues(self, floor: Floor, end_sample: int) -> list[Cue]:
        """Return the sound when its moment has come."""
        if self.clip is None:
            return []
        if self._due is None and floor.speaking:
            self._due = end_sample + round(self.over_s * SAMPLE_RATE_HZ)
        if self._due is None or self._due >= end_sample:
            return []
        clip, self.clip, self.start_s = self.clip, None, self._due / SAMPLE_RATE_HZ
        return [Cue.of(self._due, clip)]


class Watched(RoomPort):
    """A room that knows when its loudspeaker was silenced."""

    now_s = 0.0
    silenced_s: float | None = None

    def read(self) -> Frame:
        """Return the next frame."""
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
    """A room and what is said over the interviewer in it."""

    room: str
    """The impulse response."""
    level_db: float
    """The echo against what the loudspeaker was given."""
    delay_ms: float
    """On top of the response's own delay."""
    sounds: tuple[tuple[bool, float, Sound], ...]
    """Whether it interrupts, when after the interviewer's beginning, and the sound."""
    drift_ppm: float = 0.0
    """The loudspeaker's clock against the microphone's."""


def response(name: str) -> Samples:
    """Return an impulse response from its peak on, without the noise after its decay.

    rir2 has no decay that can be told from its noise beyond 0.1 s.
    """
    samples = read_audio(SHARED / "rooms" / f"{name}.wav").samples
    peak = int(np.argmax(np.abs(samples)))
    length = SAMPLE_RATE_HZ // 10 if name == "rir2" else len(samples)
    return samples[max(0, peak - 16) : peak + length]


def tasks() -> list[Task]:
    """Deal the sounds out to the rooms, and again to three with clocks that drift."""
    rng = np.random.default_rng(5)
    near, others = interruptions(SHARED), no_interruptions(SHARED)
    near = [near[i] for i in rng.permutation(INTERRUPTIONS) % len(near)]
    others = [others[i] for i in rng.permutation(len(others))[:OTHERS]]
    mixed = [(True, s) for s in near] + [(False, s) for s in others]
    # The shortest question lasts 4.2 s.
    moments = rng.uniform(0.3, 3.3, len(mixed))
    timed = [(kind, float(t), s) for (kind, s), t in zip(mixed, moments, strict=True)]
    rooms = list(product(ROOMS, LEVELS_DB, DELAYS_MS))
    order = rng.permutation(len(rooms))
    made = [Task(*rooms[k], tuple(timed[i :: len(rooms)])) for i, k in enumerate(order)]
    drifting = [replace(t, drift_ppm=100.0, sounds=()) for t in made
                if t.level_db == -20.0 and t.delay_ms == 40.0]  # fmt: skip
    return made + drifting


def hold(task: Task) -> list[dict[str, Any]]:
    """Let the interviewer speak in a room, and return what each sound did."""
    path = EchoPath(response(task.room).astype(np.float64), task.delay_ms, task.level_db,
                    DISTORTION, task.drift_ppm)  # fmt: skip
    script = Over()
    with (
        tempfile.TemporaryDirectory() as folder,
        Watched(script, room=Room(echo=path)) as port,
        SpokenChannel(
            Parts(
                port,
                choose_recognizer(None, ()).engine,
                choose_synthesizer(None).engine,
                Path(folder),
            ),
            lambda _: None,
            lambda: None,
        ) as channel,
    ):
        rows = [_alone(port, channel)]
        for number, (interrupts, over_s, sound) in enumerate(task.sounds):
            script.say(sound.clip, over_s)
            port.silenced_s = None
            said = channel.say(QUESTIONS[number % len(QUESTIONS)])
            row = {"kind": "over" if interrupts else "other", "name": sound.name,
                   "stopped": said.stopped_by, "held": said.held, "at_s": over_s,
                   "noticed_s": (port.silenced_s or 99.0) - script.start_s}  # fmt: skip
            if interrupts:
                row |= _kept(channel, script.start_s, sound)
            rows.append(row)
    about = {"room": task.room, "level_db": task.level_db, "delay_ms": task.delay_ms,
             "drift_ppm": task.drift_ppm}  # fmt: skip
    return [row | about for row in rows]


def _alone(port: Watched, channel: SpokenChannel) -> dict[str, Any]:
    """Let it speak for ALONE_S with nobody else there."""
    held = stopped = words = 0
    began_s, number = channel.now_s, 0
    while channel.now_s - began_s < ALONE_S:
        said = channel.say(QUESTIONS[number % len(QUESTIONS)])
        held += said.held
        number += 1
        if said.stopped_by:
            stopped += 1
            words += len(channel.listen().text.split())
    return {"kind": "alone", "held": held, "stopped": stopped, "words": words,
            "seconds": channel.now_s - began_s}  # fmt: skip


def _kept(channel: SpokenChannel, began_s: float, sound: Sound) -> dict[str, Any]:
    """Return how many of the words lie whole in the turn, with what goes along before and after.

    Whether the recognizer then understands them is not counted.
    """
    heard = channel.listen()
    hearing = channel.turn.hearing
    if hearing.first_voice_s is None:
        return {"words": len(sound.words), "kept": 0, "text": heard.text}
    from_s = hearing.first_voice_s - PRE_ROLL_S - began_s
    to_s = hearing.last_voice_s + POST_ROLL_S - began_s
    kept = sum(from_s <= start and end <= to_s for start, end in sound.words)
    return {"words": len(sound.words), "kept": kept, "text": heard.text}


def figures(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the table."""
    alone = [r for r in rows if r["kind"] == "alone" and not r["drift_ppm"]]
    over = [r for r in rows if r["kind"] == "over"]
    others = [r for r in rows if r["kind"] == "other"]
    minutes = sum(r["seconds"] for r in alone) / 60

    def row(figure: str, value: str, goal: str = "") -> dict[str, Any]:
        return {"figure": figure, "value": value, "goal": goal}

    def noticed(some: list[dict[str, Any]]) -> str:
        return f"{np.mean([r['noticed_s'] <= NOTICED_S for r in some]):.1%}"

    drift = [r for r in rows if r["drift_ppm"]]
    words = sum(r["words"] for r in over)
    times = [r["noticed_s"] for r in over]
    by_level = [
        row(f"  echo {db:.0f} dB", noticed([r for r in over if r["level_db"] == db]))
        for db in LEVELS_DB
    ]
    return [
        row(f"its own speech, {minutes:.1f} min: floor given up",
            str(sum(r["stopped"] for r in alone)), "0"),
        row("  words transcribed", str(sum(r["words"] for r in alone)), "0"),
        row("  fell silent for a moment", str(sum(r["held"] for r in alone))),
        row(f"clocks 100 ppm apart, {sum(r['seconds'] for r in drift) / 60:.1f} min: given up",
            str(sum(r["stopped"] for r in drift))),
        row("  fell silent for a moment", str(sum(r["held"] for r in drift))),
        row(f"{len(over)} interruptions: noticed within 400 ms", noticed(over), "95 %"),
        *by_level,
        row("  median", f"{np.median(times):.2f} s"),
        row("  took the floor", f"{np.mean([bool(r['stopped']) for r in over]):.1%}"),
        row(f"  {words} words: kept", f"{sum(r['kept'] for r in over) / words:.1%}", "98 %"),
        row(f"{len(others)} backchannels, coughs, taps: stopped it for good",
            f"{np.mean([bool(r['stopped']) for r in others]):.1%}", "5 %"),
        row("  fell silent for a moment", f"{np.mean([r['held'] > 0 for r in others]):.1%}"),
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--each", type=Path, help="write what every sound did to this file")
    args = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(2) as pool, Path(args.each or os.devnull).open("w") as each:
        for some in pool.map(hold, tasks()):
            rows += some
            print(*map(json.dumps, some), sep="\n", file=each, flush=True)
    show(figures(rows), args.json)


if __name__ == "__main__":
    main()
