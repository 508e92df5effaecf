"""Whoever deletes everything: first the key goes, then the rows, then the log; nothing of it comes back."""

import shutil
import sqlite3
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from bot.changes import NoteMessage, SaveInvitation, SavePerson, SaveRecord, SaveSession, Show
from bot.engine.acts import Visibility
from bot.engine.ids import PersonId
from bot.errors import StoreError
from bot.people import Invitation
from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from storage.tables import metadata
from tests.test_bot.phones import DAY, HOUR, Town
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    COUPLE,
    NOON,
    SESSION,
    Memory,
    Place,
    answer,
    claimed,
    conversation,
    keep,
    line,
    meet,
    question,
    said,
    show,
)

GONE = SavePerson(replace(ANA, erased=NOON))
SECRET, SHOWN = "a zebra in the cellar", "an okapi on the roof"


def record(name: str, visibility: Visibility, words: str) -> SaveRecord:
    """Words of Ana's, kept."""
    return SaveRecord(SESSION, COUPLE.id, "curious", name, ANA.id, visibility, NOON, said(ANA, words))


def everything(store: Memory) -> None:
    """Ana has something in every table."""
    meet(store)
    prompt = question()
    show(store, prompt, conversation(prompt, answers={"a": answer(said(ANA, SECRET))}))
    invitation = Invitation("hash", ANA.id, None, NOON)
    keep(store, SaveInvitation(invitation), NoteMessage(ANAS, "own", SESSION, "a", 0), line(9, earliest=NOON + HOUR))
    keep(store, record("kept", Visibility.PRIVATE, SECRET), record("opened", Visibility.SHARED, SHOWN))
    keep(store, SaveSession(conversation(prompt)), line(8, content=Show(SESSION, prompt), earliest=NOON + HOUR))


def seen_by(store: Memory, person: PersonId) -> list[object]:
    """What that person may read of the records."""
    with store.turn() as unit:
        past = unit.past(["curious.kept", "curious.opened"], [person], COUPLE.id)
    found = past["0"]
    assert isinstance(found, dict)
    return [entry for entries in found.values() if isinstance(entries, list) for entry in entries]


def test_nothing_can_be_read_any_more(store: Memory) -> None:
    """Neither by them nor by the other; what is said in the same turn still goes out, what was to come does not."""
    everything(store)
    assert len(seen_by(store, ANA.id)) == 2
    assert len(seen_by(store, BEN.id)) == 1
    keep(store, GONE, line(10, earliest=NOON))
    assert seen_by(store, ANA.id) == seen_by(store, BEN.id) == []
    with store.turn() as unit:
        assert (unit.person(ANA.id).name, unit.person(ANA.id).zone) == ("", "UTC")
        assert unit.person(BEN.id) == BEN
        assert unit.invitation("hash") is None
        assert unit.noted(ANAS.key, "own") is None
        assert unit.shown(ANAS.key, "m900") is None
    assert claimed(store, NOON) == [10]
    assert claimed(store, NOON + 2 * HOUR) == []


def test_what_is_saved_of_them_later_brings_nothing_back(store: Memory) -> None:
    """Somebody who is gone has no name, and gets no key."""
    everything(store)
    keep(store, GONE)
    with store.turn() as unit:
        unit.keep([SavePerson(replace(unit.person(ANA.id), silent_until=None))])
    with store.turn() as unit:
        assert unit.person(ANA.id).name == ""
    if isinstance(store, SqlStore):
        with store._vault._database.transaction() as connection:
            kept = connection.exec_driver_sql("SELECT person FROM datakey").scalars().all()
        assert list(kept) == [BEN.id]


def test_what_is_left_has_no_words(place: Place) -> None:
    """What they had shown is a row without words, and the log in which they were is empty."""
    with closing(place.open()) as store:
        everything(store)
        keep(store, GONE, line(10, earliest=NOON))
        assert place.database.with_name("leeway.db-wal").stat().st_size == 0
    with closing(sqlite3.connect(place.database)) as connection:
        (value,) = connection.execute("SELECT value FROM record WHERE owner = ?", (ANA.id,)).fetchone()
    assert '"sealed":{}' in value


def test_an_older_copy_does_not_open_with_later_keys(place: Place, tmp_path: Path) -> None:
    """A copy of the database alone, made before, is of no use once the key is gone."""
    with closing(place.open()) as store:
        everything(store)
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(place.database, copy / "leeway.db")
    with closing(place.open()) as store:
        keep(store, GONE)
    shutil.copy(place.keys, copy / "keys.db")
    with closing(Place(copy, place.ring).open()) as store:
        assert seen_by(store, ANA.id) == []
        with store.turn() as unit:
            assert unit.person(ANA.id).name == ""


STEPS = {
    "the key": ("keys.db", "DELETE ON datakey"),
    "a record": ("leeway.db", "DELETE ON record"),
    "the name": ("leeway.db", "UPDATE ON person WHEN new.name = ''"),
}


@pytest.mark.parametrize(("file", "deed"), STEPS.values(), ids=STEPS)
def test_what_was_interrupted_is_finished_at_the_next_start(place: Place, file: str, deed: str) -> None:
    """Whoever pressed has pressed: where the database refuses a step, what was committed stays, others go on, the sweep
    says what is wrong, and the next start goes on from there."""
    with closing(place.open()) as store:
        everything(store)
    refusing(place.folder / file, f"CREATE TRIGGER full BEFORE {deed} BEGIN SELECT RAISE(ABORT, 'full'); END")
    with closing(place.open()) as store:
        with store.together():
            keep(store, GONE, line(10, earliest=NOON))
            keep(store, line(11, to=BEN.id))
        keep(store, line(12, to=BEN.id))
        assert sorted(claimed(store, NOON)) == [10, 11]
        with pytest.raises(StoreError, match="full"):
            store.sweep(NOON, 0)
    refusing(place.folder / file, "DROP TRIGGER full")
    with closing(place.open()) as store:
        assert seen_by(store, ANA.id) == seen_by(store, BEN.id) == []
        with store._vault._database.transaction() as connection:
            assert list(connection.exec_driver_sql("SELECT person FROM datakey").scalars()) == [BEN.id]


def refusing(path: Path, statement: str) -> None:
    """Changes what the database of a closed store refuses."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("is_shared", [False, True])
def test_what_could_not_be_erased_goes_before_anything_else(place: Place, is_shared: bool) -> None:
    """Somebody held the keys: the next turn finds nothing of hers any more."""
    with closing(place.open()) as store:
        everything(store)
        store._vault._database._driver().execute("PRAGMA busy_timeout=1")
        with closing(sqlite3.connect(place.keys, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            keep(store, GONE)
            with store.turn() as unit:
                assert unit.person(ANA.id).erased == NOON
                assert unit.invitation("hash") is not None
        with store.together() if is_shared else nullcontext(), store.turn() as unit:
            assert unit.invitation("hash") is None


def test_several_in_one_commit(place: Place) -> None:
    """Where turns share a commit, the rows go once it is made."""
    with closing(place.open()) as store:
        everything(store)
        with store.together():
            keep(store, GONE)
            assert len(seen_by(store, BEN.id)) == 1
        assert seen_by(store, BEN.id) == []


def _gone_in_vain(store: SqlStore) -> None:
    with store.together():
        keep(store, GONE)
        raise RuntimeError


def test_a_commit_that_fails_erases_nobody(place: Place) -> None:
    """Nothing was kept, so nothing goes."""
    with closing(place.open()) as store:
        everything(store)
        with pytest.raises(RuntimeError):
            _gone_in_vain(store)
        keep(store, line(11))
        assert len(seen_by(store, ANA.id)) == 2


def test_a_whole_life_leaves_no_row_of_theirs(tmp_path: Path) -> None:
    """Months of two people, then one of them deletes everything: what is left of her in any row is her id."""
    store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    town = Town(store)
    town.couple()
    town.ana.gives("village")
    town.ana.gives("ask", "What do you hum?")
    town.ana.presses("into the jar")
    town.ana.gives("settings", "discreet")
    town.later(20 * DAY)
    ana = town.ana.person.id
    town.ana.gives("delete")
    town.ana.presses("delete everything")
    store.close()
    with closing(sqlite3.connect(tmp_path / "leeway.db")) as connection:
        rows = {
            table.name: sum(
                connection.execute(f"SELECT count(*) FROM {table.name} WHERE {column.name} = ?", (ana,)).fetchone()[0]  # noqa: S608
                for column in table.columns
            )
            for table in metadata.sorted_tables
        }
        others = connection.execute("SELECT count(*) FROM record WHERE owner = ? AND visibility = 'private'", (ana,))
        assert others.fetchone() == (0,)
    rows = {table: count for table, count in rows.items() if count}
    assert rows.keys() <= {"person", "account", "couple", "record"}, rows
    assert BEN.id != ana
