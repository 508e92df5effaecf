"""Time that passes only when nothing else is left to do: an hour takes as long as what happens in it."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Selector(selectors.DefaultSelector):
    """Instead of waiting it moves the clock."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        """What has happened by the end of that time."""
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        self.passed += max(timeout, 0.0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own, in seconds from 0."""

    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        """How much time has passed."""
        return self._clock.passed


def run(scene: Coroutine[Any, Any, Result]) -> Result:
    """Plays a scene in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(scene)


class LoopClock:
    """The program's clock, moved by the loop's."""

    def __init__(self, begins: int) -> None:
        """It shows `begins` (epoch seconds) when the loop begins."""
        self._begins = begins

    def now(self) -> int:
        """Epoch seconds."""
        return self._begins + int(asyncio.get_running_loop().time())


class Inline:
    """Threads that are none: all is done at once."""

    async def reply(self, work: Callable[[], Result]) -> Result:
        """Does it."""
        return work()

    async def bulk(self, work: Callable[[], Result]) -> Result:
        """Does it."""
        return work()
