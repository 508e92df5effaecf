"""The store of real couples, and the platforms on which they are: each whose token there is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.discord import discord
from bot.wiring.http import address, health, listen, server
from bot.wiring.moving import refuse_the_other
from bot.wiring.rooms import Rooms, Work, opened
from bot.wiring.telegram import telegram
from bot.words.content import load_content

if TYPE_CHECKING:  # an SDK is imported only where its token is set
    from adapters.discord.adapter import Discord
    from adapters.telegram.adapter import Telegram


def platforms_of(settings: Settings) -> list[str]:
    """The names of the platforms whose token there is."""
    tokens = {"Telegram": settings.telegram_bot_token, "Discord": settings.discord_bot_token}
    return [name for name, token in tokens.items() if token.get_secret_value()]


@asynccontextmanager
async def people_rooms(settings: Settings, clock: Clock) -> AsyncIterator[Rooms]:
    """The people on all of them and what works for them, until they are closed."""
    refuse_the_other(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = load_content()
    there = platforms_of(settings)
    adapters: list[Telegram | Discord] = []
    async with AsyncExitStack() as closing:
        if "Telegram" in there:
            adapters.append(telegram(settings, clock, content))
        if "Discord" in there:
            adapters.append(discord(settings, clock, content))
        for adapter in adapters:
            closing.push_async_callback(adapter.close)
        server = settings.database_url.get_secret_value()
        yield await closing.enter_async_context(opened(settings, settings.data_dir, adapters, clock, server=server))


def health_page(settings: Settings, rooms: Rooms, say: Callable[[str], None]) -> Work:
    """Tells whoever asks on this machine whether the program is well, until a signal ends it. `say` tells where."""
    listening = listen(settings.http_host, settings.http_port)
    say(f"Whether it is well: {address(settings, listening, 'readyz')}")
    return partial(server(health(lambda: rooms.is_well, rooms.measured, settings.http_host)).serve, [listening])
