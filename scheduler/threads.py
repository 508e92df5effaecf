"""Where the store's work is done: on threads of its own, people's before everything else's."""

from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Threads(Protocol):
    """The store's threads, with two lanes."""

    async def reply(self, work: Callable[[], Result]) -> Result:
        """Does it before everything that waits in the other lane."""
        ...

    async def bulk(self, work: Callable[[], Result]) -> Result:
        """Does it when nobody waits for an answer."""
        ...
