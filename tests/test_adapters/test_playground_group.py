"""The playground's group: who is in it, what the bot hears of it, and what may be said there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.messages import Browser, Guest, Happening, Kind, Owner, Person, Presence, Room, Shared
from adapters.playground.phones import Phones
from bot.errors import Overheard, Refused, Unreachable
from bot.events import Added, Command, Deed, Incoming, Joined, Muted, Place, Pressed, Removed
from bot.people import SHARED, AccountKey, GroupKey
from bot.ports import Among, Choice, Doorway, Message
from tests.test_adapters.site import Desk

ANA, BEN, EVA = Owner.ANA, Owner.BEN, Guest.EVA
NOBODY = AccountKey("playground", SHARED)
KEYS = tuple(AccountKey("playground", user) for user in (1, 2, 3))
THE_TWO = Among(only=KEYS[:2], people=2)
JOINED, LEFT = Happening.JOINED, Happening.LEFT


def _change(playground: Playground, *changes: tuple[Person, Happening]) -> list[bool]:
    """Changes of the group, one after the other."""

    async def change() -> list[bool]:
        return [await playground.group.changed(who, what) for who, what in changes]

    return asyncio.run(change())


def _heard(
    playground: Playground, receive: Callable[[Incoming], Awaitable[str | None]] | None = None
) -> list[Incoming]:
    """What the bot hears, once it has heard all."""
    heard: list[Incoming] = []

    async def listen(event: Incoming) -> str | None:
        heard.append(event)
        return None if receive is None else await receive(event)

    async def run() -> None:
        running = asyncio.create_task(playground.run(listen))
        await playground.caught_up.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())
    return heard


def _say(playground: Playground, among: Among, delivery: int = 1, chat: int = -100, **more: object) -> None:
    asyncio.run(playground.send(Message(NOBODY, chat, delivery, "Both are in.", among=among, **more)))  # type: ignore[arg-type]


def _texts(playground: Playground) -> list[str]:
    """What the bot has said in the group."""
    drafts = [message.draft for message in playground.since(0).messages]
    return [draft.text for draft in drafts if draft.chat is Shared.GROUP and draft.author == "bot"]


# ---- who is there


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ([], True),
        ([(EVA, JOINED)], False),
        ([(BEN, LEFT)], False),
        ([(BEN, LEFT), (EVA, JOINED)], False),
        ([(EVA, JOINED), (EVA, LEFT)], True),
    ],
)
def test_what_is_for_the_two_is_said_to_the_two_alone(
    playground: Playground, changes: list[tuple[Person, Happening]], may: bool
) -> None:
    """Not with a third, not to one of them, not to one of them with another; and not a word of it is left."""
    assert all(_change(playground, (ANA, Happening.ADDED), *changes))
    if may:
        _say(playground, THE_TWO)
    else:
        with pytest.raises(Overheard):
            _say(playground, THE_TWO)
    assert _texts(playground) == (["Both are in."] if may else [])


@pytest.mark.parametrize(
    ("only", "people", "may"), [(KEYS[:1], 2, True), (KEYS[:1], 1, False), (KEYS[1:], 2, False), ((), 0, True)]
)
def test_all_who_are_there_are_counted(
    playground: Playground, only: tuple[AccountKey, ...], people: int, may: bool
) -> None:
    """Somebody may be there by another platform's account: what is asked is how many, and who at least."""
    _change(playground, (ANA, Happening.ADDED))
    if may:
        _say(playground, Among(only=only, people=people))
    else:
        with pytest.raises(Overheard):
            _say(playground, Among(only=only, people=people))


@pytest.mark.parametrize(
    "changes",
    [[], [(ANA, Happening.ADDED), (BEN, Happening.REMOVED)], [(ANA, Happening.ADDED), (BEN, Happening.MUTED)]],
)
def test_where_the_bot_may_not_write_it_reaches_nobody(
    playground: Playground, changes: list[tuple[Person, Happening]]
) -> None:
    """Before it came, after it was taken out, and while it has to be silent."""
    assert all(_change(playground, *changes))
    with pytest.raises(Unreachable):
        _say(playground, Among())
    assert _texts(playground) == []


def test_there_is_one_group(playground: Playground) -> None:
    """Another one is not reached; the group's number is nobody's private chat, and nobody's chat is the group."""
    _change(playground, (ANA, Happening.ADDED))
    for chat in (-200, 1):
        with pytest.raises(Unreachable):
            _say(playground, Among(), chat=chat)
    with pytest.raises(Refused):
        asyncio.run(playground.send(Message(NOBODY, -100, 1, "Both are in.")))


def test_what_was_said_there_can_be_changed_and_taken_out(playground: Playground) -> None:
    """Its buttons go, the button out of it too; of what was taken out nothing is left."""
    _change(playground, (ANA, Happening.ADDED))
    door = Doorway("start me", "g-1")
    _say(playground, Among(door=door), choices=(Choice("y", "that's me"),))
    (said,) = [message for message in playground.since(0).messages if message.draft.author == "bot"]
    assert (said.draft.door, said.draft.choices) == (door, ((Choice("y", "that's me"),),))
    _say(playground, Among(), 2, edits=str(said.id))
    (changed,) = [message for message in playground.since(0).messages if message.id == said.id]
    assert (changed.draft.door, changed.draft.choices) == (None, ())
    _say(playground, Among(), 3, removes=(str(said.id),))
    assert _texts(playground) == [""]


# ---- what the bot hears


def test_everything_that_becomes_of_the_group_is_heard(playground: Playground) -> None:
    """By whom, and that it was there; the chat notes each."""
    added, muted, removed = Happening.ADDED, Happening.MUTED, Happening.REMOVED
    changes: list[tuple[Person, Happening]] = [
        (ANA, added),
        (EVA, JOINED),
        (EVA, LEFT),
        (BEN, muted),
        (BEN, Happening.ALLOWED),
        (ANA, removed),
    ]
    assert all(_change(playground, *changes))
    heard = _heard(playground)
    expected: list[Deed] = [Added(), Joined((KEYS[2],)), Joined(()), Muted(), Added(), Removed()]
    assert [event.deed for event in heard] == expected
    assert [event.sender.account.user for event in heard] == [1, 3, 3, 2, 2, 1]
    assert {event.sender.place for event in heard} == {Place(GroupKey("playground", -100))}
    notes = [message.draft for message in playground.since(0).messages]
    assert [(note.author, note.text, note.kind) for note in notes] == [(*change, Kind.NOTE) for change in changes]


def test_words_among_people_are_not_the_bots(playground: Playground) -> None:
    """It hears commands and presses alone, as on Telegram; the words stand in the chat."""

    async def act() -> None:
        for text in ("only you two", "/curious", "/ nothing", "good night /help"):
            assert await playground.group.said(BEN, text, Browser("Europe/Berlin"))
        assert await playground.group.pressed(ANA, "token")

    _change(playground, (ANA, Happening.ADDED))
    asyncio.run(act())
    assert [event.deed for event in _heard(playground)] == [Added(), Command("curious"), Pressed("token")]
    texts = [message.draft.text for message in playground.since(0).messages if message.draft.kind is Kind.TEXT]
    assert texts == ["only you two", "/curious", "/ nothing", "good night /help"]


def test_while_the_bot_is_not_there_it_hears_nothing(playground: Playground) -> None:
    """Neither a command, nor who came, nor a press of a button that is left."""

    async def act() -> None:
        assert await playground.group.said(ANA, "/curious")
        assert not await playground.group.pressed(ANA, "token")

    assert all(_change(playground, (EVA, JOINED)))
    asyncio.run(act())
    assert _heard(playground) == []


def test_who_is_not_there_does_nothing_there(playground: Playground) -> None:
    """Eva before she has come in, and Ben once he has left."""
    assert all(_change(playground, (ANA, Happening.ADDED), (BEN, LEFT)))

    async def act(who: Person) -> list[bool]:
        group = playground.group
        return [await group.said(who, "/curious"), await group.pressed(who, "token"), await group.changed(who, LEFT)]

    before = (playground.since(0), playground.group.room)
    for who in (EVA, BEN):
        assert asyncio.run(act(who)) == [False] * 3
    assert (playground.since(0), playground.group.room) == before


@pytest.mark.parametrize("what", [Happening.ADDED, Happening.ALLOWED, JOINED])
def test_what_is_so_already_does_not_become_so(playground: Playground, what: Happening) -> None:
    """No note, nothing heard."""
    _change(playground, (ANA, Happening.ADDED))
    assert _change(playground, (ANA, what)) == [False]
    assert len(_heard(playground)) == 1


def test_eva_is_known_by_her_name(playground: Playground) -> None:
    """Her account is the third; she has a private chat by number alone."""
    assert all(_change(playground, (ANA, Happening.ADDED), (EVA, JOINED)))
    sender = _heard(playground)[1].sender
    assert (sender.account, sender.chat, sender.profile.name, sender.profile.language) == (KEYS[2], 3, "Eva", "en")


def test_what_is_edited_on_a_phone_is_not_what_was_said_in_the_group(playground: Playground) -> None:
    """Her own words there are none of her phone's."""

    async def act() -> bool:
        await playground.group.said(ANA, "only you two")
        return await playground.edited(ANA, 1, "changed")

    assert not asyncio.run(act())
    assert playground.since(0).messages[0].draft.text == "only you two"


# ---- to one alone


def test_what_comes_back_is_for_whoever_did_it(playground: Playground) -> None:
    """It stands in the group, for them alone."""

    async def answer(event: Incoming) -> str | None:
        return "Noted." if isinstance(event.deed, Pressed) else None

    _change(playground, (ANA, Happening.ADDED))
    asyncio.run(playground.group.pressed(BEN, "token"))
    _heard(playground, answer)
    (note, aside) = (message.draft for message in playground.since(0).messages)
    assert (note.kind, note.reader) == (Kind.NOTE, None)
    assert (aside.chat, aside.author, aside.text) == (Shared.GROUP, "bot", "Noted.")
    assert (aside.kind, aside.reader) == (Kind.ASIDE, BEN)


# ---- what is kept


def test_the_group_is_there_after_a_restart(tmp_path: Path) -> None:
    """Who is in it, what was said there and by whom, what the bot has yet to hear, and what it said to one alone."""
    before = Phones(tmp_path / "phones.db")
    playground = Playground(before, Desk())
    changes: list[tuple[Person, Happening]] = [
        (ANA, Happening.ADDED),
        (EVA, JOINED),
        (BEN, LEFT),
        (ANA, Happening.MUTED),
    ]
    assert all(_change(playground, *changes))
    asyncio.run(playground.group.said(EVA, "/curious"))
    playground.group.whisper(EVA, "Leeway is here for two others.")
    after = Phones(tmp_path / "phones.db")
    assert after.room == before.room == Room((ANA, EVA), Presence.SILENT)
    assert (after.since(0), after.updates()) == (before.since(0), before.updates())
    assert [update.deed.in_group for update in after.updates()] == [True] * 5
    assert after.since(0).messages[-1].draft.reader is EVA
    for phones in (before, after):
        phones.close()


def test_starting_over_leaves_the_two_in_an_empty_group(playground: Playground) -> None:
    """Whoever came is gone, who left is back, and Leeway has yet to come."""
    assert all(_change(playground, (ANA, Happening.ADDED), (EVA, JOINED), (BEN, LEFT)))
    playground.forget()
    assert playground.group.room == Room((ANA, BEN), Presence.OUT)
    assert (playground.since(0).messages, _heard(playground)) == ((), [])
