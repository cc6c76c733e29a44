"""What a report is drawn from: the analysis, the one before it, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median

from agent.analysis import (
    Analysis,
    Answer,
    InterviewerLine,
    OwnQuestion,
    PointCoverage,
    answer_names,
)
from agent.report import phrases
from agent.report.conversation import Item, cards_of, own_round
from agent.report.definitions import Definition, definitions
from agent.report.lanes import Row, rows_of, session_s
from agent.report.words import UNSURE_BELOW
from agent.text.display import clean, length

_LONG_WORDS = 3000
"""From here on answers outside the window are laid out only when they are scrolled to."""
_GAUGE_WPM = (80, 220)
"""Ends of the drawn scale of the pace, in words a minute."""


@dataclass(frozen=True)
class View:
    """An analysis as the templates see it."""

    analysis: Analysis
    """What is drawn."""
    before: Analysis | None = None
    """The last session of the same brief, where there is one to compare with."""

    @property
    def sound(self) -> bool:
        """Whether there is a sound beside the page that moments can be played from."""
        return bool(self.analysis.about.audio)

    @property
    def long(self) -> bool:
        """Whether there are so many words that a browser takes long to lay them all out."""
        return sum(len(answer.words) for answer in self.analysis.answers) > _LONG_WORDS

    @property
    def title(self) -> str:
        """What the report is of: the company and the role, else the session's title."""
        about = self.analysis.about
        return " · ".join(part for part in (about.company, about.role) if part) or about.title

    @property
    def facts(self) -> list[str]:
        """When it was, how long, how it ended, and what it is compared with."""
        about = self.analysis.about
        facts = [when(about.started)] if about.started else []
        facts += [length(about.duration_s)] if about.duration_s > 0 else []
        facts.append(about.state)
        if self.before is not None:
            facts.append(f"compared with {when(self.before.about.started) or 'the last session'}")
        return facts

    @property
    def panel(self) -> list[str]:
        """Who of a panel spoke, in the order of their first word; [] for one interviewer."""
        lines = self.analysis.interviewer
        return list(dict.fromkeys(line.speaker for line in lines if line.speaker))

    @property
    def notes(self) -> list[str]:
        """What the reader must know."""
        state = phrases.state_note(self.analysis.about)
        notes = [*([state] if state else []), *self.analysis.notes]
        if self.analysis.typed:
            notes.append("The answers were typed, so there is no sound, no pace and no pauses.")
        elif not self.sound:
            notes.append("There is no sound beside this report, so nothing in it can be played.")
        if self.before is not None and not self.same_recognizer:
            notes.append(
                "Another recognizer heard the last session, so its fillers are not compared."
            )
        return notes

    @cached_property
    def same_recognizer(self) -> bool:
        """Whether the same recognizer heard both sessions: only then do counts compare."""
        if self.before is None:
            return False
        return self.before.engines.get("stt") == self.analysis.engines.get("stt")

    @property
    def judge_basis(self) -> str:
        """How talking points were judged: by a model where one took part, else by rules."""
        return "rule" if self.analysis.engines.get("coverage", "rules") == "rules" else "model"

    @property
    def definitions(self) -> list[Definition]:
        """The definitions of the figures that this page shows."""
        return definitions(self.analysis, self.judge_basis, compared=self.before is not None)

    @cached_property
    def named(self) -> list[tuple[Answer, str]]:
        """Every answer with its short name, "2" or "2a"."""
        return list(zip(self.analysis.answers, answer_names(self.analysis.answers), strict=True))

    def name_of(self, index: int | None) -> str:
        """Return the short name of the answer of that index, "" where there is none."""
        known = index is not None and 0 <= index < len(self.named)
        return self.named[index][1] if known and index is not None else ""

    def question_name(self, question: str) -> str:
        """Return the name of the last answer to a question as asked, "" where there is none."""
        names = [name for answer, name in self.named if answer.question == question]
        return names[-1] if question and names else ""

    @property
    def cards(self) -> list[list[Item]]:
        """The conversation in cards."""
        return cards_of(self.analysis)

    @property
    def own_round(self) -> list[tuple[OwnQuestion | None, InterviewerLine | None]]:
        """The round of the person's own questions in its order."""
        return own_round(self.analysis)

    @property
    def rows(self) -> list[Row]:
        """The rows of the timeline, [] where nothing has a time."""
        analysis, total_s = self.analysis, session_s(self.analysis)
        if analysis.typed or total_s <= 0 or not (analysis.answers or analysis.interviewer):
            return []
        return rows_of(total_s)

    @property
    def more(self) -> list[tuple[str, float, float | None, int, str]]:
        """The smaller figures: name, value, the value before, digits and unit."""
        now, before = _measured(self.analysis), _measured(self.before) if self.before else {}
        return [
            (name, value, before[name][0] if name in before else None, digits, unit)
            for name, (value, digits, unit) in now.items()
        ]

    @property
    def marks(self) -> list[tuple[str, str, str]]:
        """The marks among the words that this page has: look, example and meaning."""
        fillers, words = self.analysis.fillers, (w for a, _ in self.named for w in a.words)
        unsure = any(word.probability < UNSURE_BELOW for word in words)
        marks = (
            ("f", "um", "filled pause", fillers.filled_pauses),
            ("w", "you know", "filler word", fillers.filler_words),
            ("h", "maybe", "hedge", fillers.hedges),
            ("r", "the the", "said twice", fillers.repetitions),
            ("p p4", "2.1 s", "silent pause in seconds", self.analysis.pacing.pauses),
            ("u", "word", "the recognizer was unsure", unsure),
        )
        return [(look, text, meaning) for look, text, meaning, shown in marks if shown]

    def point_before(self, point: PointCoverage) -> PointCoverage | None:
        """Return what became of the same talking point last time: it has the same name."""
        points = self.before.coverage.points if self.before else ()
        return next((p for p in points if p.name.casefold() == point.name.casefold()), None)

    def answer_before(self, answer: Answer) -> Answer | None:
        """Return the answer to the same main question last time."""
        answers: Sequence[Answer] = self.before.answers if self.before and answer.question else ()
        same = (a for a in answers if a.question == answer.question and a.kind == answer.kind)
        return next(same, None)


def when(started: str) -> str:
    """Return an ISO time as a person writes it, or as it is where it is none."""
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return clean(started)
    return f"{at:%B} {at.day}, {at.year}, {at:%H:%M}"


def moved(now: float | None, before: float | None, digits: int = 0) -> float | None:
    """Return how far a figure moved as it is shown; None where one of the two is unknown."""
    if now is None or before is None:
        return None
    return round(round(now, digits) - round(before, digits), digits)


def gauge(wpm: float) -> float:
    """Return where a pace lies on the drawn scale, in percent of its width."""
    start, end = _GAUGE_WPM
    return 100 * (min(max(wpm, start), end) - start) / (end - start)


def _measured(analysis: Analysis) -> dict[str, tuple[float, int, str]]:
    """Return value, digits and unit by name, without the figures that are not known."""
    voice, pacing = analysis.pacing.voice, analysis.pacing
    waits = [a.response_latency_s for a in analysis.answers if a.response_latency_s is not None]
    share = analysis.talk_share
    found: tuple[tuple[str, float | None, int, str], ...] = (
        ("Your share of the talking", None if share is None else 100 * share, 0, "%"),
        ("Time until you answer (median)", median(waits) if waits else None, 1, "s"),
        ("Longest stretch without a pause", pacing.longest_run_s or None, 0, "s"),
        ("Pitch varies by (below 2 is flat)", voice.pitch_sd_semitones, 1, "semitones"),
        ("Phrases end quieter by", voice.end_drop_db, 1, "dB"),
    )
    return {name: (value, n, unit) for name, value, n, unit in found if value is not None}
