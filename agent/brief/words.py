"""The words by which a brief's sections, columns and keys are known, our own list."""

import re
from typing import Literal

from agent.brief.text import plain
from agent.text.question_kind import area_name

Section = Literal[
    "company", "role", "interview_date", "snapshot", "stack", "questions", "talking_points",
    "panel", "to_check", "other",
]  # fmt: skip

_SECTIONS: dict[Section, str] = {
    "company": "company|company name|employer|organization|organisation|hospital|school",
    "role": "role|position|job|job title|title|post|vacancy",
    "interview_date": "interview date|date of the interview|date of interview|interview day|"
    "interview on",
    "snapshot": "company snapshot|snapshot|about|about the company|about company|about them|"
    "company overview|overview|company profile|company background|background|the company|"
    "about the organization|about the organisation|about the hospital|about the school|about us|"
    "what they do",
    "stack": "team stack|stack|tech stack|technical stack|technology stack|technology|"
    "technologies|tech|team|the team|about the team|tools|team and stack|team and tools|"
    "team tools|tools we use|how the team works",
    "questions": "likely questions|questions|interview questions|possible questions|"
    "expected questions|likely interview questions|potential questions|practice questions|"
    "sample questions|questions they may ask|questions they might ask|what they may ask",
    "talking_points": "talking points|my talking points|talking point|points|key points|"
    "my points|my key points|points to make|key messages|my key messages|main points|"
    "key talking points|stories|my stories|my key stories|what i want to say|things to say|"
    "achievements|my achievements|proof points",
    "panel": "panel|the panel|interview panel|interviewers|interviewer|the interviewers|"
    "my interviewers|panel members|who interviews|who interviews me|who asks",
    "to_check": "to check|to be checked",
    "other": "questions to ask|questions to ask them|questions for them|my questions|"
    "questions for the interviewer|questions to ask the interviewer|notes|logistics|sources|"
    "references|citations",
}
_BY_HEADING = {word: key for key, words in _SECTIONS.items() for word in words.split("|")}

# Only in Markdown headings, where a heading is sure to be one; tried in this order.
_HEARD_IN: tuple[tuple[str, Section], ...] = (
    (r"\bquestions? (?:\w+ )?(?:to ask|for (?:them|you|us|the))\b|\bmy questions\b", "other"),
    (r"\bquestions\b", "questions"),
    (r"\b(?:talking points?|key messages|key points)\b", "talking_points"),
    (r"\binterviewers\b|\binterview(?:ing)? panel\b", "panel"),
    (r"\b(?:stack|technolog(?:y|ies))\b", "stack"),
    (r"\b(?:snapshot|overview)\b|^about\b", "snapshot"),
)

_COLUMNS = {
    "area": "area|category|type|topic|kind|theme|competency|round|section|focus",
    "question": "question|questions|q|prompt|ask|text|likely question|interview question",
    "why": "why|reason|rationale|intent|purpose|looking for|what they look for|what they want|"
    "what they are looking for|what theyre looking for|because",
    "probes": "probes|probe|my probes|own probes|follow ups|follow up|followups|followup|"
    "follow up questions|my follow ups",
    "name": "name|point|talking point|title|headline|story|heading|label",
    "claim": "claim|detail|details|description|facts|fact|evidence|text|proof|summary|"
    "what to say|message|content",
    "aside": "how to answer|how to approach|what to say|sample answer|example answer|model answer|"
    "strong answer|good answer|my answer|suggested answer|answer|a|sample response|"
    "suggested response|response|example|tip|tips|pro tip|strategy|approach|structure|framework|"
    "suggested structure|outline|key points|points to cover|avoid|what to avoid|do not say|"
    "red flag|red flags|pitfall|pitfalls|watch out|watch out for|common mistakes|mistakes|note|"
    "notes|difficulty|time",
    "who": "name|who|interviewer|interviewers|person|panelist|panel member|member",
    "role": "role|title|job|job title|position",
    "areas": "areas|area|topics|topic|asks about|asks|focus|covers|area of questions",
    "manner": "manner|style|tone|how they ask",
    "voice": "voice",
}
_HEADING_CHARS = 100
"""A longer text is no heading, label or key."""
AREAS = frozenset(
    "system_design design architecture coding algorithms technical domain behavioral culture"
    " culture_fit values leadership management conflict motivation warm_up introduction general"
    " experience background project safety quality prioritization ethics product strategy data"
    " statistics research communication teamwork situational case role_specific company".split()
)
"""Areas that are known without underscore or brackets; our own list."""


def heading_words(heading: str) -> str:
    """Return a heading as lower-case words, without count ("(10)"), number and decoration."""
    if len(heading) > _HEADING_CHARS:
        return ""
    spaced = re.sub("(?<=[a-z])(?=[A-Z])", " ", heading)
    words = re.sub(r"[([]\s*\d+\s*[)\]]\s*:?\s*$", "", spaced.casefold())
    words = re.sub(r"^\W*\d{1,2}[.)]\s", "", words).replace("&", " and ")
    words = " ".join(re.sub(r"[^\w\s]+|_", " ", re.sub("['’]", "", words)).split())
    return re.sub("^your ", "my ", words)


def section_named(heading: str) -> Section | None:
    """Return the section that a heading or key names exactly, None for anything else."""
    return _BY_HEADING.get(heading_words(heading))


def section_heard(heading: str) -> Section | None:
    """Return the section that a Markdown heading names, exactly or by a telling word."""
    words = heading_words(heading)
    heard = (key for pattern, key in _HEARD_IN if re.search(pattern, words))
    return _BY_HEADING.get(words) or next(heard, None)


def column_named(heading: str, columns: tuple[str, ...]) -> str | None:
    """Return which of `columns` a table heading or key names ("area", "question", "why"…)."""
    words = heading_words(heading)
    found = next((key for key in columns if words in _COLUMNS[key].split("|")), None)
    is_reason = "why" in columns and words.startswith("why ") and words.count(" ") <= 4
    return found or ("why" if is_reason else None)


def is_area(text: str) -> bool:
    """Return whether a text is an area of questions: a known one, or a word with underscores."""
    is_word = "_" in text.strip() and " " not in text.strip()
    return len(text) <= 40 and (is_word or area_name(plain(text)) in AREAS)
