"""The playground hears and delivers."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.messages import Browser, Kind, Owner
from adapters.playground.phones import Phones
from bot.errors import Refused, StoreError, TryLater
from bot.events import Command, Edited, Incoming, Pressed, Typed, Unreadable
from bot.people import AccountKey
from bot.ports import Adapter, Choice, Message, Receipt

ANA = AccountKey("playground", 1)


def _hear(
    playground: Playground, some: int, receive: Callable[[Incoming], Awaitable[None]] | None = None
) -> list[Incoming]:
    """Runs the adapter until that many events were heard."""
    heard: list[Incoming] = []
    enough = asyncio.Event()

    async def listen(event: Incoming) -> None:
        heard.append(event)
        if len(heard) == some:
            enough.set()
        if receive is not None:
            await receive(event)

    async def run() -> None:
        running = asyncio.create_task(playground.run(listen))
        await enough.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())
    return heard


def test_it_is_an_adapter(playground: Playground) -> None:
    """It has what every platform has."""
    adapter: Adapter = playground
    assert (adapter.platform, adapter.can.edits, adapter.can.units) == ("playground", True, "utf16")


def test_what_owners_do_is_handed_in_in_order(playground: Playground) -> None:
    """Text, command, photo, press and edit, from both phones, each with an id of its own."""

    async def act() -> None:
        await playground.said(Owner.ANA, "hello", Browser("Europe/Lisbon"))
        await playground.opened(Owner.BEN, "CODE")
        await playground.sent(Owner.ANA, Kind.PHOTO)
        await playground.pressed(Owner.BEN, "token")
        assert await playground.edited(Owner.ANA, 1, "hello you")

    asyncio.run(act())
    heard = _hear(playground, 5)
    assert [event.deed for event in heard] == [
        Typed("hello", "1"),
        Command("start", "CODE"),
        Unreadable("photo"),
        Pressed("token"),
        Edited("hello you", "1"),
    ]
    assert [event.sender.chat for event in heard] == [1, 2, 1, 2, 1]
    assert len({event.id for event in heard}) == len({event.chance for event in heard}) == 5


def test_an_invitations_code_is_carried_unseen(playground: Playground) -> None:
    """The chat shows /start, as Telegram's does."""
    asyncio.run(playground.opened(Owner.BEN, "CODE"))
    assert [message.draft.text for message in playground.since(0).messages] == ["/start"]


def test_an_event_that_was_not_taken_comes_again_as_the_same(playground: Playground) -> None:
    """The program was killed before the turn: the same id, time and chance after the restart."""
    asyncio.run(playground.said(Owner.ANA, "hello"))
    heard: list[Incoming] = []

    async def first(event: Incoming) -> None:
        heard.append(event)
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(playground.run(first))
    assert _hear(playground, 1) == heard


def test_a_store_that_cannot_write_is_asked_again(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost, and the order is kept."""
    monkeypatch.setattr("adapters.playground.adapter.AGAIN", 0)
    tries = 0

    async def once_broken(event: Incoming) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreError

    asyncio.run(playground.said(Owner.ANA, "one"))
    asyncio.run(playground.said(Owner.ANA, "two"))
    heard = _hear(playground, 3, once_broken)
    assert [event.deed for event in heard] == [Typed("one", "1"), Typed("one", "1"), Typed("two", "2")]


def test_a_bug_does_not_stop_the_next_event(playground: Playground) -> None:
    """What raised is logged and passed over."""

    async def broken(event: Incoming) -> None:
        raise RuntimeError("a bug")

    asyncio.run(playground.said(Owner.ANA, "one"))
    asyncio.run(playground.said(Owner.ANA, "two"))
    assert len(_hear(playground, 2, broken)) == 2


def test_the_same_delivery_gives_the_same_receipt(playground: Playground) -> None:
    """The sender may repeat what it is not sure of."""
    message = Message(ANA, 1, 9, "Well?")
    first, again = asyncio.run(playground.send(message)), asyncio.run(playground.send(message))
    assert first == again
    assert len(playground.since(0).messages) == 1


def test_the_receipt_of_a_long_message_is_where_its_buttons_are(playground: Playground) -> None:
    """So that an edit finds them."""
    long = Message(ANA, 1, 9, "x" * 5000, choices=(Choice("y", "Yes"),))
    receipt = asyncio.run(playground.send(long))
    asyncio.run(playground.send(Message(ANA, 1, 10, None, edits=receipt.message)))
    assert receipt == Receipt("2", before=("1",))
    assert [message.draft.choices for message in playground.since(0).messages] == [(), ()]


def test_an_edit_may_change_the_text(playground: Playground) -> None:
    """Up to the platform's limit."""
    asyncio.run(playground.send(Message(ANA, 1, 9, "Well?")))
    asyncio.run(playground.send(Message(ANA, 1, 10, "x" * 4096, edits="1")))
    assert playground.since(0).messages[0].draft.text == "x" * 4096


@pytest.mark.parametrize(
    "message",
    [
        Message(AccountKey("playground", 3), 3, 9, "hello"),
        Message(AccountKey("telegram", 1), 1, 9, "hello"),
        Message(ANA, 1, 9, None, edits="77"),
        Message(ANA, 1, 9, None, edits="seven"),
        Message(ANA, 1, 9, "x" * 4097, edits="1"),
        Message(ANA, 1, 9, "half \ud800"),
    ],
)
def test_what_cannot_be_is_refused(playground: Playground, message: Message) -> None:
    """No such chat, no such message, not a text."""
    with pytest.raises(Refused):
        asyncio.run(playground.send(message))


def test_a_file_that_cannot_be_written_means_later(playground: Playground, phones: Phones) -> None:
    """It certainly did not arrive."""
    phones.close()
    with pytest.raises(TryLater):
        asyncio.run(playground.send(Message(ANA, 1, 9, "hello")))
