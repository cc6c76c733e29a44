"""What else the sample analysis holds: windows, voice, counts, habits, scores, before."""

from __future__ import annotations

from agent.analysis import (
    Analysis,
    Answer,
    Conflict,
    Evidence,
    Habit,
    PaceWindow,
    Repeated,
    Score,
    Scores,
    Span,
    Voice,
)

_WINDOW_S, _STEP_S = 20.0, 5.0
_ADVISED_S = {"system_design": (60.0, 300.0)}


def evidence(answers: tuple[Answer, ...], index: int, quote: str) -> Evidence:
    """Return a quote with its time; it must have been said in that answer."""
    wanted = quote.split()
    words = answers[index].words
    for at in range(len(words) - len(wanted) + 1):
        said = words[at : at + len(wanted)]
        if [word.text for word in said] == wanted:
            start_s, end_s = said[0].start_s, said[-1].end_s
            return Evidence(quote=quote.rstrip(","), start_s=start_s, end_s=end_s, answer=index)
    raise ValueError(f"not said: {quote}")


def deepened(answer: Answer, index: int) -> Answer:
    """Return the answer with its pace windows, voice, length advised and counts."""
    voice = Voice(pitch_sd_semitones=1.6 + 0.5 * index, end_drop_db=6.5 - index)
    pacing = answer.pacing.model_copy(
        update={"windows": windows(answer), "voice": voice, "longest_run_s": 4.0 + index}
    )
    return answer.model_copy(
        update={
            "pacing": pacing,
            "advised_s": _ADVISED_S.get(answer.area, (30.0, 120.0)),
            "answered": index != 4,
            "i_count": 2 + index,
            "we_count": 3,
            "figures": index,
        }
    )


def windows(answer: Answer) -> tuple[PaceWindow, ...]:
    """Return the pace of 20 s of the answer, every 5 s."""
    found, at = [], answer.start_s
    while at + _WINDOW_S <= answer.end_s:
        inside = sum(at <= word.start_s < at + _WINDOW_S for word in answer.words)
        rate = 60 * inside / _WINDOW_S
        band = "slow" if rate < 110 else "fast" if rate > 185 else "fine"
        found.append(PaceWindow(start_s=at, end_s=at + _WINDOW_S, speech_rate_wpm=rate, band=band))
        at += _STEP_S
    return tuple(found)


def completed(analysis: Analysis) -> Analysis:
    """Return the analysis with scores, habits, a story told twice and a conflict."""
    answers = analysis.answers
    means = [f for f in analysis.fillers.filler_words if f.text == "I mean"]
    claim = evidence(answers, 0, "twelve thousand shops")
    return analysis.model_copy(
        update={
            "pacing": analysis.pacing.model_copy(
                update={
                    "voice": Voice(pitch_sd_semitones=2.6, end_drop_db=4.5),
                    "longest_run_s": 8.0,
                }
            ),
            "scores": Scores(
                pacing=Score(value=72, formula="100 - 18 (answer 4 fast) - 10 (long pauses)"),
                fillers=Score(not_scored="the words are too uncertain: 41 % below one half"),
                coverage=Score(value=50, formula="(2 covered + 0.5 · 1 partial) / 5 = 50"),
            ),
            "talk_share": 0.71,
            "habits": (
                Habit(
                    text="I mean",
                    count=len(means),
                    kind="crutch",
                    moments=tuple(Span(start_s=f.start_s, end_s=f.end_s) for f in means),
                ),
            ),
            "repeated": (
                Repeated(
                    first=evidence(answers, 0, "merging streams"),
                    again=evidence(answers, 1, "merge sorted streams"),
                ),
            ),
            "conflicts": (Conflict(**claim.model_dump(), brief="Settles sales for 15,000 shops."),),
        }
    )


def earlier(analysis: Analysis) -> Analysis:
    """Return a session of the same brief before this one: slower, with fewer points made."""
    points = analysis.coverage.points
    changed = (points[0].model_copy(update={"status": "partial"}), *points[1:4])
    pacing = analysis.pacing.model_copy(update={"speech_rate_wpm": 131.0})
    first = analysis.answers[0]
    slower = first.model_copy(
        update={"pacing": first.pacing.model_copy(update={"speech_rate_wpm": 122.0})}
    )
    scores = analysis.scores.model_copy(update={"pacing": Score(value=64, formula="100 - 36")})
    return analysis.model_copy(
        update={
            "about": analysis.about.model_copy(update={"started": "2026-11-18T09:05:00"}),
            "pacing": pacing,
            "coverage": analysis.coverage.model_copy(update={"points": changed}),
            "answers": (slower, *analysis.answers[1:]),
            "scores": scores,
        }
    )
