"""What is kept for one person is of no use in another's row, nor with keys from another time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.changes import SaveRecord, SaveSession, Say, Show
from bot.engine.acts import Visibility
from bot.engine.session import Session
from bot.engine.text import Text, Words
from bot.errors import StoreError
from bot.people import Person
from storage.store import SqlStore
from tests.test_storage.parts import (
    ANA,
    BEN,
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
    said,
)

SECRET = {ANA: "the lighthouse", BEN: "the circus"}


def alone(person: Person, id: int) -> Session:
    """A conversation of one person's with something they wrote."""
    return conversation(
        question(1, person), id=id, people=(person.id,), answers={"a": answer(said(person, "x"), person)}
    )


def record(person: Person, session: int, name: str) -> SaveRecord:
    """What that person wrote, kept for them."""
    value = said(person, SECRET[person])
    return SaveRecord(SESSION if session == SESSION else alone(person, session).id, COUPLE.id, "ask", name, person.id,
                      Visibility.PRIVATE, NOON, value)  # fmt: skip


@pytest.fixture
def store(place: Place) -> Iterator[SqlStore]:
    """Ana and Ben, and of each the same: a conversation, a jar, a record of one session, something to be said."""
    with closing(place.open()) as opened:
        meet(opened)
        for number, person in enumerate((ANA, BEN), 1):
            words = Text("{w}", (("w", Words((SECRET[person],), person.id)),))
            keep(
                opened, SaveSession(alone(person, number)), record(person, number, "jar"), record(person, SESSION, "a")
            )
            keep(opened, line(number, to=person.id, content=Say(words)))
        yield opened


def swap(store: SqlStore, table: str, column: str, owner: str, where: str = "1") -> None:
    """Ana's row gets what Ben's has, and the other way round."""
    with store._database.transaction() as connection:
        of = {
            person: connection.exec_driver_sql(
                f"SELECT {column} FROM {table} WHERE {owner} = {person.id} AND {where}"  # noqa: S608 - ours
            ).scalar_one()
            for person in (ANA, BEN)
        }
        for person, other in ((ANA, BEN), (BEN, ANA)):
            connection.exec_driver_sql(
                f"UPDATE {table} SET {column} = :text WHERE {owner} = {person.id} AND {where}",  # noqa: S608 - ours
                {"text": of[other]},
            )


@pytest.mark.parametrize("person", [ANA, BEN], ids=["ana", "ben"])
def test_a_swapped_name_does_not_open(store: SqlStore, person: Person) -> None:
    """Neither of the two goes by the other's."""
    swap(store, "person", "name", "id")
    with store.turn() as unit, pytest.raises(StoreError, match="does not open"):
        unit.person(person.id)


@pytest.mark.parametrize("person", [ANA, BEN], ids=["ana", "ben"])
def test_a_swapped_session_does_not_open(store: SqlStore, person: Person) -> None:
    """Neither of the two goes on with the other's conversation."""
    swap(store, "session", "state", "person_a")
    with store.turn() as unit, pytest.raises(StoreError, match="does not open"):
        unit.sessions_of(person.id)


@pytest.mark.parametrize("person", [ANA, BEN], ids=["ana", "ben"])
def test_a_swapped_question_of_a_jar_does_not_open(store: SqlStore, person: Person) -> None:
    """Neither of the two sees into the other's jar."""
    swap(store, "record", "value", "owner", "name = 'jar'")
    with store.turn() as unit, pytest.raises(StoreError, match="does not open"):
        unit.own(["ask.jar"], person.id)


@pytest.mark.parametrize("person", [ANA, BEN], ids=["ana", "ben"])
def test_a_swapped_record_of_the_same_session_does_not_open(store: SqlStore, person: Person) -> None:
    """Both have one of that name there, so that nothing but its owner tells them apart."""
    swap(store, "record", "value", "owner", "name = 'a'")
    with store.turn() as unit, pytest.raises(StoreError):
        unit.own(["ask.a"], person.id)
    with store.turn() as unit, pytest.raises(StoreError):
        unit.past(["ask.a"], [person.id], COUPLE.id)


def test_a_swapped_row_of_the_outbox_is_not_said(store: SqlStore) -> None:
    """Neither of them hears what was for the other."""
    swap(store, "outbox", "content", "person")
    assert claimed(store) == []
    with store._database.transaction() as connection:
        found = connection.exec_driver_sql("SELECT DISTINCT state, error, content FROM outbox").all()
    assert [tuple(row) for row in found] == [("failed", "unreadable: StoreError", None)]


def test_rows_that_nobody_swapped_open(store: SqlStore) -> None:
    """So it was the swap that kept the others shut."""
    with store.turn() as unit:
        for person in (ANA, BEN):
            assert unit.person(person.id).name == person.name
            assert [session.people for session in unit.sessions_of(person.id)] == [(person.id,)]
            values = [found.value for name in ("jar", "a") for found in unit.own([f"ask.{name}"], person.id)]
            assert values == [said(person, SECRET[person])] * 2
    assert claimed(store) == [1, 2]


def test_an_old_copy_does_not_open_with_the_keys_of_later(place: Place, store: SqlStore) -> None:
    """Whoever has gone is gone from the copies of the database too; who stays is there."""
    shown = Show(SESSION, question(1, BEN), Text("{w}", (("w", Words((SECRET[ANA],), ANA.id)),)))
    keep(
        store,
        SaveSession(conversation(question(1, BEN), answers={"a": answer(said(ANA, "x"))})),
        line(3, content=shown),
    )
    store._database.wipe_log()
    shutil.copy(place.database, copy := place.folder / "copy.db")
    store._vault.destroy(ANA.id)
    store.close()
    shutil.move(copy, place.database)
    with closing(place.open()) as old, old.turn() as unit:
        assert (unit.person(ANA.id).name, unit.person(BEN.id).name) == ("", BEN.name)
        assert unit.own(["ask.jar", "ask.a"], ANA.id) == []
        assert len(unit.own(["ask.jar", "ask.a"], BEN.id)) == 2
        assert [s.answers["a"].value for s in unit.sessions_of(ANA.id)] == [said(ANA)] * 2
