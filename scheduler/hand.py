"""The rows that the sender has in hand: claimed, and on their way."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.changes import Lane
from bot.ports import Row

SENDS: Final = 16  # on their way at once
BULK_SENDS: Final = 12  # of these, so that replies never wait for bulk that hangs


class Hand:
    """What is on its way, by row; bulk never takes all the room there is."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def room(self) -> int:
        """How many rows to claim now; when bulk has its share, one by one, to see whether it is a reply."""
        room = SENDS - len(self._rows)
        bulk = BULK_SENDS - self._bulk()
        return min(room, max(bulk, 1))

    def has_room_for(self, row: Row) -> bool:
        """Whether it may go now, without taking the share of replies."""
        return row.put.lane is Lane.REPLY or self._bulk() < BULK_SENDS

    def chats(self) -> frozenset[int]:
        """The chats that something is on its way to."""
        return frozenset(row.account.chat for row in self._rows.values())

    def hold(self, row: Row, task: asyncio.Task[None]) -> None:
        """It is on its way, until that task ends."""
        self._rows[row.put.id] = row
        self._tasks[row.put.id] = task

    def release(self, row: Row) -> None:
        """It is settled."""
        del self._rows[row.put.id], self._tasks[row.put.id]

    def tasks(self) -> set[asyncio.Task[None]]:
        """Everything that is on its way."""
        return set(self._tasks.values())

    def _bulk(self) -> int:
        return sum(row.put.lane is Lane.BULK for row in self._rows.values())
