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
from tests.doubles.discord.objects import Person, Posted
from tests.doubles.discord.rig import heartbeats
from tests.doubles.discord.server import serving
from tests.playing.platform import News
from tests.playing.platforms import Connected
from tests.playing.script import Player
from tests.playing.stages import CONTENT, Hands

_CODE = re.compile(r"Write this to Leeway: /pair ([A-Z2-7]{16})")
_ESCAPED = re.compile(r"\\(.)")


class DiscordPhones:
    """Phones with Discord."""

    def __init__(self, clock: Hands) -> None:
        """Nothing was said yet."""
        self._clock = clock
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self.told: list[News] = []
        self._users: dict[int, int] = {}  # the channel of somebody's direct messages → who that is
        self._taken = asyncio.Queue[str]()

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

    async def do(self, player: Player, deed: Deed, *, in_group: bool) -> str:
        """Returns when the program has taken it."""
        who = Person(player.user, player.name.capitalize(), player.language)
        self._users[who.dm] = player.user
        message = self._act(who, deed)
        await self._taken.get()
        return message

    def took(self, event: Incoming) -> None:
        """The program has taken something."""
        if event.sender.account.platform == PLATFORM:
            self._taken.put_nowait(event.id)

    def end(self) -> None:
        """The server has nothing to complain of."""
        assert self.double.complaints == []
        assert heartbeats() == []

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
            case Added() | Removed() | Muted() | MovedTo() | Joined() | Nameless():
                raise NotImplementedError("nothing becomes of a group here yet")
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, who: Person, token: str) -> int:
        """The message under which that button stands, or the first of all."""
        ours = [posted for posted in reversed(self.double.bots) if posted.channel == who.dm]
        return next((p.id for p in ours if token in {choice.token for choice in choices(p)}), 1)

    def _gone(self, posted: Posted) -> None:
        self.told.append(News(self._users[posted.channel], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text = _ESCAPED.sub(r"\1", posted.content)
        code = _CODE.search(text)
        text = text if code is None else text.replace(code[0], code[1])
        told = None if is_edit else text
        user = self._users[posted.channel]
        self.told.append(News(user, str(posted.id), told, tuple(choices(posted)), code and code[1]))


def choices(posted: Posted) -> list[Choice]:
    """The buttons under a message, and what can be chosen in its selects."""
    return [choice for row in posted.components for each in row["components"] for choice in _of(each)]


def _of(component: dict[str, Any]) -> list[Choice]:
    known = component.get("options")
    told = [(option["value"], option["label"]) for option in known] if known else [_button(component)]
    return [Choice(token, label.removeprefix(TICK), label.startswith(TICK)) for token, label in told]


def _button(component: dict[str, Any]) -> tuple[str, str]:
    return component["custom_id"], component["label"]
