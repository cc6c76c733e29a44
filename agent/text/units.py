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


_MONTH_S = 365.25 * 86_400 / 12
_TABLE = f"""
time 1e-9 ns nanosecond nanoseconds
time 1e-6 µs us microsecond microseconds
time 1e-3 ms millisecond milliseconds millis msec
time 1 s second seconds sec secs
time 60 min minute minutes mins
time 3600 h hour hours hr hrs
time 86400 day days
time 604800 week weeks wk wks
time {_MONTH_S} month months
time {12 * _MONTH_S} year years yr yrs
time {120 * _MONTH_S} decade decades
ratio 0.01 % percent
money 1 $ dollar dollars bucks usd
money 0.01 ¢ cent cents
euro 1 € euro euros eur
pounds 1 £ pound pounds lbs lb
bytes 1e3 kB kb kilobyte kilobytes
bytes 1e6 MB mb megabyte megabytes megs
bytes 1e9 GB gb gigabyte gigabytes gig gigs
bytes 1e12 TB tb terabyte terabytes
bytes 1e15 PB pb petabyte petabytes
length 1e-3 mm millimeter millimeters
length 1e-2 cm centimeter centimeters
length 1 m meter meters metre metres
length 1e3 km kilometer kilometers
length 1609.344 mile miles
length 0.3048 ft foot feet
mass 1e-6 mcg microgram micrograms
mass 1e-3 mg milligram milligrams
mass 1 g gram grams
mass 1e3 kg kilogram kilograms kilos
volume 1e-3 ml milliliter milliliters
volume 1 l liter liters litre litres
times 1 x times fold
frequency 1 Hz hz hertz
frequency 1e3 kHz khz kilohertz
frequency 1e6 MHz mhz
degrees 1 ° degree degrees
"""
UNITS = {
    word: Unit(words[0], kind, float(factor))
    for kind, factor, *words in map(str.split, _TABLE.strip().splitlines())
    for word in words
}
"""Every unit by its word or sign."""
ONLY_TOUCHING = frozenset("s h m g l x us ft lb % ° ¢ $ € £".split())
"""Units only against digits: "25s", "10x"; alone they mean something else."""
MONEY_SIGNS = frozenset("$€£")
"""They stand before their number."""
SHARE = Unit("share", "ratio", 1.0)
"""The unit of a fraction: three quarters is 75 percent."""
