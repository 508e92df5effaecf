"""`python -m bot restore`: nothing is overwritten, nothing unsound is put in place, and it is all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bot.changes import SavePerson
from storage.store import SqlStore
from tests.test_bot.copies import Copies, files
from tests.test_storage.parts import ANA, NOON, keep, meet


def test_there_and_back(copied: Copies) -> None:
    """What was copied is there again, and can be read."""
    done = copied.run("restore")
    assert done.exit_code == 0, done.output
    assert files(copied.data) == {"leeway.db": 0o600, "keys.db": 0o600, "vault.key": 0o600}
    assert copied.names() == ["Ana", "Ben"]


def test_nothing_is_overwritten_by_a_copy(copied: Copies) -> None:
    """Where there is a store, it stays; also where there are keys that are not the copy's."""
    copied.data.mkdir()
    (copied.data / "keys.db").write_bytes(b"precious")
    done = copied.run("restore")
    assert (done.exit_code, "keys.db: this is there already" in done.output) == (2, True)
    (copied.data / "keys.db").rename(copied.data / "leeway.db")
    done = copied.run("restore")
    assert (done.exit_code, "leeway.db: this is there already" in done.output) == (2, True)
    assert (copied.data / "leeway.db").read_bytes() == b"precious"
    assert files(copied.data).keys() == {"leeway.db"}


@pytest.mark.parametrize("name", ["leeway.db-wal", "keys.db-journal"])
def test_a_log_that_was_left_behind(copied: Copies, name: str) -> None:
    """It belongs to the store that was moved away, and would be read into this one."""
    copied.data.mkdir()
    (copied.data / name).touch()
    done = copied.run("restore")
    assert (done.exit_code, f"{name}: this is there already" in done.output) == (2, True)


def test_not_under_a_running_program(copies: Copies, running: SqlStore) -> None:
    """It has to be ended first."""
    copies.backs_up()
    done = copies.run("restore")
    assert (done.exit_code, "another process is using this database" in done.output) == (2, True)


def test_a_power_cut_in_the_middle(copied: Copies) -> None:
    """Keys that were put back before are no hindrance, nor is what was not whole yet."""
    copytree(copied.keys, copied.data)
    (copied.data / "leeway.db.part").write_bytes(b"half of it")
    assert copied.run("restore").exit_code == 0
    assert copied.names() == ["Ana", "Ben"]


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _torn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4_096:8_192] = bytes(4_096)
    path.write_bytes(content)


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all. " * 400)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        *((name, spoil) for name in ("leeway.db", "keys.db") for spoil in (_newer, _halved, _torn, _garbage, _emptied)),
        ("vault.key", _garbage),
        ("vault.key", Path.unlink),
        ("leeway.db", Path.unlink),
        ("keys.db", Path.unlink),
    ],
)
def test_a_copy_that_is_not_sound(copied: Copies, name: str, spoil: Callable[[Path], None]) -> None:
    """Is named, and nothing of it is put in place."""
    spoil((copied.folder if name == "leeway.db" else copied.keys) / name)
    done = copied.run("restore")
    assert (done.exit_code, name in done.output, ".part" in done.output) == (2, True, False), done.output
    assert files(copied.data) == {}


def test_keys_of_another_store(copied: Copies, tmp_path: Path) -> None:
    """They are sound, and open nothing here."""
    other = Copies(tmp_path / "other")
    with closing(other.open()) as store:
        meet(store)
    other.backs_up()
    copied.keys = other.keys
    done = copied.run("restore")
    assert (done.exit_code, "another store's" in done.output) == (2, True)
    assert files(copied.data) == {}


def test_later_keys_keep_deleted_what_was_deleted(copied: Copies) -> None:
    """The keys of after Ana's /delete open an older copy, but nothing of hers; it says that a key is gone."""
    copied.moves("data")
    with closing(copied.open()) as store:
        keep(store, SavePerson(replace(ANA, erased=NOON)))
    older, copied.folder, copied.keys = (
        copied.folder,
        copied.folder.with_name("later"),
        copied.keys.with_name("later.keys"),
    )
    copied.backs_up()
    copied.folder = older
    copied.moves("empty")
    done = copied.run("restore")
    assert done.exit_code == 0, done.output
    assert "of 1 more the key is gone" in done.output
    assert copied.names() == ["", "Ben"]
