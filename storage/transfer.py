"""Everything of a store's written into an empty database: all or nothing, and looked at before it is kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, Result, Table, insert, select, text

from bot.engine.ids import PersonId
from bot.errors import StoreError
from storage.rows import name_place, session_sealer
from storage.sealing import Sealer
from storage.tables import metadata
from storage.transactions import Transactions
from storage.vault import KeyGoneError, Vault

BATCH: Final = 1_000  # rows that are in memory at once
TABLES: Final = tuple(metadata.sorted_tables)

# what was given out so far is not given out again
_COUNT_ON = text(
    "SELECT setval(pg_get_serial_sequence('outbox', 'place'), coalesce(max(place), 0) + 1, false) FROM outbox"
)


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows each table has, and how many sealed texts there are; `closed` of them do not open, nor did they
    before."""

    rows: dict[str, int]
    sealed: int
    closed: int


@dataclass(frozen=True, slots=True)
class _Print:
    """What a table holds, in whatever order: how many rows, and a sum of their fingerprints."""

    rows: int
    total: int


def copy(source: Transactions, target: Transactions, vault: Vault) -> Copied:
    """Writes all rows of a store's database into another, and reads them again: each is what it was, and what was
    sealed opens. Raises `StoreError` where one of the two cannot, or does not agree; then nothing is kept."""
    with source.transaction() as there, target.transaction() as here:
        if used := [table.name for table in TABLES if here.execute(select(table).limit(1)).first() is not None]:
            raise StoreError(f"there is something in it already ({', '.join(used)})")
        for table in TABLES:
            for batch in _all(there, table).mappings().partitions():
                here.execute(insert(table), [dict(row) for row in batch])
        here.execute(_COUNT_ON)
        rows = {table.name: _same(there, here, table) for table in TABLES}
        opened = Counter(chain.from_iterable(_openings(here, table, vault) for table in _SEALED))
    return Copied(rows, opened.total(), opened[False])


def _same(there: Connection, here: Connection, table: Table) -> int:
    """How many rows both have, which are the same."""
    before, after = _print(there, table), _print(here, table)
    if before != after:
        raise StoreError(f"{table.name} has {before.rows} rows, and {after.rows} arrived that are not all the same")
    return after.rows


def _print(connection: Connection, table: Table) -> _Print:
    rows = total = 0
    for row in _all(connection, table):
        rows += 1
        total += int.from_bytes(hashlib.blake2b(repr(tuple(row)).encode(), digest_size=32).digest())
    return _Print(rows, total)


def _all(connection: Connection, table: Table) -> Result[Any]:
    return connection.execute(select(table).execution_options(yield_per=BATCH))


def _openings(connection: Connection, table: str, vault: Vault) -> Iterator[bool]:
    """For each sealed text of a table, whether it opens. One whose key is gone is as it should be."""
    for row in _all(connection, metadata.tables[table]):
        try:
            yield _SEALED[table](vault, row) is not None
        except KeyGoneError:
            yield True
        except (StoreError, KeyError, TypeError, ValueError):
            yield False


_SEALED: dict[str, Callable[[Vault, Any], Any]] = {
    "person": lambda vault, row: row.name and vault.open(PersonId(row.id), name_place(row.id), row.name),
    "session": lambda vault, row: session_sealer(vault, row.id).open(row.state),
    "record": lambda vault, row: Sealer(vault, f"record/{row.session}/{row.name}").open(row.value),
    "outbox": lambda vault, row: "" if row.content is None else Sealer(vault, f"outbox/{row.id}").open(row.content),
}
