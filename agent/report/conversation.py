"""Who said what in which order: a card per main question, and the round of own questions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, InterviewerLine, OwnQuestion, answer_names

_ASKS = ("question", "follow_up")
"""Kinds of lines that an answer belongs to."""
_OPENING = ("question", "closing")
"""Lines that begin a card where nobody answered them."""
_NEAR_S = 1.0
"""An asking line may end this much after its answer began (barge-in, rough clocks)."""


@dataclass(frozen=True)
class Item:
    """One entry of the conversation: an answer, or a line of the interviewer that asked nothing."""

    start_s: float
    """Where it begins, in seconds: an answer at the line that asked for it."""
    line: InterviewerLine | None
    """The line itself, or the one that asked for the answer, where it is known."""
    answer: Answer | None = None
    """The answer."""
    name: str = ""
    """Short name of the answer, "2" or "2a"."""
    during: tuple[InterviewerLine, ...] = ()
    """What the interviewer said between asking and the end of the answer, such as a nudge."""

    @property
    def opens_card(self) -> bool:
        """Whether a card begins here: a main question, a recording, a question unanswered."""
        if self.answer is not None:
            return self.answer.kind != "follow_up"
        opens = self.line is not None and self.line.kind in _OPENING
        return opens and self.line is not None and not _taken_back(self.line)


def cards_of(analysis: Analysis) -> list[list[Item]]:
    """Sort answers and interviewer's lines by time into one card per main question.

    What is said once the person was invited to ask stands in a section of its own.
    """
    askers = _askers(analysis)
    lines = analysis.interviewer[: len(analysis.interviewer) - len(_round_of(analysis))]
    loose = [line for line in lines if line not in askers.values()]
    names = answer_names(analysis.answers)
    answered = []
    for index, answer in enumerate(analysis.answers):
        asker = askers.get(index)
        start_s = min(answer.start_s, asker.start_s) if asker else answer.start_s
        during = tuple(line for line in loose if start_s < line.start_s < answer.end_s)
        loose = [line for line in loose if line not in during]
        answered.append(Item(start_s, asker, answer, names[index], during))
    # Lines come first: typed ones begin at the very moment of the question that follows them.
    items = [Item(line.start_s, line) for line in loose] + answered
    cards: list[list[Item]] = []
    for item in sorted(items, key=lambda item: item.start_s):
        if not cards or item.opens_card:
            cards.append([])
        cards[-1].append(item)
    return cards


def own_round(analysis: Analysis) -> list[tuple[OwnQuestion | None, InterviewerLine | None]]:
    """Return the round from the invitation on: own questions with the line of their reply, and
    the interviewer's other lines.
    """
    own = deque(analysis.own_questions)
    rows: list[tuple[OwnQuestion | None, InterviewerLine | None]] = []
    for line in _round_of(analysis):
        replies = line.kind == "reply" and not _taken_back(line) and bool(own)
        rows.append((own.popleft() if replies else None, line))
    return rows + [(one, None) for one in own]


def _round_of(analysis: Analysis) -> tuple[InterviewerLine, ...]:
    """Return what the interviewer said from the invitation to ask on; () without one."""
    lines, invitation = analysis.interviewer, analysis.invitation
    return () if invitation is None else lines[lines.index(invitation) :]


def _askers(analysis: Analysis) -> dict[int, InterviewerLine]:
    """Return for each answer the line that asked for it: the last one before it."""
    asks = [line for line in analysis.interviewer if line.kind in _ASKS and not _taken_back(line)]
    found: dict[int, InterviewerLine] = {}
    used: set[int] = set()
    for index, answer in enumerate(analysis.answers):
        before = [a for a in asks if a.end_s <= answer.start_s + _NEAR_S]
        if before and id(before[-1]) not in used:
            found[index] = before[-1]
            used.add(id(before[-1]))
    return found


def _taken_back(line: InterviewerLine) -> bool:
    """Return whether a line was begun and taken back, as the person only went on."""
    return line.stopped_by == "resumed_answer"
