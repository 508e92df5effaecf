"""What becomes of the servers that the bot is in, as events. Of who is in them it is told nothing."""

from __future__ import annotations

from discord import Guild, TextChannel
from discord.abc import GuildChannel

from adapters.discord.inbound import PLATFORM
from bot.events import Added, Incoming, Place, Removed, Sender, nobody
from bot.people import GroupKey

SMALL = 4  # members of a server in which the bot speaks up by itself: the two, the bot and one more


def joined(guild: Guild, now: int, chance: int) -> Incoming | None:
    """The bot was brought to a server. In a large one it waits until somebody asks it; so it does where it may write
    nowhere."""
    if guild.member_count is None or guild.member_count > SMALL or (channel := _first(guild)) is None:
        return None
    event = f"{guild.id}:added:{_since(guild, now)}"
    return Incoming(f"{PLATFORM}:guild:{event}", now, chance, _nobody(guild, channel.id), Added())


def left(guild: Guild, now: int, chance: int) -> Incoming:
    """The bot was taken out of a server, or that is gone: all of its channels."""
    event = f"{guild.id}:removed:{_since(guild, now)}"
    return Incoming(f"{PLATFORM}:guild:{event}", now, chance, _nobody(guild, guild.id), Removed(everywhere=True))


def deleted(channel: GuildChannel, now: int, chance: int) -> Incoming:
    """A channel is gone."""
    event = f"{channel.guild.id}:channel:{channel.id}"
    return Incoming(f"{PLATFORM}:guild:{event}", now, chance, _nobody(channel.guild, channel.id), Removed())


def _nobody(guild: Guild, chat: int) -> Sender:
    return nobody(Place(GroupKey(PLATFORM, chat), server=guild.id))


def _since(guild: Guild, now: int) -> int:
    """Since when the bot has been there, which tells one stay from the next; `now` where that is not known."""
    joined = getattr(guild.me, "joined_at", None)  # there is no such member of a server that is away
    return now if joined is None else int(joined.timestamp())


def _first(guild: Guild) -> TextChannel | None:
    """Where the server's own news are told, else the first channel; the bot has to be able to write there."""
    own = [] if guild.system_channel is None else [guild.system_channel]
    return next((channel for channel in (*own, *guild.text_channels) if _may_write(channel)), None)


def _may_write(channel: TextChannel) -> bool:
    there = channel.guild.me  # None, where the server was told of by half
    return bool(there) and channel.permissions_for(there).send_messages  # never, where it may not look
