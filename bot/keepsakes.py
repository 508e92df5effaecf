"""`/keepsake`: what the two of a couple opened or shared in a season or a year, as a page that prints well.

The seasons of a couple are thirteen weeks each, counted from their first round: from the day of the first thing that
was kept for both of them and is shown to both (`bot/commands/history.py`), as that day was where its reader is.
Whatever is for both and has a sentence there is in the booklet, so that a new exercise is in it without being named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import repair
from bot.changes import REMOVED, Document, SaveRecord, Say
from bot.commands import history as kinds
from bot.commands import keepsake as words
from bot.desk import Desk
from bot.engine.acts import Keepsake, Visibility
from bot.engine.codec import write_arg
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.engine.session import Json
from bot.engine.text import Dated, Name, Text
from bot.exporting import DAY, Clock, field
from bot.history import Past, answers, everything, heading, named
from bot.people import Couple
from bot.saying import put

NOON = 12
SEASON = timedelta(weeks=13)
FOR_BOTH = frozenset({Visibility.SHARED, Visibility.GROUP})


@dataclass(frozen=True, slots=True)
class Kept:
    """One conversation of the two: the day on which it began, and what is for both of it."""

    day: date
    past: Past


def keepsake(desk: Desk, person: PersonId, argument: str) -> None:
    """Asks of which time; where there is nothing, that is said. Given again, it begins anew."""
    couple = _couple(desk, person)
    times = offered(desk, person, couple) if couple is not None else {}
    if not times:
        desk.say(person, words.NOTHING)
        repair.stand_again(desk, person)
        return
    if (already := desk.open_one(person, "keepsake")) is not None:
        desk.play(already, Stopped(desk.at))
    given: dict[str, Json] = {token: [time.first.isoformat(), time.last.isoformat()] for token, time in times.items()}
    desk.begin("keepsake", (person,), given={"times": given})


def offered(desk: Desk, person: PersonId, couple: Couple) -> dict[str, Keepsake]:
    """The times in which there is something, by the tokens of `bot/commands/keepsake.py`."""
    kept = [each.day for each in _all_kept(desk, person, couple)]
    today = Moment(desk.at, desk.person(person).zone).day.date
    times = {
        "season": season(_first_day(desk, person, couple), today),
        "before": season(_first_day(desk, person, couple), today - SEASON),
        "year": Keepsake(date(today.year, 1, 1), date(today.year, 12, 31)),
        "last_year": Keepsake(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return {token: time for token, time in times.items() if any(time.first <= day <= time.last for day in kept)}


def season(first: date, day: date) -> Keepsake:
    """The season that a day is in; those before the first day count backwards."""
    begins = first + (day - first) // SEASON * SEASON
    return Keepsake(begins, begins + SEASON - timedelta(days=1))


def hand(desk: Desk, person: PersonId, time: Keepsake) -> None:
    """The file; not delivered within a day, it is not delivered at all."""
    couple = _couple(desk, person)
    kept = [k for k in _all_kept(desk, person, couple) if time.first <= k.day <= time.last] if couple else []
    if couple is None or not kept:
        desk.say(person, words.NOTHING)
        return
    data = gather(desk, person, couple, time, kept)
    file = Document("keepsake", data, tuple(Name(known) for known in couple.people))
    put(desk, person, Say(words.READY, (words.DONE,), file), useless_after=desk.at + DAY)


# ---- what is in it


def gather(desk: Desk, person: PersonId, couple: Couple, time: Keepsake, kept: Sequence[Kept]) -> Json:
    """The booklet as `bot/pages/keepsake.py` reads it: what is said as `{"arg": …}`, days as they are in a calendar."""
    zone = desk.person(person).zone
    last = min(time.last, Moment(desk.at, zone).day.date)
    return {
        "names": {"arg": write_arg(tuple(Name(known) for known in couple.people))},
        "time": _said(words.between(_dated(time.first, zone), _dated(last, zone))),
        "conversations": [_conversation(each, zone) for each in kept],
    }


def _conversation(kept: Kept, zone: str) -> dict[str, Json]:
    records = (record for record in kept.past.shown if record.value != REMOVED)
    return {
        "day": kept.day.isoformat(),
        "date": {"arg": write_arg(_dated(kept.day, zone))},
        "questions": [_said(line) for line in heading(kept.past, None)],
        "lines": [_said(line) for line in answers(kept.past, None)],
        "records": [_record(record, Clock(zone)) for record in records],
    }


def _record(record: SaveRecord, clock: Clock) -> dict[str, Json]:
    """What a picture can be drawn from."""
    value = record.value if isinstance(record.value, dict) else {}
    return {"of": named(record), "fields": {key: field(key, item, clock) for key, item in value.items()}}


def _said(line: Text) -> dict[str, Json]:
    return {"arg": write_arg(line)}


def _dated(day: date, zone: str) -> Dated:
    """A day with its year, as it is written where its reader is."""
    return Dated(Day(day, zone).at(NOON))


# ---- what there is


def _couple(desk: Desk, person: PersonId) -> Couple | None:
    """The one that somebody is in, or was in last: what was opened stays with both. Never two in one booklet."""
    return desk.couple_of(person) or next(reversed(desk.couples_of(person)), None)


def _all_kept(desk: Desk, person: PersonId, couple: Couple) -> list[Kept]:
    """What the two of this couple opened or shared, the oldest first."""
    return sorted(_kept(desk, person, couple), key=lambda kept: (kept.past.began, kept.past.session))


def _kept(desk: Desk, person: PersonId, couple: Couple) -> Iterator[Kept]:
    """Of each conversation what is for both, where something in it can still be read beside the question."""
    zone = desk.person(person).zone
    for past in everything(desk, person):
        shown = tuple(r for r in past.shown if r.visibility in FOR_BOTH and r.couple == couple.id)
        if any(record.value != REMOVED and not _asks(record) for record in shown):
            one = replace(past, shown=shown, own=(), rest=())
            yield Kept(Moment(one.began, zone).day.date, one)


def _first_day(desk: Desk, person: PersonId, couple: Couple) -> date:
    """Of the first season."""
    zone = desk.person(person).zone
    records = (r for r in desk.unit.all_past(person) if r.couple == couple.id and r.visibility in FOR_BOTH)
    shown = (record.at for record in records if named(record) in kinds.SHOWN)
    return Moment(min(shown, default=couple.created), zone).day.date


def _asks(record: SaveRecord) -> bool:
    kind = kinds.SHOWN.get(named(record))
    return kind is not None and kind.asks
