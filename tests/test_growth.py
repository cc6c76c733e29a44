"""Nothing that reads a text takes much more than in proportion to its length."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable

import pytest

from agent.analysis.coverage.points import judge_text
from agent.analysis.scan import scan_text
from agent.brief import TalkingPoint
from agent.brief.read import parse_brief
from agent.brief.writing.documents import document_of
from agent.brief.writing.posting import read_posting
from agent.brief.writing.resume import read_resume
from agent.errors import RehearseError
from agent.session.events import read_events
from agent.text.numbers import find_numbers
from voice.speech.normalize import spoken
from voice.speech.spoken import clauses, spoken_sentences

REPEATS = (
    "like ", "1 ", "one hundred ", "I ", "1 to ", "**", "\t", "[", "1,", "- ", "# ", "| ", "a", "9",
    "um, ", "(", ")", "\n", "- \n", "1. ", "a: ", "**a** ", "you know ", "half ", "$", "%", "'",
    "A. ", "http://", "@", "é", "<b>", "`", "~~", "\\", "? ", "minus ", "5 to 6 or ", "a-", "a.b",
)  # fmt: skip
POINT = TalkingPoint(name="Loss", text="cut 40 % to 5 ms of the latency")
READERS: dict[str, Callable[[str], object]] = {
    "scan": lambda text: scan_text(text, (POINT,)),
    "point": lambda text: judge_text(TalkingPoint(name="p", text=text), "we cut it by 40 %"),
    "numbers": find_numbers,
    "spoken": lambda text: [clauses(one) for one in spoken_sentences(text)],
    "normalize": spoken,
    "page": lambda text: parse_brief(text, "x.md"),
    "question": lambda text: parse_brief(f"## Questions\n- {text}\n", "x.md"),
    "table": lambda text: parse_brief(f"## Questions\n|Question|\n|--|\n|{text}|\n", "x.md"),
    "panel": lambda text: parse_brief(f"## Questions\n- Why?\n## Panel\n- {text}\n", "x.md"),
    "head": lambda text: parse_brief(f"Company: {text}\n## {text}\n- Why?\n", "x.md"),
    "yaml": lambda text: parse_brief(f"questions:\n  - {json.dumps(text)}\n", "x.yaml"),
    "posting": lambda text: read_posting(document_of(text, "x")),
    "resume": lambda text: read_resume(document_of(f"Jane Doe\n## Experience\n- {text}\n", "x")),
    "journal": read_events,
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
        long_s = cost_s(READERS[name], long)
        if long_s > LEAST_S:
            grown[unit] = long_s / max(cost_s(READERS[name], short), 1e-4)
    assert {unit: round(times) for unit, times in grown.items() if times > MOST} == {}
