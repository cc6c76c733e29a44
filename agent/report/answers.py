"""The conversation: a card per question with its answers, the interviewer's lines between."""

from __future__ import annotations

from dataclasses import dataclass

from agent.analysis import Analysis, Answer, InterviewerLine, answer_names
from agent.report.facts import facts_html, more_html
from agent.report.legend import legend
from agent.report.line import ASKS, line_html, taken_back
from agent.report.markup import esc, play, section
from agent.report.own_questions import round_of
from agent.report.strip import strip
from agent.report.view import View
from agent.report.words import words_html

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
        """Say whether a card begins here: a main question, a recording, a question unanswered."""
        if self.answer is not None:
            return self.answer.kind != "follow_up"
        opens = self.line is not None and self.line.kind in _OPENING
        return opens and self.line is not None and not taken_back(self.line)


def answers_section(view: View) -> str:
    """Return every answer in the order of the session."""
    analysis = view.analysis
    if not analysis.answers and not analysis.interviewer:
        body = '<p class="empty">No answer was heard.</p>'
        return section("answers", "Your answers", body)
    body = "".join(_card(card, view) for card in cards_of(analysis))
    return section("answers", "Your answers", legend(view) + body)


def cards_of(analysis: Analysis) -> list[list[Item]]:
    """Sort answers and interviewer's lines by time into one card per main question.

    What is said once the person was invited to ask stands in a section of its own.
    """
    askers = _askers(analysis)
    lines = analysis.interviewer[: len(analysis.interviewer) - len(round_of(analysis))]
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


def _askers(analysis: Analysis) -> dict[int, InterviewerLine]:
    """Return for each answer the line that asked for it: the last one before it."""
    asks = [line for line in analysis.interviewer if line.kind in ASKS and not taken_back(line)]
    found: dict[int, InterviewerLine] = {}
    used: set[int] = set()
    for index, answer in enumerate(analysis.answers):
        before = [a for a in asks if a.end_s <= answer.start_s + _NEAR_S]
        if before and id(before[-1]) not in used:
            found[index] = before[-1]
            used.add(id(before[-1]))
    return found


def _card(card: list[Item], view: View) -> str:
    parts = []
    for item in card:
        if item.answer is not None:
            parts.append(_answer(item, item.answer, view))
        elif item.line is not None:
            parts.append(line_html(item.line))
    look = "card" if any(item.answer for item in card) else "between"
    return f'<div class="{look}">{"".join(parts)}</div>'


def _answer(item: Item, answer: Answer, view: View) -> str:
    asker, name, sound = item.line, item.name, view.sound
    kind = {"question": "Question", "follow_up": "Follow-up", "recording": "Recording"}[answer.kind]
    heading = "h4" if answer.kind == "follow_up" else "h3"
    area = f" · {esc(answer.area.replace('_', ' '))}" if answer.area else ""
    area += f" · asked by <bdi>{esc(answer.asked_by)}</bdi>" if answer.asked_by else ""
    area += " · you took the floor" if asker and asker.stopped_by == "interruption" else ""
    title = esc(answer.question) or "What was said"
    why = ""
    if asker is not None and asker.reason:
        why = (
            "<details><summary>Why this was asked</summary>"
            f'<p dir="auto">{esc(asker.reason)}</p></details>'
        )
    words = words_html(answer, sound) or (
        f'<span dir="auto">{esc(answer.text)}</span>' if answer.text else "<em>No words.</em>"
    )
    moment = play(answer.start_s, answer.end_s, f"answer {name}", sound)
    hint = "; arrow keys move from word to word, Enter plays from there" if sound else ""
    return (
        f'<article class="answer" id="answer-{name}" aria-labelledby="q-{name}">'
        f'<p class="kind">{kind} {name}{area} {moment}</p>'
        f'<{heading} id="q-{name}" dir="auto">{title}</{heading}>{why}{facts_html(answer, view)}'
        f"{''.join(map(line_html, item.during))}"
        f'<div class="words" role="group" aria-label="Words of answer {name}{hint}">{words}</div>'
        f"{strip(answer, sound)}{more_html(answer, view)}</article>"
    )
