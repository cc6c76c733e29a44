"""One text on its way out: fed to the port as it is made, held, resumed or cut; or silence."""

from __future__ import annotations

from collections.abc import Callable

from voice.audio import Clip
from voice.bargein import Reaction
from voice.port import Frame, Port
from voice.talk import Said, StoppedBy
from voice.workers import Speech


class Playback:
    """Let the port play a text, and know what of it was heard."""

    def __init__(self, speech: Speech, port: Port, now_s: float) -> None:
        """Begin with a text whose synthesis has begun."""
        self._start_s: float | None = None
        self._speech = speech
        self._port = port
        self._began_s = self._end_s = now_s
        self._rest: tuple[Clip, ...] = ()
        self._held = 0
        self._on_hold = False
        self._played_s = 0.0

    @property
    def done(self) -> bool:
        """Whether all of it was heard."""
        return self._speech.done and not self._on_hold and not self._port.playing

    def feed(self) -> None:
        """Play what was made since the last call."""
        clips = self._speech.ready(wait=not self._port.realtime)
        if self._on_hold:
            self._rest += tuple(clips)
        else:
            self._play(clips)

    def heard(self, frame: Frame) -> bool:
        """Take note of what the loudspeaker gave out; return whether this is the beginning."""
        self._end_s = frame.end_s
        begins = self._start_s is None and bool(frame.speaker.any())
        if begins:
            self._start_s = frame.start_s
        return begins

    def follow(self, reaction: Reaction) -> None:
        """Fall silent and keep the rest, or say it."""
        if reaction is Reaction.HOLD:
            self._hold()
        elif reaction is Reaction.RESUME:
            self._on_hold = False
            self._held += 1
            rest, self._rest = self._rest, ()
            self._play(rest)

    def _hold(self) -> None:
        if not self._on_hold:
            self._on_hold = True
            self._rest = self._port.stop()
            self._played_s -= sum(clip.duration_s for clip in self._rest)

    def cut(self, by: StoppedBy) -> Said:
        """Fall silent for good."""
        self._hold()
        self._speech.drop()
        return self.said(by)

    def said(self, by: StoppedBy = "") -> Said:
        """Return what was heard so far."""
        start_s = self._began_s if self._start_s is None else self._start_s
        text = self._speech.text if not by else self._speech.heard(self._played_s)
        return Said(start_s, self._end_s, text, by, self._held)

    def _play(self, clips: tuple[Clip, ...] | list[Clip]) -> None:
        for clip in clips:
            self._played_s += clip.duration_s
            self._port.play(clip)


class Waiting:
    """Keep the floor and say nothing, until something is ready or time is over."""

    def __init__(self, ready: Callable[[], bool], most_s: float, now_s: float) -> None:
        """Begin; `most_s` is session time in seconds."""
        self._ready = ready
        self._most_s = most_s
        self._began_s = self._end_s = now_s
        self._held = 0
        self._on_hold = False

    @property
    def done(self) -> bool:
        """Whether the wait is over; not in the middle of a voice that may go on."""
        over = self._end_s - self._began_s >= self._most_s - 1e-9
        return not self._on_hold and (over or self._ready())

    def feed(self) -> None:
        """Play nothing."""

    def heard(self, frame: Frame) -> bool:
        """Take note of the time; what comes next begins at the earliest after this frame.

        So a voice at any moment of a wait goes on with the answer before.
        """
        self._end_s = frame.end_s
        return True

    def follow(self, reaction: Reaction) -> None:
        """Stay until the voice is understood, or let the wait end."""
        self._on_hold = reaction is Reaction.HOLD
        self._held += reaction is Reaction.RESUME

    def cut(self, by: StoppedBy) -> Said:
        """Give the floor up."""
        return self.said(by)

    def said(self, by: StoppedBy = "") -> Said:
        """Return how long it was waited."""
        return Said(self._began_s, self._end_s, "", by, self._held)
