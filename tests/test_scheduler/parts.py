"""What the scheduler's tests are played with: people, their phones, and a sender between them and a store."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from random import Random
from typing import Protocol

from bot.changes import Change, Lane, Put, SaveAccount, SavePerson, Say
from bot.engine.ids import PersonId, SessionId
from bot.engine.text import Text
from bot.people import Account, AccountKey, Person
from bot.ports import Capabilities, Message, Outbox, Receipt, Receive, Row, Store
from scheduler.clock import MovableClock, StandingClock
from scheduler.limits import Limits
from scheduler.sender import Sender
from scheduler.threads import Threads

NOON = 1_800_000_000  # a Friday in January, eight in the morning in Lisbon
ANA, BEN, CLEO = PersonId(1), PersonId(2), PersonId(3)


class Memory(Store, Outbox, Protocol):
    """A store with its outbox."""


class MakePost(Protocol):
    """Makes a sender to phones."""

    def __call__(self, phones: Phones | None = None, limits: Mapping[str, Limits] | None = None) -> Post:
        """Ana and Ben are known to its store."""
        ...


class Crash(BaseException):
    """The process dies here."""


class Phones:
    """A platform in memory: what arrived where, and what goes wrong next."""

    platform = "telegram"

    def __init__(self, *, nonce: bool = False) -> None:
        self.can = Capabilities(4096, 64, 100, edits=True, units="utf16", nonce=nonce)
        self.arrived: list[tuple[int, str]] = []
        self.under_way: list[int] = []
        self.fails: defaultdict[int, deque[BaseException]] = defaultdict(deque)
        self.closed: defaultdict[int, asyncio.Event] = defaultdict(_opened)
        self.changed = asyncio.Event()
        self.caught_up = asyncio.Event()
        self.hears = asyncio.Event()

    async def run(self, receive: Receive) -> None:
        """Nothing is heard."""

    async def send(self, message: Message) -> Receipt:
        """Delivers it once the line is open; `Crash` comes after it has arrived, all else instead of it."""
        user = message.account.user
        self.under_way.append(user)
        self.changed.set()
        await self.closed[user].wait()
        self.under_way.remove(user)
        error = self.fails[user].popleft() if self.fails[user] else None
        if error is None or isinstance(error, Crash):
            self.arrived.append((user, message.text or ""))
            self.changed.set()
        if error is not None:
            raise error
        return Receipt(f"m{len(self.arrived)}")

    def heard(self, user: int) -> list[str]:
        """What arrived on that phone."""
        return [text for to, text in self.arrived if to == user]

    def close(self, *users: int) -> None:
        """Messages to them leave, and do not arrive."""
        for user in users:
            self.closed[user] = asyncio.Event()

    def open(self, *users: int) -> None:
        """Messages to them arrive again."""
        for user in users:
            self.closed[user].set()


class Post:
    """A store, a clock that stands at noon until it is moved, and a sender to the phones."""

    def __init__(
        self,
        store: Memory,
        threads: Threads,
        phones: Phones | None = None,
        limits: Mapping[str, Limits] | None = None,
    ) -> None:
        self.store = store
        self.threads = threads
        self.phones = phones or Phones()
        self.clock = MovableClock(real=StandingClock(NOON))
        self.sender = Sender(
            store, {"telegram": self.phones}, render, self.clock, threads, limits=limits, chance=Random(7)
        )
        self._ids = count(1)

    def meet(self, *people: int) -> None:
        """They have written to the bot, long ago."""
        for number in people:
            self.keep(SavePerson(person(number)), SaveAccount(account(number)))

    def say(self, to: int, words: str, lane: Lane = Lane.REPLY, **more: object) -> None:
        """A line goes into the outbox."""
        line = Put(next(self._ids), PersonId(to), Say(Text(words)), lane, self.clock.now())
        self.keep(replace(line, **more))  # type: ignore[arg-type]

    def keep(self, *changes: Change) -> None:
        """A turn that brings this about."""
        with self.store.turn() as unit:
            unit.keep(changes)

    async def until(self, *, arrived: int = 0, under_way: int = 0) -> None:
        """Returns once so many messages have arrived, and so many are under way."""
        async with asyncio.timeout(10):
            while len(self.phones.arrived) < arrived or len(self.phones.under_way) < under_way:
                self.phones.changed.clear()
                await self.phones.changed.wait()


def person(number: int) -> Person:
    """Somebody in Lisbon."""
    return Person(PersonId(number), f"Person {number}", "en", "Europe/Lisbon", NOON - 86_400)


def account(number: int, *, reachable: bool = True, heard: int = NOON - 86_400) -> Account:
    """Their account; the chat's number is the person's."""
    return Account(AccountKey("telegram", number), PersonId(number), number, heard, reachable)


def render(row: Row) -> Message:
    """A line, as its words. One that says "unspeakable" cannot be rendered."""
    assert isinstance(row.put.content, Say)
    words = row.put.content.text.key
    if words == "unspeakable":
        raise ValueError(words)
    return Message(row.account.key, row.account.chat, row.put.id, words)


def session(number: int) -> SessionId:
    """A session's id."""
    return SessionId(number)


def _opened() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event
