"""The store on a database: turns, what is due, and the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import bindparam, func, literal_column, select

from bot.changes import Lane
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.errors import StoreError
from bot.events import Crowded, Due, SessionDue, WeekDue
from bot.ports import Outcome, Row
from storage import erasing, keytables, settling, sweeping, tables
from storage.claiming import Wanted, claim
from storage.counting import Line, lines
from storage.database import Database
from storage.doubts import Doubts
from storage.keyring import KeyRing
from storage.outbox import SqlShelf
from storage.straight import Straight, compiled_for
from storage.transactions import Transactions
from storage.unit import COUPLE, GROUP, PERSON, SESSION, SqlUnit
from storage.vault import Vault

OUTBOX = tables.metadata.tables["outbox"]

_DUE_SESSIONS = (
    select(SESSION.c.wake.label("due"), SESSION.c.id)
    .where(SESSION.c.wake <= bindparam("at"))
    .order_by(SESSION.c.wake)
    .limit(bindparam("size"))
)
_DUE_COUPLES = (
    select(COUPLE.c.next_due.label("due"), COUPLE.c.id)
    .where(COUPLE.c.ended.is_(None), COUPLE.c.next_due <= bindparam("at"))
    .order_by(COUPLE.c.next_due)
    .limit(bindparam("size"))
)
_CROWDED = (
    select(GROUP.c.crowded.label("due"), GROUP.c.id)
    .where(GROUP.c.crowded <= bindparam("at"))
    .order_by(GROUP.c.crowded)
    .limit(bindparam("size"))
)
_NEXT_DUE = (
    select(func.min(SESSION.c.wake)).where(SESSION.c.wake.is_not(None)),
    select(func.min(COUPLE.c.next_due)).where(COUPLE.c.ended.is_(None)),
    select(func.min(GROUP.c.crowded)).where(GROUP.c.crowded.is_not(None)),
    *(
        select(func.min(OUTBOX.c.earliest)).where(
            OUTBOX.c.state == literal_column("'waiting'"), OUTBOX.c.lane == lane.value
        )
        for lane in Lane
    ),
)
_ANYBODY = select(PERSON.c.id).limit(1)
_EVERYBODY = select(PERSON.c.id)


class SqlStore:
    """Store and outbox on one database, everything typed sealed by the vault. One turn runs at a time."""

    def __init__(self, database: Transactions, vault: Vault) -> None:
        """Takes an open database and the vault of its keys."""
        self._database = database
        self._vault = vault
        self._compiled = compiled_for(database.dialect)
        self._doubts = Doubts()
        self._is_late = False  # what was to be erased could not be
        self._erases = True  # an earlier run may have ended in the middle of it
        self._erase_if_it_goes()

    @contextmanager
    def turn(self) -> Iterator[SqlUnit]:
        """A transaction: committed when the block ends, undone when it raises. Raises `StoreError`."""
        if self._is_late and not self._database.is_shared:
            self._erase_if_it_goes()
        with self._transaction() as connection:
            unit = SqlUnit(connection, self._vault)
            yield unit
            unit.finish()
            self._erases |= unit.erases
        if not self._database.is_shared:
            self._erase_if_it_goes()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done in the block shares one commit, each thing undoing only itself when it raises. Raises
        `StoreError` when that fails; then nothing of it is kept."""
        if self._is_late:
            self._erase_if_it_goes()
        with self._doubts.commit(), self._database.together():
            yield
        self._erase_if_it_goes()

    def due(self, at: int, limit: int) -> Sequence[Due]:
        """The sessions and couples that are due by then, longest due first, and the groups of which there is something
        to tell, as events of that time."""
        values = {"at": at, "size": limit}
        with self._transaction() as connection:
            sessions = connection.execute(_DUE_SESSIONS, values).all()
            couples = connection.execute(_DUE_COUPLES, values).all()
            groups = connection.execute(_CROWDED, values).all()
        found: list[tuple[int, Due]] = [
            *((row.due, SessionDue(SessionId(row.id), at, 0, at - row.due)) for row in sessions),
            *((row.due, WeekDue(CoupleId(row.id), at, 0, at - row.due)) for row in couples),
            *((row.due, Crowded(GroupId(PersonId(row.id)), at, 0, at - row.due)) for row in groups),
        ]
        return [event for _, event in sorted(found, key=lambda pair: pair[0])[:limit]]

    def next_due(self) -> int | None:
        """When the next session, couple or waiting row of the outbox is due, in epoch seconds."""
        with self._transaction() as connection:
            times = [connection.execute(statement).scalar() for statement in _NEXT_DUE]
        return min((time for time in times if time is not None), default=None)

    def claim(
        self,
        now: int,
        limit: int,
        busy: Sequence[int] = (),
        lanes: Sequence[Lane] = tuple(Lane),
        platform: str | None = None,
    ) -> Sequence[Row]:
        """Rows that may go now, committed as *sending*; at most one per reader, none for a chat in `busy`."""
        wanted = Wanted(limit, busy, lanes, platform)
        own = nullcontext() if self._database.is_shared else self._doubts.commit()
        with own, self._transaction() as connection:
            self._doubts.put_back(connection)
            rows = claim(SqlShelf(connection, self._vault), now, wanted)
            for row in rows:
                self._doubts.claimed(row.put.id)
        return rows

    def settle(self, row: int, outcome: Outcome) -> None:
        """What became of a claimed row. The words of a row that was sent or dropped are erased."""
        with self._transaction() as connection:
            settling.settle(connection, self._vault, row, outcome)

    def recover(self, now: int) -> None:
        """After a start: rows that were *sending* are uncertain; those marked `once` are dropped."""
        with self._transaction() as connection:
            settling.recover(connection, now)

    def lines(self) -> Sequence[Line]:
        """How much the outbox holds, by state and lane."""
        with self._transaction() as connection:
            return lines(connection)

    def sweep(self, now: int, records: int) -> bool:
        """Takes away a little of everything whose time is over; records from before the moment `records`. Says whether
        there may be more. Raises `StoreError`, also for what keeps somebody's things from being erased."""
        if not self._database.is_shared:
            self._erase()
        with self._transaction() as connection:
            return sweeping.sweep(connection, now, records)

    def unheard(self, before: int, limit: int) -> Sequence[PersonId]:
        """People whom nothing was heard of since that moment."""
        with self._transaction() as connection:
            return sweeping.unheard(connection, before, limit)

    def empty(self) -> None:
        """Forgets everybody and everything they said, keys first: the playground's fresh start."""
        with self._database.transaction() as connection:
            people = [PersonId(person) for (person,) in connection.execute(_EVERYBODY)]
        for person in people:
            self._vault.destroy(person)
        with self._database.transaction() as connection:
            for table in reversed(tables.metadata.sorted_tables):
                connection.execute(table.delete())

    def close(self) -> None:
        """Closes the database and the keys, and lets another process have them."""
        self._database.close()
        self._vault.close()

    def _erase_if_it_goes(self) -> None:
        """What was just committed stays so, whatever becomes of this: the next turn tries again, before anything else,
        and the sweep says what is wrong."""
        try:
            self._erase()
            self._is_late = False
        except StoreError:
            self._is_late = True

    def _erase(self) -> None:
        """Whoever deleted everything: first their key, then their rows, then the logs in which they were."""
        if not self._erases:
            return
        with self._transaction() as connection:
            people = erasing.pending(connection)
        for person in people:
            self._vault.destroy(person)
            with self._transaction() as connection:
                erasing.erase_rows(connection, person)
        wiped = self._vault.wipe_log(), self._database.wipe_log()
        self._erases = not all(wiped)

    @contextmanager
    def _transaction(self) -> Iterator[Straight]:
        with self._database.transaction() as connection:
            yield Straight(connection, self._compiled)


def open_store(path: Path, keys: Path, ring: KeyRing) -> SqlStore:
    """The store in the file at `path`, its keys in the file at `keys`; both are made at the first run.

    Raises `ConfigurationError` for a file that is in use, broken, newer or not ours, and for a ring that does not
    fit.
    """
    return with_keys(Database(path, tables.metadata, tables.REVISION), keys, ring)


def open_server_store(address: str, keys: Path, ring: KeyRing) -> SqlStore:
    """The store in the PostgreSQL database at that address, its keys in the file at `keys`. Raises
    `ConfigurationError`, also for a server that does not answer."""
    from storage.postgres import Postgres  # its driver is loaded where it is needed

    return with_keys(Postgres(address, tables.metadata, tables.REVISION), keys, ring)


def with_keys(database: Transactions, keys: Path, ring: KeyRing) -> SqlStore:
    """The store in a database that is open, which is closed where this raises `ConfigurationError`."""
    try:
        key_database = Database(keys, keytables.metadata, keytables.REVISION)
        try:
            with database.transaction() as connection:
                is_used = connection.execute(_ANYBODY).first() is not None
            return SqlStore(database, Vault(key_database, ring, is_used))
        except BaseException:
            key_database.close()
            raise
    except BaseException:
        database.close()
        raise
