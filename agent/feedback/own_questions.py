"""Remarks on what the person asked when it was their turn to ask.

That an applicant should have questions, and none whose answer was sent to them before, is common
advice of career services; the weights are ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding
from agent.feedback.weighed import Weighed
from agent.feedback.wording import shortened

_PREPARE = "Write down three questions that your brief does not answer, and ask them aloud."
_INSTEAD = "Ask one step further aloud: what does that mean for the team, or for your work there?"
_LONGEST_SOURCE = 160
"""Characters of the brief that are quoted in a remark."""


def own_question_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on a question that the brief answers, or on none where they were invited to."""
    answered = [own for own in analysis.own_questions if own.source]
    if answered:
        first = answered[0]
        text = (
            f"You asked “{shortened(first.text)}”, but your brief already says"
            f" “{shortened(first.source, _LONGEST_SOURCE)}”"
        )
        others = len(answered) - 1
        text += f"; it answers {others} more of your questions" if others else ""
        found = Finding(
            kind="own_question",
            text=f"{text}. Ask what it does not say.",
            start_s=first.start_s,
            end_s=first.end_s,
            exercise=_INSTEAD,
        )
        yield Weighed(50, found)
    invited = analysis.invitation
    if invited is not None and not analysis.own_questions and analysis.about.state == "complete":
        found = Finding(
            kind="own_question",
            text="You were invited to ask questions and asked none. This is the one part of an"
            " interview that you can prepare in full.",
            start_s=invited.start_s,
            end_s=invited.end_s,
            exercise=_PREPARE,
        )
        yield Weighed(54, found)
