"""Receiving: a client at the gateway, started anew whenever it dies, and what it hears, handed in in order."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import structlog
from discord import Interaction
from discord.gateway import KeepAliveHandler

from adapters.discord import inbound, slash
from adapters.discord.client import Client, Then
from adapters.discord.errors import LOST
from adapters.discord.pull import Pull
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


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen from outside: `caught_up` is set once the gateway is there (what had waited is lost, there),
    `hears` while it tells of what happens."""

    caught_up: asyncio.Event
    hears: asyncio.Event


class Gateway:
    """What happens on Discord, from one connection to the next."""

    def __init__(
        self,
        token: str,
        clock: Clock,
        commands: Slash,
        pull: Pull,
        signs: Signs,
        *,
        memory: Path | None,
    ) -> None:
        """Nothing was heard yet."""
        self._token, self._clock, self._slash, self._memory = token, clock, commands, memory
        self._pull, self._signs = pull, signs

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
        ear = _Ear(tasks, lines, self._clock, self._slash, self._pull, self._memory, self._signs)
        client = Client(ear, self._pull)
        slash.build(client.tree, self._slash, client.commanded)
        listening = asyncio.ensure_future(client.start(self._token))
        try:
            await asyncio.wait({listening})
        finally:  # while it connects again, the library passes a cancellation over; it is closed in any case
            self._signs.hears.clear()
            listening.cancel()
            await client.close()
            await asyncio.gather(listening, return_exceptions=True)
            await _end_what_is_left(client)
        listening.result()

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


@dataclass(frozen=True, slots=True)
class _Ear:
    """What a client tells of goes into its line."""

    tasks: asyncio.TaskGroup
    lines: Lines[Heard]
    clock: Clock
    commands: Slash
    pull: Pull
    memory: Path | None
    signs: Signs

    def began(self, client: Client) -> None:
        if self.memory is not None:
            self.tasks.create_task(beside(slash.sync(client.tree, self.commands, self.memory)))

    def ready(self) -> None:
        self.signs.caught_up.set()
        self.signs.hears.set()

    def lost(self) -> None:
        self.signs.hears.clear()

    def now(self) -> tuple[int, int]:
        return self.clock.now(), secrets.randbits(63)

    def heard(self, event: Incoming | None, then: Then | None = None) -> None:
        if event is None:
            return
        if event.sender.chat > 0:
            self.pull.heard_directly(event.sender.account.user)
        self.lines.add(event.sender.account.user, Heard(event, then))

    def instead(self, name: str, interaction: Interaction) -> str | None:
        """Where the command is answered, unless that is where it was given."""
        is_open = name in self.commands.openly and inbound.place(interaction) is not None
        if is_open or inbound.is_private(interaction):
            return None
        return self.commands.privately.to(interaction)


async def _end_what_is_left(client: discord.Client) -> None:
    """The library leaves a connection that was cancelled while it was being made, with the thread of its heartbeat."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws._connection is client._connection:
            thread.stop()
            with suppress(*LOST):
                async with asyncio.timeout(AGAIN):
                    await thread.ws.socket.close()
