"""Copies of a store: taken beside the program that uses it, and put back where none is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from bot.errors import ConfigurationError
from storage.keyfile import settle
from storage.looking import looking, telling

PART = ".part"  # of a name, until a copy is whole and sound


def copy_both(store: Path, keys: Path, to_store: Path, to_keys: Path) -> None:
    """Copies both databases as they are at one moment, while others write on. Raises `ConfigurationError`.

    The store first: a key is kept before the first row that needs it, and deleted before the rows. So no copy has a row
    whose key came later, and none brings back what somebody deleted.
    """
    with looking(store) as data, looking(keys) as locks:
        _copy(data, to_store)
        _copy(locks, to_keys)


def _copy(connection: Connection, to: Path) -> None:
    """In one go: what is written meanwhile does not make it begin again. The copy is one file, without a log."""
    source: Any = connection.connection.driver_connection
    with telling(to):
        _make(to)
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE").fetchone()


def copy_file(path: Path, to: Path) -> None:
    """Copies a file that nobody uses, for its owner alone; on the disk when this returns. Raises
    `ConfigurationError`."""
    with telling(to):
        _make(to)
        with path.open("rb") as source, to.open("r+b") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def part(path: Path) -> Path:
    """Where it is written until it is whole."""
    return path.with_name(path.name + PART)


@contextmanager
def parts_of(*paths: Path) -> Iterator[None]:
    """Nothing is left of the parts of these, whatever becomes of the block; those that were renamed stay. Nor of what a
    crash has left of them."""
    _clear(paths)
    try:
        yield
    finally:
        _clear(paths)


def _clear(paths: Sequence[Path]) -> None:
    for path in paths:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                os.unlink(f"{part(path)}{end}")


def put_in_place(*paths: Path) -> None:
    """The parts of these become whole, in this order. Raises `ConfigurationError`."""
    for path in paths:
        with telling(path):
            part(path).replace(path)
            settle(path.parent)


@contextmanager
def nobody_begins(*paths: Path) -> Iterator[None]:
    """Keeps these databases from being opened meanwhile. Raises `ConfigurationError` for one that is."""
    with ExitStack() as held:
        for path in paths:
            lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
            try:
                held.enter_context(lock.acquire(timeout=0))
            except Timeout as error:
                raise ConfigurationError([f"{path}: another process is using this database; end it first."]) from error
        yield
