"""A stage over PostgreSQL that goes away again and again: just before a commit, or just after it, without an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Dialect, make_url

from bot.errors import StoreError
from bot.events import Deed
from scheduler.sender import Sender
from storage.keyring import key_ring
from storage.postgres import Postgres
from storage.store import SqlStore, with_keys
from storage.tables import REVISION, metadata
from tests.playing.script import Player
from tests.playing.stages import Hands, House, MemoryStage
from tests.playing.wire import Wire
from tests.servers import lose

Result = TypeVar("Result")


class Weather:
    """When the server goes away: at every so many commits, once before and once after."""

    def __init__(self, address: str, every: int) -> None:
        """For the database at that address."""
        url = make_url(address)
        self.wire = Wire(str(url.host), url.port or 5432)
        self.near = url.set(host="127.0.0.1", port=self.wire.port).render_as_string(hide_password=False)
        self.losses = 0
        self._address, self._every, self._commits = address, every, 0

    def commits(self) -> None:
        """Somebody is about to."""
        self._commits += 1
        if self._commits % self._every:
            return
        self.losses += 1
        if self.losses % 2:
            lose(self._address)
        else:
            self.wire.cuts_commits = True


class Stormy:
    """A database in that weather."""

    def __init__(self, database: Postgres, weather: Weather) -> None:
        """Over a real one."""
        self._database, self._weather = database, weather
        self.together, self.wipe_log, self.close = database.together, database.wipe_log, database.close

    @property
    def dialect(self) -> Dialect:
        """The real one's."""
        return self._database.dialect

    @property
    def is_shared(self) -> bool:
        """Whether the real one is."""
        return self._database.is_shared

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction, after which anything may be."""
        with self._database.transaction() as connection:
            yield connection
            self._weather.commits()


class StormyStage(MemoryStage):
    """One house over a database that goes away; whoever was not heard says it again, as the platforms do."""

    def __init__(self, clock: Hands, folder: Path, weather: Weather) -> None:
        """Its keys are in that folder."""
        super().__init__(clock)
        self._folder, self._weather = folder, weather
        self._opened = self._open()
        self.house = self._built()

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Hands the deed in until it is kept."""
        event, message = self.event(player, deed, chance)
        while True:
            try:
                self.house.take(event)
            except StoreError:
                self.house = self._built()
            else:
                return message

    async def catch_up(self) -> None:
        """What is due happens."""
        await self._tick()
        await _drained(self.house.sender)
        if await self._tick():
            await self.catch_up()

    async def restart(self) -> None:
        """Only the database stays."""
        self._opened.close()
        self._opened = self._open()
        self.house = self._built()
        await insist(self.house.sender.recover)

    async def next_due(self) -> int | None:
        """What the store says."""

        async def asked() -> int | None:
            return self._opened.next_due()

        return await insist(asked)

    async def close(self) -> None:
        """It is over."""
        self._opened.close()
        self._weather.wire.close()

    async def _tick(self) -> bool:
        """Lets happen what is due, and again where something was lost over it; says whether there was anything."""
        has_happened, losses = False, -1
        while losses != self._weather.losses:
            losses, self.house = self._weather.losses, self._built()
            while await insist(self.house._tick.run_due):
                has_happened = True
        return has_happened

    def _open(self) -> SqlStore:
        while True:
            database = Stormy(Postgres(self._weather.near, metadata, REVISION), self._weather)
            try:
                return with_keys(database, self._folder / "keys.db", key_ring("", self._folder / "vault.key"))
            except StoreError:
                continue

    def _built(self) -> House:
        """A new one: what was undone has used up ids, and with other ids other cards are drawn."""
        return House(self._opened, self.loop, self._clock, 1)


async def insist(work: Callable[[], Awaitable[Result]]) -> Result:
    """Does it until the store can."""
    while True:
        try:
            return await work()
        except StoreError:
            continue


async def _drained(sender: Sender) -> None:
    """Sends all that may go; as the sender itself, it goes on when the store could not."""
    async with asyncio.TaskGroup() as tasks:

        async def once() -> bool:
            return await sender._drain_once(tasks)

        while await insist(once):
            pass
