"""The syllable counter against the pronouncing dictionary in PocketSphinx's wheel."""

from __future__ import annotations

from pathlib import Path

import pocketsphinx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.measures.syllables import count_syllables

COMMON = """
the of and to in is you that it was for on are as with his they be at one have this from or had by
but some what there we can out other were all your when up use word how said each she which do
their time if will way about many then them would write like these her long make thing see him two
has look more day could go come did my sound no most number who over know water than call first
people may down side been now find patient nurse hospital medication question answer evaluation
system platform transaction second latency concurrent connection migration algorithm framework
throughput memory convergence distributed infrastructure experience engineer engineering project
""".split()


def _dictionary() -> dict[str, set[int]]:
    path = Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"
    counts: dict[str, set[int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.split()
        vowels = sum(phone[0] in "AEIOU" for phone in phones)
        counts.setdefault(word.split("(")[0], set()).add(vowels)
    return counts


def test_common_words_agree_with_the_dictionary() -> None:
    truth = _dictionary()
    wrong = [word for word in COMMON if count_syllables(word) not in truth[word]]
    assert len(wrong) <= 2, wrong


def test_the_whole_dictionary_is_mostly_right() -> None:
    truth = {w: n for w, n in _dictionary().items() if w.isalpha() and len(w) > 3}
    words = sorted(truth)[::25]
    right = sum(count_syllables(word) in truth[word] for word in words)
    print(f"syllables right: {right / len(words):.3f} of {len(words)} dictionary words")
    assert right / len(words) >= 0.9


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("50K", 4), ("6,000", 3), ("2019", 4), ("25ms", 7), ("twenty-five", 3), ("99%", 5),
        ("TPS", 3), ("didn't", 2), ("we're", 1), ("1.5", 3), ("--", 0), ("", 0),
    ],
)  # fmt: skip
def test_numbers_signs_and_letters(word: str, count: int) -> None:
    assert count_syllables(word) == count


@given(st.text(max_size=20))
def test_any_word_has_a_count(word: str) -> None:
    count = count_syllables(word)
    assert count >= 0
    assert count == 0 or any(letter.isalnum() or letter in "%$+&@=" for letter in word)
