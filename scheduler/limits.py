"""How fast a platform may be written to: sliding windows per bot and per chat, with time handed in."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Final

from bot.changes import Lane

SECOND: Final = 1.0
FORGET_OVER: Final = 10_000  # chats; idle ones are forgotten once there are more


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any `seconds`."""

    count: int
    seconds: float


class Window:
    """The messages of the last seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def wait(self, now: float, room: int) -> float:
        """How many seconds until there are fewer than `room`; 0.0 when there are now."""
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        return 0.0 if len(self._sent) < room else self._sent[-room] + self._seconds - now

    def count(self, now: float) -> None:
        """One more was sent."""
        self._sent.append(now)


class Halts:
    """The chats that their platform has told to wait (429), and until when; all others go on."""

    def __init__(self) -> None:
        self._until: dict[int, int] = {}

    def halt(self, chat: int, until: int) -> None:
        """Nothing goes there before `until` (epoch seconds)."""
        self._until[chat] = until

    def chats(self, now: int) -> frozenset[int]:
        """The chats that wait now."""
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        return frozenset(self._until)


class Limits:
    """One bot's limits: all messages, and those of a chat.

    `per_second` is for everything; bulk leaves `reserve` (less than that) of it to replies. `now` is the time
    of any clock that never goes back, in seconds.
    """

    def __init__(self, per_second: int, reserve: int, per_chat: Rate) -> None:
        self._rooms = {Lane.REPLY: per_second, Lane.BULK: per_second - reserve}
        self._per_chat = per_chat
        self._bot = Window(SECOND)
        self._chats: defaultdict[int, Window] = defaultdict(lambda: Window(per_chat.seconds))

    def take(self, lane: Lane, chat: int, now: float) -> float:
        """0.0: it may go now, and is counted. Else in how many seconds to ask again."""
        self._forget(now)
        windows = (self._bot, self._rooms[lane]), (self._chats[chat], self._per_chat.count)
        wait = max(window.wait(now, room) for window, room in windows)
        if wait <= 0:
            for window, _ in windows:
                window.count(now)
        return wait

    def _forget(self, now: float) -> None:
        if len(self._chats) > FORGET_OVER:
            for chat in [chat for chat, window in self._chats.items() if not window.wait(now, 1)]:
                del self._chats[chat]
