"""`python -m bot doctor`: what it finds, what it says to do, and that it leaves everything as it is."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.app import examine
from bot.changes import SavePerson
from bot.settings import read_settings
from bot.wiring import inspecting
from bot.wiring.findings import Finding
from scheduler.clock import SystemClock
from storage.keyring import key_ring
from storage.postgres import Postgres
from storage.store import SqlStore, open_store
from storage.tables import REVISION, metadata
from tests.doubles.discord import double as discord
from tests.doubles.telegram import double as telegram
from tests.servers import outside
from tests.test_bot.test_reaching import platforms
from tests.test_storage.parts import ANA, keep

NOW = SystemClock().now


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which there is nothing yet."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def _open(data: Path) -> SqlStore:
    return open_store(data / "leeway.db", data / "keys.db", key_ring("", data / "vault.key"))


@pytest.fixture
def store(made: Path, data: Path) -> Path:
    """Ana and Ben are there; the program has ended."""
    return Path(copytree(made, data))


def _found(data: Path, setting: str = "") -> dict[str, Finding]:
    """What is found in a store, by the first word."""
    return {finding.what.split()[0]: finding for finding in inspecting.store(data, setting)}


def _prints(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file as it is, but what SQLite's readers tell each other."""
    there = [path for path in folder.iterdir() if not path.name.endswith("-shm")]
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in there}


@pytest.mark.parametrize("is_running", [True, False])
def test_all_is_well_and_stays_as_it_is(store: Path, is_running: bool) -> None:
    """Two platforms know their tokens, the store opens, beside the program or without it; no file is touched, and no
    token or name is told."""
    said = list[str]()

    async def looked() -> bool:
        async with platforms(telegram=telegram.Double(NOW), discord=discord.Double(NOW)) as settings:
            return await asyncio.to_thread(examine, lambda: settings, SystemClock(), said.append)

    running = _open(store) if is_running else None
    before = _prints(store)
    assert asyncio.run(looked()), said
    assert _prints(store) == before
    if running is not None:
        running.close()
    whole = "\n".join(said)
    assert all(line.startswith("ok     ") for line in said)
    for words in (
        "Telegram: knows this token",
        "Discord: knows this token",
        "clock: shows what",
        "schema 0",
        "2 people",
    ):
        assert words in whole
    secrets = (telegram.TOKEN, discord.TOKEN, "Ana", "Ben", (store / "vault.key").read_text().strip())
    assert not any(secret in whole for secret in secrets)


def test_there_is_no_store_yet(data: Path) -> None:
    """The first start makes it, and nothing is made before."""
    assert _found(data)["store"].is_well
    assert not data.exists()


def _newer(data: Path) -> None:
    with closing(sqlite3.connect(data / "leeway.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def _half(data: Path) -> None:
    path = data / "leeway.db"
    path.write_bytes(path.read_bytes()[:5_000])


def _other_key(data: Path) -> None:
    (data / "vault.key").unlink()
    key_ring("", data / "vault.key")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: (data / "keys.db").unlink(), "keys.db is missing"),
        (lambda data: (data / "vault.key").unlink(), "vault.key is missing"),
        (lambda data: (data / "leeway.db").unlink(), "leeway.db is missing"),
        (_newer, "newer version of Leeway"),
        (_half, "leeway.db: this database cannot be used"),
        (_other_key, "is missing, and"),
    ],
)
def test_a_store_that_is_not_well(store: Path, spoil: Callable[[Path], None], words: str) -> None:
    """What is wrong with it, and how to come by a good one."""
    spoil(store)
    found = _found(store)["store"]
    assert not found.is_well
    assert words in found.told
    assert "python -m bot restore" in found.remedy


def test_an_older_schema_is_told(store: Path) -> None:
    """It is no mistake: the next start brings it up."""
    with closing(sqlite3.connect(store / "leeway.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0016'")
    found = _found(store)["store"]
    assert found.is_well
    assert "schema 0016, which the next start brings to" in found.told


def test_a_zone_that_nobody_knows(store: Path) -> None:
    """Somebody lives where the zone data knows no clock."""
    with closing(_open(store)) as opened:
        keep(opened, SavePerson(replace(ANA, zone="Mars/Base")))
    found = _found(store)["zones"]
    assert not found.is_well
    assert "Mars/Base" in found.told


@pytest.mark.parametrize(("taken", "free", "is_well"), [(0, 2**30, True), (2**30, 2**30, False), (0, 2**20, False)])
def test_room_on_the_disk(taken: int, free: int, is_well: bool) -> None:
    """200 MiB, and three times what the store takes."""
    assert inspecting.disk(Path(), taken, free).is_well is is_well


def test_a_deck_with_a_mistake(tmp_path: Path) -> None:
    """It is counted; `check` names it."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "curiosity.en.toml").write_text("[[questions]]\n")
    found = inspecting.content(read_settings(content_dir=tmp_path / "decks"))
    assert not found.is_well
    assert "python -m bot check" in found.remedy


def test_wrong_settings_are_all_it_says(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in a line of its own with what to do; exit code 1."""
    monkeypatch.setenv("HTTP_PORT", "none")
    monkeypatch.setenv("TIME_ZONE", "Mars")
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 1
    wrong = [line.split(":")[1].strip() for line in done.output.splitlines() if line.startswith("wrong")]
    assert sorted(wrong) == ["HTTP_PORT", "TIME_ZONE"]
    assert done.output.count("→") == 2


def test_the_command_on_an_empty_folder(tmp_path: Path) -> None:
    """Nothing is wrong, and nothing was made."""
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0, done.output
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_looked_at(new_postgres: str, tmp_path: Path) -> None:
    """An empty database is well, and one with our schema and its keys; an older schema is told of."""
    keys = tmp_path / "keys.db"
    empty = Finding("PostgreSQL", "nothing is in it yet; the first start makes the tables")
    assert inspecting.server(new_postgres, keys) == empty
    Postgres(new_postgres, metadata, REVISION).close()
    assert not inspecting.server(new_postgres, keys).is_well
    keys.touch()
    assert inspecting.server(new_postgres, keys) == Finding("PostgreSQL", f"schema {REVISION}")
    _set_revision(new_postgres, "0001")
    older = inspecting.server(new_postgres, keys)
    assert older.is_well
    assert older.told.startswith("schema 0001, which the next start brings to ")


def test_a_server_that_is_newer_or_not_there_is_wrong(new_postgres: str, tmp_path: Path) -> None:
    """A start would be refused."""
    Postgres(new_postgres, metadata, REVISION).close()
    _set_revision(new_postgres, "9999")
    assert not inspecting.server(new_postgres, tmp_path).is_well
    assert not inspecting.server("postgresql+psycopg://nobody@127.0.0.1:1/none", tmp_path).is_well


def _set_revision(address: str, revision: str) -> None:
    with outside(address) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [revision])
