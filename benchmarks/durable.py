"""Durable turns, from an event to the committed outbox, against the raw floor of the same minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.audit import QUESTIONS
from benchmarks.couples import Couples, audits
from benchmarks.figures import Figure, figure, rate, share
from benchmarks.flight import IN_FLIGHT, timed
from benchmarks.floor import SESSIONS, Floor
from benchmarks.folder import folder, store_in
from benchmarks.sizes import Sizes
from bot.events import Incoming
from bot.turns import Turns
from storage.writer import Writer

WAYS = (1, IN_FLIGHT)

Rates = dict[int, list[float]]  # by how many were in flight: so many a second, for each round


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Floor and turns by turns, round after round, so that a disturbance meets both."""
    floor: Rates = {way: [] for way in WAYS}
    turns: Rates = {way: [] for way in WAYS}
    with folder() as where:
        asyncio.run(_rounds(where, sizes, floor, turns))
    shares = {way: [t / f for t, f in zip(turns[way], floor[way], strict=True)] for way in WAYS}
    yield figure("raw floor, a commit for each update", floor[1], rate)
    yield figure("raw floor, 16 in flight, shared commits", floor[IN_FLIGHT], rate)
    yield figure("durable turns, one by one", turns[1], rate, goal="800/s", meets=lambda r: r >= 800)
    yield figure("– beside the floor", shares[1], share)
    yield figure("durable turns, 16 in flight", turns[IN_FLIGHT], rate)
    yield figure("– beside the floor", shares[IN_FLIGHT], share, goal="1/6", meets=lambda r: r >= 1 / 6)


async def _rounds(where: Path, sizes: Sizes, floor: Rates, turns: Rates) -> None:
    raw, table = Floor(where / "floor.db"), _Table(where, sizes.people)
    updates = [number % SESSIONS for number in range(sizes.updates)]
    try:
        for _ in range(sizes.rounds):
            for way in WAYS:
                floor[way].append(len(updates) / await timed(updates, raw.update, way))
            for way, per_second in (await table.play()).items():
                turns[way].append(per_second)
    finally:
        await raw.close()
        await table.close()


class _Table:
    """The whole path: writer, turns, and a store in its file, with couples who play."""

    def __init__(self, where: Path, people: int) -> None:
        self._store = store_in(where)
        self._writer = Writer(self._store.together)
        self._turns = Turns(self._store, audits())
        self._couples = Couples(self._store, people)

    async def play(self) -> dict[int, float]:
        """Everybody's ten questions, one half of the people one by one; so many turns a second, each way."""
        for due in self._couples.next_play():
            self._turns.take(due)
        taken, seconds = dict.fromkeys(WAYS, 0), dict.fromkeys(WAYS, 0.0)
        for _ in range(QUESTIONS):
            done = self._couples.answers()
            for half, way in enumerate(WAYS):
                events = [done[person] for person in self._couples.people[half::2]]
                taken[way] += len(events)
                seconds[way] += await timed(events, self._take, way)
        self._couples.answers()  # the last lines are delivered, too
        return {way: taken[way] / seconds[way] for way in WAYS}

    async def close(self) -> None:
        await self._writer.close()
        self._store.close()

    def _take(self, event: Incoming) -> Awaitable[object]:
        return self._writer.reply(partial(self._turns.take, event))
