"""How each kind of follow-up is asked: all wordings, in one place.

Every wording has to be right whatever was said to a question of its kind: it names nothing of the
answer, assumes no success and no failure, and can be answered by somebody who told it already.
Within one kind of question all wordings begin differently, as no two of a session begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from agent.brief import Question
from agent.interviewer.areas import area_of, asks_for_design, asks_for_story
from agent.question_kind import area_name

QuestionKind = Literal["story", "design", "how", "background", "person", "other"]
"""What a question asks for: something that happened once, a design, how one works or would work,
one's way so far, one's motives and wishes, or anything else."""
ABOUT_THE_PERSON = ("background", "person")

_PERSON_LEVEL = 1
"""Areas up to this level (warm-up, motivation) ask about the person."""
_BACKGROUND = re.compile(
    r"(?<!see )\byourself\b|\byour (\w+ )?(work|career|background|path|story)\b"
)
_WISHES = re.compile(r"\bdo you (like|enjoy|want|prefer|hope|love)\b|\bsee yourself\b")
_FIT_AREAS = ("culture", "culture_fit", "fit", "values")
_WHY = re.compile(
    r"^(why|what) (do|does|would|makes?|made|attracts?|draws?|interests?|brings?)"
    r"( you| this| our)?\b.{0,40}\b(want|here|interest|appl|attract|role|job|position|join|become)"
)
_HOW = re.compile(
    r"\b(how|what|where|when|which|whom?)( \w+){0,3} (would|do|does|will|should|can|could)"
    r" (you|one|a|the)\b"
    r"(?! (know|think|need|like|enjoy|want|prefer|expect|hope|see|first|differently|call|mean"
    r"|bring)\b)"
    r"|\b(walk|talk|take) (me|us) through (your|how)\b"
)
"""Of a way of working, real or imagined; not "what would you do differently"."""

ANOTHER_CASE = (
    "Is there another case from your own work that fits here?",
    "What else from your own work comes to mind here?",
    "Where else has something like this come up for you?",
    "Does any other work of yours belong here?",
)
"""After an answer that told a case."""
_OWN_CASE = (
    "Is there a case of your own that shows it?",
    "Could you give me an example from your own work?",
    "When did you last have to do something like that?",
    "Which experience of your own is behind that?",
)
_HOW_WORDS: Mapping[str, tuple[str, ...]] = {
    "depth": (
        "What does that look like in practice?",
        "Could you take me through it in a little more detail?",
        "Can you make that more concrete for me?",
        "Could you say a little more about how that works?",
    ),
    "number": (
        "What would you measure there?",
        "Which figure would tell you whether it works?",
        "By which numbers would you judge it?",
    ),
    "failure": (
        "Where does that get difficult in practice?",
        "How would you notice that it is not working?",
        "What could go wrong with that?",
        "When would you not do it that way?",
        "And if that does not work, what then?",
    ),
    "trade_off": (
        "What do you give up by doing it that way?",
        "What speaks against doing it that way?",
        "Where is the downside of that?",
        "What would be the alternative to that?",
    ),
    "example": _OWN_CASE,
    "unmade_point": _OWN_CASE,
}
WORDINGS: Mapping[QuestionKind, Mapping[str, tuple[str, ...]]] = {
    "story": {
        "depth": (
            "Could you take me through what happened, step by step?",
            "How did all of it begin?",
            "Can you walk me through it from the start?",
            "What exactly happened there?",
            "I would like to hear more of that: what happened first?",
        ),
        "number": (
            "Is there a figure that shows what it changed?",
            "In numbers, what did it change?",
            "Did anybody measure what it changed?",
        ),
        "ownership": (
            "What was your own part in that?",
            "Which of that did you do yourself?",
            "And you personally, what did you do there?",
            "How much of that was yours to decide?",
        ),
        "outcome": (
            "What came of it in the longer run?",
            "How did things stand a few months later?",
            "What has changed since then because of it?",
            "How did it end for everybody involved?",
        ),
        "failure": (
            "What was the hardest part of that for you?",
            "At which point were you least sure?",
            "Was there a moment when it could have gone the other way?",
            "Which moment of it was the most difficult?",
        ),
        "learning": (
            "What would you do differently today?",
            "If it happened again, what would you change?",
            "Looking back, what would you change about it?",
            "Has it changed how you work today?",
            "Is there something you do differently because of it?",
        ),
        "trade_off": (
            "What did you have to give up for that?",
            "Which alternative did you decide against?",
            "What spoke against doing it that way?",
        ),
        "unmade_point": ANOTHER_CASE,
    },
    "design": _HOW_WORDS,
    "how": _HOW_WORDS,
    "background": {
        "depth": ("Could you tell me a little more?", "What else belongs to that?"),
        "example": (
            "Which part of your work so far has prepared you best for this role?",
            "What in your work so far would help you most here?",
        ),
        "failure": ("What do you expect to be the hardest part of this job?",),
        "unmade_point": (
            "What else from your work should I know about?",
            "Which work of yours says most about you?",
        ),
    },
    "person": {
        "depth": (
            "Could you tell me a little more?",
            "What is behind that for you?",
            "Why does that matter to you?",
        ),
        "example": (
            "What in your work so far has shown you that?",
            "Could you give me an example of that?",
        ),
        "failure": (
            "What do you expect to be the hardest part of this job?",
            "What about this job would be new to you?",
        ),
        "unmade_point": (
            "What else from your work should I know about?",
            "Which work of yours says most about you?",
        ),
    },
    "other": {
        "depth": (
            "Could you say a little more about that?",
            "What would be an example of that?",
            "Can you make that more concrete for me?",
            "How would you explain that to somebody who is new to it?",
        ),
        "number": (
            "Do you know a figure that shows it?",
            "Can you put a rough number on that?",
        ),
        "example": (
            "Where have you come across that in your own work?",
            "When did that last matter in your own work?",
            "Is there a case of your own that shows it?",
            "Could you give me an example from your own work?",
        ),
        "unmade_point": ANOTHER_CASE,
    },
}
"""By what the question asks for, then by kind; those that come first are preferred."""

CHANGED = (
    "How big was the difference, in figures?",
    "What were the figures before and after?",
    "Could you put a rough number on the difference?",
    "By how much did that change, roughly?",
)
"""After a change that was told without a figure."""
BEFORE = ("What was it before the {}?", "From what did it come to {}?")
"""After the end of a change without its beginning; the figure as it was said goes in."""
STEP_BY_STEP = (
    "How would you go about that, step by step?",
    "Which steps would you take, one after the other?",
    "In practice, where would you begin?",
    "How exactly would you do it?",
    "Could you describe it from start to finish?",
)
"""After a handful of words to a question for a way of working: it is put once more, in short."""
MORE_OF_IT = (
    "Could you go one level deeper there?",
    "What else should I know about that?",
    "Which detail of that matters most?",
)
"""After a talking point that was raised in part."""

_BEGUN = re.compile(
    r"^(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|walk (?:me|us) through) "
    r"((?:a|an|one) [^.?!;:]{4,})",
    re.IGNORECASE,
)
_MOST_RESTATED = 25
"""Words; more are not understood at once by ear."""


def asks_for(question: Question) -> QuestionKind:
    """Return what a question asks for, by its area and its words."""
    text = question.text.lower()
    if asks_for_story(question) and not _HOW.search(text):
        return "story"
    if asks_for_design(question):
        return "design"
    fits = area_name(question.area) in _FIT_AREAS and not text.startswith("how")
    about = fits or area_of(question.area).level <= _PERSON_LEVEL
    if about or _WHY.search(text) or _WISHES.search(text):
        return "background" if _BACKGROUND.search(text) else "person"
    return "how" if _HOW.search(text) else "other"


def restated(question: Question) -> str:
    """Return a question for a story in other words ("I was asking about …"), "" for others."""
    begun = _BEGUN.match(question.text.strip())
    text = f"I was asking about {begun.group(1).strip(' ,')}. Is there one?" if begun else ""
    return text if len(text.split()) <= _MOST_RESTATED else ""


def opening(text: str) -> str:
    """Return the first three words of a follow-up, by which two are told to begin alike."""
    return " ".join(re.findall(r"[\w']+", text.lower())[:3])
