"""What the normal form of a brief leaves out: told, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator

from agent.brief import Brief, Persona
from agent.brief.dates import read_date
from agent.brief.text import (
    MOST_AREAS,
    MOST_PERSONAS,
    MOST_PROBES,
    PERSONA_CHARS,
    PERSONA_NAME_CHARS,
    normal_panel,
    normal_probes,
    one_line,
    short,
)


def left_out(brief: Brief) -> tuple[str, ...]:
    """Return what agent.brief.text.normal leaves out of a brief as read, each in a sentence."""
    return (*_date(brief), *_probes(brief), *_panel(brief))


def _date(brief: Brief) -> Iterator[str]:
    text = one_line(brief.interview_date)
    problem = read_date(text)[1]
    if problem:
        yield f'the interview date "{short(text)}" {problem}'


def _probes(brief: Brief) -> Iterator[str]:
    asked = [question for question in brief.questions if one_line(question.text)]
    for number, question in enumerate(asked, start=1):
        for probe in normal_probes(question)[MOST_PROBES:]:
            yield (
                f'the probe "{short(probe)}" of question {number} was left out: '
                f"{MOST_PROBES} to a question are kept"
            )


def _panel(brief: Brief) -> Iterator[str]:
    for persona in normal_panel(brief)[MOST_PERSONAS:]:
        yield f"{persona.name} was left out of the panel: {MOST_PERSONAS} people are kept"
    seen: set[str] = set()
    for persona in brief.panel:
        name = one_line(persona.name)
        key = name[:PERSONA_NAME_CHARS].rstrip().casefold()
        if not key:
            yield "one of the panel has no name and was left out"
        elif key in seen:
            yield f'the panel names "{short(name)}" twice; the first is kept'
        else:
            yield from _cuts(persona)
        seen.add(key)


def _cuts(persona: Persona) -> Iterator[str]:
    name = one_line(persona.name)
    if len(name) > PERSONA_NAME_CHARS:
        yield f'the name "{short(name)}" was cut to {PERSONA_NAME_CHARS} characters'
    for what in ("role", "manner", "voice"):
        if len(one_line(getattr(persona, what))) > PERSONA_CHARS:
            yield f"the {what} of {short(name)} was cut to {PERSONA_CHARS} characters"
    if len(persona.areas) > MOST_AREAS:
        yield f"of the areas of {short(name)} the first {MOST_AREAS} are kept"
