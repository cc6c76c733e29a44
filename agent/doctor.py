"""What works here and what to do about the rest: every check as a value."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from agent import llm
from agent.config import recordings_dir
from agent.errors import RehearseError
from agent.offline import network_blocked, work
from agent.session import session_folders
from voice.audio import FRAME_SAMPLES, SILENCE_DBFS, Samples, level_dbfs
from voice.device.portaudio import Role, list_devices
from voice.engines import choose_recognizer, choose_synthesizer
from voice.levels import CLIPPED, CLIPPED_SHARE, QUIET_DBFS

State = Literal["ok", "better", "missing"]

GET_OLLAMA = "get Ollama from ollama.com, then `ollama pull llama3.2`"
OLDEST_PYTHON = (3, 11)
"""As pyproject.toml says."""
LOUD_FRAMES_PERCENT = 90
"""The level of speech is that of the loudest tenth of the frames; the rest are pauses."""
BYTES_PER_HOUR = 2 * 2 * 16_000 * 3600
"""Two tracks of 16-bit samples at 16 kHz: 230 MB."""
NEEDED_BYTES = BYTES_PER_HOUR // 10
"""Less than six minutes of recording is no room for an interview."""


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


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Look at Python's version."""
    found = "Python " + ".".join(map(str, version))
    if version >= OLDEST_PYTHON:
        return Check("python", "ok", found, vital=True)
    return Check("python", "missing", found, "install Python 3.11 or later", vital=True)


def check_devices() -> Check:
    """Look for PortAudio, a microphone and a loudspeaker."""
    try:
        devices = list_devices()
    except RehearseError as error:
        return judged_error("sound", error)
    roles: tuple[Role, ...] = ("microphone", "loudspeaker")
    for role in roles:
        if not any(device.fills(role) for device in devices):
            remedy = "plug one in, or use `rehearse run BRIEF --text`"
            return Check("sound", "missing", f"PortAudio works and finds no {role}", remedy)
    names = [
        next((d.name for d in devices if d.is_default(role)), "(none is the default)")
        for role in roles
    ]
    return Check("sound", "ok", f"microphone {names[0]}, loudspeaker {names[1]}")


def judge_level(samples: Samples, name: str) -> Check:
    """Judge a few seconds of a microphone while the person spoke.

    Args:
        samples: at SAMPLE_RATE_HZ, shape (n,).
        name: the microphone's name.
    """
    if not np.ptp(samples):
        return Check(
            "microphone",
            "missing",
            f"{name} gives only zeros",
            "unmute it; on macOS allow the terminal under System Settings > Privacy & Security"
            " > Microphone, on Windows under Settings > Privacy > Microphone",
        )
    level = speech_level_dbfs(samples)
    found = f"{name} gives {level:.0f} dBFS"
    if np.mean(np.abs(samples.astype(np.int32)) >= CLIPPED) > CLIPPED_SHARE:
        remedy = "turn its input level down, or sit further away"
        return Check("microphone", "better", f"{found} and is overdriven", remedy)
    if level < QUIET_DBFS:
        remedy = "speak while this check runs; if you did, turn its input level up or sit closer"
        return Check("microphone", "better", f"{found}, too low to be understood", remedy)
    return Check("microphone", "ok", found)


def speech_level_dbfs(samples: Samples) -> float:
    """Return the RMS level, in dB below full scale, that the loudest tenth of the frames reach."""
    whole = len(samples) - len(samples) % FRAME_SAMPLES
    levels = [level_dbfs(frame) for frame in samples[:whole].reshape(-1, FRAME_SAMPLES)]
    return float(np.percentile(levels, LOUD_FRAMES_PERCENT)) if levels else SILENCE_DBFS


def check_recognizer() -> Check:
    """Load the recognizer."""
    return _loaded("recognizer", lambda: choose_recognizer(None, ()).note)


def check_voice() -> Check:
    """Load the synthesizer."""
    return _loaded("voice", lambda: choose_synthesizer(None).note)


def _loaded(name: str, load: Callable[[], str]) -> Check:
    try:
        return Check(name, "ok", load().rstrip("."))
    except RehearseError as error:
        return judged_error(name, error)


def check_interviewer() -> Check:
    """Ask for Ollama on this machine; without it the built-in rules ask the follow-ups."""
    try:
        there = llm.models(llm.PROBE_S)
    except RehearseError as error:
        found = f"follow-ups: built-in rules ({str(error).partition('; ')[0]})"
        return Check("interviewer", "better", found, GET_OLLAMA)
    if not there:
        return Check("interviewer", "better", "Ollama answers and has no local model", GET_OLLAMA)
    return Check("interviewer", "ok", "Ollama has " + ", ".join(model.name for model in there[:4]))


def check_recordings(folder: Path | None = None) -> Check:
    """Look whether recordings can be written, are private, and have room."""
    place = (folder or recordings_dir()).absolute()
    there = next(path for path in (place, *place.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        remedy = "set REHEARSE_HOME to a folder of yours, or give --out DIR"
        return Check("recordings", "missing", f"{place} cannot be written", remedy, vital=True)
    free_bytes = shutil.disk_usage(there).free
    hours = free_bytes / BYTES_PER_HOUR
    found = f"{place} has room for {'over 100' if hours > 100 else f'{hours:.1f}'} hours"
    if free_bytes < NEEDED_BYTES:
        return Check("recordings", "missing", found, "free some space", vital=True)
    open_to_others = [path for path in session_folders(place) if path.stat().st_mode & 0o077]
    if open_to_others and os.name == "posix":
        found += f"; others may read {len(open_to_others)} of its sessions"
        return Check("recordings", "better", found, f"chmod -R go= {place}")
    return Check("recordings", "ok", found)


def check_offline() -> Check:
    """Hold speech, recognition, analysis and report with the network blocked."""
    try:
        with network_blocked() as attempts:
            understood = work()
    except RehearseError as error:
        return judged_error("offline", error)
    if attempts:
        found = f"{len(attempts)} attempts to connect were blocked: {', '.join(attempts[:3])}"
        return Check("offline", "missing", found, "report this as a bug of Rehearse", vital=True)
    found = (
        f"spoke a sentence, recognized it ({understood} words), analyzed it and drew its report"
        " with the network blocked; nothing tried to connect"
    )
    return Check("offline", "ok", found)


def judged_error(name: str, error: RehearseError) -> Check:
    """Return a failed check; our errors say what to do after a semicolon."""
    found, _, remedy = str(error).partition("; ")
    return Check(name, "missing", found, remedy)
