"""`python -m bot keys rotate`, as whoever runs the bot would type it."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.engine.ids import PersonId
from storage.keyring import KeyRing, key_ring
from storage.store import open_store
from tests.test_program.conftest import Ended, Run, in_one_sentence, prints
from tests.test_program.hands import Hands, there

NEW, OTHER = (f"{name}:{base64.b64encode(name[:1].encode() * 32).decode()}" for name in ("new", "other"))


def _rotate(run: Run, folder: Path, keys: str = "") -> Ended:
    return run("keys", "rotate", settings={"DATA_DIR": str(folder), "VAULT_KEYS": keys})


def _name(data: Path, ring: KeyRing) -> str:
    """The name of the one who is there, opened with that ring."""
    with closing(sqlite3.connect(data / "leeway.db")) as database:
        (person,) = database.execute("SELECT id FROM person").fetchone()
    with closing(open_store(data / "leeway.db", data / "keys.db", ring)) as store, store.turn() as unit:
        return unit.person(PersonId(person)).name


def test_a_new_key_in_the_setting(data: Path, tmp_path: Path, run: Run) -> None:
    """It takes over from the old one, which can be taken out then; a second run has nothing to do and says how."""
    old = (data / "vault.key").read_text().strip()
    (data / "vault.key").unlink()
    both = f"{NEW},{old}"
    ended = _rotate(run, tmp_path, both)
    assert ended.code == 0
    assert "anew: 1." in ended.said
    assert f"{old.partition(':')[0]!r} can now be taken out of VAULT_KEYS." in ended.said
    again = _rotate(run, tmp_path, NEW)
    assert again.code == 0
    assert "there is nothing to do" in again.said
    assert "base64" in again.said
    assert _name(data, KeyRing.parse(NEW)) == "Ana"


def test_an_old_key_that_is_left_in_the_setting(data: Path, tmp_path: Path, run: Run) -> None:
    """Is named once more, though nothing is to do."""
    old = (data / "vault.key").read_text().strip()
    _rotate(run, tmp_path, f"{NEW},{old}")
    ended = _rotate(run, tmp_path, f"{NEW},{old},{OTHER}")
    assert "there is nothing to do" in ended.said
    assert f"{old.partition(':')[0]!r}, 'other' can now be taken out" in ended.said


def test_a_setting_without_the_old_key(data: Path, tmp_path: Path, run: Run) -> None:
    """One sentence, and nothing is changed; nothing is said to be of no use."""
    before = prints(data)
    in_one_sentence(_rotate(run, tmp_path, NEW), "VAULT_KEYS", "is missing", "keys.db")
    assert prints(data) == before


def test_a_new_key_in_the_file(data: Path, tmp_path: Path, run: Run) -> None:
    """The next start knows nothing else."""
    old = key_ring("", data / "vault.key")
    ended = _rotate(run, tmp_path)
    assert ended.code == 0
    assert "vault.key: a new key" in ended.said
    new = key_ring("", data / "vault.key")
    assert len(new.keys) == 1
    assert new.find(old.current.id) is None
    assert _name(data, new) == "Ana"


def test_one_store_of_two_that_is_locked_with_another_key(data: Path, tmp_path: Path, run: Run) -> None:
    """The other is rotated all the same, and no key is said to be of no use."""
    old = (data / "vault.key").read_text().strip()
    with closing(open_store(tmp_path / "leeway.db", tmp_path / "keys.db", KeyRing.parse(OTHER))) as store:
        store._vault.seal(PersonId(1), "here", "x")
    ended = _rotate(run, tmp_path, f"{NEW},{OTHER}")
    assert ended.code == 2
    assert "anew: 1." in ended.said
    assert f"{old.partition(':')[0]!r} is missing, and {data / 'keys.db'} is locked with it" in ended.said
    assert "taken out" not in ended.said


def test_a_key_that_does_not_unwrap(data: Path, tmp_path: Path, run: Run) -> None:
    """One sentence without anybody's name; the key file keeps what it had."""
    old = key_ring("", data / "vault.key").current
    with closing(sqlite3.connect(data / "keys.db", isolation_level=None)) as database:
        database.execute("UPDATE datakey SET wrapped = zeroblob(60)")
    in_one_sentence(_rotate(run, tmp_path), "keys.db", "does not unwrap", "run this again")
    assert key_ring("", data / "vault.key").find(old.id) == old


def test_nothing_is_rotated_under_a_running_bot(hands: Hands, tmp_path: Path, run: Run) -> None:
    """One sentence, whichever way the keys are kept; no file is changed, and the bot goes on."""
    before = prints(tmp_path / "playground")
    for keys in ("", f"{NEW},{OTHER}"):
        in_one_sentence(_rotate(run, tmp_path, keys), "keys.db", "another process", "end it first")
    assert prints(tmp_path / "playground") == before
    hands.types("ana", "/start", there("ana", ":yes"))


def test_without_a_store_there_is_nothing_to_do(tmp_path: Path, run: Run) -> None:
    """And no file is made."""
    ended = _rotate(run, tmp_path / "new")
    assert (ended.code, len(ended.lines)) == (0, 1)
    assert not (tmp_path / "new").exists()
