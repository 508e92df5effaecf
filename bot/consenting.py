"""Consent: what somebody has agreed to, and what waits until they have."""

from __future__ import annotations

from bot.commands import group, lines
from bot.desk import Desk
from bot.engine.ids import PersonId
from bot.events import Blocked, Command, Deed, Pressed, Returned
from bot.tokens import Order, Press, read_token

AT_ANY_TIME = frozenset({"safety", "leave", "delete", "export"})  # also for who has not agreed to changed terms
LESS = {(group.COMMAND, group.HIDE), (group.COMMAND, group.OUT)}  # what shows less in a group needs nothing first
CONVERSATIONS = AT_ANY_TIME | {"welcome", "guest", "terms"}  # whose buttons work then


def has_agreed(desk: Desk, person: PersonId) -> bool:
    """Whether somebody has agreed to the terms as they are now."""
    return desk.person(person).consent >= desk.library.terms


def not_yet_met(desk: Desk, person: PersonId) -> bool:
    """Somebody who has not agreed yet gets the screen that asks for it, whatever they did; False for all others."""
    if has_agreed(desk, person):
        return False
    first = desk.open_one(person, "welcome", "guest", "terms")
    if first is None:
        desk.begin("terms" if desk.person(person).consent else "welcome", (person,))
        return True
    for prompt in first.open.values():
        desk.show(first, prompt, lines.FIRST_CONSENT)
    return True


def asks_again(desk: Desk, person: PersonId, deed: Deed) -> bool:
    """Whether somebody has to agree to changed terms first; then they have been asked, and nothing else came of what
    they did. Who has agreed to none is asked by each thing that they begin."""
    if has_agreed(desk, person) or not desk.person(person).consent or _may(desk, deed):
        return False
    return not_yet_met(desk, person)


def _may(desk: Desk, deed: Deed) -> bool:
    match deed:
        case Command(name, _):
            return name in AT_ANY_TIME
        case Pressed(token):
            pressed = read_token(token)
            if isinstance(pressed, Order):
                return pressed.command in AT_ANY_TIME or (pressed.command, pressed.argument) in LESS
            session = desk.session(pressed.session) if isinstance(pressed, Press) else None
            return session is None or session.exercise in CONVERSATIONS
        case _:
            return isinstance(deed, Blocked | Returned)
