"""A new key for the ring: it wraps everybody's data key, and the old ones are no longer needed.

Nothing of what people wrote is touched. Whenever this is interrupted, the ring still opens everything; run again, it
finishes the work.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, bindparam, select, update

from bot.engine.ids import PersonId
from bot.errors import ConfigurationError, StoreError
from storage.database import Database
from storage.keychecks import DATA_KEYS, checks, forget_checks_but, in_use, leave_checks, refuse_misfits
from storage.keyring import Key, KeyRing, new_key, read_ring, save_ring
from storage.wrapping import unwrap, wrap

_OTHERS = select(DATA_KEYS).where(DATA_KEYS.c.key_id != bindparam("current"))
_REWRAP = (
    update(DATA_KEYS)
    .where(DATA_KEYS.c.person == bindparam("of"))
    .values(key_id=bindparam("by"), wrapped=bindparam("anew"))
)


def rewrap(database: Database, ring: KeyRing) -> int:
    """Wraps everybody's data key by the ring's current key, all or none; says for how many people that was to do.

    What the other keys had wrapped is in no file any more. Raises `ConfigurationError` for a ring that does not fit,
    and for a database that somebody else is looking into.
    """
    with database.transaction() as connection:
        refuse_misfits(connection, ring, database.path)
        count = _rewrap(connection, ring)
        if checks(connection):  # a key database without any is new: the program is to see that at its start
            forget_checks_but(connection, ring.current)
            leave_checks(connection, KeyRing((ring.current,)))
    if not database.wipe_log():
        why = "another program is reading this database, and its log may hold old keys"
        raise ConfigurationError([f"{database.path}: {why}; end that program and run this again."])
    return count


def rotate_file(database: Database, path: Path) -> Key | None:
    """Puts a new key into the key file at `path`, in place of those there, and wraps everybody's data key by it; None,
    and nothing is done, while nobody has one.

    Raises `ConfigurationError` for a key file that cannot be used or does not fit.
    """
    ring = read_ring(path)
    with database.transaction() as connection:
        refuse_misfits(connection, ring, database.path)
        is_needed = bool(in_use(connection))
    if len(ring.keys) == 1:  # with more, an earlier run has made the new one
        if not is_needed:
            return None
        ring = KeyRing((new_key(), *ring.keys), ring.source)
        save_ring(path, ring)
    rewrap(database, ring)
    save_ring(path, KeyRing((ring.current,), ring.source))
    return ring.current


def _rewrap(connection: Connection, ring: KeyRing) -> int:
    rows = connection.execute(_OTHERS, {"current": ring.current.id}).all()
    anew = [
        {"of": row.person, "by": ring.current.id, "anew": _wrapped_anew(ring, row.key_id, row.person, row.wrapped)}
        for row in rows
    ]
    if anew:
        connection.execute(_REWRAP, anew)
    return len(anew)


def _wrapped_anew(ring: KeyRing, key_id: str, person: PersonId, wrapped: bytes) -> bytes:
    key = ring.find(key_id)
    if key is None:
        raise StoreError(f"the key {key_id!r}, which wraps that of person {person}, is not in the ring")
    try:
        return wrap(ring.current, person, unwrap(key, person, wrapped))
    except InvalidTag as error:
        raise StoreError(f"the key of person {person} does not unwrap") from error
