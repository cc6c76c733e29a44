"""Numbers in every reading, with the figure on spoken forms from earnings calls."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.number_words import SMALL, TENS
from agent.text.numbers import find_numbers
from tests.need import shared

_SMALL, _TENS = list(SMALL), list(TENS)


def in_words(value: int) -> str:
    """Return a whole number below a billion as one says it."""
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = f" {in_words(value % size)}" if value % size else ""
            return f"{in_words(value // size)} {name}{rest}"
    if value < 20:
        return _SMALL[value]
    return _TENS[value // 10 - 2] + (f" {_SMALL[value % 10]}" if value % 10 else "")


def values(text: str) -> list[float]:
    return [value for hit in find_numbers(text) for value in hit.values]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 6K to 50K TPS", [6000, 50000]),
        ("from six to fifty thousand", [6000, 50000]),
        ("from six up to about fifty thousand", [6000, 50000]),
        ("between five and six hundred", [500, 600]),
        ("from ninety to forty thousand", [90000, 40000]),
        ("from 413 to 8B parameters", [413, 8e9]),
        ("6,000–50,000", [6000, 50000]),
        ("two or three of them", [2, 3]),
        ("one point five million", [1.5e6]),
        ("two and a half million", [2.5e6]),
        ("a million and a half", [1.5e6]),
        ("half a million", [5e5]),
        ("half a dozen", [6]),
        ("a couple hundred", [200]),
        ("three quarters of them", [0.75]),
        ("card 4111111111111111 was charged 12 dollars", [12]),
        ("9" * 400 + " %", []),
        ("675M+ engagements", [675e6]),
        ("~4 minutes", [4]),
        ("sub-25ms TP99", [25]),
        ("about $15k/month", [15000]),
        ("two dollars and twenty five cents", [2.25]),
        ("six, um, thousand", [6000]),
        ("three point oh eight", [3.08]),
        ("a 3-phase plan", [3]),
        ("cut in half", [0.5]),
    ],
)
def test_readings(text: str, found: list[float]) -> None:
    assert values(text) == pytest.approx(found)


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 on an H100 with TP99, v2, 3D and the 4th",
        "at t p ninety nine and p ninety five",
        "a few hundred people, several thousand",
        "one of the things that no one saw in one nurse",
        "the first, second and third point",
        "on 2026-05-22 with 3.11.7",
        "two quarters",
        "",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert [v for v in values(text) if v != 2] == []


def test_units_have_a_common_base() -> None:
    days, hours = find_numbers("three days or 72 hours")
    assert (days.kind, days.base, hours.base) == ("time", (259200.0,), (259200.0,))
    assert find_numbers("25 ms")[0].base == (0.025,)
    assert find_numbers("half an hour")[0].base == find_numbers("30 minutes")[0].base
    assert find_numbers("fifty percent")[0].base == find_numbers("half of them")[0].base
    assert find_numbers("from 10 to 20 ms")[0].base == (0.01, 0.02)


def test_rough_figures_say_so_and_a_change_of_unit_makes_two() -> None:
    hits = find_numbers("from 72 hours down to about 4 minutes, more than 600, under 30 ms, 675M+")
    assert [hit.near for hit in hits] == ["", "about", "over", "under", "over"]


@given(st.integers(min_value=2, max_value=999_999_999).filter(lambda n: not 1100 <= n <= 2099))
def test_whole_numbers_come_back_written_and_spoken(number: int) -> None:
    assert values(f"it was {number:,} then") == values(in_words(number)) == [float(number)]


@given(st.text(alphabet="0123456789.,-% abKM$tofhundredpoint/:", max_size=40))
def test_any_text_gives_ordered_verbatim_hits(text: str) -> None:
    at = 0
    for hit in find_numbers(text):
        assert at <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        assert len(hit.values) == len(hit.base) in (1, 2)
        at = hit.end


def test_figure_on_spoken_numbers_of_earnings_calls() -> None:
    rows = [
        json.loads(line)
        for line in shared("speech/text/spoken-numbers.jsonl").read_text().splitlines()
    ]
    right = sum(values(row["spoken"]) == pytest.approx([row["value"]]) for row in rows)
    print(f"spoken numbers right: {right / len(rows):.3f} of {len(rows)}")
    assert right / len(rows) >= 0.96
