"""`rehearse brief check` and `import`, called the way the program calls them."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.check import check_brief
from agent.brief.read import read_brief, understand
from agent.cli import brief
from agent.cli.main import parser
from agent.errors import BriefError
from tests.need import shared

SMALL = "## Questions\n- Why C?\n\n## Talking points\n- <script>x</script>: I work hard.\n"


def call(*arguments: str) -> int:
    args = parser("brief").parse_args(["brief", *arguments])
    status = args.run(args)
    assert isinstance(status, int)
    return status


def test_check_of_the_shared_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", str(shared("briefs/anthropic-fellows.txt"))) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Anthropic · ")
    assert "10 questions" in lines[0] and "5 talking points" in lines[0]
    assert any("domain 4" in line for line in lines)
    (facts,) = re.findall(r"6K to 50K TPS.{0,90}", " ".join(" ".join(lines).split()))
    assert "rSocket" in facts
    assert max(map(len, lines)) <= 80


def test_check_warns_and_still_exits_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my brief.md"
    path.write_text(SMALL + "## Salary\nmuch\n")
    assert call("check", str(path)) == 0
    out = capsys.readouterr().out
    assert out.startswith("Interview: 1 question, 1 talking point\n")
    assert "  1. Why C?\n" in out and "<script>x</script>" in out
    warned = " ".join(out.split("warnings\n")[1].split())
    assert all(
        said in warned
        for said in ("no company", "no why", "no area", "no fact", 'part "Salary" was not used')
    )


WITH_PANEL = """Interview date: 2026-12-03

## Questions
| area | question | why | probes |
|---|---|---|---|
| coding | Why C? | Depth. | What did it cost? / Explain it. / Was it the crane Otto? |

## Talking points
- Cranes: I built the crane Otto.

## Panel
- Priya, staff engineer: coding; terse
- Tom, recruiter: motivation
"""


def test_check_shows_panel_date_and_own_probes() -> None:
    found = understand(WITH_PANEL, "b.md")
    lines = list(brief.report(found, date(2026, 12, 1)))
    assert "date      2026-12-03, 2 days from today" in lines
    out = "\n".join(lines)
    assert "  1. [coding] Why C?\n     > What did it cost?\n     > Explain it.\n" in out
    assert "  1. Priya, staff engineer\n     coding; terse\n  2. Tom, recruiter\n" in out
    warned = " ".join(out.split("warnings\n")[1].split())
    assert "Tom of the panel has nothing to ask: no question is in motivation" in warned
    assert 'probe "Explain it." of question 1 is not asked: it does not ask' in warned
    assert '"Was it the crane Otto?" of question 1 gives away a talking point' in warned
    document = json.loads(brief.as_json(found, date(2026, 12, 4)))
    assert (document["interview_date"], document["days_left"]) == ("2026-12-03", -1)
    assert document["panel"][1]["areas"] == ["motivation"]
    assert document["questions"][0]["probes"][0] == "What did it cost?"


def test_import_to_a_file_replaces_nothing_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "page.txt", tmp_path / "own form.md"
    source.write_text(SMALL)
    assert call("import", str(source), "--out", str(out)) == 0
    assert "1 question, 1 talking point" in capsys.readouterr().out
    assert read_brief(str(out)) == read_brief(str(source))
    out.write_text("mine")
    with pytest.raises(BriefError, match="--force"):
        call("import", str(source), "--out", str(out))
    assert out.read_text() == "mine"
    assert call("import", str(source), "--out", str(out), "--force") == 0
    assert read_brief(str(out)) == read_brief(str(source))


GOOD = Brief(
    company="Acme",
    role="Data Engineer",
    snapshot="Anvils.",
    stack="Python.",
    questions=(Question(area="coding", text="Why C?", why="Depth."),),
    talking_points=(TalkingPoint(name="Throughput", text="From 6K to 50K TPS."),),
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"company": ""}, "no company"),
        ({"talking_points": ()}, "no talking points"),
        ({"questions": (Question(area="coding", text="Why C?"),)}, "question 1 .* no why"),
        ({"questions": (Question(text="Why C?", why="Depth."),)}, "question 1 .* no area"),
        (
            {"questions": (Question(area="a", text="so " * 70 + "why?", why="x"),)},
            "question 1 .* 71 words",
        ),
        (
            {"questions": (*GOOD.questions, Question(area="a", text="why c", why="x"))},
            'question 2 "why c" is the same as question 1',
        ),
        (
            {"talking_points": (TalkingPoint(name="Hard work", text="I work very hard."),)},
            'talking point 1 "Hard work" has no fact',
        ),
        ({"talking_points": GOOD.talking_points * 2}, "2 talking points are named"),
    ],
)
def test_each_lack_is_one_warning(change: dict[str, object], said: str) -> None:
    assert check_brief(GOOD) == []
    warnings = check_brief(GOOD.model_copy(update=change))
    assert len(warnings) == 1
    assert re.search(said, warnings[0])
