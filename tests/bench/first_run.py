"""From nothing to the report: the README's first line in a fresh copy, timed and weighed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.table import arguments, show  # noqa: E402


def readme_line(heading: str) -> str:
    """Return the one line of the fenced sh block below a heading of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n+```sh\n(.+)\n```", text, re.M)
    assert found, heading
    return found[1]


def timed(command: list[str], cwd: Path) -> float:
    """Return the seconds that a command takes; it must succeed."""
    start = time.monotonic()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "rehearse"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
        whole_s = timed(["bash", "-c", readme_line("Run it")], copy)
        rehearse = str(copy / ".venv/bin/rehearse")
        # Before the demo runs alone: the largest child so far is pip or the demo, told apart below.
        demo_s = timed([rehearse, "demo"], copy)
        probe = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        peak_kb = int(
            subprocess.check_output([sys.executable, "-c", probe, rehearse, "demo"], cwd=copy)
        )
        helps = sorted(timed([rehearse, "--help"], copy) for _ in range(7))
        size_mb = (
            sum(path.lstat().st_size for path in (copy / ".venv").rglob("*") if path.is_file())
            / 1e6
        )
        torch = any((copy / ".venv").rglob("torch/__init__.py"))
    rows = [
        {
            "figure": "first README line, clone to report",
            "value": f"{whole_s:.0f} s",
            "goal": "240 s",
        },
        {"figure": "rehearse demo", "value": f"{demo_s:.1f} s", "goal": "60 s"},
        {
            "figure": "peak memory of rehearse demo",
            "value": f"{peak_kb / 1024:.0f} MB",
            "goal": "700 MB",
        },
        {"figure": "installed environment", "value": f"{size_mb:.0f} MB", "goal": "650 MB"},
        {"figure": "torch installed", "value": "yes" if torch else "no", "goal": "no"},
        {"figure": "rehearse --help, median of 7", "value": f"{helps[3]:.2f} s", "goal": "0.3 s"},
    ]
    show(rows, args.json)


if __name__ == "__main__":
    main()
