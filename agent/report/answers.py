"""The conversation: a card per question with its answers, the interviewer's lines between."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.analysis import Analysis, Answer, InterviewerLine
from agent.report import phrases
from agent.report.markup import clock, esc, length, plural, section
from agent.report.words import words_html

_ASKS = ("question", "follow_up")
_NEAR_S = 1.0
"""An asking line may end this much after its answer began (barge-in, rough clocks)."""


@dataclass
class Card:
    """One question with its follow-ups and all that was said meanwhile."""

    items: list[tuple[int | None, Answer | None, InterviewerLine | None]] = field(
        default_factory=list
    )
    """(index of the answer, the answer, the line that asked it); or (None, None, a line)."""
    answers: int = 0
    """How many of the items are answers."""


def answers_section(analysis: Analysis, sound: bool) -> str:
    """Return every answer in the order of the session."""
    if not analysis.answers and not analysis.interviewer:
        body = '<p class="empty">No answer was heard.</p>'
        return section("answers", "Your answers", body)
    names = phrases.answer_names(analysis.answers)
    body = "".join(_card(card, names, sound) for card in group(analysis))
    return section("answers", "Your answers", _legend(sound) + body)


def group(analysis: Analysis) -> list[Card]:
    """Sort answers and interviewer's lines by time into one card per main question."""
    askers = _askers(analysis)
    claimed = {id(line) for line in askers.values()}
    stream: list[tuple[float, int | None, Answer | None, InterviewerLine | None]] = [
        (line.start_s, None, None, line) for line in analysis.interviewer if id(line) not in claimed
    ]
    for index, answer in enumerate(analysis.answers):
        asker = askers.get(index)
        start_s = min(answer.start_s, asker.start_s) if asker else answer.start_s
        stream.append((start_s, index, answer, asker))
    stream.sort(key=lambda item: item[0])
    cards: list[Card] = [Card()]
    for _, number, said, line in stream:
        starts = said.kind != "follow_up" if said else line is not None and line.kind == "question"
        if starts and cards[-1].items:
            cards.append(Card())
        cards[-1].items.append((number, said, line))
        cards[-1].answers += said is not None
    return [card for card in cards if card.items]


def _askers(analysis: Analysis) -> dict[int, InterviewerLine]:
    """Return for each answer the line that asked for it: the last one before it."""
    asks = [line for line in analysis.interviewer if line.kind in _ASKS]
    found: dict[int, InterviewerLine] = {}
    used: set[int] = set()
    for index, answer in enumerate(analysis.answers):
        before = [a for a in asks if a.end_s <= answer.start_s + _NEAR_S]
        if before and id(before[-1]) not in used:
            found[index] = before[-1]
            used.add(id(before[-1]))
    return found


def _card(card: Card, names: list[str], sound: bool) -> str:
    parts = []
    for index, answer, line in card.items:
        if answer is not None and index is not None:
            parts.append(_answer(answer, line, names[index], sound))
        elif line is not None:
            parts.append(_line(line))
    look = "card" if card.answers else "between"
    return f'<div class="{look}">{"".join(parts)}</div>'


def _line(line: InterviewerLine) -> str:
    skipped = " (no answer)" if line.kind in _ASKS else ""
    return (
        f'<p class="line"><span class="who">Interviewer {clock(line.start_s)}{skipped}</span> '
        f'<span dir="auto">{esc(line.text)}</span></p>'
    )


def _answer(answer: Answer, asker: InterviewerLine | None, name: str, sound: bool) -> str:
    kind = {"question": "Question", "follow_up": "Follow-up", "recording": "Recording"}[answer.kind]
    heading = "h4" if answer.kind == "follow_up" else "h3"
    area = f" · {esc(answer.area.replace('_', ' '))}" if answer.area else ""
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
    hint = "; arrow keys move from word to word, Enter plays from there" if sound else ""
    return (
        f'<article class="answer" id="answer-{name}" aria-labelledby="q-{name}">'
        f'<p class="kind">{kind} {name}{area}</p>'
        f'<{heading} id="q-{name}" dir="auto">{title}</{heading}>{why}{_facts(answer)}'
        f'<div class="words" role="group" aria-label="Words of answer {name}{hint}">{words}</div>'
        "</article>"
    )


def _facts(answer: Answer) -> str:
    facts = [("at", clock(answer.start_s))]
    if answer.response_latency_s is not None:
        facts.append(("began after", f"{answer.response_latency_s:.1f} s"))
    facts.append(("length", length(answer.end_s - answer.start_s)))
    pacing = answer.pacing
    if pacing.speech_rate_wpm is not None:
        band = f" ({pacing.band})" if pacing.band else ""
        facts.append(("pace", f"{round(pacing.speech_rate_wpm)} words a minute{band}"))
    longest = phrases.longest_pause(pacing)
    if longest is not None:
        most = f"longest {phrases.pause_length_s(longest):.1f} s"
        facts.append(("pauses", f"{len(pacing.pauses)}, {most}"))
    if answer.words:
        count = phrases.filler_count(answer.fillers)
        facts.append(("fillers", phrases.at_least(answer.fillers) if count else "none found"))
    items = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in facts)
    return f'<dl class="facts">{items}</dl>'


def _legend(sound: bool) -> str:
    click = "Click a word to hear it from there. " if sound else ""
    return (
        f'<p class="legend words">{click}'
        '<span class="f">um</span> filled pause, <span class="w">you know</span> filler word, '
        '<span class="h">maybe</span> hedge, <span class="f a">um?</span> likely in the sound, '
        '<span class="p p2">0.6</span> <span class="p p4">2.1 s</span> silent pauses in seconds, '
        '<span class="u">word</span> the recognizer was unsure.</p>'
    )


def answer_note(analysis: Analysis) -> str:
    """Return how many answers there are, in words."""
    return plural(len(analysis.answers), "answer")
