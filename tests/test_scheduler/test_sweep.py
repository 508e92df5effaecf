"""The daily sweep over a real store: whoever was not heard of for so many months is forgotten, the other stays."""

import asyncio
from contextlib import closing
from pathlib import Path

from bot.events import Unheard
from bot.people import AccountKey
from bot.turns import Turns
from scheduler.sweep import MONTH, Sweep
from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from storage.writer import Writer
from tests.playing.stages import Hands
from tests.test_bot.phones import DAY, Town


def _sweep(town: Town, store: SqlStore, months: int) -> None:
    async def run() -> None:
        writer = Writer(store.together)
        await Sweep(store, Turns(store, town.library).take, Hands(town.now), writer, months).run()
        await writer.close()

    asyncio.run(run())
    town.deliver()


def test_whoever_is_not_heard_of_is_forgotten(tmp_path: Path) -> None:
    """After the months that are set: nothing is said to either, and the other goes on alone."""
    store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    town = Town(store)
    town.couple()
    town.later(3 * MONTH - DAY)
    town.ben.gives("help")
    town.forget()
    _sweep(town, store, 3)
    assert town.ana.person.erased is None
    town.later(3 * DAY)
    town.forget()
    _sweep(town, store, 3)
    with store.turn() as unit:
        assert unit.account(AccountKey("playground", town.ana.user)) is None
    assert town.ana.news() == town.ben.news() == []
    assert town.ben.person.name == "Ben"
    assert town.ben.gives("help")[0].startswith("This space is closed.")
    store.close()


def test_for_ever_is_for_ever(tmp_path: Path) -> None:
    """With no months set nobody is forgotten, and nothing that they wrote."""
    store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    town = Town(store)
    town.couple()
    before = _kept(store)
    assert before
    town.later(40 * MONTH)
    _sweep(town, store, 0)
    assert town.ana.person.erased is None
    assert [record for record in _kept(store) if record in before] == before
    store.close()


def _kept(store: SqlStore) -> list[tuple[object, ...]]:
    with store._database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM record ORDER BY at, session, name")]


def test_whoever_writes_meanwhile_is_not_forgotten(tmp_path: Path) -> None:
    """Between being looked for and their turn somebody has written: nothing of theirs goes."""
    with closing(
        open_store(tmp_path / "leeway.db", tmp_path / "keys.db", key_ring("", tmp_path / "vault.key"))
    ) as store:
        town = Town(store)
        town.couple()
        ana = town.ana.person.id
        town.later(40 * MONTH)
        before = town.now - 3 * MONTH
        assert ana in store.unheard(before, 9)
        town.ana.gives("help")
        town.turns.take(Unheard(ana, before, town.now, 5))
        assert town.ana.person.erased is None
        town.turns.take(Unheard(town.ben.person.id, before, town.now, 6))
        assert town.ben.person.erased == town.now
