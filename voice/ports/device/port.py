"""The port to a real microphone and loudspeaker: two PortAudio streams on one clock."""

import time
from typing import Any, Self

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip
from voice.audio.port import Frame
from voice.errors import DeviceError, DeviceLostError
from voice.ports.device.loudspeaker import LoudspeakerStream, SpeakerTimeline
from voice.ports.device.microphone import LOST_AFTER_S, FrameCutter, MicrophoneStream
from voice.ports.device.portaudio import (
    Role,
    choose_device,
    fallbacks,
    list_devices,
    portaudio,
    quiet_libraries,
    restart,
)

START_WITHIN_S, RESTART_WITHIN_S = 4.0, 2.0
"""A device that is slower to start gives nothing at all: PulseAudio needs up to 2 s."""
NAMED_ONLY_S = 3.0
"""How long a vanished device that was named is waited for before the default one is taken."""
_POLL_S = 0.005
_CHANCES = 20


class DevicePort:
    """A real microphone and loudspeaker on the microphone's clock: two devices, hence two streams.

    What an output callback hands out stands both latencies after the newest input sample then.
    `Stream.latency` is taken, since the callbacks' `time_info` was wrong by up to 0.45 s through
    PulseAudio.
    """

    realtime = True
    ended = False

    def __init__(self, mic: str | None = None, speaker: str | None = None) -> None:
        self._wanted: dict[Role, str | None] = {"microphone": mic, "loudspeaker": speaker}
        self._streams: tuple[MicrophoneStream, LoudspeakerStream] | None = None
        """None while one is gone."""
        self._silent: Role = "microphone"
        self._kept: list[Clip] = []
        """Not yet played, for when the devices are back."""
        self._cutter = FrameCutter()
        self._timeline = SpeakerTimeline()
        self._lost_at_s: float | None = None
        self._gone = False
        self.mic_name = self.speaker_name = ""

    def __enter__(self) -> Self:
        sd = portaudio()
        restart(sd)
        self._open(sd, self._wanted, START_WITHIN_S)
        return self

    def __exit__(self, *error: object) -> None:
        self._close()
        self._kept.clear()

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard, or heard and not yet in the frames."""
        if self._streams is None:
            return bool(self._kept)
        mic, speaker = self._streams
        heard_until_s = speaker.quiet_from_s + speaker.latency_s + mic.latency_s
        return speaker.waiting or time.monotonic() < heard_until_s

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing; return at once."""
        if self._streams is None:
            self._kept.append(clip)
        else:
            self._streams[1].cue(clip)

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent within 20 ms of the device's buffer; return what was not handed out."""
        left, self._kept = self._kept, []
        if self._streams is not None:
            left = [*self._streams[1].drop(), *left]
        return tuple(left)

    def read(self) -> Frame:
        """Wait for the next frame.

        Devices that fell silent for LOST_AFTER_S are opened again: a sound server without time to
        run is no lost device. DeviceLostError where they do not open; reading again tries again.
        """
        while (frame := self._cutter.next()) is None:
            mic, speaker = self._streams or self._reopened()
            self._take_block(mic, speaker)
        start_sample, samples, lost_samples = frame
        given = self._timeline.take(start_sample, FRAME_SAMPLES)
        return Frame(start_sample, samples, given, lost_samples)

    def _take_block(self, mic: MicrophoneStream, speaker: LoudspeakerStream) -> None:
        block = mic.take()
        delay = round((mic.latency_s + speaker.latency_s) * SAMPLE_RATE_HZ)
        for part in speaker.handed_out(delay):
            self._timeline.place(part)
        if block is None or (speaker.waiting and _has_stalled(speaker)):
            self._lost_at_s = time.monotonic() - (mic.silent_for_s if block is None else 0.0)
            self._silent = "microphone" if block is None else "loudspeaker"
            self._close()
            return
        lost, samples = block
        self._cutter.lose(lost)
        self._cutter.add(samples)

    def _reopened(self) -> tuple[MicrophoneStream, LoudspeakerStream]:
        """Take the devices back, the named ones at first, later the default ones.

        DeviceLostError at once, then a second later each time: no loss and return in one second.
        """
        if self._gone:
            time.sleep(LOST_AFTER_S)
        began_s = time.monotonic()
        lost_at_s = began_s if self._lost_at_s is None else self._lost_at_s
        sd = portaudio()
        choices = [self._wanted]
        try:
            restart(sd)
            if began_s - lost_at_s >= NAMED_ONLY_S:
                choices += fallbacks(list_devices(), self._wanted)
        except sd.PortAudioError:
            choices = [self._wanted]
        for wanted in choices:
            try:
                return self._open(sd, wanted, RESTART_WITHIN_S)
            except (DeviceError, sd.PortAudioError):
                continue
        self._gone = True
        name = self.mic_name if self._silent == "microphone" else self.speaker_name
        raise DeviceLostError(f"the {self._silent} {name} has gone; plug it in again")

    def _open(
        self, sd: Any, wanted: dict[Role, str | None], within_s: float
    ) -> tuple[MicrophoneStream, LoudspeakerStream]:
        devices = list_devices()
        mic_device, speaker_device = (
            choose_device(devices, name, role) for role, name in wanted.items()
        )
        with quiet_libraries():
            mic = MicrophoneStream(sd, mic_device, self._cutter.end_sample)
            try:
                speaker = LoudspeakerStream(sd, speaker_device, lambda: mic.clock_sample)
            except BaseException:
                mic.close()
                raise
        self._streams = mic, speaker
        try:
            _wait_until_running(mic, speaker, within_s)
        except BaseException:
            self._close()
            raise
        if self._lost_at_s is not None:
            gone_s = time.monotonic() - self._lost_at_s
            self._lost_at_s, self._gone = None, False
            self._cutter.lose(round(gone_s * SAMPLE_RATE_HZ))
        mic.begin(self._cutter.end_sample)
        self.mic_name, self.speaker_name = mic.name, speaker.name
        kept, self._kept = self._kept, []
        for clip in kept:
            speaker.cue(clip)
        return mic, speaker

    def _close(self) -> None:
        if self._streams is None:
            return
        (mic, speaker), self._streams = self._streams, None
        with quiet_libraries():
            mic.close()
            speaker.close()
        self._kept = [*speaker.drop(), *self._kept]


def _has_stalled(speaker: LoudspeakerStream) -> bool:
    """Tell whether the loudspeaker asks for nothing, though its callback had its chances to run."""
    for _ in range(_CHANCES):
        if speaker.silent_for_s < LOST_AFTER_S:
            return False
        time.sleep(_POLL_S)
    return True


def _wait_until_running(mic: MicrophoneStream, speaker: LoudspeakerStream, within_s: float) -> None:
    """Wait until both streams run at their own pace: a sound server swallows the first output."""
    deadline_s = time.monotonic() + within_s
    while not (mic.runs and speaker.runs):
        if time.monotonic() > deadline_s:
            what = f"loudspeaker {speaker.name}" if mic.runs else f"microphone {mic.name}"
            raise DeviceError(
                f"the {what} opens but does not run; unplug it and plug it in again, or choose"
                " another (`rehearse devices` lists them)"
            )
        time.sleep(_POLL_S)
