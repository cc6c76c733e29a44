"""Advice on twelve rehearsals with planted faults, from sound: is the worst told, is all true?

advice.txt was written before the rules were touched. Its answers are spoken by Piper's joe, two
variants of it and flite's slt, rms and awb, recognized by Whisper base as an interview is, and
analyzed. A remark is false where the planted truth does not hold it. A question ("Did you tell …?")
is neither true nor false: it has a figure of its own, and tells a fault that it names.
"""

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.analysis import About, Analysis, Finding  # noqa: E402
from agent.analysis.analyzer import Heard, analyze, in_order  # noqa: E402
from agent.analysis.conversation import AnswerSpan, Conversation  # noqa: E402
from agent.analysis.coverage.meaning import find_meaning  # noqa: E402
from agent.analysis.recognition import EDGE_S, transcribe  # noqa: E402
from agent.brief import Brief, Question, TalkingPoint, terms_of  # noqa: E402
from agent.session.events import SaidEvent  # noqa: E402
from tests.bench.answers import _speak, room_tone  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from voice.audio.clip import (  # noqa: E402
    SAMPLE_RATE_HZ,
    Clip,
    Samples,
    join,
    level_dbfs,
    resample,
    silence,
    write_wav,
)
from voice.audio.reading import read_audio  # noqa: E402
from voice.speech.engines import choose_recognizer  # noqa: E402
from voice.speech.transcript import Word  # noqa: E402

SETS = Path(__file__).with_suffix(".txt")
CACHE = ROOT / ".cache" / "advice"
USUAL = {"slt": 0.76, "rms": 0.85, "awb": 0.76}
"""Flite hurries: at these speeds its voices say some 165 words a minute, as people do."""
TOLD = 3
"""The worst fault must be among so many."""


@dataclass
class Rehearsal:
    """One interview with what was planted in it."""

    name: str
    voice: str
    points: dict[str, TalkingPoint] = field(default_factory=dict)
    worst: str = ""
    also: list[str] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def planted(self) -> set[str]:
        """Every fault, "kind place"."""
        return {self.worst, *self.also}

    @property
    def brief(self) -> Brief:
        """The small brief."""
        questions = tuple(Question(area=area, text=text) for area, text in self.asked)
        return Brief(questions=questions, talking_points=tuple(self.points.values()))


def at_speed(clip: Clip, speed: float) -> Clip:
    """Return the clip played at 0.5 to 100 times its speed, pitch kept (FFmpeg's atempo)."""
    if speed == 1.0 or not len(clip.samples):
        return clip
    import av.error
    import av.filter

    graph = av.filter.Graph()
    layout = {"sample_rate": str(clip.rate_hz), "sample_fmt": "s16", "channel_layout": "mono"}
    source = graph.add("abuffer", **layout, time_base=f"1/{clip.rate_hz}")
    graph.link_nodes(source, graph.add("atempo", str(speed)), graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(clip.samples.reshape(1, -1), "s16", "mono")
    frame.sample_rate = clip.rate_hz
    graph.push(frame)
    graph.push(None)
    parts: list[Samples] = []
    while True:
        try:
            parts.append(graph.pull().to_ndarray().reshape(-1).astype(np.int16))
        except (av.error.EOFError, av.error.BlockingIOError):
            return join([Clip(part, clip.rate_hz) for part in parts], clip.rate_hz)


def rehearsals(text: str) -> list[Rehearsal]:
    """Return the rehearsals of advice.txt."""
    found: list[Rehearsal] = []
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "==":
            found.append(Rehearsal(*map(str.strip, rest.split("|"))))
        elif kind == "+":
            key, name, told = map(str.strip, rest.split("|"))
            found[-1].points[key] = TalkingPoint(name=name, text=told)
        elif kind == "Q":
            area, _, question = rest.partition(": ")
            found[-1].asked.append((area, question))
        elif kind == "A":
            found[-1].answers.append(rest)
        elif kind == "worst:":
            found[-1].worst = rest
        elif kind == "also:":
            found[-1].also = [one.strip() for one in rest.split(",") if one != "none"]
        elif kind == "truth:":
            found[-1].truth = dict(one.split() for one in rest.split(", "))
    return found


def spoken(text: str, voice: str) -> Clip:
    """Return a text as a voice says it, in a faintly noisy room; kept in a cache."""
    path = CACHE / f"{_key(text, voice)}.wav"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        write_wav(path, _rendered(text, voice))
    return read_audio(path)


def _rendered(text: str, voice: str) -> Clip:
    speed, rest = re.match(r"(?:\(x([\d.]+)\) )?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    parts = []
    for part in re.split(r"(\[[\d.]+\])", rest):
        if part.startswith("["):
            parts.append(silence(float(part[1:-1])))
        elif part.strip():
            full = f"piper:en_US-joe-medium{voice[3:]}" if voice.startswith("joe") else voice
            pace = float(speed or 1) * USUAL.get(voice, 1.0)
            parts.append(at_speed(_speak(part.strip(), full)[0], max(0.5, pace)))
    said = join([resample(one, SAMPLE_RATE_HZ) for one in parts])
    louder = said.samples * 10 ** ((-24.0 - level_dbfs(said.samples)) / 20)
    mixed = louder + room_tone(len(louder), -60.0, 1)
    return Clip(np.clip(np.rint(mixed), -32768, 32767).astype(np.int16))


def recognized(clip: Clip, terms: Sequence[str], spec: str = "whisper:base") -> tuple[Word, ...]:
    """Return what Whisper hears, told the terms of the brief; kept in a cache."""
    path = CACHE / f"{_key(clip.samples.tobytes().hex(), spec, *terms)}.json"
    if not path.exists():
        engine = choose_recognizer(spec, terms).engine
        words = in_order(transcribe(clip, engine))
        path.write_text(json.dumps([(w.text, w.start_s, w.end_s, w.probability) for w in words]))
    return tuple(Word(*one) for one in json.loads(path.read_text()))


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def analyzed(one: Rehearsal) -> Analysis:
    """Speak, recognize and analyze a rehearsal; the interviewer takes 4 s for each question."""
    at_s, words, parts = 0.0, [], []
    lines, spans = [], []
    terms = terms_of(one.brief)
    for index, ((_, question), text) in enumerate(zip(one.asked, one.answers, strict=True)):
        line = SaidEvent("question", question, question_index=index, start_s=at_s, end_s=at_s + 4)
        clip = spoken(text, one.voice)
        start_s = at_s + 5.0
        end_s = start_s + clip.duration_s
        around = join([silence(EDGE_S), clip, silence(EDGE_S)])
        words += [w.shifted(start_s - EDGE_S) for w in recognized(around, terms)]
        lines.append(line)
        spans.append(AnswerSpan(line, start_s, end_s, line.end_s))
        parts += [silence(5.0), clip]
        at_s = end_s + 1.0
        parts.append(silence(1.0))
    clip = join(parts)
    about = About(title=one.name, duration_s=clip.duration_s, audio="candidate.wav")
    told = Conversation(tuple(lines), tuple(spans))
    heard = Heard(about, one.brief, clip, tuple(words), {"stt": "whisper:base"}, (), told)
    return analyze(heard, find_meaning())


def _place(finding: Finding) -> str:
    return "all" if finding.answer is None else str(finding.answer + 1)


def fault_of(one: Rehearsal, finding: Finding) -> str:
    """Return a remark as a fault is planted: "contradicted precept", "short 2"."""
    kind = finding.kind
    named = [key for key, point in one.points.items() if f"“{point.name}”" in finding.text]
    if kind in ("contradicted", "doubt", "partial", "missed"):
        kind = "contradicted" if kind == "doubt" else kind
        return f"{kind} {named[0] if named else _place(finding)}"
    if kind == "pace":
        slow = "slowly" in finding.text or "slow" in finding.text
        return f"{'slow' if slow else 'fast'} {_place(finding)}"
    kind = "fillerlike" if kind == "filler" and "“like”" in finding.text.split(";")[0] else kind
    return f"{kind} {_place(finding)}"


def holds(one: Rehearsal, finding: Finding) -> bool:
    """Return whether a remark is true by what was planted."""
    fault = fault_of(one, finding)
    kind, _, place = fault.partition(" ")
    named = [key for key, point in one.points.items() if f"“{point.name}”" in finding.text]
    if kind in ("contradicted", "partial"):
        return kind in one.truth[place].split("|")
    if kind == "missed":
        part = {"partial"} if "figures were not heard" in finding.text else set()
        return bool({*one.truth[place].split("|")} & {"missing", *part})
    if kind == "strength" and named:
        part = {"partial"} if "all its figures" not in finding.text else set()
        return all({*one.truth[key].split("|")} & {"covered", *part} for key in named)
    if kind == "strength":
        words = ("filler",) if "filler" in finding.text else ("slow", "fast")
        return not any(fault.startswith(words) for fault in one.planted)
    if kind in ("slow", "fast", "filler", "fillerlike"):
        return any(
            f.split()[0] == kind and f.split()[1] in (place, "all") for f in one.planted
        ) or (place == "all" and any(f.startswith(kind) for f in one.planted))
    if kind in ("vague", "unanswered"):
        return fault in one.planted or any(f.startswith("missed") for f in one.planted)
    return fault in one.planted


def is_question(finding: Finding) -> bool:
    """Return whether a remark asks the person, and so is neither true nor false."""
    return finding.kind in ("doubt", "missed")


def is_told(one: Rehearsal, finding: Finding) -> bool:
    """Return whether a remark tells the worst planted fault."""
    kind, place = one.worst.split()
    fault = fault_of(one, finding)
    if place == "all" or kind == "slow":
        return fault.split()[0] == kind
    if kind == "missed":
        return finding.kind == "missed" and f"“{one.points[place].name}”" in finding.text
    return fault == one.worst


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("texts", type=Path, nargs="?", default=SETS, help="other rehearsals")
    parser.add_argument("--list", action="store_true", help="print every remark")
    parser.add_argument("--heard", action="store_true", help="print what was heard")
    args = parser.parse_args()
    found, every, false, asked, idle = 0, 0, 0, 0, 0
    sets = rehearsals(args.texts.read_text("utf-8"))
    for one in sets:
        analysis = analyzed(one)
        told = any(is_told(one, finding) for finding in analysis.to_practice[:TOLD])
        found += told
        if args.list or args.heard:
            print(f"\n{one.name} ({one.voice}): {one.worst}; {', '.join(one.also)}", end="")
            print("" if told else "  NOT TOLD")
            lost = [
                f"{p.name}: {p.status}, {t}"
                for p, t in zip(analysis.coverage.points, one.truth.values(), strict=True)
                if p.status not in t.split("|")
            ]
            print("".join(f"  [{one}]\n" for one in lost), end="")
        for finding in analysis.findings:
            wrong, asks = not holds(one, finding), is_question(finding)
            every, asked = every + (not asks), asked + asks
            false, idle = false + (wrong and not asks), idle + (wrong and asks)
            if args.list:
                mark = "FALSE " if wrong and not asks else "IDLE " if wrong else ""
                print(f"  {mark}{finding.kind}: {finding.text}")
        if args.heard:
            for answer in analysis.answers:
                print(f"  - {answer.pacing.speech_rate_wpm} wpm: {answer.text}")
    show([
        {"figure": "worst fault among the first three", "value": f"{found} of {len(sets)}",
         "goal": "90 %"},
        {"figure": "false remarks", "value": f"{false} of {every}", "goal": "5 %"},
        {"figure": "questions without a planted reason", "value": f"{idle} of {asked}", "goal": ""},
    ], args.json)  # fmt: skip


if __name__ == "__main__":
    main()
