"""Lines: what is done in one chat is taken in its order, all chats side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lines(Generic[Item]):
    """A line per chat: what came there is taken one after the other, all lines side by side."""

    def __init__(self, tasks: asyncio.TaskGroup, take: Callable[[Item], Awaitable[None]]) -> None:
        """Lines with nobody in them."""
        self._tasks = tasks
        self._take = take
        self._lines: dict[int, deque[Item]] = {}

    def add(self, chat: int, item: Item) -> None:
        """One more, behind what came before it in its chat."""
        if (line := self._lines.get(chat)) is not None:
            line.append(item)
            return
        self._lines[chat] = line = deque([item])
        self._tasks.create_task(self._serve(chat, line))

    async def _serve(self, chat: int, line: deque[Item]) -> None:
        while line:
            await self._take(line.popleft())
        del self._lines[chat]
