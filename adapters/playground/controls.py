"""What the page can ask of the program beside its phones; bot/wiring/playground.py has the real one."""

from __future__ import annotations

from typing import Protocol


class Controls(Protocol):
    """The playground's clock and its fresh start."""

    def now(self) -> int:
        """What the playground's clock shows, in epoch seconds."""
        ...

    async def forward(self, seconds: int) -> None:
        """Moves the clock on, and returns when everything that became due has happened."""
        ...

    async def to_next(self) -> None:
        """Moves the clock to the next thing that is due; nothing is due: it stays."""
        ...

    async def start_over(self) -> None:
        """Forgets both people and all that they said, and sets the clock right."""
        ...


class Ready(Protocol):
    """Tells whether the program can work now."""

    def __call__(self) -> bool:
        """True once everything runs."""
        ...
