"""The gate to one platform: what may go there now, and what is on its way."""

from __future__ import annotations

import asyncio
from math import inf
from typing import Final

from bot.changes import Lane
from bot.ports import Row
from scheduler.halts import Halts
from scheduler.limits import Limits

SENDS: Final = 32  # on their way at once
BULK_SENDS: Final = 24  # of these, so that replies never wait for bulk that hangs


class Gate:
    """What is on its way to a platform, and how much more may go; bulk never takes all the room there is.

    `time` is that of the event loop; `now` is the program's clock. Without limits only `SENDS` counts.
    """

    def __init__(self, platform: str, limits: Limits | None) -> None:
        self.platform = platform
        self.halts = Halts()
        self._limits = limits
        self._rows: dict[int, Row] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def room(self, lane: Lane, time: float, now: int) -> int:
        """How many rows of that lane may go now."""
        if self.halts.everything(now):
            return 0
        room = SENDS - len(self._rows)
        if lane is Lane.BULK:
            room = min(room, BULK_SENDS - sum(row.put.lane is Lane.BULK for row in self._rows.values()))
        return room if self._limits is None else min(room, self._limits.room(lane, time))

    def closed(self, lane: Lane, time: float, now: int) -> tuple[int, ...]:
        """The chats that nothing of that lane may go to now."""
        under_way = frozenset(row.account.chat for row in self._rows.values())
        full = self._limits.full(lane, time) if self._limits is not None else frozenset()
        return tuple(under_way | full | self.halts.chats(now))

    def wait(self, time: float) -> float:
        """In how many seconds the limits let more go than now; inf when they hold nothing back."""
        return inf if self._limits is None else self._limits.wait(time)

    def begin(self, row: Row, task: asyncio.Task[None], time: float) -> None:
        """It is on its way, until that task ends."""
        self._rows[row.put.id] = row
        self._tasks[row.put.id] = task
        if self._limits is not None:
            self._limits.begin(row.put.lane, row.account.chat, time)

    def arrived(self, row: Row, time: float) -> None:
        """The platform has it, or never will; what became of it is still to be kept."""
        if self._limits is not None:
            self._limits.end(row.put.lane, row.account.chat, time)

    def release(self, row: Row) -> None:
        """It is settled."""
        del self._rows[row.put.id], self._tasks[row.put.id]

    def tasks(self) -> set[asyncio.Task[None]]:
        """Everything that is on its way."""
        return set(self._tasks.values())
