"""What a million couples cost who have nothing to do now: a tick, and a start."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import start
from benchmarks.couples import NOON, audits
from benchmarks.figures import Figure, figure, microseconds, seconds
from benchmarks.folder import folder, store_in
from benchmarks.sizes import Sizes
from benchmarks.town import build
from bot.turns import Turns
from scheduler.clock import StandingClock
from scheduler.tick import Tick
from storage.writer import Writer

ROOT = Path(__file__).resolve().parent.parent


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Ticks with nothing due, then starts from a file that the system has not in memory."""
    named = f"{sizes.couples:,} couples"
    with folder() as where:
        build(where, sizes.couples)
        ticks = [asyncio.run(_idle_tick(where, sizes.ticks)) for _ in range(sizes.rounds)]
        yield figure(f"idle tick, {named}", ticks, microseconds, goal="1 ms", meets=lambda s: s < 1e-3)
        starts = [_start(where) for _ in range(sizes.starts)]
        yield figure(
            f"start, {named}: from nothing to an open store",
            [whole for whole, _ in starts],
            seconds,
            goal="2 s",
            meets=lambda s: s < 2,
        )
        yield figure("– of it, opening the store", [opened for _, opened in starts], microseconds)


async def _idle_tick(where: Path, times: int) -> float:
    """The mean of some ticks, each through the store's thread and back."""
    store = store_in(where)
    writer = Writer(store.together)
    tick = Tick(store, Turns(store, audits()).take, StandingClock(NOON), writer)
    try:
        begun = perf_counter()
        for _ in range(times):
            if await tick.run_due():
                raise RuntimeError("this tick was not idle")
        return (perf_counter() - begun) / times
    finally:
        await writer.close()
        store.close()


def _start(where: Path) -> tuple[float, float]:
    """The seconds until a new process says that its store is open, and those that opening took."""
    for path in where.iterdir():
        _forget(path)
    begun = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", start.__name__, str(where)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.readline() if process.stdout else ""
        whole = perf_counter() - begun
    return whole, float(said)


def _forget(path: Path) -> None:
    """Lets the system forget a file that it has in memory, where it knows how to."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
