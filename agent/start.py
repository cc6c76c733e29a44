"""Build an interview from what was asked for, and hold it: engines, plan, session, channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TextIO

from agent.brief import Brief
from agent.history import History
from agent.interviewer.choice import choose_interviewer
from agent.interviewer.interviewer import Interviewer
from agent.interviewer.people.floor import PanelInterviewer
from agent.interviewer.people.panel import panel_lines, seated
from agent.interviewer.planning.own_time import with_own_questions
from agent.interviewer.planning.plan import Plan, make_plan
from agent.kept_plan import KeptItem, KeptPlan, KeptProbe
from agent.keys import Keys
from agent.rehearsal import Audience, Rehearsal
from agent.session import Session, SessionMeta, new_folder
from agent.terms import terms_of
from agent.typed import TypedChannel
from voice.channel import Parts, SpokenChannel
from voice.engines import (
    AUTO,
    Chosen,
    choose_ending,
    choose_recognizer,
    choose_synthesizer,
    keeping_up,
)
from voice.panel_voices import choose_voices
from voice.port import Port
from voice.smart_turn import SmartTurn
from voice.stt import Recognizer
from voice.tts import Synthesizer

BUILT_IN = "rules"
"""The interviewer that comes with the installation."""


@dataclass(frozen=True)
class Retry:
    """One answer that is to be given again."""

    of: str
    """Name of the folder of the session that it was given in."""
    answer: str
    """What the report calls it: "3", or "3a" for a follow-up."""


@dataclass(frozen=True)
class Wish:
    """What the person asked for."""

    brief: Brief
    """The brief to rehearse."""
    parent: Path
    """The folder that gets the session's folder."""
    minutes: float = 20.0
    """Length of the interview."""
    questions: int | None = None
    """Number of questions, None for what fits the minutes."""
    only: tuple[int, ...] | None = None
    """Exactly these questions of the brief, in this order."""
    engines: dict[str, str | None] = field(default_factory=dict)
    """stt, tts, interviewer: as on the command line, None for the best that is there."""
    half_duplex: bool = False
    """Never listen while the interviewer speaks."""
    panel: bool | None = None
    """Whether several people interview; None for whom the brief names, if anybody."""
    demo: bool = False
    """Whether the recorded candidate answers: nobody's own progress."""
    history: History | None = None
    """The earlier sessions that it carries on from, None to begin afresh."""
    retry: Retry | None = None
    """The answer that is to be given again, None for an interview of its own."""
    own_questions_min: float | None = None
    """Minutes kept for the person's own questions, None for what is usual at this length."""
    strict: bool = False
    """Whether an answer of twice its advised length is cut into."""
    live: bool = False
    """Whether a person answers while time passes, so that the recognizer must keep up."""


@dataclass(frozen=True)
class Stage:
    """An interview built and ready to be held."""

    folder: Path
    """Where the session will lie."""
    meta: SessionMeta
    """What session.json will say."""
    interviewer: Interviewer
    """The interviewer."""
    lines: tuple[str, ...]
    """One plain line an engine: which it is, and how to get a better one."""
    recognizer: Recognizer | None = None
    """The recognizer; None where answers are typed."""
    synthesizer: Synthesizer | None = None
    """The synthesizer; None where answers are typed."""
    voices: Mapping[str, Synthesizer] = field(default_factory=dict)
    """The panel's voices by name; {} for one interviewer."""
    smart_turn: SmartTurn | None = None
    """Hears the end of a turn; None where its model is not there."""


def spoken_stage(wish: Wish) -> Stage:
    """Choose the engines of a spoken interview.

    Raises:
        RehearseError: an engine that was insisted on is not there.
    """
    terms = terms_of(wish.brief)
    with ThreadPoolExecutor(3) as pool:  # each spends its time in files and native code
        loading = pool.submit(choose_recognizer, wish.engines.get("stt"), terms)
        voice = pool.submit(choose_synthesizer, wish.engines.get("tts"))
        end = pool.submit(choose_ending)
    recognizer, synthesizer, ending = loading.result(), voice.result(), end.result()
    if wish.live and wish.engines.get("stt") in (None, AUTO):
        tried = keeping_up(recognizer.engine, synthesizer.engine, terms)
        recognizer = Chosen(tried.engine, tried.note or recognizer.note)
    voices = [
        _Choice("stt", recognizer.engine.name, recognizer.note),
        _Choice("tts", synthesizer.engine.name, synthesizer.note),
        _Choice("end_of_turn", "smart-turn-v3.2" if ending.engine else "silence", ending.note),
    ]
    stage = _stage(wish, "spoken", voices)
    panel = stage.interviewer.plan.panel
    chosen = choose_voices(synthesizer.engine, {persona.name: persona.voice for persona in panel})
    stage = _with_voices(stage, chosen) if panel else stage
    return replace(
        stage,
        recognizer=recognizer.engine,
        synthesizer=synthesizer.engine,
        smart_turn=ending.engine,
    )


def typed_stage(wish: Wish) -> Stage:
    """Choose the interviewer of a typed interview.

    Raises:
        RehearseError: an interviewer that was insisted on is not there.
    """
    return _stage(wish, "typed", [])


def hold_spoken(
    stage: Stage, port: Port, audience: Sequence[Audience], keys: Keys | None = None
) -> None:
    """Hold a spoken interview over an open port; `keys` are the terminal's where none are given.

    Raises:
        RehearseError: the device fails, or the session cannot be written.
    """
    if stage.recognizer is None or stage.synthesizer is None:
        raise ValueError("a spoken interview needs a recognizer and a synthesizer")
    with Session(stage.folder, stage.meta) as session, keys or Keys() as pressing:
        rehearsal = Rehearsal(
            stage.interviewer, session, audience, bool(stage.meta.settings.get("strict"))
        )
        parts = Parts(
            port,
            stage.recognizer,
            stage.synthesizer,
            session.folder,
            voices=stage.voices,
            smart_turn=stage.smart_turn,
            half_duplex=bool(stage.meta.settings.get("half_duplex")),
        )
        with SpokenChannel(parts, rehearsal.observe, pressing.pressed) as channel:
            rehearsal.hold(channel)


def hold_typed(stage: Stage, answers: TextIO, audience: Sequence[Audience]) -> None:
    """Hold a typed interview over lines of text.

    Raises:
        RehearseError: the session cannot be written.
    """
    with Session(stage.folder, stage.meta) as session:
        rehearsal = Rehearsal(
            stage.interviewer, session, audience, bool(stage.meta.settings.get("strict"))
        )
        with TypedChannel(answers, rehearsal.observe) as channel:
            rehearsal.hold(channel)


@dataclass(frozen=True)
class _Choice:
    part: str
    """stt, tts or interviewer."""
    name: str
    """Engine and model."""
    line: str
    """Which it is, and how to get a better one."""

    def fell_back(self, wish: Wish) -> bool:
        """Tell whether the built-in interviewer serves where the best one was wanted."""
        wanted = wish.engines.get(self.part) in (None, AUTO)
        return wanted and self.name == BUILT_IN


def _stage(wish: Wish, channel: Literal["spoken", "typed"], voices: list[_Choice]) -> Stage:
    plan = seated(_plan(wish), wish.brief, wish.panel)
    interviewer, line = choose_interviewer(wish.engines.get("interviewer"), wish.brief, plan)
    interviewer = PanelInterviewer(interviewer) if plan.panel else interviewer
    choices = [*voices, _Choice("interviewer", interviewer.name, line)]
    now = datetime.now().astimezone()
    meta = SessionMeta(
        brief=wish.brief,
        started=now.isoformat(timespec="seconds"),
        channel=channel,
        engines={choice.part: choice.name for choice in choices},
        notes=tuple(choice.line for choice in choices if choice.fell_back(wish)),
        settings={
            "minutes": wish.minutes,
            "questions": wish.questions,
            "half_duplex": wish.half_duplex,
            "demo": wish.demo,
            "panel": [persona.name for persona in plan.panel],
            "strict": wish.strict,
            "own_questions_min": plan.own_questions_s / 60,
            **_carried_on(wish),
        },
        plan=kept_plan(plan),
    )
    lines = (*(choice.line for choice in choices), *panel_lines(plan, wish.brief))
    return Stage(new_folder(wish.parent, wish.brief, now), meta, interviewer, lines)


def _plan(wish: Wish) -> Plan:
    def make(minutes: float) -> Plan:
        return make_plan(wish.brief, minutes, wish.questions, wish.only, wish.history)

    return with_own_questions(make, wish.minutes, wish.own_questions_min)


def _carried_on(wish: Wish) -> dict[str, Any]:
    """Return what session.json says of the sessions before, {} where they shaped nothing."""
    settings: dict[str, Any] = {}
    if wish.history is not None:
        settings["history"] = {
            "sessions": wish.history.sessions,
            "unmade": [owed.name for owed in wish.history.owed],
            "days_left": wish.history.days_left,
        }
    if wish.retry is not None:
        settings["retry"] = asdict(wish.retry)
    return settings


def _with_voices(stage: Stage, chosen: Chosen[dict[str, Synthesizer]]) -> Stage:
    """Return the stage with the panel's voices, and with the line on what could not be had."""
    note = (chosen.note,) if chosen.note else ()
    named = {name: synthesizer.name for name, synthesizer in chosen.engine.items()}
    meta = stage.meta.model_copy(
        update={
            "settings": {**stage.meta.settings, "voices": named},
            "notes": (*stage.meta.notes, *note),
        }
    )
    return replace(stage, meta=meta, voices=chosen.engine, lines=(*stage.lines, *note))


def kept_plan(plan: Plan) -> KeptPlan:
    """Return a plan as session.json keeps it; what was in reserve is left out."""
    items = (
        KeptItem(
            question_index=item.question_index,
            text=item.question.text,
            area=item.question.area,
            budget_s=item.budget_s,
            reason=item.reason,
            asked_by=item.asked_by,
            probes=tuple(
                KeptProbe(kind=one.kind, text=one.text, because=one.because) for one in item.probes
            ),
        )
        for item in plan.items
    )
    return KeptPlan(total_s=plan.total_s, own_questions_s=plan.own_questions_s, items=tuple(items))
