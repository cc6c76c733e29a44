"""The report of an hour: how large it is, how soon it is painted, how smoothly it scrolls."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.report.page import render  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.sample_analysis import long_sample  # noqa: E402

_RUNS = 5
_PAINTED = """
const [done] = arguments;
const look = () => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  if (paint) done(paint.startTime); else requestAnimationFrame(look);
};
look();
"""
_SCROLLED = """
const [done] = arguments, gaps = [];
let y = 0, last = performance.now();
(function step() {
  const now = performance.now();
  gaps.push(now - last);
  last = now;
  window.scrollTo({ top: y, behavior: 'instant' });
  y += 400;
  if (y < document.documentElement.scrollHeight) requestAnimationFrame(step);
  else done(gaps.sort((a, b) => a - b)[Math.floor(0.95 * gaps.length)]);
})();
"""


def opened(page: Path) -> tuple[float, float]:
    """Return ms to the first paint and the 95th percentile of ms between frames while scrolled."""
    with chromium() as driver:
        browser: Any = driver
        browser.get(page.as_uri())
        return (
            float(browser.execute_async_script(_PAINTED)),
            float(browser.execute_async_script(_SCROLLED)),
        )


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    analysis = long_sample()
    words = sum(len(answer.words) for answer in analysis.answers)
    start = time.monotonic()
    text = render(analysis, analysis)
    drawn_s = time.monotonic() - start
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "report.html"
        page.write_text(text, encoding="utf-8")
        runs = [opened(page) for _ in range(_RUNS)]
    paints, frames = zip(*runs, strict=True)
    minutes = analysis.about.duration_s / 60
    rows = [
        {
            "figure": f"report of {minutes:.0f} minutes, {words} words",
            "value": f"{len(text.encode()) / 1e6:.2f} MB",
            "goal": "3 MB",
        },
        {"figure": "drawn in", "value": f"{drawn_s:.2f} s", "goal": ""},
        {
            "figure": f"first paint, median of {_RUNS}",
            "value": f"{statistics.median(paints) / 1000:.2f} s",
            "goal": "1.5 s",
        },
        {
            "figure": f"first paint, slowest of {_RUNS}",
            "value": f"{max(paints) / 1000:.2f} s",
            "goal": "1.5 s",
        },
        {
            "figure": "frame while scrolled, 95th percentile",
            "value": f"{statistics.median(frames):.0f} ms",
            "goal": "",
        },
    ]
    show(rows, args.json)


if __name__ == "__main__":
    main()
