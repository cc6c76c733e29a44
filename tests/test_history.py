"""The history: what earlier sessions leave to do, whatever lies beside them."""

import json
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.analysis import Analysis, SpokenWord
from agent.analysis.history import (
    MOST_READ,
    History,
    earlier_session,
    history_from,
    history_of,
)
from agent.analysis.listing import INDEX, WORTH, listing, same_brief
from agent.analysis.ratings import SHORT_TYPED_WORDS, weakness
from agent.brief import Brief, Question
from agent.session import ANALYSIS, META
from tests.interviewer_candidates import BRIEF
from tests.sample_history import (
    FAST,
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
from tests.sample_sessions import HARBOR, kept, titled
from voice import files

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
POINTS = tuple(point.name for point in BRIEF.talking_points)


def past(history: History, place: int) -> tuple[int, str, int] | None:
    """Return day, what was lacking, and times well in a row of a question."""
    found = history.of(BRIEF.questions[place])
    return (found.last.day, found.lacked, found.well) if found else None


def test_an_answer_is_weak_for_one_reason_in_plain_words() -> None:
    told = {how: weakness(answer("Why?", how)) for how in (WELL, GAVE_UP, SHORT, LONG, FAST)}
    assert told == {
        WELL: "",
        GAVE_UP: "did not answer it",
        SHORT: "was too short",
        LONG: "was too long",
        FAST: "was too fast",
    }
    few = (SpokenWord(start_s=0, end_s=1, text="so"),) * (SHORT_TYPED_WORDS - 1)
    typed = answer("Why?").model_copy(update={"words": few})
    assert weakness(typed, typed=True) == "was too short"


def test_each_question_is_told_by_its_last_session() -> None:
    history = history_from(
        [
            held(3, {TEXTS[0]: WELL, TEXTS[1]: SHORT, TEXTS[2]: WELL}),
            held(9, {TEXTS[0]: WELL, TEXTS[1]: WELL, TEXTS[2]: SKIPPED}),
            held(12, {TEXTS[0]: WELL, TEXTS[3]: GAVE_UP}),
            held(25, {TEXTS[4]: WELL}),  # later than now
        ],
        BRIEF,
        NOW,
    )
    assert history.sessions == 3
    assert [past(history, place) for place in range(5)] == [
        (12, "", 3),
        (9, "", 1),
        (9, "did not answer it", 0),
        (12, "did not answer it", 0),
        None,
    ]
    edited = Question(text=TEXTS[0].upper() + " ")
    assert history.of(edited) is not None


def test_points_are_owed_that_none_of_the_last_three_sessions_made() -> None:
    sessions = [
        held(day, {TEXTS[0]: WELL}, made) for day, made in ((1, POINTS[2:]), (2, POINTS[:1]))
    ]
    owed = history_from(sessions, BRIEF, NOW).owed
    assert [(one.name, one.invited_by) for one in owed] == [(POINTS[1], 1)]
    later = [held(day, {TEXTS[0]: WELL}) for day in (5, 6)]
    owed = history_from([*sessions, *later], BRIEF, NOW).owed
    assert [one.invited_by for one in owed] == [1, 2]
    assert history_from([], BRIEF, NOW).owed == ()


def test_a_retry_is_no_session_and_makes_no_point_but_its_answer_is_the_last() -> None:
    history = history_from(
        [held(3, {TEXTS[2]: GAVE_UP}), held(4, {TEXTS[2]: WELL}, POINTS, retry=True)], BRIEF, NOW
    )
    assert history.sessions == 1
    assert past(history, 2) == (4, "", 1)
    assert [one.name for one in history.owed] == list(POINTS)
    assert [(area.area, area.weak, area.answers) for area in history.areas] == [
        ("behavioral", 1, 1)
    ]


def test_the_day_of_the_interview() -> None:
    def left(day: str) -> int | None:
        return history_from([], BRIEF.model_copy(update={"interview_date": day}), NOW).days_left

    days = ("2026-12-11", "2026-11-20", "2026-11-19", "", "soon")
    assert [left(day) for day in days] == [21, 0, None, None, None]


def test_only_whole_sessions_of_the_brief_are_read(tmp_path: Path) -> None:
    fine = held_analysis({TEXTS[0]: WELL, TEXTS[1]: SHORT}, POINTS[:1])
    kept(tmp_path, 1, fine, BRIEF)
    kept(tmp_path, 2, fine, BRIEF, state="interrupted")
    kept(tmp_path, 3, fine, BRIEF, settings={"demo": True})
    kept(tmp_path, 4, fine, Brief(company="Elsewhere", role="Nurse"))
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
    assert past(history, 0) == (9, "", 2)
    assert past(history, 1) == (11, "was too fast", 0)
    assert history_of(tmp_path / "nowhere", BRIEF, NOW) == history_from([], BRIEF, NOW)


def test_an_index_tells_of_many_sessions_what_did_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    really = files.read

    def counted(path: Path, most_bytes: int) -> bytes:
        reads.append(path.name)
        return really(path, most_bytes)

    monkeypatch.setattr(files, "read", counted)

    def rows_read(parent: Path) -> int:
        """Return how many sessions are read for a list of them."""
        reads.clear()
        assert [one.name for one in listing(parent)] == sorted(
            path.parent.name for path in parent.glob(f"*/{META}")
        )
        return reads.count(META)

    one = kept(tmp_path, 1, held_analysis({TEXTS[0]: WELL}), BRIEF)
    for number in range(2 * WORTH):
        shutil.copytree(one, tmp_path / f"{one.name}-{number:02}")
    index = tmp_path / INDEX
    every = 2 * WORTH + 1
    assert [rows_read(tmp_path) for _ in range(2)] == [every, 0]
    assert stat.S_IMODE(index.stat().st_mode) == 0o600
    before = history_of(tmp_path, BRIEF, NOW)
    assert (before.sessions, reads.count(ANALYSIS)) == (every, MOST_READ)
    assert past(before, 0) == (1, "", MOST_READ)
    (one / ANALYSIS).write_text("{", encoding="utf-8")
    assert rows_read(tmp_path) == 1
    assert history_of(tmp_path, BRIEF, NOW).sessions == every - 1
    shutil.rmtree(one)
    assert (rows_read(tmp_path), rows_read(tmp_path)) == (0, 0)
    assert f'"{one.name}"' not in index.read_text()
    whole = index.read_bytes()
    for damaged in (
        whole[: len(whole) // 2],
        whole.replace(b'"stamp": [1', b'"stamp": [0'),
        b"\xff",
    ):
        index.write_bytes(damaged)
        assert rows_read(tmp_path) >= WORTH - 1
        index.unlink()
        index.mkdir()
        assert rows_read(tmp_path) == every - 1
        index.rmdir()


def test_a_retry_is_compared_with_nothing_and_nothing_with_it(tmp_path: Path) -> None:
    first = kept(tmp_path, 1, titled("first"), state="interrupted")
    kept(tmp_path, 2, titled("second"))
    retry = {"retry": {"of": first.name, "answer": "2"}}
    assert earlier_session(kept(tmp_path, 3, titled("again"), settings=retry)) is None
    after = earlier_session(kept(tmp_path, 4, titled("after")))
    assert after is not None
    assert after.about.title == "second"
    assert earlier_session(first) is None


def test_same_brief_is_company_and_role_and_else_what_it_asks() -> None:
    assert same_brief(HARBOR, Brief(company="HARBOR  grid", role="Senior Platform-Engineer"))
    assert not same_brief(HARBOR, Brief(company="Harbor Grid", role="Junior Platform Engineer"))
    assert not same_brief(Brief(company="株式会社"), Brief(company="有限会社"))
    asks = Brief(questions=(Question(text="Why us?"), Question(text="Why now?")))
    assert same_brief(asks, Brief(questions=(Question(text="why us?"),)))
    assert not same_brief(asks, Brief(questions=(Question(text="Why not?"),)))
    assert not same_brief(Brief(), Brief())
