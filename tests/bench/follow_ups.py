"""Print every built-in follow-up to the people of follow_ups.txt, each with a reader's verdict.

Seven sets, each put aside before the rules of its time were made: "heldout" (44 answers), "fresh"
(85), "trades", "harbour", "crane", "deck" and "jetty" (60 each). A line "J:" under a question is
what a reader made of a follow-up: "good" (a good interviewer would ask it), "passable" or "wrong";
"first look" the rules as first read on the set (of two judges the first), "before" older ones,
"mended, first look" five trades that were put aside for the rules after the first, "now" what came
only after the reading. One that nobody judged is shown as "not judged": read it, and add a line.
"K:" says what the answer was meant to be.

"O:" is a probe for the question, written before the answer was read or by the brief's author, and
whether the answer leaves it open (o), half open (h) or answers it (c); x is out of place.
"O: c o" are the labels of the brief's own probes, in their order.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import Brief, Question, TalkingPoint  # noqa: E402
from agent.interview.follow_ups import open_up_to  # noqa: E402
from agent.interview.interviewer import RulesInterviewer  # noqa: E402
from agent.interview.listening import signs  # noqa: E402
from agent.interview.plan import Plan, make_plan  # noqa: E402
from agent.interview.probes import prepared_probes  # noqa: E402
from agent.session.turns import Move, Turn  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_candidates import Held, hold  # noqa: E402

PATH = ROOT / "tests" / "bench" / "follow_ups.txt"
_MINUTES = 40.0
_ANSWERED = {"o": 0.0, "h": 0.5, "c": 1.0}
_GOAL = "at most 5 % wrong, 60 % good"


@dataclass(frozen=True)
class Person:
    """One person with what they are asked and what they say."""

    trade: str
    """What they work as."""
    brief: Brief
    """What they are interviewed about."""
    answers: dict[str, list[str]]
    """By the question: the answer, and what is said to its follow-ups."""
    probes: list[tuple[str, str, str]]
    """A label, the question and a probe."""
    judged: dict[tuple[str, str, str], str]
    """Verdicts, by when, the question and the follow-up, in the order of the file."""

    def interview(self) -> tuple[Plan, Held]:
        """Hold an interview by rules."""
        asked = {"now": ""}

        def candidate(move: Move, turns: tuple[Turn, ...]) -> tuple[str, str]:
            if move.kind == "question":
                asked["now"] = move.text
            said = self.answers.get(asked["now"], ["No, thank you."])
            told = sum(turn.move.question_index == move.question_index for turn in turns)
            return said[min(told, len(said) - 1)], "silence"

        plan = make_plan(self.brief, _MINUTES)
        return plan, hold(RulesInterviewer(self.brief, plan), candidate)

    def asked(self) -> list[tuple[str, Move]]:
        """Return the follow-ups, and the questions put in other words, each with its question."""
        _, held = self.interview()
        asked, question = [], ""
        for move in (turn.move for turn in held.turns):
            question = move.text if move.kind == "question" else question
            if move.kind == "follow_up" or move.reason.startswith("rule in_other_words"):
                asked.append((question, move))
        return asked


class Probe(NamedTuple):
    """A probe of which a reader said whether it was answered."""

    question: str
    label: str
    bar: float
    signs: np.ndarray


def sets(path: Path = PATH) -> dict[str, list[Person]]:
    """Return the people of a file by set; a file without sets is one."""
    parts = path.read_text(encoding="utf-8").split("=== ")
    named = (part.partition("\n") for part in parts[1:])
    texts = {name.strip(): text for name, _, text in named} or {path.stem: parts[0]}
    return {
        name: [_person(block) for block in f"\n{text}".split("\n== ")[1:]]
        for name, text in texts.items()
    }


def _person(block: str) -> Person:
    trade, *lines = block.strip().splitlines()
    questions: list[Question] = []
    points: list[TalkingPoint] = []
    answers: dict[str, list[str]] = {}
    judged: dict[tuple[str, str, str], str] = {}
    told: list[tuple[str, str, str]] = []
    for line in lines:
        mark, _, rest = line.partition(": ")
        cells = [cell.strip() for cell in rest.split("|")]
        if mark == "P":
            points.append(TalkingPoint(name=cells[0], text=cells[1]))
        elif mark == "Q":
            area, text, *more = cells
            why, probes = "".join(more[:1]), tuple(more[1:])
            questions.append(Question(area=area, text=text, why=why, probes=probes))
            answers[text] = []
        elif mark in ("A", "+"):
            answers[questions[-1].text].append(rest)
        elif mark == "O" and cells[1:]:
            told.append((cells[0], questions[-1].text, cells[1]))
        elif mark == "O":
            asked = questions[-1]
            told += [
                (one, asked.text, text)
                for one, text in zip(rest.split(), asked.probes, strict=True)
            ]
        elif mark == "J":
            judged[cells[0], questions[-1].text, cells[2]] = cells[1]
    brief = Brief(questions=tuple(questions), talking_points=tuple(points))
    return Person(trade, brief, answers, told, judged)


def _probes(people: list[Person]) -> list[Probe]:
    found = []
    for person in people:
        asked = {question.text: question for question in person.brief.questions}
        for label, text, probe in person.probes:
            one = asked[text].model_copy(update={"probes": (probe,)})
            row = signs(prepared_probes(one)[0], one, person.answers[text][0])
            found.append(Probe(text, label, open_up_to(one), np.array(row, float)))
    return found


def fitted(probes: list[Probe]) -> np.ndarray:
    """Return the weights of a logistic regression (ridge 1, Newton's method), half for h."""
    told = [probe for probe in probes if probe.label != "x"]
    signs_, labels = np.array([p.signs for p in told]), [_ANSWERED[p.label] for p in told]
    weights, ridge = np.zeros(signs_.shape[1]), np.diag([1.0] * (signs_.shape[1] - 1) + [0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-signs_ @ weights))
        slope = signs_.T @ (chance - labels) + ridge @ weights
        curve = (signs_.T * (chance * (1 - chance))) @ signs_ + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def probe_table(people: dict[str, list[Person]]) -> list[dict[str, str]]:
    """Return how well an answered probe is told, each set by weights fitted on the others."""
    by_set = {name: _probes(each) for name, each in people.items()}
    rows: dict[str, list[tuple[Probe, float]]] = {"the first always": [], "cues": [], "weights": []}
    for name, each in by_set.items():
        weights = fitted([p for other, more in by_set.items() if other != name for p in more])
        rows["the first always"] += [(p, 0.0) for p in each]
        rows["cues"] += [(p, float(p.signs[0])) for p in each]
        rows["weights"] += [(p, 1 / (1 + np.exp(-p.signs @ weights))) for p in each]
    return [
        {"figure": f"own probes: {name}", "value": _told(each), "goal": ""}
        for name, each in rows.items()
    ]


def _told(scored: list[tuple[Probe, float]]) -> str:
    shut, free = ([s for p, s in scored if p.label == label] for label in "co")
    auc = np.mean([(a > b) + (a == b) / 2 for a in shut for b in free])
    best: dict[str, tuple[float, str, float]] = {}
    for probe, score in scored:
        if score < best.get(probe.question, (9.0,))[0]:
            best[probe.question] = score, probe.label, probe.bar
    asked = Counter(label for score, label, bar in best.values() if score <= bar)
    return f"AUC {auc:.2f}, asked at {asked.total()} of {len(best)} questions: {dict(asked)}"


def table(name: str, people: list[Person]) -> list[dict[str, str]]:
    """Return a row for each follow-up of a set, and how many were judged in which way."""
    rows = []
    counts: dict[str, Counter[str]] = {}
    answered = 0
    for person in people:
        latest = {(asked, text): v for (_, asked, text), v in person.judged.items()}
        for (when, _, _), verdict in person.judged.items():
            counts.setdefault(when, Counter())[verdict] += 1
        asked = person.asked()
        answered += len({question for question, _ in asked})
        for question, move in asked:
            verdict = latest.get((question, move.text), "not judged")
            counts.setdefault("as asked now", Counter())[verdict] += 1
            figure = f"{person.trade}, {move.probe or 'in other words'}, {verdict}"
            rows.append({"figure": figure, "value": f"{move.lead_in} {move.text}", "goal": ""})
    counts.pop("now", None)
    for when, each in counts.items():
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(each.items()))
        rows.append({"figure": f"{name}: {when}", "value": told, "goal": _GOAL})
    of = sum(len(person.answers) for person in people)
    value = f"{answered} of {of}"
    return [*rows, {"figure": f"{name}: answers asked on", "value": value, "goal": "50 to 75 %"}]


def main() -> None:
    """Print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("path", type=Path, nargs="?", default=PATH, help="other answers")
    args = parser.parse_args()
    people = sets(args.path)
    rows = [row for name, each in people.items() for row in table(name, each)]
    show([*rows, *probe_table(people)], args.json)


if __name__ == "__main__":
    main()
