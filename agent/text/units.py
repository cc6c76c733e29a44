"""Units as said and written, each with its kind and its size in that kind's base unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """One unit of measurement."""

    name: str
    """Short canonical name: ms, h, %, $…"""
    kind: str
    """What it measures: time, ratio, money, bytes, length, mass, volume, times, frequency."""
    factor: float
    """One of it in the base unit of its kind: seconds, 1, dollars, bytes, meters, grams, liters."""


def _table(kind: str, rows: dict[str, float]) -> dict[str, Unit]:
    return {
        word: Unit(words.split()[0], kind, factor)
        for words, factor in rows.items()
        for word in words.split()
    }


_MONTH_S = 365.25 * 86_400 / 12
WORD_UNITS: dict[str, Unit] = (
    _table(
        "time",
        {
            "ns nanosecond nanoseconds": 1e-9,
            "µs us microsecond microseconds": 1e-6,
            "ms millisecond milliseconds millis msec": 1e-3,
            "s second seconds sec secs": 1.0,
            "min minute minutes mins": 60.0,
            "h hour hours hr hrs": 3600.0,
            "day days": 86_400.0,
            "week weeks wk wks": 604_800.0,
            "month months": _MONTH_S,
            "year years yr yrs": 12 * _MONTH_S,
            "decade decades": 120 * _MONTH_S,
        },
    )
    | _table("ratio", {"% percent": 0.01})
    | _table("money", {"$ dollar dollars bucks usd": 1.0, "¢ cent cents": 0.01})
    | _table("euro", {"€ euro euros eur": 1.0})
    | _table("pounds", {"£ pound pounds lbs lb": 1.0})
    | _table(
        "bytes",
        {
            "B byte bytes": 1.0,
            "kB kb kilobyte kilobytes": 1e3,
            "MB mb megabyte megabytes megs": 1e6,
            "GB gb gigabyte gigabytes gig gigs": 1e9,
            "TB tb terabyte terabytes": 1e12,
            "PB pb petabyte petabytes": 1e15,
        },
    )
    | _table(
        "length",
        {
            "mm millimeter millimeters": 1e-3,
            "cm centimeter centimeters": 1e-2,
            "m meter meters metre metres": 1.0,
            "km kilometer kilometers": 1e3,
            "mile miles": 1609.344,
            "ft foot feet": 0.3048,
        },
    )
    | _table(
        "mass",
        {
            "mcg microgram micrograms": 1e-6,
            "mg milligram milligrams": 1e-3,
            "g gram grams": 1.0,
            "kg kilogram kilograms kilos": 1e3,
        },
    )
    | _table("volume", {"ml milliliter milliliters": 1e-3, "l liter liters litre litres": 1.0})
    | _table("times", {"x times fold": 1.0})
    | _table("frequency", {"Hz hz hertz": 1.0, "kHz khz kilohertz": 1e3, "MHz mhz": 1e6})
    | _table("degrees", {"° degree degrees": 1.0})
)
"""Every unit by its lower-case word."""

ONLY_TOUCHING = frozenset("s h m g l b x us ft lb".split())
"""Words that are units only against digits: "25s", "10x"; alone they mean something else."""

SIGN_UNITS = {sign: WORD_UNITS[sign] for sign in ("$", "€", "£", "%", "°", "¢")}
PREFIX_SIGNS = frozenset("$€£")
