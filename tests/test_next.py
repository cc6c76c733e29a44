"""`next`, `plan --next` and `retry` as commands, over sessions that were really held."""

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent.analysis import read_analysis
from agent.analysis.phrases import answer_names
from agent.analysis.progress import read_rows
from agent.brief import Brief
from agent.brief.write import write_brief
from agent.cli.main import parser
from agent.session import ANALYSIS, read_meta
from agent.session.settings import Retry
from tests.conftest import Rehearse, Run, run_rehearse
from tests.interviewer_candidates import BRIEF
from tests.sample_analysis import sample
from tests.sample_sessions import kept

STORY = (
    "When a delivery of vaccines was lost I traced it in 40 minutes with Ms. Okafor. I called the"
    " drivers one after the other, and I found the pallet in the wrong hall. What I learned is to"
    " scan each pallet twice, and since then we have not lost another one on my shift."
)


def file_of(brief: Brief, folder: Path) -> Path:
    path = folder / "brief.md"
    path.write_text(write_brief(brief), encoding="utf-8")
    return path


def sessions(parent: Path) -> list[Path]:
    return sorted(path for path in parent.iterdir() if path.is_dir())


def plan_of(rehearse: Rehearse, brief: Path, parent: Path) -> dict[str, list[dict[str, str]]]:
    done = rehearse("plan", brief, "--next", "--json", "--out", parent)
    assert done.code == 0, done.err
    document: dict[str, list[dict[str, str]]] = json.loads(done.out)
    return document


def reasons(document: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {item["text"]: item["reason"] for item in document["questions"]}


def carried_on(done: Run) -> str:
    """Return what `next` says before the engines, as one line."""
    lines = done.out.splitlines()
    (first,) = [at for at, line in enumerate(lines) if line.startswith(("From ", "No earlier"))]
    assert first == 0
    assert max(map(len, lines[:4])) <= 80
    return " ".join(lines[:3])


def test_next_begins_as_usual_and_then_asks_what_was_left_open(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    soon = (date.today() + timedelta(days=5)).isoformat()
    brief = file_of(BRIEF.model_copy(update={"interview_date": soon}), tmp_path)
    out = tmp_path / "out"
    options = ("--text", "--minutes", "10", "--interviewer", "rules", "--out", out)
    first = rehearse("next", brief, *options, text="I don't know\nskip\n")
    assert first.code == 0, first.err
    assert carried_on(first).startswith(
        "No earlier session of this brief, so this is a usual one; 5 days to the interview."
    )
    (folder,) = sessions(out)
    usual = [
        item["text"] for item in json.loads(rehearse("plan", brief, "--json").out)["questions"]
    ]
    assert read_analysis(folder).answers[0].question in usual
    assert max(map(len, rehearse("plan", brief, "--next").out.splitlines())) <= 80
    assert read_meta(folder).settings.history.sessions == 0

    today = f"{date.today().day} {date.today():%B}"
    planned = plan_of(rehearse, brief, out)
    left_open = [text for text, why in reasons(planned).items() if "was not answered on" in why]
    assert left_open
    assert all(today in reasons(planned)[text] for text in left_open)
    assert planned["history"]["sessions"] == 1  # type: ignore[call-overload]

    second = rehearse("next", brief, *options, text="\n".join([STORY] * 9))
    told = carried_on(second)
    assert re.match(r"From 1 session: \d questions? comes? back, 3 talking points are still", told)
    again = read_analysis(sessions(out)[1])
    assert set(left_open) & {answer.question for answer in again.answers}
    assert read_meta(sessions(out)[1]).settings.history.days_left == 5


def test_next_and_retry_have_the_options_of_run() -> None:
    commands = parser()._subparsers._group_actions[0].choices  # type: ignore
    options = {
        name: set(commands[name]._option_string_actions) for name in ("run", "next", "retry")
    }
    assert options["next"] == options["run"]
    asks_one = {"--answer", "--minutes", "--questions", "--own-questions"}
    assert options["run"] ^ options["retry"] == asks_one


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a typed interview of three questions once; return its folder."""
    home = tmp_path_factory.mktemp("held")
    out = home / "out"
    answers = ["I don't know", "I work well with people, we talk every morning.", "No.", "No."]
    options = ("--text", "--questions", "3", "--out", out)
    done = run_rehearse(home, "run", file_of(BRIEF, home), *options, text="\n".join(answers))
    assert done.code == 0, done.err
    (folder,) = sessions(out)
    return folder


@pytest.fixture
def interview(held: Path, tmp_path: Path) -> Path:
    """Return a copy of that interview, its brief at hand."""
    file_of(BRIEF, tmp_path)
    folder: Path = shutil.copytree(held, tmp_path / "out" / held.name)
    return folder


def test_retry_asks_one_question_again_and_compares(
    rehearse: Rehearse, tmp_path: Path, interview: Path
) -> None:
    question = read_analysis(interview).answers[0].question
    options = ("--text", "--interviewer", "rules")
    done = rehearse("retry", interview, "--answer", "1", *options, text=f"{STORY}\nfinish\n")
    assert done.code == 0, done.err
    _, again = sessions(interview.parent)
    meta, analysis = read_meta(again), read_analysis(again)
    assert meta.settings.retry == Retry(of=interview.name, answer="1")
    assert meta.brief == BRIEF
    assert {answer.question for answer in analysis.answers if answer.kind == "question"} == {
        question
    }
    assert "Length: 3 typed words, then " in done.out
    assert max(map(len, done.out.split("Report:")[0].splitlines())) <= 80
    assert "Talking points made: 0, then 1; this time also “The lost delivery”." in " ".join(
        done.out.split()
    )
    assert [row.why for row in read_rows(interview.parent)[0]] == ["", "a retry of one question"]
    planned = plan_of(rehearse, tmp_path / "brief.md", interview.parent)
    assert "The lost delivery" in planned["history"]["unmade"]  # type: ignore[call-overload]
    assert question not in reasons(planned)


def test_retry_of_a_follow_up_asks_its_question_and_an_empty_one_compares_nothing(
    rehearse: Rehearse, interview: Path
) -> None:
    name = answer_names(read_analysis(interview).answers).index("2a")
    main = read_analysis(interview).answers[name - 1].question
    again = ("retry", interview, "--answer", "2A", "--text")
    done = rehearse(*again, text="let's skip this one\n")
    assert done.code == 0, done.err
    assert main in " ".join(done.out.split())
    assert "There are not two answers to this question" in done.out
    assert read_meta(sessions(interview.parent)[1]).settings.retry.answer == "2a"


def test_retry_of_what_cannot_be_retried_is_one_line(
    rehearse: Rehearse, tmp_path: Path, interview: Path
) -> None:
    recording = kept(tmp_path / "out", 1, sample().model_copy(update={"interviewer": ()}))
    damaged = kept(tmp_path / "out", 2, None)
    (damaged / ANALYSIS).write_text("{", encoding="utf-8")
    for folder, name, told in (
        (tmp_path / "nowhere", "1", "is no session"),
        (interview, "99", "there is no answer '99' in this session; its answers: 1"),
        (recording, "1", "holds a recording without an interview"),
        (damaged, "1", "make it again with: rehearse analyze"),
    ):
        done = rehearse("retry", folder, "--answer", name, "--text")
        assert done.code == 1
        assert told in done.err
        assert len(done.err.splitlines()) == 1
    assert rehearse("retry", interview, "--text").code == 2
    assert len(sessions(interview.parent)) == 3
