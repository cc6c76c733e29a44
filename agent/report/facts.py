"""The figures of one answer: when, how long, how fast, and what it has counted."""

from __future__ import annotations

from agent.analysis import Answer, Voice
from agent.bands import SHORT_ANSWER_S, long_answer_s
from agent.report import phrases
from agent.report.markup import basis_chip, length
from agent.report.view import View

_Fact = tuple[str, str, str]
"""Term, value and a smaller note below it; value and note are HTML already."""


def facts_html(answer: Answer, view: View) -> str:
    """Return the key figures of one answer; one outside its band stands out in words and look."""
    before = view.answer_before(answer)
    facts = [_length(answer, before)] if view.sound else []
    facts += _pace(answer, before)
    if answer.words:
        facts.append(("fillers", str(len(answer.fillers.counted)), ""))
    if answer.response_latency_s is not None:
        facts.append(("began after", f"{answer.response_latency_s:.1f} s", ""))
    return _list("facts", facts) if facts else ""


def more_html(answer: Answer, view: View) -> str:
    """Return what was counted in the answer, and the voice; "" without either."""
    facts = _counted(answer)
    built = _list("facts built", facts) if facts else ""
    said = _voice(answer.pacing.voice, view.analysis.pacing.voice)
    voice = f'<p class="voice">{said} {basis_chip("measured")}</p>' if said else ""
    return built + voice


def _list(look: str, facts: list[_Fact]) -> str:
    items = "".join(
        f"<div><dt>{term}</dt><dd>{value}{f'<small>{note}</small>' if note else ''}</dd></div>"
        for term, value, note in facts
    )
    return f'<dl class="{look}">{items}</dl>'


def _flag(text: str) -> str:
    return f'<strong class="flag">{text}</strong>'


def _last_time(value: str) -> str:
    return f"last time {value}"


def _length(answer: Answer, before: Answer | None) -> _Fact:
    """Return the length; it stands out from where a finding would say so, and is told before."""
    lasted_s = answer.end_s - answer.start_s
    value, notes = length(lasted_s), []
    if answer.kind == "question" and not SHORT_ANSWER_S <= lasted_s <= long_answer_s(answer.area):
        value += f" {_flag('short' if lasted_s < SHORT_ANSWER_S else 'long')}"
    if answer.advised_s is not None:
        low, high = answer.advised_s
        notes.append(f"{length(low)} to {length(high)} advised")
    if before is not None:
        notes.append(_last_time(length(before.end_s - before.start_s)))
    return "length", value, "<br>".join(notes)


def _pace(answer: Answer, before: Answer | None) -> list[_Fact]:
    pacing, facts = answer.pacing, []
    if pacing.speech_rate_wpm is not None:
        rate, note = f"{round(pacing.speech_rate_wpm)}", "words a minute"
        if pacing.band in ("slow", "fast"):
            rate += f" {_flag(pacing.band)}"
        if before is not None and before.pacing.speech_rate_wpm is not None:
            note += f"<br>{_last_time(str(round(before.pacing.speech_rate_wpm)))}"
        facts.append(("pace", rate, note))
    longest = phrases.longest_pause(pacing)
    if longest is not None:
        most = f"longest {phrases.pause_length_s(longest):.1f} s"
        facts.append(("pauses", str(len(pacing.pauses)), most))
    return facts


def _voice(voice: Voice, all_of: Voice) -> str:
    """Return how the voice moved, beside that of all answers."""
    parts = []
    if voice.pitch_sd_semitones is not None:
        parts.append(
            f"The pitch moved by {voice.pitch_sd_semitones:.1f} semitones"
            + _over_all(all_of.pitch_sd_semitones)
        )
    if voice.end_drop_db is not None:
        drop = voice.end_drop_db
        way = "lower" if drop >= 0 else "higher"
        parts.append(f"Phrases ended {abs(drop):.1f} dB {way}" + _over_all(all_of.end_drop_db))
    return " ".join(f"{part}." for part in parts)


def _over_all(value: float | None) -> str:
    return "" if value is None else f" ({value:.1f} over all answers)".replace("-", "−")


def _counted(answer: Answer) -> list[_Fact]:
    facts: list[_Fact] = []
    if answer.answered is False:
        facts.append(("the question", _flag("not answered"), ""))
    if answer.words and answer.i_count is not None and answer.we_count is not None:
        facts.append(("“I” and “we”", f"{answer.i_count} and {answer.we_count}", "times said"))
    if answer.words and answer.figures is not None:
        facts.append(("figures given", str(answer.figures), ""))
    return facts
