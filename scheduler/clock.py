"""The clocks that are handed in: the real one, one that stands still, and one that can be moved forward."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.ports import Clock

LONGEST_SLEEP: Final = 60  # seconds; a machine that slept, or was set, is noticed within this time


class SystemClock:
    """The time of this machine; nothing else in the program reads it."""

    def now(self) -> int:
        """Epoch seconds."""
        return int(time.time())

    async def wait_until(self, at: int) -> None:
        """Returns once it is `at` (epoch seconds)."""
        left = at - self.now()
        while left > 0:
            await asyncio.sleep(min(left, LONGEST_SLEEP))
            left = at - self.now()


@dataclass(frozen=True, slots=True)
class StandingClock:
    """A clock that always shows one time: for what is done as of a given moment."""

    at: int

    def now(self) -> int:
        """Epoch seconds."""
        return self.at


class MovableClock:
    """A clock that runs `offset` seconds ahead of another one. It is moved on the event loop only.

    `on_moved` is called after each move: the place to remember the offset and to let what is due happen.
    """

    def __init__(self, offset: int = 0, on_moved: Callable[[], None] = lambda: None, real: Clock | None = None) -> None:
        self._offset = offset
        self._real: Clock = real or SystemClock()
        self._moved = asyncio.Event()
        self.on_moved = on_moved

    @property
    def offset(self) -> int:
        """How far ahead it is, in seconds."""
        return self._offset

    @offset.setter
    def offset(self, seconds: int) -> None:
        self._offset = seconds
        self._moved.set()
        self._moved = asyncio.Event()
        self.on_moved()

    def now(self) -> int:
        """Epoch seconds."""
        return self._real.now() + self._offset

    def forward(self, seconds: int) -> None:
        """Moves it ahead by so much."""
        self.offset += seconds

    async def wait_until(self, at: int) -> None:
        """Returns once it is `at` (epoch seconds): by waiting, or because the clock was moved."""
        while (left := at - self.now()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LONGEST_SLEEP)):
                    await self._moved.wait()
