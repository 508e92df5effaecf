"""The adapter at work against the double: what it hears, and a hand to send through it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.telegram.adapter import Access, Telegram
from adapters.telegram.menu import Menu
from bot.events import Deed, Incoming
from bot.people import AccountKey
from bot.ports import Message, Receipt
from tests.doubles.hand import Hand
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.judge import judge
from tests.doubles.telegram.objects import Person
from tests.doubles.telegram.server import serving

ANA, BEN = Person(11, "Ana", "en"), Person(22, "Ben", "de")

Taken = Callable[[Incoming], Awaitable[None]]


@dataclass
class Rig:
    """The double, the adapter, and what it handed in."""

    double: Double
    adapter: Telegram
    clock: Hand
    server: str
    heard: list[Incoming] = field(default_factory=list)
    take: Taken | None = None
    running: asyncio.Task[None] | None = None
    _deliveries: Any = field(default_factory=lambda: itertools.count(1))

    async def receive(self, event: Incoming) -> None:
        """Takes an event."""
        if self.take is not None:
            await self.take(event)
        self.heard.append(event)

    def run(self) -> None:
        """The adapter begins to hear."""
        self.running = asyncio.create_task(self.adapter.run(self.receive))

    async def stop(self) -> None:
        """It hears no more."""
        if self.running is not None:
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await self.running
            self.running = None

    async def restart(self) -> None:
        """As after a new start of the program: only the server remembers."""
        await self.stop()
        await self.adapter.close()
        self.adapter = Telegram(Access(TOKEN, self.server), self.clock)
        self.run()

    async def all_heard(self) -> list[Deed]:
        """What was done, once all of it was handed in."""
        if self.running is None:
            self.run()
        await self.double.all_confirmed()
        return [event.deed for event in self.heard]

    async def say(self, text: str | None = "Well?", to: Person = ANA, **more: Any) -> Receipt:
        """The bot says something; a new delivery, if none is given."""
        delivery = more.pop("delivery", 0) or next(self._deliveries)
        self.double.people.setdefault(to.id, to)
        return await self.adapter.send(Message(AccountKey("telegram", to.id), to.id, delivery, text, **more))


@asynccontextmanager
async def rig(menus: Sequence[Menu] = (), memory: Path | None = None) -> AsyncIterator[Rig]:
    """Everything in place; at the end the double has nothing to complain of, and is judged itself."""
    clock = Hand()
    double = Double(clock.now)
    async with serving(double) as server, asyncio.timeout(30):
        made = Rig(double, Telegram(Access(TOKEN, server), clock, menus, memory), clock, server)
        try:
            yield made
        finally:
            await made.stop()
            await made.adapter.close()
    assert double.complaints == []
    judge(double)
