"""Discord, wired: the adapter, and its slash commands in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commanding import COMMANDS
from bot.commands import menu as menus
from bot.engine.text import Text
from bot.grouping import ANSWERED_THERE
from bot.ports import Clock
from bot.settings import Settings
from bot.words.catalogue import SOURCE
from bot.words.content import Content
from bot.words.render import Reader, Renderer

if TYPE_CHECKING:  # its SDK is imported only where a token is set
    from adapters.discord.adapter import Discord
    from adapters.discord.slash import Slash, Words


def discord(settings: Settings, clock: Clock, content: Content) -> Discord:
    """The adapter of Discord."""
    from adapters.discord.adapter import Access, Discord

    token = settings.discord_bot_token.get_secret_value()
    access = Access(token, settings.discord_api_base, settings.discord_gateway_url)
    return Discord(access, clock, discord_commands(content), settings.data_dir / "discord.commands")


def discord_commands(content: Content) -> Slash:
    """Every command that somebody may give, those that exist."""
    from adapters.discord.slash import Pulled, Slash, Words

    render = Renderer(content).text

    def words(said: Text) -> Words:
        said_in = {language: render(said, Reader(language, "UTC")) for language in content.catalogue.languages}
        return Words(said_in.pop(SOURCE), said_in)

    there = {name: words(said) for name, said in menus.EVERY.items() if name in COMMANDS}
    behind = {name: words(said) for name, said in menus.BEHIND.items()}
    pulled = Pulled(words(menus.WRITE), words(menus.YOUR_WORDS), {"start": words(menus.NOT_FIRST)})
    return Slash(there, behind, words(menus.PRIVATELY), pulled, ANSWERED_THERE)
