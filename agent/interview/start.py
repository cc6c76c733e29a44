"""Build an interview from what was asked for, and hold it: engines, plan, session, channel."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from agent.analysis.history import History
from agent.brief import Brief, terms_of
from agent.interview.guard import Guarded
from agent.interview.interviewer import Interviewer, choose_interviewer, try_ahead
from agent.interview.keys import Keys
from agent.interview.one_way import one_way_plan
from agent.interview.panel import panel_lines, seated
from agent.interview.plan import Plan, make_plan, with_own_questions
from agent.interview.rehearsal import Audience, Rehearsal
from agent.interview.typed import TypedChannel
from agent.session import Session, SessionMeta, new_folder
from agent.session.settings import CarriedOn, KeptPlan, Settings
from voice.audio.port import Port
from voice.speech import engines
from voice.speech.engines import choose_voices
from voice.speech.protocols import Recognizer, Synthesizer
from voice.speech.smart_turn import SmartTurn
from voice.turns.channel import Parts, SpokenChannel
from voice.turns.talk import Channel

_USUAL_MIN = 20.0
_BUILT_IN = "rules"
"""The interviewer that comes with the installation."""


@dataclass(frozen=True)
class Wish:
    """What the person asked for."""

    brief: Brief
    parent: Path
    """The folder that gets the session's folder."""
    settings: Settings = Settings(minutes=_USUAL_MIN)  # noqa: RUF009 - frozen
    """How it is held; the panel's names are found out from the brief."""
    only: tuple[int, ...] | None = None
    """Exactly these questions of the brief, in this order."""
    engines: Mapping[str, str | None] = field(default_factory=dict)
    """stt, tts, interviewer: as on the command line, None for the best that is there."""
    panel: bool | None = None
    """Whether several people interview; None for whom the brief names, if anybody."""
    history: History | None = None
    """The earlier sessions that it carries on from, None to begin afresh."""
    live: bool = False
    """Whether a person answers while time passes, so that the recognizer must keep up."""

    def engine(self, part: str) -> str | None:
        """Return the engine that was insisted on, None for the best."""
        name = self.engines.get(part)
        return None if name == engines.AUTO else name


@dataclass(frozen=True)
class Stage:
    """An interview built and ready to be held."""

    session: Session
    interviewer: Interviewer
    lines: tuple[str, ...] = ()
    """One plain line an engine: which it is, and how to get a better one."""
    recognizer: Recognizer | None = None
    """None where answers are typed; so is the synthesizer."""
    synthesizer: Synthesizer | None = None
    voices: Mapping[str, Synthesizer] = field(default_factory=dict)
    """The panel's voices by name; {} for one interviewer."""
    smart_turn: SmartTurn | None = None
    """Hears the end of a turn; None where its model is not there."""

    @property
    def folder(self) -> Path:
        """Where the session lies."""
        return self.session.folder

    @property
    def meta(self) -> SessionMeta:
        """What session.json says."""
        return self.session.meta


def plan_of(wish: Wish) -> Plan:
    """Return the plan; RehearseError: it has no such question, or no minute for one."""
    asked = wish.settings
    if asked.one_way:
        return one_way_plan(wish.brief, asked.questions, wish.only, wish.history)

    def make(minutes: float) -> Plan:
        return make_plan(wish.brief, minutes, asked.questions, wish.only, wish.history)

    timed = with_own_questions(make, asked.minutes or _USUAL_MIN, asked.own_questions_min)
    return seated(timed, wish.brief, wish.panel)


def spoken_stage(wish: Wish) -> Stage:
    """Choose the engines of a spoken interview; RehearseError: one that was wished is not there."""
    terms = terms_of(wish.brief)
    ahead = threading.Thread(target=try_ahead, args=(wish.engine("interviewer"),), daemon=True)
    ahead.start()
    with ThreadPoolExecutor(3) as pool:  # each spends its time in files and native code
        loading = pool.submit(engines.choose_recognizer, wish.engine("stt"), terms)
        voice = pool.submit(engines.choose_synthesizer, wish.engine("tts"))
        end = pool.submit(engines.choose_ending)
    recognizer, synthesizer, ending = loading.result(), voice.result(), end.result()
    if wish.live and wish.engine("stt") is None:
        tried = engines.keeping_up(recognizer.engine, synthesizer.engine, terms)
        recognizer = replace(tried, note=tried.note or recognizer.note)
    parts = {
        "stt": (recognizer.engine.name, recognizer.note),
        "tts": (synthesizer.engine.name, synthesizer.note),
        "end_of_turn": ("smart-turn-v3.2" if ending.engine else "silence", ending.note),
    }
    stage = _stage(wish, parts)
    panel = {persona.name: persona.voice for persona in stage.interviewer.plan.panel}
    return replace(
        _with_voices(stage, synthesizer.engine, panel) if panel else stage,
        recognizer=recognizer.engine,
        synthesizer=synthesizer.engine,
        smart_turn=ending.engine,
    )


def typed_stage(wish: Wish) -> Stage:
    """Choose the interviewer of a typed interview; RehearseError: the one wished is not there."""
    return _stage(wish, {})


def hold_spoken(
    stage: Stage, port: Port, audience: Sequence[Audience], keys: Keys | None = None
) -> None:
    """Hold it over an open port, by the terminal's keys where none are given; or RehearseError."""
    if stage.recognizer is None or stage.synthesizer is None:
        raise ValueError("a spoken interview needs a recognizer and a synthesizer")
    with stage.session as session, keys or Keys() as pressing:
        settings = session.meta.settings
        rehearsal = Rehearsal(stage.interviewer, session, audience, strict=settings.strict)
        parts = Parts(
            port,
            stage.recognizer,
            stage.synthesizer,
            session.folder,
            voices=stage.voices,
            smart_turn=stage.smart_turn,
            half_duplex=settings.half_duplex,
        )
        with SpokenChannel(parts, rehearsal.observe, pressing.pressed) as channel:
            _hold(rehearsal, channel, stage)


def hold_typed(stage: Stage, answers: TextIO, audience: Sequence[Audience]) -> None:
    """Hold a typed interview over lines of text; SessionError: it cannot be written."""
    with stage.session as session:
        strict = session.meta.settings.strict
        rehearsal = Rehearsal(stage.interviewer, session, audience, strict=strict)
        with TypedChannel(answers, rehearsal.observe) as channel:
            _hold(rehearsal, channel, stage)


def _hold(rehearsal: Rehearsal, channel: Channel, stage: Stage) -> None:
    """Hold it; however it ends, session.json then counts who asked the follow-ups."""
    try:
        rehearsal.hold(channel)
    finally:
        meta = stage.session.meta
        engines = meta.engines | {"interviewer": stage.interviewer.engine}
        stage.session.meta = meta.model_copy(update={"engines": engines})


def _stage(wish: Wish, parts: Mapping[str, tuple[str, str]]) -> Stage:
    """Return the interview with its interviewer; `parts` are engine and line, none where typed."""
    plan, before, now = plan_of(wish), wish.history, datetime.now().astimezone()
    interviewer, line = choose_interviewer(wish.engine("interviewer"), wish.brief, plan)
    fell_back = interviewer.name == _BUILT_IN and wish.engine("interviewer") is None
    every = {**parts, "interviewer": (interviewer.name, line)}
    settled = {
        "panel": tuple(persona.name for persona in plan.panel),
        "own_questions_min": plan.own_questions_s / 60,
        "history": before
        and CarriedOn(
            sessions=before.sessions,
            unmade=tuple(owed.name for owed in before.owed),
            days_left=before.days_left,
        ),
    }
    meta = SessionMeta(
        brief=wish.brief,
        started=now.isoformat(timespec="seconds"),
        channel="spoken" if parts else "typed",
        engines={part: name for part, (name, _) in every.items()},
        notes=(line,) if fell_back else (),
        settings=wish.settings.model_copy(update=settled),
        plan=kept_plan(plan),
    )
    lines = (*(told for _, told in every.values()), *panel_lines(plan, wish.brief))
    session = Session(new_folder(wish.parent, wish.brief, now), meta)
    return Stage(session, Guarded(interviewer), lines)


def _with_voices(stage: Stage, main: Synthesizer, panel: Mapping[str, str]) -> Stage:
    """Return the stage with the panel's voices, and with the line on what could not be had."""
    chosen = choose_voices(main, panel)
    note = (chosen.note,) if chosen.note else ()
    voices = {name: synthesizer.name for name, synthesizer in chosen.engine.items()}
    settings = stage.meta.settings.model_copy(update={"voices": voices})
    notes = (*stage.meta.notes, *note)
    meta = stage.meta.model_copy(update={"settings": settings, "notes": notes})
    lines = (*stage.lines, *note)
    return replace(stage, session=Session(stage.folder, meta), voices=chosen.engine, lines=lines)


def kept_plan(plan: Plan) -> KeptPlan:
    """Return a plan as session.json keeps it; what was in reserve is left out."""
    return KeptPlan.model_validate(plan, from_attributes=True)
