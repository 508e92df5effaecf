"""What is left of somebody who deleted everything: nothing that they wrote, and their id where other people's things
hang on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, exists, literal_column, select, update

from bot.changes import Lane
from bot.engine.acts import Visibility
from bot.engine.ids import PersonId
from bot.people import AccountKey
from storage.straight import Straight
from storage.tables import metadata
from storage.vault import dumps

PERSON, ACCOUNT, INVITATION = (metadata.tables[name] for name in ("person", "account", "invitation"))
OUTBOX, RECORD = metadata.tables["outbox"], metadata.tables["record"]
NOTED, SHOWN, TOLD = (metadata.tables[name] for name in ("noted", "shown", "told"))
UNKNOWN = "UTC"

_PENDING = select(PERSON.c.id).where(PERSON.c.erased.is_not(None), PERSON.c.name != literal_column("''"))
_MINE = delete(RECORD).where(
    RECORD.c.owner == bindparam("of"), RECORD.c.visibility == literal_column(f"'{Visibility.PRIVATE.value}'")
)
_OURS = update(RECORD).where(RECORD.c.owner == bindparam("of")).values(value=bindparam("gone"))
_INVITED = delete(INVITATION).where(INVITATION.c.inviter == bindparam("of"))
_CAME = update(INVITATION).where(INVITATION.c.guest == bindparam("of")).values(guest=None)
_ACCOUNTS = select(ACCOUNT.c.platform, ACCOUNT.c.user_id).where(ACCOUNT.c.person == bindparam("of"))
_IN_THEIR_CHAT = [
    delete(table).where(table.c.platform == bindparam("on"), table.c.user_id == bindparam("number"))
    for table in (NOTED, SHOWN, TOLD)
]
# What was said in the very turn is the last they hear; it has none of their words.
_UNSAID = delete(OUTBOX).where(
    OUTBOX.c.person == bindparam("of"),
    ~exists().where(
        PERSON.c.id == bindparam("of"),
        PERSON.c.erased == OUTBOX.c.earliest,
        OUTBOX.c.lane == literal_column(f"'{Lane.REPLY.value}'"),
    ),
)
_NOBODY = (
    update(PERSON)
    .where(PERSON.c.id == bindparam("of"))
    .values(
        name="",
        zone=UNKNOWN,
        country="",
        created=0,
        zone_confirmed=False,
        consent=0,
        consented=None,
        quiet_from=0,
        quiet_to=0,
        wrong_codes=0,
        wrong_code_at=0,
        open_to_asks=True,
        card_at=None,
    )
)


def pending(connection: Straight) -> Sequence[PersonId]:
    """Who has deleted everything, and has rows left."""
    return [PersonId(person) for person in connection.execute(_PENDING).scalars()]


def erase_chat(connection: Straight, account: AccountKey) -> None:
    """Takes what is known of an account's chat out of the tables."""
    for in_their_chat in _IN_THEIR_CHAT:
        connection.execute(in_their_chat, {"on": account.platform, "number": account.user})


def erase_rows(connection: Straight, person: PersonId) -> None:
    """Takes everything of somebody's out of the tables. What they had shown the other stays as a row without words.
    Done again, it changes nothing."""
    of = {"of": person}
    nothing = {"words": [], "by": person}
    connection.execute(_MINE, of)
    connection.execute(
        _OURS, {**of, "gone": dumps({"plain": {"record": {"value": nothing, "by": person}}, "sealed": {}})}
    )
    for account in connection.execute(_ACCOUNTS, of).all():
        erase_chat(connection, AccountKey(account.platform, account.user_id))
    for statement in (_INVITED, _CAME, _UNSAID, _NOBODY):
        connection.execute(statement, of)
