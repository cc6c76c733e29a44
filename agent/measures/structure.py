"""How an answer is built: its phases with the words that show them, own actions, directness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Literal

from agent.analysis import Phase, SpokenWord, Structure
from agent.measures.clauses import Clause, clauses_of
from agent.measures.design import DESIGN
from agent.measures.directness import is_direct
from agent.measures.specifics import own_share, specifics_of
from agent.measures.story import STORY, STRONG, Cues
from agent.question_kind import is_design, is_story

MOST_SHOWN = 3.0
"""A clause shows a phase so much at most: many cues do not outweigh the order."""
ONWARD = 0.5
"""Cost of going on by one phase of a story; a weak cue (1.0) is enough for one step, not for two.
The three costs were chosen on the bench's answers, as binary fractions: equal paths stay equal."""
BACKWARD = 2.0
"""Cost of going back to an earlier phase of a story; takes more than a strong cue."""
ANY_ORDER = 0.75
"""Cost of going to any other phase of a design, which people mix; a weak cue is enough."""
LEAST_SHOWN = 1.0
"""A phase that all its clauses together show less is left out; to say wrongly that one is lacking
hurts more than to overlook that."""


def structure_of(words: Sequence[SpokenWord], question: str, area: str) -> Structure:
    """Return how an answer is built: cues and shares, never a grade.

    Rules only: cue words of story.py and design.py, found in clauses, and the cheapest way through
    the phases (Viterbi 1967). Works without punctuation and with misheard words.

    Args:
        words: the answer's words in order, fillers and hedges marked; times in seconds.
        question: as asked, "" for a recording without one.
        area: as written in the brief; "" for follow-ups, which ask for one thing only.
    """
    kind = _kind(question, area)
    clauses = clauses_of(words)
    cues = {"story": STORY, "design": DESIGN}.get(kind, {})
    phases = _phases(words, clauses, cues) if cues else ()
    shown = {phase.name for phase in phases}
    return Structure(
        kind=kind,
        phases=phases,
        lacks=tuple(name for name in cues if name not in shown) if words else (),
        own_share=own_share(words),
        direct=is_direct(question, _first_sentence(clauses), kind),
        specifics=specifics_of(" ".join(word.text for word in words)),
    )


def _kind(question: str, area: str) -> Literal["", "story", "design"]:
    if not question.strip():
        return ""
    if is_story("", question):
        return "story"
    if is_design(area, question):
        return "design"
    return "story" if is_story(area, question) else ""


def _first_sentence(clauses: Sequence[Clause]) -> str:
    said: list[str] = []
    for clause in clauses:
        said.append(clause.text)
        if clause.breaks and clause.text:
            break
    return " ".join(said)


def _phases(
    words: Sequence[SpokenWord], clauses: Sequence[Clause], cues: Cues
) -> tuple[Phase, ...]:
    """Return the runs of clauses that show one phase, in order of time."""
    shown = [_shown(clause, cues) for clause in clauses]
    names = tuple(cues)
    cost = _mixed if cues is DESIGN else _ordered
    path = _path(shown, names, cost)
    phases: list[Phase] = []
    first = 0
    for at in range(1, len(clauses) + 1):
        if at < len(clauses) and path[at] == path[first]:
            continue
        name = path[first]
        weight = sum(one.get(name, (0.0, (0, 0)))[0] for one in shown[first:at])
        if name and weight >= LEAST_SHOWN:
            cue = max((one[name] for one in shown[first:at] if name in one), key=lambda c: c[0])
            phases.append(_phase(words, name, (clauses[first].first, clauses[at - 1].last), cue[1]))
        first = at
    return tuple(phases)


def _phase(
    words: Sequence[SpokenWord], name: str, span: tuple[int, int], cue: tuple[int, int]
) -> Phase:
    inside = words[span[0] : span[1] + 1]
    return Phase(
        start_s=inside[0].start_s,
        end_s=inside[-1].end_s,
        name=name,
        share=round(len(inside) / len(words), 3),
        cue=" ".join(word.text for word in words[cue[0] : cue[1] + 1]),
    )


def _shown(clause: Clause, cues: Cues) -> dict[str, tuple[float, tuple[int, int]]]:
    """Return for each phase that a clause shows how much, and the words of the best cue.

    A weak cue counts once a clause: two verbs in the past are no more of a situation than one.
    """
    found: dict[str, tuple[float, tuple[int, int]]] = {}
    for name, patterns in cues.items():
        hits = [
            (weight, match)
            for pattern, weight in patterns
            for match in islice(pattern.finditer(clause.text), 1 if weight < STRONG else None)
        ]
        if hits:
            best = max(hits, key=lambda hit: hit[0])[1]
            inside = [at for start, at in clause.starts if best.start() - 1 <= start < best.end()]
            total = min(MOST_SHOWN, sum(weight for weight, _ in hits))
            found[name] = (total, (inside[0], inside[-1]))
    return found


def _path(
    shown: Sequence[dict[str, tuple[float, tuple[int, int]]]],
    names: tuple[str, ...],
    cost: Callable[[int, int], float],
) -> list[str]:
    """Return the phase of each clause, "" before the first cue: the path that shows most.

    Changes cost what `cost` says of the places of both phases; of equal paths the one that changes
    later, so that a clause without cues goes on with the phase before it.
    """
    states = ("", *names)
    score = {state: -cost(0, place) for place, state in enumerate(states)}
    came: list[dict[str, str]] = []
    for one in shown:
        best: dict[str, tuple[float, str]] = {}
        for place, state in enumerate(states):
            value, _, other = max(
                (score[other] - cost(at, place), at != place, other)
                for at, other in enumerate(states)
                if state or not other
            )
            best[state] = (value + one.get(state, (0.0, (0, 0)))[0], other)
        score = {state: value for state, (value, _) in best.items()}
        came.append({state: other for state, (_, other) in best.items()})
    state = max(states, key=lambda name: score[name])
    path: list[str] = []
    for before in reversed(came):
        path.append(state)
        state = before[state]
    return path[::-1]


def _ordered(before: int, after: int) -> float:
    """Return the cost of a change in a story, whose phases have an order."""
    return BACKWARD if after < before else ONWARD * (after - before)


def _mixed(before: int, after: int) -> float:
    """Return the cost of a change in a design."""
    return 0.0 if before == after else ANY_ORDER
