"""Text as a voice says it: its sentences, its clauses, and the pauses between them."""

import re

from voice.speech.normalize import plain, spoken

SENTENCE_PAUSE_S = 0.35
"""Silence between two sentences: synthesizers give none, readers leave 0.3 to 0.6 s."""
CLAUSE_PAUSE_S = 0.15
"""The same after a first clause: joe leaves 0.24 to 0.30 s at a comma, 0.12 of it in the clip."""
LONG_SENTENCE_WORDS = 12
"""Longer ones begin with their first clause: 12 words are 0.4 to 0.8 s of work for Piper."""
CLAUSE_WORDS = 4
"""No clause that stands alone has fewer words: one or two alone sound like a list."""
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s(?=[\"'“‘(\[]?[^\W_a-z])")
"""Where a sentence may end: its sign, closing quotes, a space, then no small letter."""
_GOES_ON = re.compile(
    r"(?:^|[\s(\"'“‘\[])(?:(?!I\.)[A-Z]|(?i:[ei]\.[ge]|approx|capt|dr|figs?|gen|gov|hon|mrs?|ms|mt"
    r"|prof|rep|rev|sen|st|vs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|(?:nos?|vol|ch|sec|art|pp?)(?=\.\s\d)))\.\s.$"
)
"""Before what follows: a stop that ends no sentence, after an initial, a title, "vs.", "No. 3"."""
_DOTTED = re.compile(
    r"(?<![^\s(\"'“‘\[-])(?:[A-Za-z]\.){2,}\s(?!(?:I|We|You|He|She|It|They|The|An?|This|That|These"
    r"|Those|There|My|Our|Your|His|Her|Its|Their|In|On|At|For|From|With|After|Before|When|While"
    r"|What|Why|How|Who|Which|And|But|So|Or|Then|If|As|To|Since|Now|Not?|Yes)\b)"
)
"""Single letters with full stops, and no word that opens a sentence behind: the "U.S. Army"."""
_LOOKED_AT = 12
_STOPS = re.compile(
    r"(?<=[;:])\s+|(?<=,)\s+(?!\S+(?:\s\S+)?(?:,|\s(?:and|or)\s))|\s+[-–—]\s+"
    r"|\s+(?=(?:and|but|or)\s(?:how|what|which|who|why|when|where|the|you|we|they|it)\s)"
)
"""Where a clause ends; not where one or two words follow and then a comma or "and": a list."""


def sentences(text: str) -> list[str]:
    """Cut a text after ., ! and ? before a new sentence; not after "vs.", nor in "U.S. Army"."""
    line = " ".join(text.split())
    parts, start = [], 0
    dotted = {found.end() for found in _DOTTED.finditer(line)}
    for end in _END.finditer(line):
        before = line[max(0, end.start() - _LOOKED_AT) : end.end() + 1]
        if end.end() not in dotted and not _GOES_ON.search(before):
            parts.append(line[start : end.end()].rstrip())
            start = end.end()
    return [part for part in [*parts, line[start:]] if part]


def written_sentences(text: str) -> list[str]:
    """Cut a text into sentences as they are written; silent ones are left out."""
    return [sentence for sentence in sentences(plain(text)) if _is_said(spoken(sentence))]


def spoken_sentences(text: str) -> list[str]:
    """Cut a text into sentences and write each as it should be said; silent ones are left out."""
    return [said for sentence in sentences(plain(text)) if _is_said(said := spoken(sentence))]


def clauses(sentence: str) -> list[str]:
    """Cut a long sentence after its first clause, so that its sound begins sooner."""
    if len(sentence.split()) <= LONG_SENTENCE_WORDS:
        return [sentence]
    for place in _STOPS.finditer(sentence):
        first, rest = sentence[: place.start()], sentence[place.end() :]
        if min(len(first.split()), len(rest.split())) >= CLAUSE_WORDS:
            return [first, rest]
    return [sentence]


def unfinished(clause: str) -> str:
    """Write a clause so that the voice stays up at its end."""
    return clause if clause.endswith((",", ";", ":")) else f"{clause},"


def _is_said(sentence: str) -> bool:
    return any(letter.isalnum() for letter in sentence)
