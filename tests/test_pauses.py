"""A speaker's own pauses, learnt as they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.turns.pauses import MEMORY_PAUSES, MOST_EXTRA_S, MOST_INTERRUPTED_S, Pauses

PAUSES_S = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=100)


def learned(pauses_s: list[float]) -> Pauses:
    pauses = Pauses()
    for pause_s in pauses_s:
        pauses = pauses.after(pause_s)
    return pauses


def test_who_pauses_long_is_waited_for_longer_and_what_was_learnt_fades() -> None:
    slow, less_slow = learned([1.5] * 20), learned([1.5] * 20 + [0.25] * 60)
    assert slow.wait_s(3.0) > Pauses().wait_s(3.0)
    assert less_slow.wait_s(3.0) < slow.wait_s(3.0)


def test_a_gap_between_words_is_no_pause() -> None:
    assert Pauses().after(0.1) == Pauses()
    assert Pauses().after(float("nan")) == Pauses()


@given(PAUSES_S, st.floats(0.5, 5.0), st.floats(0.0, 5.0))
def test_waits_stay_within_bounds_and_in_order(
    pauses_s: list[float], usual_s: float, more_s: float
) -> None:
    pauses = learned(pauses_s)
    assert Pauses().wait_s(usual_s) == pytest.approx(usual_s)
    assert usual_s <= pauses.wait_s(usual_s) <= usual_s + MOST_EXTRA_S + 1e-9
    assert pauses.wait_s(usual_s + more_s) >= pauses.wait_s(usual_s) - 1e-9
    assert pauses.count <= MEMORY_PAUSES + 1e-9


@given(st.integers(0, 20))
def test_patience_grows_with_interruptions_up_to_its_cap(interruptions: int) -> None:
    pauses = Pauses()
    for _ in range(interruptions):
        grown = pauses.interrupted()
        assert pauses.interrupted_s <= grown.interrupted_s <= MOST_INTERRUPTED_S
        pauses = grown
    assert (pauses.interrupted_s > 0) == (interruptions > 0)
