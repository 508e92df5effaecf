"""A clock for the adapters over their doubles."""

from __future__ import annotations

NOON = 1_800_000_000


class Hand:
    """A clock that is set by hand."""

    def __init__(self, at: int = NOON) -> None:
        """It shows that time."""
        self.at = at

    def now(self) -> int:
        """Epoch seconds."""
        return self.at
