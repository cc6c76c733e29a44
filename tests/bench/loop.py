"""The live loop in real time without recognition: dropped frames and processor use."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.table import arguments, show  # noqa: E402
from tests.scripted import KnownWords, Replies, Tones, spoken  # noqa: E402
from voice.audio import read_audio  # noqa: E402
from voice.channel import Parts, SpokenChannel  # noqa: E402
from voice.room import RoomPort  # noqa: E402


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the answer")
    args = parser.parse_args()
    reply = spoken(*[2.0, 0.5] * round(args.seconds / 2.5))
    with tempfile.TemporaryDirectory() as name:
        ears = KnownWords(*["and then"] * 1000)
        with (
            RoomPort(Replies(reply), realtime=True) as room,
            SpokenChannel(
                Parts(room, ears, Tones(), Path(name)), lambda _: None, lambda: None
            ) as channel,
        ):
            channel.say("Go on?")
            wall, busy = time.monotonic(), time.process_time()
            began_s = channel.now_s
            channel.listen()
            wall, busy = time.monotonic() - wall, time.process_time() - busy
            heard_s = channel.now_s - began_s
        kept_s = read_audio(Path(name) / "candidate.wav").duration_s
        behind_s = wall - heard_s
        lost = round((heard_s + began_s - kept_s) / 0.02)
    rows = [
        {
            "figure": f"listening for {heard_s:.0f} s: share of one core",
            "value": f"{busy / wall:.1%}",
            "goal": "5 %",
        },
        {"figure": "frames lost", "value": str(lost), "goal": "0"},
        {"figure": "behind the clock at the end", "value": f"{behind_s * 1000:.0f} ms", "goal": ""},
    ]
    show(rows, args.json)


if __name__ == "__main__":
    main()
