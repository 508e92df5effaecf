"""The bot's menu and what stands on its card, per language. A nicety: where the server refuses, all else goes on."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from adapters.telegram.errors import word

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Menu:
    """What is shown in one language: commands with a few words on each, `about` in an empty chat, `short` on the
    bot's card. `language`: two letters, or none for everybody whose language has no menu of its own."""

    language: str
    private: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    about: str
    short: str


def fingerprint(bot: int, menus: Sequence[Menu]) -> str:
    """The same for the same menus of the same bot."""
    return hashlib.sha256(repr((bot, [astuple(menu) for menu in menus])).encode()).hexdigest()


async def show(bot: Bot, user: int, menus: Sequence[Menu], memory: Path) -> None:
    """Shows these menus, unless they are shown already: `memory` is a file that remembers which ones are."""
    print_ = fingerprint(user, menus)
    try:
        if _remembered(memory) == print_:
            return
        for menu in menus:
            await _show(bot, menu)
        await asyncio.to_thread(memory.write_text, print_)
    except TelegramError as error:
        log.warning("telegram.menu", error=word(error))  # at the next start again
    except OSError as error:
        log.warning("telegram.menu", error=type(error).__name__)


async def _show(bot: Bot, menu: Menu) -> None:
    language = menu.language or None
    for scope, commands in (
        (BotCommandScopeAllPrivateChats(), menu.private),
        (BotCommandScopeAllGroupChats(), menu.groups),
    ):
        await bot.set_my_commands([BotCommand(*each) for each in commands], scope, language)
    await bot.set_my_description(menu.about, language)
    await bot.set_my_short_description(menu.short, language)


def _remembered(memory: Path) -> str:
    return memory.read_text(errors="replace") if memory.exists() else ""
