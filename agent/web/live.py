"""The one interview that is held through the page, on a thread of its own."""

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from queue import Empty, SimpleQueue
from typing import Literal, Self
from urllib.parse import quote

from agent.analysis.recognition import heard_live
from agent.errors import RehearseError
from agent.interview.keys import Keys
from agent.interview.start import Stage, Wish, hold_spoken, spoken_stage
from agent.report.results import write_results
from agent.session.in_use import MicrophoneLock
from agent.session.turns import Move
from agent.text.display import flat, who
from voice.ports.browser import BrowserPort
from voice.speech.transcript import text_of
from voice.turns.controls import Control
from voice.turns.talk import ChannelEvent, Gap, Heard, Level, Notice, WordsHeard

State = Literal["idle", "preparing", "running", "analyzing", "done", "failed"]
Tell = Callable[[dict[str, object]], None]
_ENDS_WITHIN_S = 5.0
"""How long a stopping server waits for the last second of sound to be written."""


class Buttons(Keys):
    """The page's buttons in place of the terminal's keys."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: SimpleQueue[Control] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def press(self, control: Control) -> None:
        """Press a button; may be called from another thread."""
        self._waiting.put(control)

    def pressed(self) -> Control | None:
        """Return a button pressed since the last call, or None."""
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None


@dataclass(frozen=True)
class Shown:
    """What a page that has just been loaded shows of the interview."""

    state: State = "idle"
    title: str = ""
    who: str = ""
    """Who asked last."""
    question: str = ""
    at_s: float = 0.0
    """Session time in seconds, without what was paused or lost."""
    paused: bool = False
    share: float = 0.0
    """How far the analysis is, 0 to 1."""
    text: str = ""
    """What went wrong, "" where nothing did."""
    url: str = ""
    """Where its report is, "" before there is one."""


class Live:
    """Prepare an interview, hold it, analyze it, and tell the page how it goes."""

    def __init__(self) -> None:
        self.shown = Shown()
        self.port = BrowserPort()
        self._gaps_s = self._gaps_end_s = 0.0
        self._tell: Tell | None = None
        self._buttons = Buttons()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._microphone = MicrophoneLock()

    @property
    def busy(self) -> bool:
        """Whether an interview is being held or analyzed."""
        return self.shown.state in ("preparing", "running", "analyzing")

    def refuse_while_busy(self) -> None:
        """Raise RehearseError while an interview is being held or analyzed."""
        if self.busy:
            raise RehearseError("an interview is running; end it first")

    @property
    def watched(self) -> bool:
        """Whether a page follows it."""
        return self._tell is not None

    def watch(self, tell: Tell) -> None:
        """Let a page follow; a running interview waits for it to be told to go on."""
        self._tell = tell
        if self.shown.state in ("preparing", "running"):
            self.port.rest()
        self._say({"is": "state", **asdict(self.shown)})

    def unwatch(self) -> None:
        """The page has gone: the interview stands still until it is back."""
        self._tell = None
        self.port.disconnect()
        if self.shown.state == "running" and not self.shown.paused:
            self.press(Control.PAUSE)

    def begin(self, wish: Wish, title: str) -> None:
        """Begin an interview; RehearseError where another one runs, here or in a terminal."""
        with self._lock:
            self.refuse_while_busy()
            if holder := self._microphone.take("the browser"):
                raise RehearseError(
                    f"the microphone is in use by {holder}; end that one, then press Start again"
                )
            self._buttons = Buttons()
            self._gaps_s = self._gaps_end_s = 0.0
            self._become("preparing", title=title, reset=True)
        self._thread = threading.Thread(target=self._run, args=(wish,), name="live", daemon=True)
        self._thread.start()

    def press(self, control: Control) -> None:
        """Do what a button asks for."""
        if self.shown.state != "running":
            return
        if control is Control.PAUSE:
            self._change(paused=not self.shown.paused)
        elif self.shown.paused and control is not Control.FINISH:
            return
        elif self.shown.paused:
            self._change(paused=False)
            if self.port.rests:  # nobody would hear the closing
                self.port.close()
        self._buttons.press(control)

    def close(self) -> None:
        """End what runs as interrupted, with its last second written."""
        self.unwatch()
        if self._thread is not None and self.shown.state == "running":
            self.port.close()
            self._thread.join(_ENDS_WITHIN_S)

    # -- who follows the interview (agent.rehearsal.Audience)

    def on_move(self, move: Move) -> None:
        """Show who speaks, and what is asked."""
        asks = move.kind in ("question", "follow_up")
        name = flat(who(move.speaker))
        self.shown = replace(
            self.shown, who=name, question=flat(move.text) if asks else self.shown.question
        )
        self._say({"is": "move", "who": name, "text": flat(move.spoken), "asks": asks})

    def on_heard(self, heard: Heard) -> None:
        """Show that the turn has ended."""
        self._say({"is": "heard", "by": heard.ended_by})

    def on_event(self, event: ChannelEvent) -> None:
        """Show level, words and notices."""
        if isinstance(event, Level):
            at_s = event.session_s - self._gaps_s
            self.shown = replace(self.shown, at_s=at_s)
            self._say({"is": "level", "at_s": round(at_s, 1), "hears": event.listening})
        elif isinstance(event, Gap):
            start_s = max(event.start_s, self._gaps_end_s)  # sound is lost in a pause, too
            self._gaps_s += max(0.0, event.end_s - start_s)
            self._gaps_end_s = max(event.end_s, self._gaps_end_s)
        elif isinstance(event, WordsHeard):
            self._say({"is": "words", "text": flat(text_of(event.words))})
        elif isinstance(event, Notice):
            self._say({"is": "notice", "text": flat(event.text)})

    # -- the thread

    def _run(self, wish: Wish) -> None:
        try:
            with self._microphone:
                stage = spoken_stage(wish)
                self._hold(stage)
            self._become("analyzing")
            source = heard_live(stage.recognizer, stage.meta.brief, None, lambda _: None)
            write_results(stage.folder, source, progress=self._progress)
            self._become("done", url=f"/session/{quote(stage.folder.name)}/")
        except RehearseError as error:
            self._become("failed", text=flat(str(error)))
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            self._become(
                "failed",
                text=f"Rehearse failed ({type(error).__name__}). What was recorded is kept; the"
                " terminal shows what to report.",
            )

    def _hold(self, stage: Stage) -> None:
        """Hold the interview; one that breaks off with something recorded is no failure."""
        try:
            with self.port as port:
                self._become("running")
                hold_spoken(stage, port, [self], self._buttons)
        except RehearseError as error:
            if not stage.session.begun:
                raise
            self._say({"is": "notice", "text": flat(str(error))})

    def _progress(self, share: float) -> None:
        self.shown = replace(self.shown, share=share)
        self._say({"is": "progress", "share": round(share, 3)})

    def _become(self, state: State, *, reset: bool = False, **more: str) -> None:
        before = Shown() if reset else self.shown
        self.shown = replace(before, state=state, paused=False, **more)  # type: ignore[arg-type]
        self._say({"is": "state", **asdict(self.shown)})

    def _change(self, *, paused: bool) -> None:
        self.shown = replace(self.shown, paused=paused)
        self._say({"is": "pause", "paused": paused})

    def _say(self, message: dict[str, object]) -> None:
        if (tell := self._tell) is not None:
            tell(message)
