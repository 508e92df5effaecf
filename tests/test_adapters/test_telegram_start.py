"""From a phone to a sent message: the whole of Leeway, the real library, real HTTP, and a server of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import SecretStr

from adapters.telegram.adapter import Access, Telegram
from bot.settings import Settings
from bot.wiring.rooms import open_rooms
from scheduler.clock import SystemClock
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.judge import judge
from tests.doubles.telegram.objects import Person
from tests.doubles.telegram.rig import ANA
from tests.doubles.telegram.server import serving


def test_a_start_is_answered(tmp_path: Path) -> None:
    """Ana presses Start: she reads the first screen, with its button."""

    async def play(double: Double) -> None:
        double.says(ANA, "/start")
        await double.until(lambda: len(double.bots) == 2)

    double = asyncio.run(_played(tmp_path, play))
    welcome, terms = double.bots
    assert (welcome.text or "").startswith("Wanting to be close")
    assert terms.keyboard is not None
    assert terms.keyboard["inline_keyboard"][0][0]["text"] == "Fine with me"


def test_t01_a_chat_is_not_flooded(tmp_path: Path) -> None:
    """Ana presses Start five times: of the answers, three come at once, the others when three seconds are over."""

    async def play(double: Double) -> None:
        for _ in range(5):
            double.says(ANA, "/start")
        await double.until(lambda: len(double.bots) == 5)

    double = asyncio.run(_played(tmp_path, play))
    sent = [request.at for request in double.made("sendMessage")]
    assert all(later - earlier > 2.9 for earlier, later in zip(sent, sent[3:], strict=False))


def test_t07_what_waited_for_the_end_of_a_block_comes_then(tmp_path: Path) -> None:
    """Ana presses Start and blocks the bot at once; when she takes that back, she reads the first screen, unasked."""

    async def play(double: Double) -> None:
        double.says(ANA, "/start")
        double.blocks(ANA)
        await double.all_confirmed()
        await asyncio.sleep(2.5)  # the sender looks every second
        assert len(double.made("sendMessage")) <= 1
        double.blocks(ANA, back=True)
        await double.until(lambda: len(double.bots) == 2)

    double = asyncio.run(_played(tmp_path, play))
    assert [text.split()[0] for text in double.texts(ANA)] == ["Wanting", "Four"]


def test_t09_a_chat_that_moved_is_followed(tmp_path: Path) -> None:
    """The first words find out, and go once to the new id; all that follows goes there at once."""
    new = Person(-(2**52) + 1, "Ana")

    async def play(double: Double) -> None:
        double.people[new.id] = new
        double.migrated[ANA.id] = new.id
        double.says(ANA, "/start")
        await double.until(lambda: len(double.bots) == 2)

    double = asyncio.run(_played(tmp_path, play))
    assert [text.split()[0] for text in double.texts(new)] == ["Wanting", "Four"]
    assert [request.fields["chat_id"] for request in double.made("sendMessage")] == [
        str(each.id) for each in (ANA, new, new)
    ]


async def _played(folder: Path, play: Callable[[Double], Awaitable[None]]) -> Double:
    """The double after that, with everything of Leeway at work beside it."""
    clock = SystemClock()
    double = Double(clock.now)
    async with serving(double) as server, asyncio.timeout(20):
        adapter = Telegram(Access(TOKEN, server), clock)
        settings = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC")
        rooms = open_rooms(settings, folder, [adapter], clock)
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(adapter.run(rooms.receive)), tasks.create_task(rooms.sender.run())]
            await play(double)
            await double.all_confirmed()
            for task in running:
                task.cancel()
        await adapter.close()
        await rooms.writer.close()
        rooms.store.close()
    assert double.complaints == []
    assert judge(double) > 0
    return double
