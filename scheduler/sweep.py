"""The sweep: once a day, what nobody needs any more goes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

import structlog

from bot.engine.ids import PersonId
from bot.events import Unheard
from bot.ports import Clock
from scheduler.faults import place
from scheduler.threads import Threads

MONTH: Final = 2_629_746  # seconds: a twelfth of 365.2425 days
BATCH: Final = 20
CHANCE_BITS: Final = 63

log = structlog.get_logger()


class Swept(Protocol):
    """A store that can be swept."""

    def sweep(self, now: int, records: int) -> bool:
        """Takes away a little of what is over; says whether there may be more."""
        ...

    def unheard(self, before: int, limit: int) -> Sequence[PersonId]:
        """People whom nothing was heard of since then."""
        ...


class Sweep:
    """Takes away what is over. `months`: for how long what people wrote is kept, and people of whom nothing is heard;
    0 for ever. `take` is the turn."""

    def __init__(
        self, store: Swept, take: Callable[[Unheard], object], clock: Clock, writer: Threads, months: int
    ) -> None:
        self._store = store
        self._take = take
        self._clock = clock
        self._writer = writer
        self._months = months

    async def run(self) -> None:
        """Everything that is over now, a little at a time and behind everybody who waits for an answer."""
        now = self._clock.now()
        before = now - self._months * MONTH if self._months else 0
        if self._months:
            await self._forget(now, before)
        while await self._writer.bulk(partial(self._store.sweep, now, before)):
            pass

    async def _forget(self, now: int, before: int) -> None:
        """Everything of people whom nothing was heard of; one that fails is tried again the next day."""
        tried: set[PersonId] = set()
        while people := await self._writer.bulk(partial(self._store.unheard, before, len(tried) + BATCH)):
            fresh = [person for person in people if person not in tried]
            if not fresh:
                return
            tried.update(fresh)
            for person in fresh:
                event = Unheard(person, before, now, secrets.randbits(CHANCE_BITS))
                try:
                    await self._writer.bulk(partial(self._take, event))
                except Exception as error:
                    log.error("sweep.failed", person=person, type=type(error).__name__, place=place(error))
