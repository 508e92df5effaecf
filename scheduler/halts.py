"""Who must be left in peace because the platform said so (429): one chat, or everything when it says so to several."""

from __future__ import annotations

from collections import deque
from typing import Final

SEVERAL: Final = 3  # chats; so many told to wait shortly after each other, and it is the bot that writes too much
SHORTLY: Final = 10  # seconds


class Halts:
    """What one platform has told to wait, and until when (epoch seconds); all else goes on."""

    def __init__(self) -> None:
        self._until: dict[int, int] = {}
        self._told: deque[tuple[int, int]] = deque()
        self._all_until = 0

    def halt(self, chat: int, until: int, now: int) -> None:
        """Nothing goes there before `until`; nothing at all, if several chats were told so in the last seconds."""
        self._until[chat] = max(until, self._until.get(chat, 0))
        self._told.append((now, chat))
        while self._told[0][0] < now - SHORTLY:
            self._told.popleft()
        if len({chat for _, chat in self._told}) >= SEVERAL:
            self._all_until = max(self._all_until, until)

    def everything(self, now: int) -> bool:
        """Whether nothing goes to this platform now."""
        return now < self._all_until

    def chats(self, now: int) -> frozenset[int]:
        """The chats that wait now."""
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        return frozenset(self._until)
