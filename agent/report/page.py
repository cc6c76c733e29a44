"""The report: one HTML page that needs nothing but the sound beside it, and what it shows."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median

from agent.analysis import (
    Analysis,
    Answer,
    InterviewerLine,
    Pause,
    PointCoverage,
    SpokenWord,
    phrases,
)
from agent.analysis.bands import LONG_PAUSE_S
from agent.analysis.outline import outlines
from agent.analysis.ratings import by_remarks, gap_told
from agent.report.drawing import draw_page, draw_part
from agent.text.display import clean, length

_SECTIONS = {
    "practice": "", "figures": "", "points": "Talking points", "fillers": "Fillers",
    "answers": "Answers", "own": "Your questions", "method": "Method",
}  # fmt: skip
"""Anchor and template of each section: its name in the contents, "" for what is seen without."""
_SCALE_WPM = (80.0, 220.0)
UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
_LOOKS = {"filled_pause": "f", "filler_word": "w", "hedge": "h"}


@dataclass(frozen=True)
class Place:
    """What the page is told of its session beside the analysis."""

    session: str = "last"
    other: str = ""
    """File name of the interviewer's sound, beside the page; "" for none."""
    sound: str = ""
    """Both voices as a data URL, so that the page needs no file; "" for the files beside it."""
    served: bool = False
    """Whether the local server shows it: there a script adds what can be done with an answer."""


def render(analysis: Analysis, before: Analysis | None = None, place: Place = Place()) -> str:
    """Draw the report of an analysis, compared with an earlier one of the same brief.

    A pure function: the sound is only named (`about.audio`, a file beside the page), or given as
    `place.sound`. Without it nothing on the page can be played, and the page says so.
    """
    values: dict[str, object] = {"analysis": analysis, "view": View(analysis, before)}
    values |= {f.__name__: f for f in (moved, scaled, pace_line, pieces)}
    values |= {"place": place, "outlines": outlines(analysis), "by_remarks": by_remarks}
    values |= {"own_told": gap_told(analysis)}
    parts = {anchor: draw_part(f"{anchor}.html.j2", values) for anchor in _SECTIONS}
    sections = [(name, _SECTIONS[name], part) for name, part in parts.items() if part.strip()]
    return draw_page("report", values | {"sections": sections, "served": place.served})


@dataclass(frozen=True)
class Item:
    """One entry of the conversation: an answer, or a line of the interviewer without one."""

    line: InterviewerLine | None
    answer: Answer | None = None
    name: str = ""
    """Short name of the answer, "2" or "2a"."""
    between: tuple[InterviewerLine, ...] = ()
    """What the interviewer said between asking and the answer, such as the question again."""


@dataclass(frozen=True)
class View:
    """An analysis as the templates see it, with the last session of the same brief."""

    analysis: Analysis
    before: Analysis | None = None

    @property
    def sound(self) -> bool:
        """Whether there is a sound beside the page that moments can be played from."""
        return bool(self.analysis.about.audio)

    @property
    def facts(self) -> list[str]:
        """When it was, how long, who of a panel spoke, and what it is compared with."""
        about = self.analysis.about
        panel = dict.fromkeys(line.speaker for line in self.analysis.interviewer if line.speaker)
        then = self.before and (when(self.before.about.started) or "the last session")
        facts = (
            when(about.started),
            length(about.duration_s) if about.duration_s > 0 else "",
            f"panel: {', '.join(panel)}" if panel else "",
            f"compared with {then}" if then else "",
        )
        return [fact for fact in facts if fact]

    @property
    def notes(self) -> list[str]:
        """What the reader must know."""
        notes = phrases.notes_of(self.analysis)
        if self.analysis.typed:
            notes.append("The answers were typed, so there is no sound, no pace and no pauses.")
        elif not self.sound:
            notes.append("There is no sound beside this report, so nothing in it can be played.")
        if self.before is not None and not self.same_recognizer:
            notes.append(
                "Another recognizer heard the last session, so its fillers are not compared."
            )
        return notes

    @property
    def same_recognizer(self) -> bool:
        """Whether the same recognizer heard both sessions: only then do counts compare."""
        then = self.before
        return then is not None and then.engines.get("stt") == self.analysis.engines.get("stt")

    @property
    def judge_basis(self) -> str:
        """How talking points were judged: by a model where one took part, else by rules."""
        return "rule" if self.analysis.engines.get("coverage", "rules") == "rules" else "model"

    @cached_property
    def named(self) -> list[tuple[Answer, str]]:
        """Every answer with its short name, "2" or "2a"."""
        answers = self.analysis.answers
        return list(zip(answers, phrases.answer_names(answers), strict=True))

    def name_of(self, index: int | None) -> str:
        """Return the short name of the answer of that index, "" where there is none."""
        return "" if index is None or not 0 <= index < len(self.named) else self.named[index][1]

    def question_name(self, question: str) -> str:
        """Return the name of the last answer to a question as asked, "" where there is none."""
        return next((name for one, name in reversed(self.named) if one.question == question), "")

    @property
    def conversation(self) -> list[Item]:
        """Answers with the line that asked, other lines between, until the invitation to ask."""
        lines, invitation = self.analysis.interviewer, self.analysis.invitation
        told = lines[: None if invitation is None else lines.index(invitation)]
        # Lines come first: a typed one begins at the very moment of what follows it.
        spoken: list[tuple[InterviewerLine | Answer, str]] = [*((line, "") for line in told)]
        spoken += self.named
        items: list[Item] = []
        asked: list[InterviewerLine] = []
        for one, name in sorted(spoken, key=lambda pair: pair[0].start_s):
            if isinstance(one, Answer):
                items.append(Item(asked[0] if asked else None, one, name, tuple(asked[1:])))
                asked = []
            elif one.kind in ("question", "follow_up") and one.stopped_by != "resumed_answer":
                items += [Item(line) for line in asked]
                asked = [one]
            elif asked:
                asked.append(one)
            else:
                items.append(Item(one))
        return items + [Item(line) for line in asked]

    @property
    def more(self) -> list[str]:
        """The smaller figures, all measured, in words."""
        pacing = self.analysis.pacing
        waits = [a.response_latency_s for a, _ in self.named if a.response_latency_s is not None]
        told = [f"You began to answer after {median(waits):.1f} s (median)."] if waits else []
        if pacing.articulation_rate_sps is not None:
            told.append(f"While you spoke: {pacing.articulation_rate_sps:.1f} syllables a second.")
        voice = phrases.voice_told(pacing.voice)
        return told + ([voice] if voice else [])

    def point_before(self, point: PointCoverage) -> PointCoverage | None:
        """Return what became of the same talking point last time: it has the same name."""
        points = self.before.coverage.points if self.before else ()
        return next((p for p in points if p.name.casefold() == point.name.casefold()), None)


def when(started: str) -> str:
    """Return an ISO time as a person writes it, or as it is where it is none."""
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return clean(started)
    return f"{at:%B} {at.day}, {at.year}, {at:%H:%M}"


def moved(now: float | None, before: float | None) -> float | None:
    """Return how far a figure moved as it is shown; None where one of the two is unknown."""
    return None if now is None or before is None else round(now) - round(before)


def scaled(wpm: float) -> float:
    """Return where a pace lies on the drawn scale, in percent from its slow end."""
    low, high = _SCALE_WPM
    return 100 * (min(max(wpm, low), high) - low) / (high - low)


def pace_line(answer: Answer) -> str:
    """Return the line of the pace through the middles of its windows: x and y in percent."""
    windows = answer.pacing.windows
    span_s = max(answer.end_s - answer.start_s, 1e-6)
    middles = [((w.start_s + w.end_s) / 2, w.speech_rate_wpm) for w in windows]
    ends = (windows[0].start_s, middles[0][1]), (windows[-1].end_s, middles[-1][1])
    return " ".join(
        f"{100 * (at_s - answer.start_s) / span_s:.2f},{100 - scaled(wpm):.1f}"
        for at_s, wpm in (ends[0], *middles, ends[1])
    )


@dataclass(frozen=True)
class Piece:
    """A word of an answer, or a pause between words."""

    start_s: float
    text: str
    look: str = ""
    """Its classes in the style sheet."""
    title: str = ""
    """What its look means, in words."""


def pieces(answer: Answer) -> list[Piece]:
    """Return words and pauses by their middles: a word may be drawn out over a pause."""
    placed = [((w.start_s + w.end_s) / 2, _word(w)) for w in answer.words]
    placed += [((p.start_s + p.end_s) / 2, _pause(p)) for p in answer.pacing.pauses]
    return [piece for _, piece in sorted(placed, key=lambda item: item[0])]


def _word(word: SpokenWord) -> Piece:
    marks = [(_LOOKS[word.mark], word.mark.replace("_", " "))] if word.mark else []
    marks += [("u", "unsure")] if word.probability < UNSURE_BELOW else []
    look, title = " ".join(one[0] for one in marks), ", ".join(one[1] for one in marks)
    return Piece(word.start_s, word.text, look, title)


def _pause(pause: Pause) -> Piece:
    if pause.length_s < 1.0:
        return Piece(pause.start_s, f"{pause.length_s:.1f}", "p")
    look = "p over" if pause.inside_clause and pause.length_s > LONG_PAUSE_S else "p long"
    place = "in mid-sentence" if pause.inside_clause else "at the end of a sentence"
    return Piece(pause.start_s, f"pause {pause.length_s:.1f} s", look, f"pause {place}")
