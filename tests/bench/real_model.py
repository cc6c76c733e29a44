"""A real local model as Ollama serves it here: its trials, and how rightly it reads the answers.

Needs Ollama with the model named. Read are the probes of follow_ups.txt of which a reader said
whether the answer tells them. `--keep` makes tests/real_replies.jsonl anew: what the model wrote
for both trials.
"""

import os
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent import llm  # noqa: E402
from agent.analysis.judge import judge_tried  # noqa: E402
from agent.errors import InterviewerError  # noqa: E402
from agent.interview.follow_ups import OPEN  # noqa: E402
from agent.interview.listening import answered  # noqa: E402
from agent.interview.probes import prepared_probes  # noqa: E402
from agent.interview.reader import beginning, case_of, words_that_tell  # noqa: E402
from agent.interview.trial import trial_of  # noqa: E402
from tests.bench.follow_ups import sets  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.fake_ollama import fake_ollama  # noqa: E402
from tests.real_model import MODEL, PATH, recording  # noqa: E402

_WAIT_S = 600.0
"""For a reply that is only to be kept, however slow this machine is."""


class Probe(NamedTuple):
    """A probe, and what a reader and the rules make of it."""

    question: str
    answer: str
    text: str
    label: str
    """o: the answer leaves it open, h: half, c: it is answered, x: it is out of place."""
    chance: float
    """Of being answered, by rules."""


def probes(names: list[str]) -> list[Probe]:
    """Return the probes of sets."""
    found = []
    for person in (one for name, people in sets().items() if name in names for one in people):
        asked = {question.text: question for question in person.brief.questions}
        for label, text, probe in person.probes:
            one = asked[text].model_copy(update={"probes": (probe,)})
            (ready,), answer = prepared_probes(one), person.answers[text][0]
            chance = answered(ready, one, answer)
            found.append(Probe(text, answer, ready.text, label, chance))
    return found


def keep(model: str) -> None:
    """Ask the model for everything that tests replay."""
    url = llm.host()
    PATH.unlink(missing_ok=True)
    with fake_ollama(words=recording(url), models=(model,)) as server:
        os.environ["OLLAMA_HOST"] = server.url
        trial_of(model, _WAIT_S, lambda: 0.0)
        with suppress(InterviewerError):
            judge_tried(model, _WAIT_S)


def measured(model: str, given: list[Probe]) -> dict[str, str]:
    """Ask of every probe whether it was told, and return the figures."""
    client = llm.Client(model, beginning(), _WAIT_S)
    client.begin()
    took_s: list[float] = []
    told: set[Probe] = set()
    for probe in given:
        began_s = time.monotonic()
        reply = client.line(case_of(*probe[:3]))
        told |= {probe} if words_that_tell(reply, probe.answer) else set()
        took_s.append(time.monotonic() - began_s)
    took_s.sort()
    every, found = Counter(one.label for one in given), Counter(one.label for one in told)
    return {
        **{f"told already: {label}": f"{found[label]} of {every[label]}" for label in "cho"},
        "asked by rules": _asked(given),
        "asked with the reader": _asked([one for one in given if one not in told]),
        "seconds a reply, median": f"{took_s[len(given) // 2]:.1f}",
        "seconds a reply, p95": f"{took_s[int(0.95 * len(given))]:.1f}",
    }


def _asked(given: list[Probe]) -> str:
    """Return how many of the probes that the rules would ask first are open, half, answered."""
    best: dict[str, Probe] = {}
    for probe in given:
        if probe.chance <= min(OPEN, best.get(probe.question, probe).chance):
            best[probe.question] = probe
    labels = Counter(probe.label for probe in best.values())
    return ", ".join(f"{labels[label]} {label}" for label in "ohcx")


def main() -> None:
    """Keep replies, or measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--sets", default="trades,harbour", help="of follow_ups.txt")
    args = parser.parse_args()
    if args.keep:
        keep(args.model)
        return
    found = {"trial": trial_of(args.model, _WAIT_S).outcome(args.model)}
    found |= measured(args.model, probes(args.sets.split(",")))
    show([{"figure": name, "value": value, "goal": ""} for name, value in found.items()], args.json)


if __name__ == "__main__":
    main()
