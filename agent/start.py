"""Build an interview from what was asked for, and hold it: engines, plan, session, channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

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
from agent.session import CarriedOn, Session, SessionMeta, Settings, new_folder
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

USUAL_MIN = 20.0
"""Length of an interview in minutes."""
_BUILT_IN = "rules"
"""The interviewer that comes with the installation."""
_NO_VOICES: Chosen[dict[str, Synthesizer]] = Chosen({}, "")


@dataclass(frozen=True)
class Wish:
    """What the person asked for."""

    brief: Brief
    parent: Path
    """The folder that gets the session's folder."""
    settings: Settings = Settings(minutes=USUAL_MIN)  # noqa: RUF009 - frozen
    """How it is held; who is on the panel is found out from the brief."""
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
        return None if name == AUTO else name


@dataclass(frozen=True)
class Stage:
    """An interview built and ready to be held."""

    session: Session
    """Where it will be written."""
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


def spoken_stage(wish: Wish) -> Stage:
    """Choose the engines of a spoken interview.

    Raises:
        RehearseError: an engine that was insisted on is not there.
    """
    terms = terms_of(wish.brief)
    with ThreadPoolExecutor(3) as pool:  # each spends its time in files and native code
        loading = pool.submit(choose_recognizer, wish.engine("stt"), terms)
        voice = pool.submit(choose_synthesizer, wish.engine("tts"))
        end = pool.submit(choose_ending)
    recognizer, synthesizer, ending = loading.result(), voice.result(), end.result()
    if wish.live and wish.engine("stt") is None:
        tried = keeping_up(recognizer.engine, synthesizer.engine, terms)
        recognizer = Chosen(tried.engine, tried.note or recognizer.note)
    plan = _plan(wish)
    wished = {persona.name: persona.voice for persona in plan.panel}
    voices = choose_voices(synthesizer.engine, wished) if wished else _NO_VOICES
    parts = {
        "stt": (recognizer.engine.name, recognizer.note),
        "tts": (synthesizer.engine.name, synthesizer.note),
        "end_of_turn": ("smart-turn-v3.2" if ending.engine else "silence", ending.note),
    }
    return replace(
        _stage(wish, plan, parts, voices),
        recognizer=recognizer.engine,
        synthesizer=synthesizer.engine,
        smart_turn=ending.engine,
    )


def typed_stage(wish: Wish) -> Stage:
    """Choose the interviewer of a typed interview.

    Raises:
        RehearseError: an interviewer that was insisted on is not there.
    """
    return _stage(wish, _plan(wish), {}, _NO_VOICES)


def hold_spoken(stage: Stage, port: Port, audience: Sequence[Audience]) -> None:
    """Hold a spoken interview over an open port.

    Raises:
        RehearseError: the device fails, or the session cannot be written.
    """
    if stage.recognizer is None or stage.synthesizer is None:
        raise ValueError("a spoken interview needs a recognizer and a synthesizer")
    settings = stage.meta.settings
    with stage.session as session, Keys() as keys:
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
        with SpokenChannel(parts, rehearsal.observe, keys.pressed) as channel:
            rehearsal.hold(channel)


def hold_typed(stage: Stage, answers: TextIO, audience: Sequence[Audience]) -> None:
    """Hold a typed interview over lines of text.

    Raises:
        SessionError: the session cannot be written.
    """
    strict = stage.meta.settings.strict
    with stage.session as session:
        rehearsal = Rehearsal(stage.interviewer, session, audience, strict=strict)
        with TypedChannel(answers, rehearsal.observe) as channel:
            rehearsal.hold(channel)


def _plan(wish: Wish) -> Plan:
    asked = wish.settings

    def make(minutes: float) -> Plan:
        return make_plan(wish.brief, minutes, asked.questions, wish.only, wish.history)

    plan = with_own_questions(make, asked.minutes or USUAL_MIN, asked.own_questions_min)
    return seated(plan, wish.brief, wish.panel)


def _stage(
    wish: Wish,
    plan: Plan,
    parts: Mapping[str, tuple[str, str]],
    voices: Chosen[dict[str, Synthesizer]],
) -> Stage:
    """Return the interview with its interviewer; `parts` are engine and line, none where typed."""
    interviewer, line = choose_interviewer(wish.engine("interviewer"), wish.brief, plan)
    interviewer = PanelInterviewer(interviewer) if plan.panel else interviewer
    fell_back = interviewer.name == _BUILT_IN and wish.engine("interviewer") is None
    notes = tuple(note for note in (line if fell_back else "", voices.note) if note)
    every = {**parts, "interviewer": (interviewer.name, line)}
    lines = [*(told for _, told in every.values()), *panel_lines(plan, wish.brief), voices.note]
    now = datetime.now().astimezone()
    meta = SessionMeta(
        brief=wish.brief,
        started=now.isoformat(timespec="seconds"),
        channel="spoken" if parts else "typed",
        engines={part: name for part, (name, _) in every.items()},
        notes=notes,
        settings=_settled(wish, plan, voices.engine),
        plan=kept_plan(plan),
    )
    session = Session(new_folder(wish.parent, wish.brief, now), meta)
    return Stage(session, interviewer, tuple(filter(None, lines)), voices=voices.engine)


def _settled(wish: Wish, plan: Plan, voices: Mapping[str, Synthesizer]) -> Settings:
    """Return the settings with what the plan, the panel and the sessions before made of them."""
    before = wish.history
    settled = {
        "panel": tuple(persona.name for persona in plan.panel),
        "voices": {name: synthesizer.name for name, synthesizer in voices.items()},
        "own_questions_min": plan.own_questions_s / 60,
        "history": before
        and CarriedOn(
            sessions=before.sessions,
            unmade=tuple(owed.name for owed in before.owed),
            days_left=before.days_left,
        ),
    }
    return wish.settings.model_copy(update=settled)


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
            probes=tuple(KeptProbe(**vars(probe)) for probe in item.probes),
        )
        for item in plan.items
    )
    return KeptPlan(total_s=plan.total_s, own_questions_s=plan.own_questions_s, items=tuple(items))
