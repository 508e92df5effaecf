"""The store of real couples goes over from its file into PostgreSQL, and nobody starts with the wrong one of two."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from bot.errors import ConfigurationError, StoreError
from bot.settings import Settings
from bot.wiring.rooms import DATABASE, KEY_DATABASE, KEY_FILE
from storage import keytables, tables
from storage.database import Database
from storage.keyring import key_ring
from storage.transfer import Copied, copy
from storage.vault import Vault

MOVED = f"{DATABASE}.moved"  # what the file is called afterwards

Say = Callable[[str], None]


def move(settings: Settings, to: str, say: Say) -> None:
    """Writes everything into the empty PostgreSQL database at the address `to`, and puts the file aside; tells what
    came of it. Raises `ConfigurationError`; then everything is where it was."""
    folder = settings.data_dir
    file = folder / DATABASE
    if not to:
        raise ConfigurationError(["--to: say where to, or set DATABASE_URL."])
    if not file.exists():
        raise ConfigurationError([f"{file}: there is no such file, and nothing to move."])
    with ExitStack() as opened:  # the keys last: nobody starts before the file is put aside
        keys = opened.enter_context(closing(Database(folder / KEY_DATABASE, keytables.metadata, keytables.REVISION)))
        vault = Vault(keys, key_ring(settings.vault_keys.get_secret_value(), folder / KEY_FILE), is_used=True)
        copied = _copied(file, to, vault)
        file.rename(folder / MOVED)
    _tell(copied, file, say)


def refuse_the_other(settings: Settings) -> None:
    """Raises `ConfigurationError` where people's store is in the other place than the settings say."""
    file, moved = settings.data_dir / DATABASE, settings.data_dir / MOVED
    if settings.database_url.get_secret_value():
        if file.exists():
            how = "`python -m bot move` takes it over; if it is of no use, put it elsewhere"
            raise ConfigurationError([f"DATABASE_URL: there is a store in {file}, too: {how}."])
    elif moved.exists() and not file.exists():
        how = "set it again, or give that file its name back to start from what was kept then"
        raise ConfigurationError([f"DATABASE_URL is empty, but the store has gone to PostgreSQL ({moved}): {how}."])


def _copied(file: Path, to: str, vault: Vault) -> Copied:
    from storage.postgres import Postgres

    with (
        closing(Database(file, tables.metadata, tables.REVISION)) as source,
        closing(Postgres(to, tables.metadata, tables.REVISION)) as target,
    ):
        try:
            return copy(source, target, vault)
        except StoreError as error:
            raise ConfigurationError([f"Nothing was moved: {error}."]) from error


def _tell(copied: Copied, file: Path, say: Say) -> None:
    for table, rows in sorted(copied.rows.items()):
        say(f"{table:<12}{rows:>10,}")
    say(f"{copied.sealed:,} sealed texts were opened in PostgreSQL.")
    if copied.closed:
        say(f"{copied.closed:,} of them do not open, there or in the file: they are what they were.")
    say(f"Set DATABASE_URL and start Leeway. The file is {file.with_name(MOVED)} now: delete it when all is well.")
