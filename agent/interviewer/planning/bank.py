"""Questions of our own, for a brief that brings none.

Each talking point gets a question about its theme, found by the words below; neither the theme's
question nor any other names anything that the point itself says.
"""

from __future__ import annotations

import re

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.checks import leaks

_WARM_UP = Question(
    area="warm_up",
    text="To begin with, tell me a little about yourself and about what you do at the moment.",
    why="A short story with a direction: where the person comes from and where they want to go.",
)
_GENERAL = (
    Question(
        area="motivation",
        text="What draws you to this position, and why now?",
        why="Shows whether the person has looked at the place and knows what they want from it.",
    ),
    Question(
        area="behavioral",
        text="Which strength of yours would the people you worked with name first, and where did"
        " they see it?",
        why="A strength counts where an example carries it.",
    ),
    Question(
        area="behavioral",
        text="Tell me about something at work that did not go the way you wanted. What did you do"
        " then?",
        why="Looks for an honest account, own action, and what was learnt.",
    ),
    Question(
        area="conflict",
        text="Describe a disagreement with somebody you worked with. How did you deal with it?",
        why="Looks for listening, a clear position, and an end that both could live with.",
    ),
    Question(
        area="behavioral",
        text="How do you decide what to do first when everything seems urgent?",
        why="Looks for a method and a case in which it was used.",
    ),
)
_THEMES: tuple[tuple[str, Question], ...] = (
    (
        r"scal|load|throughput|traffic|production|latency|concurren|performance",
        Question(
            area="domain",
            text="Tell me about something you worked on that had to keep up with growing demand."
            " What did you change?",
            why="Invites a story of growth with its figures.",
        ),
    ),
    (
        r"evaluat|statist|rigor|test|benchmark|quality|audit|measure|metric",
        Question(
            area="domain",
            text="How do you make sure that what you deliver really holds up? Take a case of your"
            " own.",
            why="Invites the person's own way of checking.",
        ),
    ),
    (
        r"mentor|coach|precept|teach|taught|lead|led |team|train(ed|ing) (new|staff|people)",
        Question(
            area="leadership",
            text="Tell me about people whose work became better because of you. What did you do"
            " for them?",
            why="Invites a story of leading or teaching, with what came of it.",
        ),
    ),
    (
        r"patient|customer|client|student|family|parent|guest|user",
        Question(
            area="behavioral",
            text="Tell me about a situation in which somebody depended on you. What did you notice,"
            " and what did you do?",
            why="Invites a story of care with its outcome.",
        ),
    ),
    (
        r"fast|rapid|quick|iterat|speed|reduc|cut|sav|faster|automat|efficien",
        Question(
            area="domain",
            text="What have you made easier for yourself or for others, and how did you go"
            " about it?",
            why="Invites an improvement with before and after.",
        ),
    ),
    (
        r"year|since|began|career|history|arc|research|paper|publish",
        Question(
            area="background",
            text="What in your own past prepares you best for this position?",
            why="Invites the longer story behind the person's skills.",
        ),
    ),
)
_OTHER = (
    "Tell me about a piece of work that you are proud of. What was your own part in it?",
    "What else have you done that I should hear about, and what came of it?",
    "If you could show me a single thing that you made happen, what would it be?",
    "Tell me about a hard problem of yours and how you got to the bottom of it.",
)


def bank_questions(brief: Brief) -> tuple[Question, ...]:
    """Return questions in our own words: a warm-up, one for each talking point, general ones."""
    asked = [_WARM_UP]
    for point in brief.talking_points:
        question = _for_point(point, asked)
        if question is not None:
            asked.append(question)
    return (*asked, *_GENERAL)


def _for_point(point: TalkingPoint, asked: list[Question]) -> Question | None:
    """Return the first question that fits the point, was not asked and gives nothing away."""
    text = f"{point.name} {point.text}".lower()
    fitting = [question for pattern, question in _THEMES if re.search(rf"\b({pattern})", text)]
    others = [
        Question(area="behavioral", text=text, why="Leaves room for any talking point.")
        for text in _OTHER
    ]
    for question in (*fitting, *others):
        if question not in asked and not leaks(question.text, point, ""):
            return question
    return None
