"""What of a long message is there already, when the rest of it could not be sent."""

from __future__ import annotations

MOST = 1000  # deliveries that are remembered; the oldest is forgotten first


class HalfSent:
    """By delivery, the messages that are there: a try after a failed one goes on where that ended."""

    def __init__(self) -> None:
        """Nothing was begun yet."""
        self._there: dict[int, list[str]] = {}

    def take(self, delivery: int) -> list[str]:
        """The messages of a delivery that are there, in their order; they are remembered no longer."""
        return self._there.pop(delivery, [])

    def keep(self, delivery: int, messages: list[str]) -> None:
        """These messages of a delivery are there."""
        if messages:
            self._there[delivery] = messages
        while len(self._there) > MOST:
            del self._there[next(iter(self._there))]
