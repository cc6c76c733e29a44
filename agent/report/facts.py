"""The figures of one answer: when, how long, how fast, and how it is built."""

from __future__ import annotations

from agent.analysis import Answer, Structure
from agent.report import phrases
from agent.report.markup import basis_chip, clock, esc, length
from agent.report.strip import phase_name
from agent.report.view import View


def facts_html(answer: Answer, view: View) -> str:
    """Return the figures of one answer; one outside its band stands out, in words and look."""
    facts = [*_times(answer, view), *_pace(answer, view), *_voice(answer, view)]
    if answer.words:
        found = phrases.filler_count(answer.fillers)
        value = phrases.filler_places(answer.fillers) if view.sound and found else str(found)
        facts.append(("fillers", value))
    return _list("facts", facts)


def built_html(answer: Answer) -> str:
    """Return how an answer is built, as cues and never as a grade; "" where nothing is known."""
    facts = list(_built(answer, answer.structure))
    if not facts:
        return ""
    return _list("facts built", [*facts, ("", basis_chip("rule"))])


def _list(look: str, facts: list[tuple[str, str]]) -> str:
    items = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in facts)
    return f'<dl class="{look}">{items}</dl>'


def _flag(text: str) -> str:
    return f'<strong class="flag">{text}</strong>'


def _times(answer: Answer, view: View) -> list[tuple[str, str]]:
    facts = [("at", clock(answer.start_s))]
    if answer.response_latency_s is not None:
        facts.append(("began after", f"{answer.response_latency_s:.1f} s"))
    if not view.sound:
        return facts
    lasted_s = answer.end_s - answer.start_s
    value = length(lasted_s)
    if answer.advised_s is not None:
        low, high = answer.advised_s
        value += f" ({_advised(low, high)} advised)"
        if not low <= lasted_s <= high:
            value += f", {_flag('short' if lasted_s < low else 'long')}"
    before = view.answer_before(answer)
    if before is not None:
        value += f", {length(before.end_s - before.start_s)} last time"
    return [*facts, ("length", value)]


def _advised(low_s: float, high_s: float) -> str:
    return f"{length(low_s)} to {length(high_s)}" if low_s > 0 else f"up to {length(high_s)}"


def _pace(answer: Answer, view: View) -> list[tuple[str, str]]:
    pacing, facts = answer.pacing, []
    if pacing.speech_rate_wpm is not None:
        rate = f"{round(pacing.speech_rate_wpm)} words a minute"
        if pacing.band in ("slow", "fast"):
            rate += f", {_flag(pacing.band)}"
        before = view.answer_before(answer)
        if before is not None and before.pacing.speech_rate_wpm is not None:
            rate += f", {round(before.pacing.speech_rate_wpm)} last time"
        facts.append(("pace", rate))
    longest = phrases.longest_pause(pacing)
    if longest is not None:
        most = f"longest {phrases.pause_length_s(longest):.1f} s"
        facts.append(("pauses", f"{len(pacing.pauses)}, {most}"))
    return facts


def _voice(answer: Answer, view: View) -> list[tuple[str, str]]:
    voice, all_of = answer.pacing.voice, view.analysis.pacing.voice
    facts = []
    if voice.pitch_sd_semitones is not None:
        value = f"moves {voice.pitch_sd_semitones:.1f} semitones"
        if all_of.pitch_sd_semitones is not None:
            value += f", {all_of.pitch_sd_semitones:.1f} over all answers"
        facts.append(("pitch", value))
    if voice.end_drop_db is not None:
        facts.append(("ends of phrases", f"{voice.end_drop_db:.1f} dB lower"))
    return facts


def _built(answer: Answer, structure: Structure) -> list[tuple[str, str]]:
    facts = []
    if answer.answered is False:
        facts.append(("the question", _flag("not answered")))
    if structure.direct is not None:
        told = "answers the question" if structure.direct else "does not answer the question yet"
        facts.append(("first sentence", told))
    if structure.lacks:
        lacking = ", ".join(esc(phase_name(name)) for name in structure.lacks)
        facts.append(("no words show", _flag(lacking)))
    if structure.own_share is not None:
        own = round(100 * structure.own_share)
        facts.append(("whose work", f"“I” {own} %, “we” {100 - own} %"))
    if structure.specifics:
        facts.append(("numbers, names and terms", str(structure.specifics)))
    return facts
