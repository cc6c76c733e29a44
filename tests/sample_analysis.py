"""A realistic Analysis value: four questions, a follow-up, fillers, pauses, every point status."""

from __future__ import annotations

from typing import Any

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Evidence,
    Filler,
    Fillers,
    Finding,
    InterviewerLine,
    Pacing,
    Pause,
    PointCoverage,
    SpokenWord,
)
from tests.sample_script import NUDGE_AT, POINTS, SCRIPT

AUDIO = "candidate.wav"
HOSTILE = '</script><script>window.hit=1</script>"><img src=x onerror="window.hit=1">\u202e🎧\u2028'
"""Text that would run, reorder or break out where it is not escaped."""

_MARKS = {"*": "filled_pause", "~": "filler_word", "^": "hedge"}


class _Clock:
    def __init__(self, start_s: float, wpm: float) -> None:
        self.now_s = start_s
        self.per_letter_s = 60 / wpm / 6.6
        self.words: list[SpokenWord] = []
        self.pauses: list[Pause] = []
        self.fillers: dict[str, list[Filler]] = {"filled_pause": [], "filler_word": [], "hedge": []}

    def say(self, text: str, mark: str = "") -> None:
        unsure, text = "@" in text, text.replace("@", "")
        end = self.now_s + self.per_letter_s * (len(text) + 1.4)
        self.words.append(
            SpokenWord(
                text=text,
                start_s=round(self.now_s, 2),
                end_s=round(end, 2),
                probability=0.31 if unsure else 0.94,
                mark=mark,
            )
        )
        self.now_s = end

    def mark(self, text: str, kind: str, start_s: float, source: str = "transcript") -> None:
        found = Filler(text=text.strip(",."), start_s=start_s, end_s=self.now_s, source=source)
        self.fillers[kind].append(found)

    def pause(self, length_s: float) -> None:
        inside = not self.words[-1].text.endswith((".", ",", ":", ";", "?"))
        self.pauses.append(
            Pause(start_s=self.now_s, end_s=self.now_s + length_s, inside_clause=inside)
        )
        self.now_s += length_s


def spoken(script: str, start_s: float, wpm: float) -> dict[str, Any]:
    """Return words, text, pacing, fillers and span of an answer written in the notation."""
    clock = _Clock(start_s, wpm)
    open_mark, opened_s, held = "", 0.0, []
    for token in script.split():
        if token.startswith("|"):
            clock.pause(float(token[1:]))
        elif token.startswith("("):
            before = clock.now_s
            clock.now_s += 0.35
            clock.mark(token.strip("()"), "filled_pause", before, "acoustic")
        else:
            if token[0] in _MARKS:
                open_mark, opened_s, held = token[0], clock.now_s, []
            kind = _MARKS.get(open_mark, "")
            text = token.strip(open_mark) if open_mark else token
            held.append(text)
            clock.say(text, kind)
            if open_mark and token.endswith(open_mark):
                clock.mark(" ".join(held), kind, opened_s)
                open_mark = ""
    return _described(clock, start_s)


def _described(clock: _Clock, start_s: float) -> dict[str, Any]:
    fillers = Fillers(
        filled_pauses=tuple(clock.fillers["filled_pause"]),
        filler_words=tuple(clock.fillers["filler_word"]),
        hedges=tuple(clock.fillers["hedge"]),
    )
    return {
        "start_s": start_s,
        "end_s": clock.now_s,
        "text": " ".join(word.text for word in clock.words),
        "words": tuple(clock.words),
        "pacing": _pacing(tuple(clock.words), tuple(clock.pauses), clock.now_s - start_s),
        "fillers": _rated(fillers, clock.now_s - start_s, len(clock.words)),
    }


def _pacing(words: tuple[SpokenWord, ...], pauses: tuple[Pause, ...], span_s: float) -> Pacing:
    count = sum(word.mark != "filled_pause" for word in words)
    rate = 60 * count / span_s
    silence = sum(pause.end_s - pause.start_s for pause in pauses)
    return Pacing(
        words=count,
        speech_rate_wpm=rate,
        articulation_rate_sps=1.45 * count / (span_s - silence),
        phonation_s=span_s - silence,
        duration_s=span_s,
        pauses=pauses,
        band="slow" if rate < 110 else "fast" if rate > 185 else "fine",
    )


def _rated(fillers: Fillers, span_s: float, words: int) -> Fillers:
    count = len(fillers.filled_pauses) + len(fillers.filler_words)
    return fillers.model_copy(
        update={"per_minute": 60 * count / span_s, "per_100_words": 100 * count / words}
    )


def _evidence(answers: list[Answer], index: int, quote: str) -> Evidence:
    wanted = quote.split()
    texts = [word.text for word in answers[index].words]
    for at in range(len(texts) - len(wanted) + 1):
        if texts[at : at + len(wanted)] == wanted:
            words = answers[index].words[at : at + len(wanted)]
            return Evidence(
                quote=quote.rstrip(","),
                start_s=words[0].start_s,
                end_s=words[-1].end_s,
                answer=index,
            )
    raise ValueError(f"not said: {quote}")


def _conversation() -> tuple[list[Answer], list[InterviewerLine]]:
    opening = "Hello, and thank you for coming. Take the time you need; pausing is fine."
    lines = [InterviewerLine(start_s=0.8, end_s=5.9, text=opening, kind="opening")]
    answers: list[Answer] = []
    now_s, main = 6.6, -1
    for number, (kind, area, question, reason, wpm, script) in enumerate(SCRIPT):
        main += kind == "question"
        ends_s = now_s + 0.06 * len(question)
        lines.append(
            InterviewerLine(start_s=now_s, end_s=ends_s, text=question, kind=kind, reason=reason)
        )
        latency_s = 0.9 + 0.3 * number
        if number == NUDGE_AT:
            lines.append(
                InterviewerLine(
                    start_s=ends_s + 9, end_s=ends_s + 10.2, text="Take your time.", kind="nudge"
                )
            )
            latency_s = 11.4
        said = spoken(script, ends_s + latency_s, wpm)
        answers.append(
            Answer(
                question=question,
                kind=kind,
                question_index=main,
                area=area,
                response_latency_s=latency_s,
                **said,
            )
        )
        now_s = answers[-1].end_s + 1.6
    closing = "Thank you, those were my questions. It was good to talk with you."
    lines.append(InterviewerLine(start_s=now_s, end_s=now_s + 4, text=closing, kind="closing"))
    return answers, lines


def _together(answers: list[Answer]) -> tuple[Pacing, Fillers]:
    words = tuple(word for answer in answers for word in answer.words)
    pauses = tuple(pause for answer in answers for pause in answer.pacing.pauses)
    span_s = sum(answer.pacing.duration_s for answer in answers)
    fillers = Fillers(
        filled_pauses=tuple(f for a in answers for f in a.fillers.filled_pauses),
        filler_words=tuple(f for a in answers for f in a.fillers.filler_words),
        hedges=tuple(f for a in answers for f in a.fillers.hedges),
    )
    return _pacing(words, pauses, span_s), _rated(fillers, span_s, len(words))


def _points(answers: list[Answer]) -> Coverage:
    return Coverage(
        points=tuple(
            PointCoverage(
                index=index,
                name=name,
                text=text,
                status=status,
                evidence=(_evidence(answers, *where),) if where else (),
                note=note,
                would_fit="" if where else answers[0].question,
            )
            for index, (name, text, status, where, note) in enumerate(POINTS)
        )
    )


def _findings(answers: list[Answer], coverage: Coverage) -> tuple[Finding, ...]:
    wrong = coverage.points[2].evidence[0]
    right = coverage.points[0].evidence[0]
    rushed, slow = answers[3], answers[4]
    pause = slow.pacing.pauses[3]
    return (
        Finding(
            kind="contradicted",
            text="You said fourteen pages a week; your brief says 4. Practice the sentence with"
            " its number once aloud.",
            start_s=wrong.start_s,
            end_s=wrong.end_s,
            answer=3,
        ),
        Finding(
            kind="pace",
            text=f"You rushed the on-call story: {rushed.pacing.speech_rate_wpm:.0f} words a minute"
            " with hardly a pause. Tell it again, and stop after the result.",
            start_s=rushed.start_s,
            end_s=rushed.start_s + 12,
            basis="measured",
            answer=3,
        ),
        Finding(
            kind="filler",
            text="“I mean” and “um” crowd the mentoring answer. Begin with the outcome instead.",
            start_s=pause.start_s - 4,
            end_s=pause.end_s + 6,
            answer=4,
        ),
        Finding(
            kind="missed",
            text="Your tracing library never came up; the warm-up question invites it.",
            start_s=None,
            answer=0,
        ),
        Finding(
            kind="strength",
            text="The settlement story lands: your own part, then both numbers, in one sentence.",
            start_s=right.start_s,
            end_s=right.end_s,
            answer=0,
        ),
    )


def sample(audio: str = AUDIO) -> Analysis:
    """Return the analysis of one whole session; its sound is as long as `about.duration_s`."""
    answers, lines = _conversation()
    pacing, fillers = _together(answers)
    coverage = _points(answers)
    return Analysis(
        about=About(
            title="Harbor Grid",
            company="Harbor Grid",
            role="Senior Platform Engineer",
            started="2026-11-20T18:42:07",
            duration_s=round(lines[-1].end_s + 1, 1),
            audio=audio,
        ),
        engines={
            "stt": "pocketsphinx en-us",
            "tts": "espeak-ng en-us",
            "interviewer": "rules",
            "vad": "webrtcvad mode 2",
        },
        notes=(
            "Words came from PocketSphinx, the built-in recognizer; “rehearse setup” fetches a"
            " better one.",
        ),
        pacing=pacing,
        fillers=fillers,
        coverage=coverage,
        answers=tuple(answers),
        interviewer=tuple(lines),
        findings=_findings(answers, coverage),
    )


def long_sample(words: int = 10_000) -> Analysis:
    """Return a session of about an hour with at least `words` words in answers of two minutes."""
    one = SCRIPT[2][-1].split(" ")
    answers: list[Answer] = []
    now_s, count = 5.0, 0
    while count < words:
        said = spoken(" ".join(one * 4), now_s, 185)
        question = f"Question number {len(answers) + 1}, as long as questions usually are?"
        answers.append(
            Answer(question=question, question_index=len(answers), response_latency_s=1.2, **said)
        )
        count += len(answers[-1].words)
        now_s = answers[-1].end_s + 8
    pacing, fillers = _together(answers)
    short = sample()
    return short.model_copy(
        update={
            "answers": tuple(answers),
            "pacing": pacing,
            "fillers": fillers,
            "interviewer": (),
            "findings": (),
            "about": short.about.model_copy(update={"duration_s": now_s}),
        }
    )


def _poisoned(value: Any, key: str = "") -> Any:
    """Add HOSTILE to every free text of a dumped analysis."""
    if isinstance(value, dict):
        return {name: _poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item, key) for item in value]
    closed = {"kind", "status", "state", "basis", "band", "mark", "source", "audio"}
    return value + HOSTILE if isinstance(value, str) and value and key not in closed else value


def hostile_sample() -> Analysis:
    """Return the sample with HOSTILE in every text that comes from outside."""
    document = sample().model_dump(mode="json", by_alias=True)
    return Analysis.model_validate(_poisoned(document))
