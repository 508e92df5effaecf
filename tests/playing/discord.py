"""People's phones on Discord, at a double of its server."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, assert_never

from adapters.discord.adapter import Access, Discord
from adapters.discord.inbound import PLATFORM
from adapters.discord.outbound import TICK
from bot.commands.menu import BEHIND, EVERY
from bot.events import (
    Added,
    Blocked,
    Command,
    Deed,
    Edited,
    Incoming,
    Joined,
    MovedTo,
    Muted,
    Nameless,
    Pressed,
    Removed,
    Returned,
    Typed,
    Unreadable,
)
from bot.ports import Choice
from bot.wiring.discord import discord_commands
from tests.doubles.discord.double import TOKEN, Double
from tests.doubles.discord.guilds import SEND
from tests.doubles.discord.objects import Interaction, Person, Posted
from tests.doubles.discord.rig import heartbeats
from tests.doubles.discord.server import serving
from tests.playing.platform import IN_GROUP, News
from tests.playing.platforms import Connected
from tests.playing.script import Player
from tests.playing.stages import CONTENT, Hands

SERVER = 800_000
COUPLE = {1: "Ana", 2: "Ben"}  # who is in the server from the beginning, with the bot
PRESS = 3  # a kind of interaction
_CODE = re.compile(r"(?:Write this to|Schreib das an) Leeway: /pair ([A-Z2-7]{16})")
_ESCAPED = re.compile(r"\\(.)")


class DiscordPhones:
    """Phones with Discord."""

    def __init__(self, clock: Hands) -> None:
        """Nothing was said yet."""
        self._clock = clock
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self.double.on_whispered = self._whispered
        self._server = self.double.guilds.make(SERVER)
        self._server.people |= {user: Person(user, name, "en") for user, name in COUPLE.items()}
        self._privately = discord_commands(CONTENT()).privately.source
        self.told: list[News] = []
        self._users: dict[int, int] = {}  # the channel of somebody's direct messages → who that is
        self._taken = asyncio.Queue[str | None]()  # for each event, what whoever did it is told alone

    async def begin(self, opened: AsyncExitStack) -> None:
        """The server begins to serve."""
        self._site = await opened.enter_async_context(serving(self.double))

    def adapter(self, folder: Path) -> Connected:
        """The program's side of it."""
        access = Access(TOKEN, self._site.rest, self._site.gateway)
        self._adapter = Discord(access, self._clock, discord_commands(CONTENT()), folder / "discord.commands")
        return self._adapter

    async def ready(self) -> None:
        """The gateway tells of what happens."""
        await self._adapter.caught_up.wait()

    async def do(self, player: Player, deed: Deed, *, in_group: bool = False) -> str:
        """Returns when the program has taken it."""
        who = _person(player)
        self._users[who.dm] = player.user
        if in_group:
            await self._among(who, deed)
            return ""
        message = self._act(who, deed)
        await self._taken.get()
        return message

    def slips_in(self, player: Player) -> None:
        """Somebody is in the server; a bot hears of no members."""
        self._server.people[player.user] = _person(player)

    def took(self, event: Incoming, aside: str | None) -> None:
        """The program has taken something."""
        if event.sender.account.platform == PLATFORM:
            self._taken.put_nowait(aside)

    def end(self) -> None:
        """The server has nothing to complain of."""
        assert self.double.complaints == []
        assert heartbeats() == []

    # ---- in the channel that they share

    async def _among(self, who: Person, deed: Deed) -> None:
        """Returns when the program has taken it, if it hears of it at all, and whoever did it has their answer."""
        match deed:
            case Command(name, argument):
                given = self.double.commands_(who, name, argument, channel=self._server.room.id)
                has_aside = await self._taken.get() is not None
                await self.double.until(lambda: given.original is not None if has_aside else given.callback is not None)
            case Pressed(token):
                pressed = self.double.presses(who, self._message_with(self._server.room.id, token), token)
                has_aside = await self._taken.get() is not None
                await self.double.until(lambda: bool(pressed.more) if has_aside else pressed.callback is not None)
            case Added() if not self._server.has_bot:
                self.double.guilds.brings(self._server)
                await self._taken.get()
            case Removed():
                self.double.guilds.takes_out(self._server)
                await self._taken.get()
            case Added() | Muted() | Joined():
                self._unheard_of(who, deed)
            case _:
                raise NotImplementedError("nobody is told of that on Discord")

    def _unheard_of(self, who: Person, deed: Added | Muted | Joined) -> None:
        match deed:
            case Joined(others) if others:
                self._server.people[who.id] = who
            case Joined():
                del self._server.people[who.id]
            case _:
                self._server.room.denied = SEND if isinstance(deed, Muted) else 0

    def _whispered(self, interaction: Interaction, posted: Posted) -> None:
        """Where the answer to a command is, no other platform says."""
        said = _ESCAPED.sub(r"\1", posted.content)
        if interaction.kind == PRESS or said != self._privately:
            self.told.append(News(interaction.who.id, "", said, (), None, aside=True))

    # ---- with the bot alone

    def _act(self, who: Person, deed: Deed) -> str:
        match deed:
            case Typed(text, _, reply_to):
                return str(self.double.says(who, text, int(reply_to) if reply_to else None).id)
            case Command(name, argument) if name in EVERY and (not argument or name in BEHIND):
                self.double.commands_(who, name, argument)
            case Command(name, argument):
                return str(self.double.says(who, f"/{name} {argument}".strip()).id)
            case Pressed(token):
                self.double.presses(who, self._message_with(who.dm, token), token)
            case Edited(text, message):
                self.double.edits(who, int(message), text)
            case Unreadable(what):
                self.double.sends(who, what)
            case Blocked() | Returned():
                raise NotImplementedError("nobody is told of a block on Discord")
            case Added() | Removed() | Muted() | MovedTo() | Joined() | Nameless():
                raise NotImplementedError("that is done in a group")
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, channel: int, token: str) -> int:
        """The message under which that button stands, or the newest there: a forged one stands under any."""
        ours = [posted for posted in reversed(self.double.bots) if posted.channel == channel]
        return next((p.id for p in ours if token in {choice.token for choice in choices(p)}), ours[0].id if ours else 1)

    def _gone(self, posted: Posted) -> None:
        self.told.append(News(self._users[posted.channel], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text = _ESCAPED.sub(r"\1", posted.content)
        code = _CODE.search(text)
        text = text if code is None else text.replace(code[0], code[1])
        told = None if is_edit else text
        user = IN_GROUP if posted.channel in self._server.channels else self._users[posted.channel]
        picture = any(name.endswith(".png") for name, _ in posted.files)
        self.told.append(News(user, str(posted.id), told, tuple(choices(posted)), code and code[1], picture=picture))


def _person(player: Player) -> Person:
    return Person(player.user, player.name.capitalize(), player.language)


def choices(posted: Posted) -> list[Choice]:
    """The buttons under a message, and what can be chosen in its selects."""
    return [choice for row in posted.components for each in row["components"] for choice in _of(each)]


def _of(component: dict[str, Any]) -> list[Choice]:
    known = component.get("options")
    told = [(option["value"], option["label"]) for option in known] if known else [_button(component)]
    return [Choice(token, label.removeprefix(TICK), label.startswith(TICK)) for token, label in told]


def _button(component: dict[str, Any]) -> tuple[str, str]:
    return component["custom_id"], component["label"]
