"""Signs, digits and capitals are said in words, in time linear in the length of the text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.spoken import spoken, spoken_sentences


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # Numbers, money, units.
        ("~4 engineers, ~$50", "about 4 engineers, about 50 dollars"),
        ("$2.5M or $1 or £300", "2.5 million dollars or 1 dollar or 300 pounds"),
        ("$50/hour, $5-10k", "50 dollars per hour, 5 to 10 thousand dollars"),
        ("$3.20 and $0.02/request", "3 dollars 20 and 0.02 dollars per request"),
        ("6-50K TPS, 2019–2021", "6 to 50 thousand T-P-S, 2019 to 2021"),
        ("50ms, 3x faster, 1.5M users", "50 milliseconds, 3 times faster, 1.5 million users"),
        ("12 mg/h, 5 mg/kg/day", "12 milligrams per hour, 5 milligrams per kilogram per day"),
        ("1 s of 24 h at 10 Gbps", "1 second of 24 hours at 10 gigabits per second"),
        ("+15 %, -3 °C, 180°C", "plus 15 percent, minus 3 degrees Celsius, 180 degrees Celsius"),
        ("1,000 req/s on 5 m²", "1,000 requests per second on 5 square meters"),
        ("5'10\" and 1920x1080", "5 foot 10 and 1920 by 1080"),
        ("4K video, 401k, 10k rows", "4 K video, 401 K, 10 thousand rows"),
        # Dates, times, ratios, fractions.
        ("on 2026-12-03 at 12:30", "on December 3rd, 2026 at 12 30"),
        ("3 December 2026, Jan. 5", "3rd of December 2026, January 5"),
        ("9 a.m., 09:05 or 5pm", "9 A-M, 9 oh 5 or 5 P-M"),
        ("1:2, 16:9 and 80/20", "1 to 2, 16 to 9 and 80 20"),
        ("12/25/2026 and 3/4/2026", "December 25th, 2026 and 3 slash 4 slash 2026"),
        ("9/10, 24/7, 1/2, 2½", "9 out of 10, 24 7, one half, 2 and a half"),
        ("the 1990s and the '80s", "the nineteen nineties and the eighties"),
        ("2024-99-05", "2024 99 05"),
        # Standards, versions, addresses.
        ("ISO 9001:2015, OAuth 2.0", "I-S-O 9001, 2015, Oh-Auth 2.0"),
        ("v1.29 and 2.4.1", "version 1.29 and 2 point 4 point 1"),
        ("jo@x.com, main.py", "jo, at X dot com, main dot py"),
        ("https://docs.example.org/v2 now", "docs dot example dot org slash version 2 now"),
        (".NET, C++, C# and Node.js", "dot net, C plus plus, C sharp and Node J-S"),
        # Signs of formulas.
        ("O(n log n), O(n²), 10^9", "big O of N log N, big O of N squared, 10 to the power of 9"),
        ("1e-4 and 2^n", "10 to the power of minus 4 and 2 to the power of N"),
        ("f(x) = 2x + 1", "F of X equals 2 X plus 1"),
        ("p95 < 200 ms, ≥ 99.9%", "P 95 less than 200 milliseconds, at least 99.9 percent"),
        ("a == b, a != c", "eigh equals B, eigh is not equal to C"),
        ("± 0.5 mm", "plus or minus 0.5 millimeters"),
        ("a -> b & c", "a to B and C"),
        # Abbreviations.
        ("SQL vs. NoSQL, e.g. approx. 3", "S-Q-L versus No S-Q-L, for example, approximately 3"),
        ("No. 3 of Dr. Li, #1", "number 3 of doctor Li, number 1"),
        ("St. Mary's, Main St. w/ etc.", "saint Mary's, Main street with et cetera."),
        ("Type II error", "Type 2 error"),
        # Letters.
        ("AWS, the ICU, EC2, CI/CD, SLOs", "A-W-S, the I-C-U, E C 2, C-I C-D, S-L-O's"),
        ("NASA, JSON, HIPAA, REST APIs", "nasa, json, hipaa, rest A-P-I's"),
        ("IAM, SLA and SLAs", "I.A-M, S-L.A and S-L-A's"),
        ("TimescaleDB, gRPC, IPv6, H100s", "Timescale D-B, G R-P-C, I-P V 6, H 100s"),
        ("A/B tests and/or 24/7", "A-B tests and or 24 7"),
        ("WHY IS THE API SO SLOW?", "why is the api so slow?"),
        ("wasn't it McKinsey's 3rd?", "wasn't it Mc Kinsey's 3rd?"),
        # What is not said.
        ("**bold** `code` snake_case", "bold code snake case"),
        ("Say [[h@loU]] now", "Say H at lo U now"),
        ("cafe\u0301 and ﬁrst", "café and first"),
    ],
)  # fmt: skip
def test_a_text_is_written_as_it_is_said(written: str, said: str) -> None:
    assert spoken(written) == said


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_becomes_plain_sentences(text: str) -> None:
    for sentence in spoken_sentences(text):
        assert sentence
        assert sentence == " ".join(sentence.split())
        assert "[[" not in sentence
        assert sentence.isprintable()
        sentence.encode("utf-8")


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
@settings(deadline=None)
def test_no_digit_of_plain_numbers_is_lost(numbers: list[int]) -> None:
    text = " ".join(map(str, numbers))
    assert re.findall(r"\d+", spoken(text)) == [str(number) for number in numbers]


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
@settings(deadline=None)
def test_a_decomposed_text_is_said_as_the_composed_one(text: str) -> None:
    import unicodedata

    composed = unicodedata.normalize("NFC", text)
    assert spoken_sentences(unicodedata.normalize("NFD", text)) == spoken_sentences(composed)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "1 ", "one hundred ", "a/", "(", "1:", "$1", "1,", "*", "vs. ", "x@", "a.", "A", "aB", "-",
        ".", ". ", " ", "_", "^2", "O(", "1e", "1'", "\".", "<", "5 m/", "/a", "http://", "1 1/2 ",
        "A.B", "é",
    ],
)  # fmt: skip
def test_four_times_the_text_takes_no_more_than_its_share(unit: str) -> None:
    """A rule that is quadratic takes 16 times as long for 4 times the text, a linear one 4."""

    def took_s(length: int) -> float:
        text = unit * (length // len(unit))
        tries = []
        for _ in range(3):
            began_s = time.thread_time()
            spoken_sentences(text)
            tries.append(time.thread_time() - began_s)
        return min(tries)

    assert took_s(48_000) < 10 * took_s(12_000) + 0.01
