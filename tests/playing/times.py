"""Times as a transcript names them: "sunday 19:00", "+36 hours", "until monday 08:00", "at tuesday 08:00"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY = date(2026, 11, 16)  # of the week in which transcripts begin
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}

_MOMENT = rf"({'|'.join(DAYS)}) (\d\d):(\d\d)"
_DATE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d):(\d\d)")
_WEEKDAY = re.compile(_MOMENT)
_UNTIL = re.compile(rf"until {_MOMENT}")
_AT = re.compile(rf"at {_MOMENT}")
_SPAN = re.compile(r"\+(\d+) (second|minute|hour|day|week)s?")


def beginning(line: str, zone: str) -> int | None:
    """When a transcript begins, in epoch seconds; None for what is no time."""
    if found := _DATE.fullmatch(line):
        return _instant(date.fromisoformat(found[1]), found[2], found[3], zone)
    if found := _WEEKDAY.fullmatch(line):
        return _instant(MONDAY + timedelta(days=DAYS.index(found[1])), found[2], found[3], zone)
    return None


def is_passage(line: str) -> bool:
    """Whether time passes in this line."""
    return bool(_SPAN.fullmatch(line) or _UNTIL.fullmatch(line))


def mark(line: str) -> str | None:
    """A line that says when the words beneath it are said; None for any other."""
    return line.rstrip() if _AT.fullmatch(line.rstrip()) else None


def moment(at: int, zone: str) -> str:
    """An instant as a line."""
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    return f"at {DAYS[local.weekday()]} {local:%H:%M}"


def target(line: str, now: int, zone: str) -> int:
    """The instant to which a passage of time leads."""
    if found := _SPAN.fullmatch(line):
        return now + int(found[1]) * UNITS[found[2]]
    found = _UNTIL.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return next_time(DAYS.index(found[1]), f"{found[2]}:{found[3]}", now, zone)


def next_time(weekday: int, clock: str, after: int, zone: str) -> int:
    """The next such time in a zone."""
    today = datetime.fromtimestamp(after, ZoneInfo(zone)).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    hour, minute = clock.split(":")
    at = _instant(day, hour, minute, zone)
    return at if at > after else _instant(day + timedelta(days=7), hour, minute, zone)


def _instant(day: date, hour: str, minute: str, zone: str) -> int:
    return int(datetime.combine(day, time(int(hour), int(minute)), ZoneInfo(zone)).timestamp())
