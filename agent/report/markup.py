"""Small pieces of HTML: escaping, clocks, play buttons, basis chips, icons."""

from __future__ import annotations

import html
import math
import re
from urllib.parse import quote

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that reorder the text around them (Unicode UAX 9 embeddings,
overrides and isolates); the harmless marks U+200E and U+200F stay."""
_COMMAND = re.compile("`([^`]+)`")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` without characters that cannot be written or that reorder a line."""
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))


def flat(text: str) -> str:
    """Return outside text in one line, without characters that a terminal would obey."""
    return " ".join(clean(text).split())


def esc(text: str) -> str:
    """Escape outside text for HTML content and for quoted attributes."""
    return html.escape(clean(text), quote=True)


def prose(text: str) -> str:
    """Escape outside text and show what stands in backticks as a command."""
    return _COMMAND.sub(r"<code>\1</code>", esc(text))


def clock(at_s: float) -> str:
    """Return a time as m:ss, or h:mm:ss from an hour on."""
    total = int(at_s) if math.isfinite(at_s) and at_s > 0 else 0
    minutes, seconds = divmod(total, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length(duration_s: float) -> str:
    """Return a length in words: "8 s", "1 min 20 s", "1 h 2 min"."""
    total = round(duration_s) if math.isfinite(duration_s) and duration_s > 0 else 0
    if total >= 3600:
        return f"{total // 3600} h {total % 3600 // 60} min"
    if total >= 60:
        rest = f" {total % 60} s" if total % 60 else ""
        return f"{total // 60} min{rest}"
    return f"{total} s"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 pause", "3 pauses"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def sound_url(file_name: str) -> str:
    """Return a relative URL of a file beside the page; it can never name another scheme or host."""
    return "./" + quote(file_name.encode("utf-8", "replace"), safe="/")


def who(speaker: str) -> str:
    """Return who of a panel said something, as outside text; "Interviewer" where there is one."""
    return speaker or "Interviewer"


def icon(name: str) -> str:
    """Return one of the page's icons (see SPRITE), hidden from screen readers."""
    return f'<svg class="icon" aria-hidden="true"><use href="#i-{name}"/></svg>'


def seconds(at_s: float) -> str:
    """Return a time for a data attribute: seconds, two decimals at most."""
    return f"{at_s:.2f}".rstrip("0").rstrip(".") if math.isfinite(at_s) else "0"


def play(start_s: float, end_s: float | None, label: str, sound: bool) -> str:
    """Return a button that plays from `start_s` (and stops after `end_s`), or the bare time.

    `label` is outside text that says what is heard, for screen readers.
    """
    until = end_s if end_s is not None and end_s - start_s >= 0.2 else None
    if not sound:
        return f'<span class="at">{clock(start_s)}</span>'
    end = f' data-e="{seconds(until)}"' if until is not None else ""
    name = esc(f"Play {label} at {clock(start_s)}")
    return (
        f'<button type="button" class="play" data-s="{seconds(start_s)}"{end} aria-label="{name}">'
        f"{icon('play')}<span>{clock(start_s)}</span></button>"
    )


def answer_link(name: str) -> str:
    """Return a link to the card of the answer with that short name."""
    return f'<a class="where" href="#answer-{name}">answer {name}</a>'


def basis_chip(basis: str) -> str:
    """Return how a remark came about: measured, rule or model, linked to what that means."""
    word = esc(basis)
    return f'<a class="basis {word}" href="#basis" title="How this came about">{word}</a>'


def section(name: str, title: str, body: str, lead: str = "") -> str:
    """Return a titled section; `title`, `lead` and `body` are HTML already."""
    intro = f'<p class="lead">{lead}</p>' if lead else ""
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">'
        f'<h2 id="{name}-title">{title}</h2>{intro}{body}</section>'
    )


SPRITE = """<svg class="sprite" aria-hidden="true" width="0" height="0">
<symbol id="i-play" viewBox="0 0 16 16"><path d="M4 2.2v11.6L13.5 8z"/></symbol>
<symbol id="i-pause" viewBox="0 0 16 16"><path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"/></symbol>
<symbol id="i-covered" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm-1.1 \
11.6L3.3 8l1.3-1.3 2.3 2.2 4.6-4.7 1.3 1.3z"/></symbol>
<symbol id="i-partial" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 1.8a6.2 \
6.2 0 0 1 0 12.4z"/></symbol>
<symbol id="i-contradicted" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm3.6 \
10.3-1.3 1.3L8 9.3l-2.3 2.3-1.3-1.3L6.7 8 4.4 5.7l1.3-1.3L8 6.7l2.3-2.3 1.3 1.3L9.3 8z"/></symbol>
<symbol id="i-missing" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 1.8a6.2 \
6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z"/></symbol>
</svg>"""
"""The page's icons, drawn once."""
