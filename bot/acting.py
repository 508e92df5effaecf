"""What a session's acts bring about: what is said, what is kept, and what begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.changes import Cleared, DropRecord, Redrawn, SaveRecord, Say
from bot.engine.acts import Act, Ask, Button, Close, Do, Forget, Keep, Line, Offer, Redraw, Remind, Visibility
from bot.engine.advance import end
from bot.engine.exercise import Scope
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Session, Status
from bot.saying import ask, put, remind, say_in
from bot.starting import OF, OPENS

if TYPE_CHECKING:
    from bot.desk import Desk


def carry_out(desk: Desk, before: Session, after: Session, act: Act) -> None:
    """One act of a turn that made the session `after` of `before`."""
    match act:
        case Line(to, said, buttons, once):
            if to is None:
                _in_group(desk, after, act)
            elif _reaches(desk, before, after, to):
                buttons = tuple(_placed(b, before.id) if b.command == "back" else b for b in buttons)
                late = desk.opens[to][1] if to in desk.opens else None
                by_the_clock = late is not None and to != desk.actor
                put(
                    desk,
                    to,
                    Say(said, buttons, picture=act.picture),
                    once=once,
                    session=before.id,
                    unasked=by_the_clock,
                    useless_after=late if by_the_clock else None,
                )
        case Ask(no, lead):
            ask(desk, after, no, lead)
        case Remind():
            remind(desk, after, act)
        case Redraw(no):
            if prompt := after.prompt(no):
                put(desk, prompt.to, Redrawn(after.id, prompt), prompt=(after.id, no))
        case Close(no, to, question, chosen):
            put(desk, to, Cleared(before.id, no, question, chosen), session=before.id)
        case _:
            _beyond(desk, before, after, act)


def _in_group(desk: Desk, after: Session, line: Line) -> None:
    """A line for the couple's group, if they have one, and it may open there what it opens."""
    couple = desk.lasting(after)
    group = None if couple is None else desk.groups.of(couple.id)
    if group is not None and (group.shows_answers or not line.opening):
        say_in(desk, group, Say(line.text, line.buttons, only_two=line.opening), session=after.id)


def _beyond(desk: Desk, before: Session, after: Session, act: Act) -> None:
    """What is not said: what is kept, and what begins."""
    match act:
        case Keep(name, owner, visibility, value):
            seen = _seen(desk, after, visibility)
            desk.change(SaveRecord(before.id, after.couple, before.exercise, name, owner, seen, desk.at, value))
        case Forget(name, owner):
            desk.change(DropRecord(before.id, name, owner))
        case Offer() if all(_reaches(desk, before, after, person) for person in act.to):
            _offer(desk, before, after, act)
        case Do():
            desk.effects(desk, after, act)


def _offer(desk: Desk, before: Session, after: Session, act: Offer) -> None:
    """Another session begins, now or at a time."""
    exercise, to, at, given = act.exercise, act.to, act.at, act.given
    both = desk.library.conversations[exercise].scope is Scope.COUPLE
    given = {**given, OPENS: [[*desk.opens[person]] for person in to]} if both and desk.opens else given
    if at is not None:
        _replan(desk, exercise, to)
    if after.couple is not None and to != before.people:
        given = {**given, OF: after.couple}
    desk.begin(exercise, to, after.couple if both else None, given, at.at if at else None)


def _replan(desk: Desk, exercise: str, people: tuple[PersonId, ...]) -> None:
    """What was planned of that exercise with these people makes room for what is planned now."""
    for session in desk.unit.sessions_of(people[0]):
        if session.status is Status.PLANNED and (session.exercise, session.people) == (exercise, people):
            desk.save(end(session, desk.at).session)


def _reaches(desk: Desk, before: Session, after: Session, person: PersonId) -> bool:
    """Whether a session's words are for that person: somebody who takes part, or a partner while they are one."""
    if person in before.people or person in after.people:
        return True
    couple = desk.lasting(after)
    return couple is not None and person in couple.people


def _seen(desk: Desk, session: Session, visibility: Visibility) -> Visibility:
    """Who may see what a session keeps: what was shared with somebody who has left stays with its owner."""
    shared = visibility in {Visibility.SHARED, Visibility.GROUP}
    is_over = shared and session.couple is not None and desk.lasting(session) is None
    return Visibility.PRIVATE if is_over else visibility


def _placed(back: Button, session: SessionId) -> Button:
    """A button that takes an answer back, with the session that it is in before the name of the answer."""
    return replace(back, argument=f"{session} {back.argument}".strip())
