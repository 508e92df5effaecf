"""An entry for a calendar, as a file of the kind that all calendars read (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.engine.moments import Moment
from bot.ports import Attachment

NAME = "time.ics"  # whoever sees it among other files learns nothing from it


def calendar_file(title: str, begins: Moment, ends: Moment, uid: int) -> Attachment:
    """The entry alone: its title and its time, and nothing of whom it comes from. `uid` is the same for the same."""
    event = Event()
    event.add("uid", f"{uid}@leeway")
    event.add("summary", title)
    event.add("dtstamp", _utc(begins))
    event.add("dtstart", _utc(begins))
    event.add("dtend", _utc(ends))
    calendar = Calendar()
    calendar.add("prodid", "-//Leeway//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return Attachment(NAME, calendar.to_ical())


def _utc(moment: Moment) -> datetime:
    return datetime.fromtimestamp(moment.at, UTC)
