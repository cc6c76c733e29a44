"""One text on its way out: fed to the port as it is made, held, resumed or cut; or a silence."""

from collections.abc import Callable

from voice.audio.clip import Clip
from voice.audio.port import Frame, Port
from voice.turns.bargein import Reaction
from voice.turns.talk import Said, StoppedBy
from voice.turns.workers import Speech


class Waiting(Speech):
    """A text without words that lasts until `over` says so."""

    def __init__(self, over: Callable[[], bool]) -> None:
        super().__init__("", ())
        self._over = over

    @property
    def done(self) -> bool:
        """Whether the wait is over."""
        return self._over()


class Playback:
    """Let the port play a text, and know what of it was heard."""

    def __init__(self, speech: Speech, port: Port, now_s: float) -> None:
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
        """Whether all of it was heard; not in the middle of a voice that may go on."""
        return not self._on_hold and self._speech.done and not self._port.playing

    def feed(self) -> None:
        """Play what was made since the last call."""
        clips = self._speech.ready(wait=not self._port.realtime)
        if self._on_hold:
            self._rest += tuple(clips)
        else:
            self._play(clips)

    def heard(self, frame: Frame) -> bool:
        """Take note of what the loudspeaker gave out; return whether the text is yet to begin."""
        self._end_s = frame.end_s
        if isinstance(self._speech, Waiting):
            return True
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

    def _hold(self) -> None:
        if not self._on_hold:
            self._on_hold = True
            self._rest = self._port.stop()
            self._played_s -= sum(clip.duration_s for clip in self._rest)

    def _play(self, clips: tuple[Clip, ...] | list[Clip]) -> None:
        for clip in clips:
            self._played_s += clip.duration_s
            self._port.play(clip)
