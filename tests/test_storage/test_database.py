"""A database is opened as it should be, or refused in one sentence."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine

from bot.changes import NoteMessage, Put, SavePerson, SaveRecord, SaveSession, Say, Show
from bot.engine.acts import Visibility
from bot.engine.text import Invite, Text, Words
from bot.errors import ConfigurationError, StoreError
from bot.people import Couple, Invitation, Person
from storage import keytables, tables
from storage.keyring import KeyRing
from storage.migrations.upgrade import config, upgrade
from tests.files import file_of
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    CLEO,
    COUPLE,
    NOON,
    SESSION,
    Place,
    answer,
    claimed,
    conversation,
    keep,
    line,
    meet,
    question,
    record_of,
    ring,
    said,
)

SCHEMAS = [(tables.metadata, tables.REVISION), (keytables.metadata, keytables.REVISION)]


def refused(place: Place, ring: KeyRing | None = None) -> str:
    """The one sentence with which it is refused."""
    with pytest.raises(ConfigurationError) as raised:
        place.open(ring)
    (sentence,) = raised.value.mistakes
    assert sentence.endswith(".")
    return sentence


def used(place: Place) -> Place:
    """A database in which Ana and Ben are a couple."""
    with closing(place.open()) as store:
        meet(store)
    return place


def test_it_is_opened_for_safety(place: Place) -> None:
    """A write-ahead log, synced at every commit, foreign keys, and deleted bytes overwritten."""
    with closing(place.open()) as store, store._database.transaction() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert found == ["wal", 2, 1, 1, 5000]


def test_its_files_are_its_owners(place: Place) -> None:
    """Nobody else may read them, the log included."""
    with closing(place.open()) as store:
        meet(store)
        files = [file for file in place.folder.iterdir() if file.suffix != ".lock"]
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in files}
    assert "leeway.db-wal" in modes
    assert set(modes.values()) == {0o600}


def test_a_turn_begins_with_the_lock(place: Place) -> None:
    """So that reading and then writing never fails because of another writer."""
    with closing(place.open()) as store, store.turn():
        other = sqlite3.connect(place.database, timeout=0)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_what_was_kept_is_there_after_a_restart(either: Place) -> None:
    """Persons, sessions and what waits to be said."""
    with closing(either.open()) as store:
        meet(store)
        keep(store, SaveSession(conversation(question())), line(1))
    with closing(either.open()) as store:
        assert claimed(store) == [1]
        with store.turn() as unit:
            assert unit.sessions_of(ANA.id) == [conversation(question())]


@pytest.mark.parametrize(("metadata", "revision"), SCHEMAS)
def test_migrations_and_tables_agree(metadata: MetaData, revision: str) -> None:
    """A database made by the migrations has just the tables that the program uses."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        upgrade(connection, metadata, "memory")
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'")
        by_migrations = sorted(_squeezed(sql) for sql in made.scalars() if sql)
    engine.dispose()
    assert differences == []
    assert by_migrations == _by_metadata(metadata)
    assert ScriptDirectory.from_config(config(metadata)).get_current_head() == revision


def _by_metadata(metadata: MetaData) -> list[list[str]]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master")
        statements = sorted(_squeezed(sql) for sql in made.scalars() if sql)
    engine.dispose()
    return statements


def _squeezed(sql: str) -> list[str]:
    """Its parts without their order, which says nothing for constraints, and without quotes: SQLite puts a name into
    some when a table is renamed."""
    return sorted(" ".join(part.split()) for part in re.sub('[()"]', " ", sql).split(","))


OF_TWO = {
    "people": {"person_a", "person_b"},
    **{name: {f"{name}_a", f"{name}_b"} for name in ("dances", "renews")},
    "depths": {"depth_a", "depth_b"},
}


@pytest.mark.parametrize(
    ("kind", "table", "elsewhere"),
    [
        (Person, "person", {}),
        (Couple, "couple", OF_TWO),
        (Invitation, "invitation", {}),
        (Put, "outbox", {"to": {"person"}, "while_open": {"open_session", "open_prompt"}}),
        (SaveRecord, "record", {}),
    ],
)
def test_every_field_has_its_column(kind: type, table: str, elsewhere: dict[str, set[str]]) -> None:
    """A field that is added to a value is not forgotten in the table."""
    needed = set[str]().union(*(elsewhere.get(part.name, {part.name}) for part in fields(kind)))
    assert needed <= set(tables.metadata.tables[table].c.keys())


def test_another_process_is_refused(place: Place) -> None:
    """As long as this one has it open."""
    program = (
        "import sys; from pathlib import Path; from tests.test_storage.parts import Place, ring\n"
        "from bot.errors import ConfigurationError\n"
        "try: Place(Path(sys.argv[1]), ring('a')).open().close()\n"
        "except ConfigurationError as error: sys.exit(str(error))"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", program, str(place.folder)]
    with closing(place.open()):
        second = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    third = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert second.stderr.strip() == f"{place.database}: another process is using this database; end it first."
    assert (third.returncode, third.stderr) == (0, "")


def test_a_second_store_in_the_process_is_refused(either: Place) -> None:
    """Two writers on one file are two, wherever they are."""
    with closing(either.open()):
        assert "is using this database" in refused(either)
    either.open().close()


def test_a_truncated_file_is_refused(place: Place) -> None:
    """And left as it is."""
    used(place)
    size = place.database.stat().st_size
    os.truncate(place.database, size // 2)
    before = place.database.read_bytes()
    assert "cannot be used" in refused(place)
    assert place.database.read_bytes() == before


@pytest.mark.parametrize("which", ["database", "keys"])
def test_a_file_that_is_no_database_is_refused(place: Place, which: str) -> None:
    """And left as it is."""
    path: Path = getattr(place, which)
    path.write_text("Dear diary, " * 500)
    assert refused(place) == f"{path}: this database cannot be used (file is not a database)."
    assert path.read_text() == "Dear diary, " * 500


def test_a_database_of_another_program_is_refused(place: Place) -> None:
    """Nothing is added to it."""
    with closing(sqlite3.connect(place.database)) as other:
        other.execute("CREATE TABLE recipe (id)")
    assert "a database of another program" in refused(place)
    with closing(sqlite3.connect(place.database)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]


def test_a_newer_database_is_refused(place: Place) -> None:
    """It is left as it is for the newer program."""
    used(place)
    with closing(sqlite3.connect(place.database, isolation_level=None)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    assert refused(place) == f"{place.database}: this database was written by a newer version of Leeway."
    with closing(sqlite3.connect(place.database)) as newer:
        assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


@pytest.mark.parametrize("older", ["0001", "0002", "0006", "0008"])
def test_a_store_of_an_older_version_is_brought_up(place: Place, older: str) -> None:
    """Nobody who was known is lost, and what came later is as for somebody new."""
    used(place)
    engine = create_engine(f"sqlite:///{place.database}")
    with engine.begin() as connection:
        command.downgrade(config(tables.metadata, connection), older)
    engine.dispose()
    with closing(place.open()) as store, store.turn() as unit:
        assert (unit.person(ANA.id), unit.couple_of(BEN.id)) == (ANA, COUPLE)


def test_words_in_a_form_from_before_the_first_release_are_refused(place: Place) -> None:
    """They could not be read: they stay as they are, and what to do is said."""
    with closing(used(place).open()) as store:
        keep(store, SaveSession(conversation(question())))
    with closing(sqlite3.connect(place.database, isolation_level=None)) as early:
        early.execute("UPDATE alembic_version SET version_num = '0005'")
    (sentence, *_) = refused(place).split(". ")
    assert sentence.endswith("in a form that is no longer read")
    with closing(sqlite3.connect(place.database)) as early:
        assert early.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_a_folder_that_cannot_be_is_refused(place: Place) -> None:
    """Where there is a file already."""
    (place.folder / "file").touch()
    assert "cannot be used" in refused(replace(place, folder=place.folder / "file"))


def test_a_wrong_key_is_refused(place: Place) -> None:
    """Nothing is overwritten; with the right one everything opens."""
    used(place)
    files = {path: path.read_bytes() for path in (place.database, place.keys)}
    wrong = KeyRing.parse("a:" + "B" * 43 + "=")
    assert "'a' is not the one" in refused(place, wrong)
    assert "'a' is missing" in refused(place, ring("b"))
    assert {path: path.read_bytes() for path in files} == files
    with closing(place.open()) as store, store.turn() as unit:
        assert unit.person(ANA.id) == ANA


def test_lost_keys_are_refused(either: Place) -> None:
    """A database in which people wrote, beside a new key database, at every start."""
    used(either)
    either.keys.unlink()
    assert "this key database is new" in refused(either)
    assert "this key database is new" in refused(either)


def test_an_emptied_store_is_as_new(either: Place) -> None:
    """Nobody is known, nothing is waiting or due, and it can be used on."""
    with closing(either.open()) as store:
        meet(store)
        keep(store, SaveSession(conversation(question())), line(1))
        store.empty()
        assert (claimed(store), store.next_due()) == ([], None)
        with store.turn() as unit:
            assert unit.account(ANAS.key) is None
            assert unit.sessions_of(ANA.id) == []
        meet(store)
        with store.turn() as unit:
            assert unit.person(ANA.id) == ANA


def test_a_failed_start_lets_go(place: Place) -> None:
    """After a wrong key, or a file that was none, the right one starts in the same process."""
    used(place)
    with pytest.raises(ConfigurationError) as wrong_key:
        place.open(ring("b"))
    place.open().close()
    place.database.write_text("Dear diary, " * 500)
    with pytest.raises(ConfigurationError) as no_database:
        place.open()
    place.database.unlink()
    place.open().close()
    # the errors are still held here, with all that they hold
    assert [len(error.value.mistakes) for error in (wrong_key, no_database)] == [1, 1]


def test_an_error_of_the_database_is_an_error_of_the_store(place: Place) -> None:
    """A disk that is full: nothing of the turn is kept, and its message holds nothing typed."""
    with closing(place.open()) as store:
        meet(store)
        with store._database.transaction() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        file_of(store)._driver().execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match="full") as raised:
            keep(store, SavePerson(CLEO), line(1, content=Say(Text("lighthouse " * 9_000))))
        assert "lighthouse" not in f"{raised.value!s} {raised.value.__cause__!s}"
        with store.turn() as unit, pytest.raises(StoreError):
            unit.person(CLEO.id)


def test_what_belongs_to_nobody_is_refused(either: Place) -> None:
    """A record of a person who is not there undoes its turn."""
    with closing(either.open()) as store:
        meet(store)
        with pytest.raises(StoreError, match=r"FOREIGN KEY|foreign key"):
            keep(store, SavePerson(replace(ANA, name="Anna")), record_of(CLEO.id))
        with store.turn() as unit:
            assert unit.person(ANA.id) == ANA


def test_no_record_is_without_a_visibility(either: Place) -> None:
    """The table itself refuses it."""
    row = "INSERT INTO record VALUES (1, 'n', 1, 'x', NULL, {}, 0, '0')"
    with closing(either.open()) as store:
        meet(store)
        for visibility in ("NULL", "'public'"):
            with pytest.raises(StoreError, match="constraint"), store._database.transaction() as connection:
                connection.exec_driver_sql(row.format(visibility))


def test_nothing_typed_is_in_the_files(place: Place) -> None:
    """Names, answers, ticks, records, what is to be said and invitations, in every file, the log included."""
    marker = "lighthouse keeper"
    words = Words((marker,), BEN.id)
    prompt = replace(question(1, ANA, marker), ticks=("a", words))
    session = conversation(
        prompt,
        given={"x": [said(ANA, marker)]},
        past={"0": {"curious.asked": [{"value": [marker], "at": 1, "by": BEN.id}]}},
        answers={"a": answer(said(ANA, marker)), "b": answer([marker], BEN)},
    )
    shown = Show(SESSION, prompt, Text("{w} {i}", (("i", Invite(marker)), ("w", words))))
    record = SaveRecord(SESSION, None, "curious", "asked", ANA.id, Visibility.PRIVATE, 5, [marker])
    with closing(place.open()) as store:
        meet(store)
        keep(store, SavePerson(replace(ANA, name=marker)), SaveSession(session), line(1, content=shown), record)
        keep(store, NoteMessage(ANAS, "m1", SESSION, "a", 0))
        assert "leeway.db-wal" in {file.name for file in place.folder.iterdir()}
        assert not _found_in(place, marker)
        with store.turn() as unit:
            assert unit.session(SESSION) == session
            assert unit.person(ANA.id).name == marker
    assert not _found_in(place, marker)
    assert _found_in(place, "Europe/Lisbon")


def _found_in(place: Place, text: str) -> list[str]:
    return [file.name for file in place.folder.iterdir() if text.encode() in file.read_bytes()]


def test_words_moved_to_another_row_do_not_open(either: Place) -> None:
    """Not a name, not a session's state."""
    with closing(either.open()) as store:
        meet(store)
        prompts = (SaveSession(conversation(question(), id=number, started=number)) for number in (1, 2))
        keep(store, *prompts)
        with store._database.transaction() as connection:
            connection.exec_driver_sql("UPDATE person SET name = (SELECT name FROM person WHERE id = 1)")
            connection.exec_driver_sql("UPDATE session SET state = (SELECT state FROM session WHERE id = 1)")
        with store.turn() as unit:
            assert unit.person(ANA.id) == ANA
            with pytest.raises(StoreError, match="does not open"):
                unit.person(BEN.id)
            with pytest.raises(StoreError, match="does not open"):
                unit.sessions_of(ANA.id)


def test_a_row_that_cannot_be_read_stops_nobody(either: Place) -> None:
    """It is dropped with a word for whoever looks after the program."""
    with closing(either.open()) as store:
        meet(store)
        keep(store, line(1), line(2), line(3, to=BEN.id))
        with store._database.transaction() as connection:
            connection.exec_driver_sql("""UPDATE outbox SET content = '{"plain":{},"sealed":{}}' WHERE id = 1""")
        assert claimed(store) == [2, 3]
        with store._database.transaction() as connection:
            found = connection.exec_driver_sql("SELECT state, why, error, content FROM outbox WHERE id = 1").one()
    assert tuple(found) == ("failed", "refused", "unreadable: ValueError", None)


def test_the_words_of_a_person_who_is_gone_open_as_none(either: Place) -> None:
    """Their name too; the other's stay."""
    session = conversation(question(1, ANA, "from ben"), answers={"a": answer(said(ANA, "mine"))})
    with closing(either.open()) as store:
        meet(store)
        keep(store, SaveSession(session), line(1, content=Show(SESSION, question(1, ANA, "from ben"))))
        store._vault.destroy(BEN.id)
        with store.turn() as unit:
            found = unit.session(SESSION)
            assert unit.person(BEN.id).name == ""
        (row,) = store.claim(NOON, 1)
    assert found is not None
    assert found.answers == session.answers
    assert found.open["question.1"].text.args[1] == ("words", Words((), BEN.id))
    assert row.names == {BEN.id: ""}
