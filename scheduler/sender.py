"""The sender: from the outbox to the platforms, in order for each reader, side by side for many."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from random import Random, SystemRandom
from typing import Final

import structlog

from bot.changes import Lane
from bot.ports import Adapter, Again, Clock, Draw, Dropped, Gone, Moved, Outbox, Outcome, Overheard, Row, Sent
from scheduler.delivery import Courier, MadeAside, Render
from scheduler.faults import place
from scheduler.gate import Gate
from scheduler.limits import Limits
from scheduler.threads import Threads

POLL: Final = 1.0  # seconds; for what becomes due by itself
SETTLE_WAITS: Final = (1,) * 60 + (60,) * 60  # polls: a minute each second, then an hour each minute
GRACE: Final = 5.0  # seconds that what is on its way has when the program stops

log = structlog.get_logger()


class Sender:
    """Sends what the outbox holds. A row is committed as *sending* before it leaves, and settled after.

    `adapters` and `limits` are by platform; one without limits is not slowed down, and readers on a platform without
    an adapter wait for it. Only what may go at once is claimed: what the limits hold back is still *waiting*, is
    looked at again when its turn comes, and keeps nobody out. `chance` is for jitter. Without `draw` no picture comes.
    """

    def __init__(
        self,
        outbox: Outbox,
        adapters: Mapping[str, Adapter],
        render: Render,
        clock: Clock,
        threads: Threads,
        *,
        limits: Mapping[str, Limits] | None = None,
        chance: Random | None = None,
        draw: Draw | None = None,
        aside: MadeAside | None = None,
    ) -> None:
        self._outbox = outbox
        chance = chance or SystemRandom()
        gates = {name: Gate(name, (limits or {}).get(name)) for name in adapters}
        self._lines = [
            (gate, Courier(adapters[name], render, clock, chance, gate.halts, draw, aside))
            for name, gate in gates.items()
        ]
        self._clock = clock
        self._threads = threads
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None  # while it runs
        self._one_claim = asyncio.Lock()
        self.counted: Counter[str] = Counter()

    @property
    def ends(self) -> Mapping[str, Mapping[str, int]]:
        """How what was tried ended, by platform: how often in each of the ways of `scheduler/delivery.py`."""
        return {gate.platform: courier.ends for gate, courier in self._lines}

    def wake(self) -> None:
        """There may be something to send. May be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def recover(self) -> None:
        """After a start, before anything is sent: what was on its way then may have arrived."""
        await self._threads.reply(partial(self._outbox.recover, self._clock.now()))

    async def run(self) -> None:
        """Sends until cancelled; then what is on its way has a few seconds to arrive."""
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            pump = tasks.create_task(self._pump(tasks))
            try:
                await asyncio.Event().wait()
            finally:
                self._loop = None
                self._woken.set()
                await self._finish(pump)

    async def drain(self) -> None:
        """Sends all that may go now, waits for limits that hold some of it back, and returns when it was sent."""
        async with asyncio.TaskGroup() as tasks:
            left = True
            while left:
                left = await self._drain_once(tasks)

    async def _drain_once(self, tasks: asyncio.TaskGroup) -> bool:
        """One claim, and a wait for what it set on its way; whether there may be more. What arrives during a claim
        leaves its chat free for a row that the claim did not see: only a claim that began with nothing on its way is
        the last."""
        busy = bool(self._on_their_way())
        took = await self._take(tasks)
        if on_their_way := self._on_their_way():
            await asyncio.wait(on_their_way, return_when=asyncio.FIRST_COMPLETED)
            return True
        if (held_for := self._held_for()) < inf:
            await asyncio.sleep(held_for)
            return True
        return bool(took) or busy

    async def _pump(self, tasks: asyncio.TaskGroup) -> None:
        while self._loop is not None:
            try:
                await self._take(tasks)
            except Exception as error:  # this loop must never die
                log.error("sender.failed", type=type(error).__name__, place=place(error))
            await self._rest()

    async def _finish(self, pump: asyncio.Task[None]) -> None:
        """Never stops in the middle of a claim: a `once` row that was claimed and not sent would be lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await pump
                await asyncio.gather(*self._on_their_way())

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(min(POLL, self._held_for())):
                await self._woken.wait()
        self._woken.clear()

    def _on_their_way(self) -> set[asyncio.Task[None]]:
        return {task for gate, _ in self._lines for task in gate.tasks()}

    def _held_for(self) -> float:
        """In how many seconds the limits let more go than now; inf when they hold nothing back."""
        return min((gate.wait(_time()) for gate, _ in self._lines), default=inf)

    async def _take(self, tasks: asyncio.TaskGroup) -> int:
        """Claims what may go and sets it on its way, replies first; says how many rows that were."""
        taken = 0
        async with self._one_claim:
            for gate, courier in self._lines:
                for lane in (Lane.REPLY, Lane.BULK):
                    while rows := await self._claim(gate, lane):
                        for row in rows:
                            gate.begin(row, tasks.create_task(self._deliver(row, gate, courier)), _time())
                        taken += len(rows)
        return taken

    async def _claim(self, gate: Gate, lane: Lane) -> Sequence[Row]:
        now = self._clock.now()
        if not (room := gate.room(lane, _time(), now)):
            return ()
        closed = gate.closed(lane, _time(), now)
        return await self._threads.reply(partial(self._outbox.claim, now, room, closed, (lane,), gate.platform))

    async def _deliver(self, row: Row, gate: Gate, courier: Courier) -> None:
        try:
            outcome = await courier.bring(row)
        finally:
            gate.arrived(row, _time())
        self._note(row, outcome)
        await self._settle(row, outcome)
        gate.release(row)
        self._woken.set()

    async def _settle(self, row: Row, outcome: Outcome) -> None:
        """Keeps what became of it; until that is kept, nothing else goes to its reader.

        After an hour of trying it is left as *sending*: the next start finds it, as after a crash.
        """
        for wait in SETTLE_WAITS:
            try:
                return await self._threads.reply(partial(self._outbox.settle, row.put.id, outcome))
            except Exception as error:  # the store could not; it was sent, so that must be remembered
                log.error("sender.unsettled", delivery=row.put.id, type=type(error).__name__, place=place(error))
            await asyncio.sleep(wait * POLL)

    def _note(self, row: Row, outcome: Outcome) -> None:
        """Counts it, and tells of what did not arrive."""
        self.counted[type(outcome).__name__.lower()] += 1
        match outcome:
            case Dropped(why=why, error=error):
                log.warning("delivery.dropped", delivery=row.put.id, why=why, error=error)
            case Again(at=at, uncertain=uncertain):
                log.info("delivery.again", delivery=row.put.id, at=at, uncertain=uncertain)
            case Gone():
                log.info("delivery.unreachable", delivery=row.put.id)
            case Moved():
                log.info("delivery.moved", delivery=row.put.id)
            case Overheard():
                log.info("delivery.overheard", delivery=row.put.id)
            case Sent():
                log.debug("delivery.sent", delivery=row.put.id)


def _time() -> float:
    """The event loop's: it never goes back."""
    return asyncio.get_running_loop().time()
