"""The clocks that are handed in."""

import asyncio
import time

from scheduler.clock import MovableClock, StandingClock, SystemClock

NOON = 1_800_000_000
WEEK = 7 * 86_400


def test_the_system_clock_shows_the_time_of_the_machine() -> None:
    """Epoch seconds, rounded down."""
    before = int(time.time())
    assert before <= SystemClock().now() <= time.time()


def test_a_movable_clock_runs_ahead_of_the_real_one() -> None:
    """Its offset is what it was moved by, and can be read to be kept."""
    clock = MovableClock(offset=60, real=StandingClock(NOON))
    clock.forward(WEEK)
    assert (clock.now(), clock.offset) == (NOON + 60 + WEEK, 60 + WEEK)


def test_a_move_is_told() -> None:
    """Forward and set alike, so that it can be kept and what is due can happen."""
    told: list[int] = []
    clock = MovableClock(real=StandingClock(NOON))
    clock.on_moved = lambda: told.append(clock.now())
    clock.forward(60)
    clock.offset = 0
    assert told == [NOON + 60, NOON]


def test_waiting_ends_when_the_clock_is_moved_past_the_time() -> None:
    """A week passes at once."""

    async def play() -> None:
        clock = MovableClock(real=StandingClock(NOON))
        waiting = asyncio.ensure_future(clock.wait_until(NOON + WEEK))
        await asyncio.sleep(0)
        clock.forward(WEEK)
        await waiting

    asyncio.run(play())


def test_waiting_goes_on_when_the_clock_is_not_moved_far_enough() -> None:
    """A move only wakes; the time decides."""

    async def play() -> None:
        clock = MovableClock(real=StandingClock(NOON))
        waiting = asyncio.ensure_future(clock.wait_until(NOON + WEEK))
        for _ in range(3):
            clock.forward(60)
            await asyncio.sleep(0.01)
        assert not waiting.done()
        clock.forward(WEEK)
        await waiting

    asyncio.run(play())


def test_the_system_clock_waits_no_longer_than_it_must() -> None:
    """A time that has come is not waited for."""
    clock = SystemClock()
    asyncio.run(clock.wait_until(clock.now()))
