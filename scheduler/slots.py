"""When a weekly prompt is due: once a local week, whatever the clocks of its zone do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Final

from bot.engine.moments import Day

TIMES: Final = 4_096  # slots of some day that are kept: those of one evening are asked for again and again


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the week: local weekday (Monday 0 to Sunday 6) and minute of the day (0 to 1439)."""

    weekday: int
    minute: int


def next_due(slot: Slot, zone: str, after: int) -> int:
    """The slot's next time in that zone (IANA name), strictly after `after`; epoch seconds.

    A local time that does not exist moves forward by the gap; of one that exists twice, the first is taken.
    """
    return couple_due(slot, (zone, zone), after)


def couple_due(slot: Slot, zones: tuple[str, str], after: int) -> int:
    """The earlier of two people's local times on the slot's day, strictly after `after`.

    Both times of one calendar day are one occurrence, so that the later of them is never a second prompt.
    """
    return next(due for day in _days(slot, after) if (due := min(_at(slot, day, zone) for zone in {*zones})) > after)


def _days(slot: Slot, after: int) -> Iterator[date]:
    """The slot's day of each week.

    It begins a week early: local dates are up to a day from those of UTC, and where a whole day was skipped a
    time moves into the next week.
    """
    today = datetime.fromtimestamp(after, UTC).date()
    monday = today - timedelta(days=today.weekday())
    return (monday + timedelta(weeks=week, days=slot.weekday) for week in count(-1))


@lru_cache(maxsize=TIMES)
def _at(slot: Slot, day: date, zone: str) -> int:
    return Day(day, zone).at(*divmod(slot.minute, 60)).at
