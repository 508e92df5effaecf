"""What a command may bring about beside words: a closed list, carried out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, assert_never

from bot.changes import SaveInvitation
from bot.commands import lines, pair, rhythm
from bot.desk import Desk
from bot.engine.acts import Attach, Do, Erase, Link, Set, Unlink
from bot.engine.events import Joined, Linked, Stopped, Unseated
from bot.engine.ids import CoupleId, PersonId
from bot.engine.moments import Day, Moment
from bot.engine.session import Json, Session
from bot.engine.text import Name, text
from bot.people import Couple, Invitation
from bot.waking import DAYS, days_later, in_time

A_DAY = 86_400  # seconds
WEEK = 7  # days
UTC = "UTC"


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
        country = desk.library.country(values_["zone"])
        desk.save_person(replace(person, zone=values_["zone"], zone_confirmed=True, country=country))
        if couple is not None:
            clock_moved(desk, couple)
    if "weekday" in values_ and couple is None:
        desk.say(by, rhythm.NO_RHYTHM)
    if "weekday" in values_ and couple is not None:
        planned = _plan(desk, replace(couple, weekday=values_["weekday"], minute=values_["minute"]))
        for reader in couple.people if planned.next_due is not None else ():
            when = Moment(own_time(desk, planned, reader), desk.person(reader).zone)
            desk.say(reader, text(rhythm.NEXT_QUESTION.key, {"next": when}))


def _plan(desk: Desk, couple: Couple) -> Couple:
    """The couple with its next prompt: in a week that has had no round yet, whatever evening or zones they have now."""
    if couple.weekday is not None:
        earliest = max(desk.at, _week_after(desk, couple) - 1)
        couple = replace(couple, next_due=desk.library.next_due(couple, _zones(desk, couple), earliest))
    desk.save_couple(couple)
    return couple


def _zones(desk: Desk, couple: Couple) -> tuple[str, str]:
    first, second = couple.people
    return desk.person(first).zone, desk.person(second).zone


def _week_after(desk: Desk, couple: Couple) -> int:
    """When the week after that of their last round begins, for whichever of the two it begins first."""
    if couple.last_round is None:
        return 0
    day = Moment(couple.last_round, UTC).day.date
    monday = day + timedelta(days=WEEK - day.weekday())
    return min(Day(monday, zone).at(0).at for zone in _zones(desk, couple))


def _noon(day: date) -> int:
    """A day as an instant that lies on it in no zone but UTC: it stays that day wherever the two of them go."""
    return Day(day, UTC).at(12).at


def today(desk: Desk, person: PersonId) -> int:
    """The day of a round that begins now, by that person's clock."""
    return _noon(Moment(desk.at, desk.person(person).zone).local.date())


def own_time(desk: Desk, couple: Couple, reader: PersonId, due: int | None = None) -> int:
    """When the couple's next prompt, or the one that is `due`, reaches that one of the two: at the same hour of their
    own zone."""
    zone = desk.person(reader).zone
    return desk.library.next_due(couple, (zone, zone), (due or couple.next_due or desk.at) - 1)


def last_slot(desk: Desk, couple: Couple) -> int:
    """The couple's last slot that has come (epoch seconds)."""
    zones = _zones(desk, couple)
    slot = desk.library.next_due(couple, zones, desk.at - (WEEK + 1) * A_DAY)
    while (later := desk.library.next_due(couple, zones, slot)) <= desk.at:
        slot = later
    return slot


def _day_of(desk: Desk, couple: Couple, slot: int) -> int:
    """The day of a slot: by the clock of the one for whom it comes first."""
    first = next(p for p in couple.people if own_time(desk, couple, p, slot) == slot)
    day = Moment(slot, desk.person(first).zone).local.date()
    moved = (day.weekday() - (couple.weekday or 0)) % WEEK  # a time that does not exist may move past midnight
    return _noon(day - timedelta(days=moved))


def clock_moved(desk: Desk, couple: Couple) -> None:
    """Somebody's clock is another one now: an evening that was skipped by it comes late, as after a standstill."""
    planned = _plan(desk, couple)
    if couple.weekday is not None and couple.last_round is not None:
        slot = last_slot(desk, couple)
        if slot > _week_after(desk, couple) - 1:
            desk.save_couple(replace(planned, next_due=slot))


def round_by_the_clock(desk: Desk, couple: Couple) -> Mapping[PersonId, tuple[int, int]]:
    """The weekly round that is due: from when and until when it goes to each. Nothing for one that is too late, or
    later than today; the next one is planned."""
    slot = last_slot(desk, couple)
    goes = {person: _goes(desk, couple, person, slot) for person in couple.people}
    times = [at for at, _ in goes.values() if at is not None]
    if slot < _week_after(desk, couple) or len(times) < len(goes):
        _plan(desk, couple)
        return {}
    if min(times) > desk.at:
        desk.save_couple(replace(couple, next_due=min(times)))
        return {}
    _plan(desk, replace(couple, last_round=_day_of(desk, couple, slot)))
    return {person: (at, until) for person, (at, until) in goes.items() if at is not None}


def _goes(desk: Desk, couple: Couple, person: PersonId, slot: int) -> tuple[int | None, int]:
    reader, planned = desk.person(person), own_time(desk, couple, person, slot)
    return in_time(reader, planned, desk.at), days_later(reader, planned, DAYS) - 1


def round_by_hand(desk: Desk, couple: Couple) -> None:
    """A round begun by hand counts as this week's: the next one is not before Monday."""
    _plan(desk, replace(couple, last_round=today(desk, couple.people[0])))


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
    day = today(desk, inviter)
    couple = _plan(desk, Couple(CoupleId(desk.new_id()), (inviter, guest), desk.at, last_round=day, **evening))
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
