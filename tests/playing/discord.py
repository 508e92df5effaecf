"""The stage with Discord: people's phones at a double of its server, the real library, the store's files."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from pydantic import SecretStr

from adapters.discord.adapter import Access, Discord
from adapters.discord.outbound import TICK
from bot.commands.menu import BEHIND, EVERY
from bot.events import Blocked, Command, Deed, Edited, Incoming, Pressed, Returned, Typed, Unreadable
from bot.ports import Choice
from bot.settings import Settings
from bot.wiring.discord import discord_commands
from bot.wiring.rooms import Rooms, open_rooms
from scheduler.tick import Tick
from tests.doubles.discord.double import TOKEN, Double
from tests.doubles.discord.objects import Person, Posted
from tests.doubles.discord.server import serving
from tests.playing.platform import News
from tests.playing.script import Player
from tests.playing.stages import CONTENT, Hands, with_chance

SETTINGS = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC")

_CODE = re.compile(r"\b[A-Z2-7]{16}\b")
_ESCAPED = re.compile(r"\\(.)")


class DiscordStage:
    """The program with a token. Nothing holds it back: its limits go by the real clock, the play by its own."""

    def __init__(self, clock: Hands, folder: Path) -> None:
        """Its files are in that folder."""
        self._clock, self._folder = clock, folder
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self._told: list[News] = []
        self._chance, self._player = 0, Player("ana", 1, "en", "UTC")
        self._users: dict[int, int] = {}  # the channel of somebody's direct messages → who that is
        self._opened = AsyncExitStack()
        self._taken = asyncio.Queue[str]()
        self._running: asyncio.Task[None] | None = None

    async def do(self, player: Player, deed: Deed, chance: int) -> str:
        """Somebody does it on their phone; returns when the program has taken it."""
        if not hasattr(self, "_rooms"):
            await self._begin()
        self._chance, self._player = chance, player
        who = Person(player.user, player.name.capitalize(), player.language)
        self._users[who.dm] = player.user
        message = self._act(who, deed)
        await self._taken.get()
        return message

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
        self._site = await self._opened.enter_async_context(serving(self.double))
        await self._open()

    async def _open(self) -> None:
        access = Access(TOKEN, self._site.rest, self._site.gateway)
        self._adapter = Discord(access, self._clock, discord_commands(CONTENT()), self._folder / "discord.commands")
        rooms: Rooms = open_rooms(SETTINGS, self._folder, [self._adapter], self._clock, paces={})
        take = rooms.turns.take
        rooms.tick = Tick(rooms.store, lambda event: take(with_chance(event)), self._clock, rooms.writer)
        self._rooms = rooms
        self._running = asyncio.create_task(self._adapter.run(self._receive))
        await self._adapter.caught_up.wait()

    async def _end(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._adapter.close()
        await self._rooms.writer.close()
        self._rooms.store.close()

    async def _receive(self, event: Incoming) -> None:
        """With the chance of the play, and the zone and language, which Discord does not always tell."""
        known = self._player
        profile = replace(event.sender.profile, zone=known.zone, language=known.language)
        sender = replace(event.sender, profile=profile)
        await self._rooms.receive(replace(event, chance=self._chance, sender=sender))
        self._taken.put_nowait(event.id)

    def _act(self, who: Person, deed: Deed) -> str:
        match deed:
            case Typed(text, _, reply_to):
                return str(self.double.says(who, text, int(reply_to) if reply_to else None).id)
            case Command(name, argument) if name in EVERY and (not argument or name in BEHIND):
                self.double.commands_(who, name, argument)
            case Command(name, argument):
                return str(self.double.says(who, f"/{name} {argument}".strip()).id)
            case Pressed(token):
                self.double.presses(who, self._message_with(who, token), token)
            case Edited(text, message):
                self.double.edits(who, int(message), text)
            case Unreadable(what):
                self.double.sends(who, what)
            case Blocked() | Returned():
                raise NotImplementedError("nobody is told of a block on Discord")
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, who: Person, token: str) -> int:
        """The message under which that button stands, or the first of all."""
        ours = [posted for posted in reversed(self.double.bots) if posted.channel == who.dm]
        return next((p.id for p in ours if token in {choice.token for choice in choices(p)}), 1)

    def _gone(self, posted: Posted) -> None:
        self._told.append(News(self._users[posted.channel], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text = _ESCAPED.sub(r"\1", posted.content)
        code = _CODE.search(text)
        told = None if is_edit else text
        user = self._users[posted.channel]
        self._told.append(News(user, str(posted.id), told, tuple(choices(posted)), code and code[0]))


def choices(posted: Posted) -> list[Choice]:
    """The buttons under a message, and what can be chosen in its selects."""
    return [choice for row in posted.components for each in row["components"] for choice in _of(each)]


def _of(component: dict[str, Any]) -> list[Choice]:
    known = component.get("options")
    told = [(option["value"], option["label"]) for option in known] if known else [_button(component)]
    return [Choice(token, label.removeprefix(TICK), label.startswith(TICK)) for token, label in told]


def _button(component: dict[str, Any]) -> tuple[str, str]:
    return component["custom_id"], component["label"]
