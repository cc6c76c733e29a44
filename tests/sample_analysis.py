"""A realistic Analysis value: four questions, a follow-up, fillers, pauses, every point status."""

from __future__ import annotations

from typing import Any

from agent.analysis import (
    About,
    Analysis,
    Answer,
    Coverage,
    Fillers,
    Finding,
    InterviewerLine,
    Pacing,
    PointCoverage,
)
from tests.sample_depth import completed, deepened, evidence, windows
from tests.sample_script import CUT_AT, NUDGE_AT, POINTS, SCRIPT, TAKEN_BACK_AT
from tests.sample_speech import paced, rated, spoken

AUDIO = "candidate.wav"
HOSTILE = '</script><script>window.hit=1</script>"><img src=x onerror="window.hit=1">\u202e🎧\u2028'
"""Text that would run, reorder or break out where it is not escaped."""


def _conversation() -> tuple[list[Answer], list[InterviewerLine]]:
    opening = "Hello, and thank you for coming. Take the time you need; pausing is fine."
    lines = [InterviewerLine(start_s=0.8, end_s=5.9, text=opening, kind="opening")]
    answers: list[Answer] = []
    now_s, main = 6.6, -1
    for number, (kind, area, question, wpm, script) in enumerate(SCRIPT):
        main += kind == "question"
        ends_s = now_s + 0.06 * len(question)
        lines.append(
            InterviewerLine(
                start_s=now_s,
                end_s=ends_s,
                text=question,
                kind=kind,
                stopped_by="interruption" if number == CUT_AT else "",
            )
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
        if number == TAKEN_BACK_AT:
            at_s = answers[-1].pacing.pauses[4].start_s + 0.6
            lines.append(
                InterviewerLine(
                    start_s=at_s,
                    end_s=at_s + 0.7,
                    text="And what",
                    kind="follow_up",
                    stopped_by="resumed_answer",
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
        repetitions=tuple(f for a in answers for f in a.fillers.repetitions),
    )
    return paced(words, pauses, span_s), rated(fillers, span_s, len(words))


def _points(answers: list[Answer]) -> Coverage:
    return Coverage(
        points=tuple(
            PointCoverage(
                index=index,
                name=name,
                text=text,
                status=status,
                evidence=(evidence(tuple(answers), *where),) if where else (),
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
            exercise="Answer question 3 again in 90 seconds, number first.",
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
    said, lines = _conversation()
    answers = [deepened(answer, at) for at, answer in enumerate(said)]
    pacing, fillers = _together(answers)
    coverage = _points(answers)
    plain = Analysis(
        about=About(
            title="Harbor Grid",
            company="Harbor Grid",
            role="Senior Platform Engineer",
            started="2026-11-20T18:42:07",
            duration_s=round(lines[-1].end_s + 1, 1),
            audio=audio,
        ),
        engines={
            "stt": "whisper:base",
            "tts": "piper:en_US-joe-medium",
            "interviewer": "rules",
            "vad": "webrtcvad mode 2",
        },
        notes=("One word was left out: the recognizer wrote it where nobody spoke.",),
        pacing=pacing,
        fillers=fillers,
        coverage=coverage,
        answers=tuple(answers),
        interviewer=tuple(lines),
        findings=_findings(answers, coverage),
    )
    return completed(plain)


def long_sample(words: int = 10_000) -> Analysis:
    """Return a session of about an hour with at least `words` words in answers of two minutes."""
    one = SCRIPT[2][-1].split(" ")
    answers: list[Answer] = []
    now_s, count = 5.0, 0
    while count < words:
        said = spoken(" ".join(one * 4), now_s, 185)
        question = f"Question number {len(answers) + 1}, as long as questions usually are?"
        answer = Answer(
            question=question, question_index=len(answers), response_latency_s=1.2, **said
        )
        paced_along = answer.pacing.model_copy(update={"windows": windows(answer)})
        answers.append(answer.model_copy(update={"pacing": paced_along}))
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
    closed = {"kind", "status", "state", "basis", "band", "mark", "source", "audio", "stopped_by"}
    return value + HOSTILE if isinstance(value, str) and value and key not in closed else value


def hostile_sample() -> Analysis:
    """Return the sample with HOSTILE in every text that comes from outside."""
    document = sample().model_dump(mode="json", by_alias=True)
    return Analysis.model_validate(_poisoned(document))
