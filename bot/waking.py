"""When somebody may be spoken to unasked: outside their quiet hours, and not long after the hour that was meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from bot.engine.moments import Day, Moment, zone_info
from bot.people import Couple, Person

A_MINUTE: Final = 60
LATEST: Final = 3 * 3_600  # seconds after its hour in which a prompt still goes (architecture 4)
DAYS: Final = 2  # so many days late it is dropped


def rest_ends(couple: Couple, zones: Iterable[str]) -> int:
    """When a couple's rest is over (epoch seconds): its day begins for the first of them; 0 where there is none."""
    if couple.rests_until is None:
        return 0
    day = Moment(couple.rests_until, "UTC").day.date
    return min(Day(day, _known(zone)).at(0).at for zone in zones)


def waking_minute(reader: Person, at: int) -> int:
    """The first moment from `at` on that is outside the reader's quiet hours."""
    zone = _known(reader.zone)
    local = Moment(at, zone).local
    minute = local.hour * 60 + local.minute
    start, end = reader.quiet_from, reader.quiet_to
    quiet = start <= minute < end if start <= end else minute >= start or minute < end
    if not quiet:
        return at
    today = Day(local.date(), zone)
    day = today if minute < end else today.plus(1)
    # at the end of summer time, the first of the two hours may have passed already
    return max(day.at(*divmod(end, 60)).at, at + A_MINUTE)


def in_time(reader: Person, planned: int, now: int) -> int | None:
    """When a prompt that was planned for that moment goes, from now on: up to three hours late, else at the same hour
    the next day, never in quiet hours; None when it would be two days late. An hour that is itself quiet is taken for
    the first minute after."""
    for days in range(DAYS):
        hour = waking_minute(reader, days_later(reader, planned, days))
        goes = waking_minute(reader, max(hour, now))
        if goes <= hour + LATEST:
            return goes
    return None


def days_later(reader: Person, at: int, days: int) -> int:
    """The same hour so many days later, by the reader's clock."""
    if not days:
        return at
    local = Moment(at, _known(reader.zone))
    return local.day.plus(days).at(local.local.hour, local.local.minute).at + at % A_MINUTE


def _known(zone: str) -> str:
    """The zone; UTC for one that the time zone database no longer has, as one person must not stop the others."""
    try:
        zone_info(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return zone
