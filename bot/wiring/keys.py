"""The keys of every store that there is, real couples' and the playground's, and how they are rotated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bot.errors import ConfigurationError, StoreError
from bot.settings import Settings
from bot.wiring.playground import playground_folder
from bot.wiring.rooms import KEY_DATABASE, KEY_FILE
from storage import keytables
from storage.database import Database
from storage.keyring import KeyRing
from storage.rotating import rewrap, rotate_file

HOW = (
    "For a new key, put NAME:KEY first in VAULT_KEYS, leave the others behind it, and run this again; "
    "`head -c 32 /dev/urandom | base64` makes a KEY."
)
COPIES = "Make new copies of keys.db and of its key: an older one of either does not fit a newer one of the other."

Say = Callable[[str], None]


def rotate(settings: Settings, say: Say) -> None:
    """Has every store's keys wrapped by its current key, which without VAULT_KEYS is made now; tells what came of it.

    Raises `ConfigurationError`: while a database is in use nothing is changed; what cannot be rotated is left to
    another run, and all else is rotated.
    """
    with ExitStack() as opened:
        databases = [
            opened.enter_context(closing(Database(path, keytables.metadata, keytables.REVISION)))
            for path in _key_databases(settings)
        ]
        setting = settings.vault_keys.get_secret_value().strip()
        if not databases:
            say(f"{settings.data_dir}: there is no key database yet, and nothing to do.")
        elif setting:
            _by_setting(databases, KeyRing.parse(setting), say)
        else:
            _by_files(databases, say)


def _key_databases(settings: Settings) -> Iterator[Path]:
    for folder in (settings.data_dir, playground_folder(settings)):
        if (path := folder / KEY_DATABASE).exists():
            yield path


def _by_setting(databases: list[Database], ring: KeyRing, say: Say) -> None:
    people, mistakes = 0, list[str]()
    for database in databases:
        with _collected(mistakes, database):
            people += rewrap(database, ring)
    if people:
        say(f"People's keys that {ring.current.id!r} has wrapped anew: {people}.")
    elif not mistakes:
        say(f"The key {ring.current.id!r} wraps everybody's key already: there is nothing to do. {HOW}")
    _refuse(mistakes)
    if old := ", ".join(repr(key.id) for key in ring.keys[1:]):
        say(f"{old} can now be taken out of VAULT_KEYS. {COPIES}")


def _by_files(databases: list[Database], say: Say) -> None:
    mistakes, is_done = list[str](), False
    for database in databases:
        file = database.path.with_name(KEY_FILE)
        with _collected(mistakes, database):
            if key := rotate_file(database, file):
                is_done = True
                say(f"{file}: a new key, {key.id!r}, wraps everybody's key now, and the one before is gone.")
            else:
                say(f"{file}: nobody's key is wrapped by it yet, and there is nothing to do.")
    if is_done:
        say(COPIES)
    _refuse(mistakes)


@contextmanager
def _collected(mistakes: list[str], database: Database) -> Iterator[None]:
    """What goes wrong with one store does not keep the others from their new key."""
    try:
        yield
    except ConfigurationError as error:
        mistakes += error.mistakes
    except StoreError as error:
        mistakes.append(f"{database.path}: {error}; run this again when that is mended.")


def _refuse(mistakes: list[str]) -> None:
    if mistakes:
        raise ConfigurationError(mistakes)
