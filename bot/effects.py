"""What a command may bring about beside words: a closed list, carried out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from bot.changes import SaveInvitation
from bot.commands import lines, pair, rhythm
from bot.desk import Desk
from bot.engine.acts import Attach, Do, Erase, Link, Set, Unlink
from bot.engine.events import Joined, Linked, Stopped, Unseated
from bot.engine.ids import CoupleId, PersonId
from bot.engine.moments import Moment
from bot.engine.session import Json, Session
from bot.engine.text import Name, text
from bot.people import Couple, Invitation

A_DAY = 86_400  # seconds
APART = 3 * A_DAY  # between a round and the next weekly prompt, at the least
WEEK = 7


def carry_out(desk: Desk, session: Session, do: Do) -> None:
    """Carries out an effect that a conversation asked for."""
    match do.effect:
        case Set(values):
            _set(desk, do.by, values)
        case Attach(invitation):
            take_seat(desk, do.by, invitation)
        case Link(guest):
            _link(desk, do.by, guest)
        case Unlink(guest):
            _unseat(desk, do.by, guest)
        case Erase():
            raise NotImplementedError("nothing is erased on request yet")
        case _:
            assert_never(do.effect)


# ---- settings


def _set(desk: Desk, by: PersonId, values: Mapping[str, Json]) -> None:
    values_: Mapping[str, Any] = values
    person, couple = desk.person(by), desk.couple_of(by)
    if "consent" in values_:
        desk.save_person(replace(person, consent=values_["consent"], consented=desk.at))
    if "zone" in values_:
        desk.save_person(replace(person, zone=values_["zone"], zone_confirmed=True))
        if couple is not None:
            _plan(desk, couple, {by: values_["zone"]}, _week_planned(desk, couple))
    if "weekday" in values_ and couple is None:
        desk.say(by, rhythm.NO_RHYTHM)
    if "weekday" in values_ and couple is not None:
        slot = replace(couple, weekday=values_["weekday"], minute=values_["minute"])
        planned = _plan(desk, slot, {}, _week_planned(desk, couple))
        for reader in couple.people if planned.next_due is not None else ():
            when = Moment(own_time(desk, planned, reader), desk.person(reader).zone)
            desk.say(reader, text(rhythm.NEXT_QUESTION.key, {"next": when}))


def _plan(desk: Desk, couple: Couple, zones: Mapping[PersonId, str], after: int | None = None) -> Couple:
    """The couple with its next prompt, some days from the last round at the earliest."""
    if couple.weekday is not None:
        first, second = (zones.get(p) or desk.person(p).zone for p in couple.people)
        earliest = max(desk.at, after or 0, (couple.last_round or 0) + APART)
        couple = replace(couple, next_due=desk.library.next_due(couple, (first, second), earliest))
    desk.save_couple(couple)
    return couple


def _week_planned(desk: Desk, couple: Couple) -> int:
    """When the week begins that the next prompt is planned for (less a second): a new evening or another clock does
    not bring back a week that has had its round."""
    if couple.next_due is None:
        return 0
    day = Moment(couple.next_due, desk.person(couple.people[0]).zone).day
    return day.plus(-day.date.weekday()).at(0).at - 1


def own_time(desk: Desk, couple: Couple, reader: PersonId) -> int:
    """When the couple's next prompt reaches that one of the two: at the same hour of their own zone."""
    zone = desk.person(reader).zone
    return desk.library.next_due(couple, (zone, zone), (couple.next_due or desk.at) - 1)


def last_slot(desk: Desk, couple: Couple) -> int:
    """The couple's last slot that has come (epoch seconds)."""
    first, second = (desk.person(p).zone for p in couple.people)
    return desk.library.next_due(couple, (first, second), desk.at - WEEK * A_DAY)


def round_by_the_clock(desk: Desk, couple: Couple) -> None:
    """The weekly round begins: the next one is a week on."""
    _plan(desk, replace(couple, last_round=desk.at), {})


def round_by_hand(desk: Desk, couple: Couple) -> None:
    """A round begun by hand counts as this week's: the next one is not before Monday."""
    today = Moment(desk.at, desk.person(couple.people[0]).zone).day
    monday = today.plus(WEEK - today.date.weekday()).at(0)
    _plan(desk, replace(couple, last_round=desk.at), {}, monday.at)


# ---- two people


def usable(desk: Desk, invitation: Invitation | None, guest: PersonId) -> bool:
    """Whether that guest can take the seat that an invitation keeps."""
    if invitation is None or invitation.closed or invitation.guest is not None or desk.at >= invitation.expires:
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
        desk.say(guest, pair.NO_INVITATION)
        return
    desk.change(SaveInvitation(replace(invitation, guest=guest)))
    inviter = invitation.inviter
    desk.say(guest, text(lines.ONLY_YES_MISSING.key, {"name": Name(inviter)}))
    if (seat := seat_kept_by(desk, inviter)) is not None:
        desk.play(seat, Joined(desk.at, guest))
    desk.begin("confirm", (inviter,), given={"guest": guest})


def _link(desk: Desk, inviter: PersonId, guest: PersonId) -> None:
    if desk.couple_of(inviter) or desk.couple_of(guest):
        desk.say(inviter, lines.TIMED_OUT_GUEST)
        return
    rounds = _rounds_of(desk, inviter, guest) or _joined(desk, inviter, guest)
    evening = {"weekday": rhythm.SUNDAY, "minute": rhythm.EVENING.hour * 60}  # until they choose another
    couple = Couple(CoupleId(desk.new_id()), (inviter, guest), desk.at, last_round=desk.at, **evening)
    couple = _plan(desk, couple, {})
    desk.say(guest, text(lines.LINKED_NOW.key, {"name": Name(inviter)}))
    _close_the_rest(desk, couple)
    for session in rounds:
        desk.play(session, Linked(desk.at, couple.id))
    if not rounds:
        desk.begin("curious", couple.people, couple.id, {"first": True})


def _joined(desk: Desk, inviter: PersonId, guest: PersonId) -> list[Session]:
    """The round that the inviter still keeps a seat in, with the guest in it."""
    seat = seat_kept_by(desk, inviter)
    return [] if seat is None else [desk.play(seat, Joined(desk.at, guest)).session]


def _close_the_rest(desk: Desk, couple: Couple) -> None:
    """What the two had begun with others, or alone for a second, is closed: who is linked waits for nobody else."""
    for person in couple.people:
        for confirm in _asked_about(desk, person):
            desk.play(confirm, Stopped(desk.at))
            if (other := guest_in(confirm)) not in couple.people:
                _unseat(desk, person, other)
        for session in _waiting_rounds(desk, person):
            inviter = session.people[0]
            if inviter == person and len(session.people) == 1:
                desk.play(session, Stopped(desk.at))
                desk.say(person, lines.STOPPED_BY_OTHER)
            elif inviter not in couple.people:
                _withdraw(desk, inviter, person, session)


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


def _unseat(desk: Desk, inviter: PersonId, guest: PersonId) -> None:
    for session in _rounds_of(desk, inviter, guest):
        desk.play(session, Unseated(desk.at, guest))
    desk.say(guest, lines.TIMED_OUT_GUEST)


def _rounds_of(desk: Desk, one: PersonId, other: PersonId) -> list[Session]:
    return [s for s in desk.sessions_of(one) if set(s.people) == {one, other} and s.couple is None]
