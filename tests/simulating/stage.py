"""The program at work for a whole town: real turns, tick, sender and adapter, over the store's files."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.events import Deed, Incoming
from tests.doubles.telegram.objects import Person
from tests.playing.platform import News
from tests.playing.script import Player
from tests.playing.stages import Files, Hands, House, dealt
from tests.playing.telegram import TelegramPhones
from tests.simulating.wire import NearTelegram


class YearStage:
    """The program with a token, without a wire and without threads: both cost most of the time that a year takes."""

    def __init__(self, clock: Hands, folder: Path, zones: dict[int, str]) -> None:
        """Its files are in that folder; where each user lives, which the first clock question confirms."""
        self._clock, self._phones = clock, TelegramPhones(clock)
        self.double = self._phones.double
        self._files = Files(folder)
        self._zones = zones
        self._open()

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Somebody does it on their phone; returns when the server knows that the program has taken it."""
        message = self._phones.act(Person(player.user, player.name.capitalize(), player.language), deed)
        await self.double.all_confirmed()
        return message

    async def press(self, player: Player, message: str, token: str) -> None:
        """Somebody presses a button under that message."""
        self.double.presses(Person(player.user, player.name.capitalize()), int(message), token)
        await self.double.all_confirmed()

    async def catch_up(self) -> None:
        """What is due happens."""
        await self.house.catch_up()

    def news(self) -> list[News]:
        """What came to the phones."""
        news, self._phones.told = self._phones.told, []
        return news

    async def next_due(self) -> int | None:
        """What the store says."""
        return self.house.store.next_due()

    async def restart(self) -> None:
        """The program ends and is started again."""
        await self._end()
        self._open()
        await self.house.sender.recover()

    async def close(self) -> None:
        """The program ends."""
        await self._end()

    def forget(self, before: int) -> None:
        """What the server keeps for its judges, and what was posted before that time: nobody looks at it again."""
        for kept in (self.double.requests, self.double.answers, self.double.bots):
            kept.clear()
        self.double.posted = {key: posted for key, posted in self.double.posted.items() if posted.date >= before}

    # ---- inside

    def _open(self) -> None:
        self._adapter = NearTelegram(self.double, self._clock)
        self.house = House(self._files.open(), self._adapter, self._clock, 1)
        self._running = asyncio.create_task(self._adapter.run(self._receive))

    async def _end(self) -> None:
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running
        await self._adapter.close()
        self._files.close()

    async def _receive(self, event: Incoming) -> None:
        """With the zone, which Telegram does not tell, and a chance that is the same each time."""
        sender = event.sender
        profile = replace(sender.profile, zone=self._zones[sender.account.user])
        self.house.take(replace(event, chance=dealt(event.id), sender=replace(sender, profile=profile)))
