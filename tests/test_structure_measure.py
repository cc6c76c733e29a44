"""How answers are built: phases and their cues, own actions, directness, specifics."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import SpokenWord, Structure
from agent.measures.clauses import CUT_PAUSE_S, clauses_of
from agent.measures.specifics import own_share, specifics_of
from agent.measures.structure import structure_of
from agent.question_kind import is_design, is_story
from tests.need import ROOT

STORY = "Tell me about a time when you led a change."
DESIGN = "How would you design a queue?"


def said(text: str, gap_s: float = 0.0) -> list[SpokenWord]:
    """Words of 0.3 s each; a "|" is a pause of `gap_s`."""
    words, now = [], 10.0
    for part in text.split():
        if part == "|":
            now += gap_s
            continue
        words.append(SpokenWord(start_s=round(now, 3), end_s=round(now + 0.3, 3), text=part))
        now += 0.3
    return words


def names(structure: Structure) -> list[str]:
    return [phase.name for phase in structure.phases]


WHOLE = (
    "two years ago i was a nurse on a small ward so my task was to shorten the handover and then i"
    " wrote a checklist i tested it with the night shift and in the end it went from forty minutes"
    " to fifteen looking back i would ask the doctors earlier"
)


def test_a_story_without_punctuation_has_all_phases_in_order() -> None:
    found = structure_of(said(WHOLE), STORY, "behavioral")
    assert found.kind == "story"
    assert names(found) == ["situation", "task", "action", "result", "learning"]
    assert found.lacks == ()
    cues = {phase.name: phase.cue for phase in found.phases}
    assert all(cue in WHOLE for cue in cues.values())
    assert cues["task"] == "my task was"
    assert sum(phase.share for phase in found.phases) == pytest.approx(1.0, abs=0.01)
    assert found.own_share == 1.0


def test_a_story_of_actions_alone_lacks_the_rest() -> None:
    found = structure_of(said("I wrote a checklist. Then I tested it twice."), STORY, "behavioral")
    assert names(found) == ["action"]
    assert found.lacks == ("situation", "task", "result", "learning")


def test_a_design_names_its_phases_in_any_order() -> None:
    text = (
        "I would use a queue in front of the workers. The downside is one more thing to run."
        " That's roughly fifty requests per second. If a worker crashes, we retry."
    )
    found = structure_of(said(text), DESIGN, "system design")
    assert names(found) == ["design", "trade_offs", "estimate", "failure"]
    assert found.lacks == ("requirements", "validation")


@pytest.mark.parametrize(
    ("question", "area", "kind"),
    [
        ("", "behavioral", ""),
        ("Why us?", "motivation", ""),
        ("What happened?", "conflict", "story"),
        ("Describe a situation in which you failed.", "", "story"),
        ("How would you plan a new ward?", "domain", "design"),
        ("What would you do first?", "System Design", "design"),
    ],
)
def test_the_kind_comes_from_area_and_question(question: str, area: str, kind: str) -> None:
    assert structure_of(said(WHOLE), question, area).kind == kind
    assert is_story(area, question) == (kind == "story" or area == "behavioral")
    assert is_design(area, question) == (kind == "design")


@pytest.mark.parametrize(
    ("question", "text", "direct"),
    [
        (STORY, "So that's a good question. I was a nurse then.", False),
        (STORY, "let me think about that | i was a nurse then", False),
        (STORY, "Two years ago our team was too slow.", True),
        (STORY, "Good question, when I was a nurse we had no checklist.", None),
        (STORY, "Could you repeat the question?", None),
        (DESIGN, "It depends.", False),
        (DESIGN, "I would start with the number of messages.", True),
        ("What is an index?", "An index is a sorted copy of a column.", True),
        ("What is an index?", "Bananas.", None),
        ("", "Yes.", None),
        (STORY, "", None),
    ],
)
def test_whether_the_first_sentence_answers(question: str, text: str, direct: bool | None) -> None:
    assert structure_of(said(text, 0.8), question, "").direct is direct


def test_own_share_counts_contractions_but_no_hedges() -> None:
    words = said("I've built it, we're done and I think we'd win")
    words[6] = words[6].model_copy(update={"mark": "hedge"})
    assert own_share(words) == pytest.approx(1 / 3, abs=0.001)
    assert own_share(said("nobody did")) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We moved Redis to New York in 20 minutes.", 3),
        ("Redis was slow. I like Redis.", 1),
        ("we moved redis in twenty minutes", 1),
        ("The TP99 of rSocket fell.", 2),
        ("SHOUTING ALL THE TIME", 0),
        ("I did and I'm glad", 0),
        ("", 0),
    ],
)
def test_specifics(text: str, count: int) -> None:
    assert specifics_of(text) == count


def test_clauses_are_cut_at_pauses_and_sentence_ends() -> None:
    words = said("it was slow | and noisy. We left", CUT_PAUSE_S)
    spans = [(clause.first, clause.last) for clause in clauses_of(words)]
    assert spans == [(0, 2), (3, 4), (5, 6)]


def test_filled_pauses_do_not_break_a_cue() -> None:
    found = structure_of(said("my uh task um was to fix it"), STORY, "")
    assert names(found) == ["task"]
    assert found.phases[0].cue == "my uh task um was"


ANY_WORD = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        (WHOLE + " # $5, um 40% “So” percent because! If it fails. we'd use İstanbul").split()
    ),
)


@given(
    st.lists(st.tuples(ANY_WORD, st.floats(0, 2), st.floats(0, 1)), max_size=60),
    st.sampled_from([STORY, DESIGN, "", "Why?"]),
    st.sampled_from(["", "behavioral", "System design", "#"]),
)
def test_phases_lie_in_order_within_the_answer(
    parts: list[tuple[str, float, float]], question: str, area: str
) -> None:
    words, now = [], 0.0
    for text, gap_s, length_s in parts:
        words.append(SpokenWord(start_s=now + gap_s, end_s=now + gap_s + length_s, text=text))
        now += gap_s + length_s
    found = structure_of(words, question, area)
    end_s = 0.0
    for phase in found.phases:
        assert end_s <= phase.start_s <= phase.end_s <= now
        end_s = phase.end_s
        assert phase.cue in " ".join(word.text for word in words)
    assert sum(phase.share for phase in found.phases) <= 1.001 + 0.001 * len(found.phases)
    assert not {phase.name for phase in found.phases} & set(found.lacks)
    assert found.own_share is None or 0 <= found.own_share <= 1
    assert found.specifics >= 0


def demo(name: str, question: str, area: str) -> Structure:
    script = yaml.safe_load((ROOT / "recordings/demo/script.yaml").read_text(encoding="utf-8"))
    text = re.sub(r"\{(\w+)\}", r"\1", script["clips"][name]["text"])
    text = re.sub(r"\[[\d.!]+\]", "|", text)
    return structure_of(said(text, 0.6), question, area)


def test_the_demo_answers() -> None:
    question = "Tell me about a time when you had to balance research against reliability."
    told = demo("balance-answer.flac", question, "behavioral")
    assert names(told)[0] == "situation"
    assert {"action", "result", "learning"} <= set(names(told))
    assert told.direct is True
    assert told.own_share == 1.0
    assert told.specifics >= 6
    question = "How would you build on-demand GPU infrastructure for a research team?"
    vague = demo("cluster-answer.flac", question, "system_design")
    assert vague.kind == "design"
    assert {"estimate", "validation", "failure"} <= set(vague.lacks)
    assert vague.direct is False
    assert vague.own_share == 0.0
    assert vague.specifics == 0
