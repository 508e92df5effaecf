"""Telegram, wired: the adapter, and the menu of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commanding import COMMANDS
from bot.commands import menu as menus
from bot.ports import Clock
from bot.settings import Settings
from bot.words.catalogue import SOURCE
from bot.words.content import Content
from bot.words.render import Reader, Renderer

if TYPE_CHECKING:  # its SDK is imported only where a token is set
    from adapters.telegram.adapter import Telegram
    from adapters.telegram.menu import Menu


def telegram(settings: Settings, clock: Clock, content: Content) -> Telegram:
    """The adapter of Telegram."""
    from adapters.telegram.adapter import Access, Telegram

    access = Access(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    return Telegram(access, clock, telegram_menus(content), settings.data_dir / "telegram.menu")


def telegram_menus(content: Content) -> list[Menu]:
    """The menu in each language: of all its commands those that exist."""
    from adapters.telegram.menu import Menu

    render = Renderer(content).text

    def menu(language: str) -> Menu:
        reader = Reader(language, "UTC")
        there = [(name, render(words, reader)) for name, words in menus.ALL.items() if name in COMMANDS]
        return Menu(
            "" if language == SOURCE else language.split("-")[0],
            private=tuple(each for each in there if each[0] in menus.PRIVATE),
            groups=tuple(each for each in there if each[0] in menus.IN_A_GROUP),
            about=render(menus.ABOUT, reader),
            short=render(menus.SHORT, reader),
        )

    return [menu(language) for language in content.catalogue.languages]
