"""The README cannot drift: its commands parse, its files exist, its two lines stand alone."""

import re
import shlex
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from agent.cli.main import parser
from tests.need import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(heading: str) -> list[str]:
    """Return the fenced sh blocks of a section."""
    section = TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.M | re.S)


@pytest.mark.parametrize(
    ("heading", "ends"), [("Run it", "rehearse demo"), ("Test it", "python -m pytest -n auto")]
)
def test_the_two_sections_hold_one_block_of_one_line(heading: str, ends: str) -> None:
    (block,) = blocks(heading)
    assert block.count("\n") == 1
    assert block.strip().endswith(ends)
    assert block.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_every_dependency_is_pinned_for_the_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["test"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    pinned = {canonicalize_name(line.split("==")[0]) for line in lines}
    assert {canonicalize_name(Requirement(one).name) for one in needed} <= pinned
    assert all(line.count("==") == 1 for line in lines)


def commands() -> list[list[str]]:
    """Return the arguments of every `rehearse …` that the README shows."""
    shown = re.findall(r"^\.venv/bin/rehearse (.+)$", TEXT, re.M)
    shown += re.findall(r"`rehearse ([^`]+)`", TEXT)
    return [shlex.split(line) for line in shown]


def test_every_command_that_is_shown_parses() -> None:
    shown = commands()
    assert len(shown) > 10
    for arguments in shown:
        assert callable(parser().parse_args(arguments).run), arguments


def test_every_option_that_is_named_exists() -> None:
    known = set()
    for action in parser()._subparsers._group_actions[0].choices.values():  # type: ignore
        known |= set(action._option_string_actions)
    alone = re.findall(r"`(--[a-z-]+)", TEXT)
    assert len(alone) > 4
    assert set(alone) <= known


def test_every_file_that_is_linked_exists() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", TEXT) + re.findall(r"rehearse \w+ (briefs/\S+)", TEXT)
    for target in linked:
        if not target.startswith("https://"):
            assert (ROOT / target).exists(), target


def test_contributing_is_short_and_names_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert text.count("\n") <= 70
    for name in re.findall(r"`((?:agent|voice|tests|\.ci)/[\w/.]*)`", text):
        assert (ROOT / name).exists(), name
