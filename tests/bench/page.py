"""The browser's sound: how soon a clip is heard, how the tracks agree, what is lost, what it costs.

Chromium on a private PulseAudio whose microphone hears the loudspeaker, its echo canceller off for
the alignment. `python -m tests.bench.page [--minutes 20] [--busy] [--first]`; --busy keeps every
core at work, --first gives sound server and browser real-time priority (as root), as if others had
no part in this machine. With --interview a whole one is held instead, canceller on, real models.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np

from agent.session import read_session
from agent.session.events import SaidEvent
from agent.web.app import Place
from agent.web.server import serve
from tests.browser import chromium, click, wait_for
from tests.need import MODELS
from tests.pulse import Pulse, private_pulse
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples, join, silence, write_wav
from voice.audio.reading import read_audio
from voice.errors import DeviceLostError
from voice.ports.browser import BrowserPort

DEMO = Path(__file__).resolve().parents[2] / "recordings" / "demo" / "cluster-follow-up-2.flac"
EVERY_S = 10.0
ANSWERS = ("balance-follow-up-1", "evaluation-follow-up-1", "cluster-follow-up-1")
CONNECT = """
const done = arguments[arguments.length - 1];
(async () => {
  const { Sound } = await import("/static/sound.js");
  const socket = new WebSocket(`ws://${location.host}/live`);
  socket.binaryType = "arraybuffer";
  await new Promise((open) => { socket.onopen = open; });
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (asked) =>
    real({ audio: { ...asked.audio, echoCancellation: false } });
  const sound = new Sound({ onChunk: (chunk) => socket.send(chunk), onLost: () => {} });
  socket.onmessage = ({ data }) => typeof data === "string" || sound.play(data);
  await sound.open();
  await new Promise((wait) => setTimeout(wait, 1500));
  socket.send(JSON.stringify({ do: "sound", ...sound.facts }));
  const settings = sound.stream.getAudioTracks()[0].getSettings();
  done(JSON.stringify(sound.facts) + JSON.stringify(settings));
})();
"""


class Timed(BrowserPort):
    """The port, telling when the page says that it plays."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_s: float | None = None
        self.waits_s: list[float] = []

    def play(self, clip: Clip) -> None:
        self.asked_s = time.monotonic()
        super().play(clip)

    def take(self, message: bytes) -> None:
        super().take(message)
        if self.asked_s is not None and self._played:
            self.waits_s.append(time.monotonic() - self.asked_s)
            self.asked_s = None


def lag_s(needle: Samples, hay: Samples) -> float:
    size = len(needle) + len(hay)
    one = np.fft.rfft(needle.astype(float), size)
    other = np.fft.rfft(hay.astype(float), size)
    return float(np.argmax(np.fft.irfft(other * np.conj(one), size)[: len(hay)])) / SAMPLE_RATE_HZ


@contextmanager
def busy(cores: int) -> Iterator[None]:
    work = (
        "import os; os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))\nwhile True: pass"
    )
    loads = [subprocess.Popen([sys.executable, "-c", work]) for _ in range(cores)]
    try:
        yield
    finally:
        for load in loads:
            load.kill()
            load.wait()


def exchange(port: Timed, minutes: float) -> None:
    """Play a sentence every ten seconds, and print what came of it."""
    sentence = read_audio(DEMO).between(0.0, 4.0)
    mic: list[Samples] = []
    out: list[Samples] = []
    lost = 0
    with port:
        began_s, used_s = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
        end, due = minutes * 60 * SAMPLE_RATE_HZ, 0.0
        while True:
            try:
                frame = port.read()
            except DeviceLostError as error:
                print(error)
                continue
            if frame.start_sample >= end:
                break
            if frame.start_s >= due:
                due += EVERY_S
                port.play(sentence)
            lost += frame.lost_samples
            if frame.lost_samples:
                print(f"lost {frame.lost_samples / SAMPLE_RATE_HZ:.3f} s at {frame.start_s:.2f} s")
            mic += [np.zeros(frame.lost_samples, np.int16), frame.mic]
            out += [np.zeros(frame.lost_samples, np.int16), frame.speaker]
        now = resource.getrusage(resource.RUSAGE_SELF)
    spent_s = now.ru_utime + now.ru_stime - used_s.ru_utime - used_s.ru_stime
    took_s = time.monotonic() - began_s
    heard, given = np.concatenate(mic), np.concatenate(out)
    lags = []
    for at_s in np.arange(0.0, minutes * 60 - EVERY_S, EVERY_S):
        a, b = round(at_s * SAMPLE_RATE_HZ), round((at_s + EVERY_S) * SAMPLE_RATE_HZ)
        (loud,) = np.nonzero(np.abs(given[a:b]) > 500)
        start = a + max(0, loud[0] - 800)
        needle = given[start : start + 3 * SAMPLE_RATE_HZ]
        around = heard[max(0, start - 8000) : start + len(needle) + 8000]
        lags.append(lag_s(needle, around) - min(start, 8000) / SAMPLE_RATE_HZ)
    print("lags", [round(1000 * lag) for lag in lags])
    print(f"minutes                    {took_s / 60:.1f}")
    print(
        f"asked to play -> played    median {1000 * np.median(port.waits_s):.0f} ms,"
        f" p95 {1000 * np.quantile(port.waits_s, 0.95):.0f} ms (n {len(port.waits_s)})"
    )
    print(
        f"track behind microphone    median {1000 * np.median(lags):.0f} ms,"
        f" {1000 * min(lags):.0f} to {1000 * max(lags):.0f} ms"
    )
    print(f"lost                       {lost / SAMPLE_RATE_HZ:.2f} s")
    print(f"server's processor time    {100 * spent_s / took_s:.1f} % of a core")


def interview(driver: Any, pulse: Pulse, home: Path, minutes: float) -> None:
    """Hold an interview over a loudspeaker that the microphone hears, and print what came of it."""
    for number, name in enumerate(ANSWERS):
        clip = read_audio(DEMO.with_name(f"{name}.flac"))
        write_wav(home / f"{number}.wav", join([silence(1.0), clip]))
    used_s, began_s = time.process_time(), time.monotonic()
    time.sleep(20.0)
    idle = (time.process_time() - used_s) / (time.monotonic() - began_s)
    click(driver, ".briefs a[href$=ward-nurse]")
    click(driver, "#go .main")
    wait_for(driver, "stage.dataset.look === 'running' && question.textContent")
    used_s, began_s, given = time.process_time(), time.monotonic(), 0
    who = "return document.getElementById('who')?.textContent"  # none on the report
    while time.monotonic() - began_s < 60 * minutes and (now := driver.execute_script(who)):
        if now == "Your turn":
            pulse.play(home / f"{given % len(ANSWERS)}.wav").wait()
            given += 1
            over_s = time.monotonic() + 30  # the same turn, until it is understood as over
            while driver.execute_script(who) == "Your turn":
                if time.monotonic() > over_s:
                    break
                time.sleep(0.1)
        time.sleep(0.2)
    spent = (time.process_time() - used_s) / (time.monotonic() - began_s)
    held_min = (time.monotonic() - began_s) / 60
    (folder,) = (home / "recordings").iterdir()
    events = read_session(folder).events
    said = [event for event in events if isinstance(event, SaidEvent)]
    lost_s = sum(e.end_s - e.start_s for e in events if e.event == "gap" and e.why == "lost")
    heard = [event for event in events if event.event == "heard"]
    print(f"minutes                    {held_min:.1f}, {given} answers, {len(heard)} turns heard")
    spoken_s = sum(event.end_s - event.start_s for event in said)
    print(f"the interviewer spoke      {len(said)} times, {spoken_s:.0f} s")
    print(f"stopped by its own sound   {[e.text for e in said if e.stopped_by]}")
    print(f"lost                       {lost_s:.2f} s")
    print(f"processor time, idle       {100 * idle:.1f} % of a core")
    print(
        f"processor time, interview  {100 * spent:.0f} % of a core, recognizer and voice included"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--interview", action="store_true")
    args = parser.parse_args()
    addresses: SimpleQueue[str] = SimpleQueue()
    with tempfile.TemporaryDirectory() as home, private_pulse() as pulse:
        os.environ |= {"REHEARSE_HOME": home, "REHEARSE_MODELS": str(MODELS)}
        place = Place(Path(home) / "recordings")
        port = Timed()
        place.live.port = place.live.port if args.interview else port
        server = threading.Thread(target=serve, args=(place, 0, True, addresses.put), daemon=True)
        server.start()
        address = addresses.get(timeout=20)
        echo = ("source=speaker.monitor", "sink=candidate", "latency_msec=10")
        pulse.control("load-module", "module-loopback", *echo)
        sound = pulse.environment() | {"PULSE_SINK": "speaker", "PULSE_SOURCE": "microphone"}
        if args.first and pulse.process:
            for process in (pulse.process.pid, 0):  # what is started from here on inherits it
                os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(10))
        with chromium(sound=sound) as driver, busy((os.cpu_count() or 1) if args.busy else 0):
            driver.get(address)
            wait_for(driver, "performance.getEntriesByType('paint').length")
            paint = driver.execute_script(
                "return performance.getEntriesByType('paint')[0].startTime"
            )
            print(f"first paint                {paint:.0f} ms")
            if args.interview:
                interview(driver, pulse, Path(home), args.minutes)
            else:
                print(f"the browser                {driver.execute_async_script(CONNECT)}")
                exchange(port, args.minutes)
    sys.stdout.flush()
    os._exit(0)  # the server has no page to wait for


if __name__ == "__main__":
    main()
