"""Copies of people's store: one is made beside the running program, its keys apart from the rest, and put back where
there is none. The playground's is no one's loss, and is not copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from bot.errors import ConfigurationError
from bot.settings import Settings
from bot.wiring.rooms import DATABASE, KEY_DATABASE, KEY_FILE
from storage.copies import copy_both, copy_file, nobody_begins, part, parts_of, put_in_place
from storage.keyring import KeyRing, key_ring
from storage.looking import Sample, refuse_unsound, telling

IN_SETTING = "The key that wraps everybody's is in VAULT_KEYS and in no copy: keep it with those of the keys."
APART = "Keep the two in different places: whoever has both can read what people wrote."
AGAIN = "What was said since then is not known any more, and some of it will be said again."

LOGS = ("-wal", "-shm", "-journal")  # ends of the names of what SQLite keeps beside a file

Say = Callable[[str], None]


ON_A_SERVER = (
    "DATABASE_URL: the store is in PostgreSQL. Copy it with pg_dump, and after that keys.db (and vault.key) from "
    "DATA_DIR, apart from each other; docs/postgresql.md says how."
)


@dataclass(frozen=True, slots=True)
class Files:
    """A store's files. `key_file` is None where the key is in VAULT_KEYS."""

    store: Path
    keys: Path
    key_file: Path | None

    @property
    def all(self) -> tuple[Path, ...]:
        """Keys first: whoever finds a store finds its keys."""
        return (*([self.key_file] if self.key_file else []), self.keys, self.store)

    @property
    def parts(self) -> Files:
        """The same, not whole yet."""
        return Files(part(self.store), part(self.keys), self.key_file and part(self.key_file))

    def ring(self, setting: str) -> KeyRing:
        """The keys of the setting, else of the file. Raises `ConfigurationError`."""
        if self.key_file is not None and not self.key_file.exists():
            raise ConfigurationError([f"{self.key_file}: it is missing; bring it back, or set VAULT_KEYS."])
        return key_ring(setting, self.key_file or Path())

    def check(self, setting: str) -> Sample:
        """Raises `ConfigurationError` for files that are broken, newer, or do not fit together."""
        return refuse_unsound(self.store, self.keys, self.ring(setting))


def back_up(settings: Settings, folder: Path, keys_folder: Path, say: Say) -> None:
    """Copies the store to `folder` and its keys to `keys_folder`, both new or empty; all or nothing. Raises
    `ConfigurationError`."""
    _refuse_a_server(settings)
    setting = settings.vault_keys.get_secret_value().strip()
    here = _files(settings.data_dir, settings.data_dir, setting)
    there = _files(folder, keys_folder, setting)
    _refuse_near(folder, keys_folder)
    if missing := [path for path in here.all if not path.exists()]:
        raise ConfigurationError([f"{path}: there is no such file, and nothing to copy." for path in missing])
    with _new(folder), _new(keys_folder), parts_of(*there.all):
        copy_both(here.store, here.keys, there.parts.store, there.parts.keys)
        if here.key_file and there.parts.key_file:
            copy_file(here.key_file, there.parts.key_file)
        with _named(there.parts, here):
            sample = there.parts.check(setting)
        put_in_place(*there.all)
    for path in reversed(there.all):
        say(f"{path}: {path.stat().st_size:,} bytes")
    say(f"The copy is sound, and {opened(sample)}. {APART}")
    if setting:
        say(IN_SETTING)


def restore(settings: Settings, folder: Path, keys_folder: Path, say: Say) -> None:
    """Puts a copy into DATA_DIR, where there is no store; checked before, all or nothing. Raises
    `ConfigurationError`."""
    _refuse_a_server(settings)
    setting = settings.vault_keys.get_secret_value().strip()
    copy = _files(folder, keys_folder, setting)
    here = _files(settings.data_dir, settings.data_dir, setting)
    if missing := [path for path in copy.all if not path.exists()]:
        raise ConfigurationError([f"{path}: there is no such file; this is no whole copy." for path in missing])
    with telling(settings.data_dir):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with nobody_begins(here.store, here.keys), parts_of(*here.all):
        _refuse_what_is_there(here, copy)
        for source, target in zip(copy.all, here.parts.all, strict=True):
            copy_file(source, target)
        with _named(here.parts, copy):
            sample = here.parts.check(setting)
        put_in_place(*here.all)
    say(f"{settings.data_dir}: the store is back, and {opened(sample)}. {AGAIN}")


def _refuse_a_server(settings: Settings) -> None:
    """What is in PostgreSQL is copied by its own means."""
    if settings.database_url.get_secret_value():
        raise ConfigurationError([ON_A_SERVER])


def _files(folder: Path, keys_folder: Path, setting: str) -> Files:
    return Files(folder / DATABASE, keys_folder / KEY_DATABASE, None if setting else keys_folder / KEY_FILE)


@contextmanager
def _named(parts: Files, files: Files) -> Iterator[None]:
    """What is wrong is told of the files that these parts are copies of: the parts are gone when it is read."""
    try:
        yield
    except ConfigurationError as error:
        mistakes = list(error.mistakes)
        for name, other in zip(parts.all, files.all, strict=True):
            mistakes = [mistake.replace(str(name), str(other)) for mistake in mistakes]
        raise ConfigurationError(mistakes) from None


def _refuse_near(folder: Path, keys_folder: Path) -> None:
    """A copy with its keys in it protects nobody."""
    one, other = folder.absolute().resolve(), keys_folder.absolute().resolve()
    if one == other or one in other.parents or other in one.parents:
        raise ConfigurationError(
            [f"{keys_folder}: the keys belong apart from the rest; name a folder outside {folder}."]
        )


def _refuse_what_is_there(here: Files, copy: Files) -> None:
    """Nothing is overwritten. Keys that are the copy's own are what an earlier run has left that was interrupted; a log
    that was left behind would be taken for the copy's."""
    logs = (path.with_name(path.name + end) for path in (here.store, here.keys) for end in LOGS)
    there = [path for path in (here.store, *logs) if path.exists()]
    pairs = zip(here.all, copy.all, strict=True)
    there += [path for path, other in pairs if path != here.store and path.exists() and not cmp(path, other, False)]
    if there:
        raise ConfigurationError([f"{path}: this is there already; move it away first." for path in there])


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """A folder for its owner alone. Raises `ConfigurationError` for one that has something in it; one that was made for
    nothing goes again."""
    with telling(folder):
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise ConfigurationError([f"{folder}: there is something in it; name a folder that is new or empty."])
        folder.chmod(0o700)
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def opened(sample: Sample) -> str:
    """What came of trying the keys, in words."""
    if not sample.tried:
        return "nobody is in it"
    gone = f"; of {sample.keyless} more the key is gone, as after /delete" if sample.keyless else ""
    return f"its keys open what {sample.opened} people wrote, who were tried{gone}"
