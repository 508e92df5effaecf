"""What becomes of a row whose message could not be delivered, or perhaps was: the table of architecture 5."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from random import Random
from typing import Final

from bot import ports
from bot.errors import DeliveryError, Migrated, Overheard, Refused, TryLater, Uncertain, Unreachable
from bot.ports import Again, Dropped, Gone, Moved, Outcome, Row

LONGEST_WAIT: Final = 300  # seconds
NONCE_WAIT: Final = 30  # seconds; all tries together stay within the two minutes that a platform knows a nonce
MOST_FAULTS: Final = 10  # tries of a row that the adapter does not survive, in about a quarter of an hour


@dataclass(frozen=True, slots=True)
class Try:
    """One try at a row: when it ended, chance for its jitter, whether the platform knows a repetition."""

    row: Row
    now: int
    chance: Random
    nonce: bool

    def failed(self, error: DeliveryError) -> Outcome:
        """What becomes of the row after that error."""
        match error:
            case TryLater(after=None):
                return self._again(self._back_off(), uncertain=self.row.uncertain)
            case TryLater(after=float() | int() as after):
                return self._again(self._honoured(after), uncertain=self.row.uncertain)
            case Unreachable():
                return Gone(self.now)
            case Migrated(chat=chat):
                return Moved(chat) if self.row.attempts < MOST_FAULTS else Dropped("refused", "migrated")
            case Overheard():
                return ports.Overheard(self.now)
            case Refused(why=why):
                return Dropped("refused", why)
            case _:
                return self._again(self._back_off(), uncertain=True)

    def broke(self, error: Exception) -> Outcome:
        """What becomes of the row after an error that no adapter should raise.

        It may have arrived; but a row that breaks its adapter every time does not stop the others for ever.
        """
        if self.row.attempts >= MOST_FAULTS:
            return Dropped("refused", type(error).__name__)
        return self.failed(Uncertain())

    def _again(self, wait: int, *, uncertain: bool) -> Outcome:
        if uncertain and self.row.put.once and not (self.nonce and wait <= NONCE_WAIT):
            return Dropped("uncertain")
        return Again(self.now + wait, uncertain)

    def _back_off(self) -> int:
        """A second, doubled with each try, up to five minutes; then somewhere in its upper half."""
        longest = min(1 << min(self.row.attempts, 16), LONGEST_WAIT)
        return ceil(longest * self.chance.uniform(0.5, 1.0))

    def _honoured(self, after: float) -> int:
        """Never earlier than the platform said: the clock's seconds are rounded down, hence one more."""
        return ceil(after + self.chance.random()) + 1
