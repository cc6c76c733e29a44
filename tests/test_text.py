"""Words, names, figures and facts of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.facts import facts_of
from agent.text.figures import figures_of, same_quantity, same_value, sound_alike
from agent.text.names import find_name, names_in
from agent.text.words import content_words, stem


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_sounding_alike_is_mutual(one: int, other: int) -> None:
    assert sound_alike(float(one), float(other)) == sound_alike(float(other), float(one))
    assert not sound_alike(float(one), float(one))


@pytest.mark.parametrize(
    ("own", "said", "same"),
    [
        ("72 hours", "three days", True), ("72 hours", "about 70 hours", True),
        ("4 minutes", "240 seconds", True), ("$310,000", "roughly 300 thousand dollars", True),
        ("12 nurses", "13 nurses", False), ("50 nurses", "50 hours", False),
        ("in 2023", "in 2024", False), ("25 ms", "26 ms", False), ("18%", "18", True),
        ("0.84", "84 percent", True), ("0.84", "84", True), ("71 %", ".71", True),
        ("1 in 8 of our labels", "one label in eight was wrong", True),
        ("25 percent", "one in four", True), ("25 percent", "one in five", False),
        ("60 %", "six of ten", True),
    ],
)  # fmt: skip
def test_figures_told_in_other_words(own: str, said: str, same: bool) -> None:
    assert same_value(figures_of(own)[0], figures_of(said)[0]) is same


@pytest.mark.parametrize(
    ("own", "said", "same"),
    [
        ("12 RL algorithms", "nine algorithms", True),
        ("overtime fell by 22%", "overtime went down 42 percent", True),
        ("falls fell in 9 months", "falls fell for six years", False),
        ("28 beds", "six years on the ward", False),
    ],
)
def test_figures_of_one_quantity(own: str, said: str, same: bool) -> None:
    assert same_quantity(figures_of(own)[0], figures_of(said)[0]) is same


def test_both_ends_of_a_change_know_each_other() -> None:
    before, after = figures_of("from 94 minutes down to 38 minutes")
    assert (before.partner, after.partner) == (1, 0)
    assert [one.partner for one in figures_of("94 minutes, and 38 minutes")] == [None, None]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("eleven years, the last six on a ward", "time"), ("I did two on a ward", "")],
)
def test_a_part_of_what_was_counted_has_its_unit(text: str, unit: str) -> None:
    last = figures_of(text)[-1]
    assert (last.hit.kind, last.raw == last.value) == (unit, not unit)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("I reviewed the dryer of machine 3.", 0),
        ("It began in 2021 at 8:30, and at 9 o'clock or 10 p.m. it was over.", 0),
        ("Falls came to 1.9 per 1,000 patient days.", 1),
        ("From 2019 to 2022 we grew.", 0),
        ("Attendance rose 40 to 85.", 2),
    ],
)
def test_a_point_can_fail_on_figures_alone_that_claim_something(text: str, claims: int) -> None:
    assert sum(one.is_claim for one in figures_of(text)) == claims


@pytest.mark.parametrize(
    ("name", "said"),
    [("rSocket", "moved to r socket then"), ("TPS", "t p s"), ("TimescaleDB", "time scale d b"),
     ("Welch", "by Welch's test")],
)  # fmt: skip
def test_names_are_found_however_they_are_spaced(name: str, said: str) -> None:
    place = find_name(name, said)
    assert place is not None
    assert said[slice(*place)]
    assert find_name(name, "nothing of the kind") is None


def test_a_name_may_follow_a_dotted_one_and_a_sentence_too() -> None:
    text = "I left the U.S. Army. Then the U.S. They stayed."
    assert [text[slice(*place)] for place in names_in(text)] == ["U.S", "Army", "U.S"]


def test_facts_have_no_letters_and_no_unit_twice() -> None:
    facts = facts_of("Bench", "An AI bench in C took 12 RL algorithms to 50K TPS with PyTorch.")
    assert facts.shown == ("12 RL algorithms", "50K TPS", "PyTorch")


def test_stems_bring_forms_together() -> None:
    assert len({stem(word) for word in ("migrate", "migrated", "migrating", "migration")}) == 1
    assert content_words("We didn't do this with seven of them.") == ()


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_text(text: str, name: str) -> None:
    for start, end in names_in(text):
        assert text[start:end].strip()
    assert all(word in text for word in content_words(text))
    facts = facts_of(name, text)
    assert all(fact.strip() for fact in facts.shown)
    find_name(name, text)
