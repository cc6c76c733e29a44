"""Fillers in text and in timed words, with the figures on hand-marked calls."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Filler, Fillers, SpokenWord
from agent.analysis.measures.fillers import fillers_of, find_fillers, i_and_we
from tests.bench.fillers import CALLS, false_ones, figure
from tests.need import shared


def kinds(text: str) -> list[tuple[str, str]]:
    return [(hit.text, hit.kind) for hit in find_fillers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I like to use tools like Docker because it works well.",
        "Something like six systems, and more like that.",
        "Do you know what it takes? Say so if you know it. That is what I mean.",
        "That is well known, as well as well tested, and the team did well.",
        "The ER nurse gave 5 mm; uh-huh, mm-hm.",
        "So, right, it was basically just okay, actually.",
        "What kind of tool is a sort of hammer?",
        "i worked in the er at night",
        "it looks like the cache was cold and i feel good about databases like postgres",
        "it was like a dream and it worked like a charm, just like the others",
        "what i like about the role is what it was like to lead, and how do you like it",
        "like i said there is nothing like it, and the like",
        "it felt like ten years, more like a factory, something like fifty people",
        "i work well with others and it went very well and as well as it could",
        "as you know the drill, how do you know",
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
        ("We had, you\nknow, time.", ["you\nknow"]),
        ("and like we went there so like the cache was cold", ["like", "like"]),
        ("a cluster for like a year and it was like really slow", ["like", "like"]),
        ("we have like a lot of data and met at like noon", ["like", "like"]),
        ("it's like it's like frozen time", ["like", "like"]),
        ("if you know one of them fails and we didn't you know test", ["you know", "you know"]),
        ("well we tried that well I did so ++um++", ["well", "well", "um"]),
    ],
)
def test_fillers_are_found(text: str, found: list[str]) -> None:
    hits = find_fillers(text)
    assert [hit.text for hit in hits] == found
    assert all(hit.kind in ("filled_pause", "filler_word") for hit in hits)


def test_hedges_are_kept_apart() -> None:
    assert kinds("Maybe we should. I think it was kind of slow.") == [
        ("Maybe", "hedge"),
        ("I think", "hedge"),
        ("kind of", "hedge"),
    ]
    assert kinds("It took about 50 ms, around ten.") == []


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
    assert [word.text for word in marked] == [word.text for word in words]


def test_short_answers_get_no_rate() -> None:
    fillers, _ = fillers_of(timed("um yes"), 9.9)
    assert fillers.per_minute is None
    assert fillers_of([], 0.0)[0].filled_pauses == ()


def test_fillers_that_an_earlier_version_guessed_from_the_sound_are_dropped() -> None:
    said = Filler(text="um", start_s=1.0, end_s=1.3)
    older = Fillers(filled_pauses=(said,), per_minute=2.0).model_dump()
    older["filled_pauses"] = [
        {"text": "um", "start_s": 0.2, "end_s": 0.5, "source": "acoustic"},
        *older["filled_pauses"],
        {"text": "um", "start_s": 4.0, "end_s": 4.4, "source": "acoustic"},
    ]
    read = Fillers.model_validate_json(json.dumps(older))
    assert read == Fillers(filled_pauses=(said,), per_minute=2.0)
    assert json.loads(read.model_dump_json())["filled_pauses"][0]["source"] == "transcript"


def test_i_and_we_count_with_contractions_and_without_hedges() -> None:
    words = timed("I've built it, we're done and I think we’d win. We!")
    words[6] = words[6].model_copy(update={"mark": "hedge"})
    assert i_and_we(words) == (1, 3)
    assert i_and_we(timed("nobody did in India")) == (0, 0)


@pytest.mark.parametrize("stripped", [False, True], ids=["punctuated", "as recognized"])
def test_figures_on_held_out_calls(stripped: bool) -> None:
    path = shared("speech/text/filler-occurrences.jsonl")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    held_out = [row for row in rows if row["call"] in CALLS["20-34"]]
    least = {"you know": 0.97, "i mean": 0.93, "well": 0.95, "like": 0.74}
    for phrase, figure_least in least.items():
        told = figure("", phrase, held_out, stripped)
        assert float(told["value"]) >= figure_least, told
    assert false_ones("", held_out, stripped)["value"] == "0"
