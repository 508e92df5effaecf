"""The stages on which a transcript is played: the real turns, tick and sender over a store, and a platform."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from bot.events import (
    Blocked,
    Command,
    Deed,
    Event,
    Incoming,
    Nameless,
    Place,
    Profile,
    SessionDue,
    Typed,
    WeekDue,
    nobody,
)
from bot.events import Sender as Who
from bot.people import AccountKey, GroupKey
from bot.pictures.draw import draw
from bot.pictures.drawings import Drawing
from bot.ports import Adapter, Outbox, Store
from bot.turns import Aside, Turns
from bot.wiring.rooms import library
from bot.words.content import Content, load_content
from bot.words.render import Reader, Renderer, strict
from scheduler.sender import Sender
from scheduler.tick import Tick
from storage.keyring import key_ring
from storage.memory import MemoryStore
from storage.store import SqlStore, open_server_store, open_store
from tests.playing.platform import Loop, News
from tests.playing.script import Player

Result = TypeVar("Result")
CONTENT = cache(load_content)


class Hands:
    """A clock that is set by hand."""

    def __init__(self, at: int) -> None:
        """It shows that time, in epoch seconds."""
        self.at = at

    def now(self) -> int:
        """Epoch seconds."""
        return self.at


class Inline:
    """Threads that are none: everything is done at once."""

    async def reply(self, work: Callable[[], Result]) -> Result:
        """Does it."""
        return work()

    async def bulk(self, work: Callable[[], Result]) -> Result:
        """Does it."""
        return work()


class Memory(Store, Outbox, Protocol):
    """A store with its outbox."""


class Stage(Protocol):
    """What a play needs: to hand a deed in, to let happen what is due, and to hear what was said."""

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Somebody does something, in their own chat or in the group; the id of the message, where it is one."""
        ...

    def slips_in(self, player: Player) -> None:
        """Somebody is in the group, and nobody tells the bot."""
        ...

    async def catch_up(self) -> None:
        """All that is due happens, all that may go is sent."""
        ...

    async def restart(self) -> None:
        """Everything is thrown away but the database."""
        ...

    async def next_due(self) -> int | None:
        """When something happens by itself."""
        ...

    def news(self) -> list[News]:
        """What came to the phones since the last time."""
        ...

    async def close(self) -> None:
        """The play is over."""
        ...


def dealt(*what: object) -> int:
    """Chance that is the same each time it is played."""
    return int.from_bytes(hashlib.blake2b(repr(what).encode(), digest_size=7).digest())


def with_chance(event: Event) -> Event:
    """An event of time's with chance that is the same each time."""
    match event:
        case SessionDue(session, at):
            return replace(event, chance=dealt("session", session, at))
        case WeekDue(couple, at):
            return replace(event, chance=dealt("couple", couple, at))
        case _:
            return event


async def drawn(drawing: Drawing) -> bytes:
    """The picture, at once."""
    return draw(drawing)


class House:
    """Everything that works on a store, for as long as the program lives."""

    def __init__(self, store: Memory, loop: Adapter, clock: Hands, times: int) -> None:
        """Each event is taken so many times."""
        content: Content = CONTENT()
        self.store = store
        self._turns = Turns(store, library(content, "UTC", {loop.platform: loop.can}))
        self._times = times
        self.asides = list[Aside]()
        render = Renderer(content, strict).message
        self.sender = Sender(store, {loop.platform: loop}, render, clock, Inline(), draw=drawn)
        self._tick = Tick(store, self.take, clock, Inline())

    def take(self, event: Event) -> None:
        """One event's turn."""
        for _ in range(self._times):
            if aside := self._turns.take(with_chance(event)):
                self.asides.append(aside)

    async def catch_up(self) -> None:
        """As the real program does (bot/wiring/rooms.py)."""
        while await self._tick.run_due():
            pass
        await self.sender.drain()
        if await self._tick.run_due():
            await self.catch_up()


class MemoryStage:
    """One house over a store in memory."""

    def __init__(self, clock: Hands, times: int = 1) -> None:
        """Each event is handed in so many times."""
        self.loop = Loop()
        self._clock, self._times = clock, times
        self._store: Memory = MemoryStore()
        self.house = House(self._store, self.loop, clock, times)
        self._events = 0

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Hands the deed in, as an event."""
        event, message = self.event(player, deed, chance)
        self.house.take(among_others(event, self.loop) if in_group else event)
        for aside in self.house.asides:
            said = Renderer(CONTENT(), strict).text(aside.text, Reader(aside.language, player.zone))
            self.loop.whispers(player.user, said)
        self.house.asides.clear()
        return message

    def slips_in(self, player: Player) -> None:
        """Somebody is in the group."""
        self.loop.members = self.loop.members | {player.user}

    async def catch_up(self) -> None:
        """What is due happens."""
        await self.house.catch_up()

    async def restart(self) -> None:
        """A new house over the same store."""
        self.house = House(self._store, self.loop, self._clock, self._times)
        await self.house.sender.recover()

    async def next_due(self) -> int | None:
        """What the store says."""
        return self.house.store.next_due()

    def news(self) -> list[News]:
        """What came to the phones."""
        return self.loop.news()

    async def close(self) -> None:
        """Nothing is left to close."""

    def event(self, player: Player, deed: Deed, chance: int) -> tuple[Incoming, str]:
        """The event of a deed, and the id of its message."""
        self._events += 1
        (self.loop.blocked.add if isinstance(deed, Blocked) else self.loop.blocked.discard)(player.user)
        message = self.loop.new_id() if isinstance(deed, Typed | Command) else ""
        if isinstance(deed, Typed):
            deed = replace(deed, message=message)
        profile = Profile(player.name.capitalize(), player.language, player.zone)
        who = Who(AccountKey(self.loop.platform, player.user), player.user, profile)
        return Incoming(f"playground:{self._events}", self._clock.at, chance, who, deed), message


def among_others(event: Incoming, loop: Loop) -> Incoming:
    """The same, done in the group."""
    place = Place(GroupKey(loop.platform, loop.group))
    loop.becomes(event.sender.account.user, event.deed)
    sender = nobody(place) if isinstance(event.deed, Nameless) else replace(event.sender, place=place)
    return replace(event, sender=sender)


class Files:
    """A store's files, opened and closed."""

    def __init__(self, folder: Path, server: str = "") -> None:
        """They are in that folder, which is made; with the address of a PostgreSQL `server` only the keys are."""
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._server = server
        self._store: SqlStore | None = None

    def open(self) -> SqlStore:
        """The store."""
        keys, ring = self._folder / "keys.db", key_ring("", self._folder / "vault.key")
        if self._server:
            self._store = open_server_store(self._server, keys, ring)
        else:
            self._store = open_store(self._folder / "leeway.db", keys, ring)
        return self._store

    def close(self) -> None:
        """Closes the store, if it is open."""
        if self._store is not None:
            self._store.close()
        self._store = None


class FreshStage(MemoryStage):
    """A house made new for each turn, over real files: nothing survives but what was written."""

    def __init__(self, clock: Hands, folder: Path) -> None:
        """The files are in that folder."""
        super().__init__(clock)
        self._files = Files(folder)
        self.house = House(self._files.open(), self.loop, clock, 1)

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Takes the event, and begins anew."""
        message = await super().do(player, deed, chance, in_group=in_group)
        await self.restart()
        return message

    async def catch_up(self) -> None:
        """What is due happens; then all begins anew."""
        await super().catch_up()
        await self.restart()

    async def restart(self) -> None:
        """Closes the files and opens them."""
        self._files.close()
        self.house = House(self._files.open(), self.loop, self._clock, 1)
        await self.house.sender.recover()

    async def close(self) -> None:
        """Closes the files."""
        self._files.close()


class ServerStage(MemoryStage):
    """One house over a database in PostgreSQL, which is closed and opened where everything is thrown away."""

    def __init__(self, clock: Hands, folder: Path, server: str) -> None:
        """The database is at the address `server`, its keys are in that folder."""
        super().__init__(clock)
        self._files = Files(folder, server)
        self.house = House(self._files.open(), self.loop, clock, 1)

    async def restart(self) -> None:
        """Closes the database and opens it."""
        self._files.close()
        self.house = House(self._files.open(), self.loop, self._clock, 1)
        await self.house.sender.recover()

    async def close(self) -> None:
        """Closes it."""
        self._files.close()


def as_command(text: str) -> Deed:
    """What a platform makes of typed words: a command where they begin with one."""
    if text.startswith("/") and len(text) > 1 and text[1].isalnum():
        name, _, argument = text[1:].partition(" ")
        if name.isascii() and name.replace("_", "").isalnum():
            return Command(name.lower(), argument.strip())
    return Typed(text, "")
