"""The port to a real microphone and loudspeaker: two PortAudio streams on one clock."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip
from voice.device.choice import Role, choose_device, fallbacks
from voice.device.frames import FrameCutter
from voice.device.input import LOST_AFTER_S, MicrophoneStream
from voice.device.opening import quiet_libraries
from voice.device.output import LoudspeakerStream
from voice.device.portaudio import list_devices, portaudio, restart
from voice.device.timeline import SpeakerTimeline
from voice.errors import DeviceError, DeviceLostError
from voice.port import Frame

START_WITHIN_S = 4.0
"""A device that is slower to start than this gives nothing at all; PulseAudio needs up to 2 s."""
RESTART_WITHIN_S = 1.0
"""The same when a vanished device is tried again: a try must not hold up the caller for long."""
NAMED_ONLY_S = 3.0
"""How long a vanished device that was named is waited for before the default one is taken."""
_POLL_S = 0.005
_CHANCES = 20
"""A thread that holds up all others (see voice.device.input) is no reason to call a device gone."""


def _has_stalled(speaker: LoudspeakerStream) -> bool:
    """Tell whether the loudspeaker asks for nothing, though its callback had its chances to run."""
    for _ in range(_CHANCES):
        if speaker.stalled_s < LOST_AFTER_S:
            return False
        time.sleep(_POLL_S)
    return True


class DevicePort:
    """A real microphone and loudspeaker on one clock, the microphone's; fills voice.port.Port.

    The two may be different devices with different rates and clocks, hence two streams. Where
    the loudspeaker's sound stands on the microphone's clock: a block handed out in an output
    callback at time t is heard at t + (output latency); a sample that enters the microphone
    at time u is delivered in an input callback at u + (input latency). So the input sample at
    which the block is heard is delivered (output latency + input latency) after t, that is, it
    stands so many samples after the newest one delivered at t. Both latencies are PortAudio's
    `Stream.latency`. They are preferred to the times in the callbacks' `time_info`, which through
    PulseAudio were wrong by up to 0.45 s in the first second while the latencies were right
    within 0.04 s (loopback over a null sink, PortAudio 19.6).
    """

    realtime = True

    def __init__(self, mic: str | None = None, speaker: str | None = None) -> None:
        """Name the devices: a name, a part of one, an index, or None for the default."""
        self._wanted: dict[Role, str | None] = {"microphone": mic, "loudspeaker": speaker}
        self._mic: MicrophoneStream | None = None
        self._speaker: LoudspeakerStream | None = None
        self._kept: list[Clip] = []
        self._cutter = FrameCutter()
        self._timeline = SpeakerTimeline()
        self._lost_at_s: float | None = None
        self._names = ("", "")
        self._overflows = self._underflows = 0

    def __enter__(self) -> Self:
        sd = portaudio()
        restart(sd)
        self._open(sd, self._wanted, START_WITHIN_S)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._kept.clear()

    @property
    def mic_name(self) -> str:
        """The microphone in use, "" before it is open."""
        return self._names[0]

    @property
    def speaker_name(self) -> str:
        """The loudspeaker in use, "" before it is open."""
        return self._names[1]

    @property
    def overflows(self) -> int:
        """How often the microphone's buffer ran over since the port was opened."""
        return self._overflows + (self._mic.overflows if self._mic else 0)

    @property
    def underflows(self) -> int:
        """How often the loudspeaker's buffer ran dry since the port was opened."""
        return self._underflows + (self._speaker.underflows if self._speaker else 0)

    @property
    def ended(self) -> bool:
        """A person may always say more."""
        return False

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard, or heard and not yet in the frames."""
        if self._mic is None or self._speaker is None:
            return bool(self._kept)
        if self._speaker.waiting:
            return True
        latency_s = self._speaker.latency_s + self._mic.latency_s
        return time.monotonic() < self._speaker.quiet_from_s + latency_s

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing; return at once."""
        if self._speaker is None:
            self._kept.append(clip)
        else:
            self._speaker.cue(clip)

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent within 20 ms of the device's buffer; return what was not handed out."""
        left, self._kept = self._kept, []
        if self._speaker is not None:
            left = [*self._speaker.drop(), *left]
        return tuple(left)

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceLostError: nothing came for LOST_AFTER_S, from the microphone or, while a clip
                is to be played, nothing was asked for by the loudspeaker. Reading again looks for
                the devices again; the first frame afterwards says how much was lost.
        """
        if self._mic is None or self._speaker is None:
            self._reopen()
        while (frame := self._cutter.next()) is None:
            self._take_block()
        speaker = self._timeline.take(frame.start_sample, FRAME_SAMPLES)
        return Frame(frame.start_sample, frame.samples, speaker, frame.lost_samples)

    def _take_block(self) -> None:
        """Take one block from the microphone, and what the loudspeaker did meanwhile."""
        mic, speaker = self._streams()
        block = mic.take()
        delay = round((mic.latency_s + speaker.latency_s) * SAMPLE_RATE_HZ)
        for part in speaker.handed_out(delay):
            self._timeline.place(part)
        if block is None:
            raise self._lose("microphone", mic.silent_for_s)
        if speaker.waiting and _has_stalled(speaker):
            raise self._lose("loudspeaker", 0.0)
        lost, samples = block
        self._cutter.lose(lost)
        self._cutter.add(samples)

    def _streams(self) -> tuple[MicrophoneStream, LoudspeakerStream]:
        if self._mic is None or self._speaker is None:
            raise DeviceError("the sound devices are not open; open the port first (`with port:`)")
        return self._mic, self._speaker

    def _lose(self, role: Role, silent_for_s: float) -> DeviceLostError:
        """Close both streams and return what to raise."""
        self._lost_at_s = time.monotonic() - silent_for_s
        self._close()
        return self._lost_error(role)

    def _lost_error(self, role: Role) -> DeviceLostError:
        name = self._names[0 if role == "microphone" else 1]
        return DeviceLostError(f"the {role} {name} has gone; plug it in again")

    def _reopen(self) -> None:
        """Try to take the devices back, the named ones at first, later the default ones.

        Raises:
            DeviceLostError: they are not there yet; after at least LOST_AFTER_S, so that a caller
                who tries again and again does not spin.
        """
        began_s = time.monotonic()
        lost_at_s = began_s if self._lost_at_s is None else self._lost_at_s
        patient = began_s - lost_at_s < NAMED_ONLY_S
        sd = portaudio()
        try:
            restart(sd)
            others = [] if patient else fallbacks(list_devices(), self._wanted)
        except sd.PortAudioError:
            others = []
        for wanted in (self._wanted, *others):
            try:
                self._open(sd, wanted, RESTART_WITHIN_S)
            except (DeviceError, sd.PortAudioError):
                continue
            return
        time.sleep(max(0.0, began_s + LOST_AFTER_S - time.monotonic()))
        raise self._lost_error("microphone")

    def _open(self, sd: Any, wanted: dict[Role, str | None], within_s: float) -> None:
        """Open both devices and begin session time, or go on with it, when both run.

        Raises:
            DeviceError: a device is absent, refuses, or gives nothing.
        """
        devices = list_devices()
        mic_device = choose_device(devices, wanted["microphone"], "microphone")
        speaker_device = choose_device(devices, wanted["loudspeaker"], "loudspeaker")
        try:
            with quiet_libraries():
                mic = self._mic = MicrophoneStream(sd, mic_device, self._cutter.end_sample)
                speaker = self._speaker = LoudspeakerStream(
                    sd, speaker_device, lambda: mic.clock_sample
                )
            self._wait_until_running(mic, speaker, within_s)
        except BaseException:
            self._close()
            raise
        gone_s = 0.0 if self._lost_at_s is None else time.monotonic() - self._lost_at_s
        self._lost_at_s = None
        self._cutter.lose(round(gone_s * SAMPLE_RATE_HZ))
        mic.begin(self._cutter.end_sample)
        self._names = (mic.name, speaker.name)
        kept, self._kept = self._kept, []
        for clip in kept:
            speaker.cue(clip)

    def _wait_until_running(
        self, mic: MicrophoneStream, speaker: LoudspeakerStream, within_s: float
    ) -> None:
        """Wait until both streams run at their own pace.

        At the start a sound server swallows some output at once and may let the first input wait
        for a second or two; a clip played then would stand at the wrong place in the record.
        """
        deadline_s = time.monotonic() + within_s
        while not (mic.has_delivered and speaker.runs):
            if time.monotonic() > deadline_s:
                role: Role = "loudspeaker" if mic.has_delivered else "microphone"
                name = speaker.name if mic.has_delivered else mic.name
                raise DeviceError(
                    f"the {role} {name} opens but does not run; unplug it and plug it in again,"
                    " or choose another (`rehearse devices` lists them)"
                )
            time.sleep(_POLL_S)

    def _close(self) -> None:
        """Free both devices; clips not yet played are kept for when they are back."""
        mic, speaker = self._mic, self._speaker
        self._mic = self._speaker = None
        with quiet_libraries():
            if mic is not None:
                mic.close()
                self._overflows += mic.overflows
            if speaker is not None:
                speaker.close()
                self._underflows += speaker.underflows
                self._kept = [*speaker.drop(), *self._kept]
