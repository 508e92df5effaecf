"""Instants and days as a person lives them: an instant with the zone it is read in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECONDS_A_DAY = 86_400


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises `ZoneInfoNotFoundError` for a name that is none."""
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant (`at`, epoch seconds) and the zone (IANA name) in which somebody reads it."""

    at: int
    zone: str

    @property
    def local(self) -> datetime:
        """The same instant as a local date and time."""
        return datetime.fromtimestamp(self.at, zone_info(self.zone))

    @property
    def day(self) -> Day:
        """The local day it falls on."""
        return Day(self.local.date(), self.zone)

    def plus(self, span: timedelta) -> Moment:
        """So much later in real time, whatever the clocks do."""
        return Moment(self.at + int(span.total_seconds()), self.zone)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day in a zone."""

    date: date
    zone: str

    def plus(self, days: int) -> Day:
        """So many days later in the calendar."""
        return Day(self.date + timedelta(days=days), self.zone)

    def at(self, hour: int, minute: int = 0) -> Moment:
        """The instant of a local time. One that does not exist moves forward by the gap; of two, the first."""
        zone = zone_info(self.zone)
        wall = datetime(self.date.year, self.date.month, self.date.day, hour, minute, tzinfo=zone)
        return Moment(int(wall.timestamp()), self.zone)


def days(number: float) -> timedelta:
    """So many times twenty-four hours."""
    return timedelta(days=number)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)
