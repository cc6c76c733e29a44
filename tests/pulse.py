"""A private PulseAudio: a virtual microphone and loudspeaker that PortAudio sees through ALSA.

The candidate's sound is played into the sink `candidate`, whose monitor is the microphone
`microphone`; `room` is a microphone that hears nothing but the loudspeaker `speaker`. Whatever
opens these devices runs as a process of its own, with `Pulse.environment()`.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.need import ROOT, need, need_program
from voice.audio.clip import Clip, Samples
from voice.audio.reading import read_audio

START_WITHIN_S = 20.0
"""How long PulseAudio may take to answer on a busy machine."""

_MODULES = (
    "module-null-sink sink_name=speaker norewinds=1",
    "module-null-sink sink_name=candidate norewinds=1",
    "module-remap-source source_name=microphone master=candidate.monitor",
    "module-remap-source source_name=room master=speaker.monitor",
)
_ALSA = """\
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.microphone { type pulse device microphone }
pcm.room { type pulse device room }
pcm.speaker { type pulse device speaker }
"""


class Pulse:
    """A running sound server; made by `private_pulse`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        """The server."""
        (folder / ".asoundrc").write_text(_ALSA)

    def environment(self) -> dict[str, str]:
        """Return the environment in which PortAudio finds the virtual devices and no others."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "ALSA_"))}
        return kept | {
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder / 'native'}",
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        """Start the server and wait until it answers."""
        (self.folder / "native").unlink(missing_ok=True)
        modules = (
            f"module-native-protocol-unix auth-anonymous=1 socket={self.folder / 'native'}",
            *_MODULES,
        )
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        with (self.folder / "pulse.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *(part for module in modules for part in ("-L", module))],
                env=self.environment(),
                stdout=log,
                stderr=log,
            )
        deadline_s = time.monotonic() + START_WITHIN_S
        while not self._answers():
            log_text = (self.folder / "pulse.log").read_text(errors="replace")
            assert self.process.poll() is None, f"PulseAudio ended: {log_text}"
            assert time.monotonic() < deadline_s, f"PulseAudio does not answer: {log_text}"
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server at once, as if every device were unplugged."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def control(self, *words: str) -> None:
        """Run pactl."""
        subprocess.run(
            ["pactl", *words], env=self.environment(), check=True, capture_output=True, timeout=20
        )

    def unplug(self) -> None:
        """Take all microphones and loudspeakers away from the running server."""
        self.control("unload-module", "module-remap-source")
        self.control("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Give them back."""
        for module in _MODULES:
            self.control("load-module", *module.split())

    def play(self, wav: Path) -> subprocess.Popen[bytes]:
        """Begin to play a WAV file into the virtual microphone; wait on the process for its end."""
        return subprocess.Popen(
            ["paplay", "--device=candidate", str(wav)],
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def recording(self, wav: Path) -> Iterator[None]:
        """Record what the loudspeaker gives out into a WAV file."""
        command = ["parec", "--device=speaker.monitor", "--rate=16000", "--channels=1"]
        recorder = subprocess.Popen(
            [*command, "--format=s16le", "--latency-msec=20", "--file-format=wav", str(wav)],
            env=self.environment(),
        )
        try:
            yield
        finally:
            recorder.terminate()
            recorder.wait(timeout=20)

    def recorded(self, wav: Path) -> Clip:
        """Read what was recorded."""
        return read_audio(wav)

    def _answers(self) -> bool:
        asked = subprocess.run(
            ["pactl", "info"], env=self.environment(), capture_output=True, check=False, timeout=20
        )
        return asked.returncode == 0


@contextmanager
def private_pulse(echo: bool = False) -> Iterator[Pulse]:
    """Give a running server; skip where PulseAudio, its tools or ALSA's plugin are missing.

    With `echo` the microphone hears the loudspeaker at full level.
    """
    for program in ("pulseaudio", "pactl", "paplay", "parec"):
        need_program(program)
    plugin = any(Path("/").glob("usr/lib*/**/libasound_module_pcm_pulse.so"))
    need(plugin, "ALSA's pulse plugin (libasound2-plugins) is not installed")
    need(_has_portaudio(), "the PortAudio library (libportaudio2) is not installed")
    # A socket's path may have 107 characters at most; pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="pulse-"))
    pulse = Pulse(folder)
    try:
        pulse.start()
        if echo:
            way = ("source=speaker.monitor", "sink=candidate", "latency_msec=10")
            pulse.control("load-module", "module-loopback", *way)
        yield pulse
    finally:
        pulse.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _has_portaudio() -> bool:
    try:
        import sounddevice  # noqa: F401
    except OSError:
        return False
    return True


def correlated(track: Samples, part: Samples) -> npt.NDArray[np.float64]:
    """Return the cross-correlation of two tracks at every lag."""
    size = 1 << (len(track) + len(part)).bit_length()
    return np.fft.irfft(np.fft.rfft(track, size) * np.conj(np.fft.rfft(part, size)), size)
