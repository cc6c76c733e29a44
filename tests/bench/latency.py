"""From the end of an answer to the interviewer's first sound, and where the time goes.

`python -m tests.bench.latency --realtime` holds an interview through PortAudio and a private
PulseAudio: flite's answers go into a virtual microphone, and both recorded tracks say when who was
heard. Without --realtime the simulated room is used. `--stt scripted` has words at once.

waiting      the silence that was needed before the turn counted as ended
recognizing  from the last stretch's end to its words, where the turn waited for them
behind       sound that had come in and was not looked at yet: a machine that is too busy
deciding     from the end of the turn to the move
speaking     from the move to the first sample out
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.brief.read import read_brief
from agent.interview.start import Wish, hold_spoken, spoken_stage
from agent.session.settings import Settings
from tests.bench.moments import (
    Answering,
    Moments,
    ScriptedRecognizer,
    TimedPort,
    TimedRecognizer,
    TurnTimes,
)
from tests.bench.table import arguments, show
from tests.need import ROOT, need_program
from tests.pulse import private_pulse
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, join, silence, write_wav
from voice.audio.reading import read_audio
from voice.ports.room import Replies, RoomPort

ANSWERS = (
    "I led the design of the training platform. It served four teams. We moved it in two months.",
    "My part was the scheduler. I wrote most of it, and a colleague wrote the tests.",
    "It became faster by thirty percent. We measured that for two weeks before the launch.",
    "The hard part was the network. We lost packets under load, and I found the broken switch.",
    "We chose the simple design because the team was small. It cost us some speed.",
    "I would write the tests earlier. That would have saved us three weeks.",
    "The loss went down but the reward did not improve. It turned out that the labels were wrong.",
    "I told the director about the delay. He was not happy, but he trusted the numbers.",
)
"""Short answers, as many as are needed by turns."""
PLANNED_GOAL_MS, FOLLOW_UP_GOAL_MS = 150, 500
LEAD_IN_S = 0.6
"""The candidate begins this long after the interviewer has fallen silent and is heard to listen."""
NOISE_DBFS = -66.0
"""The noise of the virtual microphone, so that it is no row of zeros."""
VOICE_DBFS = -45.0
"""A frame of the candidate's track above this is voice; the answers end where they do."""
FEWEST_TURNS = 10


def render(folder: Path) -> None:
    """Render the answers with flite, cut where the voice ends."""
    flite = need_program("flite")
    for path, text in zip(answers_in(folder), ANSWERS, strict=True):
        raw = folder / "raw.wav"
        subprocess.run([flite, "-voice", "rms", "-t", text, "-o", str(raw)], check=True)
        clip = read_audio(raw)
        voiced = clip.between(0.0, voice_ends(clip.samples)[-1])
        write_wav(path, join([silence(LEAD_IN_S), voiced]))


def answers_in(folder: Path) -> list[Path]:
    """Return where the rendered answers lie."""
    return [folder / f"answer-{number}.wav" for number in range(len(ANSWERS))]


def voice_ends(samples: np.ndarray) -> np.ndarray:
    """Return the end of every 10 ms of voice in a track without other sounds, in seconds."""
    size = SAMPLE_RATE_HZ // 100
    frames = samples[: len(samples) // size * size].reshape(-1, size).astype(float) / 32768
    loud = np.sqrt(np.mean(frames**2, axis=1)) > 10 ** (VOICE_DBFS / 20)
    return (np.flatnonzero(loud) + 1) * 0.01


def hold(folder: Path, wished: dict[str, Any], realtime: bool) -> dict[str, Any]:
    """Hold the interview and return its times; in real time inside Pulse.environment()."""
    engines, questions = wished["engines"], wished["questions"]
    brief = read_brief(ROOT / "briefs" / "ml-systems-fellow.md")
    scripted = engines["stt"] == "scripted"
    chosen: dict[str, str | None] = {
        **engines,
        "stt": "auto" if scripted else engines["stt"],
    }
    stage = spoken_stage(
        Wish(
            brief,
            folder,
            Settings(minutes=60.0, questions=questions, own_questions_min=0),
            engines=chosen,
        )
    )
    assert stage.recognizer is not None
    recognizer = TimedRecognizer(ScriptedRecognizer() if scripted else stage.recognizer)
    paths = answers_in(folder)
    moments = Moments()
    if realtime:
        from voice.ports.device.port import DevicePort

        answering = Answering(paths, folder / "noise.wav")
        with answering, TimedPort(DevicePort("microphone", "speaker")) as port:
            hold_spoken(replace(stage, recognizer=recognizer), port, [moments.of(port), answering])
    else:
        replies = [read_audio(path).between(LEAD_IN_S, 99.0) for path in paths] * 8
        with TimedPort(RoomPort(Replies(*replies))) as port:
            hold_spoken(replace(stage, recognizer=recognizer), port, [moments.of(port)])
    mic, speaker = (read_audio(stage.folder / f"{n}.wav") for n in ("candidate", "interviewer"))
    turns = moments.turns(
        voice_ends(mic.samples), np.flatnonzero(speaker.samples), recognizer.spans
    )
    return {
        "engines": stage.meta.engines | {"stt": recognizer.name},
        "turns": [asdict(turn) for turn in turns],
    }


def through_pulse(folder: Path, arguments_: list[str]) -> dict[str, Any]:
    """Hold the interview in a process that sees the virtual devices only."""
    noise = np.random.default_rng(3).normal(0, 32768 * 10 ** (NOISE_DBFS / 20), 1200 * 16000)
    write_wav(folder / "noise.wav", Clip(noise.astype(np.int16)))
    with private_pulse() as pulse:
        subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--inside", str(folder), *arguments_],
            env=pulse.environment() | {"REHEARSE_BENCH": "latency"},
            stdin=subprocess.DEVNULL,
            check=True,
        )
    held: dict[str, Any] = json.loads((folder / "held.json").read_text())
    return held


def rows_of(held: dict[str, Any], realtime: bool) -> list[dict[str, Any]]:
    """Return the figures as rows."""
    turns = [TurnTimes(**turn) for turn in held["turns"]]
    assert len(turns) >= FEWEST_TURNS, f"only {len(turns)} turns; ask for more --questions"
    kinds = {
        "planned": [turn for turn in turns if turn.kind != "follow_up"],
        "follow-up": [turn for turn in turns if turn.kind == "follow_up"],
    }
    goals = dict.fromkeys(kinds, PLANNED_GOAL_MS) | {"follow-up": FOLLOW_UP_GOAL_MS}
    rows = [{"figure": f"{k}: {v}", "value": "", "goal": ""} for k, v in held["engines"].items()]
    for kind, some in kinds.items():
        if some:
            spoken = [1000 * (turn.deciding_s + turn.speaking_s) for turn in some]
            p95 = {"figure": f"turn ended to first sample, {kind} ({len(some)}), p95"}
            goal = f"{goals[kind]} ms" if realtime else ""
            rows.append(p95 | {"value": f"{np.percentile(spoken, 95):.0f} ms", "goal": goal})
    parts = ("total", "waiting", "recognizing", "behind", "deciding", "speaking")
    for part in parts:
        values = [getattr(turn, f"{part}_s") for turn in turns]
        name = "end of speech to first sample" if part == "total" else f"  {part}"
        p50, p90 = np.percentile(values, [50, 90])
        rows.append(
            {"figure": f"{name}, p50 / p90", "value": f"{p50:.2f} / {p90:.2f} s", "goal": ""}
        )
    for name, field in (("words of the last stretch", "words_s"), ("any first sound", "sound_s")):
        p50, p90 = np.percentile([getattr(turn, field) for turn in turns], [50, 90])
        value = f"{p50:.2f} / {p90:.2f} s"
        rows.append({"figure": f"{name}, p50 / p90", "value": value, "goal": ""})
    return rows


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--realtime", action="store_true", help="through the virtual sound device")
    parser.add_argument("--questions", type=int, default=4, help="planned questions")
    for name, default in (("stt", "auto"), ("tts", "auto"), ("interviewer", "rules")):
        parser.add_argument(f"--{name}", default=default)
    parser.add_argument("--inside", type=Path, help="(internal) a folder with the answers")
    args = parser.parse_args()
    engines = {name: getattr(args, name) for name in ("stt", "tts", "interviewer")}
    wished = {"engines": engines, "questions": args.questions}
    if args.inside:
        held = hold(args.inside, wished, realtime=True)
        (args.inside / "held.json").write_text(json.dumps(held))
        return
    with tempfile.TemporaryDirectory(prefix="latency-") as name:
        folder = Path(name)
        try:
            render(folder)
            if args.realtime:
                passed = [f"--{key}={value}" for key, value in engines.items()]
                held = through_pulse(folder, [*passed, f"--questions={args.questions}"])
            else:
                held = hold(folder, wished, realtime=False)
        except pytest.skip.Exception as reason:
            sys.exit(f"cannot measure here: {reason}")
    show(rows_of(held, args.realtime), args.json)


if __name__ == "__main__":
    main()
