"""A text is written as it is said, in sentences and clauses, in time linear in its length."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.speech.normalize import spoken
from voice.speech.piper import count_syllables
from voice.speech.spoken import (
    clauses,
    spoken_sentences,
    written_sentences,
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # Numbers, money, units.
        ("~4 engineers, ~$50", "about 4 engineers, about 50 dollars"),
        ("$2.5M or $1 or £300", "2.5 million dollars or 1 dollar or 300 pounds"),
        ("$50/hour, $5-10k", "50 dollars per hour, 5 to 10 thousand dollars"),
        ("$3.20 and $0.02/request", "3.20 dollars and 0.02 dollars per request"),
        ("6-50K TPS, 2019–2021", "6 to 50 thousand T-P-S, 2019 to 2021"),
        ("50ms, 3x faster, 1.5M users", "50 milliseconds, 3 times faster, 1.5 million users"),
        ("12 mg/h, 5 mg/kg/day", "12 milligrams per hour, 5 milligrams per kilogram per day"),
        ("1 s of 24 h at 10 Gbps", "1 second of 24 hours at 10 gigabits per second"),
        ("+15 %, -3 °C, 180°C", "plus 15 percent, minus 3 degrees Celsius, 180 degrees Celsius"),
        ("1,000 req/s of 5 GB", "1,000 requests per second of 5 gigabytes"),
        ("1920x1080", "1920 by 1080"),
        # Dates, times, ratios, fractions.
        ("at 12:30 on Jan. 5", "at 12 30 on January 5"),
        ("9 a.m., 09:05 or 5pm", "9 A-M, 9 oh 5 or 5 P-M"),
        ("1:2, 16:9 and 80/20", "1 to 2, 16 to 9 and 80 20"),
        ("9/10, 24/7, 1/2, 2½", "9 out of 10, 24 7, one half, 2 and a half"),
        # Standards, versions, addresses.
        ("OAuth 2.0", "Oh-Auth 2.0"),
        ("v1.29 and 2.4.1", "version 1.29 and 2 point 4 point 1"),
        ("jo@x.com, main.py", "jo, at X dot com, main dot py"),
        ("https://docs.example.org/v2 now", "docs dot example dot org slash version 2 now"),
        (".NET, C++ and C#", "dot net, C plus plus and C sharp"),
        # Signs of formulas.
        ("O(n log n), O(n²), 10^9", "big O of N log N, big O of N squared, 10 to the power of 9"),
        ("2^n = 2x + 1", "2 to the power of N equals 2 X plus 1"),
        ("p95 < 200 ms, ≥ 99.9%", "P 95 less than 200 milliseconds, at least 99.9 percent"),
        ("± 0.5 mm", "plus or minus 0.5 millimeters"),
        ("a -> b & c", "a to B and C"),
        # Abbreviations.
        ("SQL vs. NoSQL, e.g. approx. 3", "S-Q-L versus No S-Q-L, for example, approximately 3"),
        ("No. 3 of Dr. Li, #1", "number 3 of doctor Li, number 1"),
        ("St. Mary's etc.", "saint Mary's et cetera."),
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


SIGNS = "aAB1290.,:;/-+^²$%°'\"()#@&<>=~x –ms"


@given(st.text(max_size=200) | st.text(SIGNS, max_size=60))
@settings(deadline=None)
def test_any_text_becomes_plain_sentences(text: str) -> None:
    said = spoken_sentences(text)
    assert said == [spoken(sentence) for sentence in written_sentences(text)]
    # A decomposed text is said as the composed one.
    composed = unicodedata.normalize("NFC", text)
    assert spoken_sentences(unicodedata.normalize("NFD", text)) == spoken_sentences(composed)
    for sentence in said:
        assert any(letter.isalnum() for letter in sentence)
        assert sentence == " ".join(sentence.split())
        assert "[[" not in sentence
        assert sentence.isprintable()
        sentence.encode("utf-8")


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


@pytest.mark.parametrize(
    "parts",
    [
        ["When would you choose SQL vs. NoSQL?"],
        ["Tell Dr. Patel what you would do first."],
        ["Have you worked with St. Mary's or Mt. Olive?"],
        ["Who is J. R. Smith of No. 3, e.g. Approach two or approx. 5 of them?"],
        ["What changed from Jan. 5 to Oct. 21?"],
        ["He served in the U.S. Army at a J.P. Morgan site."],
        ["She left the U.S.", "We stayed."],
        ["You and I.", "Go on."],
        ["It opened at 9 a.m.", "What came then?"],
        ["Did it work?", "No.", "I was wrong!", "3 failed."],
        ['He said "Stop."', '"Why?" she asked.', "(Nobody knew.)", "Go on."],
    ],
)
def test_sentences_end_at_their_sign_and_not_after_an_abbreviation(parts: list[str]) -> None:
    assert written_sentences(" ".join(parts)) == parts


def test_written_sentences_keep_signs_and_drop_what_is_silent() -> None:
    said = written_sentences('It cost\n$2.5M. ... Why?\x01 "***" 🙂')
    assert said == ["It cost $2.5M. ...", 'Why? "***"']


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("What was your part in the move of the payments,", "and what came first, and why?"),
        ("Here is one about your own work:", "how would you build a cache for 1,000 users?"),
        ("Tell me about the platform team", "and the way in which you shared the work there."),
        # No list is taken apart.
        (
            "Which differences between TRL, VeRL and OpenRLHF surprised you most,",
            "and what in the systems caused them?",
        ),
    ],
)  # fmt: skip
def test_a_long_sentence_is_cut_after_its_first_clause(first: str, rest: str) -> None:
    assert clauses(f"{first} {rest}") == [first, rest]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("nurse", 1), ("people", 2), ("hospital", 3), ("evaluation", 5),
        ("50K", 4), ("6,000", 3), ("25ms", 7), ("twenty-five", 3), ("99%", 5), ("TPS", 3),
        ("we're", 1), ("1.5", 3), ("AWS", 5), ("created.", 3),
        ("really", 2), ("zero", 2), ("idea", 3), ("--", 0), ("", 0),
    ],
)  # fmt: skip
def test_words_numbers_signs_and_letters(word: str, count: int) -> None:
    assert count_syllables([word]) == count
