"""What a brief lacks is told, and what a talking point claims is found."""

from __future__ import annotations

import pytest

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.check import check_brief, facts_of
from agent.brief.read import read_brief
from tests.need import ROOT

GOOD = Brief(
    company="Acme",
    role="Data Engineer",
    snapshot="Anvils.",
    stack="Python.",
    questions=(Question(area="coding", text="Why C?", why="Depth."),),
    talking_points=(TalkingPoint(name="Throughput", text="From 6K to 50K TPS."),),
)


def test_a_whole_brief_has_no_warning() -> None:
    assert check_brief(GOOD) == []


@pytest.mark.parametrize("name", ["ml-systems-fellow.md", "ward-nurse.md"])
def test_the_sample_briefs_have_no_warning(name: str) -> None:
    assert check_brief(read_brief(str(ROOT / "briefs" / name))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"company": ""}, "no company"),
        ({"role": ""}, "no role"),
        ({"snapshot": ""}, "no company snapshot"),
        ({"stack": ""}, "no team stack"),
        ({"questions": ()}, "no questions"),
        ({"talking_points": ()}, "no talking points"),
        ({"questions": (Question(area="coding", text="Why C?"),)}, "question 1 .* no why"),
        ({"questions": (Question(text="Why C?", why="Depth."),)}, "question 1 .* no area"),
        (
            {"questions": (Question(area="a", text="so " * 70 + "why?", why="x"),)},
            "question 1 .* 71 words",
        ),
        (
            {"questions": (*GOOD.questions, Question(area="a", text="why c", why="x"))},
            'question 2 "why c" is the same as question 1',
        ),
        (
            {"talking_points": (TalkingPoint(name="Hard work", text="I work very hard."),)},
            'talking point 1 "Hard work" has no fact',
        ),
        ({"talking_points": GOOD.talking_points * 2}, "2 talking points are named"),
    ],
)
def test_each_lack_is_one_warning(change: dict[str, object], said: str) -> None:
    import re

    warnings = check_brief(GOOD.model_copy(update=change))
    assert len(warnings) == 1
    assert re.search(said, warnings[0])


@pytest.mark.parametrize(
    ("name", "text", "facts"),
    [
        ("Scale", "From 6K to 50K TPS, ~1.5M users.", ("6K to 50K TPS", "1.5M users")),
        ("Cost", "Cut $1,200 a month by 22% at 8:30.", ("$1,200", "22%")),
        ("Speed", "From 72 hours to 4 minutes, at 25ms.", ("72 hours", "4 minutes", "25ms")),
        ("Names", "With rSocket on Apple Silicon in C++.", ("rSocket", "Apple Silicon")),
        ("Test", "We used Welch's t-test.", ("Welch",)),
        ("Spelled", "I led twelve nurses and doubled it.", ("twelve nurses",)),
        ("Falls", "1.9 per 1,000 patient days.", ("1.9",)),
        ("Hard work", "I am a team player. Always.", ()),
        ("", "", ()),
    ],
)
def test_facts_are_numbers_and_names(name: str, text: str, facts: tuple[str, ...]) -> None:
    found = facts_of(TalkingPoint(name=name, text=text))
    assert found == facts
