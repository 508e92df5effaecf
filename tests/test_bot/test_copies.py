"""`python -m bot backup` and `restore`: what they write, what they refuse, and that it is all or nothing."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.changes import SavePerson
from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from tests.test_storage.parts import ANA, BEN, NOON, keep, line, meet

OTHER = "other:" + base64.b64encode(b"o" * 32).decode()


class Copies:
    """A folder with a store in use, and the commands."""

    def __init__(self, root: Path) -> None:
        self.data, self.folder, self.keys = root / "data", root / "copy", root / "keys"
        self.settings = {"DATA_DIR": str(self.data)}

    def open(self) -> SqlStore:
        """The store that lies there."""
        ring = key_ring(self.settings.get("VAULT_KEYS", ""), self.data / "vault.key")
        return open_store(self.data / "leeway.db", self.data / "keys.db", ring)

    def run(self, command: str, **settings: str) -> Result:
        """`python -m bot COMMAND DIR --keys DIR`."""
        words = [command, str(self.folder), "--keys", str(self.keys)]
        done = CliRunner().invoke(main, words, env={**self.settings, **settings})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def backs_up(self) -> None:
        """Without a complaint."""
        done = self.run("backup")
        assert done.exit_code == 0, done.output

    def moves(self, to: str) -> None:
        """DATA_DIR is another folder from now on."""
        self.data = self.data.with_name(to)
        self.settings["DATA_DIR"] = str(self.data)

    def names(self) -> list[str]:
        """Of Ana and Ben, as they are opened."""
        with closing(self.open()) as store, store.turn() as unit:
            return [unit.person(person.id).name for person in (ANA, BEN)]


@pytest.fixture
def copies(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copies:
    """Ana and Ben are in the store."""
    monkeypatch.chdir(tmp_path)
    copies = Copies(tmp_path)
    copytree(made, copies.data)
    return copies


@pytest.fixture(scope="session")
def one_copy(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store and a copy of it."""
    copies = Copies(tmp_path_factory.mktemp("copied"))
    copytree(made, copies.data)
    copies.backs_up()
    return copies.data.parent


@pytest.fixture
def copied(one_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copies:
    """They were copied; DATA_DIR is empty."""
    monkeypatch.chdir(tmp_path)
    copytree(one_copy, tmp_path, dirs_exist_ok=True)
    copies = Copies(tmp_path)
    copies.moves("empty")
    return copies


@pytest.fixture
def running(copies: Copies) -> Iterator[SqlStore]:
    """The store is in use."""
    store = copies.open()
    yield store
    store.close()


def _files(folder: Path) -> dict[str, int]:
    """What lies in a folder, and who may read it; locks are no one's."""
    there = [path for path in folder.iterdir() if path.suffix != ".lock"] if folder.exists() else []
    return {path.name: path.stat().st_mode & 0o777 for path in there}


def test_what_is_written(copies: Copies) -> None:
    """The store in one folder, its keys in the other, each for their owner alone; it says so, and says no name."""
    done = copies.run("backup")
    assert done.exit_code == 0, done.output
    assert _files(copies.folder) == {"leeway.db": 0o600}
    assert _files(copies.keys) == {"keys.db": 0o600, "vault.key": 0o600}
    assert {folder.stat().st_mode & 0o777 for folder in (copies.folder, copies.keys)} == {0o700}
    assert all(f"{path}: " in done.output for path in (copies.folder / "leeway.db", copies.keys / "keys.db"))
    assert "its keys open what 2 people wrote" in done.output
    assert "Ana" not in done.output
    assert (copies.data / "vault.key").read_text().strip() not in done.output


def test_there_and_back(copied: Copies) -> None:
    """What was copied is there again, and can be read."""
    done = copied.run("restore")
    assert done.exit_code == 0, done.output
    assert _files(copied.data) == {"leeway.db": 0o600, "keys.db": 0o600, "vault.key": 0o600}
    assert copied.names() == ["Ana", "Ben"]


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
    assert _files(copies.folder).keys() | _files(copies.keys).keys() == {"notes.txt"}


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
    assert _files(copies.keys) == {"keys.db": 0o600}
    copies.moves("empty")
    assert copies.run("restore", VAULT_KEYS=OTHER).exit_code == 2
    assert copies.run("restore").exit_code == 0
    assert copies.names() == ["Ana", "Ben"]


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
    assert _files(copied.data).keys() == {"leeway.db"}


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
    assert _files(copied.data) == {}


def test_keys_of_another_store(copied: Copies, tmp_path: Path) -> None:
    """They are sound, and open nothing here."""
    other = Copies(tmp_path / "other")
    with closing(other.open()) as store:
        meet(store)
    other.backs_up()
    copied.keys = other.keys
    done = copied.run("restore")
    assert (done.exit_code, "another store's" in done.output) == (2, True)
    assert _files(copied.data) == {}


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
