"""Everything that can go wrong, in one tree.

LeewayError
├── ConfigurationError      what a person who runs the bot has to mend: settings, content, catalogues, keys, database
├── ExerciseError           an exercise raised, or breaks a rule of the engine (lives in bot.engine.errors)
├── StoreError              the store could not do its work; the event is not marked, and comes again
└── DeliveryError           what an adapter's `send` may raise
    ├── TryLater            certainly not delivered; again after a while
    ├── Uncertain           perhaps delivered
    ├── Unreachable         blocked, closed, gone
    ├── Migrated            the chat has a new id
    ├── Overheard           there are others than it is for
    └── Refused             the platform says no to what we sent: our mistake
"""

from __future__ import annotations

from collections.abc import Sequence


class LeewayError(Exception):
    """Something in Leeway went wrong."""


class ConfigurationError(LeewayError):
    """What has to be mended before the program can start, every mistake in a line of its own."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        """Holds all mistakes at once."""
        super().__init__(*mistakes)
        self.mistakes = tuple(mistakes)

    def __str__(self) -> str:
        """A line per mistake."""
        return "\n".join(self.mistakes)


class StoreError(LeewayError):
    """The store could not do its work; nothing of the turn was kept."""


class DeliveryError(LeewayError):
    """A message was not, or perhaps not, delivered."""


class TryLater(DeliveryError):
    """The message certainly did not arrive and may be sent again, `after` seconds from now if the platform said so."""

    def __init__(self, after: float | None = None) -> None:
        """Holds the platform's own waiting time, in seconds."""
        super().__init__(after)
        self.after = after


class Uncertain(DeliveryError):
    """The message may have arrived; the platform did not say."""


class Unreachable(DeliveryError):
    """The account cannot be written to: blocked, closed or gone. Nothing is deleted because of it."""


class Migrated(DeliveryError):
    """The chat goes on under another id."""

    def __init__(self, chat: int) -> None:
        """Holds the new id."""
        super().__init__(chat)
        self.chat = chat


class Overheard(DeliveryError):
    """The message is for the two of a couple alone, and others are there, or may be. It was not sent."""


class Refused(DeliveryError):
    """The platform refused what was sent. `why` is the platform's word for it, never the message."""

    def __init__(self, why: str) -> None:
        """Holds the platform's reason."""
        super().__init__(why)
        self.why = why
