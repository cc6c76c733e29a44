"""The report of an hour: how large it is, how soon it is drawn and painted."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.report.page import render  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.sample_analysis import long_sample  # noqa: E402

_RUNS = 5
_PAINTED = """
const [done] = arguments;
(function look() {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  if (paint) done(paint.startTime); else requestAnimationFrame(look);
})();
"""


def painted_s(page: Path) -> float:
    """Return the seconds until something is seen in a fresh browser."""
    with chromium() as browser:
        browser.get(page.as_uri())
        return float(browser.execute_async_script(_PAINTED)) / 1000


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
        paint_s = statistics.median(painted_s(page) for _ in range(_RUNS))
    figures = (
        (f"report of {words} words", f"{len(text.encode()) / 1e6:.2f} MB", "3 MB"),
        ("drawn in", f"{drawn_s:.2f} s", ""),
        (f"first paint, median of {_RUNS}", f"{paint_s:.2f} s", "1.5 s"),
    )
    show([dict(zip(("figure", "value", "goal"), row, strict=True)) for row in figures], args.json)


if __name__ == "__main__":
    main()
