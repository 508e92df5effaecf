"""A platform that takes down when each message arrived, and a town of chats that are written to, in virtual time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from bot.changes import Lane, Put, SaveAccount, SavePerson, Say
from bot.engine.ids import PersonId
from bot.engine.text import Text
from bot.errors import TryLater
from bot.ports import Capabilities, Message, Receipt, Receive
from scheduler.limits import limits_of
from scheduler.sender import Sender
from storage.memory import MemoryStore
from tests.test_scheduler.parts import NOON, account, person, render
from tests.test_scheduler.virtual import Inline, LoopClock

CAN = Capabilities(4096, 64, 100, edits=True, units="utf16")
QUICK, SLOW = 0.01, 0.06  # seconds to the platform, and as many back


@dataclass
class Recorder:
    """A platform that takes some time for each message. `refuses`: chats that are told to wait, and for how long."""

    platform: str = "telegram"
    can: Capabilities = CAN
    chance: Random = field(default_factory=lambda: Random(3))
    begun: dict[str, float] = field(default_factory=dict)
    arrived: list[tuple[float, int, str]] = field(default_factory=list)
    refuses: dict[int, float] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    caught_up: asyncio.Event = field(default_factory=asyncio.Event)
    hears: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, receive: Receive) -> None:
        """Nothing is heard."""

    async def send(self, message: Message) -> Receipt:
        """It arrives somewhere between the beginning and the end."""
        words, time = message.text or "", asyncio.get_running_loop().time
        self.begun[words] = time()
        await asyncio.sleep(self.chance.uniform(QUICK, SLOW))
        self.arrived.append((time(), message.chat, words))
        self.changed.set()
        if (after := self.refuses.get(message.chat)) is not None:
            raise TryLater(after)
        await asyncio.sleep(self.chance.uniform(QUICK, SLOW))
        return Receipt(f"m{len(self.arrived)}")

    def times(self, chat: int | None = None) -> list[float]:
        """When something arrived there, or anywhere."""
        return [at for at, where, _ in self.arrived if chat in (None, where)]

    def by_chat(self) -> dict[int, list[float]]:
        """When something arrived, chat by chat."""
        times: defaultdict[int, list[float]] = defaultdict(list)
        for at, chat, _ in self.arrived:
            times[chat].append(at)
        return times


class Town:
    """A store with chats, and a sender to a recorder with Telegram's limits."""

    def __init__(self, chats: Iterable[int]) -> None:
        """All of them have written, long ago; a person's number is the chat's, without its sign."""
        self.phones = Recorder()
        self.store = MemoryStore()
        self.put: dict[str, float] = {}
        self._ids = count(1)
        with self.store.turn() as unit:
            for chat in chats:
                known = replace(account(abs(chat)), chat=chat)
                unit.keep([SavePerson(person(abs(chat))), SaveAccount(known)])
        self.sender = Sender(
            self.store,
            {"telegram": self.phones},
            render,
            LoopClock(NOON),
            Inline(),
            limits=limits_of(),
            chance=Random(7),
        )

    def say(self, lane: Lane, *chats: int) -> list[str]:
        """A line to each of them; their words are the number of the line."""
        lines = [self._line(lane, chat) for chat in chats]
        with self.store.turn() as unit:
            unit.keep(lines)
        self.put |= dict.fromkeys([f"{line.id}" for line in lines], asyncio.get_running_loop().time())
        self.sender.wake()
        return [f"{line.id}" for line in lines]

    async def until_all_arrived(self) -> None:
        """Returns once everything that was said has arrived."""
        while len(self.phones.arrived) < len(self.put):
            self.phones.changed.clear()
            await self.phones.changed.wait()

    def _line(self, lane: Lane, chat: int) -> Put:
        number = next(self._ids)
        return Put(number, PersonId(abs(chat)), Say(Text(f"{number}")), lane, NOON)


def most_in(times: list[float], seconds: float) -> int:
    """How many at most arrived within any window of so many seconds."""
    times, most, first = sorted(times), 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
