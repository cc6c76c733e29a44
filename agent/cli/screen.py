"""The interview on the terminal: the question, the words as understood, a meter and a clock."""

from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from agent.console import WIDTH, shortened, wrapped
from agent.interview.keys import HELP
from agent.session.turns import Move
from agent.text.display import clock, flat
from voice.speech.transcript import text_of
from voice.turns.talk import ChannelEvent, Heard, Level, Notice, WordsHeard

METER_CELLS = 20
METER_FLOOR_DBFS = -60.0
"""The meter's left end; ordinary speech lies between -40 and -15."""
_WITHOUT_WORDS = {"skip": "(skipped)", "repeat": "(once more, please)", "finish": "", "ended": ""}
"""What is shown for a turn without words, by what ended it; "(no answer)" for others."""


def meter(level_dbfs: float) -> str:
    """Return a level as a bar of METER_CELLS cells."""
    share = 1.0 - level_dbfs / METER_FLOOR_DBFS
    full = round(max(0.0, min(1.0, share)) * METER_CELLS)
    return "█" * full + "░" * (METER_CELLS - full)


class Screen:
    """Show an interview; plain lines where the output is no terminal. A context manager."""

    def __init__(self, console: Console, *, keys: bool, meter: bool = True) -> None:
        """Show on `console`, with the keys named, and a status with `meter` and clock below."""
        self._console = console
        self._width = min(WIDTH, console.width)
        self._keys = keys
        self._moving = meter and console.is_terminal
        self._live: Live | None = None
        self._question = ""
        self._words: list[str] = []
        self._level = Level(0.0, METER_FLOOR_DBFS, listening=False)
        self._now_s = 0.0

    def __enter__(self) -> Self:
        if self._moving:
            self._live = Live(
                console=self._console, transient=True, auto_refresh=False, redirect_stderr=False
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def on_move(self, move: Move) -> None:
        """Show what the interviewer says."""
        self._question = move.text if move.kind in ("question", "follow_up") else self._question
        self._words = []
        self._print(move.speaker or "Interviewer", move.spoken, "bold cyan", self._now_s)

    def on_heard(self, heard: Heard) -> None:
        """Show the turn as it was understood."""
        self._words = []
        self._now_s = max(self._now_s, heard.end_s)
        said = heard.text or _WITHOUT_WORDS.get(heard.ended_by, "(no answer)")
        if said:
            self._print("You", said, "bold green", heard.start_s)

    def on_event(self, event: ChannelEvent) -> None:
        """Show a level, words or a notice."""
        if isinstance(event, Level):
            self._level = event
            self._now_s = event.session_s
        elif isinstance(event, WordsHeard):
            self._words.append(text_of(event.words))
        elif isinstance(event, Notice):
            self._print("Note", event.text, "bold yellow", self._now_s)
        self._refresh()

    def _print(self, who: str, text: str, style: str, at_s: float) -> None:
        head = f"{clock(at_s):>5} {flat(who)}: "
        shown = Text("\n".join(wrapped(text, head, " " * 6, self._width)))
        shown.stylize(style, 0, len(head))
        self._console.print(shown, soft_wrap=True)
        self._refresh()

    def _refresh(self) -> None:
        if self._live is not None:
            self._live.update(self._status(), refresh=True)

    def _status(self) -> Text:
        state = "listening" if self._level.listening else "one moment"
        lines = [f"{clock(self._level.session_s):>5}  {meter(self._level.level_dbfs)}  {state}"]
        if self._words:
            lines += wrapped(" ".join(self._words), width=self._width - 2)[-3:]
        if self._question:
            lines.append("Q: " + shortened(self._question, self._width - 4))
        if self._keys:
            lines.append(HELP)
        return Text("\n".join(line[: self._width] for line in lines), style="dim")
