"""A realistic Analysis value: four questions, a follow-up, fillers, pauses, every point status.

It stands in sample_analysis.json, without the fields that have their default.
"""

from pathlib import Path
from typing import Any

from agent.analysis import Analysis, Answer, Coverage, Score
from agent.analysis.measures.fillers import total_fillers
from agent.analysis.measures.pacing import total_pacing

AUDIO = "candidate.wav"
HOSTILE = '</script><script>window.hit=1</script>"><img src=x onerror="window.hit=1">\u202e🎧\u2028'
"""Text that would run, reorder or break out where it is not escaped."""
_SAMPLE = Path(__file__).with_suffix(".json").read_text("utf-8")


def sample(audio: str = AUDIO) -> Analysis:
    """Return the analysis of one whole session; its sound is as long as `about.duration_s`."""
    analysis = Analysis.model_validate_json(_SAMPLE)
    about = analysis.about.model_copy(update={"audio": audio})
    return analysis.model_copy(update={"about": about})


def long_sample(words: int = 10_000) -> Analysis:
    """Return a session of about an hour with at least `words` words in answers of two minutes."""
    short = sample()
    answers: list[Answer] = []
    now_s = 5.0
    while sum(len(answer.words) for answer in answers) < words:
        answers.append(_repeated(short.answers[3], now_s, len(answers)))
        now_s = answers[-1].end_s + 8
    fields = {
        "answers": tuple(answers),
        "pacing": total_pacing([answer.pacing for answer in answers]),
        "fillers": total_fillers([answer.fillers for answer in answers], now_s),
        "coverage": Coverage(),
        "interviewer": (),
        "findings": (),
        "about": short.about.model_copy(update={"duration_s": now_s}),
    }
    return short.model_copy(update=fields)


def _repeated(answer: Answer, start_s: float, number: int, times: int = 4) -> Answer:
    """Return an answer that says the same so many times."""
    step_s = answer.end_s - answer.start_s
    copies = [
        Answer.model_validate(_later(answer.model_dump(), start_s - answer.start_s + at * step_s))
        for at in range(times)
    ]
    pacing = total_pacing([one.pacing for one in copies])
    windows = tuple(window for one in copies for window in one.pacing.windows)
    return copies[0].model_copy(
        update={
            "question": f"Question number {number + 1}, as long as questions usually are?",
            "kind": "question",
            "question_index": number,
            "end_s": copies[-1].end_s,
            "text": " ".join(one.text for one in copies),
            "words": tuple(word for one in copies for word in one.words),
            "pacing": pacing.model_copy(update={"windows": windows}),
            "fillers": total_fillers([one.fillers for one in copies], times * step_s),
        }
    )


def _later(value: Any, by_s: float) -> Any:
    """Move every start and end in a dumped value."""
    if isinstance(value, dict):
        return {
            name: item + by_s if name in ("start_s", "end_s") else _later(item, by_s)
            for name, item in value.items()
        }
    return [_later(item, by_s) for item in value] if isinstance(value, list | tuple) else value


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


def earlier(analysis: Analysis) -> Analysis:
    """Return a session of the same brief before this one: slower, with fewer points made."""
    points = analysis.coverage.points
    changed = (points[0].model_copy(update={"status": "partial"}), *points[1:4])
    first = analysis.answers[0]
    slow = first.pacing.model_copy(update={"speech_rate_wpm": 122.0})
    scores = {"pacing": Score(value=64, formula="100 - 36")}
    fields = {
        "about": analysis.about.model_copy(update={"started": "2026-11-18T09:05:00"}),
        "pacing": analysis.pacing.model_copy(update={"speech_rate_wpm": 131.0}),
        "coverage": Coverage(points=changed),
        "answers": (first.model_copy(update={"pacing": slow}), *analysis.answers[1:]),
        "scores": analysis.scores.model_copy(update=scores),
    }
    return analysis.model_copy(update=fields)
