"""How work is given to a thread: one by one, or sixteen at a time, each waiting for its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import TypeVar

IN_FLIGHT = 16

Item = TypeVar("Item")
Give = Callable[[Item], Awaitable[object]]


async def timed(items: Sequence[Item], give: Give[Item], in_flight: int) -> float:
    """Gives all items, at most so many at once; the seconds until all were done."""
    begun = perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for first in range(in_flight):
            tasks.create_task(_one_by_one(items[first::in_flight], give))
    return perf_counter() - begun


async def _one_by_one(items: Sequence[Item], give: Give[Item]) -> None:
    for item in items:
        await give(item)
