"""One row of the outbox on its way: rendered, sent, and what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
from random import Random
from typing import Final

import structlog

from bot.changes import Say
from bot.errors import DeliveryError, Migrated, Overheard, Refused, TryLater, Unreachable
from bot.ports import Adapter, Again, Attachment, Clock, Draw, Dropped, Message, Outcome, Row, Sent
from scheduler.faults import frames, place
from scheduler.halts import Halts
from scheduler.outcomes import Try

LONGEST_SEND: Final = 60  # seconds; an adapter gives up earlier
LONGEST_DRAWING: Final = 20  # seconds, of which nearly all are the pictures before it
ENDS: Final = ("sent", "limited", "later", "uncertain", "unreachable", "moved", "overheard", "refused", "broke")
PICTURE_NAME: Final = "picture.png"  # whoever sees it among other files learns nothing from it

Render = Callable[[Row], Message]
MadeAside = Callable[[Callable[[], Message]], Awaitable[Message]]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Courier:
    """Brings rows to their readers on one platform. `halts`: what that platform has told to wait. `draw`: without it,
    what is to be seen is said in its words alone; `aside`: where files are made, else on the loop. `ends`: how often
    it ended in which way, of `ENDS`."""

    adapter: Adapter
    render: Render
    clock: Clock
    chance: Random
    halts: Halts
    draw: Draw | None = None
    aside: MadeAside | None = None
    ends: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(ENDS, 0)))

    async def bring(self, row: Row) -> Outcome:
        """Renders and sends it, and says what became of it; whatever goes wrong is an outcome."""
        try:
            message = await self._rendered(row)
        except Exception as error:  # our bug; the rows after it go on
            log.error("delivery.unrendered", delivery=row.put.id, type=type(error).__name__, place=place(error))
            self.ends["broke"] += 1
            return Dropped("refused", f"could not be rendered: {type(error).__name__}")
        return await self._send(row, await self._drawn(row, message))

    async def _rendered(self, row: Row) -> Message:
        """A file is made beside the loop: one of thousands of records, or with pictures in it, takes its time."""
        if self.aside is None or not (isinstance(row.put.content, Say) and row.put.content.file):
            return self.render(row)
        return await self.aside(partial(self.render, row))

    async def _drawn(self, row: Row, message: Message) -> Message:
        """With its picture; one that cannot be drawn leaves the words, which say the same."""
        if message.picture is None or self.draw is None:
            return message
        try:
            async with asyncio.timeout(LONGEST_DRAWING):
                drawn = await self.draw(message.picture)
        except Exception as error:  # our bug, or one of the library's, which may quote what people wrote
            log.error("delivery.undrawn", delivery=row.put.id, type=type(error).__name__, place=place(error))
            return message
        return replace(message, attachment=Attachment(PICTURE_NAME, drawn, "photo", message.picture.title))

    async def _send(self, row: Row, message: Message) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_SEND):
                receipt = await self.adapter.send(message)
        except DeliveryError as error:
            self.ends[_end(error)] += 1
            outcome = self._try(row).failed(error)
            self._halt(row, error, outcome)
            return outcome
        except Exception as error:  # the adapter's bug; nobody knows what arrived
            log.error("delivery.broke", delivery=row.put.id, type=type(error).__name__, frames=frames(error))
            self.ends["broke"] += 1
            return self._try(row).broke(error)
        self.ends["sent"] += 1
        return Sent(self.clock.now(), receipt.message, receipt.before)

    def _halt(self, row: Row, error: DeliveryError, outcome: Outcome) -> None:
        """The platform's own waiting time holds for the whole chat; a back-off of ours only for what follows."""
        match error:
            case TryLater(after=float() | int() as after):
                now = self.clock.now()
                until = outcome.at if isinstance(outcome, Again) else now + ceil(after) + 1
                self.halts.halt(row.account.chat, until, now)

    def _try(self, row: Row) -> Try:
        return Try(row, self.clock.now(), self.chance, self.adapter.can.nonce)


def _end(error: DeliveryError) -> str:
    """The word for it, of `ENDS`."""
    match error:
        case TryLater(after=None):
            return "later"
        case TryLater():
            return "limited"
        case Unreachable():
            return "unreachable"
        case Migrated():
            return "moved"
        case Overheard():
            return "overheard"
        case Refused():
            return "refused"
        case _:
            return "uncertain"
