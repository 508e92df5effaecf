"""A picture on its way: it comes with its words, and where it cannot be drawn the words come alone."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.changes import Lane, Put, Say
from bot.engine.text import Text
from bot.pictures.drawings import Drawing
from bot.ports import Attachment, Draw, Message, Receipt, Row, Sent
from scheduler import delivery
from scheduler.clock import StandingClock
from scheduler.delivery import Courier
from scheduler.halts import Halts
from tests.test_scheduler.parts import ANA, NOON, Phones, account, person

MAP = Drawing("village", (("title", "A village"), ("needs", ("what Ana typed",))))
ROW = Row(Put(7, ANA, Say(Text("The map.")), Lane.REPLY, NOON), person(ANA), account(ANA), {})


class Remembering(Phones):
    """Phones that remember whole messages."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    async def send(self, message: Message) -> Receipt:
        """Delivers it."""
        self.messages.append(message)
        return await super().send(message)


async def _drawn(drawing: Drawing) -> bytes:
    return drawing.form.encode()


async def _raises(drawing: Drawing) -> bytes:
    raise ValueError(*drawing.parts)


async def _never_ends(drawing: Drawing) -> bytes:
    await asyncio.Event().wait()
    return b""


def _brought(draw: Draw | None) -> tuple[Message, list[Any]]:
    phones, account_ = Remembering(), ROW.account
    message = Message(account_.key, account_.chat, ROW.put.id, "The map.", picture=MAP)
    courier = Courier(phones, lambda row: message, StandingClock(NOON), Random(7), Halts(), draw)
    with capture_logs() as logs:
        assert isinstance(asyncio.run(courier.bring(ROW)), Sent)
    (brought,) = phones.messages
    assert brought.text == "The map."
    return brought, list(logs)


def test_a_picture_comes_with_its_words() -> None:
    """To be seen in the chat, with its title for who does not see it; its name tells nothing."""
    message, _ = _brought(_drawn)
    assert message.attachment == Attachment("picture.png", b"village", "photo", "A village")


@pytest.mark.parametrize("draw", [_raises, _never_ends])
def test_what_cannot_be_drawn_leaves_its_words(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where drawing never ends. The log says what kind of error, and none of the words."""
    monkeypatch.setattr(delivery, "LONGEST_DRAWING", 0.01)
    message, logs = _brought(draw)
    assert message.attachment is None
    assert [line["type"] for line in logs] == ["ValueError" if draw is _raises else "TimeoutError"]
    assert "Ana" not in str(logs)


def test_where_nobody_draws_the_words_come_alone() -> None:
    """And that is no error."""
    message, logs = _brought(None)
    assert (message.attachment, logs) == (None, [])
