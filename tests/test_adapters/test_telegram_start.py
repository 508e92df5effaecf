"""From a phone to a sent message: the whole of Leeway, the real library, real HTTP, and a server of our own."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pydantic import SecretStr

from adapters.telegram.adapter import Access, Telegram
from bot.app import open_rooms
from bot.settings import Settings
from scheduler.clock import SystemClock
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.judge import judge
from tests.doubles.telegram.rig import ANA
from tests.doubles.telegram.server import serving


def test_a_start_is_answered(tmp_path: Path) -> None:
    """Ana presses Start: she reads the first screen, with its button."""
    double = asyncio.run(_start(tmp_path))
    welcome, terms = double.bots
    assert (welcome.text or "").startswith("Wanting to be close")
    assert terms.keyboard is not None
    assert terms.keyboard["inline_keyboard"][0][0]["text"] == "Fine with me"
    assert double.complaints == []
    assert judge(double) > 0


async def _start(folder: Path) -> Double:
    clock = SystemClock()
    double = Double(clock.now)
    async with serving(double) as server, asyncio.timeout(20):
        adapter = Telegram(Access(TOKEN, server), clock)
        rooms = open_rooms(Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC"), folder, adapter, clock)
        double.says(ANA, "/start")
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(adapter.run(rooms.receive)), tasks.create_task(rooms.sender.run())]
            await double.until(lambda: len(double.bots) == 2)
            await double.all_confirmed()
            for task in running:
                task.cancel()
        await adapter.close()
        await rooms.writer.close()
        rooms.store.close()
    return double
