"""How a key of the ring wraps a person's data key, and how it is known again (AES-256-GCM)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.engine.ids import PersonId
from storage.keyring import Key

NONCE_BYTES = 12  # NIST SP 800-38D: 96 bits, random, is safe for 2**32 values under one key
KNOWN = b"Leeway"


def wrap(key: Key, person: PersonId, secret: bytes) -> bytes:
    """A person's data key, to be unwrapped by that key and for that person alone."""
    return _seal(key, _owner(person), secret)


def unwrap(key: Key, person: PersonId, wrapped: bytes) -> bytes:
    """A person's data key. Raises `InvalidTag` for what is not theirs, or not that key's."""
    return _open(key, _owner(person), wrapped)


def check_of(key: Key) -> bytes:
    """Something known, sealed by that key."""
    return _seal(key, _label(key), KNOWN)


def fits(key: Key, check: bytes) -> bool:
    """Whether that check is this key's."""
    try:
        return _open(key, _label(key), check) == KNOWN
    except InvalidTag:
        return False


def _seal(key: Key, label: bytes, secret: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.secret).encrypt(nonce, secret, label)


def _open(key: Key, label: bytes, sealed: bytes) -> bytes:
    return AESGCM(key.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)


def _owner(person: PersonId) -> bytes:
    return f"person/{person}".encode()


def _label(key: Key) -> bytes:
    return f"check/{key.id}".encode()
