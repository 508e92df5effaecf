"""`python -m bot backup`: what it writes, what it refuses, and that it is all or nothing."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.changes import SavePerson
from storage.store import SqlStore
from tests.test_bot.copies import Copies, files
from tests.test_storage.parts import BEN, keep, line

OTHER = "other:" + base64.b64encode(b"o" * 32).decode()


def test_what_is_written(copies: Copies) -> None:
    """The store in one folder, its keys in the other, each for their owner alone; it says so, and says no name."""
    done = copies.run("backup")
    assert done.exit_code == 0, done.output
    assert files(copies.folder) == {"leeway.db": 0o600}
    assert files(copies.keys) == {"keys.db": 0o600, "vault.key": 0o600}
    assert {folder.stat().st_mode & 0o777 for folder in (copies.folder, copies.keys)} == {0o700}
    assert all(f"{path}: " in done.output for path in (copies.folder / "leeway.db", copies.keys / "keys.db"))
    assert "its keys open what 2 people wrote" in done.output
    assert "Ana" not in done.output
    assert (copies.data / "vault.key").read_text().strip() not in done.output


def test_beside_a_store_in_use(copies: Copies, running: SqlStore) -> None:
    """What is committed is in the copy although it is in the log only; what is not, is not. The store goes on."""
    keep(running, line(1))
    with running.turn() as unit:
        unit.keep([SavePerson(replace(BEN, name="Benedikt"))])
        copies.backs_up()
    keep(running, line(2))
    copies.moves("empty")
    assert copies.run("restore").exit_code == 0
    assert copies.names() == ["Ana", "Ben"]
    with closing(sqlite3.connect(copies.data / "leeway.db")) as database:
        assert database.execute("SELECT count(*) FROM outbox").fetchone() == (1,)


@pytest.mark.parametrize("keys", ["copy", "copy/keys", "."])
def test_keys_are_kept_apart(copies: Copies, keys: str) -> None:
    """A copy that brings its own keys along is none."""
    copies.keys = copies.data.parent / keys
    done = copies.run("backup")
    assert (done.exit_code, "the keys belong apart" in done.output) == (2, True)
    assert not copies.folder.exists()


@pytest.mark.parametrize("which", ["folder", "keys"])
def test_no_copy_is_overwritten(copies: Copies, which: str) -> None:
    """A folder with anything in it is left as it is."""
    folder: Path = getattr(copies, which)
    folder.mkdir()
    (folder / "notes.txt").touch()
    done = copies.run("backup")
    assert (done.exit_code, "there is something in it" in done.output) == (2, True)
    assert files(copies.folder).keys() | files(copies.keys).keys() == {"notes.txt"}


def test_where_there_is_no_store(copies: Copies) -> None:
    """It says so, and makes no folder."""
    copies.moves("nothing")
    done = copies.run("backup")
    assert (done.exit_code, "nothing to copy" in done.output) == (2, True)
    assert not copies.folder.exists()


def test_a_copy_that_nobody_could_open_is_none(copies: Copies) -> None:
    """With keys that do not fit, nothing is left behind."""
    done = copies.run("backup", VAULT_KEYS=OTHER)
    assert (done.exit_code, "VAULT_KEYS" in done.output) == (2, True)
    assert (copies.folder.exists(), copies.keys.exists()) == (False, False)


def test_a_key_in_the_setting_is_in_no_copy(copies: Copies) -> None:
    """It is told to be kept; and the copy opens with it, and with no other."""
    copies.settings["VAULT_KEYS"] = (copies.data / "vault.key").read_text().strip()
    (copies.data / "vault.key").unlink()
    done = copies.run("backup")
    assert "is in VAULT_KEYS and in no copy" in done.output
    assert files(copies.keys) == {"keys.db": 0o600}
    copies.moves("empty")
    assert copies.run("restore", VAULT_KEYS=OTHER).exit_code == 2
    assert copies.run("restore").exit_code == 0
    assert copies.names() == ["Ana", "Ben"]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_in_postgresql_is_copied_by_its_own_means(
    copies: Copies, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says how; nothing is written."""
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://leeway@127.0.0.1/leeway")
    done = copies.run(command)
    assert (done.exit_code, "Copy it with pg_dump" in done.output) == (2, True)
    assert not copies.folder.exists()
