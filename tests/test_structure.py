"""The house rules that no linter knows: one purpose a file, short files, short functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.need import ROOT

FILES = sorted([*(ROOT / "voice").rglob("*.py"), *(ROOT / "agent").rglob("*.py")])
LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 50


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=None, config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_one_purpose_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert (ast.get_docstring(tree) or "").splitlines()[0].rstrip().endswith((".", "?", ":"))
    assert text.count("\n") <= LONGEST_FILE_LINES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION_LINES, node.name
