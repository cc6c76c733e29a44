"""The panel, the date of the interview and one's own probes: read in every form, limits told."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Persona, Question
from agent.brief.dates import days_left, read_date
from agent.brief.read import parse_brief, understand
from tests.need import ROOT

WANTED = Brief(
    company="Acme",
    role="Data Engineer",
    questions=(
        Question(
            area="coding",
            text="Why is the job slow?",
            why="Depth.",
            probes=("Which figure do you look at first?", "What if it is slow on Mondays?"),
        ),
        Question(area="patient_care", text="What went wrong?"),
    ),
    panel=(
        Persona(
            name="Priya",
            role="staff engineer",
            areas=("system_design", "coding"),
            manner="terse",
            voice="piper:en_GB-x+low",
        ),
        Persona(name="Tom", role="nurse manager", areas=("patient_care",), manner="warm"),
    ),
    interview_date="2026-12-03",
)
FOLDER = ROOT / "tests" / "pages"
TABLES, LISTS, HEADINGS = (
    (FOLDER / f"panel_{name}.md").read_text(encoding="utf-8")
    for name in ("table", "lists", "headings")
)
FORMS = {
    "table": TABLES.format(
        probes="Which figure do you look at first? / What if it is slow on Mondays?"
    ),
    "table with breaks": TABLES.format(
        probes="Which figure do you look at first?<br>What if it is slow on Mondays?"
    ).replace("system design, coding", "system design<br/>coding"),
    "lists": LISTS,
    "headings": HEADINGS,
    "one line": LISTS.replace(
        "\n   - Why: Depth.\n   - Follow-ups:\n     - Which figure do you look at first?\n     - ",
        " — why: Depth. — probes: Which figure do you look at first? / ",
    ),
    "dashed below a number": LISTS.replace("     - ", "- ").replace("       on", "  on"),
}


@pytest.mark.parametrize("form", FORMS)
def test_pages_in_every_form_give_the_same(form: str) -> None:
    found = understand(FORMS[form], "brief.txt")
    assert found.brief == WANTED
    assert found.left_out == []


DATA = WANTED.model_dump(mode="json")

DATA_FORMS = {
    "as it is": DATA,
    "other keys": {
        **{key: value for key, value in DATA.items() if key not in ("panel", "interview_date")},
        "Date of the interview": "December 3, 2026",
        "interviewers": [
            {"name": "Priya", "title": "staff engineer", "areas": "system design, coding",
             "style": "terse", "voice": "piper:en_GB-x+low"},
            "Tom, nurse manager: patient care; warm",
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("form", DATA_FORMS)
def test_data_in_every_form_gives_the_same(form: str) -> None:
    data = DATA_FORMS[form]
    assert parse_brief(json.dumps(data), "b.json") == WANTED
    assert parse_brief(yaml.safe_dump(data, sort_keys=False), "b.yaml") == WANTED
    as_dates = yaml.safe_dump(data, sort_keys=False).replace("'2026-12-03'", "2026-12-03")
    assert parse_brief(as_dates, "b.yaml") == WANTED


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/12/3 at 10:30", "2026-12-03"),
        ("Thu 3rd of Dec. 2026", "2026-12-03"),
        ("Sept 30th 2026", "2026-09-30"),
        ("", ""),
    ],
)
def test_a_date_in_common_spellings(text: str, day: str) -> None:
    assert read_date(text) == (day, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3/12/2026", "leaves day, month or year open"),
        ("3 December", "leaves day, month or year open"),
        ("30 February 2026", "leaves day, month or year open"),
        ("3-4 December 2026", "several days"),
        ("2026-12-03 or 2026-12-04", "several days"),
    ],
)
def test_what_is_no_date_is_left_out_and_told(text: str, said: str) -> None:
    found = understand(f"Interview date: {text}\n\n## Questions\n- Why?\n", "b.md")
    assert found.brief.interview_date == ""
    (told,) = found.left_out
    assert text in told and said in told


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%d %B %Y", "%b %d, %Y", "%Y-%m-%d"]))
def test_a_day_written_with_its_month_or_year_first_is_that_day(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == (day.isoformat(), "")
    assert days_left(day.isoformat(), day) == 0


def test_what_goes_over_the_limits_is_told() -> None:
    probes = [f"Why {n}?" for n in range(5)]
    panel = [f"Person {n}, recruiter" for n in range(10)]
    data = {
        "questions": [{"question": "Why?", "probes": probes}],
        "panel": ["Bo" * 30, {"role": "nobody"}, "Person 1", *panel],
    }
    found = understand(json.dumps(data), "b.json")
    assert found.brief.questions[0].probes == ("Why 0?", "Why 1?", "Why 2?")
    names = [one.name for one in found.brief.panel]
    assert names == ["Person 1", "Person 0", *(f"Person {n}" for n in range(2, 8))]
    said = "\n".join(found.left_out)
    assert all(f'the probe "Why {n}?" of question 1 was left out' in said for n in (3, 4))
    assert all(f"Person {n} was left out of the panel" in said for n in (8, 9))
    assert "a name over 40 letters" in said and "has no name" in said
    assert 'the panel names "Person 1" twice' in said
    assert len(found.left_out) == 7
