"""The normal form of a brief, which reading gives and writing keeps; what it leaves out is told."""

import re

from agent.brief import Brief, Persona, Question, TalkingPoint
from agent.brief.dates import read_date
from agent.brief.text import name_for, one_line, paragraphs, probe_text, short, unquoted
from agent.text.question_kind import area_name

MOST_PROBES = 3
"""Own follow-ups kept for a question: at most two are asked, a third is in reserve (ours)."""
MOST_PERSONAS = 8
"""Interviewers kept of a panel; no more fit into a session of two hours (ours)."""
_NAME_CHARS = 40
"""The longest name of one who interviews; it is spoken (ours)."""


def normal(brief: Brief, left_out: list[str] | None = None) -> Brief:
    """Return the brief in its normal form; what that leaves out goes to `left_out`, as sentences.

    Texts are one line each, snapshot and stack paragraphs of one line; areas are lower case with
    underscores; what has no text is dropped; a talking point without a name is named by its first
    words; probes and panel are cut to the limits above; the date is YYYY-MM-DD or nothing.
    """
    lost = [] if left_out is None else left_out
    date = one_line(brief.interview_date)
    day, problem = read_date(date)
    if problem:
        lost.append(f'the interview date "{short(date)}" {problem}')
    asked = [one for one in brief.questions if one_line(one.text)]
    points = tuple(
        TalkingPoint(name=name, text=text)
        for point in brief.talking_points
        if (text := one_line(point.text)) or one_line(point.name)
        if (name := one_line(point.name) or name_for(text) or text)
    )
    return Brief(
        company=one_line(brief.company),
        role=one_line(brief.role),
        snapshot=paragraphs(brief.snapshot),
        stack=paragraphs(brief.stack),
        questions=tuple(_question(number, one, lost) for number, one in enumerate(asked, 1)),
        talking_points=points,
        panel=_panel(brief, lost),
        interview_date=day,
    )


def _question(number: int, asked: Question, lost: list[str]) -> Question:
    probes = tuple(dict.fromkeys(filter(None, (probe_text(one_line(one)) for one in asked.probes))))
    lost += [
        f'the probe "{short(probe)}" of question {number} was left out: '
        f"{MOST_PROBES} to a question are kept"
        for probe in probes[MOST_PROBES:]
    ]
    return Question(
        area=area_name(one_line(asked.area)),
        text=unquoted(one_line(asked.text)),
        why=one_line(asked.why),
        probes=probes[:MOST_PROBES],
    )


def _panel(brief: Brief, lost: list[str]) -> tuple[Persona, ...]:
    named: dict[str, Persona] = {}
    for one in brief.panel:
        texts = {what: one_line(getattr(one, what)) for what in ("name", "role", "manner", "voice")}
        parts = (area_name(one_line(part)) for text in one.areas for part in re.split("[,;]", text))
        persona = Persona(areas=tuple(dict.fromkeys(filter(None, parts))), **texts)
        key = persona.name.casefold()
        named_well = any(map(str.isalpha, key))
        if not named_well or len(key) > _NAME_CHARS:
            told = f"has a name over {_NAME_CHARS} letters" if named_well else "has no name"
            lost.append(f'"{short(persona.name)}" of the panel {told} and was left out')
        elif key in named:
            lost.append(f'the panel names "{persona.name}" twice; the first is kept')
        else:
            named[key] = persona
    kept = tuple(named.values())
    lost += [
        f"{one.name} was left out of the panel: {MOST_PERSONAS} people are kept"
        for one in kept[MOST_PERSONAS:]
    ]
    return kept[:MOST_PERSONAS]
