"""Servers with their members and channels: what becomes of them, and what a program asks of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.discord.faults import RefusedError
from tests.doubles.discord.objects import PERMISSIONS, TEXT_CHANNEL, Json, Person, Request, Robot, stamp

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

VIEW, SEND = 1 << 10, 1 << 11  # permissions


@dataclass
class Channel:
    """A channel of text. `denied`: the permissions that nobody has there."""

    id: int
    name: str = "general"
    denied: int = 0

    def told(self, guild: Guild) -> Json:
        """As a channel."""
        told: Json = {"id": str(self.id), "type": TEXT_CHANNEL, "name": self.name, "guild_id": str(guild.id)}
        shut = {"id": str(guild.id), "type": 0, "allow": "0", "deny": str(self.denied)}
        told |= {"permission_overwrites": [shut] if self.denied else [], "nsfw": False, "topic": None}
        return told | {"position": self.id - guild.id, "parent_id": None, "flags": 0}


@dataclass
class Guild:
    """A server. `people`: who is in it, by id; `robots`: how many other bots; `off`: by how many members Discord's
    approximate number is wrong; `system`: where its own news are told."""

    id: int
    people: dict[int, Person] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    system: int | None = None
    robots: int = 0
    off: int = 0
    has_bot: bool = True
    is_away: bool = False
    joined: int = 0

    @property
    def room(self) -> Channel:
        """Its first channel."""
        return next(iter(self.channels.values()))

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.people) + self.robots + self.has_bot

    def told(self) -> Json:
        """As a server, to a member."""
        everyone: Json = {"id": str(self.id), "name": "@everyone", "permissions": PERMISSIONS, "position": 0}
        everyone |= {"color": 0, "flags": 0, "hoist": False, "managed": False, "mentionable": False}
        told: Json = {"id": str(self.id), "name": "Guild", "owner_id": "1", "roles": [everyone], "features": []}
        told |= {"emojis": [], "stickers": [], "preferred_locale": "en-US"}
        return told | {"system_channel_id": None if self.system is None else str(self.system)}

    def created(self, robot: Robot) -> Json:
        """As the gateway tells of it. Of its members nobody but the bot, without the intent for them."""
        myself: Json = {"user": robot.user(), "nick": None, "avatar": None, "roles": []}
        myself |= {"joined_at": stamp(self.joined), "deaf": False, "mute": False, "flags": 0, "pending": False}
        told = self.told() | {"member_count": self.size, "members": [myself], "joined_at": stamp(self.joined)}
        told |= {"channels": [channel.told(self) for channel in self.channels.values()], "threads": []}
        return told | {"voice_states": [], "presences": [], "large": False}


class Guilds:
    """All servers."""

    def __init__(self, double: Double) -> None:
        """None yet."""
        self._double = double
        self._all: dict[int, Guild] = {}

    def __iter__(self) -> Iterator[Guild]:
        """Those that the bot is in."""
        return iter([guild for guild in self._all.values() if guild.has_bot])

    def get(self, guild: int) -> Guild | None:
        """A server, whether the bot is in it or not."""
        return self._all.get(guild)

    def of(self, channel: int) -> Guild | None:
        """The server that a channel is in."""
        return next((guild for guild in self._all.values() if channel in guild.channels), None)

    # ---- what becomes of them

    def make(self, number: int, *people: Person, channels: int = 1, has_bot: bool = True) -> Guild:
        """One that was there before anybody looked."""
        numbers = range(number + 1, number + 1 + channels)
        made = Guild(number, {who.id: who for who in people}, {each: Channel(each) for each in numbers})
        made.has_bot, made.joined = has_bot, self._double.now()
        self._all[number] = made
        return made

    def brings(self, guild: Guild) -> None:
        """Somebody brings the bot."""
        guild.has_bot, guild.joined = True, self._double.now()
        self._double.push("GUILD_CREATE", guild.created(self._double.robot))

    def takes_out(self, guild: Guild) -> None:
        """Somebody takes the bot out, or the server is gone."""
        guild.has_bot = False
        self._double.push("GUILD_DELETE", {"id": str(guild.id)})

    def goes_away(self, guild: Guild) -> None:
        """Discord cannot reach it for a while."""
        guild.is_away = True
        self._double.push("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})

    def comes_back(self, guild: Guild) -> None:
        """Discord can again."""
        guild.is_away = False
        self._double.push("GUILD_CREATE", guild.created(self._double.robot) | {"unavailable": False})

    def deletes(self, channel: Channel) -> None:
        """Somebody deletes a channel."""
        guild = self.of(channel.id)
        assert guild is not None
        del guild.channels[channel.id]
        self._double.push("CHANNEL_DELETE", channel.told(guild))

    # ---- what a program may do

    def opened(self, channel: int, permission: int) -> Guild | None:
        """The server of a channel, of which the bot may do that; None where it is no server's channel. Raises
        `RefusedError` where it may not."""
        guild = self.of(channel)
        if guild is None:
            return None
        denied = guild.channels[channel].denied
        if not guild.has_bot or denied & VIEW:
            raise RefusedError(403, 50001, "Missing Access")
        if denied & permission:
            raise RefusedError(403, 50013, "Missing Permissions")
        return guild


def asked(double: Double, request: Request) -> Json:
    """A server, and how many are in it."""
    guild = _own(double, request)
    if request.query.get("with_counts", "0") not in {"1", "true"}:
        return guild.told()
    return guild.told() | {"approximate_member_count": guild.size + guild.off, "approximate_presence_count": 1}


def member(double: Double, request: Request) -> Json:
    """Somebody who is in it."""
    guild, user = _own(double, request), int(request.ids["user"])
    if user in guild.people:
        return guild.people[user].member()
    if user in double.people:
        raise RefusedError(404, 10007, "Unknown Member")
    raise RefusedError(404, 10013, "Unknown User")


def _own(double: Double, request: Request) -> Guild:
    guild = double.guilds.get(int(request.ids["guild"]))
    if guild is None:
        raise RefusedError(404, 10004, "Unknown Guild")
    if not guild.has_bot:
        raise RefusedError(403, 50001, "Missing Access")
    return guild
