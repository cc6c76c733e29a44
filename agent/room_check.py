"""The room between loudspeaker and microphone: a sound is played, and a mode recommended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from agent.doctor import Check
from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Clip, Samples, join, resample
from voice.audio.port import Frame, Port
from voice.errors import DeviceError
from voice.ports.device.port import DevicePort
from voice.speech.engines import choose_synthesizer
from voice.turns.echo import EchoCanceller
from voice.turns.echo_path import EchoPath, echo_fall_db, measure_path, sweep
from voice.turns.voice_activity import LATE_FRAMES, VoiceActivity

Mode = Literal["headphones", "loudspeaker", "half-duplex"]

SENTENCE = "Thank you for coming in. Please tell me about your work."
"""Said through the loudspeaker, to see whether it is taken for the person."""
BEFORE_S, AFTER_S = 0.7, 1.0
"""Silence before and after each sound: the noise before it, the echo after it."""
HEADPHONES_DB = -40.0
"""An echo this weak is as good as none: a voice of -20 dBFS comes back at -60, where the voice
detector hears none."""
DRY_S = 0.1
"""Faster than any room decays: a cable, or a microphone at the loudspeaker."""
MISTAKEN_S = 0.1
"""Echo taken for the person for longer than this would soon interrupt the interviewer, which
falls silent after 0.14 s of voice (voice.turns.bargein)."""


@dataclass(frozen=True)
class Room:
    """What was measured."""

    path: EchoPath | None
    """The way from the loudspeaker to the microphone; None where no echo was found."""
    fall_db: float | None
    """By how much the canceller lowers the echo of a sentence; None where nothing was tried."""
    mistaken_s: float
    """Seconds of that sentence that were taken for the person's voice."""

    @property
    def mode(self) -> Mode:
        """How to hold the interview here."""
        if self.path is None or self.path.gain_db < HEADPHONES_DB:
            return "headphones"
        if self.fall_db is None or self.mistaken_s > MISTAKEN_S:
            return "half-duplex"
        return "loudspeaker"


def hear_room(mic: str | None, speaker: str | None) -> Room:
    """Play a sweep and a sentence, listen, and measure."""
    voice = choose_synthesizer(None).engine
    sentence = join([resample(clip) for clip in voice.speak(SENTENCE)])
    with DevicePort(mic, speaker) as port:
        swept, said = _played(port, sweep()), _played(port, sentence)
    return measure_room(swept, said)


def measure_room(swept: tuple[Frame, ...], said: tuple[Frame, ...]) -> Room:
    """Measure the echo path from the frames of a sweep, then try the canceller on a sentence's.

    DeviceError where the microphone gave one constant value.
    """
    mic, speaker = _tracks(swept)
    if not np.ptp(mic):
        raise DeviceError(
            "the microphone gives only zeros; unmute it, or allow this terminal to use it"
        )
    path = measure_path(speaker, mic)
    # Nothing is learned from the sweep: an interview begins with a sentence.
    activity = VoiceActivity()
    mistaken = sum(activity.hears(frame) for frame in said)
    return Room(path, _fall_db(said), mistaken * FRAME_S)


def judge_room(room: Room) -> Check:
    """Say what was measured, and recommend a mode with its reason."""
    path = room.path
    if path is None:
        found = "the microphone does not hear the loudspeaker: headphones, nothing to do"
        remedy = "if you heard no sound: turn it up, or choose another with --speaker"
        return Check("room", "ok", found, remedy)
    dry = path.decay_s is None or path.decay_s < DRY_S
    decay = "" if dry else f", decays in {path.decay_s:.1f} s"
    measured = (
        f"echo {round(path.gain_db):+d} dB after {path.delay_s * 1000:.0f} ms{decay}, noise"
        f" {path.noise_dbfs:.0f} dBFS"
    )
    if room.mode == "headphones":
        return Check("room", "ok", f"{measured}: as quiet as with headphones, nothing to do")
    why = "no sentence could be played"
    if room.fall_db is not None:
        measured += f"; the canceller takes {room.fall_db:.0f} dB off"
        why = f"{room.mistaken_s:.1f} s of the interviewer's own voice were taken for yours"
    if room.mode == "loudspeaker":
        return Check("room", "ok", f"{measured}: a loudspeaker works, you can interrupt")
    remedy = "put on headphones, or use `rehearse run BRIEF --half-duplex`"
    return Check("room", "better", f"{measured}; {why}", remedy)


def _played(port: Port, clip: Clip) -> tuple[Frame, ...]:
    """Play a clip and return all frames, from BEFORE_S before it to AFTER_S after it."""
    frames = [port.read() for _ in range(round(BEFORE_S / FRAME_S))]
    port.play(clip)
    while port.playing:
        frames.append(port.read())
    return (*frames, *(port.read() for _ in range(round(AFTER_S / FRAME_S))))


def _fall_db(said: tuple[Frame, ...]) -> float | None:
    """Return by how much the canceller lowers the sentence's echo, once it has heard it before."""
    canceller = EchoCanceller()
    mic, speaker = _tracks(said)
    late = np.concatenate((np.zeros(LATE_FRAMES * FRAME_SAMPLES, np.int16), mic))[: len(mic)]
    left: list[Samples] = []
    for _ in ("to learn the room", "to measure"):
        left = [
            canceller.clean(late[at : at + FRAME_SAMPLES], speaker[at : at + FRAME_SAMPLES]).rest
            for at in range(0, len(mic), FRAME_SAMPLES)
        ]
    return echo_fall_db(late, speaker, np.concatenate(left))


def _tracks(frames: tuple[Frame, ...]) -> tuple[Samples, Samples]:
    """Return the microphone's and the loudspeaker's samples."""
    mic, speaker = zip(*((frame.mic, frame.speaker) for frame in frames), strict=True)
    return np.concatenate(mic), np.concatenate(speaker)
