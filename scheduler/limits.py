"""How fast a platform may be written to: sliding windows per bot, per chat and per group, with time handed in.

All times here are those of a clock that never goes back, in seconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from bot.changes import Lane

SPREAD: Final = 8  # parts of its window that bulk is spread over: a reply never waits for a whole batch to lapse
A_MOMENT: Final = 0.001  # seconds; nobody asks again sooner
BULK_AT_LEAST: Final = 1  # in a bot's window, however many replies there are: what can wait does not wait for ever


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any `seconds`."""

    count: int
    seconds: float


def _none(_chat: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Pace:
    """What a platform takes from one bot: in all (`bot`, of which bulk leaves `reserve` to replies), and in each chat
    (of which bulk leaves `chat_reserve`). Where groups have a rate of their own, `is_group` tells them by the id.
    """

    bot: Rate
    reserve: int
    chat: Rate
    chat_reserve: int = 0
    group: Rate | None = None
    is_group: Callable[[int], bool] = _none

    def of(self, chat: int) -> Rate:
        """The rate of that chat."""
        return self.group if self.group is not None and self.is_group(chat) else self.chat


# Telegram: about 30 a second, one a second in a chat but for short bursts, 20 a minute in a group, whose id is
# negative. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
PACES: Final[Mapping[str, Pace]] = {
    "telegram": Pace(
        bot=Rate(30, 1.0),
        reserve=5,
        chat=Rate(3, 3.0),
        chat_reserve=2,
        group=Rate(18, 60.0),
        is_group=lambda chat: chat < 0,
    ),
}


class Window:
    """The messages that count: those on their way, and those that arrived in the last seconds.

    A message arrives some time while it is on its way, nobody here knows when; so it counts from the moment it
    leaves until the whole window has passed since its sending ended.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._under_way = 0
        self._ended: deque[float] = deque()

    def count(self, now: float) -> int:
        """How many count now."""
        while self._ended and self._ended[0] <= now - self._seconds:
            self._ended.popleft()
        return self._under_way + len(self._ended)

    def wait(self, now: float, room: int) -> float:
        """How many seconds until fewer than `room` count: 0.0 when it is so, inf when what is on its way decides."""
        if self.count(now) < room:
            return 0.0
        return inf if self._under_way >= room else self._ended[self._under_way - room] + self._seconds - now

    def begin(self) -> None:
        """One more is on its way."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """One that was on its way has arrived, or never will."""
        self._under_way -= 1
        self._ended.append(now)


class Limits:
    """One bot's limits: what may go now, and what went."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._all = Window(pace.bot.seconds)
        self._bulk = Window(pace.bot.seconds)
        self._bulk_room = pace.bot.count - pace.reserve
        self._at_once = max(self._bulk_room // SPREAD, 1)
        self._just_now = Window(pace.bot.seconds * self._at_once / self._bulk_room)
        self._chats: dict[int, Window] = {}

    def room(self, lane: Lane, now: float) -> int:
        """How many messages of that lane may go now, each to a chat that is not full."""
        left, bulk = self._pace.bot.count - self._all.count(now), self._bulk.count(now)
        if lane is Lane.REPLY:
            return max(left - max(BULK_AT_LEAST - bulk, 0), 0)
        return max(min(left, self._bulk_room - bulk, self._at_once - self._just_now.count(now)), 0)

    def full(self, lane: Lane, now: float) -> frozenset[int]:
        """The chats that nothing of that lane may go to now. Those in which nothing counts any more are forgotten."""
        self._chats = {chat: window for chat, window in self._chats.items() if window.count(now)}
        return frozenset(c for c, window in self._chats.items() if window.count(now) >= self._chat_room(lane, c))

    def wait(self, now: float) -> float:
        """In how many seconds more may go than now; inf when nothing is held back, or what is on its way decides."""
        bot = self._pace.bot.count
        waits = [self._all.wait(now, bot), self._all.wait(now, bot - BULK_AT_LEAST)]
        waits += [self._bulk.wait(now, self._bulk_room), self._just_now.wait(now, self._at_once)]
        waits += [w.wait(now, self._chat_room(lane, c)) for c, w in self._chats.items() for lane in Lane]
        return max(min((wait for wait in waits if wait > 0), default=inf), A_MOMENT)

    def begin(self, lane: Lane, chat: int, now: float) -> None:
        """A message is on its way."""
        if chat not in self._chats:
            self._chats[chat] = Window(self._pace.of(chat).seconds)
        for window in self._windows(lane, chat):
            window.begin()
        if lane is Lane.BULK:
            self._just_now.begin()
            self._just_now.end(now)

    def end(self, lane: Lane, chat: int, now: float) -> None:
        """A message of that lane has arrived there, or never will."""
        for window in self._windows(lane, chat):
            window.end(now)

    def _windows(self, lane: Lane, chat: int) -> list[Window]:
        return [self._all, self._chats[chat], *([self._bulk] if lane is Lane.BULK else [])]

    def _chat_room(self, lane: Lane, chat: int) -> int:
        room = self._pace.of(chat).count
        return room if lane is Lane.REPLY else max(room - self._pace.chat_reserve, 1)


def limits_of(paces: Mapping[str, Pace] = PACES) -> dict[str, Limits]:
    """Limits for each platform that has any."""
    return {platform: Limits(pace) for platform, pace in paces.items()}
