"""Progress over sessions: every session is listed, only whole ones are compared, text is text."""

import json
import re
import stat
from pathlib import Path

import pytest

from agent.analysis import Analysis
from agent.analysis.progress import UNREADABLE, Row, practice, progress_lines, read_rows
from agent.brief import Brief, Question
from agent.brief.write import write_brief
from agent.report.progress_page import render_progress
from agent.session import ANALYSIS, META
from tests.browser import chromium
from tests.conftest import Rehearse
from tests.sample_analysis import HOSTILE, earlier, hostile_sample, sample
from tests.sample_history import FAST, TEXTS, WELL, held_analysis
from tests.sample_sessions import HARBOR, kept

NURSE = Brief(company="City Hospital", role="Ward nurse")
ASKS = HARBOR.model_copy(update={"questions": (Question(text="Why?"),)})


def filled(parent: Path) -> Path:
    """Make a folder of sessions: three whole ones of one brief, one of another, and others."""
    kept(parent, 1, earlier(sample()))
    kept(parent, 2, sample())
    kept(parent, 3, sample(), NURSE)
    kept(parent, 4, sample(), state="interrupted")
    kept(parent, 5, None)
    (kept(parent, 6, None) / ANALYSIS).write_text("{", encoding="utf-8")
    (kept(parent, 7, None) / META).write_text('{"format": 99}', encoding="utf-8")
    kept(parent, 8, Analysis())
    kept(parent, 9, sample())
    kept(parent, 10, sample(), settings={"demo": True})
    return parent


def days(rows: list[Row]) -> list[int]:
    return [int(row.folder.name[8:10]) for row in rows]


def test_every_session_is_listed_and_why_it_does_not_count(tmp_path: Path) -> None:
    rows, _ = read_rows(filled(tmp_path))
    assert days(rows) == list(range(1, 10))  # not the demo
    assert [row.why.split(":")[0] for row in rows[:6]] == [
        "",
        "",
        "",
        "interrupted",
        "not analyzed yet",
        "its analysis.json is damaged",
    ]
    assert "newer Rehearse" in rows[6].why
    assert str(tmp_path) not in rows[6].why
    assert (rows[6].group, rows[6].when) == (UNREADABLE, "2026-11-07 18-42")
    assert [row.why for row in rows[7:]] == ["no answers in it", ""]
    figures = rows[1].document()
    assert (figures["points_percent"], figures["pacing_score"]) == (40.0, 72)
    assert figures["fillers_score"] is None


def test_sessions_of_a_brief_even_edited_and_the_unreadable_ones_by_folder(tmp_path: Path) -> None:
    rows, _ = read_rows(filled(tmp_path), ASKS)
    assert days(rows) == [1, 2, 4, 5, 6, 7, 8, 9]
    assert {row.group for row in rows} == {HARBOR.title}
    assert read_rows(tmp_path / "nowhere") == ([], "")


def test_what_to_practice_is_what_the_last_sessions_lacked(tmp_path: Path) -> None:
    unmade, weakest = practice(read_rows(filled(tmp_path / "some"))[0])
    assert unmade.startswith("Not heard in full in the last 3 sessions: On-call: 30 pages")
    assert unmade.endswith("Open-source tracing library.")
    assert weakest.startswith("Weakest area: ")
    assert practice([]) == []
    points = [point.name for point in held_analysis({}).coverage.points]
    made = held_analysis({TEXTS[0]: WELL, TEXTS[1]: FAST}, points)
    kept(tmp_path / "all", 1, made)
    (told, _) = practice(read_rows(tmp_path / "all")[0])
    assert told.startswith("Every talking point was made in the last session")


def test_the_table_fits_80_columns_and_the_page_escapes_whatever_sessions_hold(
    tmp_path: Path,
) -> None:
    filled(tmp_path)
    for day in (11, 12):
        kept(tmp_path, day, hostile_sample(), Brief(company="Long name " * 12, role=HOSTILE))
    rows, _ = read_rows(tmp_path)
    lines = progress_lines(rows)
    assert max(map(len, lines)) <= 80
    assert not any("\u202e" in line or "\x1b" in line for line in lines)
    page = render_progress(rows)
    assert not re.search(r"<(script|img|iframe|link|object)|(href|src)=\"(?!#)", page)
    assert "default-src 'none'" in page
    assert "\u202e" not in page
    assert page.count("<svg") == 10  # five figures of two briefs


def test_the_command_as_table_json_and_page(tmp_path: Path, rehearse: Rehearse) -> None:
    home = tmp_path / "home" / "recordings"
    filled(home)
    (tmp_path / "brief.md").write_text(write_brief(ASKS), encoding="utf-8")
    done = rehearse("progress", tmp_path / "brief.md", "--html")
    assert done.code == 0, done.err
    assert "City Hospital" not in done.out
    page = home / "progress.html"
    assert done.out.endswith(f"Page: {page}\n")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    told = json.loads(rehearse("progress", "--json").out)
    assert (len(told["sessions"]), len(told["practice"])) == (9, 2)
    page.unlink()
    page.mkdir()
    unwritable = rehearse("progress", "--html")
    assert unwritable.code == 1
    assert "cannot go on: " in unwritable.err


@pytest.mark.slow
def test_the_page_in_a_browser(tmp_path: Path) -> None:
    filled(tmp_path)
    (next(tmp_path.glob("2026-11-09*")) / "report.html").write_text("<title>it</title>")
    rows, _ = read_rows(tmp_path)
    page = tmp_path / "progress.html"
    page.write_text(render_progress(rows), encoding="utf-8")
    with chromium(400, 800, dark=True) as driver:
        driver.get(page.as_uri())
        run = driver.execute_script
        assert run("return document.documentElement.scrollWidth") <= 400
        assert run("return document.querySelectorAll('svg polyline').length") == 5
        assert driver.get_log("browser") == []
        run("document.querySelector('tbody a').click()")
        assert driver.title == "it"
