"""Which session is the one before: of the same brief, complete, with answers, and readable."""

from __future__ import annotations

from pathlib import Path

from agent.analysis import Analysis
from agent.brief import Brief, Question
from agent.earlier import earlier_session, same_brief, session_before
from agent.session import ANALYSIS, REPORT
from tests.conftest import Rehearse
from tests.sample_sessions import HARBOR, kept, titled


def test_the_last_complete_session_of_the_brief_before_this_one(tmp_path: Path) -> None:
    kept(tmp_path, 1, titled("first"))
    kept(tmp_path, 2, titled("second"))
    kept(tmp_path, 3, titled("interrupted"), state="interrupted")
    kept(tmp_path, 4, titled("other brief"), Brief(company="Elsewhere", role="Nurse"))
    kept(tmp_path, 5, Analysis())
    kept(tmp_path, 6, None)
    damaged = kept(tmp_path, 7, None)
    (damaged / ANALYSIS).write_text('{"schema": 1, "answers": 7', encoding="utf-8")
    (kept(tmp_path, 8, titled("no meta")) / "session.json").write_text("[]", encoding="utf-8")
    this = kept(tmp_path, 20, titled("this"))
    kept(tmp_path, 25, titled("later"))
    found = earlier_session(this)
    assert found is not None
    assert found.about.title == "second"


def test_a_retry_is_compared_with_nothing_and_heard_beside_what_it_asks_again(
    tmp_path: Path,
) -> None:
    first = kept(tmp_path, 1, titled("first"))
    kept(tmp_path, 2, titled("second"))
    retry = {"retry": {"of": first.name, "answer": "2"}}
    again = kept(tmp_path, 3, titled("again"), settings=retry)
    assert earlier_session(again) is None
    found = session_before(again)
    assert found is not None
    assert (found[0], found[1].about.title) == (first, "first")
    after = earlier_session(kept(tmp_path, 4, titled("after")))
    assert after is not None
    assert after.about.title == "second"
    lost = {"retry": {"of": "../gone", "answer": "2"}}
    assert session_before(kept(tmp_path, 5, titled("lost"), settings=lost)) is None


def test_none_before_the_first_and_none_of_what_is_no_session(tmp_path: Path) -> None:
    assert earlier_session(kept(tmp_path, 1, titled("first"))) is None
    assert earlier_session(tmp_path) is None
    assert earlier_session(tmp_path / "nowhere") is None


def test_an_older_format_is_read(tmp_path: Path) -> None:
    old = kept(tmp_path, 1, None)
    (old / ANALYSIS).write_text(
        '{"about": {"title": "old"}, "answers": [{"start_s": 0, "end_s": 1, "question": "Why?"}],'
        ' "gone": true}',
        encoding="utf-8",
    )
    found = earlier_session(kept(tmp_path, 2, titled("this")))
    assert found is not None
    assert found.about.title == "old"


def test_same_brief_is_company_and_role_and_else_what_it_asks() -> None:
    assert same_brief(HARBOR, Brief(company="HARBOR  grid", role="Senior Platform-Engineer"))
    assert not same_brief(HARBOR, Brief(company="Harbor Grid", role="Junior Platform Engineer"))
    assert not same_brief(Brief(company="株式会社"), Brief(company="有限会社"))
    asks = Brief(questions=(Question(text="Why us?"), Question(text="Why now?")))
    assert same_brief(asks, Brief(questions=(Question(text="why us?"),)))
    assert not same_brief(asks, Brief(questions=(Question(text="Why not?"),)))
    assert not same_brief(Brief(), Brief())


def test_the_report_is_compared_with_it(tmp_path: Path, rehearse: Rehearse) -> None:
    kept(tmp_path, 1, titled("first"))
    this = kept(tmp_path, 2, titled("this"))
    assert rehearse("report", this).code == 0
    assert "compared with" in (this / REPORT).read_text(encoding="utf-8")
