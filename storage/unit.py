"""One turn's transaction on the database: what it may look at. What it keeps is in `keeping`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert

from bot.changes import REMOVED, Change, SaveRecord
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.session import Json, Session
from bot.errors import StoreError
from bot.people import Account, AccountKey, Couple, Group, GroupKey, Invitation, Person
from bot.ports import Delivered, Noted, Told
from storage.keeping import Keeper
from storage.queueing import IS_VEILED
from storage.rows import account_from, couple_from, group_from, invitation_from, person_from, session_from
from storage.sealing import Sealer
from storage.straight import Found, Straight
from storage.tables import metadata
from storage.vault import Vault

PERSON, ACCOUNT, COUPLE, GROUP = (metadata.tables[name] for name in ("person", "account", "couple", "groups"))
SESSION, PROMPT, NOTED = (metadata.tables[name] for name in ("session", "prompt", "noted"))
OUTBOX, SHOWN, TOLD = (metadata.tables[name] for name in ("outbox", "shown", "told"))
INVITATION, RECORD, SEEN = (metadata.tables[name] for name in ("invitation", "record", "seen"))

_ME: Any = bindparam("person")


def _of_either(statement: Select[Any], table: Table) -> CompoundSelect[Any]:
    """What a person has a seat in. Two selects, as for one with an OR SQLite would read everybody's."""
    second = statement.where(table.c.person_b == _ME, table.c.person_a != _ME)
    return union_all(statement.where(table.c.person_a == _ME), second)


_SEE = insert(SEEN).on_conflict_do_nothing()
_ACCOUNT = select(ACCOUNT).where(ACCOUNT.c.platform == bindparam("platform"), ACCOUNT.c.user_id == bindparam("user"))
_ACCOUNT_OF = (
    select(ACCOUNT)
    .where(ACCOUNT.c.person == _ME)
    .order_by(ACCOUNT.c.reachable.desc(), ACCOUNT.c.heard.desc(), ACCOUNT.c.platform, ACCOUNT.c.user_id)
    .limit(1)
)
_PERSON = select(PERSON).where(PERSON.c.id == _ME)
_COUPLE = select(COUPLE).where(COUPLE.c.id == bindparam("couple"))
_COUPLE_OF = _of_either(select(COUPLE).where(COUPLE.c.ended.is_(None)), COUPLE)
_COUPLE_OF = _COUPLE_OF.order_by(_COUPLE_OF.selected_columns.created.desc(), _COUPLE_OF.selected_columns.id.desc())
_FORMER = _of_either(select(COUPLE).where(COUPLE.c.ended.is_not(None)), COUPLE)
_SESSION = select(SESSION.c.id, SESSION.c.state).where(SESSION.c.id == bindparam("session"))
_SESSIONS_OF = _of_either(select(SESSION.c.id, SESSION.c.state, SESSION.c.started), SESSION)
_SESSIONS_OF = _SESSIONS_OF.order_by(_SESSIONS_OF.selected_columns.started, _SESSIONS_OF.selected_columns.id)
_INVITATION = select(INVITATION).where(INVITATION.c.code_hash == bindparam("code_hash"))
_INVITATIONS_OF = (
    select(INVITATION)
    .where(INVITATION.c.inviter == _ME, INVITATION.c.closed.is_(False))
    .order_by(INVITATION.c.expires, INVITATION.c.code_hash)
)
_GROUP = select(GROUP).where(GROUP.c.platform == bindparam("platform"), GROUP.c.chat == bindparam("chat"))
_GROUP_BY_ID = select(GROUP).where(GROUP.c.id == bindparam("group"))
_GROUPS_OF = select(GROUP).where(GROUP.c.couple == bindparam("couple")).order_by(GROUP.c.id)
_TAPPED = select(GROUP).where(GROUP.c.couple.is_(None))
_TAPPED_BY = union_all(_TAPPED.where(GROUP.c.tap_a == _ME), _TAPPED.where(GROUP.c.tap_b == _ME, GROUP.c.tap_a != _ME))
_TAPPED_BY = _TAPPED_BY.order_by(_TAPPED_BY.selected_columns.id)
_GROUPS_IN = select(GROUP).where(GROUP.c.platform == bindparam("platform"), GROUP.c.server == bindparam("server"))
_GROUPS_IN = _GROUPS_IN.order_by(GROUP.c.id)
_DELIVERED = (
    select(PROMPT)
    .where(PROMPT.c.person == _ME, PROMPT.c.is_open.is_(True), PROMPT.c.delivery.is_not(None))
    .order_by(PROMPT.c.delivery)
)
_NOTED = select(NOTED).where(
    NOTED.c.platform == bindparam("platform"),
    NOTED.c.user_id == bindparam("user"),
    NOTED.c.message == bindparam("message"),
)
_SHOWN = select(SHOWN.c.session, SHOWN.c.prompt).where(
    SHOWN.c.platform == bindparam("platform"),
    SHOWN.c.user_id == bindparam("user"),
    SHOWN.c.message == bindparam("message"),
)
_VEILED = (
    select(OUTBOX.c.about_session, OUTBOX.c.about_prompt)
    .where(OUTBOX.c.person == _ME, IS_VEILED)
    .order_by(OUTBOX.c.place)
)
_TOLD = (
    select(TOLD.c.message, TOLD.c.at, TOLD.c.is_file)
    .where(TOLD.c.platform == bindparam("platform"), TOLD.c.user_id == bindparam("user"))
    .order_by(TOLD.c.at, TOLD.c.message)
)
_NAMED = and_(RECORD.c.exercise == bindparam("exercise"), RECORD.c.name == bindparam("name"))
_IS_THEIRS = exists().where(COUPLE.c.id == bindparam("couple"), or_(COUPLE.c.person_a == _ME, COUPLE.c.person_b == _ME))
# The one place that says who sees a record: its owner; and of a couple that they are in, what is for both.
_IS_FOR_BOTH = or_(RECORD.c.visibility == Visibility.SHARED.value, RECORD.c.visibility == Visibility.GROUP.value)
_PAST = union_all(
    select(RECORD).where(RECORD.c.owner == _ME, _NAMED),
    select(RECORD).where(
        RECORD.c.couple == bindparam("couple"),
        _NAMED,
        RECORD.c.owner != _ME,
        _IS_FOR_BOTH,
        _IS_THEIRS,
    ),
)
_IN_ORDER = ("at", "session", "name", "owner")
_PAST = _PAST.order_by(*(_PAST.selected_columns[name] for name in _IN_ORDER))
_FOR_BOTH = select(RECORD).join(COUPLE, COUPLE.c.id == RECORD.c.couple).where(RECORD.c.owner != _ME, _IS_FOR_BOTH)
_ALL_PAST = union_all(
    select(RECORD).where(RECORD.c.owner == _ME),
    _FOR_BOTH.where(COUPLE.c.person_a == _ME),
    _FOR_BOTH.where(COUPLE.c.person_b == _ME, COUPLE.c.person_a != _ME),
)
_OWN = select(RECORD).where(RECORD.c.owner == _ME, _NAMED)


class SqlUnit:
    """The transaction of one turn."""

    def __init__(self, connection: Straight, vault: Vault) -> None:
        """Works inside the transaction that `connection` is in."""
        self._connection = connection
        self._vault = vault
        self._keeper = Keeper(connection, vault)

    def first_time(self, event: str, at: int) -> bool:
        """Marks the event as seen; False when it was seen before."""
        return self._connection.execute(_SEE, {"id": event, "at": at}).rowcount == 1

    def account(self, key: AccountKey) -> Account | None:
        """The account of that identity, if it is known."""
        row = self._first(_ACCOUNT, platform=key.platform, user=key.user)
        if row is None:
            return None
        account = account_from(row)
        self._keeper.met(account)
        return account

    def account_of(self, person: PersonId) -> Account | None:
        """The account that a person is written to: a reachable one, the one they used last."""
        row = self._first(_ACCOUNT_OF, person=person)
        return None if row is None else account_from(row)

    def person(self, person: PersonId) -> Person:
        """A person. Raises `StoreError` for one that is not there."""
        row = self._first(_PERSON, person=person)
        if row is None:
            raise StoreError(f"there is no person {person}")
        return person_from(self._vault, row)

    def couple(self, couple: CoupleId) -> Couple:
        """A couple. Raises `StoreError` for one that is not there."""
        row = self._first(_COUPLE, couple=couple)
        if row is None:
            raise StoreError(f"there is no couple {couple}")
        return couple_from(row)

    def couple_of(self, person: PersonId) -> Couple | None:
        """The couple that a person is in now."""
        row = self._first(_COUPLE_OF, person=person)
        return None if row is None else couple_from(row)

    def former_couples(self, person: PersonId) -> Sequence[Couple]:
        """The couples that a person was in, and that have ended."""
        return [couple_from(row) for row in self._all(_FORMER, person=person)]

    def session(self, session: SessionId) -> Session | None:
        """A session that has not ended."""
        row = self._first(_SESSION, session=session)
        return None if row is None else self._opened(row)

    def sessions_of(self, person: PersonId) -> Sequence[Session]:
        """The sessions of a person that have not ended, oldest first (planned ones too)."""
        return [self._opened(row) for row in self._all(_SESSIONS_OF, person=person)]

    def invitation(self, code_hash: str) -> Invitation | None:
        """The invitation whose code has that hash."""
        row = self._first(_INVITATION, code_hash=code_hash)
        return None if row is None else invitation_from(row)

    def invitations_of(self, inviter: PersonId) -> Sequence[Invitation]:
        """The invitations of a person that nobody has closed."""
        return [invitation_from(row) for row in self._all(_INVITATIONS_OF, person=inviter)]

    def group(self, key: GroupKey) -> Group | None:
        """The group that a chat is, if it is known."""
        row = self._first(_GROUP, platform=key.platform, chat=key.chat)
        return None if row is None else group_from(row)

    def group_by_id(self, group: GroupId) -> Group | None:
        """A group, if it is still known."""
        row = self._first(_GROUP_BY_ID, group=group)
        return None if row is None else group_from(row)

    def groups_of(self, couple: CoupleId) -> Sequence[Group]:
        """The group that a couple has, if it has one."""
        return [group_from(row) for row in self._all(_GROUPS_OF, couple=couple)]

    def groups_tapped_by(self, person: PersonId) -> Sequence[Group]:
        """The groups in which a person has said that it is theirs, and which nobody's are yet."""
        return [group_from(row) for row in self._all(_TAPPED_BY, person=person)]

    def groups_in(self, platform: str, server: int) -> Sequence[Group]:
        """The groups that are channels of a server."""
        return [group_from(row) for row in self._all(_GROUPS_IN, platform=platform, server=server)]

    def delivered(self, person: PersonId) -> Sequence[Delivered]:
        """The deliveries of that person's open prompts, by `order`."""
        return [
            Delivered(SessionId(row.session), row.no, row.at, row.delivery, row.message or "")
            for row in self._all(_DELIVERED, person=person)
        ]

    def noted(self, account: AccountKey, message: str) -> Noted | None:
        """What a message of that account's became a part of."""
        row = self._first(_NOTED, platform=account.platform, user=account.user, message=message)
        return None if row is None else Noted(SessionId(row.session), row.name, row.part)

    def shown(self, account: AccountKey, message: str) -> tuple[SessionId, int] | None:
        """The prompt that a message of the bot's showed in that account's chat, also one that is over."""
        row = self._first(_SHOWN, platform=account.platform, user=account.user, message=message)
        return None if row is None else (SessionId(row.session), row.prompt)

    def veiled(self, person: PersonId) -> Sequence[tuple[SessionId, int] | None]:
        """What waits behind an announcement for that person: the prompt that each would show, None for a line."""
        return [
            None if row.about_session is None else (SessionId(row.about_session), row.about_prompt)
            for row in self._all(_VEILED, person=person)
        ]

    def told(self, account: AccountKey) -> Sequence[Told]:
        """What was said to that account and can be taken out again, oldest first."""
        found = self._all(_TOLD, platform=account.platform, user=account.user)
        return [Told(row.message, row.at, row.is_file) for row in found]

    def past(self, names: Sequence[str], people: Sequence[PersonId], couple: CoupleId | None) -> Mapping[str, Json]:
        """Records by "exercise.name", as each of the people may see them; every name has its list."""
        return {str(seat): self._past(names, person, couple) for seat, person in enumerate(people)}

    def own(self, names: Sequence[str], person: PersonId) -> Sequence[SaveRecord]:
        """A person's own records by "exercise.name", oldest first; none whose words nobody can read any more."""
        found = (record for name in names for record in self._records(_OWN, name, person))
        return sorted(found, key=lambda record: (record.at, record.session, record.name))

    def all_past(self, person: PersonId) -> Sequence[SaveRecord]:
        """All records that a person may see, oldest first; what nobody can read any more has the value `REMOVED`."""
        rows = sorted(
            self._all(_ALL_PAST, person=person), key=attrgetter(*_IN_ORDER)
        )  # a server orders as its locale does
        found = map(self._record, rows)
        return [replace(record, value=dict(REMOVED)) if _is_gone(record) else record for record in found]

    def keep(self, changes: Sequence[Change]) -> None:
        """Keeps all changes of the turn, in their order."""
        self._keeper.keep(changes)

    @property
    def erases(self) -> bool:
        """Whether somebody deleted everything in this turn."""
        return self._keeper.erases

    def finish(self) -> None:
        """What is to be done once, before the transaction is committed."""
        self._keeper.finish()

    def _past(self, names: Sequence[str], person: PersonId, couple: CoupleId | None) -> Json:
        return {
            name: [{"value": r.value, "at": r.at, "by": r.owner} for r in self._records(_PAST, name, person, couple)]
            for name in names
        }

    def _records(
        self, statement: Any, named: str, person: PersonId, couple: CoupleId | None = None
    ) -> Iterator[SaveRecord]:
        """The records of one name; none whose owner's key is gone."""
        exercise, name = named.split(".", 1)
        for row in self._all(statement, exercise=exercise, name=name, person=person, couple=couple):
            record = self._record(row)
            if not _is_gone(record):
                yield record

    def _record(self, row: Found) -> SaveRecord:
        value = self._value(row)
        session, kept_in = SessionId(row.session), None if row.couple is None else CoupleId(row.couple)
        owner, visibility = PersonId(row.owner), Visibility(row.visibility)
        return SaveRecord(session, kept_in, row.exercise, row.name, owner, visibility, row.at, value)

    def _value(self, row: Found) -> Json:
        place = f"record/{row.session}/{row.name}"
        kept = Sealer(self._vault, place).open(row.value)["record"]
        if kept["by"] != row.owner:  # both may have one of that name there: the place alone does not tell them apart
            raise StoreError(f"what is kept at {place} is not that of person {row.owner}")
        value: Json = kept["value"]
        return value

    def _opened(self, row: Found) -> Session:
        session = session_from(self._vault, row)
        self._keeper.opened(session)
        return session

    def _first(self, statement: Any, **values: Any) -> Found | None:
        return self._connection.execute(statement, values).first()

    def _all(self, statement: Any, **values: Any) -> Sequence[Found]:
        return self._connection.execute(statement, values).all()


def _is_gone(record: SaveRecord) -> bool:
    """Whether the key that it was sealed with is."""
    return record.value == {"words": [], "by": record.owner}
