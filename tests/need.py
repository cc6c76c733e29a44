"""What a test needs from outside: skip and say why, or fail where everything must be there."""

import os
import shutil
from pathlib import Path

import pytest

from voice.speech.models.store import store_dir

ROOT = Path(__file__).resolve().parent.parent
MODELS = Path(os.environ.setdefault("REHEARSE_TEST_MODELS", str(store_dir())))
"""Where the real models are, for the tests that ask for them. All others see an empty store: this
module is loaded before conftest.py turns REHEARSE_MODELS away, and workers inherit the name."""


def need(condition: bool, reason: str) -> None:
    """Skip the test with `reason` unless the condition holds; with CI=true fail instead."""
    if not condition and os.environ.get("CI") == "true":
        pytest.fail(f"needed in CI: {reason}")
    if not condition:
        pytest.skip(reason)


def need_program(name: str) -> str:
    """Return the path of a program, or skip."""
    found = shutil.which(name)
    need(found is not None, f"{name} is not installed")
    return str(found)


def shared(relative: str) -> Path:
    """Return a path in the shared data folder beside the project, or skip.

    The data is no part of the project: even in CI its absence is no failure unless the folder
    itself is there.
    """
    root = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared"))
    if not root.is_dir():
        pytest.skip("no shared data folder beside the project")
    need((root / relative).exists(), f"{relative} is missing in the shared data folder")
    return root / relative


def need_models(*models: str) -> Path:
    """Return the folder of the real models that `rehearse setup` fetched, or skip."""
    for model in models:
        need((MODELS / model).is_dir(), f"{model} is not there (run: rehearse setup)")
    return MODELS
