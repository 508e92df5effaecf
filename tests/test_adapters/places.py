"""Every platform with Ana's phone in the hand, so that the same tests are played over each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import pytest

from adapters.discord import gateway
from adapters.playground import adapter as playground
from adapters.playground.messages import Kind, Owner
from adapters.playground.phones import Phones
from adapters.telegram import polling
from bot.events import Incoming
from bot.people import AccountKey
from bot.ports import Adapter, Message
from tests.doubles.discord import rig as discord
from tests.doubles.hand import Hand
from tests.doubles.telegram.rig import ANA, rig

Shown = tuple[str, list[str]]  # words, and what stands on their buttons


class Place(Protocol):
    """A platform with Ana's phone in the hand."""

    user: int
    chat: int

    @property
    def adapter(self) -> Adapter:
        """The adapter of the platform."""
        ...

    async def says(self, text: str) -> str:
        """Ana writes something; the id of her message."""
        ...

    async def edits(self, message: str, text: str) -> None:
        """She changes it."""
        ...

    async def presses(self, message: str, token: str) -> None:
        """She presses a button."""
        ...

    async def sends_a_photo(self) -> None:
        """She sends something that is no text."""
        ...

    def shown(self) -> list[Shown]:
        """What the bot has said to her, as it stands there now."""
        ...


@dataclass
class OnPlayground:
    """The playground."""

    adapter: playground.Playground
    phones: Phones
    user: int = 1
    chat: int = 1

    async def says(self, text: str) -> str:
        """On her phone."""
        await self.adapter.said(Owner.ANA, text)
        return str(self.adapter.since(0).messages[-1].id)

    async def edits(self, message: str, text: str) -> None:
        """On her phone."""
        await self.adapter.edited(Owner.ANA, int(message), text)

    async def presses(self, message: str, token: str) -> None:
        """On her phone."""
        await self.adapter.pressed(Owner.ANA, token)

    async def sends_a_photo(self) -> None:
        """On her phone."""
        await self.adapter.sent(Owner.ANA, Kind.PHOTO)

    def shown(self) -> list[Shown]:
        """On her phone."""
        ours = [message.draft for message in self.adapter.since(0).messages if message.draft.author == "bot"]
        drafts = [draft for draft in ours if draft.kind is not Kind.GONE]
        return [(draft.text, [choice.label for choice in (*chain(*draft.choices), *draft.sides)]) for draft in drafts]


@dataclass
class OnTelegram:
    """The double of Telegram."""

    adapter: Adapter
    double: Any
    user: int = ANA.id
    chat: int = ANA.id

    async def says(self, text: str) -> str:
        """On her phone."""
        return str(self.double.says(ANA, text).id)

    async def edits(self, message: str, text: str) -> None:
        """On her phone."""
        self.double.edits(ANA, int(message), text)

    async def presses(self, message: str, token: str) -> None:
        """On her phone."""
        self.double.presses(ANA, int(message), token)

    async def sends_a_photo(self) -> None:
        """On her phone."""
        self.double.sends(ANA, "photo")

    def shown(self) -> list[Shown]:
        """On her phone."""
        keyboards = [(p.text, p.keyboard or {"inline_keyboard": []}) for p in self.double.bots]
        return [
            (text, [button["text"] for button in chain(*keyboard["inline_keyboard"])]) for text, keyboard in keyboards
        ]


@dataclass
class OnDiscord:
    """The double of Discord."""

    adapter: Adapter
    double: Any
    user: int = discord.ANA.id
    chat: int = discord.ANA.dm

    async def says(self, text: str) -> str:
        """On her phone."""
        return str(self.double.says(discord.ANA, text).id)

    async def edits(self, message: str, text: str) -> None:
        """On her phone."""
        self.double.edits(discord.ANA, int(message), text)

    async def presses(self, message: str, token: str) -> None:
        """On her phone."""
        self.double.presses(discord.ANA, int(message), token)

    async def sends_a_photo(self) -> None:
        """On her phone."""
        self.double.sends(discord.ANA, "photo")

    def shown(self) -> list[Shown]:
        """On her phone."""
        there = [posted for posted in self.double.bots if not posted.gone]
        return [
            (p.content, [c for row in p.components for part in row["components"] for c in _offered(part)])
            for p in there
        ]


def _offered(component: dict[str, Any]) -> list[str]:
    """The label of a button, or those in a select."""
    return [each["label"] for each in component.get("options", [component])]


@asynccontextmanager
async def _on_playground() -> AsyncIterator[Place]:
    phones = Phones(":memory:")
    try:
        yield OnPlayground(playground.Playground(phones, Hand()), phones)
    finally:
        phones.close()


@asynccontextmanager
async def _on_telegram() -> AsyncIterator[Place]:
    async with rig() as at_work:
        at_work.double.people[ANA.id] = ANA
        yield OnTelegram(at_work.adapter, at_work.double)


@asynccontextmanager
async def _on_discord() -> AsyncIterator[Place]:
    async with discord.rig() as at_work:
        at_work.double.people[discord.ANA.id] = discord.ANA
        yield OnDiscord(at_work.adapter, at_work.double)


PLACES = {"playground": _on_playground, "telegram": _on_telegram, "discord": _on_discord}
each = pytest.mark.parametrize("place", PLACES)


def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for long."""
    for module in (polling, playground, gateway):
        monkeypatch.setattr(module, "AGAIN", 0.01)


def play(place: str, play: Callable[[Place], Awaitable[None]]) -> None:
    """Plays it there."""

    async def whole() -> None:
        async with PLACES[place]() as there:
            await play(there)

    asyncio.run(whole())


async def hear(place: Place, some: int, take: Callable[[Incoming], None] = lambda event: None) -> list[Incoming]:
    """What is handed in, until that many events were."""
    heard: list[Incoming] = []
    enough = asyncio.Event()

    async def receive(event: Incoming) -> None:
        heard.append(event)
        if len(heard) == some:
            enough.set()
        take(event)

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(place.adapter.run(receive))
        await enough.wait()
        await asyncio.sleep(0.01)
        running.cancel()
    return heard


def message(there: Place, text: str | None, **more: Any) -> Message:
    """Something that is to be said to her there."""
    key = AccountKey(more.pop("platform", there.adapter.platform), there.user)
    return Message(key, there.chat, more.pop("delivery", 1), text, **more)
