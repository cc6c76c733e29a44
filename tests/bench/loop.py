"""The live loop in real time without recognition: processor use and dropped frames.

Half of the time the interviewer speaks and the person could cut in; half of it the person does.
Echo cancellation, voice detection and the decisions about the floor are all at work, and so is
Smart Turn where its model is installed. The simulated room's own work is not counted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.demo import read_manifest  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.scripted import KnownWords, Replies, Tones  # noqa: E402
from voice.audio import read_audio  # noqa: E402
from voice.channel import Parts, SpokenChannel  # noqa: E402
from voice.engines import choose_ending  # noqa: E402
from voice.port import Frame  # noqa: E402
from voice.room import RoomPort  # noqa: E402

ROUND_S = 64.0
"""One question and one answer with the silences around it, about half each."""
QUESTION = "word " * 320
"""32 s of the scripted synthesizer."""
ANSWER_S = 28.0
"""An answer of the demo's, cut here: as often a pause as people make them."""


class CountedRoom(RoomPort):
    """A room that knows what processor time its frames took."""

    busy_s = 0.0

    def read(self) -> Frame:
        before_s = time.thread_time()
        frame = super().read()
        self.busy_s += time.thread_time() - before_s
        return frame


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--seconds", type=float, default=64.0, help="length of the interview")
    args = parser.parse_args()
    rounds = max(1, round(args.seconds / ROUND_S))
    demo = ROOT / "recordings" / "demo"
    names = [name for name, clip in read_manifest(demo).clips.items() if clip.kind == "answer"]
    answer = read_audio(demo / names[0]).between(0.0, ANSWER_S)
    ending = choose_ending().engine
    with tempfile.TemporaryDirectory() as name:
        recognizer = KnownWords(*["and it was fast"] * 1000)
        with CountedRoom(Replies(*[answer] * rounds), realtime=True) as room:
            parts = Parts(room, recognizer, Tones(), Path(name), smart_turn=ending)
            with SpokenChannel(parts, lambda _: None, lambda: None) as channel:
                channel.say("Hello there.")
                wall, busy, room.busy_s = time.monotonic(), time.process_time(), 0.0
                began_s, asking_s = channel.now_s, 0.0
                for _ in range(rounds):
                    before_s = channel.now_s
                    channel.say(QUESTION)
                    asking_s += channel.now_s - before_s
                    channel.listen()
                wall, busy = time.monotonic() - wall, time.process_time() - busy - room.busy_s
                heard_s = channel.now_s - began_s
        kept_s = read_audio(Path(name) / "candidate.wav").duration_s
    behind_s, lost = wall - heard_s, round((heard_s + began_s - kept_s) / 0.02)
    with_model = "with Smart Turn" if ending else "without Smart Turn"
    rows = [
        {
            "figure": f"{heard_s:.0f} s {with_model}: share of one core",
            "value": f"{busy / wall:.1%}",
            "goal": "4 %",
        },
        {
            "figure": "of it the interviewer speaks",
            "value": f"{asking_s / heard_s:.0%}",
            "goal": "",
        },
        {"figure": "frames lost", "value": str(lost), "goal": "0"},
        {"figure": "behind the clock at the end", "value": f"{behind_s * 1000:.0f} ms", "goal": ""},
    ]
    show(rows, args.json)


if __name__ == "__main__":
    main()
