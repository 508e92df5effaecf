"""`python -m bot move`: what was in the file is in PostgreSQL, all of it, and the conversations go on."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from bot.changes import SavePerson, SaveSession
from bot.engine.ids import PersonId
from bot.errors import ConfigurationError
from bot.settings import Settings, read_settings
from bot.wiring.moving import move, refuse_the_other
from storage.keyring import key_ring
from storage.postgres import Postgres
from storage.store import open_server_store, open_store
from storage.tables import REVISION, metadata
from tests.playing.moving import MovingStage
from tests.playing.plays import Play
from tests.playing.script import read_script
from tests.playing.stages import Hands
from tests.servers import outside
from tests.test_program.conftest import Run, in_one_sentence
from tests.test_storage.parts import (
    ANA,
    BEN,
    NOON,
    SESSION,
    answer,
    claimed,
    conversation,
    keep,
    line,
    meet,
    question,
    record_of,
    said,
)

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))
IN_SHORT = {"first-ten-minutes", "weeks", "delete"}
STEPS = (3, 8)  # things done before it


def _plays() -> Iterator[ParameterSet]:
    for path in TRANSCRIPTS:
        for step in STEPS:
            marks = () if path.stem in IN_SHORT else (pytest.mark.soak,)
            yield pytest.param(path, step, id=f"{path.stem}-{step}", marks=marks)


@pytest.mark.parametrize(("path", "step"), [*_plays()])
def test_a_conversation_goes_on_as_written(path: Path, step: int, tmp_path: Path, postgres: str) -> None:
    """Whatever it was in the middle of."""
    script = read_script(path)

    async def played() -> None:
        clock = Hands(script.begins)
        stage = MovingStage(clock, tmp_path, postgres, step)
        try:
            await Play(script, stage, clock).whole()
        finally:
            await stage.close()
        assert stage.has_moved or path.stem not in IN_SHORT  # a short one may be over before

    asyncio.run(played())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the store of Ana and Ben, who are in the middle of something."""
    with closing(
        open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    ) as store:
        meet(store)
        keep(store, SaveSession(conversation(question(), answers={"a": answer(said(ANA, "quinces"))})))
        keep(store, line(1), record_of(ANA.id), line(2, to=BEN.id))
        assert claimed(store, limit=1) == [1]
    return tmp_path


def _settings(folder: Path) -> Settings:
    return read_settings(data_dir=folder)


def _rows(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
            for table in metadata.tables
        }


def test_it_is_done_and_told(data: Path, postgres: str, run: Run) -> None:
    """Rows are counted, all that was sealed is opened, the file is put aside; the next start is told of both."""
    before = _rows(data / "leeway.db")
    ended = run("move", "--to", postgres, settings={"DATA_DIR": str(data)})
    assert ended.code == 0, ended.said
    told = {name: int(count) for name, count in (line.split() for line in ended.lines[: len(before)])}
    assert told == before
    assert "6 sealed texts were opened" in ended.said
    assert "do not open" not in ended.said
    assert not (data / "leeway.db").exists()
    assert _rows(data / "leeway.db.moved") == before
    in_one_sentence(
        run(settings={"DATA_DIR": str(data), "TELEGRAM_BOT_TOKEN": f"1:{'x' * 30}"}),
        "gone to PostgreSQL",
        "set it again",
    )


def test_what_was_there_is_there(data: Path, postgres: str) -> None:
    """Words open, what was being sent is uncertain at the next start, and what comes now comes after all of it."""
    move(_settings(data), postgres, lambda _: None)
    ring = key_ring("", data / "vault.key")
    with closing(open_server_store(postgres, data / "keys.db", ring)) as store:
        with store.turn() as unit:
            session = unit.session(SESSION)
        assert session is not None
        assert session.answers["a"].value == said(ANA, "quinces")
        keep(store, line(3, to=BEN.id))
        store.recover(NOON)
        assert [claimed(store, NOON + 1) for _ in range(2)] == [[2, 1], []]


def test_an_address_that_is_set_need_not_be_given(data: Path, postgres: str, run: Run) -> None:
    """So that no password stands in the list of what runs."""
    assert run("move", settings={"DATA_DIR": str(data), "DATABASE_URL": postgres}).code == 0


def test_a_database_that_is_not_empty(data: Path, postgres: str, run: Run) -> None:
    """Is left as it is, and so is the file."""
    with closing(open_server_store(postgres, data / "other.db", key_ring("", data / "other.key"))) as other:
        keep(other, SavePerson(BEN))
    before = (data / "leeway.db").read_bytes()
    in_one_sentence(run("move", "--to", postgres, settings={"DATA_DIR": str(data)}), "Nothing was moved", "person")
    assert (data / "leeway.db").read_bytes() == before
    with outside(postgres) as there:
        assert there.execute("SELECT count(*) FROM person").fetchone() == (1,)


def test_a_move_that_fails_leaves_nothing(data: Path, postgres: str) -> None:
    """A row that PostgreSQL does not take: what was written before it is not there, and it can be done again."""
    with closing(sqlite3.connect(data / "leeway.db", isolation_level=None)) as database:
        database.execute("INSERT INTO seen VALUES ('a' || char(0) || 'b', 1)")
    with pytest.raises(ConfigurationError, match="Nothing was moved"):
        move(_settings(data), postgres, lambda _: None)
    with outside(postgres) as there:
        assert there.execute("SELECT count(*) FROM person").fetchone() == (0,)
    with closing(sqlite3.connect(data / "leeway.db", isolation_level=None)) as database:
        database.execute("DELETE FROM seen")
    move(_settings(data), postgres, lambda _: None)


ANOTHER_ZONE = """
    CREATE FUNCTION another_zone() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.id = 1 THEN NEW.zone := 'Europe/Paris'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER another_zone BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION another_zone()
"""


def test_a_row_that_arrives_otherwise_is_noticed(data: Path, new_postgres: str) -> None:
    """Nothing is kept where one differs."""
    Postgres(new_postgres, metadata, REVISION).close()
    with outside(new_postgres) as there:
        there.execute(ANOTHER_ZONE)
        with pytest.raises(ConfigurationError, match="person has 2 rows, and 2 arrived that are not all the same"):
            move(_settings(data), new_postgres, lambda _: None)
        assert there.execute("SELECT count(*) FROM record").fetchone() == (0,)
    assert (data / "leeway.db").exists()


def test_what_did_not_open_before_is_told(data: Path, postgres: str) -> None:
    """It is moved as it is."""
    with closing(sqlite3.connect(data / "leeway.db", isolation_level=None)) as database:
        database.execute("UPDATE person SET name = (SELECT name FROM person WHERE id = 1)")
    told: list[str] = []
    move(_settings(data), postgres, told.append)
    assert [line for line in told if line.startswith("1 of them do not open")]


def test_somebody_whose_key_is_gone_is_moved(data: Path, postgres: str) -> None:
    """There is nothing of theirs to open."""
    with closing(open_store(data / "leeway.db", data / "keys.db", key_ring("", data / "vault.key"))) as store:
        store._vault.destroy(PersonId(BEN.id))
    told: list[str] = []
    move(_settings(data), postgres, told.append)
    assert not [line for line in told if "do not open" in line]


@pytest.mark.parametrize("there", ["leeway.db", "keys.db"])
def test_a_bot_that_runs(data: Path, postgres: str, there: str) -> None:
    """Is to be ended first, whichever of its databases lies where."""
    files = {"leeway.db": ("leeway.db", "other.db"), "keys.db": ("other.db", "keys.db")}[there]
    ring = key_ring("", data / "vault.key")
    (data / "other.key").touch()
    if there == "keys.db":
        (data / "other.db").write_bytes((data / "leeway.db").read_bytes())
    else:
        (data / "other.db").write_bytes((data / "keys.db").read_bytes())
    with (
        closing(open_store(data / files[0], data / files[1], ring)),
        pytest.raises(ConfigurationError, match="end it first"),
    ):
        move(_settings(data), postgres, lambda _: None)


def test_nothing_to_move(tmp_path: Path, postgres: str) -> None:
    """There is no file, and none is made."""
    with pytest.raises(ConfigurationError, match="nothing to move"):
        move(_settings(tmp_path), postgres, lambda _: None)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".db"]


def test_two_stores_are_one_too_many(data: Path, postgres: str) -> None:
    """Nobody is greeted as a stranger because of a setting."""
    both = read_settings(data_dir=data, database_url=postgres)
    with pytest.raises(ConfigurationError, match="bot move"):
        refuse_the_other(both)
    refuse_the_other(_settings(data))
    os.rename(data / "leeway.db", data / "leeway.db.moved")
    refuse_the_other(both)
    with pytest.raises(ConfigurationError, match="gone to PostgreSQL"):
        refuse_the_other(_settings(data))
