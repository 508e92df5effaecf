"""A store, looked into beside the program that may be using it: nothing is locked, and nothing is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, MetaData, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.engine.ids import PersonId
from bot.errors import ConfigurationError, StoreError
from storage import keytables, tables
from storage.database import BUSY_MILLISECONDS
from storage.keychecks import checks, refuse_misfits
from storage.keyring import KeyRing
from storage.rows import name_place
from storage.vault import KeyGoneError, cipher_of, opened

SAMPLE = 20  # people
PERSON = tables.metadata.tables["person"]

_NEWEST = (
    select(PERSON.c.id, PERSON.c.name)
    .where(PERSON.c.erased.is_(None), PERSON.c.name != "")
    .order_by(PERSON.c.id.desc())
    .limit(SAMPLE)
)


_ZONES = select(PERSON.c.zone).distinct()

Names = Sequence[tuple[PersonId, str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Of so many people whose name was tried: how many opened, and of how many there is no key any more."""

    tried: int
    opened: int
    keyless: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a glance at a store has found: its schema's revision and the newest, the keys tried, the zones of its
    people."""

    revision: str
    newest: str
    sample: Sample
    zones: Sequence[str]

    @property
    def is_older(self) -> bool:
        """Whether the next start brings it to a newer schema."""
        return self.revision != self.newest


@contextmanager
def looking(path: Path) -> Iterator[Connection]:
    """A database as it is at this moment, for as long as the block takes. Raises `ConfigurationError` for what cannot
    be read."""
    with _reading(path, "mode=ro") as connection:
        yield connection


@contextmanager
def _glancing(path: Path) -> Iterator[Connection]:
    """The same; of a database that nobody uses, SQLite would leave an empty log beside it: it does not here, but
    whoever begins to use it in this very moment spoils what is read."""
    is_used = path.with_name(f"{path.name}-wal").exists()
    with _reading(path, "mode=ro" if is_used else "mode=ro&immutable=1") as connection:
        yield connection


@contextmanager
def _reading(path: Path, how: str) -> Iterator[Connection]:
    address = f"{path.absolute().as_uri()}?{how}"
    connect = partial(sqlite3.connect, address, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1_000)
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    try:
        with telling(path):
            connection = engine.connect()
        with connection:
            with telling(path):
                connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()  # from here on nothing changes
            yield connection
    finally:
        engine.dispose()


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What a database or the disk says against it, as a sentence."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise ConfigurationError([f"{path}: this database cannot be used ({said})."]) from error
    except OSError as error:
        raise ConfigurationError([f"{path}: this file cannot be used ({error.strerror})."]) from error


def revision(connection: Connection, metadata: MetaData, path: Path) -> str:
    """The revision of its schema, one that this program knows. Raises `ConfigurationError` for any other."""
    from storage.migrations.upgrade import refuse  # as in `Database`: alembic takes its time

    refuse(connection, metadata, str(path))
    if connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first() is None:
        raise ConfigurationError([f"{path}: there is nothing in this database."])
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def refuse_broken(connection: Connection, path: Path) -> None:
    """Raises `ConfigurationError` for a database whose pages do not fit together."""
    said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    if said != ["ok"]:
        raise ConfigurationError([f"{path}: this database is broken: {len(said)} mistakes, found by integrity_check."])


def newest(connection: Connection) -> Names:
    """The names of the people who came last, sealed."""
    return [(PersonId(row.id), row.name) for row in connection.execute(_NEWEST)]


def opening(people: Names, keys: Connection, ring: KeyRing, path: Path) -> Sample:
    """Tries the keys on these names. Raises `ConfigurationError` for a ring that does not fit, or keys that are another
    store's; `path` is the key database's."""
    if people and not checks(keys):
        raise ConfigurationError(
            [f"{path}: this key database is new, but people wrote before: bring back the old one."]
        )
    refuse_misfits(keys, ring, path)
    tried = [_opens(keys, ring, person, sealed) for person, sealed in people]
    sample = Sample(len(tried), tried.count(True), tried.count(None))
    if (people and not sample.opened) or False in tried:
        raise ConfigurationError([f"{path}: these keys do not open what is in the store: they are another store's."])
    return sample


def _opens(keys: Connection, ring: KeyRing, person: PersonId, sealed: str) -> bool | None:
    """Whether it opens; None where the key is gone, as after a `/delete`."""
    try:
        opened(cipher_of(keys, ring, person), person, name_place(person), sealed)
    except KeyGoneError:
        return None
    except (StoreError, ValueError):
        return False
    return True


def glance(store: Path, keys: Path, ring: KeyRing) -> Found:
    """What can be told of a store's two files without reading them as a whole. Raises `ConfigurationError` for what is
    newer, or keys that do not fit."""
    with _glancing(store) as data, _glancing(keys) as locks:
        with telling(keys):
            revision(locks, keytables.metadata, keys)
        with telling(store):
            found = revision(data, tables.metadata, store)
            people = newest(data)
            zones = sorted(data.execute(_ZONES).scalars())
        with telling(keys):
            return Found(found, tables.REVISION, opening(people, locks, ring, keys), zones)


def refuse_unsound(store: Path, keys: Path, ring: KeyRing) -> Sample:
    """Everything that can be wrong with a store's two files: broken, newer, or keys that do not fit. Raises
    `ConfigurationError`."""
    with looking(store) as data, looking(keys) as locks:
        for connection, metadata, path in ((data, tables.metadata, store), (locks, keytables.metadata, keys)):
            with telling(path):
                refuse_broken(connection, path)
                revision(connection, metadata, path)
        with telling(store):
            people = newest(data)
        with telling(keys):
            return opening(people, locks, ring, keys)
