"""Progress over sessions: every session is listed, only whole ones are compared, text is text."""

from __future__ import annotations

import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.after.progress import NO_BRIEF, UNREADABLE, Row, practice, read_rows
from agent.after.progress_page import render_progress
from agent.after.progress_table import BLOCKS, FIGURES, PLAIN, progress_lines, sparkline
from agent.analysis import Analysis
from agent.brief import Brief, Question
from agent.brief.write import write_brief
from agent.session import ANALYSIS, META, Session, SessionMeta
from tests.browser import chromium
from tests.conftest import Rehearse
from tests.need import ROOT
from tests.sample_analysis import HOSTILE, earlier, hostile_sample, sample
from tests.sample_sessions import HARBOR, kept

NURSE = Brief(company="City Hospital", role="Ward nurse")
ASKS = Brief(
    company="Harbor Grid", role="Senior Platform Engineer", questions=(Question(text="Why?"),)
)


def filled(parent: Path) -> Path:
    """Make a folder of sessions: three whole ones of one brief, one of another, and four broken."""
    kept(parent, 1, earlier(sample()))
    kept(parent, 2, sample())
    kept(parent, 3, sample(), NURSE)
    kept(parent, 4, sample(), state="interrupted")
    kept(parent, 5, None)
    (kept(parent, 6, None) / ANALYSIS).write_text("{", encoding="utf-8")
    (kept(parent, 7, None) / META).write_text('{"format": 99}', encoding="utf-8")
    kept(parent, 8, Analysis())
    kept(parent, 9, sample())
    return parent


def test_every_session_is_listed_and_why_it_does_not_count(tmp_path: Path) -> None:
    rows = read_rows(filled(tmp_path))
    assert [int(Path(row.folder).name[8:10]) for row in rows] == list(range(1, 10))
    reasons = [row.why.split(":")[0].split(" (")[0] for row in rows]
    assert reasons[:6] == [
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
    assert reasons[7:] == ["no answers in it", ""]
    assert (rows[1].minutes, rows[1].points_made, rows[1].points_total) == (3.2, 2, 5)
    assert (rows[0].pacing_score, rows[1].pacing_score, rows[1].fillers_score) == (64, 72, None)


def test_sessions_of_a_brief_even_edited_and_the_unreadable_ones_by_folder(tmp_path: Path) -> None:
    rows = read_rows(filled(tmp_path), ASKS)
    assert [int(Path(row.folder).name[8:10]) for row in rows] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert {row.group for row in rows} == {HARBOR.title}
    assert read_rows(tmp_path / "nowhere") == []


def test_recordings_without_a_brief_stand_together_and_others_apart(tmp_path: Path) -> None:
    asks = [Brief(questions=(Question(text=text),)) for text in ("Why?", "How?")]
    for day, brief in enumerate([Brief(), Brief(), *asks], 1):
        kept(tmp_path, day, sample(), brief)
    groups = [row.group for row in read_rows(tmp_path)]
    assert groups == [NO_BRIEF, NO_BRIEF, "Interview", "Interview (2)"]


def test_what_to_practice_is_what_the_last_sessions_lacked(tmp_path: Path) -> None:
    rows = read_rows(filled(tmp_path))
    unmade, weakest, lowest = practice(rows)
    assert unmade.startswith("Not made in the last 3 sessions: On-call: 30 pages a week to 4; Men")
    assert unmade.endswith("Open-source tracing library.")
    assert weakest.startswith("Weakest area: ")
    assert lowest == "Lowest score: coverage, 50 of 100 (50 the time before)."
    assert practice([]) == []
    assert practice([Row("f", "g", "", "complete", "damaged")]) == []


def test_the_weakest_area_needs_more_than_one_answer_that_was_weak() -> None:
    areas = {"coding": (1, 1), "design": (5, 6)}
    row = Row("f", "g", "2026-11-01T10:00", "complete", areas=areas)
    assert practice([row])[0].startswith("Weakest area: design; 5 of 6 answers")


def test_numbers_that_are_none_are_not_drawn(tmp_path: Path) -> None:
    damaged = json.loads(sample().to_json())
    damaged["about"]["duration_s"] = damaged["pacing"]["duration_s"] = float("inf")
    damaged["pacing"]["speech_rate_wpm"] = damaged["fillers"]["per_minute"] = float("nan")
    for day in (1, 2):
        (kept(tmp_path, day, None) / ANALYSIS).write_text(json.dumps(damaged), encoding="utf-8")
    rows = read_rows(tmp_path)
    assert [(r.minutes, r.words_per_minute, r.fillers_per_minute) for r in rows] == [
        (0.0, None, None)
    ] * 2
    page = render_progress(rows)
    assert "nan" not in page.lower().split("</style>")[1]
    assert len(progress_lines(rows)) > 4


def test_all_points_made_says_so() -> None:
    row = Row("f", "g", "2026-11-01T10:00", "complete", points_made=2, points_total=2)
    assert practice([row]) == [
        "Every talking point was made in the last session; make them in fewer words."
    ]


@given(
    st.lists(st.none() | st.floats(-1e6, 1e6)),
    st.sampled_from([(None, None), (0.0, 100.0)]),
    st.sampled_from([BLOCKS, PLAIN]),
)
def test_a_sparkline_has_a_character_a_value_and_keeps_their_order(
    values: list[float | None], ends: tuple[float | None, float | None], levels: str
) -> None:
    line = sparkline(values, levels, *ends)
    assert len(line) == len(values)
    drawn = [(v, levels.index(c)) for v, c in zip(values, line, strict=True) if v is not None]
    assert all(c == " " for v, c in zip(values, line, strict=True) if v is None)
    heights = [height for _, height in sorted(drawn)]
    assert heights == sorted(heights)


def test_a_sparkline_by_hand() -> None:
    assert sparkline([0, None, 50, 100], BLOCKS, 0, 100) == "▁ ▅█"
    assert sparkline([7, 7], PLAIN, None, None) == "=="


def test_the_table_fits_80_columns_whatever_the_sessions_hold(tmp_path: Path) -> None:
    filled(tmp_path)
    long = Brief(company="Long name " * 12, role=HOSTILE)
    kept(tmp_path, 10, hostile_sample(), long)
    kept(tmp_path, 11, hostile_sample(), long)
    lines = progress_lines(read_rows(tmp_path))
    assert max(map(len, lines)) <= 80
    assert not any("\u202e" in line or "\x1b" in line for line in lines)
    assert any(line.startswith("  words a minute") and "▁" in line for line in lines)
    assert "All briefs" in lines
    by_brief = progress_lines(read_rows(tmp_path, HARBOR), PLAIN)
    assert "All briefs" not in by_brief
    assert "\n".join(by_brief[1:]).isascii()


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
    told = json.loads(rehearse("progress", "--json", "--html", tmp_path / "mine.html").out)
    assert len(told["sessions"]) == 9
    assert len(told["practice"]) == 3
    assert (tmp_path / "mine.html").exists()
    swapped = rehearse("progress", "--html", tmp_path / "brief.md")
    assert swapped.code == 1
    assert "put the brief before --html" in swapped.err
    assert (tmp_path / "brief.md").read_text(encoding="utf-8") == write_brief(ASKS)
    unwritable = rehearse("progress", "--html", tmp_path / "no" / "page.html")
    assert unwritable.code == 1
    assert "--html FILE" in unwritable.err


def test_nothing_recorded_is_a_sentence(rehearse: Rehearse) -> None:
    assert rehearse("progress").out.startswith("No sessions in")
    none = rehearse("progress", ROOT / "briefs" / "ward-nurse.md").out
    assert none.startswith("No sessions of ")
    assert json.loads(rehearse("progress", "--json").out) == {"sessions": [], "practice": []}


class _Tags(HTMLParser):
    """Gather the elements of a page and the outside addresses in it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_the_page_has_no_script_no_network_and_escapes_text(tmp_path: Path) -> None:
    kept(tmp_path, 1, hostile_sample(), Brief(company=HOSTILE))
    kept(tmp_path, 2, hostile_sample(), Brief(company=HOSTILE))
    page = render_progress(read_rows(tmp_path))
    tags = _Tags()
    tags.feed(page)
    assert not {"script", "img", "iframe", "link", "object"} & set(tags.seen)
    assert tags.handlers == []
    assert "default-src 'none'" in page
    assert not re.search(r"(?:href|src)=\"(?!#)", page)
    assert "\u202e" not in page
    assert tags.seen.count("svg") == sum(
        figure.name not in ("score: fillers",) for figure in FIGURES
    )


@pytest.mark.slow
def test_the_page_in_a_browser(tmp_path: Path) -> None:
    filled(tmp_path)
    (next(tmp_path.glob("2026-11-09*")) / "report.html").write_text("<title>it</title>")
    rows = read_rows(tmp_path)
    newest = rows[-1].folder
    page = tmp_path / "progress.html"
    page.write_text(
        render_progress(rows, {newest: f"{Path(newest).name}/report.html"}), encoding="utf-8"
    )
    with chromium(400, 800, dark=True) as driver:
        driver.get(page.as_uri())  # type: ignore[attr-defined]
        run = driver.execute_script  # type: ignore[attr-defined]
        assert run("return document.documentElement.scrollWidth") <= 400
        assert run("return getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 19)"
        assert run("return document.querySelectorAll('svg circle title').length") > 8
        assert run(
            "const b = document.querySelector('.band').getBoundingClientRect();"
            "const s = document.querySelector('.chart').getBoundingClientRect();"
            "return b.top >= s.top && b.bottom <= s.bottom && b.height > 5"
        )
        assert driver.get_log("browser") == []  # type: ignore[attr-defined]
        run("document.querySelector('tbody a').click()")
        assert driver.title == "it"  # type: ignore[attr-defined]


def test_the_demo_is_nobodys_progress(tmp_path: Path) -> None:
    with Session(tmp_path / "demo", SessionMeta(settings={"demo": True})):
        pass
    with Session(tmp_path / "own", SessionMeta(settings={"demo": False})):
        pass
    assert [Path(row.folder).name for row in read_rows(tmp_path)] == ["own"]
