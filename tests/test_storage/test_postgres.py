"""PostgreSQL: it is opened as it should be, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.pool import NullPool

from bot.changes import SavePerson, SaveSession
from bot.errors import ConfigurationError
from storage import tables
from storage.migrations.upgrade import config
from storage.postgres import Postgres
from storage.store import SqlStore
from tests.servers import Server, outside
from tests.test_storage.parts import (
    ANA,
    BEN,
    COUPLE,
    Place,
    conversation,
    keep,
    line,
    meet,
    question,
    ring,
)

PASSWORD = "quince/jelly@night"


def refused(address: URL | str, *words: str) -> str:
    """The one sentence with which it is refused; no password is in it, nor in what it came from."""
    shown = address if isinstance(address, str) else address.render_as_string(hide_password=False)
    with pytest.raises(ConfigurationError) as raised:
        Postgres(shown, tables.metadata, tables.REVISION)
    (sentence,) = raised.value.mistakes
    assert PASSWORD not in f"{sentence} {raised.value.__cause__!r} {raised.value.__context__!r}"
    assert sentence.startswith("DATABASE_URL: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert [word for word in words if word not in sentence] == [], sentence
    return sentence


@pytest.fixture
def store(server_place: Place) -> Iterator[SqlStore]:
    """A database in PostgreSQL that knows Ana and Ben."""
    with closing(server_place.open()) as opened:
        meet(opened)
        yield opened


@pytest.fixture
def somebody(postgres_server: Server) -> Iterator[str]:
    """A user who may log in and nothing else."""
    name = "somebody_else"
    with postgres_server.connect(postgres_server.url.database or "postgres") as connection:
        connection.execute(f"CREATE USER {name} PASSWORD '{PASSWORD}'")
        try:
            yield name
        finally:
            connection.execute(f"DROP USER {name}")


def test_migrations_and_tables_agree(new_postgres: str) -> None:
    """A database made by the migrations has just the tables that the program uses."""
    with closing(Postgres(new_postgres, tables.metadata, tables.REVISION)) as made, made.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


@pytest.mark.parametrize(
    "address",
    [
        "postgres://u:quince%2Fjelly@h/d",
        "sqlite:///x",
        "h/d",
        "postgresql+psycopg://u@h",
        "postgresql+psycopg://u@h:x/d",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    """It is told what one looks like."""
    refused(address, "should look like postgresql+psycopg://")


def test_an_option_that_there_is_not(postgres: str) -> None:
    """It is named."""
    refused(f"{postgres}?colour=blue", "colour")


def test_no_server(postgres: str) -> None:
    """Where it was looked for, and what to do."""
    nobody = make_url(postgres).set(host="127.0.0.1", port=1, password=PASSWORD)
    refused(nobody, "no server answers at 127.0.0.1:1", "start PostgreSQL, or mend host and port")


def test_a_wrong_password(postgres: str, somebody: str) -> None:
    """User or password are to be mended."""
    wrong = make_url(postgres).set(username=somebody, password=PASSWORD + "!")
    with suppress(psycopg.OperationalError), outside(wrong.render_as_string(hide_password=False)):
        pytest.skip("this server lets everybody in")
    refused(wrong, "password authentication failed", "mend user and password")


def test_a_database_that_is_not_there(postgres: str) -> None:
    """It is to be made."""
    refused(make_url(postgres).set(database="nowhere"), '"nowhere" does not exist', "make it (createdb)")


def test_a_user_without_rights(new_postgres: str, somebody: str) -> None:
    """Who is not to be refused owns the database."""
    with outside(new_postgres) as owner:
        owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    theirs = make_url(new_postgres).set(username=somebody, password=PASSWORD)
    refused(theirs, somebody, "permission denied for schema public", "make it the owner")


def test_a_user_who_may_not_read(postgres: str, somebody: str) -> None:
    """The tables are somebody else's."""
    refused(make_url(postgres).set(username=somebody, password=PASSWORD), "permission denied", "make it the owner")


def test_a_server_that_lets_nothing_be_written(new_postgres: str) -> None:
    """A standby, or one that is being looked after."""
    with outside(new_postgres) as owner:
        owner.execute(f"ALTER DATABASE {make_url(new_postgres).database} SET default_transaction_read_only = on")
    refused(new_postgres, "read-only", "name the one that does")


def test_a_second_program(postgres: str, store: SqlStore) -> None:
    """Is refused, and the first goes on; when that has ended, it is not refused any more."""
    refused(postgres, "another program is using this database; end it first")
    keep(store, line(1))
    store.close()
    Postgres(postgres, tables.metadata, tables.REVISION).close()


def test_a_database_of_another_program(new_postgres: str) -> None:
    """Nothing is added to it."""
    with outside(new_postgres) as other:
        other.execute("CREATE TABLE recipe (id int)")
        refused(new_postgres, "a database of another program")
        found = other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == [("recipe",)]


def test_a_newer_database(new_postgres: str) -> None:
    """It is left as it is for the newer program."""
    Postgres(new_postgres, tables.metadata, tables.REVISION).close()
    with outside(new_postgres) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        refused(new_postgres, "written by a newer version of Leeway")
        assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


@contextmanager
def older(address: str, revision: str) -> Iterator[None]:
    """The database as that version left it."""
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        command.downgrade(config(tables.metadata, connection), revision)
    yield
    engine.dispose()


def test_an_older_database_is_brought_up(new_postgres: str, tmp_path: Path) -> None:
    """Nobody who was known is lost."""
    place = Place(tmp_path, ring("a"), new_postgres)
    with closing(place.open()) as store:
        meet(store)
    with older(new_postgres, "0002"), closing(place.open()) as store, store.turn() as unit:
        assert (unit.person(ANA.id), unit.couple_of(BEN.id)) == (ANA, COUPLE)


def test_steps_that_fail_leave_nothing(new_postgres: str) -> None:
    """All or none: the columns that came before the one that failed are not there."""
    Postgres(new_postgres, tables.metadata, tables.REVISION).close()
    with older(new_postgres, "0010"), outside(new_postgres) as owner:
        owner.execute("CREATE TABLE groups (id int)")
        refused(new_postgres, '"groups" already exists')
        assert owner.execute("SELECT version_num FROM alembic_version").fetchall() == [("0010",)]
        columns = "SELECT column_name FROM information_schema.columns WHERE column_name IN ('card_at', 'erased')"
        assert owner.execute(columns).fetchall() == []


def test_a_commit_is_on_the_disk(new_postgres: str) -> None:
    """Also where the server is told to be quick for everybody."""
    with outside(new_postgres) as owner:
        owner.execute(f"ALTER DATABASE {make_url(new_postgres).database} SET synchronous_commit = off")
    with closing(Postgres(new_postgres, tables.metadata, tables.REVISION)) as made, made.transaction() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_nothing_typed_is_in_the_tables(store: SqlStore, postgres: str) -> None:
    """Names, questions and answers are sealed."""
    typed = "lighthouse keeper"
    keep(store, SavePerson(replace(ANA, name=typed)), SaveSession(conversation(question(1, ANA, typed))), line(1))
    with outside(postgres) as other:
        rows = [
            str(row) for table in tables.metadata.sorted_tables for row in other.execute(str(table.select())).fetchall()
        ]
    assert any("Europe/Lisbon" in row for row in rows)
    assert [row for row in rows if "lighthouse" in row] == []
