"""What works here and what to do about the rest: every check as a value, or one of our errors."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from agent import llm
from agent.config import recordings_dir
from agent.errors import RehearseError
from agent.interview.interviewer import preferred
from agent.interview.trial import tried
from agent.session import session_folders
from voice.audio.clip import Samples, join, resample, silence, usual_dbfs
from voice.audio.levels import CLIPPED, CLIPPED_SHARE, QUIET_DBFS
from voice.ports.device.portaudio import Role, list_devices
from voice.speech.engines import choose_recognizer, choose_synthesizer

State = Literal["ok", "better", "missing"]

BYTES_PER_HOUR = 2 * 2 * 16_000 * 3600
"""Two tracks of 16-bit samples at 16 kHz: 230 MB; less than a tenth is no room for an interview."""
SENTENCE = "We cut the delay to twenty milliseconds."
"""Spoken and recognized in the proof that nothing connects."""
_SENDING = frozenset(
    "socket.bind socket.connect socket.sendmsg socket.sendto socket.getaddrinfo socket.getnameinfo"
    " socket.gethostbyaddr socket.gethostbyname".split()
)
"""Audit events of Python (docs.python.org, audit events table) that reach, or prepare to reach,
the network; a socket that was only made has sent nothing."""


@dataclass(frozen=True)
class Check:
    """One line of the doctor's report."""

    name: str
    state: State
    """ok; better: works, and could work better; missing: does not work."""
    found: str
    remedy: str = ""
    """What to do, if anything."""
    vital: bool = False
    """Whether no interview at all is possible without it, not even a typed one."""


def possible(checks: list[Check]) -> bool:
    """Return whether an interview is possible in some form: spoken, recorded or typed."""
    return not any(check.vital and check.state == "missing" for check in checks)


def attempt(name: str, look: Callable[[], Check]) -> Check:
    """Return what a check finds; an error of ours says what to do after a semicolon."""
    try:
        return look()
    except RehearseError as error:
        found, _, remedy = str(error).partition("; ")
        return Check(name, "missing", found, remedy)


def check_devices() -> Check:
    """Look for PortAudio, a microphone and a loudspeaker."""
    devices = list_devices()
    roles: tuple[Role, ...] = ("microphone", "loudspeaker")
    names = {
        role: next((d.name for d in devices if d.is_default(role)), "(none is the default)")
        for role in roles
        if any(device.fills(role) for device in devices)
    }
    missing = next((role for role in roles if role not in names), None)
    if missing:
        remedy = "plug one in, or use `rehearse run BRIEF --text`"
        return Check("sound", "missing", f"PortAudio works and finds no {missing}", remedy)
    return Check("sound", "ok", ", ".join(f"{role} {name}" for role, name in names.items()))


def judge_level(samples: Samples, name: str) -> Check:
    """Judge a few seconds, at SAMPLE_RATE_HZ, of a named microphone while the person spoke."""
    if not np.ptp(samples):
        remedy = (
            "unmute it; on macOS allow the terminal under System Settings > Privacy & Security"
            " > Microphone, on Windows under Settings > Privacy > Microphone"
        )
        return Check("microphone", "missing", f"{name} gives only zeros", remedy)
    # Speech is the loudest tenth of the frames; the rest may be pauses.
    level = usual_dbfs(samples, 90)
    found = f"{name} gives {level:.0f} dBFS"
    if np.mean(np.abs(samples.astype(np.int32)) >= CLIPPED) > CLIPPED_SHARE:
        remedy = "turn its input level down, or sit further away"
        return Check("microphone", "better", f"{found} and is overdriven", remedy)
    if level < QUIET_DBFS:
        remedy = "speak while this check runs; if you did, turn its input level up or sit closer"
        return Check("microphone", "better", f"{found}, too low to be understood", remedy)
    return Check("microphone", "ok", found)


def check_recognizer() -> Check:
    """Load the recognizer."""
    return Check("recognizer", "ok", choose_recognizer(None, ()).note.rstrip("."))


def check_voice() -> Check:
    """Load the synthesizer."""
    return Check("voice", "ok", choose_synthesizer(None).note.rstrip("."))


def check_interviewer() -> Check:
    """Try a local model, where Ollama has one; the rules ask in any case."""
    try:
        found = preferred(llm.LIST_S)
        told = tried(found, fresh=True).outcome(found.name) if found else "built-in rules"
    except RehearseError as error:
        told = f"built-in rules ({str(error).partition('; ')[0]})"
    return Check("interviewer", "ok", f"follow-ups: {told}")


def check_recordings(folder: Path | None = None) -> Check:
    """Look whether recordings can be written, are private, and have room."""
    place = (folder or recordings_dir()).absolute()
    there = next(path for path in (place, *place.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        remedy = "set REHEARSE_HOME to a folder of yours, or give --out DIR"
        return Check("recordings", "missing", f"{place} cannot be written", remedy, vital=True)
    hours = shutil.disk_usage(there).free / BYTES_PER_HOUR
    found = f"{place} has room for {'over 100' if hours > 100 else f'{hours:.1f}'} hours"
    if hours < 0.1:
        return Check("recordings", "missing", found, "free some space", vital=True)
    open_to_others = [path for path in session_folders(place) if path.stat().st_mode & 0o077]
    if open_to_others and os.name == "posix":
        found += f"; others may read {len(open_to_others)} of its sessions"
        return Check("recordings", "better", found, f"chmod -R go= {place}")
    return Check("recordings", "ok", found)


def check_offline() -> Check:
    """Hold speech, recognition, analysis and report without a network."""
    alone = _without_network()
    understood, attempts = alone or watched()
    if attempts:
        found = f"{len(attempts)} attempts to connect were blocked: {', '.join(attempts[:3])}"
        return Check("offline", "missing", found, "report this as a bug of Rehearse", vital=True)
    found = (
        f"spoke a sentence, recognized it ({understood} words), analyzed it and drew its report"
        f" {'in a process that has no network at all' if alone else 'with the network blocked'};"
        " nothing in Python tried to connect (what a library in C tries is not seen here)"
    )
    return Check("offline", "ok", found)


def watched() -> tuple[int, list[str]]:
    """Work with the network blocked; return the words recognized and what tried to connect."""
    with network_blocked() as attempts:
        return _work(), attempts


def _without_network() -> tuple[int, list[str]] | None:
    """Work in a network namespace of its own; None where none may be made, or the work fails."""
    unshare = shutil.which("unshare")
    if sys.platform != "linux" or not unshare:
        return None
    code = "import json; from agent.doctor import watched; print(json.dumps(watched()))"
    command = [unshare, "-rn", sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        return None
    understood, attempts = json.loads(done.stdout.splitlines()[-1])
    return understood, attempts


_attempts: list[str] | None = None
"""What tried to reach the network while it is blocked, None while it is not."""


@cache
def _watch() -> None:
    """Install the one audit hook; Python never removes a hook, so it looks whether it blocks."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if _attempts is not None and event in _SENDING:
            target = next((a for a in arguments if isinstance(a, str | bytes | tuple)), "")
            _attempts.append(f"{event.removeprefix('socket.')} {target!r}")
            raise PermissionError("the network is blocked for this check")

    sys.addaudithook(hook)


@contextmanager
def network_blocked() -> Iterator[list[str]]:
    """Refuse every connection and name look-up of this process; give the list of attempts.

    An audit hook sees every socket of Python, in all threads, not one that a C library opens.
    """
    global _attempts  # noqa: PLW0603
    _watch()
    attempts: list[str] = []
    _attempts = attempts
    try:
        yield attempts
    finally:
        _attempts = None


def _work() -> int:
    """Speak a sentence, recognize it, analyze it, draw its report; return the words recognized."""
    from agent.analysis import About
    from agent.analysis.analyzer import Heard, analyze
    from agent.brief import Brief
    from agent.report.page import render

    synthesizer, recognizer = choose_synthesizer(None).engine, choose_recognizer(None, ()).engine
    spoken = [resample(clip) for clip in synthesizer.speak(SENTENCE)]
    clip = join([silence(0.5), *spoken, silence(0.5)])
    words = recognizer.transcribe(clip)
    engines = {"stt": recognizer.name, "tts": synthesizer.name}
    about = About(title="Offline check", duration_s=clip.duration_s)
    analysis = analyze(Heard(about, Brief(), clip, words, engines))
    render(analysis)
    return len(words)
