"""Questions of our own, for a brief that brings none; none names what a talking point says."""

from __future__ import annotations

from agent.analysis.coverage.meaning import OVERLAP, find_meaning
from agent.brief import Brief, Question
from agent.interview.checks import leaks

_WARM_UP = Question(
    area="warm_up",
    text="To begin with, tell me a little about yourself and about what you do at the moment.",
    why="A short story with a direction: where the person comes from and where they want to go.",
)
_GENERAL = tuple(
    Question(area=area, text=text, why=why)
    for area, text, why in (
        ("motivation", "What draws you to this position, and why now?",
         "Shows whether the person has looked at the place and knows what they want from it."),
        ("behavioral", "Which strength of yours would the people you worked with name first, and"
         " where did they see it?", "A strength counts where an example carries it."),
        ("behavioral", "Tell me about something at work that did not go the way you wanted. What"
         " did you do then?", "Looks for an honest account, own action, and what was learnt."),
        ("conflict", "Describe a disagreement with somebody you worked with. How did you deal with"
         " it?", "Looks for listening, a clear position, and an end that both could live with."),
        ("behavioral", "How do you decide what to do first when everything seems urgent?",
         "Looks for a method and a case in which it was used."),
    )
)  # fmt: skip
_FOR_POINTS = tuple(
    Question(area=area, text=text, why=why)
    for area, text, why in (
        ("domain", "Tell me about something you worked on that had to keep up with growing demand."
         " What did you change?", "Invites a story of growth with its figures."),
        ("domain", "How do you make sure that what you deliver really holds up? Take a case of"
         " your own.", "Invites the person's own way of checking."),
        ("leadership", "Tell me about people whose work became better because of you. What did you"
         " do for them?", "Invites a story of leading or teaching, with what came of it."),
        ("behavioral", "Tell me about a situation in which somebody depended on you. What did you"
         " notice, and what did you do?", "Invites a story of care with its outcome."),
        ("domain", "What have you made easier for yourself or for others, and how did you go about"
         " it?", "Invites an improvement with before and after."),
        ("background", "What in your own past prepares you best for this position?",
         "Invites the longer story behind the person's skills."),
        ("behavioral", "Tell me about a piece of work that you are proud of. What was your own part"
         " in it?", "Leaves room for any talking point."),
        ("behavioral", "Tell me about a hard problem of yours and how you got to the bottom of it.",
         "Leaves room for any talking point."),
    )
)  # fmt: skip


def bank_questions(brief: Brief) -> tuple[Question, ...]:
    """Return questions in our own words: a warm-up, one for each talking point, general ones.

    A point gets the question that is nearest to it in meaning and gives nothing of it away.
    """
    meaning = find_meaning() or OVERLAP
    left = list(_FOR_POINTS)
    chosen = []
    for point in brief.talking_points:
        text = f"{point.name}. {point.text}"
        likeness = meaning.likeness(text, [f"{one.text} {one.why}" for one in left])
        ranked = sorted(zip(likeness, left, strict=True), key=lambda pair: -pair[0])
        found = next((one for _, one in ranked if not leaks(one.text, point, "")), None)
        if found is not None:
            chosen.append(found)
            left.remove(found)
    return (_WARM_UP, *chosen, *_GENERAL)
