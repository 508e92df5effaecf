"""Two people become a couple: the seat that an invitation keeps, the guest in it, and the link."""

from __future__ import annotations

from dataclasses import replace

from bot import weeks
from bot.changes import SaveInvitation
from bot.commands import lines, pair, rhythm
from bot.desk import Desk
from bot.engine.events import Linked, Stopped, Unseated
from bot.engine.ids import CoupleId, PersonId
from bot.engine.session import Session
from bot.engine.text import Name, text
from bot.people import Couple, Invitation


def usable(desk: Desk, invitation: Invitation | None, guest: PersonId) -> bool:
    """Whether that guest can take the seat that an invitation keeps."""
    if invitation is None or invitation.moves or invitation.closed:
        return False
    if invitation.guest is not None or desk.at >= invitation.expires:
        return False
    both = (invitation.inviter, guest)
    return guest != invitation.inviter and all(desk.couple_of(p) is None for p in both)


def seat_kept_by(desk: Desk, inviter: PersonId) -> Session | None:
    """The inviter's round that waits for its second."""
    return next(
        (s for s in desk.sessions_of(inviter) if s.exercise == "curious" and s.people == (inviter,)),
        None,
    )


def take_seat(desk: Desk, guest: PersonId, code_hash: str) -> None:
    """The guest joins the round of the inviter, who is asked whether it is the right one."""
    invitation = desk.unit.invitation(code_hash)
    if invitation is None or not usable(desk, invitation, guest):
        desk.say(guest, pair.NO_INVITATION, pair.ALONE_NOW)
        return
    desk.change(SaveInvitation(replace(invitation, guest=guest)))
    inviter = invitation.inviter
    desk.say(guest, text(lines.ONLY_YES_MISSING.key, {"name": Name(inviter)}))
    if (seat := seat_kept_by(desk, inviter)) is not None:
        desk.join(seat, guest)
    desk.begin("confirm", (inviter,), given={"guest": guest})


def link(desk: Desk, inviter: PersonId, guest: PersonId) -> None:
    """The two are a couple from now on, with a rhythm, and in one round."""
    have_agreed = all(desk.person(person).consent for person in (inviter, guest))
    if desk.couple_of(inviter) or desk.couple_of(guest) or not have_agreed or desk.person(guest).erased is not None:
        desk.say(inviter, lines.TIMED_OUT_GUEST)
        return
    rounds = _rounds_of(desk, inviter, guest) or _joined(desk, inviter, guest)
    day = weeks.today(desk, inviter)
    evening = rhythm.EVENING.hour * 60
    two = Couple(CoupleId(desk.new_id()), (inviter, guest), desk.at, rhythm.SUNDAY, evening, last_round=day, season=1)
    couple = weeks.plan(desk, two)  # Sunday, until they choose another
    desk.say(guest, text(lines.LINKED_NOW.key, {"name": Name(inviter)}))
    for person in couple.people:
        close_invitations(desk, person)
    _close_the_rest(desk, couple)
    for session in rounds:
        desk.play(session, Linked(desk.at, couple.id))
    if not rounds:
        desk.begin("curious", couple.people, couple.id, {"first": True})


def _joined(desk: Desk, inviter: PersonId, guest: PersonId) -> list[Session]:
    """The round that the inviter still keeps a seat in, with the guest in it."""
    seat = seat_kept_by(desk, inviter)
    return [] if seat is None else [desk.join(seat, guest)]


def _close_the_rest(desk: Desk, couple: Couple) -> None:
    """What the two had begun with others, or alone for a second, is closed: who is linked waits for nobody else."""
    for person in couple.people:
        for confirm in _asked_about(desk, person):
            desk.play(confirm, Stopped(desk.at))
            if (other := guest_in(confirm)) not in couple.people:
                unseat(desk, person, other)
        for session in _waiting_rounds(desk, person):
            inviter = session.people[0]
            if inviter == person and len(session.people) == 1:
                desk.play(session, Stopped(desk.at))
                desk.say(person, lines.STOPPED_BY_OTHER)
            elif inviter not in couple.people:
                _withdraw(desk, inviter, person, session)


def withdraw(desk: Desk, guest: PersonId) -> None:
    """A guest leaves the seats that they were let into and nobody has confirmed."""
    for session in _waiting_rounds(desk, guest):
        if session.people[0] != guest:
            _withdraw(desk, session.people[0], guest, session)


def _withdraw(desk: Desk, inviter: PersonId, guest: PersonId, session: Session) -> None:
    """A guest who is somebody else's by now leaves the seat; the inviter is not told why."""
    desk.play(session, Unseated(desk.at, guest))
    for confirm in _asked_about(desk, inviter):
        if guest_in(confirm) == guest:
            desk.play(confirm, Stopped(desk.at))
    desk.say(inviter, lines.TIMED_OUT_GUEST)


def _asked_about(desk: Desk, inviter: PersonId) -> list[Session]:
    return [s for s in desk.sessions_of(inviter) if s.exercise == "confirm"]


def guest_in(confirm: Session) -> PersonId:
    """About whom an inviter is asked."""
    guest = confirm.given.get("guest")
    return PersonId(guest if isinstance(guest, int) else 0)


def _waiting_rounds(desk: Desk, person: PersonId) -> list[Session]:
    return [s for s in desk.sessions_of(person) if s.exercise == "curious" and s.couple is None]


def unseat(desk: Desk, inviter: PersonId, guest: PersonId, *, late: bool = False) -> None:
    """The guest leaves the rounds that they came to; the inviter said that it is somebody else, or nothing at all."""
    came_by = [invitation for invitation in desk.unit.invitations_of(inviter) if invitation.guest == guest]
    for invitation in came_by:
        desk.change(SaveInvitation(replace(invitation, closed=True)))
    rounds = _rounds_of(desk, inviter, guest)
    for session in rounds:
        desk.play(session, Unseated(desk.at, guest))
    has_heard = not rounds and any(invitation.session is not None for invitation in came_by)
    if not (late and has_heard):  # a round that closed has said so
        desk.say(guest, lines.TIMED_OUT_GUEST)


def close_invitations(desk: Desk, inviter: PersonId) -> None:
    """A new invitation, or a link, closes those before it that nobody has come by."""
    for invitation in desk.unit.invitations_of(inviter):
        if invitation.guest is None:
            desk.change(SaveInvitation(replace(invitation, closed=True)))


def _rounds_of(desk: Desk, one: PersonId, other: PersonId) -> list[Session]:
    return [s for s in desk.sessions_of(one) if set(s.people) == {one, other} and s.couple is None]
