"""When a couple's weekly prompt comes, and which round is whose week's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.changes import Hush
from bot.desk import Desk
from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.people import Couple
from bot.seasons import Week, past_a_week_off, week
from bot.waking import DAYS, days_later, in_time, rest_ends, waking_minute

A_DAY = 86_400  # seconds
WEEK = 7  # days
FEWER = 2 * WEEK  # where a couple's circumstances ask for fewer prompts
UTC = "UTC"


def plan(desk: Desk, couple: Couple) -> Couple:
    """The couple with its next prompt: in a week that has had no round yet and is not off, whatever evening or zones
    they have now."""
    if couple.weekday is not None:
        couple = _planned(desk, couple)
    desk.save_couple(couple)
    return couple


def _planned(desk: Desk, couple: Couple) -> Couple:
    """Neither the week off is one, nor that in which the two renew. What is passed over is not noted: a rest that ends
    early, or another day, finds everything as it was."""
    earliest, zones = _earliest(desk, couple) - 1, _zones(desk, couple)
    first = desk.library.next_due(couple, zones, earliest)
    due = desk.library.next_due(couple, zones, max(desk.at, earliest))
    if week(couple) is Week.OFF and due == first:
        due = desk.library.next_due(couple, zones, due)
    while _renews_then(desk, couple, due):
        due = desk.library.next_due(couple, zones, due)
    return replace(couple, next_due=due)


def _renews_then(desk: Desk, couple: Couple, slot: int) -> bool:
    """Whether the two renew in the week of that slot: a week has one prompt."""
    if couple.renews_on is None:
        return False
    one, other = (Moment(at, UTC).day.date for at in (_day_of(desk, couple, slot), couple.renews_on))
    return one.isocalendar()[:2] == other.isocalendar()[:2]


def pause(desk: Desk, couple: Couple) -> None:
    """No prompt until it is planned again: whoever could not be written to is heard of, or a rhythm is chosen."""
    desk.save_couple(replace(couple, next_due=None))


def _zones(desk: Desk, couple: Couple) -> tuple[str, str]:
    first, second = couple.people
    return desk.person(first).zone, desk.person(second).zone


def _earliest(desk: Desk, couple: Couple) -> int:
    """Before what moment there is no prompt: the week after that of their last round (the one after it, where there
    are fewer) and the end of their rest, for whichever of the two it comes first."""
    zones = _zones(desk, couple)
    rested = rest_ends(couple, zones)
    if couple.last_round is None:
        return rested
    day = Moment(couple.last_round, UTC).day.date
    monday = day + timedelta(days=(FEWER if couple.fits else WEEK) - day.weekday())
    return max(rested, min(Day(monday, zone).at(0).at for zone in zones))


def rest(desk: Desk, couple: Couple, day: date) -> Couple:
    """The couple rests until that day: no prompt before it, and no reminder of what is open."""
    for session in desk.sessions_of(couple.people[0]):
        if session.couple == couple.id:
            for person in session.people:
                desk.change(Hush(person, session.id, desk.at))
    return plan(desk, replace(couple, rests_until=_noon(day)))


def rests(desk: Desk, couple: Couple) -> date | None:
    """Until which day the couple rests; None when it does not."""
    if couple.rests_until is None or rest_ends(couple, _zones(desk, couple)) <= desk.at:
        return None
    return Moment(couple.rests_until, UTC).day.date


def coming(desk: Desk, couple: Couple, reader: PersonId, count: int) -> list[tuple[int, Week]]:
    """When the next prompts reach that one of the two, if nobody begins a round by hand (epoch seconds), and what they
    propose; a week off, too. The ritual's week is not among them."""
    found = list[tuple[int, Week]]()
    due, couple = couple.next_due, past_a_week_off(couple)
    while due is not None and len(found) < count:
        slot = last_slot(desk, couple, due)
        renews = _renews_then(desk, couple, slot)
        if not renews:
            found.append((reaches(desk, couple, reader, slot), week(couple)))
        counts = not renews or week(couple) is Week.QUESTION
        couple = replace(couple, last_round=_day_of(desk, couple, slot), season=couple.season + counts)
        due = desk.library.next_due(couple, _zones(desk, couple), max(slot, _earliest(desk, couple) - 1))
    return found


@dataclass(frozen=True, slots=True)
class Next:
    """The next prompt for one of the two: its hour as they chose it and when it reaches them (epoch seconds), and
    whether that hour is one of their quiet ones."""

    chosen: int
    comes: int
    is_quiet: bool


def next_for_each(desk: Desk, couple: Couple) -> Mapping[PersonId, Next]:
    """The next prompt as it is for each of the two; nothing where none is planned."""
    if couple.weekday is None or couple.next_due is None:
        return {}
    slot = last_slot(desk, couple, couple.next_due)
    return {person: _next(desk, couple, person, slot) for person in couple.people}


def _next(desk: Desk, couple: Couple, person: PersonId, slot: int) -> Next:
    chosen = own_time(desk, couple, person, slot)
    return Next(chosen, reaches(desk, couple, person, slot), waking_minute(desk.person(person), chosen) > chosen)


def reaches(desk: Desk, couple: Couple, reader: PersonId, slot: int) -> int:
    """When the prompt of that slot reaches that one of the two: outside their quiet hours."""
    planned = own_time(desk, couple, reader, slot)
    return in_time(desk.person(reader), planned, desk.at) or planned


def _noon(day: date) -> int:
    """A day as an instant that lies on it in no zone but UTC: it stays that day wherever the two of them go."""
    return Day(day, UTC).at(12).at


def today(desk: Desk, person: PersonId) -> int:
    """The day of a round that begins now, by that person's clock."""
    return _noon(Moment(desk.at, desk.person(person).zone).local.date())


def own_time(desk: Desk, couple: Couple, reader: PersonId, slot: int) -> int:
    """A slot of the couple's as that one of the two has chosen it: at the same hour of their own zone."""
    zone = desk.person(reader).zone
    return desk.library.next_due(couple, (zone, zone), slot - 1)


def last_slot(desk: Desk, couple: Couple, by: int) -> int:
    """The couple's last slot that has come by then (epoch seconds). What is due may be later than its slot: it was put
    off for somebody's quiet hours, or tried again."""
    zones = _zones(desk, couple)
    slot = desk.library.next_due(couple, zones, by - (WEEK + 1) * A_DAY)
    while (later := desk.library.next_due(couple, zones, slot)) <= by:
        slot = later
    return slot


def _day_of(desk: Desk, couple: Couple, slot: int) -> int:
    """The day of a slot: by the clock of the one for whom it comes first."""
    first = next(p for p in couple.people if own_time(desk, couple, p, slot) == slot)
    day = Moment(slot, desk.person(first).zone).local.date()
    moved = (day.weekday() - (couple.weekday or 0)) % WEEK  # a time that does not exist may move past midnight
    return _noon(day - timedelta(days=moved))


def clock_moved(desk: Desk, couple: Couple) -> None:
    """Somebody's clock is another one now: an evening that was skipped by it comes late, as after a standstill."""
    planned = plan(desk, couple)
    if couple.weekday is not None and couple.last_round is not None:
        slot = last_slot(desk, couple, desk.at)
        if slot >= _earliest(desk, couple):
            desk.save_couple(replace(planned, next_due=slot))


def round_by_the_clock(desk: Desk, couple: Couple) -> Mapping[PersonId, tuple[int, int]]:
    """The weekly round that is due: from when and until when it goes to each. Nothing for one that is too late, or
    later than today; the next one is planned."""
    slot = last_slot(desk, couple, desk.at)
    goes = {person: _goes(desk, couple, person, slot) for person in couple.people}
    times = [at for at, _ in goes.values() if at is not None]
    if slot < _earliest(desk, couple) or len(times) < len(goes):
        plan(desk, couple)
        return {}
    if min(times) > desk.at:
        desk.save_couple(replace(couple, next_due=min(times)))
        return {}
    season = past_a_week_off(couple).season + 1
    plan(desk, replace(couple, last_round=_day_of(desk, couple, slot), season=season))
    return {person: (at, until) for person, (at, until) in goes.items() if at is not None}


def _goes(desk: Desk, couple: Couple, person: PersonId, slot: int) -> tuple[int | None, int]:
    reader, planned = desk.person(person), own_time(desk, couple, person, slot)
    return in_time(reader, planned, desk.at), days_later(reader, planned, DAYS) - 1


def round_by_hand(desk: Desk, couple: Couple) -> Couple:
    """A round begun by hand counts as this week's: the next one is not before Monday. What the week would have
    proposed beside a question comes in the next one."""
    now, last = today(desk, couple.people[0]), couple.last_round or 0
    monday = now - Moment(now, UTC).local.weekday() * A_DAY
    counts = last < monday and week(couple) is Week.QUESTION
    return plan(desk, replace(couple, last_round=max(now, last), season=couple.season + counts))
