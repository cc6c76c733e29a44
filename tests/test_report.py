"""The report as text: what it says and of whom, what it escapes, what it may do."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.analysis import (
    About,
    Analysis,
    Answer,
    InterviewerLine,
    OwnQuestion,
    PaceWindow,
    Pacing,
    SpokenWord,
)
from agent.report.page import render
from agent.report.subtitles import srt, vtt
from agent.report.summary import markdown
from agent.text.display import clean
from tests.sample_analysis import HOSTILE, earlier, hostile_sample, long_sample, sample


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
        if tag not in ("meta", "img", "input", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        kept = self.bodies.get(self._open[-1] if self._open else "", self.texts)
        kept.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def names(self, *besides: str) -> list[str]:
        return [tag for tag, _ in self.tags if tag not in besides]


@pytest.fixture(scope="module")
def page() -> _Page:
    return _Page(render(sample()))


def card(page: str, name: str) -> str:
    """Return the part of a page that holds an answer."""
    return page[page.index(f'id="answer-{name}"') :].split("</article>", maxsplit=1)[0]


def section(page: str, name: str) -> str:
    return page[page.index(f'<section id="{name}"') :].split("</section>", maxsplit=1)[0]


def test_the_page_says_what_to_practice_before_all_else(page: _Page) -> None:
    at = 0
    for part in (
        "Harbor Grid · Senior Platform Engineer November 20, 2026, 18:423 min 9 s",
        "One word was left out",
        "Answer question 3 again in 90 seconds, number first.",
        "What went well",
        "Key figures",
        "How it is counted",
        "webrtcvad mode 2",
    ):
        at = page.text.index(part, at)


def test_figures_carry_their_denominator_class_and_formula(page: _Page) -> None:
    for part in (
        "rehearse retry last --answer 2",
        "148 words a minute",
        "13 fillers. ",
        "2 of 5 made",
        "Score 72 of 100",
        "100 - 18 (answer 4 fast) - 10 (long pauses)",
        "No score: the words are too uncertain",
        "stopped to let you go on",
        "Question 1 was a good place for it: To begin, what are you working on",
        "Your brief says 4 pages a week, you said fourteen.",
    ):
        assert part in page.text


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


def test_what_is_not_there_is_said() -> None:
    page = _Page(render(sample(audio="")))
    assert "There is no sound beside this report" in page.text
    assert not page.values("data-s")
    assert not {"audio", "button"} & set(page.names())
    page = _Page(render(Analysis(about=About(state="interrupted"))))
    for part in ("This session was interrupted", "too little speech", "No answer was heard."):
        assert part in page.text
    assert not {"points", "fillers", "own"} & set(page.values("id"))
    recorded = Answer(start_s=0, end_s=9, question="", kind="recording")
    assert "rehearse retry" not in _Page(render(Analysis(answers=(recorded,)))).text


def test_links_lead_to_something_and_ids_are_unique(page: _Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = page.values("href") + [f"#{name}" for name in page.values("aria-labelledby")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_the_policy_allows_our_style_and_script_and_no_network(page: _Page) -> None:
    (policy,) = (str(a["content"]) for _, a in page.tags if "Content-Security" in str(a))
    assert policy.startswith("default-src 'none'")
    for kind in ("style", "script"):
        (body,) = page.bodies[kind]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not any(word in policy for word in ("http", "unsafe"))
    assert page.values("src") == ["./candidate.wav"]
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_hostile_text_stays_text(page: _Page) -> None:
    hostile = _Page(render(hostile_sample()))
    # Its digits make more sentences of an outline, and nothing else.
    assert hostile.names("code", "li") == page.names("code", "li")
    assert hostile.text.count("window.hit=1") > 300
    assert "\u202e" not in render(hostile_sample())
    assert {n for _, a in hostile.tags for n in a} == {n for _, a in page.tags for n in a}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60))
def test_any_text_survives_as_itself(text: str) -> None:
    def drawn(some: str) -> _Page:
        word = SpokenWord(start_s=0, end_s=1, text=some)
        answer = Answer(start_s=0, end_s=1, question=some, area=some, words=(word,))
        about = About(title=some, audio=some)
        return _Page(render(Analysis(about=about, notes=(some,), answers=(answer,))))

    read = drawn(text)
    assert read.names("code") == drawn("x").names("code")
    assert re.sub(r"\s+", " ", clean(text)) in read.text


def test_a_question_without_an_answer_is_shown_unless_it_was_taken_back() -> None:
    asked = InterviewerLine(start_s=1, end_s=3, text="Why?", kind="question")
    assert "(no answer): Why?" in _Page(render(Analysis(interviewer=(asked,)))).text
    back = asked.model_copy(update={"start_s": 12.0, "stopped_by": "resumed_answer"})
    answer = Answer(start_s=4, end_s=10, question="Why?")
    page = render(Analysis(answers=(answer,), interviewer=(asked, back)))
    assert page.count("<article") == 1
    assert "(no answer)" not in page


def test_an_hour_stays_small() -> None:
    assert len(render(long_sample()).encode()) < 3_000_000


def test_an_answer_tells_what_was_counted_and_its_length_beside_the_advice() -> None:
    told = card(render(sample()), "2")
    assert "You said “I” 4 times and “we” 3 times. You gave 2 figures." in told
    assert "(1 min to 5 min advised)" in told
    assert "not answered" in card(render(sample()), "4")
    answer = sample().answers[2].model_copy(update={"end_s": 999.0})
    long = render(Analysis(answers=(answer,), about=About(audio="a.wav")))
    assert "too long" in card(long, "1")


def test_the_fastest_window_of_an_answer_can_be_played() -> None:
    windows = tuple(
        PaceWindow(start_s=at, end_s=at + 20.0, speech_rate_wpm=rate, band=band)
        for at, rate, band in ((2.0, 150, "fine"), (7.0, 205.4, "fast"))
    )
    answer = Answer(start_s=2, end_s=27, question="Why?", pacing=Pacing(windows=windows))
    told = card(render(Analysis(answers=(answer,), about=About(audio="a.wav"))), "1")
    assert "120 to 190 is tinted." in told
    assert 'data-s="7" data-e="27" aria-label="Play the fastest 20 seconds at 0:07"' in told
    assert 'points="0.00,50.0 40.00,50.0 60.00,10.4 100.00,10.4"' in told


def test_the_last_session_stands_beside_what_was_counted_alike() -> None:
    now = sample()
    text = _Page(render(now, earlier(now))).text
    assert "compared with November 18, 2026, 09:05" in text
    assert "↑ 17 more, last time 131" in text
    assert "↑ 8 more, last time 64" in text
    assert "last time: partial" in text
    assert "not in the last session" in text
    assert "last time" not in _Page(render(now)).text
    other = earlier(now).model_copy(update={"engines": {"stt": "whisper small.en"}})
    text = _Page(render(now, other)).text
    assert "Another recognizer heard the last session, so its fillers are not compared." in text
    assert "last time" not in text[text.index("13 or more") : text.index("2 of 5 made")]


def panel(name: str = "Priya", other: str = "Alex") -> Analysis:
    """Return the sample asked by one person, with a round of own questions led by another."""
    plain = sample()
    lines = [line.model_copy(update={"speaker": name}) for line in plain.interviewer[:-1]]
    invited_s = lines[-1].end_s + 60
    for at_s, kind, text in (
        (invited_s, "your_questions", "What would you like to ask?"),
        (invited_s + 10, "reply", "We use Go."),
        (invited_s + 20, "closing", "Good-bye then."),
    ):
        line = InterviewerLine(start_s=at_s, end_s=at_s + 3, text=text, kind=kind, speaker=other)
        lines.append(line)
    own = OwnQuestion(
        start_s=invited_s + 5, end_s=invited_s + 9, text="Which one?", reply="We use Go."
    )
    asked = tuple(answer.model_copy(update={"asked_by": name}) for answer in plain.answers)
    changed = {"interviewer": tuple(lines), "answers": asked, "own_questions": (own,)}
    return plain.model_copy(update=changed)


def test_the_page_names_them_and_tells_own_questions_nowhere_else() -> None:
    page = render(panel())
    assert "panel: Priya, Alex" in page
    answers, own = section(page, "answers"), section(page, "own")
    assert "asked by <bdi>Priya</bdi>" in answers
    assert "Interviewer" not in answers
    assert own.index("Which one?") < own.index("We use Go.")
    assert not any(text in answers for text in ("Which one?", "We use Go.", "Good-bye"))
    assert "asked by" not in render(sample())
    analysis = panel(f"Priya <b> & Co{HOSTILE}")
    assert "(asked by Priya \\<b\\> \\& Co" in markdown(analysis)
    assert "Priya ‹b› & Co" in srt(analysis).replace("\n", " ")
    assert "<v Priya &lt;b&gt; &amp; Co" in vtt(analysis)
    assert not any(bad in render(analysis) for bad in ("<script>window", "\u202e"))
