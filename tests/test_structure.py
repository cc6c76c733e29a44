"""The house rules that no linter knows: one purpose a file, short files, short functions."""

import ast
from collections.abc import Iterator

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.need import ROOT

LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 50
MOST_ARGUMENTS = 5
"""Beside self and those that are given by name only."""


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=None, config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


def broken(text: str) -> Iterator[str]:
    """Yield the rules that a file breaks."""
    tree = ast.parse(text)
    purpose = (ast.get_docstring(tree) or "").splitlines()[:1]
    if not purpose or not purpose[0].rstrip().endswith((".", "?", ":")):
        yield "its first line does not say what it is for"
    if text.count("\n") > LONGEST_FILE_LINES:
        yield f"{text.count(chr(10))} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION_LINES:
                yield f"{node.name} has {lines} lines"
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            if len([name for name in names if name not in ("self", "cls")]) > MOST_ARGUMENTS:
                yield f"{node.name} has {len(names)} arguments"


def test_files_have_one_purpose_and_are_short_and_so_are_functions() -> None:
    files = [*(ROOT / "voice").rglob("*.py"), *(ROOT / "agent").rglob("*.py")]
    assert files
    found = {str(path.relative_to(ROOT)): list(broken(path.read_text("utf-8"))) for path in files}
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_rules_are_seen_to_be_broken() -> None:
    long = "def f(a, b, c, d, e, g):\n" + "    pass\n" * 300
    assert len(list(broken(long))) == 4
