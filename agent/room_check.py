"""Play a sentence, hear what the microphone makes of it, and recommend how to listen here."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from agent.doctor import Check
from voice.audio.clip import (
    FRAME_S,
    SILENCE_DBFS,
    join,
    level_dbfs,
    resample,
)
from voice.audio.port import Frame
from voice.errors import DeviceError
from voice.ports.device.port import DevicePort
from voice.speech.engines import choose_synthesizer
from voice.turns.voice_activity import VoiceActivity

Mode = Literal["headphones", "loudspeaker", "half-duplex"]

SENTENCE = "Thank you for coming in. Please tell me about your work."
"""Said through the loudspeaker, to see whether it is taken for the person."""
BEFORE_S, AFTER_S = 0.7, 1.0
"""Silence before and after it: the noise before it, the echo after it."""
HEADPHONES_DB = -40.0
"""An echo this weak is as good as none: a voice of -20 dBFS comes back at -60, where the voice
detector hears none."""
OVER_NOISE_DB = 3.0
"""An echo that raises the noise by less is none."""
MISTAKEN_S = 0.1
"""Echo taken for the person for longer than this would soon interrupt the interviewer, which
falls silent after 0.14 s of voice (voice.turns.bargein)."""


@dataclass(frozen=True)
class Room:
    """What was measured over the sentence; levels in dB, digital."""

    echo_db: float
    """Of the microphone while the loudspeaker sounds, over what that was given; SILENCE_DBFS where
    the room's noise is as loud."""
    mistaken_s: float
    """Seconds that were taken for the person's voice."""

    @property
    def mode(self) -> Mode:
        """How to hold the interview here."""
        if self.echo_db < HEADPHONES_DB:
            return "headphones"
        return "half-duplex" if self.mistaken_s > MISTAKEN_S else "loudspeaker"


def hear_room(mic: str | None, speaker: str | None) -> Room:
    """Play the sentence, listen, and measure."""
    voice = choose_synthesizer(None).engine
    sentence = join([resample(clip) for clip in voice.speak(SENTENCE)])
    with DevicePort(mic, speaker) as port:
        frames = [port.read() for _ in range(round(BEFORE_S / FRAME_S))]
        port.play(sentence)
        while port.playing:
            frames.append(port.read())
        frames += [port.read() for _ in range(round(AFTER_S / FRAME_S))]
    return measure_room(frames)


def measure_room(said: list[Frame]) -> Room:
    """Measure the echo in a sentence's frames; DeviceError where the microphone gave one value."""
    mic = np.concatenate([frame.mic for frame in said])
    if not np.ptp(mic):
        raise DeviceError(
            "the microphone gives only zeros; unmute it, or allow this terminal to use it"
        )
    # Nothing is learned beforehand: an interview begins with a sentence.
    activity = VoiceActivity()
    mistaken_s = sum(activity.hears(frame) for frame in said) * FRAME_S
    sounding = [frame for frame in said if frame.speaker.any()]
    before = [frame.mic for frame in said[: said.index(sounding[0])]] if sounding else []
    if not before:
        return Room(SILENCE_DBFS, mistaken_s)
    heard, played = (
        level_dbfs(np.concatenate([getattr(frame, side) for frame in sounding]))
        for side in ("mic", "speaker")
    )
    drowned = heard < level_dbfs(np.concatenate(before)) + OVER_NOISE_DB
    return Room(SILENCE_DBFS if drowned else heard - played, mistaken_s)


def judge_room(room: Room) -> Check:
    """Say what was measured, and recommend a mode with its reason."""
    if room.mode == "headphones":
        found = "the microphone does not hear the loudspeaker: headphones, nothing to do"
        remedy = "if you heard no sound: turn it up, or choose another with --speaker"
        return Check("room", "ok", found, remedy)
    found = f"the microphone hears the loudspeaker at {room.echo_db:+.0f} dB"
    if room.mode == "loudspeaker":
        return Check("room", "ok", f"{found}: a loudspeaker works, you can interrupt")
    found += f"; {room.mistaken_s:.1f} s of the interviewer's own voice were taken for yours"
    remedy = "put on headphones, or use `rehearse run BRIEF --half-duplex`"
    return Check("room", "better", found, remedy)
