"""The history: what earlier sessions leave to do, whatever lies beside them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Analysis, Answer, InterviewerLine, SpokenWord
from agent.brief import Brief, Question, TalkingPoint
from agent.history import History, history_from, history_of
from agent.session import ANALYSIS, META
from agent.weakness import SHORT_TYPED_WORDS, weakness
from tests.interviewer_candidates import BRIEF
from tests.sample_history import (
    FAST,
    FILLED,
    GAVE_UP,
    LONG,
    SHORT,
    SKIPPED,
    TEXTS,
    WELL,
    answer,
    held,
    held_analysis,
)
from tests.sample_sessions import kept

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
POINTS = tuple(point.name for point in BRIEF.talking_points)


def past(history: History, place: int) -> tuple[int, int, str, int] | None:
    """Return times, day, what was lacking, and times well in a row of a question."""
    found = history.of(BRIEF.questions[place])
    return found and (found.times, found.last.day, found.lacked, found.well)


def test_an_answer_is_weak_for_one_reason_in_plain_words() -> None:
    assert weakness(answer("Why?")) == ""
    told = {how: weakness(answer("Why?", how)) for how in (GAVE_UP, SHORT, LONG, FAST, FILLED)}
    assert told == {
        GAVE_UP: "did not answer it",
        SHORT: "was too short",
        LONG: "was too long",
        FAST: "was too fast",
        FILLED: "was full of fillers",
    }


def test_a_typed_answer_is_measured_in_words() -> None:
    def typed(count: int, kind: str = "question") -> str:
        words = (SpokenWord(start_s=0, end_s=1, text="so"),) * count
        one = Answer.model_validate(
            {"start_s": 0, "end_s": 2, "question": "Why?", "kind": kind, "advised_s": (60, 120)}
        )
        return weakness(one.model_copy(update={"words": words}), typed=True)

    assert typed(SHORT_TYPED_WORDS - 1) == "was too short"
    assert typed(SHORT_TYPED_WORDS) == typed(3, "follow_up") == ""


def test_each_question_is_told_by_its_last_session() -> None:
    history = history_from(
        [
            held(3, {TEXTS[0]: WELL, TEXTS[1]: SHORT, TEXTS[2]: WELL}),
            held(9, {TEXTS[0]: WELL, TEXTS[1]: WELL, TEXTS[2]: SKIPPED}),
            held(12, {TEXTS[0]: WELL, TEXTS[3]: GAVE_UP}),
        ],
        BRIEF,
        NOW,
    )
    assert history.sessions == 3
    assert [past(history, place) for place in range(5)] == [
        (3, 12, "", 3),
        (2, 9, "", 1),
        (2, 9, "did not answer it", 0),
        (1, 12, "did not answer it", 0),
        None,
    ]
    assert history.never_asked == (4, 5, 6, 7)


def test_an_edited_brief_still_finds_its_questions() -> None:
    moved = Brief(questions=(Question(text="New?"), Question(text=TEXTS[0].upper() + " ")))
    history = history_from([held(3, {TEXTS[0]: WELL})], moved, NOW)
    assert history.never_asked == (0,)
    assert history.of(moved.questions[1]) is not None


def test_points_are_owed_that_none_of_the_last_three_sessions_made() -> None:
    sessions = [
        held(day, {TEXTS[0]: WELL}, made) for day, made in ((1, POINTS[2:]), (2, POINTS[:1]))
    ]
    owed = history_from(sessions, BRIEF, NOW).owed
    assert [(one.name, one.invited_by) for one in owed] == [(POINTS[1], 1)]
    later = [held(day, {TEXTS[0]: WELL}) for day in (5, 6)]
    owed = history_from([*sessions, *later], BRIEF, NOW).owed
    assert [(one.point, one.invited_by) for one in owed] == [(1, 1), (2, 2)]
    assert history_from([], BRIEF, NOW).owed == ()


def test_a_point_that_no_question_invites_and_one_that_is_new_in_the_brief_are_owed() -> None:
    alien = TalkingPoint(name="Zither", text="I play the zither.")
    brief = BRIEF.model_copy(update={"talking_points": (alien,)})
    owed = history_from([held(3, {TEXTS[0]: WELL}, POINTS)], brief, NOW).owed
    assert [(one.name, one.invited_by) for one in owed] == [("Zither", None)]


def test_a_retry_is_no_session_and_makes_no_point_but_its_answer_is_the_last() -> None:
    history = history_from(
        [held(3, {TEXTS[2]: GAVE_UP}), held(4, {TEXTS[2]: WELL}, POINTS, retry=True)], BRIEF, NOW
    )
    assert history.sessions == 1
    assert past(history, 2) == (2, 4, "", 1)
    assert [one.name for one in history.owed] == list(POINTS)
    assert [(area.area, area.weak, area.answers) for area in history.areas] == [
        ("behavioral", 1, 1)
    ]


def test_the_day_of_the_interview() -> None:
    def left(day: str) -> int | None:
        return history_from([], BRIEF.model_copy(update={"interview_date": day}), NOW).days_left

    assert [left(day) for day in ("2026-12-11", "2026-11-20", "2026-11-19", "", "soon")] == [
        21,
        0,
        None,
        None,
        None,
    ]


def test_what_began_later_or_was_taken_back_or_has_no_words_does_not_count() -> None:
    line = InterviewerLine(
        start_s=0, end_s=1, text=TEXTS[4], kind="question", stopped_by="resumed_answer"
    )
    nothing = InterviewerLine(start_s=0, end_s=1, text="?!", kind="question")
    one = held(3, {TEXTS[0]: WELL})
    more = one.analysis.model_copy(
        update={"interviewer": (*one.analysis.interviewer, line, nothing)}
    )
    shown = type(one)(one.at, one.name, more)
    history = history_from([shown, held(25, {TEXTS[1]: WELL})], BRIEF, NOW)
    assert [found.key for found in history.questions] == [TEXTS[0].rstrip("?").lower()]


@given(
    st.permutations(range(5)),
    st.lists(st.sampled_from([WELL, SHORT, GAVE_UP, SKIPPED]), min_size=5, max_size=5),
)
def test_the_order_of_the_folders_does_not_matter(order: list[int], went: list[str]) -> None:
    sessions = [held(1 + place, {TEXTS[place % 3]: how}) for place, how in enumerate(went)]
    assert history_from([sessions[place] for place in order], BRIEF, NOW) == history_from(
        sessions, BRIEF, NOW
    )


def test_only_whole_sessions_of_the_brief_are_read(tmp_path: Path) -> None:
    fine = held_analysis({TEXTS[0]: WELL, TEXTS[1]: SHORT}, POINTS[:1])
    kept(tmp_path, 1, fine, BRIEF)
    kept(tmp_path, 2, fine, BRIEF, state="interrupted")
    kept(tmp_path, 3, fine, BRIEF, settings={"demo": True})
    kept(tmp_path, 4, fine, Brief(company="Elsewhere", role="Nurse"))
    kept(tmp_path, 5, None, BRIEF)
    (kept(tmp_path, 6, None, BRIEF) / ANALYSIS).write_text("{", encoding="utf-8")
    (kept(tmp_path, 7, fine, BRIEF) / META).write_text('{"format": 99}', encoding="utf-8")
    kept(tmp_path, 8, Analysis(), BRIEF)
    strange = json.loads(fine.to_json())
    strange["answers"][0]["fillers"]["per_minute"] = float("nan")
    strange["answers"][0]["advised_s"] = [float("nan"), float("inf")]
    (kept(tmp_path, 9, None, BRIEF) / ANALYSIS).write_text(json.dumps(strange), encoding="utf-8")
    retry = {"retry": {"of": "2026-11-01", "answer": "2"}}
    kept(tmp_path, 10, held_analysis({TEXTS[1]: WELL}), BRIEF, settings=retry)
    kept(tmp_path, 11, held_analysis({TEXTS[1]: FAST}), BRIEF, settings={"retry": {}})
    history = history_of(tmp_path, BRIEF, NOW)
    assert history.sessions == 3
    assert past(history, 0) == (2, 9, "", 2)
    assert past(history, 1) == (4, 11, "was too fast", 0)
    assert history_of(tmp_path / "nowhere", BRIEF, NOW) == history_from([], BRIEF, NOW)
