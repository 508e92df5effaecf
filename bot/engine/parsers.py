"""How typed words become values, in two halves: `read` once, with the time and zone of the message; `load` at every
later run, which checks the type only."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Protocol, TypeVar

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.session import Json
from bot.engine.text import Words

T_co = TypeVar("T_co", covariant=True)


class Vocabulary(Protocol):
    """What a language knows: names of days, words for today, and cities with their zones."""

    @property
    def weekdays(self) -> Mapping[str, int]:
        """Names of the days in small letters, Monday 0 to Sunday 6."""
        ...

    @property
    def today(self) -> Collection[str]:
        """Words for today."""
        ...

    @property
    def tomorrow(self) -> Collection[str]:
        """Words for tomorrow."""
        ...

    def city(self, text: str) -> tuple[str, ...]:
        """The zones (IANA names) whose city has that name."""
        ...

    def zones_at(self, offset: int, at: int) -> tuple[str, ...]:
        """A few well-known zones that are `offset` seconds from UTC at that instant."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The circumstances of a message: who wrote it, when, in which zone and language."""

    by: PersonId
    moment: Moment
    vocabulary: Vocabulary


class Parser(Protocol[T_co]):
    """Reads what was typed. `free`: any words will do, as they are."""

    free: bool

    def read(self, text: str, reading: Reading) -> Json:
        """The value as JSON, or None when it was not understood."""
        ...

    def load(self, value: Json) -> T_co | None:
        """The value from its JSON, or None when it is of another type."""
        ...


class _Thought:
    """Any words that are not blank."""

    free = True

    def read(self, text: str, reading: Reading) -> Json:
        return {"words": [text.strip()], "by": reading.by} if text.strip() else None

    def load(self, value: Json) -> Words | None:
        return load_words(value)


def load_words(value: Any) -> Words | None:
    """Typed words from their JSON; None for anything else."""
    if isinstance(value, dict) and isinstance(value.get("words"), list):
        return Words(tuple(value["words"]), PersonId(value["by"]))
    return None


_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|uhr|o'clock)?", re.IGNORECASE)
_HALF_DAY = 12


def read_clock(text: str) -> time | None:
    """A time of day: 19:30, 19.30, 7 pm, 7:30pm, 19h, 19 Uhr, 19. None for anything else, 25:00 too."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower().replace(".", "")
    if half in {"am", "pm"}:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


class _Clock:
    """A time of day."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        clock = read_clock(text)
        return None if clock is None else clock.isoformat("minutes")

    def load(self, value: Json) -> time | None:
        try:
            return time.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


class _Day:
    """A day that is not over yet: today, tomorrow, the name of a weekday, 2027-01-31."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        today = reading.moment.day.date
        day = _read_day(text.strip().casefold(), today, reading.vocabulary)
        return day.isoformat() if day is not None and day >= today else None

    def load(self, value: Json) -> date | None:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


def _read_day(word: str, today: date, vocabulary: Vocabulary) -> date | None:
    if word in vocabulary.today:
        return today
    if word in vocabulary.tomorrow:
        return today + timedelta(days=1)
    if word in vocabulary.weekdays:
        return today + timedelta(days=(vocabulary.weekdays[word] - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


_QUARTER = 900  # seconds; every zone is a whole number of quarters from UTC
_HALF_A_DAY, _A_DAY = 43_200, 86_400


class _Zones:
    """A city, or what time it is for the writer: the zones that this can mean."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        clock = read_clock(text)
        if clock is None:
            return [*reading.vocabulary.city(text)] or None
        here = clock.hour * 3600 + clock.minute * 60
        ahead = round((here - reading.moment.at % _A_DAY) / _QUARTER) * _QUARTER
        offset = (ahead + _HALF_A_DAY) % _A_DAY - _HALF_A_DAY
        return [*reading.vocabulary.zones_at(offset, reading.moment.at)] or None

    def load(self, value: Json) -> tuple[str, ...] | None:
        if isinstance(value, list) and value and all(isinstance(zone, str) for zone in value):
            return tuple(str(zone) for zone in value)
        return None


THOUGHT: Parser[Words] = _Thought()
CLOCK: Parser[time] = _Clock()
DAY: Parser[date] = _Day()
ZONES: Parser[tuple[str, ...]] = _Zones()
