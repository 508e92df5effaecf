"""Replies behind a crowd of bulk messages, on a platform with Telegram's limits, in real time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.couples import DAY, NOON, ZONE
from benchmarks.figures import Figure, figure, milliseconds, seconds
from benchmarks.folder import folder, store_in
from benchmarks.sizes import Sizes
from bot.changes import Lane, Put, SaveAccount, SavePerson, Say
from bot.engine.ids import PersonId
from bot.engine.text import Text
from bot.people import Account, AccountKey, Person
from bot.ports import Capabilities, Message, Receipt, Receive, Row
from scheduler.clock import StandingClock
from scheduler.limits import PACES, limits_of
from scheduler.sender import Sender
from storage.store import SqlStore
from storage.writer import Writer

PLATFORM = "telegram"
CHATS, CHATTING = 400, 20
THERE_AND_BACK = 0.03  # seconds that the platform takes for a message
BETWEEN = 0.5  # seconds between one reply and the next


class Platform:
    """Takes a moment for each message, and remembers when it began."""

    platform = PLATFORM
    can = Capabilities(4096, 64, 100, edits=True, units="utf16")

    def __init__(self) -> None:
        self.begun: dict[int, float] = {}
        self.caught_up = asyncio.Event()
        self.hears = asyncio.Event()

    async def run(self, receive: Receive) -> None:
        """Nothing is heard."""

    async def send(self, message: Message) -> Receipt:
        """It arrives."""
        self.begun[message.delivery] = perf_counter()
        await asyncio.sleep(THERE_AND_BACK)
        return Receipt(str(message.delivery))


def measure(sizes: Sizes) -> Iterator[Figure]:
    """All bulk is put at once; then somebody is answered every half second until it has gone."""
    with folder() as where:
        waits, whole = asyncio.run(_crowd(where, sizes.bulk))
    room = PACES[PLATFORM].bot.count - PACES[PLATFORM].reserve
    named = f"a reply behind {sizes.bulk:,} bulk sends"
    yield figure(f"{named}: the longest wait", [max(waits)], milliseconds, goal="200 ms", meets=lambda s: s < 0.2)
    yield figure(f"– the median of {len(waits)} replies", [sorted(waits)[len(waits) // 2]], milliseconds)
    yield figure(f"– all bulk gone ({sizes.bulk / room:.0f} s at {room} a second)", [whole], seconds)


async def _crowd(where: Path, bulk: int) -> tuple[list[float], float]:
    store, platform = _met(where), Platform()
    writer = Writer(store.together)
    sender = Sender(store, {PLATFORM: platform}, _render, StandingClock(NOON), writer, limits=limits_of())
    ids, put = count(1), dict[int, float]()

    def keep(lane: Lane, *people: int) -> list[int]:
        lines = [Put(next(ids), PersonId(person), Say(Text("Kept.")), lane, NOON) for person in people]
        with store.turn() as unit:
            unit.keep(lines)
        put.update(dict.fromkeys([line.id for line in lines], perf_counter()))
        sender.wake()
        return [line.id for line in lines]

    crowd = keep(Lane.BULK, *(number % CHATS + 1 for number in range(bulk)))
    running = asyncio.ensure_future(sender.run())
    replies = await _answer(writer, partial(keep, Lane.REPLY), platform, crowd)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await writer.close()
    store.close()
    waits = [platform.begun[line] - put[line] for line in replies]
    return waits, max(platform.begun[line] for line in crowd) - put[crowd[0]]


async def _answer(writer: Writer, keep: Callable[[int], list[int]], platform: Platform, crowd: list[int]) -> list[int]:
    """Replies, one after the other to different people, until all of the crowd is on its way."""
    replies = list[int]()
    for number in count():
        await asyncio.sleep(BETWEEN)
        someone = CHATS - CHATTING // 2 + number % CHATTING + 1  # half of them wait for bulk, too
        replies += await writer.reply(partial(keep, someone))
        if platform.begun.keys() >= set(crowd):
            break
    await asyncio.sleep(1.0)
    return replies


def _render(row: Row) -> Message:
    return Message(row.account.key, row.account.chat, row.put.id, "Kept.")


def _met(where: Path) -> SqlStore:
    store = store_in(where)
    with store.turn() as unit:
        for number in range(1, CHATS + CHATTING + 1):
            known = Person(PersonId(number), "Ana", "en", ZONE, NOON - DAY)
            account = Account(AccountKey(PLATFORM, number), known.id, number, NOON - DAY)
            unit.keep([SavePerson(known), SaveAccount(account)])
    return store
