"""Pronunciations of terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.pronunciation import MOST_PRONUNCIATIONS, PHONES, pronunciations, split_term


@pytest.mark.parametrize(
    ("term", "parts"),
    [
        ("rSocket", ["r", "Socket"]),
        ("TimescaleDB", ["Timescale", "DB"]),
        ("OpenRLHF", ["Open", "RLHF"]),
        ("XMLParser", ["XML", "Parser"]),
        ("GPUs", ["GPUs"]),
        ("Cohen's", ["Cohen's"]),
        ("t-test", ["t", "test"]),
        ("K8s", ["K", "8", "s"]),
        ("U.S.", ["U.S."]),
        ("naïve", ["naïve"]),
        ("北京", []),
        ("++", []),
    ],
)
def test_terms_are_split_as_they_are_said(term: str, parts: list[str]) -> None:
    assert split_term(term) == parts


@pytest.mark.parametrize(
    ("term", "way"),
    [
        ("rSocket", "AA R S AA K IH T"),
        ("GRPO", "JH IY AA R P IY OW"),
        ("vLLM", "V IY EH L EH L EH M"),
        ("GPUs", "JH IY P IY Y UW Z"),
        ("DAPO", "D IY EY P IY OW"),
        ("DAPO", "D AA P OW"),
        ("CUDA", "K Y UW D AH"),
        ("PyTorch", "P AY T AO R CH"),
        ("Kubernetes", "K UW B ER N EH T IY Z"),
        ("REINFORCE++", "R IY IH N F AO R S"),
        ("thing", "TH IH NG"),
        ("nurse", "N ER S"),
        ("measure", "M EH ZH ER"),
        ("joy", "JH OY"),
    ],
)
def test_a_term_can_be_said_so(term: str, way: str) -> None:
    assert tuple(way.split()) in pronunciations(term)


def test_a_spelled_acronym_comes_before_its_reading() -> None:
    assert len(pronunciations("JAX")) == 2
    assert pronunciations("JAX")[0] == tuple("JH EY EY EH K S".split())


@pytest.mark.parametrize("term", ["", " ", "🎉", "++", "北京", "\0", "[[", "()"])
def test_what_cannot_be_said_has_no_pronunciation(term: str) -> None:
    assert pronunciations(term) == ()


@given(st.text(max_size=80))
def test_any_text_gives_phones_of_the_model_or_none(term: str) -> None:
    ways = pronunciations(term)
    assert len(ways) <= MOST_PRONUNCIATIONS
    assert len(set(ways)) == len(ways)
    assert all(way and set(way) <= PHONES for way in ways)


def test_the_phones_are_those_of_cmudict() -> None:
    assert len(PHONES) == 39
