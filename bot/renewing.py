"""The ritual of renewing: who wants it, on which day it opens, and that it takes the place of that week's prompt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot import weeks
from bot.commands import ritual as words
from bot.desk import Desk
from bot.engine.codec import read_arg
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.engine.session import Json, Status
from bot.engine.text import Name, text
from bot.exercises.renew import BETWEEN
from bot.people import Couple
from bot.seasons import LENGTH
from bot.starting import OPENS
from bot.waking import DAYS, days_later, waking_minute

SOONEST = 3  # weeks before the first one, at least
EVENING = 19 * 60  # minute of the day, where the two have no rhythm


def wants(desk: Desk, by: PersonId, yes: bool) -> None:
    """Somebody's yes, or its end. Once there are two, both hear of it, with the first day; that one of them has gone
    the other reads on that day, and not before."""
    if (couple := desk.couple_of(by)) is None:
        return
    seat = couple.people.index(by)
    renews = (yes, couple.renews[1]) if seat == 0 else (couple.renews[0], yes)
    couple = replace(couple, renews=renews)
    desk.save_couple(couple)
    if not yes:
        return
    if couple.renews_on is not None:  # whether the other has ended it meanwhile is not to be found out by this
        desk.say(by, text(words.ITS_DAY.key, {"day": _day_of(couple)}))
    elif all(renews):
        day = _end_of_season(desk, couple)
        _set_day(desk, couple, day)
        for person in couple.people:
            desk.say(person, text(words.BEGINS.key, {"day": day}))
    else:
        _waits_for_the_other(desk, couple, by)


def _waits_for_the_other(desk: Desk, couple: Couple, by: PersonId) -> None:
    """There is one yes. Whoever was asked need not ask."""
    other = next(person for person in couple.people if person != by)
    desk.say(by, text(words.WAITS.key, {"name": Name(other)}))
    if desk.playing is not None and desk.playing.exercise == "ritual":
        desk.begin("ritual-tell", (by,))


def set_day(desk: Desk, by: PersonId, chosen: str | None) -> None:
    """On which day; none, where it rests. Whoever wants it is told, and not whose idea it was."""
    couple = desk.couple_of(by)
    if couple is None or couple.renews_on is None:
        return
    if chosen is None:
        desk.save_couple(replace(couple, renews_on=None))
        return
    wanted = date.fromisoformat(chosen)
    day = max(wanted, _earliest(desk, couple), _rested(couple))
    _tell(desk, _set_day(desk, couple, day))
    if day > wanted:
        desk.say(by, words.NOT_BEFORE)


def renewed(desk: Desk, by: PersonId, following: str) -> None:
    """Its day has come: it takes the place of that week's question, and there is a next one."""
    if (couple := desk.couple_of(by)) is not None:
        _set_day(desk, weeks.round_by_hand(desk, couple), date.fromisoformat(following))


def stay_clear(desk: Desk, couple: Couple) -> None:
    """A day that lies in a rest comes after it; one whose hour has moved, at that hour."""
    if couple.renews_on is not None:
        day = max(_day_of(couple), _rested(couple))
        moved = _set_day(desk, couple, day)
        if day != _day_of(couple):
            _tell(desk, moved)


def facts(desk: Desk, person: PersonId, couple: Couple) -> dict[str, Json]:
    """What a talk about the ritual begins with. Whether the other still wants it is not among it."""
    return {"day": None if couple.renews_on is None else _day_of(couple).isoformat()}


def _tell(desk: Desk, couple: Couple) -> None:
    for person, wants_it in zip(couple.people, couple.renews, strict=True):
        if wants_it:
            desk.say(person, text(words.ITS_DAY.key, {"day": _day_of(couple)}))


def _rested(couple: Couple) -> date:
    return Moment(couple.rests_until or 0, weeks.UTC).day.date


def _set_day(desk: Desk, couple: Couple, day: date) -> Couple:
    for session in desk.all_sessions_of(couple.people[0]):
        if session.exercise == "renew" and session.status is Status.PLANNED:
            desk.play(session, Stopped(desk.at))
    hour, minute = divmod(EVENING if couple.minute is None else couple.minute, 60)
    own = {p: Day(day, desk.person(p).zone).at(hour, minute).at for p in couple.people}
    opens: list[Json] = [
        [waking_minute(desk.person(p), at), days_later(desk.person(p), at, DAYS) - 1] for p, at in own.items()
    ]
    given: dict[str, Json] = {OPENS: opens, "day": day.isoformat()}
    desk.begin("renew", couple.people, couple.id, given, min(own.values()))
    return weeks.plan(desk, replace(couple, renews_on=Day(day, weeks.UTC).at(12).at))


def _earliest(desk: Desk, couple: Couple) -> date:
    """Not more than once in thirteen weeks, and tomorrow at the soonest."""
    past: Any = desk.unit.past(("renew.held",), couple.people[:1], couple.id)
    values = [record["value"] for record in past["0"]["renew.held"]]
    held = [read_arg(value["day"]) for value in values if "day" in value]
    tomorrow = Moment(desk.at, desk.person(couple.people[0]).zone).day.plus(1).date
    return max([tomorrow, *(day + timedelta(BETWEEN) for day in held if isinstance(day, date))])


def _end_of_season(desk: Desk, couple: Couple) -> date:
    """The day of the season's last prompt; of the next season's where that is in less than two weeks."""
    left = LENGTH - couple.season % LENGTH
    count = left if left >= SOONEST else left + LENGTH
    coming = weeks.coming(desk, couple, couple.people[0], count)
    zone = desk.person(couple.people[0]).zone
    if len(coming) < count:
        return Moment(desk.at, zone).day.plus(count * weeks.WEEK).date
    return Moment(coming[-1][0], zone).day.date


def _day_of(couple: Couple) -> date:
    return Moment(couple.renews_on or 0, weeks.UTC).day.date
