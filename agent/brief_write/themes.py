"""Questions in our own words for what postings ask for, by theme.

The themes follow the competencies of structured interviews (OPM, "Structured Interviews: A
Practical Guide", 2008, and its list of competencies); the words that tell them are ours.
"""

from __future__ import annotations

import re

from agent.brief import Question

_THEMES: tuple[tuple[str, str, str, str], ...] = (
    (
        "leadership",
        r"lead|manage|mentor|coach|supervis|line manag|teach|train|precept|develop (people|staff)",
        "Tell me about a time when you led other people through something difficult. How did you"
        " bring them along?",
        "The work means leading others; a story with own decisions shows it.",
    ),
    (
        "collaboration",
        r"team|collaborat|stakeholder|cross-functional|partner|colleague|together|liais",
        "Tell me about a piece of work that needed people from other fields. How did you keep them"
        " together?",
        "They depend on people outside their own team, and want to see how that is held together.",
    ),
    (
        "behavioral",
        r"customer|client|patient|student|pupil|parent|guest|user|famil|visitor|resident",
        "Tell me about somebody you worked for who was not satisfied. What did you do, and how did"
        " it end?",
        "The people served are at the center; they look for listening and a concrete next step.",
    ),
    (
        "system_design",
        r"design|architect|scal|distributed|infrastructure|platform|pipeline|reliab|build",
        "Take something of the kind that we build here. How would you design it, and what would"
        " you leave out at first?",
        "Shows what the candidate weighs against what, before anything is built.",
    ),
    (
        "quality",
        r"safety|safe |quality|complian|regulat|audit|standard|hygiene|risk|secur|inspection"
        r"|protect|lockout|careful|honest",
        "How do you make sure that nothing slips through where mistakes are costly? Take a case of"
        " your own.",
        "Mistakes are costly there; a method and one honest case answer it.",
    ),
    (
        "domain",
        r"data|analy|measure|metric|statist|report|forecast|evaluat|research|experiment|test",
        "Tell me about a decision that you based on figures. Where did they come from, and how far"
        " did you trust them?",
        "Looks for somebody who questions a figure before acting on it.",
    ),
    (
        "planning",
        r"plan|priorit|organi[sz]|deadline|schedul|budget|cost|coordinat|time manag|several",
        "Describe a week in which everything was due at once. How did you decide what came first?",
        "Looks for a way of setting priorities and a case in which it was used.",
    ),
    (
        "communication",
        r"communicat|writ|present|explain|document|negotiat|speak|language|convince|persuad",
        "Tell me about something complicated that you had to explain to people outside your field."
        " How did you know that they understood?",
        "Being understood is part of the work; a concrete audience shows it.",
    ),
    (
        "domain",
        r"debug|troubleshoot|repair|maint|diagnos|incident|problem|fault|on[- ]call|root cause",
        "Tell me about a fault that took you long to find. How did you get to the bottom of it?",
        "Looks for a method in the search, not for luck.",
    ),
    (
        "learning",
        r"learn|curio|grow|adapt|chang|new (tools|methods|technolog)|innovat|improv|self-starter",
        "What have you learnt in the last year that changed how you work?",
        "Looks for somebody who keeps learning, with an example that cost something.",
    ),
    (
        "behavioral",
        r"independen|own(ership)?\b|initiative|proactiv|autonom|accountab|responsib|pressure|stress",
        "Tell me about something that nobody asked you to do and you did it all the same. What came"
        " of it?",
        "Looks for own initiative and for what it led to.",
    ),
    (
        "domain",
        r"sales|sell|account|negotiat|pric|deal|revenue|market",
        "Tell me about a clear no that you met in your work. What did you make of it?",
        "Looks for persistence that knows where it ends.",
    ),
    (
        "background",
        r"degree|licen[cs]|certif|registration|qualif|years|bachelor|master|diploma|training",
        "Which part of your training do you use most in your daily work, and what did it not"
        " prepare you for?",
        "They ask for a formal background and want to hear what it is worth in practice.",
    ),
    (
        "domain",
        r"machine|equipment|instrument|controller|drive|tool|software|system|device|vehicle",
        "Which tool of your work do you know best, and where are its limits?",
        "Shows whether somebody has worked with a thing for long or only read about it.",
    ),
    (
        "motivation",
        r"shift|night|weekend|travel|on[- ]call|hours|driving|relocat|remote",
        "How do you keep your work good when the hours are long or odd?",
        "The hours belong to the work; they want to hear that this was thought about.",
    ),
    (
        "culture",
        r"cultur|values|mission|divers|inclusi|respect|trust|open|care|community",
        "What do you need from the people around you to do your best work, and what do they get"
        " from you?",
        "Shows whether the candidate and the people there would get on.",
    ),
)
_ANY: tuple[tuple[str, str], ...] = (
    ("domain", "Which part of this work have you done before, and which would be new to you?"),
    ("planning", "What would you do in your first month with us, and why in that order?"),
    ("domain", "Which mistake do people new to this work make, and how did you get past it?"),
    ("behavioral", "When did you last change your mind about how this work should be done?"),
    ("domain", "How can somebody outside see whether this work was done well?"),
    ("learning", "Who has taught you most about this work, and what exactly?"),
    ("behavioral", "Which part of this work do you like least, and how do you deal with it?"),
    ("planning", "If you had half the time for this work, what would you leave out?"),
)
ANY_WHY = "This stands in the posting, so somebody will ask about it."


def themed(text: str, taken: frozenset[str]) -> Question | None:
    """Return the question for the theme most spoken of in a text, None where none fits.

    Args:
        text: a line of the posting.
        taken: questions that were already chosen.
    """
    low = text.lower()
    found = [
        (len(re.findall(rf"\b(?:{words})", low)), Question(area=area, text=asked, why=why))
        for area, words, asked, why in _THEMES
        if asked not in taken
    ]
    best = max(found, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


def general(taken: frozenset[str]) -> Question | None:
    """Return the next question that fits any line of any posting, None when all were chosen."""
    free = [pair for pair in _ANY if pair[1] not in taken]
    return Question(area=free[0][0], text=free[0][1], why=ANY_WHY) if free else None
