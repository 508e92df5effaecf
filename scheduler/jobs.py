"""The program's few jobs, in memory: none per couple, for when something is due is a column."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC
from functools import partial
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.faults import place

TICK_SECONDS: Final = 1

Work = Callable[[], Awaitable[object]]

log = structlog.get_logger()


class Jobs:
    """Work that is done again and again.

    APScheduler only rings; the work is done in tasks of our own, so that it never runs twice at a time, stops
    when the program stops, and its errors stay ours.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._works: dict[str, tuple[Work, asyncio.Event]] = {}

    def every(self, seconds: float, name: str, work: Work) -> None:
        """Adds a job, before `run`; it is also done once at the start."""
        bell = asyncio.Event()
        bell.set()
        self._works[name] = (work, bell)
        self._scheduler.add_job(
            partial(_ring, bell),
            "interval",
            seconds=seconds,
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def now(self, name: str) -> None:
        """Does that job at once; once more, if it is being done."""
        self._works[name][1].set()

    async def run(self) -> None:
        """Does the jobs until cancelled."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every ring
        self._scheduler.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                for name, (work, bell) in self._works.items():
                    tasks.create_task(_keep_doing(name, work, bell))
        finally:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # it shuts down in the loop's next round


async def _ring(bell: asyncio.Event) -> None:
    bell.set()


async def _keep_doing(name: str, work: Work, bell: asyncio.Event) -> None:
    while True:
        await bell.wait()
        bell.clear()
        try:
            await work()
        except Exception as error:  # a job that fails once is done again
            log.error("job.failed", job=name, type=type(error).__name__, place=place(error))
