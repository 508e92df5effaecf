"""The outbox in the database: the rows as `claim` needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, bindparam, exists, false, func, literal_column, not_, or_, select, update

from bot.changes import Lane, Put
from bot.engine.ids import GroupId, PersonId, SessionId
from bot.errors import StoreError
from bot.people import Account, AccountKey, Couple, Group, Person
from bot.ports import Row
from storage.claiming import NOBODY, Drop, Hold, Later, Silenced, Veil, Waiting, is_shut
from storage.contents import people_in, read_content
from storage.rows import open_name
from storage.sealing import Sealer
from storage.settling import change, drop
from storage.straight import Found, Straight
from storage.tables import metadata
from storage.unit import SqlUnit
from storage.vault import Vault

PAGE = 64

OUTBOX, PERSON, ACCOUNT = (metadata.tables[name] for name in ("outbox", "person", "account"))
ABOUT = metadata.tables["prompt"].alias("about")
NEEDED = metadata.tables["prompt"].alias("needed")

# written out: SQLite uses an index with a condition only where the statement says the same
_IS_WAITING = OUTBOX.c.state == literal_column("'waiting'")
_WITH_ABOUT = OUTBOX.outerjoin(
    ABOUT, and_(ABOUT.c.session == OUTBOX.c.about_session, ABOUT.c.no == OUTBOX.c.about_prompt)
)
_CLOSED = or_(
    and_(OUTBOX.c.open_session.is_not(None), func.coalesce(NEEDED.c.is_open, false()).is_(False)),
    and_(or_(OUTBOX.c.kind == "show", OUTBOX.c.kind == "redrawn"), func.coalesce(ABOUT.c.is_open, false()).is_(False)),
)
_GROUNDLESS = and_(or_(OUTBOX.c.kind == "redrawn", OUTBOX.c.kind == "cleared"), ABOUT.c.message.is_(None))
_WAITING = (
    select(
        OUTBOX.c.place,
        OUTBOX.c.person,
        OUTBOX.c.belongs_to,
        OUTBOX.c.earliest,
        OUTBOX.c.meant,
        OUTBOX.c.useless_after,
        OUTBOX.c.waking,
        OUTBOX.c.unasked,
        OUTBOX.c.in_silence,
        OUTBOX.c.lane,
        OUTBOX.c.kind,
        _CLOSED.label("closed"),
        _GROUNDLESS.label("groundless"),
    )
    .select_from(
        _WITH_ABOUT.outerjoin(
            NEEDED, and_(NEEDED.c.session == OUTBOX.c.open_session, NEEDED.c.no == OUTBOX.c.open_prompt)
        )
    )
    .where(_IS_WAITING)
)
_PAGE = (
    _WAITING.where(
        OUTBOX.c.lane == bindparam("lane"),
        OUTBOX.c.earliest.between(bindparam("after"), bindparam("now")),
        or_(OUTBOX.c.earliest > bindparam("after"), OUTBOX.c.place > bindparam("place")),
    )
    .order_by(OUTBOX.c.earliest, OUTBOX.c.place)
    .limit(PAGE)
)
_THEIRS = exists().where(ACCOUNT.c.person == OUTBOX.c.person)
_PAGE_ON = _PAGE.where(or_(_THEIRS.where(ACCOUNT.c.platform == bindparam("platform")), not_(_THEIRS)))
_BEFORE = _WAITING.where(
    OUTBOX.c.person == bindparam("person"),
    OUTBOX.c.belongs_to == bindparam("belongs_to"),
    OUTBOX.c.place < bindparam("place"),
    or_(OUTBOX.c.earliest <= bindparam("now"), OUTBOX.c.attempts > 0),
).order_by(OUTBOX.c.place)
_UNDER_WAY = select(OUTBOX.c.person).where(OUTBOX.c.state == literal_column("'sending'"))
_ANNOUNCED = (
    select(OUTBOX.c.id)
    .where(
        OUTBOX.c.person == bindparam("person"),
        OUTBOX.c.state == literal_column("'veiled'"),
        OUTBOX.c.announces.is_(True),
        OUTBOX.c.earliest >= bindparam("since"),
    )
    .limit(1)
)
_HOLD = update(OUTBOX).where(OUTBOX.c.person == bindparam("whose"), _IS_WAITING).values(state="held")
_ROW = (
    select(OUTBOX, ABOUT.c.message.label("message"))
    .select_from(_WITH_ABOUT)
    .where(OUTBOX.c.place == bindparam("at_place"))
)
_NAME = select(PERSON.c.name).where(PERSON.c.id == bindparam("person"))


class SqlShelf:
    """The waiting rows, in the transaction of one claim."""

    def __init__(self, connection: Straight, vault: Vault) -> None:
        """Works in the transaction that `connection` is in."""
        self._connection = connection
        self._vault = vault
        self._unit = SqlUnit(connection, vault)
        self._readers: dict[PersonId, tuple[Person, Account | None]] = {}
        self._groups: dict[PersonId, Group] = {}

    def under_way(self) -> set[PersonId]:
        """Whom a row is being sent to."""
        return {PersonId(person) for person in self._connection.execute(_UNDER_WAY).scalars()}

    def waiting(self, now: int, lane: Lane, platform: str | None) -> Iterator[Waiting]:
        """The rows of a lane whose time has come, oldest first; none of readers who are only on other platforms."""
        after, place, more = 0, 0, True
        while more:
            values = {"lane": lane.value, "now": now, "after": after, "place": place, "platform": platform}
            page = self._page(values)
            yield from page
            more = len(page) == PAGE
            after, place = (page[-1].earliest, page[-1].place) if more else (after, place)

    def _page(self, values: dict[str, Any]) -> list[Waiting]:
        if values["platform"] is None:
            del values["platform"]
            return [_waiting(row) for row in self._connection.execute(_PAGE, values)]
        return [_waiting(row) for row in self._connection.execute(_PAGE_ON, values)]

    def before(self, row: Waiting, now: int) -> Sequence[Waiting]:
        """The rows of the same reader and session that came before it and may go, or are tried again."""
        if row.belongs_to is None:
            return ()
        values = {"person": row.to, "belongs_to": row.belongs_to, "place": row.place, "now": now}
        return [_waiting(found) for found in self._connection.execute(_BEFORE, values)]

    def reader(self, person: PersonId) -> tuple[Person, Account | None]:
        """A reader and the account they are written to; of a group, what stands for whoever is there."""
        if person not in self._readers:
            self._readers[person] = self._reader(person)
        return self._readers[person]

    def _reader(self, person: PersonId) -> tuple[Person, Account | None]:
        try:
            return self._unit.person(person), self._unit.account_of(person)
        except StoreError:
            group = self._unit.group_by_id(GroupId(person))
            if group is None:
                return NOBODY.reader, NOBODY.account
        self._groups[person] = group
        return group.reader, group.account

    def is_announced(self, person: PersonId, since: int) -> bool:
        """Whether an announcement for that person was sent since then, and what it is for still waits."""
        return self._connection.execute(_ANNOUNCED, {"person": person, "since": since}).first() is not None

    def settle(self, row: Waiting, fate: Later | Silenced | Hold | Drop | Veil) -> None:
        """Writes what became of a row that does not go."""
        match fate:
            case Later(at):
                change(self._connection, row.place, earliest=at)
            case Silenced(at):
                change(self._connection, row.place, earliest=at, meant=row.earliest if row.meant is None else row.meant)
            case Hold():
                self._connection.execute(_HOLD, {"whose": row.to})
            case Drop(why):
                drop(self._connection, row.place, why)
            case Veil():
                change(self._connection, row.place, state="veiled", announces=False, meant=None)

    def take(self, row: Waiting, reader: Person, account: Account) -> Row | None:
        """Marks a row as sending; None for one that cannot be read, which is dropped."""
        return self._taken(row, reader, account, announces=False)

    def announce(self, row: Waiting, reader: Person, account: Account) -> Row | None:
        """The same for a row of which only an announcement is sent."""
        return self._taken(row, reader, account, announces=True)

    def _taken(self, row: Waiting, reader: Person, account: Account, *, announces: bool) -> Row | None:
        found: Found = self._connection.execute(_ROW, {"at_place": row.place}).first()
        try:
            put = self._put(found)
            group = self._groups.get(row.to)
            couple = None if group is None or group.couple is None else self._unit.couple(group.couple)
            tongues = {person: self._unit.person(person).language for person in (couple.people if couple else ())}
        except (KeyError, TypeError, ValueError, StoreError) as error:
            drop(self._connection, row.place, "refused", f"unreadable: {type(error).__name__}")
            return None
        if group is not None and is_shut(put, group, couple):
            drop(self._connection, row.place, "closed")
            return None
        change(self._connection, row.place, state="sending", announces=announces)
        names = {person: self._name(person) for person in people_in(put.content)}
        edits = found.message if found.kind in ("redrawn", "cleared") else None
        only = () if group is None or couple is None else self._only(couple, group.key.platform)
        taken = Row(put, reader, account, names, edits, found.attempts, found.uncertain)
        return replace(taken, group=group, only=only, tongues=tongues)

    def _only(self, couple: Couple, platform: str) -> tuple[AccountKey, ...]:
        """The accounts of a couple that are on a platform."""
        accounts = [self._unit.account_of(person) for person in couple.people]
        return tuple(account.key for account in accounts if account is not None and account.key.platform == platform)

    def _put(self, row: Found) -> Put:
        sealer = Sealer(self._vault, f"outbox/{row.id}")
        needed = None if row.open_session is None else (SessionId(row.open_session), row.open_prompt)
        return Put(
            id=row.id,
            to=PersonId(row.person),
            content=read_content(sealer.open(row.content)),
            lane=Lane(row.lane),
            earliest=row.earliest,
            useless_after=row.useless_after,
            while_open=needed,
            once=row.once,
            waking=row.waking,
            unasked=row.unasked,
            in_silence=row.in_silence,
            session=None if row.session is None else SessionId(row.session),
        )

    def _name(self, person: PersonId) -> str:
        sealed = self._connection.execute(_NAME, {"person": person}).scalar()
        return "" if sealed is None else open_name(self._vault, person, sealed)


def _waiting(row: Found) -> Waiting:
    return Waiting(
        place=row.place,
        to=PersonId(row.person),
        belongs_to=row.belongs_to,
        earliest=row.earliest,
        meant=row.meant,
        useless_after=row.useless_after,
        waking=row.waking,
        unasked=row.unasked,
        in_silence=row.in_silence,
        closed=bool(row.closed),
        groundless=bool(row.groundless),
        unbidden=row.lane == Lane.BULK.value and row.kind in ("say", "show"),
    )
