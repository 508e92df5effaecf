"""The vault: what is typed is sealed under its author's key (AES-256-GCM), bound to the place where it is kept.

A person's data key lies wrapped in the key database, a file of its own, and is committed there before the first
row that needs it. Once it is deleted, nothing that the person wrote can be opened, wherever it is kept.
"""

from __future__ import annotations

import base64
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.engine.ids import PersonId
from bot.engine.session import Json
from bot.errors import ConfigurationError, StoreError
from storage.database import Database
from storage.keychecks import DATA_KEYS, checks, leave_checks, refuse_misfits
from storage.keyring import KEY_BYTES, KeyRing
from storage.wrapping import NONCE_BYTES, unwrap, wrap

CACHED_KEYS = 4096

# JSON in ASCII: NUL bytes and lone surrogates stay what they are
dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

_FIND = select(DATA_KEYS.c.key_id, DATA_KEYS.c.wrapped).where(DATA_KEYS.c.person == bindparam("person"))
_ADD = insert(DATA_KEYS)
_DELETE = delete(DATA_KEYS).where(DATA_KEYS.c.person == bindparam("gone"))


class KeyGoneError(StoreError):
    """There is no key of that person's: never written, or deleted with everything that was theirs."""


class Vault:
    """Seals and opens what people typed. One per key database; used on one thread at a time."""

    def __init__(self, database: Database, ring: KeyRing, is_used: bool = False) -> None:
        """Takes an open key database; `is_used`: something was sealed before. Raises `ConfigurationError` when the
        ring does not fit, or a used database has lost its keys; then nothing is written."""
        with database.transaction() as connection:
            if is_used and not checks(connection):
                why = "this key database is new, but people wrote before: bring back the old one."
                raise ConfigurationError([f"{database.path}: {why}"])
            refuse_misfits(connection, ring, database.path)
            leave_checks(connection, ring)
        self._database = database
        self._ring = ring
        self._cipher = lru_cache(maxsize=CACHED_KEYS)(self._load)

    def seal(self, person: PersonId, place: str, value: Json) -> str:
        """Any JSON under that person's key, as base64, to be opened only at that place."""
        nonce = os.urandom(NONCE_BYTES)
        plain = dumps(value).encode("ascii")
        sealed = self._cipher_or_new(person).encrypt(nonce, plain, place.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def open(self, person: PersonId, place: str, sealed: str) -> Json:
        """What was sealed. Raises `KeyGoneError`, or `StoreError` for what is not that person's at that place."""
        return opened(self._cipher(person), person, place, sealed)

    def destroy(self, person: PersonId) -> None:
        """Deletes a person's key, and with it the sense of everything they wrote."""
        with self._database.transaction() as connection:
            connection.execute(_DELETE, {"gone": person})
        self._database.wipe_log()
        self._cipher.cache_clear()

    def wipe_log(self) -> bool:
        """Empties the key database's log; False while another program reads it."""
        return self._database.wipe_log()

    def close(self) -> None:
        """Closes the key database, and forgets the keys."""
        self._cipher.cache_clear()
        self._database.close()

    def _cipher_or_new(self, person: PersonId) -> AESGCM:
        try:
            return self._cipher(person)
        except KeyGoneError:
            key, secret = self._ring.current, os.urandom(KEY_BYTES)
            row = {"person": person, "key_id": key.id, "wrapped": wrap(key, person, secret)}
            with self._database.transaction() as connection:
                connection.execute(_ADD, row)
            return self._cipher(person)

    def _load(self, person: PersonId) -> AESGCM:
        with self._database.transaction() as connection:
            return cipher_of(connection, self._ring, person)


def opened(cipher: AESGCM, person: PersonId, place: str, sealed: str) -> Json:
    """What was sealed at that place by that person's cipher. Raises `StoreError` for what was not."""
    raw = base64.b64decode(sealed)
    try:
        plain = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except InvalidTag as error:
        raise StoreError(f"what is kept at {place} does not open with the key of person {person}") from error
    value: Json = json.loads(plain)
    return value


def cipher_of(connection: Connection, ring: KeyRing, person: PersonId) -> AESGCM:
    """A person's cipher, by a look into the key database. Raises `KeyGoneError`, or `StoreError` for one that does not
    unwrap."""
    row = connection.execute(_FIND, {"person": person}).one_or_none()
    if row is None:
        raise KeyGoneError(f"there is no key of person {person}")
    key = ring.find(row.key_id)
    if key is None:
        raise StoreError(f"the key {row.key_id!r}, which wraps that of person {person}, is not in the ring")
    try:
        return AESGCM(unwrap(key, person, row.wrapped))
    except InvalidTag as error:
        raise StoreError(f"the key of person {person} does not unwrap") from error
