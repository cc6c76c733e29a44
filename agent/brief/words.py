"""The words by which a brief's sections, columns and keys are known, our own list."""

from __future__ import annotations

import re
from typing import Literal

Section = Literal[
    "company",
    "role",
    "interview_date",
    "snapshot",
    "stack",
    "questions",
    "talking_points",
    "panel",
    "other",
]

_SECTIONS: dict[Section, str] = {
    "company": "company|company name|employer|organization|organisation|hospital|school",
    "role": "role|position|job|job title|title|post|vacancy",
    "interview_date": "interview date|date of the interview|date of interview|interview day|"
    "day of the interview|interview on",
    "snapshot": "company snapshot|snapshot|about|about the company|about company|about them|"
    "company overview|overview|company profile|profile|company background|background|"
    "the company|about the organization|about the organisation|about the hospital|"
    "about the school|organization snapshot|company summary|about us",
    "stack": "team stack|stack|tech stack|technical stack|technology stack|technology|"
    "technologies|tech|team|the team|about the team|tools|tools and technology|"
    "team and stack|team and tools|team tools|tools we use|how the team works",
    "questions": "likely questions|questions|interview questions|possible questions|"
    "expected questions|likely interview questions|potential questions|practice questions|"
    "sample questions|question list|questions they may ask|questions they might ask|"
    "what they may ask|what they will ask",
    "talking_points": "talking points|my talking points|talking point|points|key points|"
    "my points|my key points|points to make|key messages|my key messages|main points|"
    "key talking points|stories|my stories|what i want to say|things to say|things to mention|"
    "achievements|my achievements|key achievements|proof points|selling points",
    "panel": "panel|the panel|interview panel|interviewers|interviewer|the interviewers|"
    "my interviewers|panel members|panelists|who interviews|who will interview me|"
    "who interviews me|who asks",
    "other": "questions to ask|questions to ask them|questions for them|my questions|"
    "questions for the interviewer|questions to ask the interviewer|my questions for them|"
    "questions i want to ask|questions for the panel|notes|logistics",
}
_BY_HEADING = {word: key for key, words in _SECTIONS.items() for word in words.split("|")}

# Only in Markdown headings, where a heading is sure to be one; tried in this order.
_HEARD_IN: tuple[tuple[str, Section], ...] = (
    (r"\bquestions?\b.*\b(?:to ask|for (?:them|you|us|the))\b|\bmy questions\b", "other"),
    (r"\bquestions\b", "questions"),
    (r"\b(?:talking points?|key messages|key points)\b", "talking_points"),
    (r"\binterviewers\b|\binterview(?:ing)? panel\b", "panel"),
    (r"\b(?:stack|technolog(?:y|ies))\b", "stack"),
    (r"\b(?:snapshot|overview)\b|^about\b", "snapshot"),
)

_COLUMNS = {
    "area": "area|category|type|topic|kind|theme|competency|round|section|area topic|focus",
    "question": "question|questions|q|prompt|ask|text|likely question|interview question",
    "why": "why|reason|rationale|intent|"
    "purpose|looking for|what they look for|what they want|because",
    "probes": "probes|probe|my probes|own probes|follow ups|follow up|followups|followup|"
    "follow up questions|my follow ups",
    "name": "name|point|talking point|title|headline|story|heading|label",
    "claim": "claim|detail|details|description|facts|fact|evidence|text|proof|summary|body|"
    "what to say|message|content",
    "who": "name|who|interviewer|interviewers|person|panelist|panel member|member",
    "role": "role|title|job|job title|position",
    "areas": "areas|area|topics|topic|asks about|asks|focus|covers|area of questions",
    "manner": "manner|style|tone|how they ask|temperament",
    "voice": "voice",
}


def heading_words(heading: str) -> str:
    """Return a heading as lower-case words: no count, numbering, colon or decoration."""
    words = re.sub(r"[([]\s*\d+\s*[)\]]\s*:?\s*$", "", heading.casefold())
    words = re.sub(r"^\s*\d{1,2}[.)]\s+", "", words).replace("&", " and ").replace("'", "")
    return " ".join(re.sub(r"[^\w\s]+|_", " ", words).split())


def section_named(heading: str) -> Section | None:
    """Return the section that a heading or key names exactly, None for anything else."""
    return _BY_HEADING.get(heading_words(heading))


def section_heard(heading: str) -> Section | None:
    """Return the section that a Markdown heading names, exactly or by a telling word."""
    words = heading_words(heading)
    found = _BY_HEADING.get(words)
    if found:
        return found
    return next((key for pattern, key in _HEARD_IN if re.search(pattern, words)), None)


def column_named(heading: str, columns: tuple[str, ...]) -> str | None:
    """Return which of `columns` a table heading or key names ("area", "question", "why"…)."""
    words = heading_words(heading)
    found = next((key for key in columns if words in _COLUMNS[key].split("|")), None)
    reason = "why" in columns and re.fullmatch(r"why(?: \w+){1,4}", words)
    return found or ("why" if reason else None)
