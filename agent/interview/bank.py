"""Questions of our own, for a brief that brings none; none names what a talking point says."""

from __future__ import annotations

from agent.brief import Brief, Question
from agent.interview.checks import leaks

_OURS = tuple(
    Question(area=area, text=text, why=why)
    for area, text, why in (
        ("warm_up", "To begin with, tell me a little about yourself and about what you do at the"
         " moment.", "A short story with a direction."),
        ("motivation", "What draws you to this position, and why now?",
         "Has looked at the place and knows what they want from it."),
        ("behavioral", "Tell me about a piece of work that you are proud of. What was your own part"
         " in it?", "Own part, a result."),
        ("behavioral", "Tell me about something at work that did not go the way you wanted. What"
         " did you do then?", "An honest account, own action, and what was learnt."),
        ("conflict", "Describe a disagreement with somebody you worked with. How did you deal with"
         " it?", "Listening, a clear position, and an end that both could live with."),
        ("behavioral", "Tell me about a hard problem of yours and how you got to the bottom of it.",
         "A method, and where it got difficult."),
        ("behavioral", "How do you decide what to do first when everything seems urgent?",
         "A method and a case in which it was used."),
        ("leadership", "Tell me about people whose work became better because of you. What did you"
         " do for them?", "A story of leading or teaching, with what came of it."),
        ("domain", "What have you made easier for yourself or for others, and how did you go about"
         " it?", "An improvement with before and after."),
    )
)  # fmt: skip


def bank_questions(brief: Brief) -> tuple[Question, ...]:
    """Return our questions, without those that would give a talking point away."""
    points = brief.talking_points
    return tuple(one for one in _OURS if not any(leaks(one.text, p, "") for p in points))
