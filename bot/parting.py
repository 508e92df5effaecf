"""A couple ends, by one of the two alone: the other reads it now, or when they next come by."""

from __future__ import annotations

from dataclasses import replace

from bot.changes import Withdraw
from bot.commands import lines
from bot.desk import Desk
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.engine.session import Session
from bot.people import Couple
from bot.starting import OF

ABOUT_THE_TWO = ("leave", "rhythm", "ritual", "ritual-asked", "ritual-tell")  # conversations of one about both


def leave(desk: Desk, leaver: PersonId, asked: Session, *, told: bool) -> None:
    """Ends the couple that the leaver was asked about, unless the other did a moment before."""
    if (couple := desk.lasting(asked)) is not None:
        close(desk, couple, leaver, told=told)


def close(desk: Desk, couple: Couple, leaver: PersonId, *, told: bool) -> None:
    """Ends a couple. `told`: the other reads it now, else when they next come by."""
    other = next(person for person in couple.people if person != leaver)
    desk.save_couple(replace(couple, ended=desk.at, next_due=None, untold=None if told else other))
    desk.silent = None if told else other
    _close(desk, couple)
    for person in couple.people:  # what they have tapped in together is for nobody else
        for group in desk.groups.tapped_by(person):
            desk.groups.drop(group)
    desk.silent = None
    _alone(desk, leaver)
    desk.change(Withdraw(other, frozenset(s.id for s in desk.all_sessions_of(other))))
    if told:
        _hears_again(desk, other, leaver)
        _alone(desk, other)
        desk.say(other, lines.SPACE_CLOSED)


def _hears_again(desk: Desk, other: PersonId, leaver: PersonId) -> None:
    """A time alone of whoever left holds nothing back from the other any more, that line least of all."""
    known = desk.person(other)
    if known.silent_by in {session.id for session in desk.sessions_of(leaver)}:
        desk.save_person(replace(known, silent_until=None, silent_by=None))


def tell(desk: Desk, person: PersonId) -> None:
    """Whoever was left quietly reads so before anything else."""
    for couple in desk.former_couples(person):
        if couple.untold == person:
            desk.save_couple(replace(couple, untold=None))
            _leave_group(desk, couple)
            desk.say(person, lines.SPACE_CLOSED)
            _alone(desk, person)


def _close(desk: Desk, couple: Couple) -> None:
    """What is open between the two, or planned, ends; what is sealed stays with whoever wrote it."""
    first, second = couple.people
    theirs = {s.id: s for s in (*desk.all_sessions_of(first), *desk.all_sessions_of(second))}
    for session in theirs.values():
        is_for_both = session.couple == couple.id and desk.is_for_two(session)
        if is_for_both or session.given.get(OF) == couple.id:
            desk.play(session, Stopped(desk.at))


def _leave_group(desk: Desk, couple: Couple) -> None:
    """The chat that the two shared is nobody's, once both know; there, nothing is said of it."""
    if (group := desk.groups.of(couple.id)) is not None:
        desk.groups.drop(group)


def _alone(desk: Desk, person: PersonId) -> None:
    """A person's own conversations go on without a partner; those about the two of them end."""
    for session in desk.sessions_of(person):
        if session.exercise in ABOUT_THE_TWO:
            desk.play(session, Stopped(desk.at))
        else:
            desk.save(replace(session, couple=None, partner=None))
