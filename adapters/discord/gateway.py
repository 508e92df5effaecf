"""Receiving: a client at the gateway, started anew whenever it dies, and what it hears, handed in in order."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import structlog
from discord import Interaction, InteractionType, MemberCacheFlags, RawMessageUpdateEvent
from discord.app_commands import AppCommandError, CommandNotFound, CommandTree
from discord.gateway import KeepAliveHandler

from adapters.discord import inbound, slash
from adapters.discord.errors import LONGEST_LIMIT, LOST, is_too_late
from adapters.discord.slash import Slash
from adapters.lines import Lines
from bot.errors import ConfigurationError, StoreError
from bot.events import Incoming
from bot.ports import Clock, Receive

AGAIN = 1.0  # seconds until something is tried again; doubled each time
LONGEST_PAUSE = 120.0  # a crash loop must not use up the thousand logins of a day
PATIENCE = 900.0  # seconds for the store to take an event: as long as an interaction can be answered
WELL = 300.0  # seconds of work after which an earlier failure is forgotten

UNKNOWN = "DISCORD_BOT_TOKEN: Discord does not know this token; the developer portal tells the right one, under Bot"

log = structlog.get_logger()

Then = Callable[[str | None], Coroutine[Any, Any, None]]  # what is for whoever did it alone, if there is something


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and what there is to do once it was taken."""

    event: Incoming
    then: Then | None = None


def pause(failed: int) -> float:
    """Seconds until what failed that often in a row is tried again."""
    return float(min(AGAIN * 2 ** min(max(failed - 1, 0), 16), LONGEST_PAUSE))


async def beside(work: Coroutine[Any, Any, None]) -> None:
    """Beside everything else: a bug of ours in it ends nothing."""
    try:
        await work
    except Exception as error:
        log.error("discord.failed", type=type(error).__name__)


class Gateway:
    """What happens on Discord, from one connection to the next."""

    def __init__(
        self, token: str, clock: Clock, commands: Slash, caught_up: asyncio.Event, memory: Path | None
    ) -> None:
        """Nothing was heard yet. `caught_up` is set once the gateway is there: what had waited is lost, there."""
        self._token, self._clock, self._slash, self._memory = token, clock, commands, memory
        self._caught_up = caught_up

    async def run(self, tasks: asyncio.TaskGroup, receive: Receive) -> None:
        """Listens until cancelled. Raises `ConfigurationError` when whoever runs the bot has to mend something."""
        lines: Lines[Heard] = Lines(tasks, lambda heard: self._take(tasks, receive, heard))
        failed, loop = 0, asyncio.get_running_loop()
        while True:
            begun = loop.time()
            try:
                await self._listen(tasks, lines)
            except discord.LoginFailure:
                raise ConfigurationError([UNKNOWN]) from None
            except Exception as error:  # this loop must never die, whatever comes over the wire
                failed = 1 if loop.time() - begun > WELL else failed + 1
                log.warning("discord.unheard", type=type(error).__name__)
            await asyncio.sleep(pause(failed))

    async def _listen(self, tasks: asyncio.TaskGroup, lines: Lines[Heard]) -> None:
        def heard(event: Incoming | None, then: Then | None = None) -> None:
            if event is not None:
                lines.add(event.sender.account.user, Heard(event, then))

        client = _Client(self, heard, tasks)
        slash.build(client.tree, self._slash, client.commanded)
        listening = asyncio.ensure_future(client.start(self._token))
        try:
            await asyncio.wait({listening})
        finally:  # while it connects again, the library passes a cancellation over; it is closed in any case
            listening.cancel()
            await client.close()
            await asyncio.gather(listening, return_exceptions=True)
            await _end_what_is_left(client)
        listening.result()

    async def began(self, client: _Client) -> None:
        """A connection stands."""
        if self._memory is not None:
            await slash.sync(client.tree, self._slash, self._memory)

    def ready(self) -> None:
        """The gateway tells of what happens from now on."""
        self._caught_up.set()

    def now(self) -> tuple[int, int]:
        """The time, and chance."""
        return self._clock.now(), secrets.randbits(63)

    def privately(self, language: str) -> str:
        """Said among others, to one alone."""
        return self._slash.privately.of(language) or self._slash.privately.source

    async def _take(self, tasks: asyncio.TaskGroup, receive: Receive, heard: Heard) -> None:
        """Hands in one event until it was taken; nobody tells of it a second time. What is done then is nothing that
        the next event waits for."""
        try:
            aside = await self._hand_in(receive, heard.event)
        except Exception as error:  # a bug of ours: the next event goes on
            log.error("event.failed", id=heard.event.id, type=type(error).__name__)
            return
        if heard.then is not None:
            tasks.create_task(beside(heard.then(aside)))

    async def _hand_in(self, receive: Receive, event: Incoming) -> str | None:
        tries, loop = 0, asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            try:
                return await receive(event)
            except StoreError:
                log.warning("event.again", id=event.id)
            if loop.time() > until:
                break
            tries += 1
            await asyncio.sleep(pause(tries))
        log.error("event.given_up", id=event.id)
        return None


class _Client(discord.AutoShardedClient):
    """The library's client: it knows nobody and keeps nothing."""

    def __init__(self, gateway: Gateway, heard: Callable[..., None], tasks: asyncio.TaskGroup) -> None:
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
        self._gateway, self._heard, self._tasks = gateway, heard, tasks

    async def setup_hook(self) -> None:
        self._tasks.create_task(beside(self._gateway.began(self)))

    async def on_ready(self) -> None:
        self._gateway.ready()

    async def on_message(self, told: discord.Message) -> None:
        self._heard(inbound.message(told, *self._gateway.now()))

    async def on_raw_message_edit(self, told: RawMessageUpdateEvent) -> None:
        self._heard(inbound.edited(told, *self._gateway.now()))

    async def on_interaction(self, interaction: Interaction) -> None:
        """A press. It is read by what it carries: no view needs to be remembered, and none is after a restart."""
        if interaction.type is InteractionType.component:
            self._heard(inbound.pressed(interaction, *self._gateway.now()))  # before the first await: in their order
            await _acknowledged(interaction)

    async def commanded(self, interaction: Interaction, name: str, argument: str) -> None:
        """A slash command. Only whoever gave it sees that it was given; that trace goes, too, once it was answered."""
        event = inbound.command(interaction, name, argument, *self._gateway.now())
        acknowledged = asyncio.ensure_future(_acknowledged(interaction, ephemeral=True))

        async def then(aside: str | None) -> None:
            if await acknowledged:
                await self._answered(interaction)

        self._heard(event, then)
        await acknowledged

    async def _answered(self, interaction: Interaction) -> None:
        try:
            if inbound.is_private(interaction):
                await interaction.delete_original_response()
            else:
                await interaction.edit_original_response(content=self._gateway.privately(str(interaction.locale)))
        except LOST as error:
            if not is_too_late(error):
                log.info("discord.unanswered", type=type(error).__name__)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A bug of ours, or something that the library could not read: the next event goes on."""
        log.error("discord.event_failed", where=event_method)


class _Tree(CommandTree[_Client]):
    """The library's list of our commands."""

    async def on_error(self, interaction: Interaction[_Client], error: AppCommandError, /) -> None:
        """A command of an earlier version of ours, which somebody's client still shows, is heard like any other."""
        if isinstance(error, CommandNotFound):
            await self.client.commanded(interaction, error.name, inbound.argument(interaction))
        else:
            log.error("discord.event_failed", where="command")


async def _end_what_is_left(client: discord.Client) -> None:
    """The library leaves a connection that was cancelled while it was being made, with the thread of its heartbeat."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws._connection is client._connection:
            thread.stop()
            with suppress(*LOST):
                async with asyncio.timeout(AGAIN):
                    await thread.ws.socket.close()


async def _acknowledged(interaction: Interaction, *, ephemeral: bool = False) -> bool:
    """At once: until then the button seems to wait, and after three seconds it seems to have failed."""
    try:
        await interaction.response.defer(ephemeral=ephemeral)
    except LOST as error:
        if not is_too_late(error):
            log.info("discord.unacknowledged", type=type(error).__name__)
        return False
    return True
