"""Figures in words, the same on the page and in the terminal; their bands stand in bands.py."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from agent.analysis import (
    Analysis,
    Answer,
    Coverage,
    Filler,
    Fillers,
    Pacing,
    Pause,
    PointCoverage,
    Voice,
    bands,
)
from agent.text.display import plural

_BANDS = {
    "slow": "slower than most listeners like",
    "fine": "easy to follow",
    "fast": "fast; some listeners lose words",
}
TOLD = {
    "story": "a story of one occasion",
    "habit": "what you usually do",
    "opinion": "what you think",
    "self": "what you are like",
}
"""What an answer was, where an occasion was asked for."""
TYPED_PACE = "not measured: the answers were typed"
"""What stands for the pace where nothing was spoken."""
_STATES = {
    "interrupted": "This session was interrupted. All that was recorded until then is here.",
    "running": "This session had not ended yet.",
}


def pace_band(pacing: Pacing) -> str:
    """Return the band of the pace in words, or why there is none."""
    return _BANDS.get(pacing.band if pacing.speech_rate_wpm is not None else "") or (
        "not scored: too little speech"
    )


def notes_of(analysis: Analysis) -> list[str]:
    """Return what the reader must know: first of a session that was not ended."""
    return [*filter(None, [_STATES.get(analysis.about.state)]), *analysis.notes]


def typed_fillers(analysis: Analysis) -> str:
    """Return the count of fillers in typed answers, which nothing drops."""
    words = sum(len(answer.words) for answer in analysis.answers)
    return f"{len(analysis.fillers.counted)} in {plural(words, 'typed word')}"


def rate_class(fillers: Fillers) -> str:
    """Return both rates of fillers, each with its band: sounds weigh more than words."""
    if fillers.per_minute is None:
        return "rate not scored: too little speech"
    rates = (
        ("um and uh", fillers.sounds_per_minute or 0.0),
        ("filler words", fillers.words_per_minute or 0.0),
    )
    told = (f"{rate:.0f} {name} a minute, {_heard(rate)}" for name, rate in rates if rate >= 0.5)
    return "; ".join(told) or "hardly any"


def _heard(rate: float) -> str:
    if rate <= bands.FEW_PER_MINUTE:
        return "harmless"
    return "distracting" if rate >= bands.MANY_PER_MINUTE else "noticed"


def common_fillers(fillers: Fillers, most: int = 4) -> list[tuple[str, int]]:
    """Return the most frequent fillers with their counts."""
    return Counter(bare(f.text) for f in fillers.counted if f.text).most_common(most)


def by_text(found: Sequence[Filler]) -> list[tuple[str, list[Filler]]]:
    """Return the fillers by word, the most frequent first."""
    groups: dict[str, list[Filler]] = {}
    for one in found:
        groups.setdefault(bare(one.text) or "um", []).append(one)
    return sorted(groups.items(), key=lambda item: -len(item[1]))


def bare(text: str) -> str:
    """Return a word or phrase without capitals and the punctuation around it."""
    return text.lower().strip(" ,.;:?!…")


def points_made(coverage: Coverage) -> tuple[int, int]:
    """Return how many talking points were covered, and how many there are."""
    return sum(point.status == "covered" for point in coverage.points), len(coverage.points)


def points_not_made(coverage: Coverage) -> str:
    """Return how many points there were of each other status, "" where none was."""
    told = Counter(status_told(point) for point in coverage.points if point.status != "covered")
    return ", ".join(f"{count} {status}" for status, count in told.items())


def status_told(point: PointCoverage) -> str:
    """Return the status of a point in words: what was not heard may have been said."""
    unsure = point.doubt or (point.status == "partial" and not point.sure)
    return "to check" if unsure else point.status.replace("missing", "not found")


def longest_pause(pacing: Pacing) -> Pause | None:
    """Return the longest pause inside answers, if there is one."""
    return max(pacing.pauses, key=lambda pause: pause.length_s, default=None)


def long_pauses(pacing: Pacing) -> list[Pause]:
    """Return the pauses inside a clause that are long for it (agent/analysis/bands.py)."""
    return [p for p in pacing.pauses if p.inside_clause and p.length_s > bands.LONG_PAUSE_S]


def length_flag(answer: Answer) -> str:
    """Return "short" or "long" for a main answer that a finding would call so, else ""."""
    if answer.kind != "question":
        return ""
    if answer.end_s - answer.start_s < bands.short_answer_s(answer.area):
        return "short"
    return "long" if answer.length_s > bands.long_answer_s(answer.area) else ""


def voice_told(voice: Voice) -> str:
    """Return how the voice moved; "" where unknown."""
    told = []
    if voice.pitch_sd_semitones is not None:
        told.append(f"Your pitch varied by {voice.pitch_sd_semitones:.1f} semitones.")
    if voice.end_drop_db is not None:
        way = "quieter" if voice.end_drop_db >= 0 else "louder"
        told.append(f"Your phrases ended {abs(voice.end_drop_db):.1f} dB {way} than their middle.")
    return " ".join(told)


def own_questions_told(analysis: Analysis) -> str:
    """Return how many questions were asked, and how many the brief answers; "" without a round."""
    count = len(analysis.own_questions)
    if not count:
        return "" if analysis.invitation is None else "nothing"
    known = sum(bool(own.source) for own in analysis.own_questions)
    if count == known == 1:
        return "1 question, which your brief answers"
    said = f"; your brief answers {known} of them" if known else ", none that your brief answers"
    return plural(count, "question") + said


class _Kinded(Protocol):
    @property
    def kind(self) -> str: ...


def answer_names(answers: Sequence[_Kinded]) -> list[str]:
    """Return a short name for each answer: "1", its follow-ups "1a" and "1b", then "2"."""
    names: list[str] = []
    main, follow_ups = 0, 0
    for answer in answers:
        if answer.kind == "follow_up" and main:
            follow_ups += 1
            names.append(f"{main}{chr(96 + min(follow_ups, 26))}")
        else:
            main, follow_ups = main + 1, 0
            names.append(str(main))
    return names
