"""Updates under way, confirmed only when they were taken.

An update is confirmed by the `offset` of the next poll, which forgets all before it. The library's own updater
confirms what it has merely heard; what was not yet done would be lost in a crash.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

BATCH = 100  # updates of one poll, the most that there are: https://core.telegram.org/bots/api#getupdates


class Offset:
    """Which updates are under way, and what may be confirmed."""

    def __init__(self) -> None:
        """None has come yet."""
        self._open: set[int] = set()
        self._done: set[int] = set()  # and not yet confirmed: the server may tell of it once more
        self._last: int | None = None
        self._idle = asyncio.Event()

    def next(self) -> int | None:
        """The first update that is still wanted, for a poll: what is before it was taken, and is confirmed by that."""
        if self._last is None:
            return None
        first = min(self._open, default=self._last + 1)
        self._done = {done for done in self._done if done >= first}
        return first

    def begin(self, update: int) -> bool:
        """One came; False when it is known already."""
        if update in self._open or update in self._done:
            return False
        # After a week of silence the server begins anew, at any number.
        known = self._open | self._done
        self._last = max(known | {update})
        self._open.add(update)
        self._idle.clear()
        return True

    def end(self, update: int) -> None:
        """One was taken."""
        self._open.discard(update)
        self._done.add(update)
        if not self._open:
            self._idle.set()

    def is_held_up_by(self, update: int) -> bool:
        """Whether that one alone keeps everybody's from being heard: all others that the server shows are done."""
        return self._open == {update} and len(self._done) >= BATCH - 1

    async def idle(self, patience: float) -> None:
        """Returns when nothing is under way any more, or after so many seconds."""
        if self._open:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._idle.wait()
