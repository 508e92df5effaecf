"""Times and dates as people type them: pieces are found in any order, and only what is wholly understood counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from bot.engine.moments import Day, Moment
from bot.engine.pieces import LAST_MINUTE, Piece, Spoken, dated_piece, pieces

MINUTE, HOUR, A_DAY, A_WEEK = 60, 3_600, 86_400, 7 * 86_400
UNITS: Final = {"minute": MINUTE, "hour": HOUR, "day": A_DAY, "week": A_WEEK}
BEGINS: Final = {"morning": 9, "afternoon": 14, "evening": 19, "night": 21, "tonight": 19}  # o'clock
OVER: Final = {"morning": 12, "afternoon": 18, "evening": 24, "night": 24, "tonight": 24}
EARLY: Final = 6  # "Saturday at 3" is the afternoon; from here on, the morning
HALF_DAY, DAY_LONG = 12, 24
YEARS: Final = 2  # further ahead nobody plans here; it is a slip
YEAR_ONE: Final = 1000  # numbers from here on are years
LONGEST: Final = 366 * A_DAY  # seconds

# ---- lengths


def read_length(text: str, spoken: Spoken) -> timedelta | None:
    """A length: 2 hours, 90 min, 1h30, an hour and a half, half an hour. None for anything else, and for nothing."""
    seconds = _seconds(pieces(text, date.min, spoken) or [])
    return timedelta(seconds=int(seconds)) if 0 < seconds <= LONGEST else None


_SHAPES: Final = {"number": "n", "decimal": "n", "in words": "n", "half": "h", "and": "a", "span": "c", "length": "c"}


def _seconds(found: list[Piece]) -> float:
    """How many seconds that is, by the shape of it: n numbers, u units, a and, h half, c hours and minutes."""
    n = [p.number for p in found if _SHAPES.get(p.kind) in {"n", "c"}]
    u = [UNITS[p.kind] for p in found if p.kind in UNITS]
    match "".join("u" if p.kind in UNITS else _SHAPES.get(p.kind, "?") for p in found):
        case "nu":  # 2 hours
            return n[0] * u[0]
        case "hu" | "hnu" | "nhu":  # half an hour, a half hour
            return u[0] / 2
        case "nahu" | "nanhu" | "nuah" | "nuanh":  # one and a half hours, an hour and a half
            return (n[0] + 0.5) * u[0]
        case "nunu" | "nuanu":  # 1 hour and 20 minutes
            return n[0] * u[0] + n[1] * u[1]
        case "nun" if u[0] == HOUR and n[1] <= LAST_MINUTE:  # 1 h 30
            return n[0] * u[0] + n[1] * MINUTE
        case "c" | "cu":  # 1h30, 1h30min
            return n[0] * MINUTE
        case "nc" if n[0] == 1:  # eine Viertelstunde
            return n[1] * MINUTE
        case _:
            return 0


# ---- days and moments


@dataclass(slots=True)
class Said:
    """What was said of a moment, as far as it was said: a day, a part of it, an hour (in minutes; 24 h and more fall on
    the next day)."""

    day: date | None = None
    weekday: int | None = None
    coming: bool = False  # the next Saturday, not this one
    this: bool = False  # this evening, not any
    part: str = ""
    half: str = ""
    minute: int | None = None
    exact: bool = False


def read_when(text: str, now: Moment, spoken: Spoken) -> Moment | date | None:
    """A moment to come, or a day without an hour; None for anything else, and for what has passed."""
    found = pieces(text, now.day.date, spoken) or []
    kinds = [piece.kind for piece in found]
    if kinds and set(kinds) == {"now"}:
        return now
    if kinds[:1] == ["in"] or kinds[-1:] == ["from now"]:
        span = _seconds([piece for piece in found if piece.kind not in {"in", "from now"}])
        if 0 < span <= LONGEST:
            return now.plus(timedelta(seconds=int(span)))
    said = _said([piece for piece in found if piece.kind != "in"], now.day.date)
    return None if said is None else _resolved(said, now)


def read_day(text: str, today: date, spoken: Spoken) -> date | None:
    """A day that is not over, with or without an hour that does not matter; None for anything else."""
    said = _said([piece for piece in pieces(text, today, spoken) or [] if piece.kind != "in"], today)
    return None if said is None else _day(said, today)


def read_time(text: str, spoken: Spoken) -> time | None:
    """A time of day, without a day: noon, 8 in the evening, half past seven. None for anything else."""
    said = _said([piece for piece in pieces(text, date.min, spoken) or [] if piece.kind != "in"], date.min)
    if said is None or said.day or said.weekday is not None or said.minute is None:
        return None
    return time(*divmod(_minute(said) % (DAY_LONG * 60), 60))


def _said(found: list[Piece], today: date) -> Said | None:
    """The pieces put together; None when something is said twice, is missing or stands alone."""
    said = Said()
    rest = _without_month(found, today, said)
    if rest is None or not found:
        return None
    for piece in rest:
        if not _take(said, piece, today):
            return None
    return said if _is_whole(said) else None


def _without_month(found: list[Piece], today: date, said: Said) -> list[Piece] | None:
    """All but a date with the month's name, 31 January or January 31 2027, which is taken."""
    at = next((n for n, piece in enumerate(found) if piece.kind == "month"), None)
    if at is None:
        return found
    year = next((n for n, piece in enumerate(found) if piece.kind == "number" and piece.number >= YEAR_ONE), None)
    near = (n for n in (at - 1, at + 1) if 0 <= n < len(found) and n != year and found[n].kind == "number")
    if (number := next(near, None)) is None:
        return None
    written = None if year is None else str(int(found[year].number))
    day = dated_piece(written, int(found[at].number), int(found[number].number), today)
    if day is None:
        return None
    said.day = day.day
    return [piece for n, piece in enumerate(found) if n not in {at, year, number}]


def _take(said: Said, piece: Piece, today: date) -> bool:
    """Takes in one piece; False when it has no place."""
    match piece.kind:
        case "date" | "today" | "tomorrow" | "after-tomorrow" if said.day is None:
            later = {"tomorrow": 1, "after-tomorrow": 2}.get(piece.kind, 0)
            said.day = piece.day or today + timedelta(days=later)
        case "tonight" if said.day is None and not said.part:
            said.day, said.part = today, "tonight"
        case "weekday" if said.weekday is None:
            said.weekday = int(piece.number)
        case "next" | "this":
            said.coming, said.this = piece.kind == "next", piece.kind == "this"
        case "morning" | "afternoon" | "evening" | "night" if not said.part:
            said.part = piece.kind
        case "am" | "pm" if not said.half:
            said.half = piece.kind
        case _:
            return said.minute is None and _take_hour(said, piece)
    return True


def _take_hour(said: Said, piece: Piece) -> bool:
    match piece.kind:
        case "noon":
            said.minute, said.exact = HALF_DAY * 60, True
        case "midnight":
            said.minute, said.exact = DAY_LONG * 60, True
        case "clock" | "span" if piece.number < DAY_LONG * 60:
            said.minute, said.exact = int(piece.number), piece.exact
        case "number" | "in words" if piece.number <= DAY_LONG and not piece.exact:
            said.minute, said.exact = int(piece.number) * 60, piece.number == 0
        case _:
            return False
    return True


def _is_whole(said: Said) -> bool:
    """Whether it makes sense as a whole: am and pm need an hour from 1 to 12; a weekday agrees with its date."""
    if said.half and (said.minute is None or not 0 < said.minute // 60 <= HALF_DAY):
        return False
    return said.day is None or said.weekday in (None, said.day.weekday())


def _minute(said: Said) -> int:
    """The hour that was said, in minutes after midnight, as it is meant."""
    minute = said.minute or 0
    hour = minute // 60
    if hour > HALF_DAY or not (said.half or said.part):
        return minute
    if said.half == "am" or (not said.half and said.part == "morning"):
        return minute % (HALF_DAY * 60)
    if not said.half and said.part in {"night", "tonight"} and (hour < EARLY or hour == HALF_DAY):
        return minute % (HALF_DAY * 60) + DAY_LONG * 60  # one at night is past midnight
    if not said.half and said.part == "evening" and hour == HALF_DAY:
        return DAY_LONG * 60
    return minute % (HALF_DAY * 60) + HALF_DAY * 60


def _day(said: Said, today: date) -> date | None:
    """The day that was said; None when none was, or it is over or too far ahead."""
    day = said.day
    if day is None and said.weekday is not None:
        day = today + timedelta(days=(said.weekday - today.weekday() - 1) % 7 + 1)
    return day if day is not None and today <= day and day.year <= today.year + YEARS else None


def _resolved(said: Said, now: Moment) -> Moment | date | None:
    today = now.day.date
    if said.weekday == today.weekday() and said.day is None and not said.coming and _has_hour(said):
        return _at(said, today, now) or _at(said, today + timedelta(days=7), now)
    if said.day is None and said.weekday is None:
        return _today_or_tomorrow(said, now) if _has_hour(said) else None
    day = _day(said, today)
    return day if day is None or not _has_hour(said) else _at(said, day, now)


def _has_hour(said: Said) -> bool:
    return said.minute is not None or bool(said.part)


def _today_or_tomorrow(said: Said, now: Moment) -> Moment | None:
    """An hour without a day: the next one that comes; "at 6" may be the morning or the evening."""
    today = now.day.date
    days = [today] if said.this else [today, today + timedelta(days=1)]
    vague = not (said.exact or said.half or said.part) and 0 < (said.minute or 0) // 60 <= HALF_DAY
    halves = ("am", "pm") if vague else (said.half,)
    return next((at for day in days for half in halves if (at := _at(replace(said, half=half), day, now))), None)


def _at(said: Said, day: date, now: Moment) -> Moment | None:
    """That hour of that day; a part of it that has begun is from now on. None for what has passed."""
    if said.minute is None:
        begins, over = (_clock(day, hours[said.part] * 60, now) for hours in (BEGINS, OVER))
        return None if over.at <= now.at else max(begins, now)
    afternoon = not (said.exact or said.half or said.part) and 0 < said.minute // 60 <= EARLY
    at = _clock(day, _minute(said) + (HALF_DAY * 60 if afternoon else 0), now)
    return at if at.at > now.at else None


def _clock(day: date, minute: int, now: Moment) -> Moment:
    days, rest = divmod(minute, DAY_LONG * 60)
    return Day(day + timedelta(days=days), now.zone).at(*divmod(rest, 60))
