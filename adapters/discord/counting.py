"""Who is in a server, counted just before something is said there that is for two alone."""

from __future__ import annotations

from discord import Client, Guild, HTTPException

from adapters.discord.errors import UNKNOWN_MEMBER, UNKNOWN_USER, Raised, among_others, unsent
from bot.errors import Overheard, Refused
from bot.ports import Among


async def count(client: Client, among: Among) -> None:
    """Raises `Overheard` unless those whom a message is for are in that server with the bot, and nobody else; another
    `DeliveryError` where it cannot be told now, or the bot is not there any more."""
    if among.people and not await _are_alone(client, among):
        raise Overheard


async def _are_alone(client: Client, among: Among) -> bool:
    try:
        return among.server is not None and await _is_just_them(await client.fetch_guild(among.server), among)
    except Raised as error:
        meaning = unsent(among_others(error))
        raise (Overheard() if isinstance(meaning, Refused) else meaning) from error


async def _is_just_them(guild: Guild, among: Among) -> bool:
    """The bot is a member as well. Of a server that small, Discord's approximate number is the number."""
    if not among.only or guild.approximate_member_count != among.people + 1:
        return False
    for account in among.only:
        if not await _is_member(guild, account.user):
            return False
    return True


async def _is_member(guild: Guild, user: int) -> bool:
    try:
        await guild.fetch_member(user)
    except HTTPException as error:
        if error.code in {UNKNOWN_MEMBER, UNKNOWN_USER}:
            return False
        raise
    return True
