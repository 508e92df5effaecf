"""When something was done, by two clocks that are never quite the same."""

from __future__ import annotations

FRESH = 10  # seconds; what came sooner was done now, also where a platform's clock has whole seconds alone


def done_at(sent: int, now: int) -> int:
    """Epoch seconds: when the platform says that it was done, where it was on its way for longer; else `now`."""
    return sent if now - sent >= FRESH else now
