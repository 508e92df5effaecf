"""A SQLite file: how it is opened, what is refused, and its transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection, StaticPool

from bot.errors import ConfigurationError, StoreError

BUSY_MILLISECONDS = 5_000  # others (a backup, the sqlite3 shell) may hold the lock for a moment

PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA page_size=2048",  # of a new file: a turn writes a little of many pages (docs/performance.md)
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)


class Database:
    """One open SQLite file with one connection, which one thread at a time may use."""

    def __init__(self, path: Path, metadata: MetaData, revision: str) -> None:
        """Locks the file against other processes, opens it and brings its schema to `revision`.

        Raises `ConfigurationError` for a file that is in use, is no database of ours, is broken, or is newer.
        """
        self.path = path
        self._lock = _lock(path)
        self._turn = threading.RLock()
        self._shared = False
        self._engine = _engine(path)
        try:
            self._connection = self._open(metadata, revision)
        except BaseException:
            self._engine.dispose()
            self._lock.release()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed when the block ends, rolled back when it raises; inside `together`, both only as far as the block
        goes. Raises `StoreError`."""
        with self._turn, self._speaking(), self._savepoint() if self._shared else self._whole():
            yield self._connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """The transactions in the block are committed at its end, all or none; each can still undo itself alone.
        Raises `StoreError`; then nothing of the block is kept."""
        with self._turn, self._speaking(), self._whole():
            self._shared = True
            try:
                yield
            finally:
                self._shared = False
            self._still_open()

    @property
    def is_shared(self) -> bool:
        """Whether several transactions are being made one."""
        return self._shared

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        return self._engine.dialect

    def wipe_log(self) -> bool:
        """Empties the write-ahead log, so that what was deleted is in no file any more; False when another program
        reads the file just now, and the log stays."""
        with self._turn, self._speaking():
            (is_busy, *_) = self._driver().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy

    def close(self) -> None:
        """Closes the file and lets other processes have it."""
        with self._turn:
            self._connection.close()
            self._engine.dispose()
            self._lock.release()

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """What the database says against it, as our own error."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            said = error.orig if isinstance(error, DBAPIError) else error
            raise StoreError(f"{self.path.name}: {said}") from error

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            with self._connection.begin():  # IMMEDIATE
                yield
        except (DBAPIError, sqlite3.Error):
            self._driver().rollback()  # a commit that failed leaves it open, though SQLAlchemy's is over
            raise

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        driver = self._still_open()
        driver.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if driver.in_transaction:
                driver.execute("ROLLBACK TO part")
                driver.execute("RELEASE part")
            raise
        driver.execute("RELEASE part")

    def _still_open(self) -> sqlite3.Connection:
        """The driver, in a transaction. A full disk, for one, undoes the whole of it: then nothing more may be written,
        as it would be kept at once."""
        driver = self._driver()
        if not driver.in_transaction:
            raise StoreError(f"{self.path.name}: the transaction was undone")
        return driver

    def _driver(self) -> sqlite3.Connection:
        driver: Any = self._connection.connection.driver_connection
        return cast(sqlite3.Connection, driver)

    def _open(self, metadata: MetaData, revision: str) -> Connection:
        try:
            connection = self._engine.connect()
            if _revision(connection) != revision:
                # alembic takes a fifth of a second to import, and is needed once per new version
                from storage.migrations.upgrade import upgrade

                upgrade(connection, metadata, str(self.path))
        except DBAPIError as error:
            raise ConfigurationError([f"{self.path}: this database cannot be used ({error.orig})."]) from error
        return connection


def _lock(path: Path) -> FileLock:
    lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except Timeout as error:
        raise ConfigurationError([f"{path}: another process is using this database; end it first."]) from error
    except OSError as error:
        lock.release()
        raise ConfigurationError([f"{path}: this database cannot be used ({error.strerror})."]) from error
    return lock


def _engine(path: Path) -> Engine:
    # parameters may be what people wrote: no log and no error shows them
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, hide_parameters=True, paramstyle="named")
    event.listen(engine, "connect", _connected)
    # no listener for "begin": with one, SQLAlchemy looks for others around every statement (docs/performance.md)
    engine.dialect.do_begin = _begin  # type: ignore[method-assign]
    return engine


def _connected(connection: object, _record: object) -> None:
    # None: the driver begins nothing by itself, `_begin` does
    connection.isolation_level = None  # type: ignore[attr-defined]
    for pragma in PRAGMAS:
        connection.execute(pragma)  # type: ignore[attr-defined]


def _begin(dbapi_connection: PoolProxiedConnection) -> None:
    dbapi_connection.cursor().execute("BEGIN IMMEDIATE")


def _revision(connection: Connection) -> str | None:
    with connection.begin():
        tables = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not connection.execute(text(tables)).scalar_one():
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision
