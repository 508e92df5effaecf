"""People's phones on Telegram, at a double of its server."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, assert_never

from adapters.telegram.adapter import Access, Telegram
from adapters.telegram.outbound import TICK
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
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.objects import Person, Posted
from tests.doubles.telegram.server import serving
from tests.playing.platform import News
from tests.playing.platforms import Connected
from tests.playing.script import Player
from tests.playing.stages import Hands

_LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


class TelegramPhones:
    """Phones with Telegram."""

    def __init__(self, clock: Hands, times: int = 1) -> None:
        """The server delivers each update so many times."""
        self._times, self._clock = times, clock
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self.told: list[News] = []

    async def begin(self, opened: AsyncExitStack) -> None:
        """The server begins to serve."""
        self._server = await opened.enter_async_context(serving(self.double))

    def adapter(self, folder: Path) -> Connected:
        """The program's side of it."""
        return Telegram(Access(TOKEN, self._server), self._clock)

    async def ready(self) -> None:
        """It asks by itself."""

    async def do(self, player: Player, deed: Deed, *, in_group: bool = False) -> str:
        """Returns when the server knows that the program has taken it."""
        if in_group:
            raise NotImplementedError("there is no group here yet")
        message = self.act(Person(player.user, player.name.capitalize(), player.language), deed)
        (update,) = self.double.waiting()
        for _ in range(self._times):
            self.double.again(update)
            await self.double.all_confirmed()
        return message

    def slips_in(self, player: Player) -> None:
        """There is no group."""
        raise NotImplementedError("there is no group here yet")

    def took(self, event: Incoming, aside: str | None) -> None:
        """The server knows."""

    def end(self) -> None:
        """The server has nothing to complain of."""
        assert self.double.complaints == []

    def act(self, who: Person, deed: Deed) -> str:
        """What the server hears of it; the id of the message, where it is one."""
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
            case Added() | Removed() | Muted() | MovedTo() | Joined() | Nameless():
                raise NotImplementedError("nothing becomes of a group here yet")
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, who: Person, token: str) -> int:
        """The message under which that button stands, or the first of all."""
        ours = [posted for posted in reversed(self.double.bots) if posted.chat["id"] == who.id]
        return next((p.id for p in ours if token in {choice.token for choice in _choices(p)}), 1)

    def _gone(self, posted: Posted) -> None:
        self.told.append(News(posted.chat["id"], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text, code = posted.text or posted.caption or "", None
        if found := _LINK.search(text):
            text, code = text.replace(found[0], found[1]), found[1]
        told = None if is_edit else text
        self.told.append(News(posted.chat["id"], str(posted.id), told, tuple(_choices(posted)), code))


def _choices(posted: Posted) -> list[Choice]:
    rows: list[list[dict[str, Any]]] = (posted.keyboard or {"inline_keyboard": []})["inline_keyboard"]
    return [
        Choice(button["callback_data"], button["text"].removeprefix(TICK), button["text"].startswith(TICK))
        for row in rows
        for button in row
        if "callback_data" in button
    ]
