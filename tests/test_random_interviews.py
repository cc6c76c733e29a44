"""Whatever is typed and whatever the brief says: no interview falls over, and each is analyzed."""

import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.analysis import analyzer, read_analysis
from agent.analysis.recognition import WordSource
from agent.brief import Brief, Question, TalkingPoint
from agent.brief.read import parse_brief
from agent.errors import BriefError
from agent.interview import rules
from agent.interview.start import Wish, hold_spoken, hold_typed, typed_stage
from agent.report.results import write_results
from agent.session import read_session
from agent.session.events import NoticeEvent
from agent.session.settings import Settings
from tests.rooms import EchoPath, EchoRoom
from tests.scripted import Tones, noise, spoken
from voice.audio.clip import Clip, join, silence
from voice.ports.room import Replies
from voice.speech.transcript import Word

_NUMBERS = (
    "0 0 % $0 0.0 -5 4 % 99.99 % 1,000 1.000.000 6K 1.5M 2bn 10^9 1e308 1e-400 3/4 0/0 7/0 9:30"
    " 24/7 1-2 4 % to 0 % 0 to 0 half zero nought a third two hundred twenty twenty one point five"
    " 12 ms 0 ms TP99 p50 v2.0 2026 1990s ½ ² ٣٤ ①Ⅷ 三 NaN inf 0x1F +0 ~3 <5"
    " >= 9 x10 10x €5 £0.00"
).split(" ")
_WORDS = "we moved the data from to by about less than latency loss users a day per I".split()
_ODD = (
    *("", " ", "?", "\u202e\u2066", "🙂👩\u200d👩\u200d👧", "é\u0301\u0301", "ﷺ", "\ud800"),
    *("\0\x1b[2J", "ß" * 400),
)
_TURNS = ("r", "s", "help", "I don't know.", "Could you repeat that?", "What do you mean?", "yes")


def some(chance: random.Random, most: int) -> str:
    """Return up to so many words, numbers and odd letters."""
    every = (_NUMBERS, _WORDS, _WORDS, _ODD)
    return " ".join(chance.choice(chance.choice(every)) for _ in range(chance.randrange(most + 1)))


def an_answer(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice((*_TURNS, *_ODD, "9" * 400, "1 " * 300, "-" * 500))
    return some(chance, 40).replace("\n", " ")


def a_brief(chance: random.Random) -> Brief:
    points = (some(chance, 14) for _ in range(chance.randrange(5)))
    questions = (some(chance, 10) for _ in range(chance.randrange(6)))
    document = {
        "company": some(chance, 2),
        "role": some(chance, 2),
        "stack": some(chance, 9),
        "questions": [{"text": f"{text}?", "why": some(chance, 6)} for text in questions],
        "talking_points": [{"name": text[:20] or "x", "text": text} for text in points],
    }
    try:
        return parse_brief(json.dumps(document), "brief.json")
    except BriefError:
        return Brief()


def held(folder: Path, brief: Brief, answers: list[str]) -> Path:
    """Hold a typed interview, analyze it, and return its folder."""
    settings = Settings(minutes=20.0, own_questions_min=2.0)
    stage = typed_stage(Wish(brief, folder, settings, engines={"interviewer": "rules"}))
    hold_typed(stage, io.StringIO("\n".join(answers)), [])
    write_results(stage.folder, WordSource(pytest.fail))
    return stage.folder


def faults_of(folder: Path) -> list[str]:
    """Return what the journal and the analysis tell of faults of ours."""
    notices = [e.text for e in read_session(folder).events if isinstance(e, NoticeEvent)]
    told = (*notices, *read_analysis(folder).notes)
    return [line for line in told if "a fault of Rehearse" in line]


@pytest.mark.slow
@pytest.mark.parametrize("tenth", range(10))
def test_random_interviews_are_held_and_analyzed(tmp_path: Path, tenth: int) -> None:
    for number in range(30):
        chance = random.Random(f"{tenth}.{number}")
        answers = [an_answer(chance) for _ in range(chance.randrange(25))]
        folder = held(tmp_path / str(number), a_brief(chance), answers)
        assert read_session(folder).meta.state == "complete"
        assert faults_of(folder) == [], (tenth, number)


class Mishears:
    """A recognizer that hears anything, at any time."""

    name = "scripted:recognizer"
    dropped = 0

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        chance = self._chance
        words = an_answer(chance).split()[: chance.choice((0, 1, 5, 60))]
        starts_s = sorted(chance.uniform(-0.5, clip.duration_s + 0.5) for _ in words)
        lengths_s = chance.choices((0.0, 0.1, 3.0), k=len(words))
        return tuple(
            Word(word, start_s, start_s + length_s, chance.random())
            for word, start_s, length_s in zip(words, starts_s, lengths_s, strict=True)
        )


def a_sound(chance: random.Random, voices: list[Clip]) -> Clip:
    every = (*voices, silence(chance.uniform(0, 4)), noise(1.0, chance.uniform(-60, -5)))
    return join(chance.choices(every, k=chance.randrange(5)))


@pytest.mark.slow
@pytest.mark.parametrize("third", range(3))
def test_random_spoken_interviews_are_held_and_analyzed(tmp_path: Path, third: int) -> None:
    voices = [spoken(length_s) for length_s in (0.05, 0.3, 1.0, 3.0, 8.0)]
    for number in range(10):
        chance = random.Random(f"{third}.{number}")
        flags = {name: chance.random() < 0.2 for name in ("strict", "half_duplex", "one_way")}
        settings = Settings(minutes=chance.choice((1.0, 5.0)), own_questions_min=0.0, **flags)
        wish = Wish(a_brief(chance), tmp_path, settings, engines={"interviewer": "rules"})
        stage = typed_stage(wish)
        stage.session.meta = stage.meta.model_copy(update={"channel": "spoken"})
        stage = replace(stage, recognizer=Mishears(chance), synthesizer=Tones())
        answers = Replies(*(a_sound(chance, voices) for _ in range(chance.randrange(7))))
        over = [(chance.uniform(0, 60), a_sound(chance, voices)) for _ in range(3)]
        echo = EchoPath(np.ones(1), level_db=chance.uniform(-60, 0))
        hold_spoken(stage, EchoRoom(answers, echo, over), [])
        write_results(stage.folder, WordSource(pytest.fail))
        assert read_session(stage.folder).meta.state == "complete"
        assert faults_of(stage.folder) == [], (third, number)


@pytest.mark.parametrize("unit", ["word ", "0 % ", "9", "🙂", "- ", "I "])
def test_an_answer_of_50_kb_is_an_answer(tmp_path: Path, unit: str) -> None:
    points = (TalkingPoint(name="Loss", text="0 % data loss at $0, from 4 % to 0 %"),)
    brief = Brief(questions=(Question(text="How did it go?"),), talking_points=points)
    folder = held(tmp_path, brief, [unit * (50_000 // len(unit)), "q"])
    assert faults_of(folder) == []
    assert len(read_analysis(folder).answers) == 1


def fails(*_: object, **__: object) -> Any:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "measure",
    ["fillers_of", "judge", "find_numbers", "i_and_we", "findings_of", "scores_of", "is_answered"],
)
def test_a_fault_takes_down_one_measure_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measure: str
) -> None:
    monkeypatch.setattr(analyzer, measure, fails)
    folder = held(tmp_path, Brief(talking_points=(TalkingPoint(name="x"),)), ["I did it.", "q"])
    (told,) = faults_of(folder)
    assert "ZeroDivisionError, test_random_interviews.py" in told
    analysis = read_analysis(folder)
    assert [answer.text for answer in analysis.answers] == ["I did it."]
    if scored := {"fillers_of": "fillers", "judge": "coverage"}.get(measure):
        assert "a fault of Rehearse" in getattr(analysis.scores, scored).not_scored


def test_a_fault_in_a_decision_asks_the_next_question_of_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_follow_up", fails)
    brief = Brief(questions=tuple(Question(text=f"What of {one}?") for one in "ABC"))
    folder = held(tmp_path, brief, ["One.", "Two.", "Three."])
    analysis = read_analysis(folder)
    assert [a.question for a in analysis.answers] == [q.text for q in brief.questions]
    assert len(faults_of(folder)) == 1
    assert analysis.interviewer[-1].kind == "closing"
