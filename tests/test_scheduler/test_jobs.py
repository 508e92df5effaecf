"""The program's few jobs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from scheduler.clock import MovableClock, StandingClock
from scheduler.jobs import Jobs

HOUR = 3600
NEVER = 10 * HOUR  # longer than any test


def _play(jobs: Jobs, scene: Callable[[], Awaitable[None]]) -> None:
    """Runs the jobs beside a scene and stops them at its end."""

    async def both() -> None:
        running = asyncio.ensure_future(jobs.run())
        try:
            await scene()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(both())


class Work:
    """A job that counts how often it was begun, and how often at the same time."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self._error = error
        self._counts: asyncio.Queue[int] = asyncio.Queue()

    async def do(self) -> None:
        """Goes through the gate, or fails."""
        self.begun += 1
        self._counts.put_nowait(self.begun)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self._error is not None:
                raise self._error
            await self.gate.wait()
        finally:
            self.at_once -= 1

    async def was_begun(self, times: int) -> None:
        """Returns once it was begun so often."""
        async with asyncio.timeout(5):
            while await self._counts.get() < times:
                pass


def test_a_job_is_done_again_and_again() -> None:
    """From the start on."""
    work, jobs = Work(), Jobs()
    jobs.every(0.01, "tick", work.do)
    _play(jobs, lambda: work.was_begun(3))


def test_a_job_can_be_done_at_once() -> None:
    """Without waiting for its time."""
    work, jobs = Work(), Jobs()
    jobs.every(NEVER, "tick", work.do)

    async def scene() -> None:
        await work.was_begun(1)
        jobs.now("tick")
        await work.was_begun(2)

    _play(jobs, scene)


def test_a_moved_clock_wakes_the_tick() -> None:
    """What became due by the move happens at once."""
    work, jobs = Work(), Jobs()
    jobs.every(NEVER, "tick", work.do)
    clock = MovableClock(on_moved=lambda: jobs.now("tick"), real=StandingClock(0))

    async def scene() -> None:
        await work.was_begun(1)
        clock.forward(HOUR)
        await work.was_begun(2)

    _play(jobs, scene)


def test_a_job_is_never_done_twice_at_a_time() -> None:
    """Rings that come while it is being done make it be done once more."""
    work, jobs = Work(), Jobs()
    work.gate.clear()
    jobs.every(0.001, "tick", work.do)

    async def scene() -> None:
        await work.was_begun(1)
        await asyncio.sleep(0.05)
        assert work.begun == 1
        work.gate.set()
        await work.was_begun(3)

    _play(jobs, scene)
    assert work.most_at_once == 1


def test_a_job_that_fails_is_done_again() -> None:
    """The log says where, and never what the error says."""
    work, jobs = Work(error=ValueError("what Ana typed")), Jobs()
    jobs.every(0.001, "tick", work.do)
    with capture_logs() as logs:
        _play(jobs, lambda: work.was_begun(2))
    assert (logs[0]["event"], logs[0]["job"], logs[0]["type"]) == ("job.failed", "tick", "ValueError")
    assert "Ana" not in str(logs)


def test_stopping_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A job in the middle is cancelled; that is no error, and no line a second is written before."""
    work, jobs = Work(), Jobs()
    work.gate.clear()
    jobs.every(0.001, "tick", work.do)
    caplog.set_level(logging.INFO)

    async def scene() -> None:
        await work.was_begun(1)
        await asyncio.sleep(0.02)

    _play(jobs, scene)
    assert (work.at_once, caplog.records) == (0, [])
