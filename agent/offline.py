"""The proof that nothing leaves this machine: a short run of everything, sockets blocked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SENTENCE = "We cut the delay to twenty milliseconds."
"""What is spoken and recognized in the proof."""

_SENDING = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
"""Audit events of Python (docs.python.org, audit events table) that reach, or prepare to reach,
the network; a socket that was only made has sent nothing."""


class _Watch:
    """The one audit hook; Python never removes a hook, so it is switched instead."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self.blocking = False
        self.installed = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.blocking and event in _SENDING:
            target = next((a for a in arguments if isinstance(a, str | bytes | tuple)), "")
            self.attempts.append(f"{event.removeprefix('socket.')} {target!r}")
            raise PermissionError("the network is blocked for this check")


_watch = _Watch()


@contextmanager
def network_blocked() -> Iterator[list[str]]:
    """Refuse every connection and name look-up of this process; give the list of attempts.

    An audit hook sees every socket opened through Python, in all threads. A socket that a C
    library opened by itself would not be seen; none of the packages in use has such code.
    """
    if not _watch.installed:
        sys.addaudithook(_watch)
        _watch.installed = True
    attempts = _watch.attempts = []
    _watch.blocking = True
    try:
        yield attempts
    finally:
        _watch.blocking = False


def work() -> int:
    """Speak a sentence, recognize it, analyze it and draw its report; return the words recognized.

    Raises:
        RehearseError: an engine fails.
    """
    from agent.after.analyzer import Heard, analyze
    from agent.analysis import About
    from agent.brief import Brief
    from agent.report.page import render
    from voice.audio import join, resample, silence
    from voice.engines import choose_recognizer, choose_synthesizer

    synthesizer, recognizer = choose_synthesizer(None).engine, choose_recognizer(None, ()).engine
    spoken = [resample(clip) for clip in synthesizer.speak(SENTENCE)]
    clip = join([silence(0.5), *spoken, silence(0.5)])
    words = recognizer.transcribe(clip)
    engines = {"stt": recognizer.name, "tts": synthesizer.name}
    about = About(title="Offline check", duration_s=clip.duration_s)
    analysis = analyze(Heard(about, Brief(), clip, words, engines))
    render(analysis)
    return len(words)
