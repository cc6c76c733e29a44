"""From a report to the next try: sessions by name, own ratings, the real interview, a calendar."""

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from agent.analysis import (
    Analysis,
    Answer,
    Coverage,
    Evidence,
    Finding,
    PointCoverage,
    SpokenWord,
)
from agent.analysis.history import Came, RealInterview, history_of, keep_real
from agent.analysis.outline import outlines
from agent.analysis.progress import progress_lines, read_rows
from agent.analysis.ratings import (
    RATINGS,
    by_remarks,
    gap,
    gap_told,
    read_ratings,
    with_ratings,
    write_ratings,
)
from agent.brief import Brief, Question
from agent.brief.read import read_brief
from agent.brief.write import with_questions, write_brief
from agent.errors import BriefError, SessionError
from agent.interview.calendar import calendar, practice_days
from agent.session.find import find_session, short_name
from tests.conftest import Rehearse, environment
from tests.need import ROOT
from tests.sample_analysis import sample
from tests.sample_sessions import HARBOR, kept, spoken_session

ASKED = (Question(area="culture", text="Why us?"),)
ASKS = HARBOR.model_copy(update={"questions": ASKED, "interview_date": "2026-12-11"})
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_session_is_found_by_last_number_name_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    with pytest.raises(SessionError, match="begin with"):
        find_session("last")
    home = tmp_path / "recordings"
    first, second = kept(home, 1, sample()), kept(home, 2, sample())
    retry = {"retry": {"of": second.name, "answer": "1"}}
    third = kept(home, 3, sample(), settings=retry)
    assert find_session("last") == third
    assert find_session("last", whole=True) == second
    assert [find_session(name) for name in ("1", second.name, str(third))] == [first, second, third]
    assert short_name(first) == first.name
    assert short_name(tmp_path / "else") == str(tmp_path / "else")
    with pytest.raises(SessionError, match="no session 4"):
        find_session("4")
    assert find_session("gone") == Path("gone")


def test_every_command_takes_last_and_names_the_next_try(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    home = tmp_path / "home" / "recordings"
    folder = kept(home, 1, sample())
    assert "1.  2026-11-01" in rehearse("sessions").out
    for command in ("report", "replay --list", "retry --text --answer 2"):
        name, *options = command.split()
        done = rehearse(name, "last", *options)
        assert done.code == 0, done.err
    assert "Try again: rehearse retry last --answer 2" in done.out
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f"rehearse retry {folder.name} --answer 2" in page


def test_progress_says_which_sessions_are_not_in_it_and_parts_briefs_without_a_name(
    tmp_path: Path,
) -> None:
    kept(tmp_path, 1, sample(), settings={"demo": True})
    kept(tmp_path, 2, sample(), Brief(company="City Hospital"))
    for day, text in ((3, "Why us?"), (4, "Why nursing?"), (5, "why us?")):
        kept(tmp_path, day, sample(), Brief(questions=(Question(text=text),)))
    rows, left_out = read_rows(tmp_path)
    assert left_out.startswith("1 session of the demo")
    assert read_rows(tmp_path, Brief(company="City Hospital"))[1].count("session of") == 4
    groups = [row.group for row in rows]
    assert groups[1:] == ["Interview: Why us?", "Interview: Why nursing?", "Interview: Why us?"]


def rated(*ratings: int) -> Analysis:
    """Return the sample with these ratings of its main answers; one remark on answer 1."""
    remark = Finding(kind="long", text="Too long.", answer=0)
    plain = sample().model_copy(update={"findings": (remark,)})
    names = ("1", "2", "3", "4")
    return with_ratings(plain, dict(zip(names, ratings, strict=False)))


def test_own_ratings_are_held_against_the_remarks(tmp_path: Path) -> None:
    analysis = rated(5, 3)
    assert [by_remarks(analysis, at) for at in (0, 4)] == [4, 1]  # too long; not answered
    assert gap(rated()) is None
    assert gap_told(rated()) == ""
    assert gap(rated(5, by_remarks(analysis, 2))) == 0.5
    told = gap_told(rated(5, 5, 5, 5))
    assert told.startswith("5.0 of 5 on average; the remarks make it ")
    assert told.endswith("4.")
    assert [answer.own_rating for answer in analysis.answers] == [5, None, 3, None, None]
    write_ratings(tmp_path, {"1": 5})
    assert stat.S_IMODE((tmp_path / RATINGS).stat().st_mode) == 0o600
    assert read_ratings(tmp_path) == {"1": 5}
    (tmp_path / RATINGS).write_text('{"1": 9}')
    assert read_ratings(tmp_path) == {}


def test_progress_tells_how_the_gap_closes(tmp_path: Path) -> None:
    for day, ratings in ((1, (5, 1)), (2, (4,))):
        kept(tmp_path, day, rated(*ratings))
    (line,) = [one for one in progress_lines(read_rows(tmp_path)[0]) if "own ratings" in one]
    assert line.endswith("then 0.0 of 5 off the remarks.")


@pytest.mark.slow
def test_a_key_for_each_main_answer_and_only_on_a_terminal(tmp_path: Path) -> None:
    import pty

    folder = spoken_session(tmp_path / "s", "We wrote it.", "It paid off.", "Thanks.")
    code = "import sys; from pathlib import Path; from agent.cli.interview import rate_yourself; "
    command = [sys.executable, "-c", f"{code}rate_yourself(Path(sys.argv[1]))", str(folder)]
    master, slave = pty.openpty()
    env = environment(tmp_path)
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=ROOT)
    os.close(slave)
    shown = b""
    for prompt, key in ((b"   1. ", b"4"), (b"   2. ", b"\r"), (b"   3. ", b"x5")):
        while prompt not in shown:
            shown += os.read(master, 1000)
        os.write(master, key)
    assert process.wait(60) == 0
    os.close(master)
    assert read_ratings(folder) == {"1": 4, "3": 5}
    (folder / RATINGS).unlink()
    subprocess.run(command, env=env, cwd=ROOT, check=True, input=b"5\n5\n5\n")
    assert not (folder / RATINGS).exists()


def test_an_outline_is_the_point_and_what_the_answer_adds_to_it() -> None:
    point = "I cut the wait from 95 to 40 minutes."
    said = (
        "Um, the, um, depot. And the wait was ninety five minutes, and I talked to forty drivers."
        " So I gave each a window. It fell to sixty minutes. I would like thirty one day."
    )
    words = tuple(
        SpokenWord(start_s=at, end_s=at + 1, text=word, mark="filled_pause" if "um" in word else "")
        for at, word in enumerate(said.split())
    )
    quote = Evidence(quote="It fell to sixty minutes.", start_s=0, end_s=1, answer=0)
    told = PointCoverage(index=0, name="Wait", text=point, status="contradicted", evidence=(quote,))
    answer = Answer(start_s=0, end_s=99, question="?", text=said, words=words)
    (outline,) = outlines(Analysis(coverage=Coverage(points=(told,)), answers=(answer,)))
    assert outline
    assert outline.points == (told,)
    assert outline.sentences == (
        "The wait was ninety five minutes, and I talked to forty drivers.",
        "I gave each a window.",
    )


def test_what_really_came_is_in_the_next_plan(tmp_path: Path) -> None:
    came = (Came(question="why  us?", went=1), Came(question="Why now?", went=4))
    day = date(2026, 11, 18)
    for _ in range(2):
        keep_real(tmp_path, RealInterview(brief=ASKS, day=day, came=came))
    other = RealInterview(brief=Brief(company="Else"), day=day, came=came)
    (keep_real(tmp_path, other)).write_text("{")
    past = history_of(tmp_path, ASKS, NOW).questions
    assert {key: (one.last, one.well) for key, one in past.items()} == {
        "why now": (day, 2),
        "why us": (day, 0),
    }
    assert past["why us"].lacked == "went badly in the real interview"


def test_new_questions_go_into_the_brief_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text(write_brief(ASKS), encoding="utf-8")
    own.chmod(0o640)
    asked = ["Why us", "Why | now?", "why | now"]
    assert with_questions(own, asked, "it came on 2026-11-18") == (1, own)
    assert stat.S_IMODE(own.stat().st_mode) == 0o640
    added = read_brief(str(own)).questions[-1]
    assert (added.text, added.why) == ("Why | now?", "it came on 2026-11-18")
    assert with_questions(own, ["Why us?"], "again") == (0, own)
    other = tmp_path / "mine.md"
    other.write_text("# Acme\n\n## Questions\n- Why us?\n\n## Lunch\nSoup.\n", encoding="utf-8")
    before = other.read_text()
    assert with_questions(other, ["Why now?"], "x") == (1, tmp_path / "mine.brief.md")
    assert with_questions(other, ["Why now?"], "x") == (1, tmp_path / "mine.brief-2.md")
    assert other.read_text() == before


def test_the_debrief_of_a_real_interview(tmp_path: Path, rehearse: Rehearse) -> None:
    brief = tmp_path / "b.md"
    brief.write_text(write_brief(ASKS.model_copy(update={"interview_date": ""})), encoding="utf-8")
    typed = "1 2\n9\nWhat do you read?\nso\n4\n\n"
    done = rehearse("debrief", brief, text=typed)
    assert done.code == 0, done.err
    assert "The brief has 1 question; not noted." in done.out
    assert "1 new question added to" in done.out
    plan = rehearse("plan", brief, "--next").out
    assert "went badly in the real interview" in " ".join(plan.split())
    assert f"it came on {date.today()}" in brief.read_text(encoding="utf-8")
    assert "Nothing noted" in rehearse("debrief", brief).out
    assert "gone.md" in rehearse("debrief", "gone.md").error


def test_days_to_practice_are_spaced_until_the_interview(
    tmp_path: Path, rehearse: Rehearse
) -> None:
    days = practice_days(ASKS, date(2026, 11, 20))
    gaps = [(b - a).days for a, b in pairwise(days)]
    assert days[0] == date(2026, 11, 20)
    assert days[-1] == date(2026, 12, 10)
    assert max(gaps) <= 4
    assert gaps[-2:] == [1, 1]
    long = ASKS.model_copy(update={"company": "Müller, Söhne; und \\ Töchter " * 5})
    text = calendar(long, "b.md", days, NOW)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    plain = text.replace("\r\n ", "")
    assert plain.count("BEGIN:VEVENT") == len(days) + 1 == plain.count("END:VEVENT")
    assert "SUMMARY:Interview: Müller\\, Söhne\\; und \\\\ Töchter" in plain
    assert "DTSTART;VALUE=DATE:20261211" in plain
    with pytest.raises(BriefError, match="interview date"):
        practice_days(ASKS, date(2026, 12, 11))
    (tmp_path / "b.md").write_text(write_brief(HARBOR.model_copy(update={
        "questions": ASKS.questions, "interview_date": "2999-01-01"})))  # fmt: skip
    done = rehearse("plan", tmp_path / "b.md", "--ics", tmp_path / "days.ics")
    assert done.code == 0, done.err
    assert (tmp_path / "days.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "cannot go on: " in rehearse("plan", tmp_path / "b.md", "--ics", tmp_path / "no/d").error
