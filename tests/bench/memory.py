"""A simulated interview of 90 minutes: memory, and whether the same scenario is the same twice.

The demo's recorded answers come again and again through the simulated room, as fast as this
machine goes. For memory a Piper voice asks and the recognizer is scripted, so that the
interview's own process is weighed; the journals that are compared are of Whisper, in two
processes, and of a voice without chance in it (tests/tiny_piper.py): Piper says nothing twice in
the same way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief.read import read_brief  # noqa: E402
from agent.demo import read_manifest  # noqa: E402
from agent.interviewer.interviewer import Interviewer, RulesInterviewer  # noqa: E402
from agent.interviewer.plan import Plan  # noqa: E402
from agent.session import Session, SessionMeta  # noqa: E402
from agent.start import Stage, hold_spoken  # noqa: E402
from agent.turns import Move, Turn  # noqa: E402
from tests.bench.moments import ScriptedRecognizer, TimedPort  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.tiny_piper import write_voice  # noqa: E402
from voice.audio import Clip, read_audio  # noqa: E402
from voice.engines import choose_ending, choose_recognizer, choose_synthesizer  # noqa: E402
from voice.room import RoomPort  # noqa: E402
from voice.stt import Recognizer  # noqa: E402
from voice.talk import ChannelEvent, Heard  # noqa: E402

SETTLED_MIN = 10.0
"""Memory is compared from this minute on: models are loaded, buffers have their size."""
GOAL_MB = 20.0
TWICE_MIN = 3.0
"""Length of the interview that is held twice."""


class Endless:
    """A candidate who gives the demo's answers again and again."""

    ended = False

    def __init__(self) -> None:
        demo = ROOT / "recordings" / "demo"
        names = [name for name, clip in read_manifest(demo).clips.items() if clip.kind == "answer"]
        self._clips: Iterator[Clip] = cycle([read_audio(demo / name) for name in names])

    def next_reply(self) -> Clip | None:
        return next(self._clips)


@dataclass(frozen=True)
class PatientInterviewer:
    """Ask the plan's questions in turn until the time is over, follow-ups left out."""

    plan: Plan
    inner: Interviewer
    minutes: float
    name: str = "rules"
    notes: tuple[str, ...] = ()

    def opening(self) -> Move:
        return self.inner.opening()

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        if now_s >= self.minutes * 60:
            return Move("closing", "Thank you. Good bye.", "the time is over")
        item = self.plan.items[len(turns) % len(self.plan.items)]
        return Move("question", item.question.text, item.reason, lead_in="Thank you.")


@dataclass
class Scale:
    """Weigh this process whenever a turn has ended."""

    port: TimedPort
    weighed: list[tuple[float, float]] = field(default_factory=list)

    def on_heard(self, _heard: Heard) -> None:
        self.weighed.append((self.port.now_s / 60, resident_mb()))

    def on_move(self, move: Move) -> None:
        pass

    def on_event(self, event: ChannelEvent) -> None:
        pass


def resident_mb() -> float:
    """Return the resident memory of this process, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("this system does not tell a process's memory in /proc")


def hold(folder: Path, minutes: float, stt: str) -> dict[str, Any]:
    """Hold one interview in this process and weigh it."""
    brief = read_brief(str(ROOT / "briefs" / "ml-systems-fellow.md"))
    from agent.interviewer.plan import make_plan

    plan = make_plan(brief, 60.0)
    interviewer = PatientInterviewer(plan, RulesInterviewer(brief, plan), minutes)
    scripted = stt == "scripted"
    recognizer: Recognizer = ScriptedRecognizer() if scripted else choose_recognizer(stt, ()).engine
    voice = None if scripted else f"piper:{write_voice(folder / 'voice')}"
    stage = Stage(
        Session(folder / "session", SessionMeta(brief=brief)),
        interviewer,
        (),
        recognizer,
        choose_synthesizer(voice).engine,
        choose_ending().engine,
    )
    began_s = time.monotonic()
    with TimedPort(RoomPort(Endless())) as port:
        scale = Scale(port)
        hold_spoken(stage, port, [scale])
    return {"weighed": scale.weighed, "took_s": time.monotonic() - began_s}


def in_a_process(folder: Path, minutes: float, stt: str) -> dict[str, Any]:
    """Hold one interview in a process of its own."""
    folder.mkdir()
    words = ["--inside", str(folder), "--minutes", str(minutes), "--stt", stt]
    command = [sys.executable, str(Path(__file__).resolve()), *words]
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    held: dict[str, Any] = json.loads(done.stdout)
    return held


def rows_of(held: dict[str, Any], journals: list[bytes]) -> list[dict[str, str]]:
    """Return the figures."""
    weighed = [(minute, mb) for minute, mb in held["weighed"] if minute >= SETTLED_MIN]
    first, last = weighed[0], weighed[-1]
    most = max(mb for _, mb in weighed)
    turns = journals[0].count(b'"event": "heard"')
    return [
        {"figure": f"memory at minute {first[0]:.0f}", "value": f"{first[1]:.0f} MB", "goal": ""},
        {"figure": f"memory at minute {last[0]:.0f}", "value": f"{last[1]:.0f} MB", "goal": ""},
        {
            "figure": "most memory after that, above the first",
            "value": f"{most - first[1]:.1f} MB",
            "goal": f"{GOAL_MB:.0f} MB",
        },
        {"figure": "turns", "value": str(len(held["weighed"])), "goal": ""},
        {
            "figure": "machine time for the simulated session",
            "value": f"{held['took_s']:.0f} s",
            "goal": "",
        },
        {
            "figure": f"the journal of the same {turns} turns twice",
            "value": "identical" if journals[0] == journals[1] else "DIFFERENT",
            "goal": "identical",
        },
    ]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--minutes", type=float, default=90.0, help="length of the session")
    parser.add_argument("--stt", default="auto", help="for the two journals")
    parser.add_argument("--inside", type=Path, help="(internal) hold one session in this folder")
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(hold(args.inside, args.minutes, args.stt)))
        return
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        folder = Path(name)
        journals = []
        for number in range(2):
            in_a_process(folder / str(number), TWICE_MIN, args.stt)
            journals.append((folder / str(number) / "session" / "events.jsonl").read_bytes())
        held = in_a_process(folder / "long", args.minutes, "scripted")
    show(rows_of(held, journals), args.json)


if __name__ == "__main__":
    main()
