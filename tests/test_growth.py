"""Nothing that reads a text takes much more than in proportion to its length."""

import contextlib
import json
import time
from collections.abc import Callable

import pytest

from agent.analysis.coverage.points import judge_text
from agent.analysis.meeting import meeting_in
from agent.analysis.scan import scan_text
from agent.brief import Brief, Question, TalkingPoint, terms_of
from agent.brief.check import check_brief
from agent.brief.dates import read_date
from agent.brief.read import parse_brief
from agent.brief.write import write_brief
from agent.brief.writing.documents import document_of
from agent.brief.writing.draft import draft
from agent.brief.writing.model import Asked, Asking
from agent.brief.writing.posting import read_posting
from agent.brief.writing.resume import read_resume
from agent.brief.writing.sources import missing_facts, stands_in, unverified
from agent.errors import RehearseError
from agent.session.events import read_events
from agent.text.alike import sounding_like
from agent.text.display import flat
from agent.text.language import is_english
from agent.text.names import find_name
from agent.text.no_answer import asks_back, gives_up, refuses
from agent.text.question_kind import asks_for
from agent.text.words import content_words
from voice.speech.normalize import spoken
from voice.speech.spoken import clauses, spoken_sentences

REPEATS = (
    "like ", "1 ", "one hundred ", "I ", "1 to ", "**", "\t", "[", "1,", "- ", "# ", "| ", "a", "9",
    "um, ", "(", ")", "\n", "- \n", "1. ", "a: ", "**a** ", "you know ", "half ", "$", "%", "'",
    "A. ", "http://", "@", "é", "<b>", "`", "~~", "\\", "? ", "minus ", "5 to 6 or ", "a-", "a.b",
    "U.S. ", "Acme 5 ", "3/4 ", "a, b; ",
)  # fmt: skip
POINT = TalkingPoint(name="Loss", text="cut 40 % to 5 ms of the latency")


def brief(text: str, before: str = "", name: str = "x.md") -> object:
    """Read a text below the first lines of a brief."""
    return parse_brief(f"{before}{text}\n## Questions\n- Why?\n", name)


def written(text: str) -> object:
    """Write a brief that says nothing but a text, and check it."""
    one = Question(text=text, why=text, probes=(text,))
    made = Brief(company=text, snapshot=text, questions=(one,), talking_points=(POINT,))
    return write_brief(made), check_brief(made), terms_of(made), list(unverified(made, DOC, DOC))


def work(text: str) -> object:
    """Write a brief from a posting and a resume that repeat a text."""
    posting = document_of(f"Nurse\n\nYour tasks\n- {text}\n\n{text}", "x")
    resume = document_of(f"Jane Doe\n## Experience\n- Cut {text}\n\n{text}", "x")
    return draft(read_posting(posting), read_resume(resume))


DOC = document_of("we cut 40 % of it", "x")
READERS: dict[str, Callable[[str], object]] = {
    "scan": lambda text: scan_text(text, (POINT,)),
    "point": lambda text: judge_text(TalkingPoint(name="p", text=text), "we cut it by 40 %"),
    "words": lambda text: (content_words(text), is_english(text), flat(text), read_date(text)),
    "names": lambda text: (
        find_name("rSocket", text),
        sounding_like(("rSocket",), text, ((0, len(text)),)),
    ),
    "no answer": lambda text: (gives_up(text), asks_back(text), refuses(text), asks_for("", text)),
    "spoken": lambda text: [clauses(one) for one in spoken_sentences(text)],
    "normalize": spoken,
    "page": brief,
    "question": lambda text: brief(text, "## Questions\n- "),
    "probes": lambda text: brief(text, "## Questions\n- Why?\n  - Probes: "),
    "table": lambda text: brief(f"{text}|", "## Questions\n|Question|probes|\n|--|--|\n|a|"),
    "points": lambda text: brief(f"{text}**: x\n\n{text}", "## Talking points\n- **"),
    "panel": lambda text: brief(text, "## Panel\n- "),
    "head": lambda text: brief(f"{text}\n## {text}", "Company: "),
    "code": lambda text: brief(f"{text}\n```", "```json\n"),
    "yaml": lambda text: parse_brief(f"questions:\n  - {json.dumps(text)}\n", "x.yaml"),
    "csv": lambda text: parse_brief(f"question,why\n{text},x\n", "x.csv"),
    "written": written,
    "work": work,
    "missing": lambda text: (missing_facts(text, text), stands_in("40", text)),
    "asked": lambda text: Asking(text, "", "", [], (POINT,)).problem(
        Asked.model_construct(question=text)
    ),
    "journal": read_events,
    "meeting": lambda text: meeting_in(f"Anna: Why?\nSam: {text}\nAnna: {text}\nSam: So.", "x"),
}
SHORT, LONG = 6_000, 24_000
MOST = 10.0
"""So many times the time for four times the text: in proportion it is 4, squared 16."""
LEAST_S = 0.1
"""What is quicker is not held against anything: it says more of the machine than of the code."""


def cost_s(reader: Callable[[str], object], text: str) -> float:
    """Return the processor's time that a reader takes, the least of two."""
    costs = []
    for _ in range(2):
        began_s = time.thread_time()
        with contextlib.suppress(RehearseError):
            reader(text)
        costs.append(time.thread_time() - began_s)
        if costs[0] < LEAST_S:
            break
    return min(costs)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_as_long_as_its_text_is(name: str) -> None:
    grown = {}
    for unit in REPEATS:
        short, long = ((unit * (size // len(unit))) for size in (SHORT, LONG))
        # Twice more before anything is said: another process may have had the caches meanwhile.
        for _ in range(3):
            long_s = cost_s(READERS[name], long)
            times = long_s / max(cost_s(READERS[name], short), 1e-4)
            if long_s < LEAST_S or times < MOST:
                break
        else:
            grown[unit] = round(times)
    assert grown == {}
