"""A PostgreSQL database: how it is opened, its transactions, and how it is found again when it went away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import psycopg
import structlog
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Dialect, Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import ConfigurationError, StoreError
from storage.refusals import IN_USE, NAME, READ_ONLY, SHAPE, refusal, said

DRIVER: Final = "postgresql+psycopg"
LOCK: Final = 0x4C65_6577_6179  # "Leeway": what one program at a time holds, for as long as its connection lives
PREPARED: Final = 400  # statements that the server keeps ready: all of ours
BUSY_MILLISECONDS: Final = 5_000  # others (a backup, psql) may hold a table for a moment

# What the address does not say itself. A server that is gone without a word is noticed within a minute.
OPTIONS: Final = {
    "application_name": "leeway",
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "50000",
}
SETTINGS: Final = (
    f"SET lock_timeout = {BUSY_MILLISECONDS}",
    # a commit is on the disk, whatever the server does for others
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    # a program that is gone without a word does not keep the lock for hours
    "SELECT set_config('tcp_keepalives_idle', '20', false), set_config('tcp_keepalives_interval', '10', false), "
    "set_config('tcp_keepalives_count', '3', false)",
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Link:
    """A connection, and the driver's own below it."""

    connection: Connection
    driver: psycopg.Connection[Any]


class Postgres:
    """A PostgreSQL database with one connection, which one thread at a time may use.

    Where the connection is lost, the transaction that it was in is undone, and the next one begins with a new one.
    """

    def __init__(self, address: str, metadata: MetaData, revision: str) -> None:
        """Connects, keeps other programs out, and brings the schema to `revision`.

        Raises `ConfigurationError` for what cannot be reached or used, is in use, is not ours, or is newer.
        """
        self._turn = threading.RLock()
        self._shared = False
        self._revision = revision
        url = _parsed(address)
        self._engine = _engine(url)
        self._link: _Link | None = None
        try:
            self._open(metadata)
        except DBAPIError as error:
            self.close()
            raise ConfigurationError([refusal(error, url)]) from error
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed when the block ends, rolled back when it raises; inside `together`, both only as far as the block
        goes. Raises `StoreError`."""
        with self._turn, _speaking(), self._savepoint() if self._shared else self._whole() as connection:
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """The transactions in the block are committed at its end, all or none; each can still undo itself alone.
        Raises `StoreError`; then nothing of the block is kept."""
        with self._turn, _speaking(), self._whole():
            self._shared = True
            try:
                yield
            finally:
                self._shared = False

    @property
    def is_shared(self) -> bool:
        """Whether several transactions are being made one."""
        return self._shared

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        return self._engine.dialect

    def wipe_log(self) -> bool:
        """The server's log and its vacuum are the server's own (docs/postgresql.md): there is nothing to try again."""
        return True

    def close(self) -> None:
        """Ends the connection, and with it what kept others out."""
        with self._turn:
            self._lose()
            self._engine.dispose()

    @contextmanager
    def _whole(self) -> Iterator[Connection]:
        link = self._connected()
        try:
            with link.connection.begin():
                yield link.connection
                _refuse_failed(link.driver)
        except BaseException:
            if link.driver.closed:
                log.warning("database.lost")
                self._lose()
            raise

    @contextmanager
    def _savepoint(self) -> Iterator[Connection]:
        """A transaction in the one that is open. An error spoils that until it is taken back to here."""
        link = self._link
        if link is None:
            raise StoreError(f"{NAME}: the transaction was undone")
        link.driver.execute("SAVEPOINT part")
        try:
            yield link.connection
            link.driver.execute("RELEASE part")
        except BaseException:
            if not link.driver.closed:
                link.driver.execute("ROLLBACK TO part")
                link.driver.execute("RELEASE part")
            raise

    def _open(self, metadata: MetaData) -> None:
        link = self._link = self._connect()
        if not _is_ours(link.connection):
            raise ConfigurationError([f"{NAME}: {IN_USE}; end it first."])
        if _is_read_only(link.connection):
            raise ConfigurationError([f"{NAME}: {READ_ONLY}."])
        if _revision(link.connection) != self._revision:
            from storage.migrations.upgrade import upgrade

            upgrade(link.connection, metadata, NAME)

    def _connected(self) -> _Link:
        """The connection; where it was lost, a new one, if nobody else has taken the database over meanwhile."""
        if self._link is None:
            self._link = self._connect()
            is_ours = _is_ours(self._link.connection)
            if not is_ours or _revision(self._link.connection) != self._revision:
                self._lose()
                raise StoreError(f"{NAME}: {IN_USE if not is_ours else 'another version of Leeway has taken it over'}")
            log.info("database.found")
        return self._link

    def _connect(self) -> _Link:
        connection = self._engine.connect()
        driver: Any = connection.connection.driver_connection
        driver.prepared_max = PREPARED
        with connection.begin():
            for setting in SETTINGS:
                connection.exec_driver_sql(setting)
        return _Link(connection, driver)

    def _lose(self) -> None:
        """Forgets the connection. Closed first: SQLAlchemy would bring another one by itself, without the lock."""
        link, self._link = self._link, None
        if link is not None:
            with suppress(SQLAlchemyError, psycopg.Error):
                link.driver.close()
                link.connection.close()


@contextmanager
def _speaking() -> Iterator[None]:
    """What the database says against it, as our own error."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error) as error:
        raise StoreError(f"{NAME}: {said(error)}") from error


def _refuse_failed(driver: psycopg.Connection[Any]) -> None:
    """To commit what has failed undoes it without a word; and what was lost cannot be."""
    if driver.closed or driver.info.transaction_status is TransactionStatus.INERROR:
        raise StoreError(f"{NAME}: the transaction has failed")


def look_at(address: str, metadata: MetaData) -> str | None:
    """The revision of the schema at an address, None where there is none yet; beside a running bot, too. Raises
    `ConfigurationError` for what cannot be reached or read, and for a schema that no step brings to the newest."""
    from storage.migrations.upgrade import refuse

    url = _parsed(address)
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            refuse(connection, metadata, NAME)
            connection.rollback()
            return _revision(connection)
    except DBAPIError as error:
        raise ConfigurationError([refusal(error, url)]) from error
    finally:
        engine.dispose()


def _parsed(address: str) -> URL:
    """The address with what it does not say itself. An error is not told on: it may hold the password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername != DRIVER or not url.database:
        raise ConfigurationError([f"{NAME}: {SHAPE}."])
    return url.update_query_dict({name: value for name, value in OPTIONS.items() if name not in url.query})


def _engine(url: URL) -> Engine:
    # parameters may be what people wrote: no log and no error shows them
    return create_engine(url, poolclass=NullPool, pool_reset_on_return=None, hide_parameters=True)


def _is_ours(connection: Connection) -> bool:
    """Whether no other program has it, as this one now does."""
    with connection.begin():
        return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({LOCK})").scalar())


def _is_read_only(connection: Connection) -> bool:
    with connection.begin():
        return connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"


def _revision(connection: Connection) -> str | None:
    with connection.begin():
        if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
            return None
        revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return revision
