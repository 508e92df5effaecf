"""Telegram, wired: the store of real couples, and the menu of its commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.commanding import COMMANDS
from bot.commands import menu as menus
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.rooms import Rooms, opened
from bot.words.catalogue import SOURCE
from bot.words.content import Content, load_content
from bot.words.render import Reader, Renderer

if TYPE_CHECKING:  # its SDK is imported only where a token is set
    from adapters.telegram.menu import Menu


@asynccontextmanager
async def telegram_rooms(settings: Settings, clock: Clock) -> AsyncIterator[Rooms]:
    """The people on Telegram and what works for them, until they are closed."""
    from adapters.telegram.adapter import Access, Telegram

    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    access = Access(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    adapter = Telegram(access, clock, telegram_menus(load_content()), settings.data_dir / "telegram.menu")
    try:
        async with opened(settings, settings.data_dir, adapter, clock) as rooms:
            yield rooms
    finally:
        await adapter.close()


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
