"""The key ring, held against the key database: what of it does not fit, and which of its keys are needed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.errors import ConfigurationError
from storage.keyring import Key, KeyRing
from storage.keytables import metadata
from storage.wrapping import check_of, fits

DATA_KEYS = metadata.tables["datakey"]
CHECKS = metadata.tables["keycheck"]

_WRAPPED = select(DATA_KEYS.c.person).where(DATA_KEYS.c.key_id == bindparam("key")).limit(1)


def refuse_misfits(connection: Connection, ring: KeyRing, path: Path) -> None:
    """Raises `ConfigurationError` for keys that are not what they were, or that are missing and still needed; `path` is
    the key database's, to be told."""
    known = checks(connection)
    mistakes = [
        f"{ring.source}: the key {key.id!r} is not the one that {path} was written with."
        for key in ring.keys
        if key.id in known and not fits(key, known[key.id])
    ]
    mistakes += [
        f"{ring.source}: the key {key_id!r} is missing, and {path} is locked with it: bring it back."
        for key_id in sorted(in_use(connection))
        if ring.find(key_id) is None
    ]
    if mistakes:
        raise ConfigurationError(mistakes)


def in_use(connection: Connection) -> set[str]:
    """The ids of the keys that wrap somebody's data key."""
    return {key_id for key_id in checks(connection) if connection.execute(_WRAPPED, {"key": key_id}).first()}


def checks(connection: Connection) -> dict[str, bytes]:
    """The check of each key, by its id."""
    return {row.key_id: row.sealed for row in connection.execute(select(CHECKS))}


def leave_checks(connection: Connection, ring: KeyRing) -> None:
    """Leaves a check for each key that has none."""
    known = checks(connection)
    for key in ring.keys:
        if key.id not in known:
            connection.execute(insert(CHECKS), {"key_id": key.id, "sealed": check_of(key)})


def forget_checks_but(connection: Connection, key: Key) -> None:
    """Of all checks, only that key's stays."""
    connection.execute(delete(CHECKS).where(CHECKS.c.key_id != key.id))
