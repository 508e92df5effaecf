"""What tells everybody who listens that something changed."""

from __future__ import annotations

import asyncio


class Bell:
    """Rings for everybody who listens, whenever the phones changed."""

    def __init__(self) -> None:
        """A bell that has not rung yet."""
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Rings once."""
        self._rung.set()
        self._rung = asyncio.Event()

    def next(self) -> asyncio.Event:
        """What is set at the next ring: take it first, look then, and wait for it last."""
        return self._rung
