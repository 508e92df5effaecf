"""One row of the outbox on its way: rendered, sent, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

import structlog

from bot.errors import DeliveryError, TryLater
from bot.ports import Adapter, Again, Clock, Dropped, Message, Outcome, Row, Sent
from scheduler.faults import frames, place
from scheduler.limits import Halts
from scheduler.outcomes import LONGEST_WAIT, Try

LONGEST_SEND: Final = 60  # seconds; an adapter gives up earlier

Render = Callable[[Row], Message]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Courier:
    """Brings rows to their readers, each through the adapter of its platform."""

    adapters: Mapping[str, Adapter]
    render: Render
    clock: Clock
    chance: Random
    halts: Halts

    async def bring(self, row: Row) -> Outcome:
        """Renders and sends it, and says what became of it; whatever goes wrong is an outcome."""
        try:
            message = self.render(row)
        except Exception as error:  # our bug; the rows after it go on
            log.error("delivery.unrendered", delivery=row.put.id, type=type(error).__name__, place=place(error))
            return Dropped("refused", f"could not be rendered: {type(error).__name__}")
        adapter = self.adapters.get(message.account.platform)
        if adapter is None:  # its token is not set, this time
            return Again(self.clock.now() + LONGEST_WAIT, row.uncertain)
        return await self._send(adapter, row, message)

    async def _send(self, adapter: Adapter, row: Row, message: Message) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_SEND):
                receipt = await adapter.send(message)
        except DeliveryError as error:
            outcome = self._try(adapter, row).failed(error)
            self._halt(row, error, outcome)
            return outcome
        except Exception as error:  # the adapter's bug; nobody knows what arrived
            log.error("delivery.broke", delivery=row.put.id, type=type(error).__name__, frames=frames(error))
            return self._try(adapter, row).broke(error)
        return Sent(self.clock.now(), receipt.message)

    def _halt(self, row: Row, error: DeliveryError, outcome: Outcome) -> None:
        """The platform's own waiting time holds for the whole chat; a back-off of ours only for what follows."""
        match error, outcome:
            case TryLater(after=float() | int()), Again(at=at):
                self.halts.halt(row.account.chat, at)

    def _try(self, adapter: Adapter, row: Row) -> Try:
        return Try(row, self.clock.now(), self.chance, adapter.can.nonce)
