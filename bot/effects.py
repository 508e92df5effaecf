"""What a command may bring about beside words: a closed list, carried out here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, assert_never

from bot import (
    asking,
    attaching,
    configuring,
    dancing,
    erasing,
    exporting,
    keepsakes,
    moving,
    pairing,
    parting,
    renewing,
    weeks,
)
from bot.commands import rhythm
from bot.commands.delete import ERASED
from bot.desk import Desk
from bot.engine.acts import Attach, Do, Erase, Export, Keepsake, Leave, Link, Move, Pose, Set, Unlink
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.session import Session
from bot.engine.text import Text, text
from bot.people import Couple


def carry_out(desk: Desk, session: Session, do: Do) -> None:
    """Carries out an effect that a conversation asked for."""
    match do.effect:
        case Set(values):
            for name, value in values.items():
                SETTERS[name](desk, do.by, value)
        case Attach() | Link() | Unlink():
            _pair(desk, do.by, do.effect)
        case Leave(told):
            parting.leave(desk, do.by, session, told=told)
        case Pose(question):
            asking.pose(desk, do.by, question)
        case Move(guest):
            moving.move(desk, do.by, guest)
        case Export():
            exporting.hand(desk, do.by)
        case Keepsake():
            keepsakes.hand(desk, do.by, do.effect)
        case Erase():
            erasing.erase(desk, do.by)
            desk.say(do.by, ERASED)
        case _:
            assert_never(do.effect)


def _pair(desk: Desk, by: PersonId, effect: Attach | Link | Unlink) -> None:
    match effect:
        case Attach(invitation):
            pairing.take_seat(desk, by, invitation)
        case Link(guest):
            pairing.link(desk, by, guest)
            if (couple := desk.couple_of(by)) is not None:
                attaching.linked(desk, couple)
        case Unlink(guest, late):
            pairing.unseat(desk, by, guest, late=late)
        case _:
            assert_never(effect)


# ---- settings


def _consent(desk: Desk, by: PersonId, _agrees: Any) -> None:
    desk.save_person(replace(desk.person(by), consent=desk.library.terms, consented=desk.at))


def _rhythm(desk: Desk, by: PersonId, evening: Any) -> None:
    weekday, minute = evening
    if (couple := _couple(desk, by)) is not None:
        planned = weeks.plan(desk, replace(couple, weekday=weekday, minute=minute))
        _next(desk, planned, rhythm.NEXT_QUESTION)
        renewing.stay_clear(desk, planned)


def _rest(desk: Desk, by: PersonId, until: Any) -> None:
    """Until a day; None ends it, so that the evenings that it skipped stay skipped."""
    if (couple := _couple(desk, by)) is None:
        return
    day = Moment(desk.at, desk.person(by).zone).day.date if until is None else date.fromisoformat(until)
    resting = weeks.rest(desk, couple, day)
    renewing.stay_clear(desk, resting)
    if weeks.rests(desk, resting) is None:
        _next(desk, resting, rhythm.RESTS_NO_MORE)
        return
    for reader in couple.people:
        desk.say(reader, text(rhythm.RESTS.key, {"day": day}))


def _fits(desk: Desk, by: PersonId, fits: Any) -> None:
    if (couple := _couple(desk, by)) is not None:
        _next(desk, weeks.plan(desk, replace(couple, fits=tuple(fits))), rhythm.HEEDED if fits else rhythm.NOT_HEEDED)


def _depth(desk: Desk, by: PersonId, depth: Any) -> None:
    """Lighter as soon as one of the two wants it, deeper once both do; both hear what is, nobody who wanted it."""
    if (couple := _couple(desk, by)) is None:
        return
    seat = couple.people.index(by)
    after = replace(couple, depths=(depth, couple.depths[1]) if seat == 0 else (couple.depths[0], depth))
    desk.save_couple(after)
    now = min(after.depths)
    if now == min(couple.depths):
        desk.say(by, rhythm.DEPTH_WAITS if depth > now else rhythm.DEPTH_STAYS)
        return
    for reader in couple.people:
        desk.say(reader, rhythm.DEPTHS[now])


def _couple(desk: Desk, by: PersonId) -> Couple | None:
    """The couple that a setting is for; where there is none, that is said."""
    couple = desk.couple_of(by)
    if couple is None:
        desk.say(by, rhythm.NO_RHYTHM)
    return couple


def _next(desk: Desk, couple: Couple, said: Text) -> None:
    """Both are told the same, each with the next question in their own time."""
    for reader, coming in weeks.next_for_each(desk, couple).items():
        zone = desk.person(reader).zone
        desk.say(reader, text(said.key, {"next": Moment(coming.comes, zone)}))
        if coming.is_quiet:
            desk.say(reader, text(rhythm.IN_QUIET_HOURS.key, {"hour": Moment(coming.chosen, zone).local.time()}))


def _silence(desk: Desk, by: PersonId, value: Any) -> None:
    """Until when, and whether the other knows of it; it ends with its session. Whoever came after them was told
    nothing, and hears what there is."""
    if (session := desk.playing) is None:
        return
    couple, (until, told) = desk.lasting(session), value
    for person in couple.people if told and couple is not None else (by,):
        known = desk.person(person)
        if known.silent_by == session.id or (known.silent_until or 0) < until:  # a longer one of theirs stays
            desk.save_person(replace(known, silent_until=until, silent_by=session.id))


# What a conversation may set, by name.
SETTERS: Mapping[str, Callable[[Desk, PersonId, Any], None]] = {
    "consent": _consent,
    "rhythm": _rhythm,
    "rest": _rest,
    "fits": _fits,
    "depth": _depth,
    "dances": dancing.show,
    "renews": renewing.wants,
    "renews_on": renewing.set_day,
    "renewed": renewing.renewed,
    **configuring.SETTERS,
    "silence": _silence,
}
