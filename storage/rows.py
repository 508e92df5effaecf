"""Persons, accounts, couples, groups, invitations and sessions as rows of their tables, and back."""

from __future__ import annotations

from typing import Any

from bot.engine.codec import read_session, write_session
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.session import Session
from bot.people import Account, AccountKey, Couple, Group, GroupKey, Invitation, Person
from storage.sealing import Sealer
from storage.straight import Found
from storage.vault import KeyGoneError, Vault

Dict = dict[str, Any]

ENTRIES = ("answers", "past")  # of a session's JSON: values by somebody, sealed whole


def person_row(vault: Vault, person: Person) -> Dict:
    """A person as a row."""
    return {
        "id": person.id,
        "name": vault.seal(person.id, name_place(person.id), person.name),
        "language": person.language,
        "zone": person.zone,
        "created": person.created,
        "country": person.country,
        "zone_confirmed": person.zone_confirmed,
        "quiet_from": person.quiet_from,
        "quiet_to": person.quiet_to,
        "consent": person.consent,
        "consented": person.consented,
        "wrong_codes": person.wrong_codes,
        "wrong_code_at": person.wrong_code_at,
        "discreet": person.discreet,
        "open_to_asks": person.open_to_asks,
        "silent_until": person.silent_until,
        "silent_by": person.silent_by,
        "card_at": person.card_at,
        "erased": person.erased,
    }


def person_from(vault: Vault, row: Found) -> Person:
    """A person from their row; without their key they have no name."""
    values = row._asdict()
    return Person(**{**values, "name": open_name(vault, row.id, row.name)})


def open_name(vault: Vault, person: int, sealed: str) -> str:
    """A person's name; "" when their key is gone."""
    try:
        return str(vault.open(PersonId(person), name_place(person), sealed))
    except KeyGoneError:
        return ""


def account_row(account: Account) -> Dict:
    """An account as a row."""
    return {
        "platform": account.key.platform,
        "user_id": account.key.user,
        "person": account.person,
        "chat": account.chat,
        "heard": account.heard,
        "reachable": account.reachable,
    }


def account_from(row: Found) -> Account:
    """An account from its row."""
    key = AccountKey(row.platform, row.user_id)
    return Account(key, PersonId(row.person), row.chat, row.heard, row.reachable)


def couple_row(couple: Couple) -> Dict:
    """A couple as a row."""
    return {
        "id": couple.id,
        "person_a": couple.people[0],
        "person_b": couple.people[1],
        "created": couple.created,
        "weekday": couple.weekday,
        "minute": couple.minute,
        "next_due": couple.next_due,
        "last_round": couple.last_round,
        "ended": couple.ended,
        "rests_until": couple.rests_until,
        "fits": ",".join(couple.fits),
        "untold": None if couple.untold is None else couple.people.index(couple.untold),
        "depth_a": couple.depths[0],
        "depth_b": couple.depths[1],
        "season": couple.season,
        "dances_a": couple.dances[0],
        "dances_b": couple.dances[1],
        "renews_a": couple.renews[0],
        "renews_b": couple.renews[1],
        "renews_on": couple.renews_on,
    }


def couple_from(row: Found) -> Couple:
    """A couple from its row."""
    people = (PersonId(row.person_a), PersonId(row.person_b))
    return Couple(
        id=CoupleId(row.id),
        people=people,
        created=row.created,
        weekday=row.weekday,
        minute=row.minute,
        next_due=row.next_due,
        last_round=row.last_round,
        ended=row.ended,
        rests_until=row.rests_until,
        fits=tuple(row.fits.split(",")) if row.fits else (),
        untold=None if row.untold is None else people[row.untold],
        depths=(row.depth_a, row.depth_b),
        season=row.season,
        dances=(row.dances_a, row.dances_b),
        renews=(row.renews_a, row.renews_b),
        renews_on=row.renews_on,
    )


def group_row(group: Group) -> Dict:
    """A group as a row."""
    taps = (*group.taps, None, None)
    return {
        "id": group.id,
        "platform": group.key.platform,
        "chat": group.key.chat,
        "language": group.language,
        "zone": group.zone,
        "couple": group.couple,
        "tap_a": taps[0],
        "tap_b": taps[1],
        "topic": group.topic,
        "server": group.server,
        "reachable": group.reachable,
        "opens_a": group.opens[0],
        "opens_b": group.opens[1],
        "crowded": group.crowded,
    }


def group_from(row: Found) -> Group:
    """A group from its row."""
    return Group(
        id=GroupId(PersonId(row.id)),
        key=GroupKey(row.platform, row.chat),
        language=row.language,
        zone=row.zone,
        couple=None if row.couple is None else CoupleId(row.couple),
        taps=tuple(PersonId(tap) for tap in (row.tap_a, row.tap_b) if tap is not None),
        topic=row.topic,
        server=row.server,
        reachable=row.reachable,
        opens=(row.opens_a, row.opens_b),
        crowded=row.crowded,
    )


def invitation_row(invitation: Invitation) -> Dict:
    """An invitation as a row."""
    return {
        "code_hash": invitation.code_hash,
        "inviter": invitation.inviter,
        "session": invitation.session,
        "expires": invitation.expires,
        "guest": invitation.guest,
        "closed": invitation.closed,
        "moves": invitation.moves,
    }


def invitation_from(row: Found) -> Invitation:
    """An invitation from its row."""
    session = None if row.session is None else SessionId(row.session)
    guest = None if row.guest is None else PersonId(row.guest)
    return Invitation(row.code_hash, PersonId(row.inviter), session, row.expires, guest, row.closed, row.moves)


def session_row(vault: Vault, session: Session) -> Dict:
    """A session that has not ended as a row."""
    people = (*session.people, None, None)
    return {
        "id": session.id,
        "exercise": session.exercise,
        "status": session.status.value,
        "started": session.started,
        "couple": session.couple,
        "person_a": people[0],
        "person_b": people[1],
        "wake": session.wake,
        "state": session_sealer(vault, session.id).seal(write_session(session), session.people[0], ENTRIES),
    }


def session_from(vault: Vault, row: Found) -> Session:
    """A session from its row."""
    return read_session(session_sealer(vault, row.id).open(row.state))


def session_sealer(vault: Vault, session: int) -> Sealer:
    """What seals a session's state."""
    return Sealer(vault, f"session/{session}")


def name_place(person: int) -> str:
    """Where a person's name is kept."""
    return f"person/{person}/name"
