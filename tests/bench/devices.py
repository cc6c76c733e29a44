"""How soon a vanished microphone is told and taken back, on a private PulseAudio."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.table import arguments, show  # noqa: E402
from tests.pulse import Pulse, private_pulse  # noqa: E402
from tests.test_device import Running  # noqa: E402

LONGEST_S = 120
"""The probe would run so long."""


def unplugged(pulse: Pulse, probe: Running, after_s: float) -> tuple[float, float]:
    """Take the devices away and give them back; return how long each went unnoticed."""
    time.sleep(after_s)  # another phase of the watch each time
    began_s = time.monotonic()
    pulse.unplug()
    assert "lost" in probe.tell()
    told_s = time.monotonic() - began_s
    pulse.plug_in()
    began_s = time.monotonic()
    assert "back" in probe.tell()
    return told_s, time.monotonic() - began_s


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--times", type=int, default=10, help="how often it vanishes")
    args = parser.parse_args()
    with private_pulse() as pulse, tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        probe = Running(pulse, out, "microphone", "speaker", str(LONGEST_S))
        probe.tell()
        found = [unplugged(pulse, probe, 0.3 + 0.07 * turn) for turn in range(args.times)]
        probe.process.kill()
        probe.process.communicate()
    told, back = (sorted(each) for each in zip(*found, strict=True))
    rows = [
        {"figure": f"vanished {args.times} times: told after, median", "value": told, "goal": ""},
        {"figure": "the same, worst", "value": told[-1:], "goal": "1.5 s"},
        {"figure": "plugged in: back after, median", "value": back, "goal": ""},
        {"figure": "the same, worst", "value": back[-1:], "goal": ""},
    ]
    for row in rows:
        values = row["value"]
        row["value"] = f"{values[len(values) // 2]:.2f} s"
    show(rows, args.json)


if __name__ == "__main__":
    main()
