"""The report as text: what it says, what it escapes, what it may do."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.analysis import About, Analysis, Answer, InterviewerLine, Pause, SpokenWord, answer_names
from agent.report.conversation import cards_of
from agent.report.drawing import sound_url
from agent.report.lanes import ROW_S, rows_of
from agent.report.page import render
from agent.text.display import clean, clock, length
from tests.sample_analysis import hostile_sample, long_sample, sample

_VOID = {"meta", "img", "input", "br"}


class _Page(HTMLParser):
    """Reads a page, insists that its tags nest, and keeps what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.bodies: dict[str, list[str]] = {"style": [], "script": []}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.bodies:
            self.bodies[self._open[-1]].append(data)
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def names(self, besides: str = "") -> list[str]:
        return [tag for tag, _ in self.tags if tag != besides]


@pytest.fixture(scope="module")
def page() -> _Page:
    return _Page(render(sample()))


def test_the_page_says_what_to_practice_before_all_else(page: _Page) -> None:
    parts = (
        "Harbor Grid · Senior Platform Engineer",
        "November 20, 2026, 18:42",
        "3 min 9 s",
        "One word was left out",
        "What to practice",
        "your brief says 4",
        "Key figures",
        "The whole session",
        "Talking points",
        "Your answers",
        "How this was measured",
        "webrtcvad mode 2",
    )
    at = 0
    for part in parts:
        at = page.text.index(part, at)


def test_figures_carry_their_denominator_floor_and_class(page: _Page) -> None:
    assert "148 words a minute" in page.text
    assert "Pauses included, over all answers; 120 to 170 is fine." in page.text
    assert "13 found" in page.text
    assert "5 to 12 a minute" in page.text
    assert "13 fillers. 5 to 12 a minute" in page.text
    assert "2 of 5 made" in page.text


def test_every_finding_quote_and_word_plays_its_moment(page: _Page) -> None:
    analysis = sample()
    buttons = [a for tag, a in page.tags if tag == "button" and a.get("class") == "play"]
    starts = {float(str(a["data-s"])) for a in buttons}
    wanted = [f.start_s for f in analysis.findings]
    wanted += [e.start_s for p in analysis.coverage.points for e in p.evidence]
    assert {round(at, 2) for at in wanted if at is not None} <= starts
    assert all("Play" in str(a["aria-label"]) for a in buttons)
    spans = {a["data-s"] for tag, a in page.tags if tag == "span" and "data-s" in a}
    words = {f"{w.start_s:.2f}".rstrip("0").rstrip(".") for a in analysis.answers for w in a.words}
    assert words <= spans


def test_links_lead_to_something_and_ids_are_unique(page: _Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = page.values("href") + [f"#{name}" for name in page.values("aria-labelledby")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_the_policy_allows_our_style_and_script_and_no_network(page: _Page) -> None:
    (policy,) = (
        attrs["content"]
        for _, attrs in page.tags
        if "content-security-policy" in str(attrs).lower()
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    for kind in ("style", "script"):
        (body,) = page.bodies[kind]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy
    assert page.values("src") == ["./candidate.wav"]


def test_no_attribute_holds_code(page: _Page) -> None:
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_a_missing_point_names_the_question_where_it_fits(page: _Page) -> None:
    assert "Question 1 was a good place for it: To begin, what are you working on" in page.text
    assert "Your brief says 4 pages a week, you said fourteen." in page.text


def test_hostile_text_stays_text() -> None:
    hostile = _Page(render(hostile_sample()))
    plain = _Page(render(sample()))
    # A name too long for its part of the bar is left out of the drawing.
    assert hostile.names("text") == plain.names("text")
    assert hostile.text.count("window.hit=1") > 300
    assert "\u202e" not in render(hostile_sample())
    assert {n for _, a in hostile.tags for n in a} == {n for _, a in plain.tags for n in a}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_survives_as_itself(text: str) -> None:
    answer = Answer(
        start_s=0,
        end_s=1,
        question=text,
        area=text,
        words=(SpokenWord(start_s=0, end_s=1, text=text),),
    )
    document = render(
        Analysis(about=About(title=text, audio=text), notes=(text,), answers=(answer,))
    )
    document.encode()
    bare = _Page(
        render(
            Analysis(
                about=About(title="x", audio="x" if text else ""),
                notes=("x",),
                answers=(
                    answer.model_copy(
                        update={
                            "question": "x" if text else "",
                            "area": "x" if text else "",
                            "words": (SpokenWord(start_s=0, end_s=1, text="x"),),
                        }
                    ),
                ),
            )
        )
    )
    read = _Page(document)
    assert read.names("code") == bare.names("code")
    assert re.sub(r"\s+", " ", clean(text)) in read.text


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("candidate.wav", "./candidate.wav"),
        ("my answer #1?.wav", "./my%20answer%20%231%3F.wav"),
        ("javascript:x.wav", "./javascript%3Ax.wav"),
        ("//host/x.wav", ".///host/x.wav"),
        ("Björn.flac", "./Bj%C3%B6rn.flac"),
    ],
)
def test_the_sound_is_always_a_file_beside_the_page(name: str, url: str) -> None:
    assert sound_url(name) == url


def test_without_sound_nothing_pretends_to_play() -> None:
    page = _Page(render(sample(audio="")))
    assert "There is no sound beside this report" in page.text
    assert not page.values("data-s")
    assert not {"audio", "button"} & set(page.names())
    assert "0:30" in page.text


def test_an_interrupted_session_says_so() -> None:
    page = _Page(render(Analysis(about=About(state="interrupted"))))
    assert "This session was interrupted" in page.text
    assert "not scored: too little speech" in page.text
    assert "No answer was heard." in page.text
    assert "The brief names no talking points" in page.text


def test_follow_ups_share_the_card_of_their_question() -> None:
    analysis = sample()
    assert answer_names(analysis.answers) == ["1", "1a", "2", "3", "4"]
    cards = [[item.name for item in card if item.answer] for card in cards_of(analysis)]
    assert cards == [[], ["1", "1a"], ["2"], ["3"], ["4"], []]
    during = [
        (item.name, line.text)
        for card in cards_of(analysis)
        for item in card
        for line in item.during
    ]
    assert during == [("2", "And what"), ("4", "Take your time.")]


def test_a_question_without_an_answer_is_still_shown() -> None:
    line = InterviewerLine(start_s=1, end_s=3, text="And then?", kind="question")
    page = _Page(render(Analysis(interviewer=(line,))))
    assert "(no answer) And then?" in page.text


def test_pauses_stand_between_the_words_they_part() -> None:
    words = (
        SpokenWord(start_s=0, end_s=0.4, text="one"),
        SpokenWord(start_s=3, end_s=4, text="two"),
    )
    answer = Answer(start_s=0, end_s=4, question="q", words=words)
    pauses = (
        Pause(start_s=0.5, end_s=0.7),
        Pause(start_s=0.7, end_s=1.0),
        Pause(start_s=1.2, end_s=3.0, inside_clause=True),
    )
    paced = answer.pacing.model_copy(update={"pauses": pauses})
    page = _Page(render(Analysis(answers=(answer.model_copy(update={"pacing": paced}),))))
    assert "one 0.3 pause 1.8 s two" in page.text


@pytest.mark.parametrize(
    ("at_s", "shown", "said"),
    [
        (0, "0:00", "0 s"),
        (59.9, "0:59", "1 min"),
        (75, "1:15", "1 min 15 s"),
        (3725, "1:02:05", "1 h 2 min"),
        (float("nan"), "0:00", "0 s"),
        (-3, "0:00", "0 s"),
    ],
)
def test_times_read_like_a_clock(at_s: float, shown: str, said: str) -> None:
    assert clock(at_s) == shown
    assert length(at_s) == said


@given(st.floats(min_value=0.1, max_value=20_000))
def test_timeline_rows_cover_the_session_once(total_s: float) -> None:
    rows = rows_of(total_s)
    assert rows[0].start_s == 0
    assert rows[-1].end_s == pytest.approx(total_s, abs=1e-3)
    assert all(row.end_s - row.start_s <= ROW_S + 1e-3 for row in rows)
    assert all(a.end_s == pytest.approx(b.start_s, abs=1e-3) for a, b in pairwise(rows))


def test_an_hour_stays_small() -> None:
    analysis = long_sample()
    assert sum(len(answer.words) for answer in analysis.answers) >= 10_000
    assert len(render(analysis).encode()) < 3_000_000
