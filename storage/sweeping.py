"""What nobody needs any more: it goes a little at a time, so that whoever writes meanwhile waits for no more than that.

It is looked for once a day, through whole tables: an index for it would cost each turn more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Delete, Table, and_, bindparam, delete, exists, func, or_, select, tuple_, update

from bot.engine.ids import PersonId, first_of
from storage.straight import Straight
from storage.tables import metadata

DAY = 86_400  # seconds
BATCH = 500  # rows that one transaction takes away from a table at most
# For how long, in seconds: ids of events (a platform delivers one again within a day or two), what could not be said,
# invitations that are over and groups that are nobody's, when the card was shown (product.md: six hours), messages that
# showed a question, and the account of somebody who deleted everything, whom one last line could not reach.
SEEN, FAILED, OVER, CARD, SHOWN, FAREWELL = 8 * DAY, 30 * DAY, 30 * DAY, 6 * 3_600, 366 * DAY, DAY

T = metadata.tables
PERSON, ACCOUNT, COUPLE, SESSION = T["person"], T["account"], T["couple"], T["session"]
RECORD, OUTBOX, INVITATION, GROUP = T["record"], T["outbox"], T["invitation"], T["groups"]

_ERASED = PERSON.alias("erased")


def _some(table: Table, condition: ColumnElement[bool]) -> Delete:
    keys = list(table.primary_key)
    chosen = select(*keys).where(condition).limit(BATCH)
    return delete(table).where((tuple_(*keys) if len(keys) > 1 else keys[0]).in_(chosen))


def _is_erased(person: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(_ERASED.c.id == person, _ERASED.c.erased.is_not(None))


_LONG_ERASED = exists().where(_ERASED.c.id == ACCOUNT.c.person, _ERASED.c.erased < bindparam("farewell"))
_HAS_HEARD = ~exists().where(OUTBOX.c.person == ACCOUNT.c.person, OUTBOX.c.content.is_not(None))
_BOTH = and_(_is_erased(COUPLE.c.person_a), _is_erased(COUPLE.c.person_b))
_NEEDED = or_(
    exists().where(ACCOUNT.c.person == PERSON.c.id),
    exists().where(or_(COUPLE.c.person_a == PERSON.c.id, COUPLE.c.person_b == PERSON.c.id)),
    exists().where(or_(SESSION.c.person_a == PERSON.c.id, SESSION.c.person_b == PERSON.c.id)),
    exists().where(OUTBOX.c.person == PERSON.c.id),
)
_UNNEEDED = and_(PERSON.c.erased.is_not(None), PERSON.c.name == "", ~_NEEDED)

_IS_RECENT = or_(COUPLE.c.ended.is_(None), COUPLE.c.ended >= bindparam("over"))  # or lasts

_STEPS: Sequence[Delete] = (
    _some(T["seen"], T["seen"].c.at < bindparam("seen")),
    _some(T["shown"], T["shown"].c.at < bindparam("shown")),
    _some(T["told"], T["told"].c.at < bindparam("failed")),
    _some(OUTBOX, and_(OUTBOX.c.content.is_(None), OUTBOX.c.earliest < bindparam("failed"))),
    _some(INVITATION, INVITATION.c.expires < bindparam("over")),
    _some(GROUP, and_(GROUP.c.couple.is_(None), GROUP.c.id < bindparam("nobodys"))),
    _some(RECORD, RECORD.c.at < bindparam("records")),
    # of those who deleted everything
    _some(OUTBOX, and_(OUTBOX.c.earliest < bindparam("farewell"), _is_erased(OUTBOX.c.person))),
    _some(ACCOUNT, and_(_is_erased(ACCOUNT.c.person), or_(_LONG_ERASED, _HAS_HEARD))),
    _some(RECORD, exists().where(COUPLE.c.id == RECORD.c.couple, _BOTH)),
    _some(COUPLE, _BOTH),
    _some(GROUP, and_(GROUP.c.couple.is_not(None), ~exists().where(COUPLE.c.id == GROUP.c.couple, _IS_RECENT))),
    _some(RECORD, exists().where(PERSON.c.id == RECORD.c.owner, _UNNEEDED)),
    _some(PERSON, _UNNEEDED),
)
_CARDS = update(PERSON).where(PERSON.c.card_at < bindparam("card")).values(card_at=None)
_SPOKE = (
    update(PERSON)
    .where(PERSON.c.erased.is_not(None), PERSON.c.name == "", ~exists().where(ACCOUNT.c.person == PERSON.c.id))
    .values(language="")
)
_UNHEARD = (
    select(ACCOUNT.c.person)
    .where(~_is_erased(ACCOUNT.c.person))
    .group_by(ACCOUNT.c.person)
    .having(func.max(ACCOUNT.c.heard) < bindparam("before"))
    .limit(bindparam("size"))
)


def sweep(connection: Straight, now: int, records: int) -> bool:
    """Takes away a little of everything whose time is over; records from before the moment `records`. Says whether
    there may be more."""
    since: dict[str, Any] = {
        "seen": now - SEEN,
        "shown": now - SHOWN,
        "failed": now - FAILED,
        "over": now - OVER,
        "nobodys": first_of(now - OVER),
        "records": records,
        "farewell": now - FAREWELL,
    }
    connection.execute(_CARDS, {"card": now - CARD})
    connection.execute(_SPOKE)
    counts = [
        connection.execute(
            step, {name: value for name, value in since.items() if name in step.compile().params}
        ).rowcount
        for step in _STEPS
    ]
    return any(count >= BATCH for count in counts)


def unheard(connection: Straight, before: int, limit: int) -> Sequence[PersonId]:
    """People whom nothing was heard of since that moment."""
    return [PersonId(person) for person in connection.execute(_UNHEARD, {"before": before, "size": limit}).scalars()]
