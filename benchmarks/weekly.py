"""Many couples whose week's question is due in the same minute, and people who chat meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.couples import DAY, NOON, PLATFORM, ZONE, audits
from benchmarks.figures import Figure, figure, milliseconds, seconds
from benchmarks.folder import folder, store_in
from benchmarks.sizes import Sizes
from bot.app import leave_alone_what_stays
from bot.changes import Change, SaveAccount, SaveCouple, SavePerson
from bot.commands.start import TERMS_VERSION
from bot.engine.ids import CoupleId, PersonId
from bot.events import Command, Incoming, Profile, Sender
from bot.people import Account, AccountKey, Couple, Person
from bot.turns import Turns
from scheduler.clock import StandingClock
from scheduler.tick import Tick
from storage.store import SqlStore
from storage.writer import Writer

FRIDAY, TWELVE = 4, 12 * 60
AT_ONCE = 500  # couples that are met in one transaction
CHATTING = 50  # people who are in no couple
PAUSE = 0.02  # seconds between one and the next of them
A_WINK = 0.001  # seconds; how often the event loop is asked whether it still turns


@dataclass(frozen=True, slots=True)
class Evening:
    """What one such minute took, in seconds: until all was in the outbox, a person's turn meanwhile (95th
    percentile), the longest time in which the event loop did nothing else."""

    whole: float
    turn: float
    block: float


def measure(sizes: Sizes) -> Iterator[Figure]:
    """One evening after the other, each in a store of its own."""
    evenings = [asyncio.run(_evening(sizes.due)) for _ in range(sizes.evenings)]
    named = f"{sizes.due:,} couples due in one minute"
    yield figure(
        f"{named}: until all is in the outbox",
        [evening.whole for evening in evenings],
        seconds,
        goal="20 s",
        meets=lambda s: s <= 20,
    )
    yield figure(
        "– a person's turn meanwhile, 95th percentile",
        [evening.turn for evening in evenings],
        milliseconds,
        goal="50 ms",
        meets=lambda s: s < 0.05,
    )
    yield figure(
        "– longest block of the event loop",
        [evening.block for evening in evenings],
        milliseconds,
        goal="20 ms",
        meets=lambda s: s <= 0.02,
    )


async def _evening(due: int) -> Evening:
    with folder() as where:
        store = _met(where, due)
        writer = Writer(store.together)
        turns = Turns(store, audits())
        tick = Tick(store, turns.take, StandingClock(NOON), writer)
        waits, blocks = list[float](), list[float]()
        leave_alone_what_stays()
        others = [asyncio.ensure_future(work) for work in (_chat(writer, turns, waits), _watch(blocks))]
        try:
            begun = perf_counter()
            if await tick.run_due() != due:
                raise RuntimeError("not all of them had their turn")
            whole = perf_counter() - begun
        finally:
            for other in others:
                other.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await writer.close()
            store.close()
        return Evening(whole, sorted(waits)[len(waits) * 95 // 100], max(blocks))


async def _chat(writer: Writer, turns: Turns, waits: list[float]) -> None:
    """Somebody asks for help, and soon after somebody else; how long each waits for their turn to be kept."""
    for number in count(1):
        key = AccountKey(PLATFORM, number % CHATTING + 1)
        event = Incoming(f"chat:{number}", NOON, number, Sender(key, key.user, Profile("Ana")), Command("help"))
        begun = perf_counter()
        await writer.reply(partial(turns.take, event))
        waits.append(perf_counter() - begun)
        await asyncio.sleep(PAUSE)


async def _watch(blocks: list[float]) -> None:
    """How much later than it should a short sleep ends."""
    while True:
        begun = perf_counter()
        await asyncio.sleep(A_WINK)
        blocks.append(perf_counter() - begun - A_WINK)


def _met(where: Path, due: int) -> SqlStore:
    """A store with so many couples whose question is due, and some more people."""
    store = store_in(where)
    everybody = range(1, CHATTING + 2 * due + 1)
    for first in range(0, len(everybody), AT_ONCE):
        with store.turn() as unit:
            for number in everybody[first : first + AT_ONCE]:
                unit.keep(_person(PersonId(number)))
                if number > CHATTING and (number - CHATTING) % 2 == 0:
                    unit.keep([SaveCouple(_couple(PersonId(number - 1), PersonId(number)))])
    return store


def _person(person: PersonId) -> list[Change]:
    known = Person(person, "Ana", "en", ZONE, NOON - DAY, consent=TERMS_VERSION)
    return [SavePerson(known), SaveAccount(Account(AccountKey(PLATFORM, person), person, person, NOON - DAY))]


def _couple(one: PersonId, other: PersonId) -> Couple:
    return Couple(CoupleId(one), (one, other), NOON - 7 * DAY, FRIDAY, TWELVE, NOON, NOON - 7 * DAY)
