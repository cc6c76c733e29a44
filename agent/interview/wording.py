"""What the interviewer says around the questions: greeting, transitions, good-bye.

Neutral on purpose: no praise and no judgement while the interview lasts.
"""

import re

from agent.brief import Brief
from agent.interview.plan import Plan

_LONGEST_NAME_WORDS = 9
_LONGEST_GREETING_WORDS = 48
"""A panel's greeting names the position up to so many, which Piper's voice joe says in 15 s."""
_MOST_NAMED = 4
"""Of a larger panel so many are named beside the one who greets."""
_SHORT_S = 75.0
"""With less time than this left for own questions the person is told so."""

LISTENED = ("Thank you.", "", "I see.", "")
"""Said before a follow-up, whatever the answer told; the next question comes without."""
SKIPPED = ("Sure, let's leave that one.", "Of course, we can skip it.", "No problem.")
"""Said after a question that was skipped."""
LEFT_OPEN = ("That's fine, let's go on.", "No problem, let's go on.", "Let's leave it there.")
"""Said after a question that stays without an answer, and after "I don't know"."""
CUT_IN = "Let me stop you there."
"""Said to interrupt an answer that goes on for too long."""
TIME_IS_UP = "Your time is up."
"""Said after an answer of a one-way interview that was cut off."""
BEGIN = "Let's begin."
"""Said before the first question."""
KINDLY = "That's fine."
"""Said before a good-bye where the last question was skipped or not known."""
REPEATED = "Of course."
"""Said before a question that is said again."""
IN_YOUR_WAY = "Please take it in whichever way makes most sense to you."
"""Said where the person asks what the question means."""
ASSUME = "Assume whatever you would expect. What would you do then?"
"""Said where the person asks how things are before answering."""
ONCE_MORE = "Let me put the question once more."
"""Said where what came back was no answer."""
TAKE_YOUR_TIME = (
    "Take your time. If you would like to hear the question again, say: could you repeat that."
)
"""Said once into a silence."""
NOT_CAUGHT = "I did not catch that. Please say it once more, or say: let's skip this one."
"""Said where there was a voice and no words."""
UNHEARD = (
    "I cannot hear you, so let's stop here. Please check the microphone and start again. Thank you."
)
"""Said instead of a good-bye after several questions without a sound."""

_INVITATION = "Those were our questions. What would you like to know from us?"
_ONE_MINUTE_LEFT = "We have about a minute left. What would you like to ask us?"
_WHAT_ELSE = ("What else would you like to know?", "What else can I tell you?")
_ONE_MORE = "We have time for one more: what else would you like to know?"
NOT_KNOWN = (
    "I don't know that, I'm afraid.",
    "That I would have to find out.",
    "I can't tell you that today; I would have to ask.",
)
"""The answer to a question that the brief does not answer."""
NO_QUESTION = (
    "I did not catch a question there. Please ask it once more, or say: that's all.",
    "I'm sorry, I still did not catch it. What else would you like to ask?",
)
"""Said where the person was invited to ask, and what came is no question."""
GO_AHEAD = "Please, go ahead."
"""Said where the person only says yes, or that there is a question."""
TIME_TO_ASK = "Take your time. If there is nothing you would like to ask, say: that's all."
"""Said once into a silence after the invitation to ask."""
WHAT_I_HAVE = "What I can tell you is this:"
"""Said before what the brief says: the nearest sentence need not be all that was asked for."""
SAID_BEFORE = "There is no more I can tell you on that than I said before."
"""The answer to a question that was answered already."""
_THANKS = "Thank you for your time. It was good to talk to you, and we will be in touch."
GOOD_BYES = {
    "asked": f"Then we are done. {_THANKS}",
    "done": f"That was my last question. {_THANKS}",
    "time": f"Our time is up. {_THANKS}",
    "finish": f"Of course, let's stop here. {_THANKS}",
    "ended": f"We stop here. {_THANKS}",
}


def nth(words: tuple[str, ...], number: int, last: str = "") -> str:
    """Return the next of `words`, or the one after it where it begins like the last one said."""
    said = words[number % len(words)]
    begins_alike = bool(said) and said.split()[0].strip(",.") == _first_word(last)
    return words[(number + 1) % len(words)] if begins_alike else said


def _first_word(text: str) -> str:
    return (text.split() or [""])[0].strip(",.")


def opening_text(plan: Plan, brief: Brief) -> str:
    """Return the greeting: the interview, its length, and what the person may say; under 20 s."""
    minutes = round(plan.total_s / 60)
    role, company = name_aloud(brief.role, 9), name_aloud(brief.company, 9)
    at = f" at {company}" if company and company.lower() not in role.lower() else ""
    about = f"Today's interview is for the position of {role}{at}." if role else ""
    if at and not role:
        about = f"Today's interview is{at}."
    welcome = _welcome(plan)
    rest = (
        f"We have about {minutes} minute{'s' if minutes != 1 else ''}."
        " Pausing to think is fine."
        f" {'You' if plan.panel else 'At any time you'} can say: that's my answer;"
        " could you repeat that; or, let's skip this one."
    )
    if plan.panel and len(f"{welcome} {about} {rest}".split()) > _LONGEST_GREETING_WORDS:
        about = ""
    return " ".join(f"{welcome} {about} {rest}".split())


def name_aloud(name: str, words: int = 3) -> str:
    """Return a name or a role from the brief as it can be spoken, of so many words at most."""
    spoken = re.sub(r"\s*&\s*", " and ", name)
    plain = re.sub(r"[^\w\s.,'’+#/-]", " ", spoken).split()
    aloud = " ".join(plain[:_LONGEST_NAME_WORDS])[:90].strip(" ,.-/")
    return " ".join(aloud.split()[:words])


def _welcome(plan: Plan) -> str:
    """Return the first words: who greets, and who else is there."""
    if not plan.panel:
        return "Hello, and welcome."
    first, *named = (name_aloud(persona.name) for persona in plan.panel)
    named[_MOST_NAMED:] = ["others"] if len(named) > _MOST_NAMED else []
    together = " and ".join(part for part in (", ".join(named[:-1]), *named[-1:]) if part)
    return f"Hello, I'm {first}{f', here with {together}' if together else ''}."


def invitation(left_s: float) -> str:
    """Return the invitation to the person's own questions, with so many seconds left for them."""
    return _ONE_MINUTE_LEFT if left_s < _SHORT_S else _INVITATION


def what_else(number: int, left_s: float) -> str:
    """Return what follows the answer to a question of the person's, so that they may go on."""
    return _ONE_MORE if left_s < _SHORT_S else nth(_WHAT_ELSE, number)
