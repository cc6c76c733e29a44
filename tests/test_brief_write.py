"""The own Markdown form: whatever a brief holds comes back; whatever is read is read."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.brief import Brief, Persona, Question, TalkingPoint
from agent.brief.normal import normal
from agent.brief.read import parse_brief, read_brief
from agent.brief.write import write_brief
from agent.errors import BriefError
from tests.need import ROOT

PIECES = (
    *"|\\*`_#<>[]()-+.:?!\"'“”•–—~=\t\n\r\ufdd1\x1b\u200bé😀", " ", "\n\n", "**",
    "| ", "---", "| --- |", "# ",
    "## Talking points", "Likely questions", "Team stack", "- company: ", "Why: ", "1. ", "<br>",
    "<script>alert(1)</script>", "[a](b)", "```", "\\|", "name", "text", "claim", "question",
    "area", "why",
    "word", "6K", "? ", " / ", "probes", "Probes: ", "## Panel", "Interview date: ", "2026-12-03",
)  # fmt: skip
odd_text = st.one_of(
    st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
)
briefs = st.builds(
    Brief,
    company=odd_text,
    role=odd_text,
    snapshot=odd_text,
    stack=odd_text,
    questions=st.lists(
        st.builds(
            Question,
            area=odd_text,
            text=odd_text,
            why=odd_text,
            probes=st.lists(odd_text, max_size=4),
        ),
        max_size=4,
    ),
    talking_points=st.lists(st.builds(TalkingPoint, name=odd_text, text=odd_text), max_size=4),
    panel=st.lists(
        st.builds(
            Persona,
            name=odd_text,
            role=odd_text,
            areas=st.lists(odd_text, max_size=3),
            manner=odd_text,
            voice=odd_text,
        ),
        max_size=3,
    ),
    interview_date=st.one_of(
        odd_text, st.dates().map(str), st.sampled_from(["3 December 2026", "3/12/2026"])
    ),
)


@given(briefs)
@settings(max_examples=250)
def test_every_brief_survives_writing_and_reading(brief: Brief) -> None:
    expected = normal(brief)
    written = write_brief(brief)
    if not expected.questions and not expected.talking_points:
        with pytest.raises(BriefError):
            parse_brief(written, "brief.md")
        return
    assert parse_brief(written, "brief.md") == expected
    assert normal(expected) == expected
    assert write_brief(expected) == written


@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(
            st.sampled_from([*PIECES, "\n", "\n- ", "\n| ", "questions:\n", "{", "}", "[", ": "]),
            max_size=40,
        ).map("".join),
    ),
    st.sampled_from(["brief.md", "brief.txt", "brief.json", "brief.yaml", "-"]),
)
@settings(max_examples=300)
def test_any_text_gives_a_brief_or_a_brief_error(text: str, name: str) -> None:
    with suppress(BriefError):
        brief = parse_brief(text, name)
        assert brief.questions or brief.talking_points
        assert normal(brief) == brief
        assert parse_brief(write_brief(brief), "again.md") == brief


@pytest.mark.parametrize("name", ["ml-systems-fellow.md", "ward-nurse.md"])
def test_the_sample_briefs_are_in_the_own_form(name: str) -> None:
    path = ROOT / "briefs" / name
    assert write_brief(read_brief(str(path))) == path.read_text(encoding="utf-8")


def test_pipes_and_backslashes_are_escaped_for_other_markdown_readers() -> None:
    asked = Question(area="coding", text=r"What does a | b mean in C:\|?", why="*why*")
    written = write_brief(Brief(questions=(asked,)))
    assert r"| coding | What does a \| b mean in C:\\\|? | \*why\* |" in written.splitlines()
