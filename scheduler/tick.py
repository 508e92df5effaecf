"""The tick: what is due becomes events, a few at a time, behind everybody who is waiting for an answer."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import structlog

from bot.events import Crowded, Due, SessionDue, WeekDue
from bot.ports import Clock, Store
from scheduler.faults import place
from scheduler.threads import Threads

BATCH: Final = 20  # architecture 3: due turns are taken twenty at a time
CHANCE_BITS: Final = 63

Take = Callable[[Due], object]

log = structlog.get_logger()


class Tick:
    """Takes what is due. `take` is the turn: run on the store's threads, it looks after its own retries."""

    def __init__(self, store: Store, take: Take, clock: Clock, writer: Threads) -> None:
        self._store = store
        self._take = take
        self._clock = clock
        self._writer = writer
        self._one_run = asyncio.Lock()

    async def run_due(self) -> int:
        """Takes all that is due now, each thing once; says how many turns went well."""
        async with self._one_run:
            return await self._run(self._clock.now())

    async def _run(self, now: int) -> int:
        """What was tried and is still due is left for the next run, and never hides what stands behind it."""
        tried: set[Due] = set()
        taken = stuck = 0
        while True:
            limit = BATCH + stuck
            due = await self._writer.bulk(partial(self._store.due, now, limit))
            fresh = [event for event in due if event not in tried][:BATCH]
            if not fresh and len(due) < limit:
                return taken
            stuck = sum(event in tried for event in due)
            tried.update(fresh)
            taken += await self._take_all(fresh)

    async def _take_all(self, events: Sequence[Due]) -> int:
        return sum(await asyncio.gather(*map(self._went_well, events)))

    async def _went_well(self, event: Due) -> bool:
        drawn = replace(event, chance=secrets.randbits(CHANCE_BITS))
        try:
            await self._writer.bulk(partial(self._take, drawn))
        except Exception as error:  # one failing event never stops the others
            log.error("tick.failed", due=_name(event), type=type(error).__name__, place=place(error))
            return False
        return True


def _name(event: Due) -> str:
    match event:
        case SessionDue(session=session):
            return f"session {session}"
        case WeekDue(couple=couple):
            return f"couple {couple}"
        case Crowded(group=group):
            return f"group {group}"
