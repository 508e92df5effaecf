"""The store's thread: replies first, results and errors to whoever asked."""

import asyncio
import threading

import pytest

from bot.errors import StoreError
from storage.writer import Writer


def test_work_is_done_on_one_thread_of_its_own() -> None:
    """Its result goes to whoever asked."""

    async def play() -> tuple[int, int]:
        writer = Writer()
        found = await writer.reply(threading.get_ident), await writer.bulk(threading.get_ident)
        await writer.close()
        return found

    first, second = asyncio.run(play())
    assert first == second != threading.get_ident()


def test_an_error_goes_to_whoever_asked() -> None:
    """And the next work is done as ever."""

    async def play() -> None:
        writer = Writer()
        with pytest.raises(ZeroDivisionError):
            await writer.reply(lambda: 1 // 0)
        assert await writer.bulk(lambda: 7) == 7
        await writer.close()

    asyncio.run(play())


def test_replies_go_before_bulk() -> None:
    """What waits in a lane keeps its order."""
    done: list[str] = []

    async def play() -> None:
        writer, gate = Writer(), threading.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(writer.bulk(gate.wait))
            for name in ("b1", "b2"):
                tasks.create_task(writer.bulk(lambda name=name: done.append(name)))  # type: ignore[misc]
            for name in ("r1", "r2"):
                tasks.create_task(writer.reply(lambda name=name: done.append(name)))  # type: ignore[misc]
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            gate.set()
        await writer.close()

    asyncio.run(play())
    assert done == ["r1", "r2", "b1", "b2"]


def test_closing_does_what_was_asked_for() -> None:
    """What comes after it is refused."""
    done: list[int] = []

    async def play() -> None:
        writer, gate = Writer(), threading.Event()
        waits = [asyncio.ensure_future(writer.bulk(gate.wait))]
        works = [asyncio.ensure_future(writer.bulk(lambda n=n: done.append(n))) for n in (1, 2)]  # type: ignore[misc]
        await asyncio.sleep(0)
        gate.set()
        await writer.close()
        await asyncio.gather(*waits, *works)
        with pytest.raises(StoreError):
            await writer.reply(lambda: done.append(3))

    asyncio.run(play())
    assert done == [1, 2]


def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    """Cancelled before its turn, it never happens."""
    done: list[int] = []

    async def play() -> None:
        writer, gate = Writer(), threading.Event()
        first = asyncio.ensure_future(writer.bulk(gate.wait))
        second = asyncio.ensure_future(writer.bulk(lambda: done.append(1)))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        gate.set()
        await first
        await writer.close()

    asyncio.run(play())
    assert done == []
