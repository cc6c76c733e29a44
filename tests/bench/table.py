"""Print the figures of a bench: a table for people, JSON with --json."""

import argparse
import json
import os
import platform
from collections.abc import Sequence
from typing import Any


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser that knows --json."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def show(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    """Print rows of {"figure", "value", "goal"}."""
    if as_json:
        machine = (
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        print(json.dumps({"machine": machine, "figures": list(rows)}, indent=1))
        return
    for row in rows:
        goal = f"goal {row['goal']}" if row["goal"] else ""
        print(f"{row['figure']:<48} {row['value']:>10}  {goal}")
