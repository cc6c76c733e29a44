"""Word error rate: the word edits between what was said and what was recognized."""

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"))
_TOKEN = re.compile(r"\d+(?:,\d{3})+|\d+|[^\W\d_]+(?:'[^\W\d_]+)*")


def spoken(number: int) -> list[str]:
    """Return a whole number from 0 to 999,999,999,999 as English words, without "and"."""
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        return [_TENS[number // 10], *(spoken(number % 10) if number % 10 else [])]
    if number < 1000:
        return [_ONES[number // 100], "hundred", *(spoken(number % 100) if number % 100 else [])]
    for size, name in _SCALES:
        if number >= size:
            rest = spoken(number % size) if number % size else []
            return [*spoken(number // size), name, *rest]
    raise AssertionError(number)


def normalized(text: str) -> list[str]:
    """Return lower-case words: no punctuation, hyphens and camel case split, digits as words.

    A year such as 2019 becomes "two thousand nineteen": write years as spoken in references.
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = parted.lower().replace("’", "'").replace("%", " percent ")
    plain = plain.replace("yknow", "you know")
    plain = re.sub(r"(\d)\.(\d)", r"\1 point \2", plain)
    words: list[str] = []
    for token in _TOKEN.findall(plain):
        digits = token.replace(",", "")
        words += spoken(int(digits)) if digits.isdigit() and len(digits) <= 12 else [token]
    return words


def edits(reference: list[str], hypothesis: list[str]) -> int:
    """Return the fewest substitutions, insertions and deletions between two word lists."""
    row = list(range(len(hypothesis) + 1))
    for i, said in enumerate(reference, 1):
        above, row[0] = row[0], i
        for j, heard in enumerate(hypothesis, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (said != heard))
    return row[-1]


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Return edits per word of the reference, 0.0 and up; for an empty one, words heard."""
    said = normalized(reference)
    return edits(said, normalized(hypothesis)) / max(1, len(said))
