"""How typed words become values, in two halves: `read` once, with the time and zone of the message; `load` at every
later run, which checks the type only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol, TypeVar

from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.engine.pieces import Spoken
from bot.engine.session import Json
from bot.engine.text import Words
from bot.engine.times import read_day, read_length, read_time, read_when

T_co = TypeVar("T_co", covariant=True)


class Vocabulary(Spoken, Protocol):
    """What a language knows: words of time, and cities with their zones."""

    @property
    def none(self) -> Collection[str]:
        """Words for none at all."""
        ...

    def city(self, text: str) -> tuple[str, ...]:
        """The zones (IANA names) whose city or country has that name, or the zone of that name."""
        ...

    def zones_at(self, offset: int, at: int) -> tuple[str, ...]:
        """A few well-known zones that are `offset` seconds from UTC at that instant."""
        ...

    def is_logistics(self, text: str) -> bool:
        """Whether that is about logistics: what's for dinner, who fetches whom."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The circumstances of a message: who wrote it, when, in which zone and language."""

    by: PersonId
    moment: Moment
    vocabulary: Vocabulary


class Parser(Protocol[T_co]):
    """Reads what was typed."""

    @property
    def free(self) -> bool:
        """Whether any words will do, as they are."""
        ...

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
        clock = read_clock(text) or read_time(text, reading.vocabulary)
        return None if clock is None else clock.isoformat("minutes")

    def load(self, value: Json) -> time | None:
        try:
            return time.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


class _Day:
    """A day that is not over yet: today, tomorrow, the name of a weekday, 31 January, 2027-01-31."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        day = read_day(text, reading.moment.day.date, reading.vocabulary)
        return None if day is None else day.isoformat()

    def load(self, value: Json) -> date | None:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


class _When:
    """A moment to come (tonight, Saturday afternoon, in 2 hours, 31 January at 8 pm), or a day without an hour."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        match read_when(text, reading.moment, reading.vocabulary):
            case Moment(at, zone):
                return [at, zone]
            case date() as day:
                return day.isoformat()
            case None:
                return None

    def load(self, value: Json) -> Moment | date | None:
        return load_moment(value) or DAY.load(value)


@dataclass(frozen=True, slots=True)
class Until:
    """The end of something that begins at `start`, no later than `latest`: a length (2 hours) or a moment (till 6)."""

    start: Moment
    latest: Moment | None = None
    free: bool = False

    def read(self, text: str, reading: Reading) -> Json:
        """The end, if it is still to come."""
        length = read_length(text, reading.vocabulary)
        end = self.start.plus(length) if length is not None else self._moment(text, reading.vocabulary)
        if not isinstance(end, Moment) or end.at <= max(self.start.at, reading.moment.at):
            return None
        return None if self.latest is not None and end.at > self.latest.at else [end.at, end.zone]

    def load(self, value: Json) -> Moment | None:
        """A moment."""
        return load_moment(value)

    def _moment(self, text: str, vocabulary: Vocabulary) -> Moment | date | None:
        said = text.casefold()
        for word in sorted(vocabulary.words["until"], key=len, reverse=True):
            said = re.sub(rf"^\s*{re.escape(word)}\s", "", said)
        return read_when(said, self.start, vocabulary)


@dataclass(frozen=True, slots=True)
class On:
    """A time of day on that day, still to come."""

    day: Day
    free: bool = False

    def read(self, text: str, reading: Reading) -> Json:
        """The moment."""
        clock = read_clock(text) or read_time(text, reading.vocabulary)
        at = None if clock is None else self.day.at(clock.hour, clock.minute)
        return [at.at, at.zone] if at is not None and at.at > reading.moment.at else None

    def load(self, value: Json) -> Moment | None:
        """A moment."""
        return load_moment(value)


def load_moment(value: Any) -> Moment | None:
    """A moment from its JSON; None for anything else."""
    match value:
        case [int() as at, str() as zone]:
            return Moment(at, zone)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Short:
    """A name: at most so many characters, and not of signs alone."""

    most: int
    free: bool = False

    def read(self, text: str, reading: Reading) -> Json:
        """The words as they are."""
        is_name = not all(unicodedata.category(sign)[0] in "PZ" for sign in text)
        return THOUGHT.read(text, reading) if is_name and len(text.strip()) <= self.most else None

    def load(self, value: Json) -> Words | None:
        """Typed words."""
        return load_words(value)


THOUGHT: Parser[Words] = _Thought()
CLOCK: Parser[time] = _Clock()
DAY: Parser[date] = _Day()
WHEN: Parser[Moment | date] = _When()
