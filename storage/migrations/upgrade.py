"""Brings a database to the newest schema, and refuses one that is newer or not ours."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, inspect, text

from bot.errors import ConfigurationError
from storage import tables

HERE = Path(__file__).parent
# Revisions from before the first release, in which what was typed was sealed in another form.
EARLY = frozenset({"0001", "0002", "0005", "0006", "0008"})
SEALED = ("session", "record", "outbox")


def config(metadata: MetaData, connection: Connection | None = None) -> Config:
    """Alembic's configuration for the store or for the key database."""
    steps = "store" if metadata is tables.metadata else "keys"
    made = Config(attributes={"connection": connection, "metadata": metadata})
    made.set_main_option("script_location", str(HERE).replace("%", "%%"))
    made.set_main_option("path_separator", "newline")
    made.set_main_option("version_locations", str(HERE / "versions" / steps).replace("%", "%%"))
    return made


def refuse(connection: Connection, metadata: MetaData, name: str) -> None:
    """Raises `ConfigurationError` for a database that no step can bring to the newest schema. Changes nothing."""
    _refuse(connection, ScriptDirectory.from_config(config(metadata)), name)


def upgrade(connection: Connection, metadata: MetaData, name: str) -> None:
    """Runs the steps that are missing, all or none. Raises `ConfigurationError` for a database to refuse; `name` is how
    it is spoken of."""
    steps = config(metadata, connection)
    with connection.begin():
        _refuse(connection, ScriptDirectory.from_config(steps), name)
        command.upgrade(steps, "head")


def _refuse(connection: Connection, steps: ScriptDirectory, name: str) -> None:
    existing = inspect(connection).get_table_names()
    if not existing:
        return
    if "alembic_version" not in existing:
        raise ConfigurationError([f"{name}: this is a database of another program."])
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    try:
        steps.get_revision(revision or "base")
    except CommandError as error:
        raise ConfigurationError([f"{name}: this database was written by a newer version of Leeway."]) from error
    if revision in EARLY and any(table in existing and _holds_rows(connection, table) for table in SEALED):
        where = f"{name}: this database is from before the first release, in a form that is no longer read."
        raise ConfigurationError([f"{where} Move its folder away, and a new one is made."])


def _holds_rows(connection: Connection, table: str) -> bool:
    return connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first() is not None  # noqa: S608 - ours
