"""What a command may bring about beside words: a closed list, carried out here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from bot import asking, configuring, pairing, parting, weeks
from bot.commands import rhythm
from bot.desk import Desk
from bot.engine.acts import Attach, Do, Erase, Leave, Link, Pose, Set, Unlink
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.session import Session
from bot.engine.text import text


def carry_out(desk: Desk, session: Session, do: Do) -> None:
    """Carries out an effect that a conversation asked for."""
    match do.effect:
        case Set(values):
            for name, value in values.items():
                SETTERS[name](desk, do.by, value)
        case Attach(invitation):
            pairing.take_seat(desk, do.by, invitation)
        case Link(guest):
            pairing.link(desk, do.by, guest)
        case Unlink(guest):
            pairing.unseat(desk, do.by, guest)
        case Leave(told):
            parting.leave(desk, do.by, session, told=told)
        case Pose(question):
            asking.pose(desk, do.by, question)
        case Erase():
            raise NotImplementedError("nothing is erased on request yet")
        case _:
            assert_never(do.effect)


# ---- settings


def _consent(desk: Desk, by: PersonId, version: Any) -> None:
    desk.save_person(replace(desk.person(by), consent=version, consented=desk.at))


def _rhythm(desk: Desk, by: PersonId, evening: Any) -> None:
    couple = desk.couple_of(by)
    if couple is None:
        desk.say(by, rhythm.NO_RHYTHM)
        return
    weekday, minute = evening
    planned = weeks.plan(desk, replace(couple, weekday=weekday, minute=minute))
    for reader in couple.people if planned.next_due is not None else ():
        when = Moment(weeks.own_time(desk, planned, reader), desk.person(reader).zone)
        desk.say(reader, text(rhythm.NEXT_QUESTION.key, {"next": when}))


# What a conversation may set, by name.
SETTERS: Mapping[str, Callable[[Desk, PersonId, Any], None]] = {
    "consent": _consent,
    "rhythm": _rhythm,
    **configuring.SETTERS,
}
