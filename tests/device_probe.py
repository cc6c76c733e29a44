"""Open a DevicePort in a process of its own and tell what it does, a JSON object a line.

Run as: python -m tests.device_probe OUT.npz MIC SPEAKER SECONDS [WAV [STOP_AFTER_S [GO_ON_S]]]

After half a second the WAV is played, STOP_AFTER_S later it is stopped, and after GO_ON_S more the
rest is played. Lines: {"open": [mic, speaker]}, {"lost": text, "after_s":
seconds since the last frame}, {"back": lost seconds}, {"end": …}; OUT.npz gets both tracks.
"""

import json
import math
import sys
import time
from pathlib import Path

import numpy as np

from voice.audio.clip import FRAME_S, SAMPLE_RATE_HZ, Clip
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.errors import DeviceLostError
from voice.ports.device.port import DevicePort

PLAY_AFTER_S = 0.5


class Probe:
    """Read frames for a time, losses and all."""

    def __init__(self, port: DevicePort) -> None:
        self.port = port
        self.frames: list[Frame] = []
        self.lost = False
        self.last_s = time.monotonic()

    def read(self) -> Frame | None:
        """Read one frame, and tell when the device goes or comes back."""
        try:
            frame = self.port.read()
        except DeviceLostError as error:
            if not self.lost:
                tell(lost=str(error), after_s=time.monotonic() - self.last_s)
            self.lost = True
            return None
        if self.lost:
            names = (self.port.mic_name, self.port.speaker_name)
            tell(back=frame.lost_samples / SAMPLE_RATE_HZ, names=names)
        self.lost = False
        self.frames.append(frame)
        self.last_s = time.monotonic()
        return frame


def tell(**what: object) -> None:
    """Print one line."""
    print(json.dumps(what), flush=True)


def main(out: str, mic: str, speaker: str, seconds: str, *play: str) -> None:
    """Run the probe."""
    clip = read_audio(Path(play[0])) if play else None
    stop_after_s = float(play[1]) if len(play) > 1 else None
    go_on_after_s = float(play[2]) if len(play) > 2 else math.inf
    rest: tuple[Clip, ...] = ()
    with DevicePort(mic or None, speaker or None) as port:
        probe = Probe(port)
        tell(open=(port.mic_name, port.speaker_name))
        began_s = time.monotonic()
        playing = 0
        while not probe.frames or probe.frames[-1].end_s < float(seconds):
            frame = probe.read()
            now_s = frame.end_s if frame else 0.0
            if clip is not None and now_s >= PLAY_AFTER_S:
                port.play(clip)
                clip = None
            if stop_after_s is not None and now_s >= PLAY_AFTER_S + stop_after_s:
                rest, stop_after_s = port.stop(), None
                go_on_after_s += now_s
            if rest and now_s >= go_on_after_s:
                for part in rest:
                    port.play(part)
                rest = ()
            playing += port.playing
        tell(
            end=True,
            frames_s=len(probe.frames) * FRAME_S,
            wall_s=time.monotonic() - began_s,
            lost_samples=sum(frame.lost_samples for frame in probe.frames),
            playing_s=playing * FRAME_S,
        )
    np.savez(
        out,
        mic=np.concatenate([frame.mic for frame in probe.frames]),
        speaker=np.concatenate([frame.speaker for frame in probe.frames]),
        starts=np.array([frame.start_sample for frame in probe.frames]),
        lost=np.array([frame.lost_samples for frame in probe.frames]),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
