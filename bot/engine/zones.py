"""Where somebody lives, by what time it is for them: typed as a clock time, a city or country, a zone or an offset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.engine.moments import zone_info
from bot.engine.parsers import Parser, Reading, read_clock
from bot.engine.session import Json
from bot.engine.times import read_time

_QUARTER = 900  # seconds; every zone is a whole number of quarters from UTC
_AN_HOUR, _HALF_A_DAY, _A_DAY = 3_600, 43_200, 86_400
_WEST, _EAST = -12 * _AN_HOUR, 14 * _AN_HOUR  # how far clocks are from UTC
_SHARE = 3  # zones for each of two readings of a time: what fits below a question

_OFFSET = re.compile(r"(utc|gmt)?\s*(?:([+\-\u2212±])\s*(\d{1,2})(?::?([0-5]\d))?)?", re.IGNORECASE)
_ON_TWELVE_HOURS = re.compile(r"([1-9]|1[0-2])(?:\s*[:.]\s*\d{2})?")  # "9:05" may be the evening, "09:05" is not


def read_offset(text: str) -> int | None:
    """Seconds ahead of UTC: UTC+2, GMT-3:30, +02:00, utc. None for anything else."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    _, sign, hours, minutes = found.groups()
    ahead = int(hours or 0) * _AN_HOUR + int(minutes or 0) * 60
    offset = ahead if sign in {"+", "±", None} else -ahead
    return offset if _WEST <= offset <= _EAST else None


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones (IANA names) that something typed can mean. `named`: it was the name of a place; else they are zones
    that have a time in common today, which says nothing about next summer."""

    names: tuple[str, ...]
    named: bool

    @property
    def certain(self) -> bool:
        """Whether there is nothing left to ask."""
        return self.named and len(self.names) == 1


class _Zones:
    """A city or country, a zone, an offset from UTC, or what time it is."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        named = [*reading.vocabulary.city(text)]
        names = named or [*_by_offset(text, reading)] or [*_by_time(text, reading)]
        return {"zones": [*names], "named": bool(named)} if names else None

    def load(self, value: Json) -> Zones | None:
        match value:
            case {"zones": [*names], "named": bool(named)} if names and all(isinstance(name, str) for name in names):
                return Zones(tuple(map(str, names)), named)
            case _:
                return None


def _by_offset(text: str, reading: Reading) -> tuple[str, ...]:
    offset = read_offset(text)
    return () if offset is None else reading.vocabulary.zones_at(offset, reading.moment.at)


def _by_time(text: str, reading: Reading) -> tuple[str, ...]:
    """The zones where it is that time now; of a time on twelve hours both readings, the likelier one first."""
    clock, at = read_clock(text) or read_time(text, reading.vocabulary), reading.moment.at
    if clock is None:
        return ()
    ahead = clock.hour * _AN_HOUR + clock.minute * 60 - at % _A_DAY
    offset = _within_a_day(round(ahead / _QUARTER) * _QUARTER)
    if not _ON_TWELVE_HOURS.fullmatch(text.strip()):
        return _at(offset, reading)
    here = _offset_of(reading.moment.zone, at)
    both = sorted((offset, _within_a_day(offset + _HALF_A_DAY)), key=lambda o: abs(_within_a_day(o - here)))
    likely, other = (_at(each, reading) for each in both)
    return (*likely[:_SHARE], *other[:_SHARE])


def _at(offset: int, reading: Reading) -> tuple[str, ...]:
    """The zones of that offset, and those where it is the same time a day later."""
    known, at = reading.vocabulary, reading.moment.at
    return (*known.zones_at(offset, at), *(known.zones_at(offset + _A_DAY, at) if offset + _A_DAY <= _EAST else ()))


def _within_a_day(seconds: int) -> int:
    return (seconds + _HALF_A_DAY) % _A_DAY - _HALF_A_DAY


def _offset_of(zone: str, at: int) -> int:
    ahead = datetime.fromtimestamp(at, zone_info(zone)).utcoffset()
    return int(ahead.total_seconds()) if ahead is not None else 0


ZONES: Parser[Zones] = _Zones()
