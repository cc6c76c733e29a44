"""A question in other words, for an answer that was none: "I was asking how you …"."""

from __future__ import annotations

import re

from agent.brief import Question
from agent.interview.wording import BACK_TO_IT

_MOST_WORDS = 34
"""More are not understood at once by ear."""
_TOLD = re.compile(
    r"^(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|walk (?:me|us) through) "
    r"((?!how\b|what\b|your\b|yourself\b|a (?:little|bit)\b)[^.?!;:]{4,})",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:and )?(how|why|what|which|where|when|whom?)((?: \w+){0,2}?) (do|would|will|can|could"
    r"|should|have|are) you\b ?([^.?!;:]*)\?",
    re.IGNORECASE,
)
_END = {
    "how": "Where do you begin with that?",
    "why": "What is your main reason?",
    "what": "What would you say?",
    "when": "When would that be?",
}


def restated(question: Question) -> tuple[str, str]:
    """Return a lead-in, "" for none, and a question in other words, or as it stands after one."""
    text = question.text.strip()
    if told := _TOLD.match(text):
        what = told.group(1).strip(" ,")
        one = what.split()[0].lower() in ("a", "an", "one")
        again = f"I was asking about {what}. Is there {'one' if one else 'such a case'}?"
    elif asked := _ASKED.match(text):
        word, noun, verb, rest = asked.groups()
        did = "" if verb.lower() == "do" else f"{verb.lower()} "
        end = _END.get(word.lower(), _END["what"])
        again = f"I was asking {word.lower()}{noun} you {did}{rest.strip()}. {end}"
    else:
        return BACK_TO_IT, text
    return ("", again) if len(again.split()) <= _MOST_WORDS else (BACK_TO_IT, text)
