"""What an answer lacked: what about it is worth working on, in a few plain words."""

from __future__ import annotations

from agent.analysis import Answer
from agent.analysis.bands import EASY_WPM, MANY_PER_MINUTE, short_answer_s

UNANSWERED = "did not answer it"
"""What an answer did that gave up, asked back, or never came."""
SHORT_TYPED_WORDS = round(short_answer_s("") * EASY_WPM[0] / 60)
"""Words that the shortest spoken answer has at the slower end of the easy pace; a typed answer has
no length but its words."""


def weakness(answer: Answer, *, typed: bool = False) -> str:
    """Return what an answer lacked, "" for nothing; it completes "your answer …".

    Of a `typed` answer only words tell its length, and only of a main answer.
    """
    if answer.answered is False:
        return UNANSWERED
    if typed:
        short = answer.kind == "question" and len(answer.words) < SHORT_TYPED_WORDS
        return "was too short" if short else ""
    shortest_s, longest_s = answer.advised_s or (0.0, float("inf"))
    if answer.end_s - answer.start_s < shortest_s:
        return "was too short"
    if answer.end_s - answer.start_s > longest_s:
        return "was too long"
    if answer.pacing.band in ("slow", "fast"):
        return f"was too {answer.pacing.band}"
    if (answer.fillers.per_minute or 0.0) > MANY_PER_MINUTE:
        return "was full of fillers"
    return ""
