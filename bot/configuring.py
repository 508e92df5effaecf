"""What somebody sets for themself: the screen, the conversation behind each of its buttons, and what each changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import asking, renewing, repair, weeks
from bot.commands import group, rhythm
from bot.commands import settings as words
from bot.desk import Desk
from bot.discreet import set_discreet
from bot.engine.acts import Button
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.session import Json
from bot.engine.text import text


def settings(desk: Desk, person: PersonId, name: str) -> None:
    """The screen; or, with the name of one of its lines, what to set there."""
    there = _there(desk, person)
    if name not in there:
        said, buttons = words.screen(_current(desk, person), tuple(there))
        of_two = () if desk.couple_of(person) is None else (Button(group.LABEL, group.COMMAND),)
        desk.say(person, said, *buttons, *of_two)
        repair.stand_again(desk, person)
        return
    while (already := desk.open_one(person, *words.LABELS)) is not None:
        desk.play(already, Stopped(desk.at))
    desk.begin(name, (person,), given=there[name])


def _there(desk: Desk, person: PersonId) -> dict[str, Mapping[str, Json]]:
    """What there is to set for somebody just now, and what its conversation begins with."""
    languages, countries = desk.library.languages, desk.library.countries
    choice: dict[str, Mapping[str, Json]] = {"language": {"languages": [*languages]}} if len(languages) > 1 else {}
    choice |= {"zone": {}, "quiet": {}, "country": {"countries": [*countries]}, "discreet": {}}
    return choice if desk.couple_of(person) is None else {**choice, "asks": {}}


def _current(desk: Desk, person: PersonId) -> words.Current:
    their = desk.person(person)
    now = Moment(desk.at, their.zone).local.time().replace(second=0)
    country = their.country if their.country in desk.library.countries else ""
    hours = (their.quiet_from, their.quiet_to)
    return words.Current(their.language, their.zone, now, hours, country, their.discreet, their.open_to_asks)


# ---- what each changes


def _language(desk: Desk, by: PersonId, language: Any) -> None:
    desk.save_person(replace(desk.person(by), language=language))


def _country(desk: Desk, by: PersonId, country: Any) -> None:
    desk.save_person(replace(desk.person(by), country=country))


def _zone(desk: Desk, by: PersonId, zone: Any) -> None:
    """A country that was guessed is guessed anew; one that was chosen stays."""
    person, country_of = desk.person(by), desk.library.country
    country = country_of(zone) if person.country == country_of(person.zone) else person.country
    couple = desk.couple_of(by)
    before = {} if couple is None else weeks.next_for_each(desk, couple)
    desk.save_person(replace(person, zone=zone, zone_confirmed=True, country=country))
    if couple is not None:
        weeks.clock_moved(desk, couple)
        if (now := desk.couple_of(by)) is not None:
            renewing.stay_clear(desk, now)
        _tell_of_moved(desk, by, before)


def _tell_of_moved(desk: Desk, by: PersonId, before: Mapping[PersonId, weeks.Next]) -> None:
    """For whom the next prompt comes at another moment now, they are told; why, they are not."""
    couple = desk.couple_of(by)
    for person, coming in {} if couple is None else weeks.next_for_each(desk, couple).items():
        came = before[person].comes if person in before else None
        if coming.comes != came and coming.comes > desk.at:
            desk.say(person, text(rhythm.NEXT_QUESTION.key, {"next": Moment(coming.comes, desk.person(person).zone)}))


def _quiet(desk: Desk, by: PersonId, hours: Any) -> None:
    start, end = hours
    person = replace(desk.person(by), quiet_from=start, quiet_to=end)
    desk.save_person(person)
    couple = desk.couple_of(by)
    coming = None if couple is None else weeks.next_for_each(desk, couple).get(by)
    if coming is not None and coming.is_quiet:
        desk.say(by, text(words.IN_QUIET_HOURS.key, {"end": Moment(coming.comes, person.zone).local.time()}))


# What a conversation may set of somebody's own, by name.
SETTERS = {
    "language": _language,
    "country": _country,
    "asks": asking.let_come,
    "zone": _zone,
    "quiet": _quiet,
    "discreet": set_discreet,
}
