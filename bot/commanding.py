"""The commands: what each does, whoever gives it and in whatever state."""

from __future__ import annotations

from collections.abc import Callable

from bot import asking, attaching, exporting, history, moving, repair
from bot.commands import group as groups
from bot.commands import help as helping
from bot.commands import leave, lines, rhythm
from bot.configuring import settings
from bot.consenting import AT_ANY_TIME, has_agreed, not_yet_met
from bot.desk import Desk
from bot.discreet import clean, show
from bot.engine.acts import Button
from bot.engine.ids import GroupId, PersonId, SessionId
from bot.engine.session import Session
from bot.exercise_commands import (
    Command,
    alone,
    ask,
    calendar,
    curious,
    lines_of_two,
    of_two,
    renew,
    rhythm_now,
    space,
    surprised,
)
from bot.inviting import invite, open_invitation
from bot.keepsakes import keepsake
from bot.tokens import read_base36

DIGITS = 19  # of the longest id, below 2**63


def command(desk: Desk, person: PersonId, name: str, argument: str) -> None:
    """Carries a command out; an unknown one is answered with what there is."""
    if name == "start" and argument:
        _brought(desk, person, argument)
        return
    if name not in BEFORE_CONSENT and not_yet_met(desk, person):
        return
    COMMANDS.get(name, _unknown)(desk, person, argument.strip())


def _brought(desk: Desk, person: PersonId, argument: str) -> None:
    """Somebody comes by a link: from a group, or with an invitation."""
    group = read_base36(argument.removeprefix(groups.START)) if argument.startswith(groups.START) else None
    if group is None:
        open_invitation(desk, person, argument)
    else:
        attaching.arrive(desk, person, GroupId(PersonId(group)))


# ---- what there is


def _start(desk: Desk, person: PersonId, argument: str) -> None:
    if not not_yet_met(desk, person):
        _help(desk, person, argument)


def _help(desk: Desk, person: PersonId, argument: str) -> None:
    desk.say(person, helping.HELP, *helping.help_buttons(COMMANDS, linked=desk.couple_of(person) is not None))
    if before := repair.asked(desk, person):
        if has_agreed(desk, person):
            _repair_buttons(desk, person, before[-1].session)
        repair.stand_again(desk, person)


def _repair_buttons(desk: Desk, person: PersonId, session: Session) -> None:
    here = str(session.id)
    buttons = (
        Button(lines.NOT_NOW, "later", here),
        Button(lines.STOP_HERE, "stop", here),
        Button(lines.TAKE_BACK, "back", here),
    )
    desk.say(person, lines.ALREADY_IN, *buttons)


def _safety(desk: Desk, person: PersonId, argument: str) -> None:
    desk.say(person, helping.safety(desk.person(person).country))
    repair.stand_again(desk, person)


def _unknown(desk: Desk, person: PersonId, argument: str) -> None:
    desk.say(person, lines.UNKNOWN, lines.HELP_BUTTON)
    repair.stand_again(desk, person)


# ---- two people


def _pair(desk: Desk, person: PersonId, argument: str) -> None:
    if argument:
        open_invitation(desk, person, argument)
    elif not not_yet_met(desk, person):  # who invites can be linked by a tap of the other's
        invite(desk, person)


# ---- in the middle


def in_session(act: Callable[[Desk, PersonId, Session | None], None]) -> Command:
    """A command whose button names its session, and is stale when that is over; typed, it names none."""

    def command(desk: Desk, person: PersonId, argument: str) -> None:
        if not (argument.isascii() and argument.isdecimal()):
            act(desk, person, None)
        elif (session := _named(desk, person, argument)) is None:
            desk.say(person, lines.STALE)
        else:
            act(desk, person, session)

    return command


def _back(desk: Desk, person: PersonId, argument: str) -> None:
    """Behind the session, a button may name the answer that it is about."""
    session, _, name = argument.partition(" ")
    in_session(lambda desk, person, named: repair.back(desk, person, named, name if named else ""))(
        desk, person, session
    )


def _named(desk: Desk, person: PersonId, digits: str) -> Session | None:
    session_id = SessionId(int(digits)) if len(digits) <= DIGITS and int(digits) < 1 << 63 else None
    session = desk.session(session_id) if session_id is not None else None
    is_theirs = session is not None and person in session.people and repair.has_part(session, person)
    return session if is_theirs else None


COMMANDS: dict[str, Command] = {
    "start": _start,
    "help": _help,
    "safety": _safety,
    "curious": curious,
    "village": alone("village"),
    "ask": ask,
    "jar": asking.jar,
    "takeout": asking.take_out,
    "space": space,
    "near": alone("near"),
    "calendar": calendar,
    "dance": alone("dance"),
    "lines": lines_of_two,
    "renew": renew,
    "woo": alone("woo"),
    "surprise": surprised,
    "step": alone("step"),
    "job": alone("job"),
    "no": alone("no"),
    "mine": alone("mine"),
    "pair": _pair,
    "settings": settings,
    "group": attaching.command,
    "rhythm": of_two("rhythm", rhythm.NO_RHYTHM, rhythm_now),
    "delete": alone("delete"),
    "leave": of_two("leave", leave.NOT_LINKED, lambda desk, person, couple: {}),
    "move": moving.give_code,
    "history": history.show,
    "unsay": history.ask,
    "unsaid": history.unsay,
    "export": alone("export"),
    "keepsake": keepsake,
    "exported": exporting.take_out,
    "show": show,
    "clean": clean,
    "stop": in_session(repair.stop),
    "back": _back,
    "skip": lambda desk, person, argument: repair.skip(desk, person),
    "later": in_session(repair.not_now),
    "continue": in_session(repair.go_on),
    "over": in_session(repair.start_over),
}
BEFORE_CONSENT = AT_ANY_TIME | {"start", "help", "pair", "stop"}
