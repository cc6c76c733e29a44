"""Whether what a brief says stands in its sources: numbers, names, and the lines it points to."""

import re
from collections.abc import Iterator, Sequence

from agent.brief import Brief
from agent.brief.text import short
from agent.brief.writing.documents import Document
from agent.brief.writing.items import Item
from agent.text.facts import facts_of
from agent.text.figures import figures_of
from agent.text.numbers import find_numbers
from agent.text.words import is_stopword, word_set

_NUMBER = re.compile(r"(?<!\w)(?<!\d[.,:])[~$€£]?\d++(?:[.,:]\d++)*+\w*+(?:\s?[%+])?")
_COUNTED = re.compile(rf"{_NUMBER.pattern}(?: (?:thousand|million|billion))?[ -]([a-z]+)")
_DIGIT = re.compile(r"\d")
_TIMES = re.compile(r"\b(?:halv(?:e|es|ed|ing)|(?:doubl|tripl)\w+|twice)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![\w'’])[A-Z][\w'’&+#.-]*")
_OPENERS = word_set(
    "suppose imagine explain outline consider compare pick looks looking shows tests probes checks"
    " describe tell walk requires posting resume candidate"
)
"""Words that begin a question or a reason and name nothing."""
_EVEN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def cite(source: str, item: Item) -> str:
    """Return the words that point to a line: `Posting, line 12: “Experience with…”`."""
    return f"{source}, line {item.number}: “{item.excerpt().replace('”', chr(34))}”"


def stands_in(fact: str, text: str) -> bool:
    """Return whether a number or name stands in a text as it is, and as a whole."""
    wanted, source = (" ".join(one.translate(_EVEN).split()) for one in (fact, text))
    # "40" is not "~40", "$40", "140", "0.40" or "40.5"; "C" is not "C++".
    before = r"(?<![\w~$€£])(?<!\d[.,])" if wanted[:1].isdigit() else r"(?<!\w)"
    return bool(re.search(rf"{before}{re.escape(wanted)}(?!\w|[+#]|[.,]\d)", source))


def missing_facts(text: str, source: str) -> tuple[str, ...]:
    """Return the numbers and names of a text that do not stand in its source."""
    spoken = (hit.text for hit in find_numbers(text) if not _NUMBER.search(hit.text))
    written = (hit[0].strip() for hit in _NUMBER.finditer(text))
    capitals = (word.rstrip(".'’-") for word in _CAPITAL.findall(text))
    facts = (*facts_of("it", text).names, *spoken, *written, *_TIMES.findall(text), *capitals)
    missing = [fact for fact in dict.fromkeys(facts) if not _known(fact, source)]
    counted = (hit[0] for hit in _COUNTED.finditer(text) if not is_stopword(hit[1]))
    missing += [told for told in dict.fromkeys(counted) if not stands_in(told, source)]
    return tuple(dict.fromkeys(missing))


def _known(fact: str, source: str) -> bool:
    """Return whether a fact stands in the source; the first word of a sentence may be any case."""
    word = fact.removesuffix("'s").lower()
    if stands_in(fact, source) or word in _OPENERS or (word.isalpha() and is_stopword(word)):
        return True
    return fact.isalpha() and fact[1:].islower() and stands_in(word, source)


def unverified(brief: Brief, posting: Document | None, resume: Document | None) -> Iterator[str]:
    """Yield what cannot be verified, each in a sentence; of questions only figures."""
    if resume:
        for number, point in enumerate(brief.talking_points, start=1):
            what = f'talking point {number} "{short(point.name)}"'
            yield from _told(what, point.text or point.name, (resume,))
    if posting:
        yield from _told("the snapshot", brief.snapshot, (posting,))
        yield from _told("the stack", brief.stack, (posting,))
    if posting and resume:
        for number, asked in enumerate(brief.questions, start=1):
            text = f"{asked.text} {asked.why}"
            yield from _told(f"question {number}", text, (posting, resume), names=False)


def _told(
    what: str, text: str, sources: Sequence[Document], *, names: bool = True
) -> Iterator[str]:
    """Yield the one sentence about a text; figures count by their value, however written."""
    source = " ".join(one.text for one in sources)
    known = {(one.hit.kind, one.value) for one in figures_of(source)}
    lost = [
        one.hit.text
        for one in figures_of(text)
        if _DIGIT.search(one.hit.text) and not {(one.hit.kind, one.value), ("", one.value)} & known
    ]
    if names:
        lost += [fact for fact in missing_facts(text, source) if not _DIGIT.search(fact)]
    if lost:
        verb = "does" if len(lost) == 1 else "do"
        where = " or ".join(one.name for one in sources)
        yield f"{what}: {', '.join(lost)} {verb} not stand in {where}"
