"""Every platform with a group of Ana and Ben in the hand, so that the same tests are played over each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.inbound import IN_GROUP
from adapters.playground.messages import Guest, Happening, Kind, Owner
from adapters.playground.phones import Phones
from bot.people import AccountKey, GroupKey
from bot.ports import Adapter
from tests.doubles.discord import rig as discord
from tests.doubles.discord.guilds import SEND, Guild
from tests.doubles.discord.objects import Person as OnDiscordPerson
from tests.doubles.hand import Hand
from tests.doubles.telegram import rig as telegram
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.objects import Person as OnTelegramPerson

NAMES = ("ana", "ben", "eva")


class Gathering(Protocol):
    """A group of Ana and Ben, in which the bot is."""

    key: GroupKey
    accounts: dict[str, AccountKey]

    @property
    def adapter(self) -> Adapter:
        """The adapter of the platform."""
        ...

    @property
    def server(self) -> int | None:
        """The server that it is a channel of."""
        ...

    async def commands(self, who: str, name: str) -> None:
        """Somebody gives a command there."""
        ...

    async def presses(self, who: str, token: str) -> None:
        """Somebody presses a button there."""
        ...

    async def members(self, *who: str) -> None:
        """From now on these are in it."""
        ...

    async def mutes(self) -> None:
        """The bot may not write there any more."""
        ...

    def shown(self) -> list[tuple[str, list[str]]]:
        """What the bot has said there: words, and what stands on its buttons."""
        ...

    def told_alone(self) -> list[tuple[str, str]]:
        """What was said there to one alone."""
        ...


@dataclass
class OnPlayground:
    """The playground's group."""

    adapter: Playground
    server: int | None = None
    key: GroupKey = IN_GROUP.group
    accounts: dict[str, AccountKey] = field(
        default_factory=lambda: {name: AccountKey("playground", user) for user, name in enumerate(NAMES, 1)}
    )

    async def commands(self, who: str, name: str) -> None:
        """On the page."""
        await self.adapter.group.said(_player(who), f"/{name}")

    async def presses(self, who: str, token: str) -> None:
        """On the page."""
        await self.adapter.group.pressed(_player(who), token)

    async def members(self, *who: str) -> None:
        """On the page, where the two are always in it: a third comes or goes."""
        await self.adapter.group.changed(Guest.EVA, Happening.JOINED if "eva" in who else Happening.LEFT)

    async def mutes(self) -> None:
        """On the page."""
        await self.adapter.group.changed(Owner.ANA, Happening.MUTED)

    def shown(self) -> list[tuple[str, list[str]]]:
        """On the page."""
        drafts = [m.draft for m in self.adapter.since(0).messages if m.draft.chat == "group"]
        ours = [draft for draft in drafts if draft.author == "bot" and draft.kind is Kind.TEXT]
        return [(d.text, [c.label for row in (*d.choices, d.sides) for c in row] + _door(d)) for d in ours]

    def told_alone(self) -> list[tuple[str, str]]:
        """On the page."""
        drafts = [m.draft for m in self.adapter.since(0).messages]
        return [(str(draft.reader), draft.text) for draft in drafts if draft.kind is Kind.ASIDE]


def _player(who: str) -> Owner | Guest:
    return Guest.EVA if who == "eva" else Owner(who)


def _door(draft: Any) -> list[str]:
    return [] if draft.door is None else [draft.door.label]


@dataclass
class OnTelegram:
    """A group at the double of Telegram."""

    adapter: Adapter
    double: Any
    group: Group
    server: int | None = None

    def __post_init__(self) -> None:
        """The two are in it."""
        self._people = {"ana": telegram.ANA, "ben": telegram.BEN, "eva": OnTelegramPerson(33, "Eva")}
        self.accounts = {name: AccountKey("telegram", who.id) for name, who in self._people.items()}
        self.key = GroupKey("telegram", self.group.id)

    async def commands(self, who: str, name: str) -> None:
        """On their phone."""
        self.double.among.says_in(self.group, self._people[who], f"/{name}")

    async def presses(self, who: str, token: str) -> None:
        """On their phone."""
        self.double.presses(self._people[who], 1, token, self.group)

    async def members(self, *who: str) -> None:
        """The server knows."""
        self.group.members = {self._people[name].id: self._people[name] for name in who}

    async def mutes(self) -> None:
        """The server knows."""
        self.group.bot = "restricted"

    def shown(self) -> list[tuple[str, list[str]]]:
        """On their phones."""
        ours = [posted for posted in self.double.bots if posted.chat["id"] == self.group.id]
        return [
            (p.text, [b["text"] for row in (p.keyboard or {}).get("inline_keyboard", []) for b in row]) for p in ours
        ]

    def told_alone(self) -> list[tuple[str, str]]:
        """In the window of a press."""
        names = {who.id: name for name, who in self._people.items()}
        return [(names[user], text) for user, text in self.double.asides]


@dataclass
class OnDiscord:
    """A channel of a server at the double of Discord."""

    adapter: Adapter
    double: Any
    guild: Guild

    def __post_init__(self) -> None:
        """The two are in it."""
        self._people = {"ana": discord.ANA, "ben": discord.BEN, "eva": OnDiscordPerson(33, "Eva")}
        self.accounts = {name: AccountKey("discord", who.id) for name, who in self._people.items()}
        self.key, self.server = GroupKey("discord", self.guild.room.id), self.guild.id
        self.whispered: list[tuple[str, str]] = []
        names = {who.id: name for name, who in self._people.items()}
        self.double.on_whispered = lambda interaction, posted: self.whispered.append(
            (names[interaction.who.id], posted.content)
        )

    async def commands(self, who: str, name: str) -> None:
        """In their client."""
        self.double.commands_(self._people[who], name, channel=self.guild.room.id)

    async def presses(self, who: str, token: str) -> None:
        """In their client."""
        ours = [posted for posted in self.double.bots if posted.channel == self.guild.room.id]
        self.double.presses(self._people[who], ours[-1].id, token)

    async def members(self, *who: str) -> None:
        """The server knows."""
        self.guild.people = {self._people[name].id: self._people[name] for name in who}

    async def mutes(self) -> None:
        """The server knows."""
        self.guild.room.denied = SEND

    def shown(self) -> list[tuple[str, list[str]]]:
        """In their clients."""
        ours = [posted for posted in self.double.bots if posted.channel == self.guild.room.id]
        return [(p.content, [c["label"] for row in p.components for c in row["components"]]) for p in ours]

    def told_alone(self) -> list[tuple[str, str]]:
        """Ephemerally."""
        return self.whispered


@asynccontextmanager
async def _on_playground() -> AsyncIterator[Gathering]:
    phones = Phones(":memory:")
    adapter = Playground(phones, Hand())
    await adapter.group.changed(Owner.ANA, Happening.ADDED)
    for update in phones.updates():  # that it was brought is not what is looked at
        phones.heard(update.id)
    try:
        yield OnPlayground(adapter)
    finally:
        phones.close()


@asynccontextmanager
async def _on_telegram() -> AsyncIterator[Gathering]:
    async with telegram.rig() as at_work:
        group = at_work.double.among.founds(Group(-4200, bot="member"), telegram.ANA, telegram.BEN)
        yield OnTelegram(at_work.adapter, at_work.double, group)


@asynccontextmanager
async def _on_discord() -> AsyncIterator[Gathering]:
    async with discord.rig() as at_work:
        guild = at_work.double.guilds.make(5_000, discord.ANA, discord.BEN)
        yield OnDiscord(at_work.adapter, at_work.double, guild)


GATHERINGS = {"playground": _on_playground, "telegram": _on_telegram, "discord": _on_discord}
each = pytest.mark.parametrize("place", GATHERINGS)


def play(place: str, play: Callable[[Gathering], Awaitable[None]]) -> None:
    """Plays it there."""

    async def whole() -> None:
        async with GATHERINGS[place]() as there, asyncio.timeout(30):
            await play(there)

    asyncio.run(whole())
