"""The syllable counter against the counts of a pronouncing dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.phonemes import count_syllables

COMMON = {
    1: """
        the of and to in is you that it was for on are as with his they be at one have this
        from or had by but some what there we can out were all your when up use word how
        said each she which do their time if will way then them would write like these her
        long make thing see him two has look more day could go come did my sound no most who
        know than call first may down side been now find nurse
    """.split(),
    2: """
        other about many number over water people patient question answer system platform
        second framework throughput project
    """.split(),
    3: """
        hospital transaction latency concurrent connection migration memory convergence
        engineer
    """.split(),
    4: """
        medication algorithm distributed infrastructure experience engineering
    """.split(),
    5: """
        evaluation
    """.split(),
}
"""Words with their syllables, from CMUdict 0.7b."""


def test_common_words_agree_with_the_dictionary() -> None:
    wrong = [w for count, words in COMMON.items() for w in words if count_syllables([w]) != count]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("50K", 4), ("6,000", 3), ("25ms", 7), ("twenty-five", 3), ("99%", 5), ("TPS", 3),
        ("we're", 1), ("1.5", 3), ("AWS", 5), ("created.", 3),
        ("really", 2), ("zero", 2), ("idea", 3), ("--", 0), ("", 0),
    ],
)  # fmt: skip
def test_numbers_signs_and_letters(word: str, count: int) -> None:
    assert count_syllables([word]) == count


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_word_has_a_count(word: str) -> None:
    assert count_syllables([word]) >= 0
