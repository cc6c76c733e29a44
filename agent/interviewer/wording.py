"""What the interviewer says around the questions: greeting, transitions, good-bye.

Neutral on purpose: no praise and no judgement while the interview lasts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.brief import Brief, Persona
from agent.interviewer.areas import area_of
from agent.interviewer.planning.plan import Plan, PlanItem
from agent.question_kind import area_name

_LONGEST_NAME_WORDS = 9
_LONGEST_GREETING_WORDS = 48
"""A panel's greeting names the position up to so many, which Piper's voice joe says in 15 s."""
_MOST_NAMED = 4
"""Of a larger panel so many are named beside the one who greets."""
ONWARD = (
    "Thank you.",
    "All right, next question.",
    "Okay, let's go on.",
    "Thanks. Here is the next one.",
    "All right.",
)
"""Said before the next question where nothing else is to be said."""
LISTENED = ("I see.", "Okay.", "", "All right.")
"""Said before a follow-up."""
_SKIPPED = ("Sure, let's leave that one.", "Of course, we can skip it.", "No problem.")
_LEFT = ("Let's leave it there and go on.", "That's fine, let's go on.", "Let's try another one.")
_NO_IDEA = (
    "That's fine, let's move on.",
    "No problem, let's go on.",
    "That's all right. Next one.",
)

KINDLY = "That's fine."
"""Said before a good-bye where the last question was skipped or not known."""
REPEATED = "Of course."
"""Said before a question that is said again."""
IN_YOUR_WAY = "Please take it in whichever way makes most sense to you."
"""Said where the person asks what the question means."""
ONCE_MORE = "Let me put the question once more."
"""Said where what came back was no answer."""
TAKE_YOUR_TIME = (
    "Take your time. If you would like to hear the question again, say: could you repeat that."
)
"""Said once into a silence."""
NOT_CAUGHT = "I did not catch that. Please say it once more, or say: let's skip this one."
"""Said where there was a voice and no words."""
UNHEARD = (
    "I cannot hear you, so let's stop here. Please check the microphone and start again."
    " Thank you. What there is of a report follows."
)
"""Said instead of a good-bye after several questions without a sound."""

_INVITATIONS = (
    "That's all from our side. What would you like to ask us?",
    "Those were our questions. What would you like to ask us?",
    "That's it from us. What would you like to know about us?",
)
_ONE_MINUTE_LEFT = "We have about a minute left. What would you like to ask us?"
_WHAT_ELSE = (
    "What else would you like to know?",
    "What else can I tell you?",
    "Is there anything else you would like to ask?",
)
_ONE_MORE = "We have time for one more: what else would you like to know?"
_SHORT_S = 75.0
"""With less time than this left the person is told so."""
_NOT_KNOWN = (
    "I don't have that here. It is a good thing to ask your recruiter.",
    "I don't have that.",
    "I don't have that here. Ask it in the interview itself.",
)
ANYTHING_TO_ASK = "Is there anything you would like to ask?"
"""Said where the person was invited to ask and only says "okay" or "thanks"."""
NO_QUESTION_CAUGHT = (
    "I did not catch a question there. Please ask it once more, or say: that's all.",
    "I'm sorry, I still did not catch it. What else would you like to ask?",
)
"""Said where what came is no question as it was understood; a recognizer garbles many a one."""
GO_AHEAD = "Please, go ahead."
"""Said where the person only says that there is a question."""
ABOUT_US = "You may ask about the team, the role or the company."
"""Said once where the person does not know what they are invited to."""
TIME_TO_ASK = "Take your time. If there is nothing you would like to ask, say: that's all."
"""Said once into a silence after the invitation to ask."""
SAID_BEFORE = "All that I have on it is what I said before."
"""The answer to a question that was answered already."""
_CUT_IN = (
    "Let me stop you there, so that we get through everything.",
    "Let me come in here, as I would like to ask you more.",
    "I have to stop you here, so that there is time for the rest.",
)
CUT_IN_AT_THE_END = "Let me stop you there."
"""The same where no question is left."""

_GOOD_BYES = {
    "asked": "Then we are done. Thank you for talking with me. Your report follows.",
    "done": "That was the last question. Thank you for talking with me. Your report follows.",
    "time": "Our time is up. Thank you for talking with me. Your report follows.",
    "finish": "Of course, let's stop here. Thank you for talking with me. Your report follows.",
    "ended": "We stop here. Thank you for talking with me. Your report follows.",
}


def opening_text(plan: Plan, brief: Brief) -> str:
    """Return the greeting: the interview, its length, and what the person may say; under 20 s."""
    minutes = round(plan.total_s / 60)
    role, company = _aloud(brief.role), _aloud(brief.company)
    at = f" at {company}" if company and company.lower() not in role.lower() else ""
    about = (
        f"Today's interview is for the position of {role}{at}."
        if role
        else f"Today's interview is{at}."
        if at
        else ""
    )
    welcome = _welcome(plan.panel)
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
    return " ".join(_aloud(name).split()[:words])


def _welcome(panel: Sequence[Persona]) -> str:
    """Return the first words: who greets, and who else is there."""
    if not panel:
        return "Hello, and welcome."
    first, *others = (name_aloud(persona.name) for persona in panel)
    named = others if len(others) <= _MOST_NAMED else [*others[:_MOST_NAMED], "others"]
    together = " and ".join(part for part in (", ".join(named[:-1]), *named[-1:]) if part)
    return f"Hello, I'm {first}{f', here with {together}' if together else ''}."


def transition(number: int, item: PlanItem, before: PlanItem | None, last: str = "") -> str:
    """Return what leads over to a question.

    Args:
        number: how many questions were asked before.
        item: the question to come.
        before: the item before it, None for the first.
        last: what was said before the last question; it does not come twice in a row.
    """
    if number == 0:
        return "Let's begin."
    area = area_of(item.question.area)
    changed = before is None or area_name(before.question.area) != area_name(item.question.area)
    if changed and area.spoken and number % 2 == 0:
        return f"Thank you. Let's turn to {area.spoken}."
    return _varied(ONWARD, number - 1, last)


def after_skip(number: int) -> str:
    """Return a kind word for a question that was skipped."""
    return _SKIPPED[number % len(_SKIPPED)]


def left_open(number: int) -> str:
    """Return a kind word for a question that stays without an answer."""
    return _LEFT[number % len(_LEFT)]


def after_no_idea(number: int) -> str:
    """Return a kind word for "I don't know"."""
    return _NO_IDEA[number % len(_NO_IDEA)]


def listened(number: int, last: str = "") -> str:
    """Return the short sound of having listened that comes before a follow-up."""
    return _varied(LISTENED, number, last)


def good_bye(why: str) -> str:
    """Return the closing for one of done, asked, time, finish, ended."""
    return _GOOD_BYES[why]


def invitation(number: int, left_s: float) -> str:
    """Return the invitation to the person's own questions, with so many seconds left for them."""
    return _ONE_MINUTE_LEFT if left_s < _SHORT_S else _INVITATIONS[number % len(_INVITATIONS)]


def what_else(number: int, left_s: float) -> str:
    """Return what follows the answer to a question of the person's, so that they may go on."""
    return _ONE_MORE if left_s < _SHORT_S else _WHAT_ELSE[number % len(_WHAT_ELSE)]


def not_known(number: int) -> str:
    """Return the answer to a question that the brief does not answer."""
    return _NOT_KNOWN[number % len(_NOT_KNOWN)]


def reply_alone(text: str) -> str:
    """Return a reply without what asks for more questions."""
    for ending in (*_WHAT_ELSE, _ONE_MORE):
        text = text.removesuffix(ending).rstrip()
    return text


def cut_in(number: int) -> str:
    """Return a polite interruption of an answer that goes on for too long."""
    return _CUT_IN[number % len(_CUT_IN)]


def _varied(words: tuple[str, ...], number: int, last: str) -> str:
    """Return the next of `words`, or the one after it where it begins like the last one said."""
    said = words[number % len(words)]
    begins_alike = bool(said) and said.split()[0] == (last.split() or [""])[0]
    return words[(number + 1) % len(words)] if begins_alike else said


def _aloud(name: str) -> str:
    """Return a name from the brief as it can be spoken: plain words, nine at most."""
    spoken = re.sub(r"\s*&\s*", " and ", name)
    words = re.sub(r"[^\w\s.,'’+#/-]", " ", spoken).split()
    return " ".join(words[:_LONGEST_NAME_WORDS])[:90].strip(" ,.-/")
