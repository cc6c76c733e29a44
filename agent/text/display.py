"""Outside text made harmless, and times and counts as they are shown: the one place for each."""

import math
import re

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that reorder the text around them (Unicode UAX 9 embeddings,
overrides and isolates); the harmless marks U+200E and U+200F stay."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` without characters that cannot be written or that reorder a line."""
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))


def flat(text: str) -> str:
    """Return outside text in one line, without characters that a terminal would obey."""
    return " ".join(clean(text).split())


def clock(at_s: float) -> str:
    """Return a time as m:ss, or h:mm:ss from an hour on; the second that has begun."""
    minutes, seconds = divmod(int(_bounded(at_s)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length(duration_s: float) -> str:
    """Return a length in words: "8 s", "1 min 20 s", "1 h 2 min"."""
    total = round(_bounded(duration_s))
    if total >= 3600:
        return f"{total // 3600} h {total % 3600 // 60} min"
    if total >= 60:
        rest = f" {total % 60} s" if total % 60 else ""
        return f"{total // 60} min{rest}"
    return f"{total} s"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 pause", "3 pauses"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def who(speaker: str) -> str:
    """Return who of a panel said something; "Interviewer" where there is one."""
    return speaker or "Interviewer"


def _bounded(seconds: float) -> float:
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0
