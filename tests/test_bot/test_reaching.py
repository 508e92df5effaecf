"""Whether the platforms know the bot, and whether its clock is right: asked of the doubles, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.ports import Clock
from bot.settings import Settings, read_settings
from bot.wiring.findings import Finding
from bot.wiring.reaching import reach
from scheduler.clock import MovableClock, SystemClock
from tests.browser.programs import free_port
from tests.doubles.discord import double as discord
from tests.doubles.discord.server import serving as serving_discord
from tests.doubles.telegram import double as telegram
from tests.doubles.telegram.server import serving as serving_telegram

NOW = SystemClock().now
OTHERS = {"telegram": "700700701:AAEanotherAnotherAnotherAnotherAnothe", "discord": "A" * 24 + ".GdOuBl." + "o" * 38}


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set."""
    monkeypatch.chdir(tmp_path)


@asynccontextmanager
async def platforms(**doubles: telegram.Double | discord.Double) -> AsyncIterator[Settings]:
    """Settings with the doubles' addresses, and the tokens that they are told to know."""
    given: dict[str, str] = {}
    async with AsyncExitStack() as open_:
        for double in doubles.values():
            if isinstance(double, telegram.Double):
                server = await open_.enter_async_context(serving_telegram(double))
                given |= {"telegram_bot_token": telegram.TOKEN, "telegram_api_base": server}
            else:
                site = await open_.enter_async_context(serving_discord(double))
                given |= {"discord_bot_token": discord.TOKEN, "discord_api_base": site.rest}
        yield read_settings(data_dir="data", **given)


def _reached(clock: Clock, **doubles: telegram.Double | discord.Double) -> list[Finding]:
    async def asked() -> list[Finding]:
        async with platforms(**doubles) as settings:
            return await reach(settings, clock)

    return asyncio.run(asked())


def test_a_token_that_is_not_known() -> None:
    """Named, with where the right one is found, and not shown."""
    found = _reached(
        SystemClock(),
        telegram=telegram.Double(NOW, OTHERS["telegram"]),
        discord=discord.Double(NOW, OTHERS["discord"]),
    )
    assert [finding.is_well for finding in found] == [False, False, True]
    assert "@BotFather" in found[0].remedy
    assert "developer portal" in found[1].remedy
    assert not any(token in str(found) for token in (telegram.TOKEN, discord.TOKEN))


def test_a_platform_that_is_away() -> None:
    """What kind of error it was, and where to look; the clock could not be compared, and that is no mistake."""
    away = f"http://127.0.0.1:{free_port()}"
    settings = read_settings(telegram_bot_token=telegram.TOKEN, telegram_api_base=away)
    platform, clock = asyncio.run(reach(settings, SystemClock()))
    assert (platform.is_well, clock.is_well) == (False, True)
    assert "ConnectError" in platform.told
    assert "TELEGRAM_API_BASE" in platform.remedy
    assert telegram.TOKEN not in str(platform)


def test_a_platform_that_cannot_answer_now() -> None:
    """Its status is told."""
    double = telegram.Double(NOW)
    double.faults["getMe"].append(b"<html>Bad Gateway</html>")
    platform, _ = _reached(SystemClock(), telegram=double)
    assert platform.told == "answers with 502"


@pytest.mark.parametrize(("by", "way"), [(3_600, "ahead of"), (-3_600, "behind")])
def test_a_clock_that_is_wrong(by: int, way: str) -> None:
    """By how much, and how to set it."""
    _, clock = _reached(MovableClock(by), telegram=telegram.Double(NOW))
    assert not clock.is_well
    assert f"{way} Telegram's" in clock.told
    assert "3,6" in clock.told or "3,5" in clock.told
    assert "timedatectl" in clock.remedy


def test_without_a_token_nobody_is_asked() -> None:
    """The playground needs no platform."""
    (only,) = asyncio.run(reach(read_settings(), SystemClock()))
    assert only.is_well
