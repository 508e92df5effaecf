"""The key ring: the keys that wrap everybody's data key, by id. The first is the current one."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigurationError
from storage.keyfile import save, sweep

KEY_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the ring: its id, and its 32 bytes, which no `repr` shows."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id, the current one first: it wraps what is new, the others still unwrap. `source`: where it is written,
    for who has to mend it."""

    keys: tuple[Key, ...]
    source: str = field(default="VAULT_KEYS", compare=False)

    @property
    def current(self) -> Key:
        """The key that wraps what is new."""
        return self.keys[0]

    def find(self, key_id: str) -> Key | None:
        """The key of that id."""
        return next((key for key in self.keys if key.id == key_id), None)

    @classmethod
    def parse(cls, setting: str, source: str = "VAULT_KEYS") -> KeyRing:
        """The ring written as "id:base64,id:base64", 32 bytes each. Raises `ConfigurationError`."""
        entries = [entry.strip() for entry in setting.strip().split(",")]
        parsed = [_parse(entry, number, source) for number, entry in enumerate(entries, 1)]
        keys = tuple(key for key in parsed if isinstance(key, Key))
        mistakes = [mistake for mistake in parsed if isinstance(mistake, str)]
        if len({key.id for key in keys}) < len(keys):
            mistakes.append(f"{source}: two keys have the same id.")
        if mistakes:
            raise ConfigurationError(mistakes)
        return cls(keys, source)


def key_ring(setting: str, path: Path) -> KeyRing:
    """The ring of the setting; where that is empty, of the file at `path`, made at the first run.

    Raises `ConfigurationError` for a key of the wrong form, or a file that can be neither read nor made.
    """
    if setting.strip():
        return KeyRing.parse(setting)
    with _telling(path):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            save(path, _written(KeyRing((new_key(),))))
        return _read(path)


def read_ring(path: Path) -> KeyRing:
    """The ring of a file that is there, without what a crash may have left beside it. Raises `ConfigurationError`."""
    with _telling(path):
        ring = _read(path)
        sweep(path)
        return ring


def save_ring(path: Path, ring: KeyRing) -> None:
    """Replaces the file by one with that ring; on the disk when this returns. Raises `ConfigurationError`."""
    with _telling(path):
        save(path, _written(ring))


def new_key() -> Key:
    """A key that nobody has seen, with an id of its own."""
    return Key(f"k{secrets.token_hex(4)}", secrets.token_bytes(KEY_BYTES))


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """What keeps the file from being used, as a sentence."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{path}: the vault's key file cannot be used ({_reason(error)})."]) from error


def _read(path: Path) -> KeyRing:
    return KeyRing.parse(path.read_text("ascii"), str(path))


def _written(ring: KeyRing) -> str:
    return ",".join(f"{key.id}:{base64.b64encode(key.secret).decode('ascii')}" for key in ring.keys) + "\n"


def _parse(entry: str, number: int, source: str) -> Key | str:
    key_id, _, encoded = entry.partition(":")
    if not _ID.fullmatch(key_id):
        return f"{source}: key {number} must be written as id:base64, the id of letters, digits, - and _."
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return f"{source}: the key {key_id!r} is not base64."
    if len(secret) != KEY_BYTES:
        return f"{source}: the key {key_id!r} has {len(secret)} bytes and must have {KEY_BYTES}."
    return Key(key_id, secret)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else "not plain text"
