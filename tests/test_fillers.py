"""Fillers in text and in timed words, with the figures on hand-marked calls."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.measures.fillers import FillerHit, fillers_of, find_fillers, total_fillers
from tests.need import shared

NEVER = ("so", "right", "basically", "just", "okay", "actually")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(hit.text, hit.kind) for hit in find_fillers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I like to use tools like Docker because it works well.",
        "Something like six systems, and more like that.",
        "You know the answer. Do you know what it takes? If you know it, say so.",
        "That is what I mean, and I mean it.",
        "That is well known, as well as well tested, and the team did well.",
        "The ER nurse gave 5 mm; uh-huh, mm-hm.",
        "So, right, it was basically just okay, actually.",
        "What kind of tool is a sort of hammer?",
        "i worked in the er at night",
        "",
    ],
)
def test_literal_uses_are_no_fillers(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Um, it was ummmm hard, uh.", ["Um", "ummmm", "uh"]),
        ("Erm, hmm, mm, ah, er.", ["Erm", "hmm", "mm", "ah", "er"]),
        ("Well, it was hard, you know, and, like, slow.", ["Well", "you know", "like"]),
        ("I mean, it was like fifty people.", ["I mean", "like"]),
        ("we like went there you know and i mean it was late", ["like", "you know", "i mean"]),
        ("We had, you\nknow, time.", ["you\nknow"]),
    ],
)
def test_fillers_are_found(text: str, found: list[str]) -> None:
    hits = find_fillers(text)
    assert [hit.text for hit in hits] == found
    assert all(hit.kind in ("filled_pause", "filler_word") for hit in hits)


def test_hedges_are_kept_apart_and_not_before_numbers() -> None:
    assert kinds("Maybe we should. I think it was kind of slow.") == [
        ("Maybe", "hedge"),
        ("I think", "hedge"),
        ("kind of", "hedge"),
    ]
    assert kinds("Maybe 50 ms, probably around six thousand, I think about 5 people.") == []


def test_recognizer_marks_are_filled_pauses() -> None:
    assert kinds("so ++um++ we left") == [("um", "filled_pause")]


@given(
    st.lists(st.sampled_from("um like you know well i mean so, the. kind of 50 ER maybe".split()))
)
def test_hits_are_ordered_disjoint_and_verbatim(words: list[str]) -> None:
    text = " ".join(words)
    at = 0
    for hit in find_fillers(text):
        assert at <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        at = hit.end


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    assert all(text[hit.start : hit.end].strip("+") == hit.text for hit in find_fillers(text))


def timed(text: str) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=at * 0.5, end_s=at * 0.5 + 0.4)
        for at, word in enumerate(text.split())
    ]


def test_hits_land_on_words_with_their_times() -> None:
    words = timed("Well, um we did, you know, a lot of work there maybe.")
    fillers, marked = fillers_of(words, 12.0)
    assert [(one.text, one.start_s, one.end_s) for one in fillers.filler_words] == [
        ("Well", 0.0, 0.4),
        ("you know", 2.0, 2.9),
    ]
    assert [one.text for one in fillers.filled_pauses] == ["um"]
    assert [word.mark for word in marked][:6] == [
        "filler_word", "filled_pause", "", "", "filler_word", "filler_word",
    ]  # fmt: skip
    assert marked[-1].mark == "hedge"
    assert fillers.per_minute == pytest.approx(3 * 5)
    assert fillers.per_100_words == pytest.approx(100 * 3 / 11, abs=0.01)
    assert [word.text for word in marked] == [word.text for word in words]


def test_short_answers_get_no_rate() -> None:
    fillers, _ = fillers_of(timed("um yes"), 9.9)
    assert fillers.per_minute is None
    assert fillers.per_100_words is None
    assert fillers_of([], 0.0)[0].filled_pauses == ()


def test_pooled_fillers_add_up() -> None:
    part, marked = fillers_of(timed("um we did a lot of work there uh"), 20.0)
    whole = total_fillers([part, part], 2 * (len(marked) - 2), 40.0)
    assert len(whole.filled_pauses) == 4
    assert whole.per_minute == pytest.approx(6.0)


def _occurrences(stripped: bool) -> list[tuple[str, bool, bool]]:
    """Return phrase, truth and verdict of every occurrence in the held-out calls 10 to 17."""
    rows = []
    for line in shared("speech/text/filler-occurrences.jsonl").read_text().splitlines():
        one = json.loads(line)
        if one["call"] < 10:
            continue
        parts = [one["left"], one["target"], one["right"]]
        if stripped:
            parts = [re.sub(r"[^\w' ]", "", part).lower().strip() for part in parts]
        left, target, right = parts
        start = len(left) + 1 if left else 0
        hits = find_fillers(f"{left} {target} {right}" if left else f"{target} {right}")
        rows.append((one["phrase"], one["filler"], _hit(hits, start, start + len(target))))
    return rows


def _hit(hits: list[FillerHit], start: int, end: int) -> bool:
    return any(hit.kind == "filler_word" and hit.start < end and hit.end > start for hit in hits)


@pytest.mark.parametrize("stripped", [False, True], ids=["punctuated", "as recognized"])
def test_figures_on_held_out_calls(stripped: bool) -> None:
    rows = _occurrences(stripped)
    figures = {}
    for phrase in ("you know", "i mean", "well", "like"):
        here = [(truth, got) for name, truth, got in rows if name == phrase]
        both = sum(truth and got for truth, got in here)
        either = sum(truth for truth, _ in here) + sum(got for _, got in here)
        figures[phrase] = round(2 * both / either, 3)
    print("filler or literal, F1 on calls 10-17:", figures)
    assert figures["you know"] >= 0.96
    assert figures["well"] >= 0.94
    assert figures["i mean"] >= 0.91
    assert figures["like"] >= 0.45
    assert not [row for row in rows if row[0] in NEVER and row[2]]
