"""The day of the interview as people write it: read where it is certain, never guessed."""

import re
from datetime import date

_MONTHS = {
    word: number
    for number, words in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
        "|september sept sep|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for word in words.split()
}
_NAMED = rf"(?P<month>{'|'.join(_MONTHS)})\b\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}\s?(?P<mark>[-/.])\s?(?P<month>\d\d?)\s?(?P=mark)\s?(?P<day>\d\d?)(?!\d)"),
    re.compile(rf"{_DAY}[\s-]+(?:of )?{_NAMED}[\s,-]+{_YEAR}"),
    re.compile(rf"(?<![a-z]){_NAMED}[\s-]*{_DAY}[\s,-]+{_YEAR}"),
)  # fmt: skip
_RANGE = re.compile(rf"\d\s?(?:[-–/&]|or|to|and)\s?{_DAY}\s{_NAMED}")
_WHAT_TO_WRITE = "write it as 2026-12-03"


def read_date(text: str) -> tuple[str, str]:
    """Return the one day that a text names as YYYY-MM-DD, and "" or what is wrong with it.

    Understood are "2026-12-03", "3 December 2026", "Dec 3rd, 2026" with a weekday or an hour
    beside them; of "3/12/2026" nobody knows which the month is.
    """
    words = " ".join(text.lower().split())
    if not words:
        return "", ""
    hits = (hit for form in _FORMS for hit in form.finditer(words))
    found = {_iso(hit["year"], hit["month"], hit["day"]) for hit in hits} - {""}
    if len(found) > 1 or _RANGE.search(words):
        return "", f"names several days; {_WHAT_TO_WRITE}"
    return (found.pop(), "") if found else ("", f"leaves day, month or year open; {_WHAT_TO_WRITE}")


def days_left(interview_date: str, today: date) -> int | None:
    """Return the days from `today` to a date as in Brief.interview_date, None for any other."""
    try:
        return (date.fromisoformat(interview_date) - today).days
    except ValueError:
        return None


def _iso(year: str, month: str, day: str) -> str:
    """Return the day as YYYY-MM-DD, "" for one that does not exist."""
    number = _MONTHS.get(month) or int(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
