"""The stage with everything real: the playground's phones and adapter, the store's files and its thread."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from adapters.playground.adapter import Playground
from adapters.playground.messages import Browser, ChatMessage, Happening, Kind, Owner, Presence, Shared
from adapters.playground.phones import Phones
from adapters.playground.rows import person
from bot.events import Added, Command, Deed, Edited, Incoming, Joined, Muted, Pressed, Removed, Typed, Unreadable
from bot.ports import Choice, Message, Receipt
from bot.settings import Settings
from bot.wiring.rooms import Rooms, open_rooms
from scheduler.tick import Tick
from tests.playing.platform import DOOR, IN_GROUP, News
from tests.playing.script import Player
from tests.playing.stages import CONTENT, Hands, with_chance

SETTINGS = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC")


class Watched(Playground):
    """The playground, and what came to its chats."""

    def __init__(self, phones: Phones, clock: Hands) -> None:
        """Over these phones."""
        super().__init__(phones, clock)
        self.seen = self.since(0).number
        self.told: list[News] = []

    async def send(self, message: Message) -> Receipt:
        """Delivers it, and tells of it."""
        known = {m.id for m in self.since(0).messages}
        self.unseen()
        receipt = await super().send(message)
        self.told += [_news(m, m.id in known) for m in self.unseen() if m.draft.author == "bot"]
        return receipt

    def unseen(self) -> list[ChatMessage]:
        """What changed on the phones since the last time."""
        change = self.since(self.seen)
        self.seen = change.number
        return sorted(change.messages, key=lambda m: m.change)


class PlaygroundStage:
    """The program as `make run` starts it, without its page."""

    def __init__(self, clock: Hands, folder: Path, server: str = "") -> None:
        """Its files are in that folder; with the address of a PostgreSQL `server` only phones and keys are."""
        self._clock, self._folder, self._server = clock, folder, server
        self._phones = Phones(folder / "phones.db")
        self._chance = 0
        self._running: asyncio.Task[None] | None = None
        self._told: list[News] = []
        self._open()

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Somebody does it on their phone or in the group, and the program hears of it."""
        self._chance = chance
        if self._running is None:
            self._running = asyncio.create_task(self._playground.run(self._receive))
        self._playground.unseen()
        if in_group:
            await self._act_in_group(player, deed)
        else:
            await self._act(Owner(player.name), deed, Browser(player.zone, player.language))
        said = [m for m in self._playground.unseen() if m.draft.author == player.name]
        while self._phones.updates():  # noqa: ASYNC110 - the adapter tells nobody that it has heard an update
            await asyncio.sleep(0.0005)
        self._told += [_news(m, is_edit=False) for m in self._playground.unseen() if m.draft.kind is Kind.ASIDE]
        return str(said[-1].id) if said else ""

    def slips_in(self, player: Player) -> None:
        """There is no group here."""
        raise NotImplementedError("the playground has no group")

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
        news = [*self._told, *self._playground.told]
        self._told.clear()
        self._playground.told.clear()
        return news

    async def close(self) -> None:
        """The program ends, and the phones are put away."""
        await self._end()
        self._phones.close()

    async def _act(self, owner: Owner, deed: Deed, browser: Browser) -> None:
        match deed:
            case Typed(text):
                await self._playground.said(owner, text, browser)
            case Command("start", code) if code:
                await self._playground.opened(owner, code, browser)
            case Command(name, argument):
                await self._playground.said(owner, f"/{name} {argument}".strip(), browser)
            case Pressed(token):
                await self._playground.pressed(owner, token, browser)
            case Edited(text, message):
                await self._playground.edited(owner, int(message), text, browser)
            case Unreadable(what):
                await self._playground.sent(owner, Kind(what), browser)

    async def _act_in_group(self, player: Player, deed: Deed) -> None:
        group, who = self._playground.group, person(player.name)
        browser = Browser(player.zone, player.language)
        match deed:
            case Typed(text):
                done = await group.said(who, text, browser)
            case Command(name, argument):
                done = await group.said(who, f"/{name} {argument}".strip(), browser)
            case Pressed(token):
                done = await group.pressed(who, token, browser)
            case Added():
                is_silent = group.room.leeway is Presence.SILENT
                done = await group.changed(who, Happening.ALLOWED if is_silent else Happening.ADDED, browser)
            case Removed():
                done = await group.changed(who, Happening.REMOVED, browser)
            case Muted():
                done = await group.changed(who, Happening.MUTED, browser)
            case Joined(others):
                done = await group.changed(who, Happening.JOINED if others else Happening.LEFT, browser)
            case _:
                raise NotImplementedError(deed)
        assert done, f"the group of the playground does not take this: {deed}"

    async def _receive(self, event: Incoming) -> str | None:
        return await self._rooms.receive(replace(event, chance=self._chance))

    def _open(self) -> None:
        self._playground = Watched(self._phones, self._clock)
        rooms: Rooms = open_rooms(
            SETTINGS, self._folder, [self._playground], self._clock, server=self._server, says=lambda _: CONTENT()
        )
        take = rooms.turns.take
        rooms.tick = Tick(rooms.store, lambda event: take(with_chance(event)), self._clock, rooms.writer)
        self._rooms = rooms

    async def _end(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None
        self._told += self._playground.told
        await self._rooms.writer.close()
        self._rooms.store.close()


def _news(message: ChatMessage, is_edit: bool) -> News:
    draft = message.draft
    if draft.reader is not None:
        return News(draft.reader.user, str(message.id), draft.text, (), None, aside=True)
    buttons = (*(choice for row in draft.choices for choice in row), *draft.sides)
    if draft.door is not None:
        buttons = (*buttons, Choice(f"{DOOR}{draft.door.start}", draft.door.label))
    user = IN_GROUP if draft.chat is Shared.GROUP else draft.chat.user
    told = None if is_edit else draft.text
    gone = draft.kind is Kind.GONE
    picture = draft.file is not None and draft.file.kind == "photo"
    return News(user, str(message.id), told, buttons, draft.link, draft.delivery, gone=gone, picture=picture)
