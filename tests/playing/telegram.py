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
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.objects import Person, Posted
from tests.doubles.telegram.server import serving
from tests.playing.platform import DOOR, GROUP, IN_GROUP, News
from tests.playing.platforms import Connected
from tests.playing.script import Player
from tests.playing.stages import Hands

SUPERGROUP = -1001000000200  # as the server numbers them
_STANDING: dict[type, str] = {Added: "member", Removed: "kicked", Muted: "restricted"}
_DOOR = re.compile(r"https://t\.me/\w+(?:\?start=([\w-]+))?")
_LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


class TelegramPhones:
    """Phones with Telegram."""

    def __init__(self, clock: Hands, times: int = 1) -> None:
        """The server delivers each update so many times."""
        self._times, self._clock = times, clock
        self.double = Double(clock.now)
        self.double.on_posted = self._note
        self.double.on_removed = self._gone
        self.double.on_aside = self._alone
        self.group = self.double.among.founds(Group(GROUP, bot="member"))
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
        who = Person(player.user, player.name.capitalize(), player.language)
        message = self.act_in_group(who, deed) if in_group else self.act(who, deed)
        updates = self.double.waiting()
        for _ in range(self._times):
            for update in updates:
                self.double.again(update)
            await self.double.all_confirmed()
        await self.double.until(lambda: self.double.answered >= self.double.queries.keys())
        return message

    def slips_in(self, player: Player) -> None:
        """Somebody is in the group, and the bot was not told of it."""
        self.group.members[player.user] = Person(player.user, player.name.capitalize(), player.language)

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
                self.double.presses(who, self._message_with(who.id, token), token)
            case Edited(text, message):
                self.double.edits(who, int(message), text)
            case Unreadable(what):
                self.double.sends(who, what)
            case Blocked() | Returned():
                self.double.blocks(who, back=isinstance(deed, Returned))
            case Added() | Removed() | Muted() | MovedTo() | Joined() | Nameless():
                raise NotImplementedError("nothing becomes of a chat of one")
            case _:
                assert_never(deed)
        return ""

    def act_in_group(self, who: Person, deed: Deed) -> str:
        """The same in the group, in which the first two are from the beginning."""
        among, group = self.double.among, self.group
        if not group.members:
            among.founds(group, *(Person(user, name) for user, name in ((1, "Ana"), (2, "Ben"))))
        match deed:
            case Typed(text):
                among.says_in(group, who, text)
            case Command(name, argument):
                among.says_in(group, who, f"/{name}@{self.double.robot.username} {argument}".strip())
            case Nameless():
                among.says_in(group, who, "/help", sender_chat=group.chat())
            case Pressed(token):
                self.double.presses(who, self._message_with(group.id, token), token, group)
            case MovedTo():
                among.upgrades(group, who, SUPERGROUP)
            case Joined(others):
                (among.joins if others else among.leaves)(group, who)
            case Added() | Removed() | Muted():
                among.stands(group, who, _STANDING[type(deed)])
            case Edited() | Unreadable() | Blocked() | Returned():
                raise NotImplementedError("nobody does this in a group")
            case _:
                assert_never(deed)
        return ""

    def _message_with(self, chat: int, token: str) -> int:
        """The message under which that button stands, or the first of all."""
        ours = [posted for posted in reversed(self.double.bots) if posted.chat["id"] == chat]
        return next((p.id for p in ours if token in {choice.token for choice in _choices(p)}), 1)

    def _gone(self, posted: Posted) -> None:
        self.told.append(News(posted.chat["id"], str(posted.id), None, (), None, gone=True))

    def _note(self, posted: Posted, is_edit: bool) -> None:
        text, code = posted.text or posted.caption or "", None
        if found := _LINK.search(text):
            text, code = text.replace(found[0], found[1]), found[1]
        told = None if is_edit else text
        picture = "photo" in posted.media
        self.told.append(News(_reader(posted), str(posted.id), told, tuple(_choices(posted)), code, picture=picture))

    def _alone(self, user: int, text: str) -> None:
        self.told.append(News(user, "", text, (), None, aside=True))


def _reader(posted: Posted) -> int:
    chat: int = posted.chat["id"]
    return chat if posted.chat["type"] == "private" else IN_GROUP


def _choices(posted: Posted) -> list[Choice]:
    rows: list[list[dict[str, Any]]] = (posted.keyboard or {"inline_keyboard": []})["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    doors = [
        Choice(f"{DOOR}{door[1]}", button["text"])
        for button in buttons
        if (door := _DOOR.fullmatch(button.get("url", "")))
    ]
    return [
        *(
            Choice(button["callback_data"], button["text"].removeprefix(TICK), button["text"].startswith(TICK))
            for button in buttons
            if "callback_data" in button
        ),
        *doors,
    ]
