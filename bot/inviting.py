"""Invitations: made, opened, and refused with one sentence."""

from __future__ import annotations

from dataclasses import replace

from bot import moving
from bot.changes import SaveInvitation
from bot.codes import code_hash, new_code, way
from bot.commands import pair
from bot.consenting import has_agreed
from bot.desk import Desk
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.engine.session import Json, Session
from bot.engine.text import Card
from bot.pairing import close_invitations, seat_kept_by, usable
from bot.people import Invitation

WRONG_CODES = 5  # in a row, after which an hour must pass
AN_HOUR = 3600


def invite(desk: Desk, person: PersonId) -> None:
    """A new invitation, with the question that waits for its second."""
    if desk.couple_of(person) is not None:
        desk.say(person, pair.ALREADY_LINKED)
        return
    code = new_code(desk)
    close_invitations(desk, person)
    seat = seat_kept_by(desk, person)
    question = None if seat is None else carried_card(seat)
    expires = desk.at + int(pair.LASTS.total_seconds())
    desk.change(SaveInvitation(Invitation(code_hash(code), person, seat.id if seat else None, expires)))
    desk.say(person, pair.INVITATION_INTRO)
    desk.say(person, pair.invitation(person, question, way(desk, person, code)))


def open_invitation(desk: Desk, person: PersonId, code: str) -> None:
    """Somebody brings a code: one screen, or one sentence why not. Wrong ones are slowed down."""
    me = desk.person(person)
    waited = desk.at - me.wrong_code_at
    if me.wrong_codes >= WRONG_CODES and waited < AN_HOUR:
        desk.say(person, pair.TOO_MANY_CODES)
        return
    invitation = desk.unit.invitation(code_hash(code))
    if invitation is not None and invitation.moves and moving.brings(desk, person, invitation):
        desk.save_person(replace(desk.person(person), wrong_codes=0))
    elif invitation is not None and invitation.inviter == person:
        desk.say(person, pair.OWN_INVITATION)
    elif desk.couple_of(person) is not None:
        desk.say(person, pair.ALREADY_LINKED)
    elif invitation is None or not usable(desk, invitation, person):
        wrong = me.wrong_codes + 1 if waited < AN_HOUR else 1
        desk.save_person(replace(me, wrong_codes=wrong, wrong_code_at=desk.at))
        desk.say(person, pair.NO_INVITATION, *(() if me.consent else (pair.START_ALONE,)))
    else:
        welcome_guest(desk, person, invitation)


def welcome_guest(desk: Desk, person: PersonId, invitation: Invitation) -> None:
    """The one screen of whoever came by an invitation."""
    desk.save_person(replace(desk.person(person), wrong_codes=0))
    for open_already in (desk.open_one(person, "welcome"), desk.open_one(person, "guest")):
        if open_already is not None:
            desk.play(open_already, Stopped(desk.at))
    seat = seat_kept_by(desk, invitation.inviter)
    card = None if seat is None else carried_card(seat)
    question = None if card is None else card.id
    given: dict[str, Json] = {"inviter": invitation.inviter, "invitation": invitation.code_hash, "question": question}
    if has_agreed(desk, person):
        given["agreed"] = True
    desk.begin("guest", (person,), given=given)


def carried_card(session: Session) -> Card | None:
    """The question of a round that waits for its second."""
    card = session.fixed.get("question")
    return Card("curiosity", card) if isinstance(card, str) else None
