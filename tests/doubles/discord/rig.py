"""The adapter at work against the double: what it hears, and a hand to send through it."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord.gateway import KeepAliveHandler

from adapters.discord import gateway
from adapters.discord.adapter import Access, Discord
from adapters.discord.slash import Pulled, Slash, Words
from bot.events import Deed, Incoming
from bot.people import AccountKey
from bot.ports import Message, Receipt
from tests.doubles.discord.double import TOKEN, Double
from tests.doubles.discord.objects import Person
from tests.doubles.discord.server import serving
from tests.doubles.hand import Hand

ANA, BEN = Person(11, "Ana"), Person(22, "Ben", "de")
SLASH = Slash(
    commands={
        "start": Words("Begin", {"de": "Anfangen"}),
        "pair": Words("Invite somebody", {"de": "Jemanden einladen"}),
        "help": Words("What there is", {"de": "Was es gibt"}),
    },
    arguments={"start": Words("The code", {"de": "Der Code"}), "pair": Words("The code")},
    privately=Words("Answered in private.", {"de": "Privat beantwortet."}),
    pulled=Pulled(
        Words("write", {"de": "schreiben"}),
        Words("Your words", {"de": "Deine Worte"}),
        {"start": Words("I cannot write to you first.", {"de": "Ich kann dir nicht zuerst schreiben."})},
    ),
    openly=frozenset({"help"}),
)

Taken = Callable[[Incoming], Awaitable[Any]]


@dataclass
class Rig:
    """The double, the adapter, and what it handed in. `memory`: where it remembers its commands."""

    double: Double
    clock: Hand
    memory: Path
    commands: Slash = SLASH
    token: str = TOKEN
    heard: list[Incoming] = field(default_factory=list)
    take: Taken | None = None
    running: asyncio.Task[None] | None = None
    _deliveries: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """The adapter, not yet connected."""
        self.adapter = self._made()

    async def receive(self, event: Incoming) -> str | None:
        """Takes an event; what comes back is for whoever did it."""
        aside: str | None = None if self.take is None else await self.take(event)
        self.heard.append(event)
        self.double.ring()
        return aside

    def run(self) -> None:
        """The adapter begins to hear."""
        self.running = asyncio.create_task(self.adapter.run(self.receive))
        self.running.add_done_callback(lambda _: self.double.ring())

    async def ready(self) -> None:
        """It hears, and its commands are there."""
        if self.running is None:
            self.run()
        await self.adapter.caught_up.wait()
        while not self.memory.is_file():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """It hears no more. Raises what had ended it before, if anything had."""
        if self.running is not None:
            self.running.cancel()
            await asyncio.wait({self.running})
            ended, self.running = self.running, None
            if not ended.cancelled():
                ended.result()

    async def restart(self) -> None:
        """As after a new start of the program: only the server and the file remember."""
        await self.stop()
        await self.adapter.close()
        self.adapter = self._made()
        self.run()

    async def deeds(self, some: int) -> list[Deed]:
        """What was done, once that much of it was handed in. Raises what ended the adapter, if anything did."""
        if self.running is None:
            self.run()
        await self.double.until(lambda: len(self.heard) >= some or self.running is None or self.running.done())
        if self.running is not None and self.running.done():
            self.running.result()
        return [event.deed for event in self.heard]

    async def say(self, text: str | None = "Well?", to: Person = ANA, **more: Any) -> Receipt:
        """The bot says something; a new delivery, if none is given."""
        delivery = more.pop("delivery", 0) or next(self._deliveries)
        chat = more.pop("chat", to.dm)
        self.double.people.setdefault(to.id, to)
        return await self.adapter.send(Message(AccountKey("discord", to.id), chat, delivery, text, **more))

    def _made(self) -> Discord:
        access = Access(self.token, self.double.site.rest, self.double.site.gateway)
        return Discord(access, self.clock, self.commands, self.memory)


def heartbeats() -> list[threading.Thread]:
    """The library's threads that are left; one that was told to end has a moment to do so."""
    threads = [thread for thread in threading.enumerate() if isinstance(thread, KeepAliveHandler)]
    for thread in threads:
        thread.join(1)
    return [thread for thread in threads if thread.is_alive()]


@asynccontextmanager
async def rig(memory: Path | None = None, commands: Slash = SLASH, token: str = TOKEN) -> AsyncIterator[Rig]:
    """Everything in place; at the end the double has nothing to complain of."""
    clock = Hand()
    double = Double(clock.now)
    with tempfile.TemporaryDirectory() as folder:
        async with serving(double), asyncio.timeout(10):
            made = Rig(double, clock, memory or Path(folder, "commands"), commands, token)
            try:
                yield made
            finally:
                await made.stop()
                await made.adapter.close()
    assert double.complaints == [], double.complaints
    assert heartbeats() == []


def played(play: Callable[[Rig], Awaitable[None]], **more: Any) -> None:
    """Plays it with everything in place."""

    async def whole() -> None:
        async with rig(**more) as at_work:
            await play(at_work)

    asyncio.run(whole())


def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the adapter nor the library waits for long before it tries again."""

    async def soon(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.01))

    hasty = SimpleNamespace(**{**vars(asyncio), "sleep": soon})
    monkeypatch.setattr(gateway, "AGAIN", 0.01)
    for module in (discord.client, discord.http, discord.shard, discord.webhook.async_):
        monkeypatch.setattr(module, "asyncio", hasty)
