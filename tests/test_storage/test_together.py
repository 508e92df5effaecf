"""What waits together shares a commit, and nobody notices but by the clock."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from bot.changes import SavePerson, Say
from bot.engine.ids import PersonId
from bot.engine.text import Text
from bot.errors import StoreError
from storage.store import SqlStore
from storage.writer import AT_ONCE, Writer
from tests.files import file_of
from tests.servers import outside
from tests.test_storage.parts import ANA, BEN, CLEO, Place, keep, line, meet, record_of


@pytest.fixture
def store(either: Place) -> Iterator[SqlStore]:
    """A database that knows Ana and Ben."""
    with closing(either.open()) as opened:
        meet(opened)
        yield opened


@pytest.fixture
def in_file(place: Place) -> Iterator[SqlStore]:
    """The same in a file."""
    with closing(place.open()) as opened:
        meet(opened)
        yield opened


def done_together(store: SqlStore, *works: Callable[[], object]) -> Sequence[object]:
    """What becomes of works that waited at the same time: a result or an error for each."""

    async def play() -> Sequence[object]:
        writer, gate = Writer(store.together), threading.Event()
        first = asyncio.ensure_future(writer.bulk(gate.wait))  # replies form a group of their own
        await asyncio.sleep(0.01)
        rest = [asyncio.ensure_future(writer.reply(work)) for work in works]
        await asyncio.sleep(0)
        gate.set()
        await first
        ends = await asyncio.gather(*rest, return_exceptions=True)
        await writer.close()
        return ends

    return asyncio.run(play())


def kept(place: Place) -> int:
    """How many people are in the database, for somebody who looks from outside."""
    if place.server:
        with outside(place.server) as other:
            ((people,),) = other.execute("SELECT count(*) FROM person").fetchall()
        return int(people)
    with closing(sqlite3.connect(place.database)) as other:
        (people,) = other.execute("SELECT count(*) FROM person").fetchone()
    return int(people)


def meets(store: SqlStore, number: int, *, fails: bool = False) -> None:
    """A turn that meets somebody, and raises after it did."""
    with store.turn() as unit:
        unit.keep([SavePerson(replace(CLEO, id=PersonId(number)))])
        if fails:
            raise ZeroDivisionError


def test_what_waits_together_shares_a_commit(store: SqlStore, either: Place) -> None:
    """The last of them still sees from outside what was there before, and all are kept in the end."""

    def last() -> int:
        meets(store, 40)
        return kept(either)

    ends = done_together(store, partial(meets, store, 30), partial(meets, store, 31), last)
    assert ends == [None, None, 2]
    assert kept(either) == 5


def test_nobody_hears_of_their_own_before_it_is_kept(store: SqlStore, either: Place) -> None:
    """Whoever was first in a group finds the whole group in the file."""

    async def play() -> list[int]:
        writer = Writer(store.together)
        seen = list[int]()

        async def one(number: int) -> None:
            await writer.reply(partial(meets, store, number))
            seen.append(kept(either))

        gate = threading.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(writer.bulk(gate.wait))
            for number in range(30, 35):
                tasks.create_task(one(number))
            await asyncio.sleep(0.01)
            gate.set()
        await writer.close()
        return seen

    assert min(asyncio.run(play())) == 7


def test_more_than_twenty_are_several_commits(store: SqlStore, either: Place) -> None:
    """So that nobody waits for hundreds of others."""
    numbers = range(30, 30 + AT_ONCE)
    *_, after = done_together(store, *(partial(meets, store, number) for number in numbers), partial(kept, either))
    assert after == 2 + AT_ONCE


def test_one_that_raises_undoes_only_itself(store: SqlStore, either: Place) -> None:
    """Its neighbours are kept, before it and after it, and the error goes to whoever asked for it."""
    first, second, third = done_together(
        store, partial(meets, store, 30), partial(meets, store, 31, fails=True), partial(meets, store, 32)
    )
    assert (first, third) == (None, None)
    assert isinstance(second, ZeroDivisionError)
    with store.turn() as unit:
        assert unit.person(PersonId(32)).name == CLEO.name
        with pytest.raises(StoreError):
            unit.person(PersonId(31))


def test_a_commit_that_one_of_them_spoils_is_done_again_for_each(store: SqlStore, either: Place) -> None:
    """What belongs to nobody shows only at the commit: it alone is refused, and the others are kept once."""
    spoils = partial(keep, store, SavePerson(replace(BEN, name="Benno")), record_of(PersonId(99)))
    first, second, third = done_together(
        store, partial(keep, store, line(1)), spoils, partial(keep, store, SavePerson(replace(ANA, name="Anna")))
    )
    assert (first, third) == (None, None)
    assert isinstance(second, StoreError)
    with store.turn() as unit:
        assert (unit.person(ANA.id).name, unit.person(BEN.id).name) == ("Anna", "Ben")


def test_a_disk_that_fills_up_in_a_group_takes_nobody_along(in_file: SqlStore, place: Place) -> None:
    """SQLite then undoes the whole transaction: what came before it and what comes after it has its own again."""
    driver = file_of(in_file)._driver()
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count={pages + 2}")
    large = partial(keep, in_file, line(1, content=Say(Text("lighthouse " * 9_000))))
    first, second, third = done_together(
        in_file, partial(meets, in_file, 30), large, partial(keep, in_file, SavePerson(replace(ANA, name="Anna")))
    )
    assert (first, third) == (None, None)
    assert isinstance(second, StoreError)
    assert kept(place) == 3


def test_a_store_that_cannot_begin_fails_each(in_file: SqlStore, place: Place) -> None:
    """Somebody else holds the file for too long: nobody waits for ever, and nothing is kept."""
    file_of(in_file)._driver().execute("PRAGMA busy_timeout=1")
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ends = done_together(in_file, partial(meets, in_file, 30), partial(meets, in_file, 31))
    assert [type(end) for end in ends] == [StoreError, StoreError]
    assert kept(place) == 2
