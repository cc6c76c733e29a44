"""The interview on a terminal and where there is none."""

import io

from rich.console import Console

from agent.cli.screen import METER_CELLS, Screen, meter
from agent.session.turns import Move
from voice.speech.transcript import Word
from voice.turns.talk import Heard, Level, Notice, WordsHeard

QUESTION = Move("question", "How would you build it, [bold]and why[/bold]?", "rule plan", 0)


def shown(*, terminal: bool, keys: bool = False) -> str:
    """Return what is printed of a few events."""
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=terminal, color_system=None)
    with Screen(console, keys=keys) as screen:
        screen.on_move(QUESTION)
        screen.on_event(Level(65.0, -20.0, listening=True))
        screen.on_event(WordsHeard((Word("with", 60, 61), Word("care", 61, 62))))
        screen.on_event(Notice(66.0, "the microphone is back, go on"))
        screen.on_heard(Heard((Word("with", 60, 61), Word("care " * 40, 61, 62)), 60, 62, "done"))
        screen.on_heard(Heard((), 0, 1, "skip"))
        screen.on_heard(Heard((), 0, 1, "no_speech"))
        screen.on_heard(Heard((), 0, 1, "ended"))
        screen.on_move(Move("question", "Why?", "", speaker="Pri\x1b[1mya\n"))
    return out.getvalue()


def test_plain_lines_where_there_is_no_terminal() -> None:
    text = shown(terminal=False)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert " 0:00 Interviewer: How would you build it, [bold]and why[/bold]?" in text
    assert "1:05 Note: the microphone is back, go on" in text
    assert "1:00 You: with care" in text
    assert text.endswith(" 0:00 You: (skipped)\n 0:00 You: (no answer)\n 1:05 Pri[1mya: Why?\n")


def test_a_terminal_shows_meter_words_question_and_keys() -> None:
    text = shown(terminal=True, keys=True)
    for part in ("█", "listening", "with care", "Q: How would you", "r repeat"):
        assert part in text


def test_the_meter_has_always_its_width() -> None:
    assert {len(meter(level)) for level in (-200.0, -61.0, -20.0, 0.0, 50.0)} == {METER_CELLS}
