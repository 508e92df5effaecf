"""The stage with Telegram: people's phones at a double of its server, the real library, the store's files."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from pydantic import SecretStr

from adapters.telegram.adapter import Access, Telegram
from adapters.telegram.outbound import TICK
from bot.events import Blocked, Command, Deed, Edited, Incoming, Pressed, Returned, Typed, Unreadable
from bot.ports import Choice
from bot.settings import Settings
from bot.wiring.rooms import Rooms, open_rooms
from scheduler.tick import Tick
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.objects import Person, Posted
from tests.doubles.telegram.server import serving
from tests.playing.platform import News
from tests.playing.script import Player
from tests.playing.stages import Hands, with_chance

SETTINGS = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC")

_LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


class TelegramStage:
    """The program with a token. Nothing holds it back: its limits go by the real clock, the play by its own."""

    def __init__(self, clock: Hands, folder: Path, times: int = 1) -> None:
        """Its files are in that folder. The server delivers each update so many times."""
        self._times = times
        self._clock, self._folder = clock, folder
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self._told: list[News] = []
        self._chance, self._zone = 0, "UTC"
        self._opened = AsyncExitStack()
        self._running: asyncio.Task[None] | None = None

    async def do(self, player: Player, deed: Deed, chance: int) -> str:
        """Somebody does it on their phone; returns when the server knows that the program has taken it."""
        if not hasattr(self, "_rooms"):
            await self._begin()
        self._chance, self._zone = chance, player.zone
        message = self._act(Person(player.user, player.name.capitalize(), player.language), deed)
        (update,) = self.double.waiting()
        for _ in range(self._times):
            self.double.again(update)
            await self.double.all_confirmed()
        return message

    async def catch_up(self) -> None:
        """What is due happens."""
        await self._rooms.catch_up()

    async def restart(self) -> None:
        """The program ends and is started again."""
        await self._end()
        self._open()
        await self._rooms.sender.recover()

    async def next_due(self) -> int | None:
        """What the store says."""
        return await self._rooms.writer.reply(self._rooms.store.next_due)

    def news(self) -> list[News]:
        """What came to the phones."""
        news, self._told = self._told, []
        return news

    async def close(self) -> None:
        """The program ends, then the server."""
        if hasattr(self, "_rooms"):
            await self._end()
        await self._opened.aclose()
        assert self.double.complaints == []

    # ---- inside

    async def _begin(self) -> None:
        self._server = await self._opened.enter_async_context(serving(self.double))
        self._open()

    def _open(self) -> None:
        self._adapter = Telegram(Access(TOKEN, self._server), self._clock)
        rooms: Rooms = open_rooms(SETTINGS, self._folder, [self._adapter], self._clock, paces={})
        take = rooms.turns.take
        rooms.tick = Tick(rooms.store, lambda event: take(with_chance(event)), self._clock, rooms.writer)
        self._rooms = rooms
        self._running = asyncio.create_task(self._adapter.run(self._receive))

    async def _end(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._adapter.close()
        await self._rooms.writer.close()
        self._rooms.store.close()

    async def _receive(self, event: Incoming) -> None:
        """With the chance of the play, and the zone, which Telegram does not tell."""
        profile = replace(event.sender.profile, zone=self._zone)
        await self._rooms.receive(replace(event, chance=self._chance, sender=replace(event.sender, profile=profile)))

    def _act(self, who: Person, deed: Deed) -> str:
        match deed:
            case Typed(text, _, reply_to):
                return str(self.double.says(who, text, int(reply_to) if reply_to else None).id)
            case Command(name, argument):
                return str(self.double.says(who, f"/{name} {argument}".strip()).id)
            case Pressed(token):
                self.double.presses(who, self._message_with(who, token), token)
            case Edited(text, message):
                self.double.edits(who, int(message), text)
            case Unreadable(what):
                self.double.sends(who, what)
            case Blocked() | Returned():
                self.double.blocks(who, back=isinstance(deed, Returned))
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, who: Person, token: str) -> int:
        """The message under which that button stands, or the first of all."""
        ours = [posted for posted in reversed(self.double.bots) if posted.chat["id"] == who.id]
        return next((p.id for p in ours if token in {choice.token for choice in _choices(p)}), 1)

    def _gone(self, posted: Posted) -> None:
        self._told.append(News(posted.chat["id"], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text, code = posted.text or posted.caption or "", None
        if found := _LINK.search(text):
            text, code = text.replace(found[0], found[1]), found[1]
        told = None if is_edit else text
        self._told.append(News(posted.chat["id"], str(posted.id), told, tuple(_choices(posted)), code))


def _choices(posted: Posted) -> list[Choice]:
    rows: list[list[dict[str, Any]]] = (posted.keyboard or {"inline_keyboard": []})["inline_keyboard"]
    return [
        Choice(button["callback_data"], button["text"].removeprefix(TICK), button["text"].startswith(TICK))
        for row in rows
        for button in row
        if "callback_data" in button
    ]
