"""Somebody deletes everything of theirs. Here what goes on ends; the store then takes their key and their rows away."""

from __future__ import annotations

from dataclasses import replace

from bot import pairing, parting, repair
from bot.desk import Desk
from bot.engine.events import Stopped
from bot.engine.ids import PersonId


def erase(desk: Desk, person: PersonId) -> None:
    """Ends all that they take part in, the couple quietly, and marks them. What is said to them in this turn is the
    last that they hear."""
    if (couple := desk.couple_of(person)) is not None:
        parting.close(desk, couple, person, told=False)
    pairing.withdraw(desk, person)
    for session in desk.all_sessions_of(person):
        desk.play(session, Stopped(desk.at))
        repair.tell_of_end(desk, session, person)
    for group in desk.groups.tapped_by(person):
        desk.groups.drop(group)
    known = desk.person(person)
    desk.save_person(replace(known, erased=desk.at, discreet=False, silent_until=None, silent_by=None))
