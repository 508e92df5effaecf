"""A new key takes over: nothing that people wrote is lost, whatever happens, and no old key is needed or kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.engine.ids import PersonId
from bot.errors import ConfigurationError, StoreError
from storage import keytables
from storage.database import Database
from storage.keyring import Key, KeyRing, key_ring
from storage.rotating import rewrap, rotate_file
from storage.vault import Vault
from tests.test_storage.dying import rotated
from tests.test_storage.parts import ring

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = [PersonId(number) for number in (1, 2, 2**62)]
Sealed = dict[PersonId, str]


@contextmanager
def keys(folder: Path) -> Iterator[Database]:
    """The key database in that folder."""
    with closing(Database(folder / "keys.db", keytables.metadata, keytables.REVISION)) as database:
        yield database


def written(folder: Path, by: KeyRing) -> Sealed:
    """What each of the three wrote there."""
    with keys(folder) as database:
        vault = Vault(database, by)
        return {person: vault.seal(person, "here", f"of {person}") for person in PEOPLE}


def opens(folder: Path, by: KeyRing, sealed: Sealed) -> bool:
    """Whether everything is there still."""
    with keys(folder) as database:
        vault = Vault(database, by, is_used=True)
        return all(vault.open(person, "here", text) == f"of {person}" for person, text in sealed.items())


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    """A table of the key database."""
    with closing(sqlite3.connect(folder / "keys.db")) as database:
        return database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours


def wrapped(folder: Path) -> list[bytes]:
    """Everybody's data key, as it lies there."""
    return [bytes(row[2]) for row in rows(folder, "datakey")]  # type: ignore[call-overload]


def found(folder: Path, *secrets: bytes) -> list[str]:
    """The files in which one of these is."""
    contents = {path.name: path.read_bytes() for path in folder.iterdir()}
    return [name for name, content in contents.items() if any(secret in content for secret in secrets)]


# ---- with VAULT_KEYS


def test_the_new_key_alone_opens_everything(tmp_path: Path) -> None:
    """The old one can go, and its check went."""
    sealed = written(tmp_path, ring("a"))
    with keys(tmp_path) as database:
        assert rewrap(database, ring("b", "a")) == 3
    assert [row[0] for row in rows(tmp_path, "keycheck")] == ["b"]
    assert opens(tmp_path, ring("b"), sealed)


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    """Nobody's key is touched."""
    written(tmp_path, ring("a"))
    before = wrapped(tmp_path)
    with keys(tmp_path) as database:
        assert rewrap(database, ring("a", "b")) == 0
    assert wrapped(tmp_path) == before


def test_keys_of_several_ages(tmp_path: Path) -> None:
    """Wherever somebody's key came from, it is under the first one then."""
    sealed = written(tmp_path, ring("a"))
    with keys(tmp_path) as database:
        vault = Vault(database, ring("b", "a"))
        later = {PersonId(7): vault.seal(PersonId(7), "here", "of 7")}
        assert rewrap(database, ring("c", "a", "b")) == 4
    assert opens(tmp_path, ring("c"), sealed | later)


@pytest.mark.parametrize("wrong", [ring("b"), KeyRing((Key("b", b"b" * 32), Key("a", b"x" * 32)))])
def test_a_ring_that_does_not_fit_changes_nothing(tmp_path: Path, wrong: KeyRing) -> None:
    """The old key is missing, or another one of the same name."""
    sealed = written(tmp_path, ring("a"))
    before = (tmp_path / "keys.db").read_bytes()
    with keys(tmp_path) as database, pytest.raises(ConfigurationError, match="the key 'a'"):
        rewrap(database, wrong)
    assert (tmp_path / "keys.db").read_bytes() == before
    assert opens(tmp_path, ring("a"), sealed)


def test_a_key_that_does_not_unwrap_changes_nothing(tmp_path: Path) -> None:
    """A row of another person's: the others' stay as they were, too."""
    written(tmp_path, ring("a"))
    with closing(sqlite3.connect(tmp_path / "keys.db", isolation_level=None)) as database:
        database.execute("UPDATE datakey SET wrapped = (SELECT wrapped FROM datakey WHERE person = 1) WHERE person = 2")
    before = wrapped(tmp_path)
    with keys(tmp_path) as opened, pytest.raises(StoreError, match="person 2 does not unwrap"):
        rewrap(opened, ring("b", "a"))
    assert wrapped(tmp_path) == before


def test_what_the_old_key_wrapped_is_in_no_file(tmp_path: Path) -> None:
    """Not in the key database and not in the log beside it, while it is open and after."""
    written(tmp_path, ring("a"))
    old = wrapped(tmp_path)
    assert found(tmp_path, *old)
    with keys(tmp_path) as database:
        rewrap(database, ring("b", "a"))
        assert not found(tmp_path, *old)
    assert not found(tmp_path, *old)


def test_somebody_who_is_looking_into_the_file(tmp_path: Path) -> None:
    """Keeps the old keys in its log: that is said, and the next run ends it."""
    written(tmp_path, ring("a"))
    old = wrapped(tmp_path)
    with keys(tmp_path) as database, closing(sqlite3.connect(tmp_path / "keys.db")) as other:
        with database.transaction() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        other.execute("BEGIN")
        other.execute("SELECT * FROM datakey").fetchone()
        with pytest.raises(ConfigurationError, match="another program is reading"):
            rewrap(database, ring("b", "a"))
        other.rollback()
        assert rewrap(database, ring("b", "a")) == 0
        assert not found(tmp_path, *old)


def test_keys_that_were_lost_are_still_missed(tmp_path: Path) -> None:
    """An empty key database stays one that is new, which a used store refuses."""
    with keys(tmp_path) as database:
        assert rewrap(database, ring("b", "a")) == 0
        with pytest.raises(ConfigurationError, match="this key database is new"):
            Vault(database, ring("b"), is_used=True)


# ---- with a key file


def test_a_file_gets_a_new_key(tmp_path: Path) -> None:
    """For its owner alone, with nothing beside it; the old key is in no file."""
    file = tmp_path / "vault.key"
    (old,) = key_ring("", file).keys
    sealed = written(tmp_path, key_ring("", file))
    rotated(tmp_path)
    (new,) = key_ring("", file).keys
    assert new.id != old.id
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} <= {"vault.key", "keys.db", "keys.db.lock"}
    assert opens(tmp_path, key_ring("", file), sealed)
    assert not found(tmp_path, old.id.encode())


def test_a_file_behind_a_link(tmp_path: Path) -> None:
    """Is itself replaced: the link still leads to it."""
    (tmp_path / "elsewhere").mkdir()
    file = tmp_path / "vault.key"
    file.symlink_to(tmp_path / "elsewhere" / "key")
    sealed = written(tmp_path, key_ring("", file))
    rotated(tmp_path)
    assert file.is_symlink()
    assert opens(tmp_path, key_ring("", file), sealed)


def test_without_anybody_nothing_is_done(tmp_path: Path) -> None:
    """The file stays as it is."""
    before = key_ring("", tmp_path / "vault.key")
    with keys(tmp_path) as database:
        assert rotate_file(database, tmp_path / "vault.key") is None
    assert key_ring("", tmp_path / "vault.key") == before


def test_a_lost_file_is_not_made_anew(tmp_path: Path) -> None:
    """It is missed, by its name."""
    file = tmp_path / "vault.key"
    written(tmp_path, key_ring("", file))
    file.unlink()
    with pytest.raises(ConfigurationError, match=r"vault\.key"):
        rotated(tmp_path)
    assert not file.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_kill_at_any_moment_loses_no_key(tmp_path: Path) -> None:
    """Everything opens with the file as it was left; run again, the work is finished, and no old key is anywhere."""
    start = tmp_path / "start"
    start.mkdir()
    first = key_ring("", start / "vault.key")
    sealed = written(start, first)
    old = [first.current.id.encode(), *wrapped(start)]
    subprocess.run(
        [sys.executable, ROOT / "tests/test_storage/dying.py", tmp_path], cwd=ROOT, env=_environment(), check=True
    )
    left = sorted(int(path.name) for path in tmp_path.iterdir() if path != start)
    assert left[-1] > 30
    seen = {_state(tmp_path / str(at), first) for at in left}
    assert seen == {"old", "both, old wraps", "both, new wraps", "new"}
    for at in left:
        again = shutil.copytree(tmp_path / str(at), tmp_path / "again")
        rotated(again)  # at once, without a start between
        _is_finished(again, sealed, old)
        shutil.rmtree(again)
        folder = tmp_path / str(at)
        assert opens(folder, key_ring("", folder / "vault.key"), sealed), at
        rotated(folder)
        _is_finished(folder, sealed, old)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def _state(folder: Path, first: KeyRing) -> str:
    """How far a rotation came."""
    ring = key_ring("", folder / "vault.key")
    if len(ring.keys) == 1:
        return "old" if ring == first else "new"
    (by,) = {row[1] for row in rows(folder, "datakey")}
    return "both, new wraps" if by == ring.current.id else "both, old wraps"


def _is_finished(folder: Path, sealed: Sealed, old: list[bytes]) -> None:
    """Everything opens with the one key in the file, nothing lies beside, and nothing is left of the old key."""
    after = key_ring("", folder / "vault.key")
    assert len(after.keys) == 1
    assert not found(folder, *old)
    assert [row[0] for row in rows(folder, "keycheck")] == [after.current.id]
    assert opens(folder, after, sealed)
    assert {path.name for path in folder.iterdir()} <= {"vault.key", "keys.db", "keys.db.lock"}
