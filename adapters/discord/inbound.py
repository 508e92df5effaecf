"""What somebody did on Discord, as an event. Of what people write, only direct messages to the bot are heard; anywhere
else, commands, presses, and what is written into a form of the bot's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from discord import DMChannel, Interaction, Message, MessageType, RawMessageUpdateEvent, User
from discord.abc import User as AnyUser

from adapters.when import done_at
from bot.events import Command, Deed, Edited, Incoming, Place, Pressed, Profile, Sender, Typed, Unreadable
from bot.people import AccountKey, GroupKey

PLATFORM = "discord"

_SLASH = re.compile(r"/([a-z-]{1,32})(?:\s+|$)(.*)", re.IGNORECASE | re.DOTALL)


def message(told: Message, now: int, chance: int) -> Incoming | None:
    """The event of a message; None for what is not for us. `now` in epoch seconds."""
    if not _is_for_us(told):
        return None
    deed = _typed(told) or _unreadable(told)
    if deed is None:
        return None
    sender = _sender(told.author, told.channel.id)
    return Incoming(f"{PLATFORM}:{told.id}", _at(told.created_at, now), chance, sender, deed)


def edited(told: RawMessageUpdateEvent, now: int, chance: int) -> Incoming | None:
    """The event of an edit. A link that gets its preview is told as one, too; its words are the same."""
    after = told.message
    if after.edited_at is None or not _is_for_us(after) or not after.content:
        return None
    id_ = f"{PLATFORM}:{after.id}:{after.edited_at.timestamp():.6f}"
    sender, deed = _sender(after.author, after.channel.id), Edited(after.content, str(after.id))
    return Incoming(id_, _at(after.edited_at, now), chance, sender, deed)


def pressed(interaction: Interaction, now: int, chance: int) -> Incoming:
    """The event of a press."""
    return _interaction(interaction, Pressed(carried(interaction)), now, chance)


def carried(interaction: Interaction) -> str:
    """What a button that was pressed carries, or what was chosen in a select."""
    data: Mapping[str, Any] = interaction.data or {}
    chosen = data.get("values") or [data.get("custom_id", "")]
    return str(chosen[0])


def submitted(interaction: Interaction, now: int, chance: int) -> Incoming:
    """The event of a form that was sent in: the words in it."""
    return _interaction(interaction, _said(_written(interaction.data or {}), str(interaction.id)), now, chance)


def command(interaction: Interaction, name: str, argument: str, now: int, chance: int) -> Incoming:
    """The event of a slash command, wherever it was given."""
    return _interaction(interaction, Command(name, argument.strip()), now, chance)


def argument(interaction: Interaction) -> str:
    """What stood behind a slash command, whatever that was called."""
    data: Mapping[str, Any] = interaction.data or {}
    return " ".join(str(option.get("value", "")) for option in data.get("options", ()))


def is_private(interaction: Interaction) -> bool:
    """Whether it was done in the direct messages between somebody and the bot."""
    return interaction.guild_id is None and not interaction.context.private_channel


def is_seen_by_one(interaction: Interaction) -> bool:
    """Whether it was done under a message that nobody else sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def place(interaction: Interaction) -> Place | None:
    """The channel of a server in which it was done, if the bot is there: where somebody has only brought it along, it
    can say nothing by itself. What is done under a message that one alone sees is not done among others."""
    if interaction.guild_id is None or interaction.channel_id is None or is_seen_by_one(interaction):
        return None
    if interaction.is_user_integration() and not interaction.is_guild_integration():
        return None
    return Place(GroupKey(PLATFORM, interaction.channel_id), server=interaction.guild_id)


def unopened(user: int) -> int:
    """Stands for the direct messages of somebody with whom none were opened, as far as is known."""
    return -user


# ---- inside


def _interaction(interaction: Interaction, deed: Deed, now: int, chance: int) -> Incoming:
    known = interaction.channel_id if is_private(interaction) else None
    chat = known or unopened(interaction.user.id)
    sender = _sender(interaction.user, chat, str(interaction.locale), place(interaction))
    return Incoming(f"{PLATFORM}:{interaction.id}", _at(interaction.created_at, now), chance, sender, deed)


def _is_for_us(told: Message) -> bool:
    if told.type not in {MessageType.default, MessageType.reply} or not isinstance(told.channel, DMChannel):
        return False
    return isinstance(told.author, User) and not told.author.bot and told.webhook_id is None


def _sender(user: AnyUser, chat: int, language: str | None = None, where: Place | None = None) -> Sender:
    return Sender(AccountKey(PLATFORM, user.id), chat, Profile(user.display_name, language=language), where)


def _at(done: datetime, now: int) -> int:
    return done_at(int(done.timestamp()), now)


def _typed(told: Message) -> Typed | Command | None:
    if not told.content:
        return None
    reference = told.reference.message_id if told.reference else None
    return _said(told.content, str(told.id), str(reference) if reference else None)


def _said(text: str, message: str, reply_to: str | None = None) -> Typed | Command:
    """Words; a command that was written as words is one, too."""
    if slash := _SLASH.fullmatch(text):
        return Command(slash[1].lower(), slash[2].strip())
    return Typed(text, message, reply_to)


def _written(part: Mapping[str, Any]) -> str:
    """What stands in a form, or in a part of one."""
    inner = [part["component"]] if "component" in part else part.get("components", [])
    return str(part.get("value") or "") + "".join(map(_written, inner))


def _unreadable(told: Message) -> Unreadable | None:
    if told.stickers:
        return Unreadable("sticker")
    if not told.attachments:
        return None
    kind = (told.attachments[0].content_type or "").partition("/")[0]
    return Unreadable({"image": "photo", "audio": "voice"}.get(kind, "file"))
