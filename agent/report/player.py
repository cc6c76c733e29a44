"""The player at the foot of the page."""

from __future__ import annotations

from agent.analysis import About
from agent.report.markup import clock, esc, icon, seconds, sound_url


def player(about: About) -> str:
    """Return the sound with its controls; the browser's own stand there until ours work."""
    speeds = "".join(
        f'<option value="{speed}"{" selected" if speed == "1" else ""}>{speed}×</option>'
        for speed in ("0.75", "1", "1.25", "1.5")
    )
    name = esc(about.audio)
    return (
        '<div class="player" role="region" aria-label="Player">'
        f'<audio id="sound" controls preload="metadata" src="{esc(sound_url(about.audio))}"'
        f' data-name="{name}"></audio>'
        '<div class="controls" hidden>'
        f'<button type="button" id="toggle" aria-label="Play">{icon("play")}{icon("pause")}'
        "</button>"
        '<button type="button" id="back" aria-label="−5 s, back five seconds">−5 s</button>'
        '<span class="time"><span id="now">0:00</span>'
        f'<span class="total"> / <span id="total">{clock(about.duration_s)}</span></span></span>'
        '<input type="range" id="seek" min="0" step="0.1" value="0" aria-label="Position"'
        f' max="{seconds(max(about.duration_s, 0.1))}">'
        f'<select id="speed" aria-label="Speed">{speeds}</select></div>'
        '<p id="trouble" role="status"></p></div>\n'
    )
