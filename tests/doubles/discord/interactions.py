"""Interactions as they begin: who does something where, and what a program is told of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.doubles.discord import commands, objects
from tests.doubles.discord.guilds import Guild
from tests.doubles.discord.objects import DM, Interaction, Json, Person, Posted

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double


def begin(double: Double, who: Person, kind: int, channel: int, message: Posted | None) -> Interaction:
    """One that was not told of yet."""
    double.people[who.id] = who
    number, guild = double.number(), double.guilds.of(channel)
    token, at = f"interaction-token-{number}", double.now()
    interaction = Interaction(number, token, who, kind, at=at, started=time.monotonic(), channel=channel)
    interaction.guild, interaction.message = None if guild is None else guild.id, message
    interaction.is_users = channel != who.dm and (guild is None or not guild.has_bot)
    double.interactions[number] = interaction
    if message is not None and message.is_ephemeral and message.reader != who.id:
        double.complaints.append(f"{who.name} does not see that message")
    if guild is not None and who.id not in guild.people:
        double.complaints.append(f"{who.name} is not in that guild")
    return interaction


def context(interaction: Interaction) -> int:
    """In a guild, with the bot alone, or in a channel that some people have to themselves."""
    if interaction.guild is not None:
        return commands.GUILD
    return commands.BOT_DM if interaction.channel == interaction.who.dm else commands.PRIVATE


def announce(double: Double, interaction: Interaction, data: Json) -> None:
    """Tells the program."""
    told: Json = {"id": str(interaction.id), "application_id": str(double.robot.id), "type": interaction.kind}
    told |= {"data": data, "token": interaction.token, "version": 1, "locale": interaction.who.language}
    told |= {"entitlements": [], "app_permissions": objects.PERMISSIONS, "attachment_size_limit": 10 * 2**20}
    told |= {"context": context(interaction), "channel_id": str(interaction.channel)}
    if interaction.message is not None:
        told["message"] = double.told(interaction.message)
    guild = double.guilds.of(interaction.channel)
    double.push("INTERACTION_CREATE", told | (_apart(interaction) if guild is None else _inside(interaction, guild)))


def _apart(interaction: Interaction) -> Json:
    """What is told of one outside of guilds: with the bot, or where somebody has brought it along."""
    who = interaction.who
    is_bots = interaction.channel == who.dm
    channel = who.channel() | {"id": str(interaction.channel), "type": DM}
    owners = {"0": "0"} if is_bots else {"1": str(who.id)}
    return {"user": who.user(), "channel": channel, "authorizing_integration_owners": owners}


def _inside(interaction: Interaction, guild: Guild) -> Json:
    """What is told of one in a guild: where the bot is not, somebody has brought it along."""
    who, number = interaction.who, str(guild.id)
    told: Json = {"member": who.member(), "channel": guild.channels[interaction.channel].told(guild)}
    told |= {"guild_id": number, "guild": {"id": number, "locale": "en-US", "features": []}, "guild_locale": "en-US"}
    return told | {"authorizing_integration_owners": {"0": number} if guild.has_bot else {"1": str(who.id)}}
