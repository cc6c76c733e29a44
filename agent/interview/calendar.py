"""The days to practice on until the interview, spaced as `next` spaces, for a calendar."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from agent.brief import Brief
from agent.errors import BriefError
from agent.interview.due import LAST_DAYS, rest_days
from agent.text.display import flat

_MOST_BYTES = 75
"""Of a line in a calendar file (RFC 5545, 3.1); longer ones are folded."""


def practice_days(brief: Brief, today: date) -> list[date]:
    """Return the days from today on which to practice, the day of the interview not among them.

    After a session what went well rests for its share of the days left; the last days have one
    each.

    Raises:
        BriefError: the brief names no day to come.
    """
    day = date.fromisoformat(brief.interview_date) if brief.interview_date else today
    if day <= today:
        raise BriefError(
            "the brief names no day of the interview that is still to come; write it into the"
            f" brief: - interview date: {today + timedelta(days=14)}"
        )
    days = [today]
    while (left := (day - days[-1]).days) > 1:
        rest = 1 if left <= LAST_DAYS else rest_days(len(days), left)
        days.append(min(days[-1] + timedelta(days=rest), day - timedelta(days=1)))
    return days


def calendar(brief: Brief, name: str, days: Sequence[date], now: datetime) -> str:
    """Return the days and the interview as a calendar (RFC 5545); `name` is the brief's file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rehearse-aloud//EN"]
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    events = [(day, f"Rehearse: {brief.title}", f"rehearse next {name}") for day in days]
    last = date.fromisoformat(brief.interview_date)
    for day, title, told in (*events, (last, f"Interview: {brief.title}", "")):
        key = hashlib.sha256(f"{title} {day}".encode()).hexdigest()[:24]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@rehearse-aloud",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            *([f"DESCRIPTION:{_escaped(told)}"] if told else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def _escaped(text: str) -> str:
    marked = flat(text).replace("\\", "\\\\")
    return marked.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of _MOST_BYTES, each but the first after a space, no letter cut."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _MOST_BYTES:
            yield piece
            piece = " "
        piece += letter
    yield piece
