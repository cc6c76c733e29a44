"""The words of a session's answers, and corrected ones back among them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from agent.analysis import Analysis, read_analysis
from agent.analysis.analyzer import in_order
from agent.analysis.conversation import spread
from agent.analysis.phrases import answer_names
from agent.analysis.recognition import EDGE_S, WordSource
from agent.analysis.scores import BY_HAND
from agent.errors import SessionError
from agent.report.results import write_results
from agent.session import TRANSCRIPT, read_meta, write_private
from agent.text.display import flat
from voice.speech.protocols import Recognizer
from voice.speech.transcript import Word, read_words

ORIGINAL = "transcript.original.json"
"""The recognizer's own words, beside the corrected ones."""
WORD_S = 0.35
"""How long a word takes that was put in: 150 words a minute with their pauses."""


@dataclass(frozen=True)
class AnswerWords:
    """The words of one answer."""

    name: str
    """Its number as the report shows it: "2", a follow-up "2a"."""
    question: str
    start_s: float
    end_s: float
    words: tuple[Word, ...]


def read_answers(folder: Path) -> tuple[tuple[AnswerWords, ...], tuple[Word, ...]]:
    """Return the answers of an analyzed session with their words, and the words outside of them."""
    analysis = read_analysis(folder)
    path = folder / TRANSCRIPT
    if read_meta(folder).state == "running" or not path.exists():
        raise SessionError(
            f"{folder} has no final transcript yet; end the interview, then: rehearse analyze"
            f" {folder}"
        )
    left = list(read_words(path))
    answers: list[AnswerWords] = []
    for name, one in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        from_s, to_s = one.start_s - EDGE_S, one.end_s + EDGE_S
        mine = tuple(w for w in left if from_s <= (w.start_s + w.end_s) / 2 <= to_s)
        left = [w for w in left if not from_s <= (w.start_s + w.end_s) / 2 <= to_s]
        answers.append(AnswerWords(name, one.question, one.start_s, one.end_s, mine))
    if not answers:
        raise SessionError(
            f"{folder} has no answers to correct; `rehearse sessions` lists the others"
        )
    return tuple(answers), tuple(left)


def words_named(answers: Sequence[AnswerWords], name: str) -> AnswerWords:
    """Return the words of the answer called so, or raise SessionError."""
    wanted, names = name.strip().lower(), [one.name for one in answers]
    if wanted not in names:
        raise SessionError(f"there is no answer {name!r} here; its answers: {', '.join(names)}")
    return answers[names.index(wanted)]


def realigned(answer: AnswerWords, texts: Sequence[str]) -> tuple[Word, ...]:
    """Return words with the corrected texts, sorted by start.

    Words that stayed the same (capitals and punctuation aside) keep their times and, where
    nothing changed, their probability. Others share the time of those that they stand for, or the
    gap that they were put into. Corrected words are sure.
    """
    words = answer.words
    keys = [_key(word.text) for word in words], [_key(text) for text in texts]
    end_s = max([answer.end_s, *(word.end_s for word in words)])
    found: list[Word] = []
    for tag, first, last, begin, end in SequenceMatcher(None, *keys, False).get_opcodes():
        changed = texts[begin:end]
        if tag == "equal":
            pairs = zip(words[first:last], changed, strict=True)
            found += [w if w.text == t else replace(w, text=t, probability=1.0) for w, t in pairs]
            continue
        after_s = words[last].start_s if last < len(words) else end_s
        if first < last:
            from_s, until_s = words[first].start_s, min(words[last - 1].end_s, after_s)
        else:
            from_s = min(found[-1].end_s if found else answer.start_s, after_s)
            until_s = min(from_s + WORD_S * len(changed), after_s)
        found += spread(changed, from_s, until_s)
    return tuple(found)


def _key(text: str) -> str:
    """Return what makes a word the same: its letters and digits."""
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or text


def correct(folder: Path, name: str, text: str) -> Analysis | None:
    """Take the corrected words of an answer and analyze the session again; None if none changed."""
    answers, others = read_answers(folder)
    answer, texts = words_named(answers, name), flat(text).split()
    if not texts:
        raise SessionError("there are no words in it, nothing was changed; write what was said")
    if texts == [word.text for word in answer.words]:
        return None
    kept = [one.words for one in answers if one is not answer]
    before, own = read_analysis(folder), folder / ORIGINAL
    if not (own.exists() and BY_HAND in before.engines.get("stt", "")):
        write_private(own, (folder / TRANSCRIPT).read_text(encoding="utf-8"))
    words = in_order([others, *kept, realigned(answer, texts)])
    return write_results(folder, WordSource(_no_recognizer, words, _makers(before)))


def _makers(before: Analysis) -> dict[str, str]:
    """Return what made the words; typed ones have no recognizer to name."""
    if before.typed:
        return {}
    made = {part: name for part, name in before.engines.items() if part in ("stt", "stt_live")}
    first = made.get("stt", "")
    return made | {"stt": first if BY_HAND in first else f"{first}, {BY_HAND}".lstrip(", ")}


def _no_recognizer() -> Recognizer:
    raise SessionError("corrected words need no recognizer; this is a fault of Rehearse")
