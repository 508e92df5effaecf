"""The stage with real platforms: people's phones at doubles of their servers, the real libraries, the store's files."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from bot.events import Deed, Incoming
from bot.ports import Adapter
from bot.settings import Settings
from bot.wiring.rooms import Rooms, open_rooms
from scheduler.tick import Tick
from tests.playing.platform import News
from tests.playing.script import Player
from tests.playing.stages import CONTENT, Hands, with_chance

SETTINGS = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC")
_ELSEWHERE = re.compile(
    r"\n(?:Or, on another platform, write this to|Oder, auf einer anderen Plattform, schreib das an)"
    r" Leeway: /pair [A-Z2-7]{16}"
)


class Connected(Adapter, Protocol):
    """An adapter with connections."""

    async def close(self) -> None:
        """Ends them."""
        ...


class Phones(Protocol):
    """People's phones on one platform, and the double of its server."""

    told: list[News]

    async def begin(self, opened: AsyncExitStack) -> None:
        """The server begins to serve."""
        ...

    def adapter(self, folder: Path) -> Connected:
        """The program's side of it, made anew at each start."""
        ...

    async def ready(self) -> None:
        """Returns when the adapter hears."""
        ...

    async def do(self, player: Player, deed: Deed, *, in_group: bool = False) -> str:
        """Somebody does it; returns when the program has taken it. The id of the message, where it is one."""
        ...

    def slips_in(self, player: Player) -> None:
        """Somebody is in the group, and nobody tells the bot."""
        ...

    def took(self, event: Incoming, aside: str | None) -> None:
        """The program has taken something; what it has for whoever did it, alone."""
        ...

    def end(self) -> None:
        """The server has nothing to complain of."""
        ...


class PlatformStage:
    """The program with its tokens. Nothing holds it back: its limits go by the real clock, the play by its own."""

    def __init__(
        self, clock: Hands, folder: Path, phones: Mapping[str, Phones], others: Phones, *, restless: bool = False
    ) -> None:
        """Its files are in that folder. `phones`: whose are where, by name; all `others`. `restless`: the program is
        started anew after everything that anybody does."""
        self._restless = restless
        self._clock, self._folder = clock, folder
        self._phones, self._others = phones, others
        self._all = list({id(each): each for each in (*phones.values(), others)}.values())
        self._chance, self._player = 0, Player("ana", 1, "en", "UTC")
        self._opened = AsyncExitStack()
        self._running: list[asyncio.Task[None]] = []

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Somebody does it on their phone; returns when the program has taken it."""
        if not hasattr(self, "_rooms"):
            for each in self._all:
                await each.begin(self._opened)
            await self._open()
        self._chance, self._player = chance, player
        message = await self._phones.get(player.name, self._others).do(player, deed, in_group=in_group)
        if self._restless:
            await self.restart()
        return message

    def slips_in(self, player: Player) -> None:
        """Somebody is in the group."""
        self._phones.get(player.name, self._others).slips_in(player)

    async def catch_up(self) -> None:
        """What is due happens."""
        await self._rooms.catch_up()

    async def restart(self) -> None:
        """The program ends and is started again."""
        await self._end()
        await self._open()
        await self._rooms.sender.recover()

    async def next_due(self) -> int | None:
        """What the store says."""
        return await self._rooms.writer.reply(self._rooms.store.next_due)

    def news(self) -> list[News]:
        """What came to the phones."""
        news = [each for phones in self._all for each in phones.told]
        for phones in self._all:
            phones.told.clear()
        return [n if n.text is None else replace(n, text=_ELSEWHERE.sub("", n.text)) for n in news]

    async def close(self) -> None:
        """The program ends, then the servers."""
        if hasattr(self, "_rooms"):
            await self._end()
        await self._opened.aclose()
        for each in self._all:
            each.end()

    # ---- inside

    async def _open(self) -> None:
        self._adapters = [each.adapter(self._folder) for each in self._all]
        rooms: Rooms = open_rooms(
            SETTINGS, self._folder, self._adapters, self._clock, paces={}, says=lambda _: CONTENT()
        )
        take = rooms.turns.take
        rooms.tick = Tick(rooms.store, lambda event: take(with_chance(event)), self._clock, rooms.writer)
        self._rooms = rooms
        self._running = [asyncio.create_task(adapter.run(self._receive)) for adapter in self._adapters]
        for each in self._all:
            await each.ready()

    async def _end(self) -> None:
        for running in self._running:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        for adapter in self._adapters:
            await adapter.close()
        await self._rooms.writer.close()
        self._rooms.store.close()

    async def _receive(self, event: Incoming) -> str | None:
        """With the chance of the play, and the zone and language, which a platform does not always tell."""
        profile = replace(event.sender.profile, zone=self._player.zone, language=self._player.language)
        sender = replace(event.sender, profile=profile)
        aside = await self._rooms.receive(replace(event, chance=self._chance, sender=sender))
        for each in self._all:
            each.took(event, aside)
        return aside
