"""The library's client: what it is told of is handed on, as events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import discord
import structlog
from discord import Interaction, InteractionType, MemberCacheFlags, RawMessageUpdateEvent
from discord.abc import GuildChannel
from discord.app_commands import AppCommandError, CommandNotFound, CommandTree

from adapters.discord import inbound, servers
from adapters.discord.answers import acknowledge, answer, ask
from adapters.discord.errors import LONGEST_LIMIT
from adapters.discord.pull import WRITE, Pull
from bot.events import Incoming

log = structlog.get_logger()

Then = Callable[[str | None], Coroutine[Any, Any, None]]  # what is for whoever did it alone, if there is something


class Listener(Protocol):
    """Whoever a client tells of everything."""

    def began(self, client: Client) -> None:
        """A connection stands."""
        ...

    def ready(self) -> None:
        """The gateway tells of what happens from now on."""
        ...

    def lost(self) -> None:
        """It tells of nothing just now; the library connects again."""
        ...

    def now(self) -> tuple[int, int]:
        """The time, and chance."""
        ...

    def heard(self, event: Incoming | None, then: Then | None = None) -> None:
        """Something happened, and what there is to do once it was taken."""
        ...

    def instead(self, name: str, interaction: Interaction) -> str | None:
        """What whoever gave that command is told where its turn has nothing for them there."""
        ...


class Client(discord.AutoShardedClient):
    """The library's client: it knows nobody and keeps nothing but which servers and channels there are."""

    def __init__(self, listener: Listener, pull: Pull) -> None:
        """Not connected yet."""
        super().__init__(
            intents=discord.Intents(guilds=True, dm_messages=True),
            max_messages=None,
            member_cache_flags=MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_LIMIT,
            guild_ready_timeout=0,  # nothing here waits for servers
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.tree = _Tree(self)
        self._listener, self._pull = listener, pull

    async def setup_hook(self) -> None:
        """Once, before anything is heard."""
        self._listener.began(self)

    async def on_ready(self) -> None:
        """Perhaps many times."""
        self._listener.ready()

    async def on_resumed(self) -> None:
        """After a short break."""
        self._listener.ready()

    async def on_disconnect(self) -> None:
        """Perhaps for a moment; of one that is closed, another is heard by now."""
        if not self.is_closed():
            self._listener.lost()

    # ---- what somebody does

    async def on_message(self, told: discord.Message) -> None:
        """Words, or something that is none."""
        self._listener.heard(inbound.message(told, *self._listener.now()))

    async def on_raw_message_edit(self, told: RawMessageUpdateEvent) -> None:
        """Other words."""
        self._listener.heard(inbound.edited(told, *self._listener.now()))

    async def on_interaction(self, interaction: Interaction) -> None:
        """A press, or a form that was sent in. It is read by what it carries: no view needs to be remembered, and none
        is after a restart."""
        match interaction.type:
            case InteractionType.component if inbound.carried(interaction) == WRITE:
                await ask(interaction, self._pull.form(interaction))
            case InteractionType.component:
                await self._interacted(inbound.pressed(interaction, *self._listener.now()), interaction, None)
            case InteractionType.modal_submit:
                await self._interacted(inbound.submitted(interaction, *self._listener.now()), interaction, None)

    async def commanded(self, interaction: Interaction, name: str, argument: str) -> None:
        """A slash command. Only whoever gave it sees that it was given."""
        event = inbound.command(interaction, name, argument, *self._listener.now())
        await self._interacted(event, interaction, self._listener.instead(name, interaction))

    async def _interacted(self, event: Incoming, interaction: Interaction, instead: str | None) -> None:
        """Handed in before the first await: so they stay in their order."""
        acknowledged = asyncio.ensure_future(acknowledge(interaction))
        pulled = self._pull.heard(interaction, acknowledged)

        async def then(aside: str | None) -> None:
            if not await asyncio.shield(acknowledged):
                return
            if pulled is None:
                await answer(interaction, aside)
            else:
                await self._pull.settle(pulled, aside, instead)

        self._listener.heard(event, then)
        await acknowledged

    # ---- what becomes of servers

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was brought to a server."""
        self._listener.heard(servers.joined(guild, *self._listener.now()))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was taken out of one. One that is away for a while is told of otherwise, and nothing is done then."""
        self._listener.heard(servers.left(guild, *self._listener.now()))

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """One of its channels is gone."""
        self._listener.heard(servers.deleted(channel, *self._listener.now()))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A bug of ours, or something that the library could not read: the next event goes on."""
        log.error("discord.event_failed", where=event_method)


class _Tree(CommandTree[Client]):
    """The library's list of our commands."""

    async def on_error(self, interaction: Interaction[Client], error: AppCommandError, /) -> None:
        """A command of an earlier version of ours, which somebody's client still shows, is heard like any other."""
        if isinstance(error, CommandNotFound):
            await self.client.commanded(interaction, error.name, inbound.argument(interaction))
        else:
            log.error("discord.event_failed", where="command")
