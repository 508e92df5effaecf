"""The one place where everything is wired: what the program runs, until it is told to end.

With a platform's token its people's store is in DATA_DIR; the playground has a folder, a store and a clock of its own.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bot.errors import ConfigurationError
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring import copies, doctor, keys, moving
from bot.wiring.people import health_page, people_rooms, platforms_of
from bot.wiring.playground import playground_page, playground_rooms
from bot.wiring.rooms import Rooms, Work, works_of
from scheduler.clock import StandingClock


async def serve(settings: Settings, say: Callable[[str], None], clock: Clock) -> None:
    """Runs until it is told to stop: each platform whose token there is, the playground where there is none or it is
    wanted beside. `say` tells where it is to be found; `clock` is people's: the playground has its own."""
    async with AsyncExitStack() as opened:
        works: list[Work] = []
        rooms: Rooms | None = None
        if platforms := platforms_of(settings):
            rooms = await opened.enter_async_context(people_rooms(settings, clock))
            works += works_of(rooms)
            say(f"Leeway serves {' and '.join(platforms)}. Ctrl+C ends it.")
        if settings.playground or rooms is None:
            well = partial(_is_well, rooms)
            serving, more = await opened.enter_async_context(
                playground_page(settings, say, well, None if rooms is None else rooms.measured)
            )
            works += more
        else:
            serving = health_page(settings, rooms, say)
        leave_alone_what_stays()
        await _until_the_first_ends(serving, works)


def leave_alone_what_stays() -> None:
    """All that stands now stays for as long as the program runs: looking through it for what can go would stop
    everything for 50 ms each time."""
    gc.collect()
    gc.freeze()


async def run_due(settings: Settings, at: int) -> int:
    """Runs what is due at that instant, once, and sends it; says how many turns that were."""
    clock = StandingClock(at)
    rooms_of = people_rooms if platforms_of(settings) else playground_rooms
    async with rooms_of(settings, clock) as rooms:
        turns = await rooms.tick.run_due()
        await rooms.sender.drain()
    return turns


def rotate_keys(settings: Settings, say: Callable[[str], None]) -> None:
    """Has every store's keys wrapped by a new key; `say` tells what came of it. Raises `ConfigurationError`."""
    keys.rotate(settings, say)


def back_up(settings: Settings, folder: Path, keys_folder: Path, say: Callable[[str], None]) -> None:
    """Copies people's store to a folder and its keys to another; `say` tells what was written. Raises
    `ConfigurationError`."""
    copies.back_up(settings, folder, keys_folder, say)


def restore(settings: Settings, folder: Path, keys_folder: Path, say: Callable[[str], None]) -> None:
    """Puts such a copy into DATA_DIR, where there is no store; `say` tells what came of it. Raises
    `ConfigurationError`."""
    copies.restore(settings, folder, keys_folder, say)


def examine(read: Callable[[], Settings], clock: Clock, say: Callable[[str], None]) -> bool:
    """Looks at everything that can be wrong around the bot; `say` tells of each, and what to do. Whether all is
    well."""
    return doctor.examine(read, clock, say)


def move(settings: Settings, to: str, say: Callable[[str], None]) -> None:
    """Takes people's store over from its file into PostgreSQL, at the address `to` or at the one that is set; `say`
    tells what came of it. Raises `ConfigurationError`."""
    moving.move(settings, to or settings.database_url.get_secret_value(), say)


def _is_well(rooms: Rooms | None) -> bool:
    """Whether people are served, where they are."""
    return rooms is None or rooms.is_well


async def _until_the_first_ends(serving: Work, works: Sequence[Work]) -> None:
    """Runs everything until the server ends; whatever fails ends all. Raises `ConfigurationError` bare."""
    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(_run(work)) for work in works]
            await serving()
            for task in running:
                task.cancel()
    except BaseExceptionGroup as group:
        if (mistake := _mistake(group)) is not None:
            raise mistake from None
        raise


def _mistake(group: BaseExceptionGroup) -> ConfigurationError | None:
    """What whoever runs the bot has to mend, wherever in a group it stands."""
    for error in group.exceptions:
        if isinstance(error, ConfigurationError):
            return error
        if isinstance(error, BaseExceptionGroup) and (mistake := _mistake(error)) is not None:
            return mistake
    return None


async def _run(work: Work) -> None:
    await work()
