"""The double at work with the real discord.py: what that hears, and a hand to send through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.doubles.discord.double import TOKEN, Double
from tests.doubles.discord.objects import Json, Person
from tests.doubles.discord.server import serving

ANA, BEN = Person(11, "Ana"), Person(22, "Ben", "de")
NOON = 1_800_000_000


class Client(discord.AutoShardedClient):
    """The real client, without a cache; it keeps what it hears of others."""

    def __init__(self) -> None:
        """With the intents of ours."""
        super().__init__(
            intents=discord.Intents(guilds=True, dm_messages=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.01,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
        )
        self.heard: asyncio.Queue[Any] = asyncio.Queue()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Waits for nobody."""

    async def on_message(self, message: discord.Message) -> None:
        """Somebody has written."""
        if not message.author.bot:
            self.heard.put_nowait(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody has changed something."""
        if not payload.message.author.bot:
            self.heard.put_nowait(payload.message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody has given a command or has pressed something."""
        self.heard.put_nowait(interaction)


@dataclass
class Stage:
    """The double, the client at work, and a clock that is set by hand."""

    double: Double
    client: Client
    running: asyncio.Task[None]
    at: list[int]

    async def hears(self) -> Any:
        """What the client hears next."""
        return await self.client.heard.get()

    async def interaction(self) -> discord.Interaction:
        """The interaction that the client hears next."""
        return cast(discord.Interaction, await self.hears())

    def channel(self, person: Person = ANA) -> discord.PartialMessageable:
        """The channel with somebody."""
        self.double.people.setdefault(person.id, person)
        return self.client.get_partial_messageable(person.dm)

    async def posts(self, body: Json) -> Any:
        """Sends a message as it stands here, which the library might not let through."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=self.channel().id)
        return await self.client.http.request(route, json=body)


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """Everything in place, the client at the gateway."""
    at = [NOON]
    double, client = Double(lambda: at[0]), Client()
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with serving(double) as site, asyncio.timeout(20):
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = site.rest, URL(site.gateway)
        running = asyncio.create_task(client.start(TOKEN))
        try:
            await double.until(lambda: double.connected)
            await client.wait_until_ready()
            yield Stage(double, client, running, at)
        finally:
            await client.close()
            await asyncio.wait([running])
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
