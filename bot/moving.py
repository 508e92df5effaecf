"""Somebody goes over to another account of theirs: nothing is lost, and the account before is nobody's."""

from __future__ import annotations

from dataclasses import replace

from bot import erasing
from bot.changes import DropAccount, SaveAccount, SaveInvitation
from bot.codes import code_hash, new_code, way
from bot.commands import group as groups
from bot.commands import move as words
from bot.commands.settings import SETTINGS
from bot.desk import Desk
from bot.engine.events import Stopped
from bot.engine.ids import PersonId
from bot.people import Invitation


def give_code(desk: Desk, person: PersonId, argument: str) -> None:
    """A code for another account; one that was made before works no more."""
    for before in desk.unit.invitations_of(person):
        if before.moves:
            desk.change(SaveInvitation(replace(before, closed=True)))
    code, expires = new_code(desk), desk.at + int(words.LASTS.total_seconds())
    desk.change(SaveInvitation(Invitation(code_hash(code), person, None, expires, moves=True)))
    desk.say(person, words.instructions(way(desk, person, code)))


def brings(desk: Desk, guest: PersonId, invitation: Invitation) -> bool:
    """Another account brings a code: whoever made it is asked. False for one that is used or too old."""
    if invitation.closed or desk.at >= invitation.expires or guest == invitation.inviter:
        return False
    if _has_own(desk, guest):
        desk.say(guest, words.HAS_OWN)
        return True
    desk.change(SaveInvitation(replace(invitation, closed=True)))
    if (asked := desk.open_one(invitation.inviter, "move")) is not None:
        desk.play(asked, Stopped(desk.at))
    desk.begin("move", (invitation.inviter,), given={"guest": guest})
    desk.say(guest, words.ASKED)
    return True


def move(desk: Desk, person: PersonId, guest: PersonId) -> None:
    """Everything of a person's is written to the account of the guest, who is nobody from then on."""
    there, here = desk.unit.account_of(guest), desk.unit.account_of(person)
    if there is None or _has_own(desk, guest) or desk.person(guest).erased is not None:
        desk.say(person, words.NOT_MOVED)
        return
    if here is not None:
        desk.change(DropAccount(here.key))
    desk.change(DropAccount(there.key))
    desk.change(SaveAccount(replace(there, person=person)))
    erasing.erase(desk, guest)
    desk.say(person, words.HERE, SETTINGS)
    _close_answers(desk, person)
    for session in desk.sessions_of(person):
        for prompt in [prompt for prompt in session.open.values() if prompt.to == person]:
            desk.show(session, prompt)


def _close_answers(desk: Desk, person: PersonId) -> None:
    """Who is in the group of two can be counted by their accounts: with another one, both say yes again."""
    couple = desk.couple_of(person)
    group = None if couple is None else desk.groups.of(couple.id)
    if couple is None or group is None or not any(group.opens):
        return
    desk.groups.save(replace(group, opens=(False, False)))
    for reader in couple.people:
        desk.say(reader, groups.ONLY_OPEN)


def _has_own(desk: Desk, guest: PersonId) -> bool:
    return desk.couple_of(guest) is not None or bool(desk.unit.all_past(guest))
