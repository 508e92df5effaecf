"""Hearing Discord: what is handed in, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.discord import gateway
from adapters.when import FRESH
from bot.errors import StoreError
from bot.events import Command, Edited, Incoming, Pressed, Typed, Unreadable
from bot.ports import Choice
from tests.doubles.discord.objects import Person, Posted
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played
from tests.doubles.hand import NOON


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _told(rig: Rig, text: str, who: Person = ANA, **more: Any) -> dict[str, Any]:
    """A message as the gateway tells it, with something else about it."""
    posted = Posted(rig.double.number(), who.dm, who.id, text)
    return {**posted.told(who.user()), "channel_type": 1, **more}


# ---- words


def test_words_are_heard_with_who_wrote_them_and_where() -> None:
    """The account, the channel, the name; a time and chance."""

    async def play(rig: Rig) -> None:
        posted = rig.double.says(ANA, "hello")
        await rig.deeds(1)
        (event,) = rig.heard
        assert event.deed == Typed("hello", str(posted.id))
        assert (event.id, event.at) == (f"discord:{posted.id}", NOON)
        assert (event.sender.account.platform, event.sender.account.user, event.sender.chat) == ("discord", 11, ANA.dm)
        assert (event.sender.profile.name, event.sender.profile.language) == ("Ana", None)
        assert 0 <= event.chance < 2**63

    played(play)


def test_a_reply_says_to_what() -> None:
    """Also one to a message that is gone."""

    async def play(rig: Rig) -> None:
        asked = await rig.say("Well?")
        said = rig.double.says(ANA, "yes", reply_to=int(asked.message))
        lost = rig.double.says(ANA, "and", reply_to=12345)
        deeds = await rig.deeds(2)
        assert deeds == [Typed("yes", str(said.id), asked.message), Typed("and", str(lost.id), "12345")]

    played(play)


@pytest.mark.parametrize(
    ("words", "deed"),
    [
        ("/start", Command("start")),
        ("/Start CODE", Command("start", "CODE")),
        ("/ask  Why?\nWhy not? ", Command("ask", "Why?\nWhy not?")),
    ],
)
def test_a_command_that_was_typed_is_one(words: str, deed: Command) -> None:
    """Where the list of commands did not open."""

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, words)
        assert await rig.deeds(1) == [deed]

    played(play)


def test_what_only_begins_with_a_stroke_is_words() -> None:
    """Two words with a stroke between, a stroke alone, a remark."""

    async def play(rig: Rig) -> None:
        for words in ("/and/or", "/", "// no"):
            rig.double.says(ANA, words)
        assert [deed.text for deed in await rig.deeds(3) if isinstance(deed, Typed)] == ["/and/or", "/", "// no"]

    played(play)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "file"])
def test_what_is_no_text_is_heard_as_what_it_is(kind: str) -> None:
    """Nobody looks into it."""

    async def play(rig: Rig) -> None:
        rig.double.sends(ANA, kind)
        assert await rig.deeds(1) == [Unreadable(kind)]

    played(play)


def test_words_under_a_photo_are_words() -> None:
    """They were meant."""

    async def play(rig: Rig) -> None:
        file = {"id": "5", "filename": "a.png", "size": 1, "url": "x", "proxy_url": "x", "content_type": "image/png"}
        rig.double.push("MESSAGE_CREATE", _told(rig, "look", attachments=[file]))
        (deed,) = await rig.deeds(1)
        assert isinstance(deed, Typed)
        assert deed.text == "look"

    played(play)


def test_an_edit_is_heard_each_time() -> None:
    """Under an id of its own."""

    async def play(rig: Rig) -> None:
        posted = rig.double.says(ANA, "hello")
        for more in (1, 2):
            rig.clock.at = NOON + more
            rig.double.edits(ANA, posted.id, f"hello {more}")
        deeds = await rig.deeds(3)
        assert deeds[1:] == [Edited("hello 1", str(posted.id)), Edited("hello 2", str(posted.id))]
        assert len({event.id for event in rig.heard}) == 3

    played(play)


def test_a_preview_is_no_edit() -> None:
    """Discord tells of a link's picture as if the message had changed."""

    async def play(rig: Rig) -> None:
        posted = rig.double.says(ANA, "https://example.org")
        rig.double.push("MESSAGE_UPDATE", rig.double.told(posted) | {"channel_type": 1, "embeds": [{"type": "link"}]})
        rig.double.says(ANA, "after it")
        with capture_logs() as logs:
            assert [type(deed) for deed in await rig.deeds(2)] == [Typed, Typed]
        assert logs == []

    played(play)


@pytest.mark.parametrize(
    "more",
    [
        {"author": {**BEN.user(), "bot": True}},
        {"webhook_id": "5"},
        {"guild_id": "500", "channel_id": "501", "member": {"roles": [], "flags": 0}},
        {"guild_id": "999", "channel_id": "998", "member": {"roles": [], "flags": 0}},
        {"guild_id": "500", "channel_id": "501"},
        {"guild_id": "999", "channel_id": "998"},
        {"type": 6},
        {"content": ""},
    ],
    ids=[
        "another bot",
        "a webhook",
        "a server",
        "a server unheard of",
        "no member",
        "no member unheard of",
        "a pin",
        "nothing",
    ],
)
def test_d11_only_what_somebody_writes_to_the_bot_is_heard(more: dict[str, Any]) -> None:
    """No bots, no servers, no words of Discord's own; and no edits of them."""

    async def play(rig: Rig) -> None:
        rig.double.guilds.make(500)
        for event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            told = _told(rig, "not for us", edited_timestamp="2027-01-15T08:00:00+00:00")
            rig.double.push(event, told | more)
        await rig.say("Not for itself, either.")
        rig.double.says(ANA, "after it")
        with capture_logs() as logs:
            assert [deed.text for deed in await rig.deeds(1) if isinstance(deed, Typed)] == ["after it"]
        assert len(rig.heard) == 1
        assert logs == []

    played(play)


def test_what_came_late_was_done_when_it_was_done() -> None:
    """Two clocks are never quite the same: what is a few seconds old was done now."""

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, "fresh")
        rig.clock.at = now = NOON + FRESH - 1
        await rig.deeds(1)
        await rig.stop()
        rig.double.says(ANA, "late")
        rig.clock.at = NOON + 600
        rig.run()
        await rig.deeds(2)
        assert [event.at for event in rig.heard] == [now, now]

    played(play)


# ---- the store


def test_a_store_that_cannot_write_is_asked_again() -> None:
    """Everything is acknowledged, nothing is lost, somebody's order is kept, and the others do not wait."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        await rig.ready()
        tries = 0

        async def broken(event: Incoming) -> None:
            nonlocal tries
            tries += event.sender.account.user == ANA.id
            if tries < 5 and event.sender.account.user == ANA.id:
                raise StoreError

        rig.take = broken
        pressed = rig.double.presses(ANA, int(sent.message), "one")
        given = rig.double.commands_(ANA, "help")
        rig.double.says(ANA, "two")
        rig.double.says(BEN, "three")
        with capture_logs() as logs:
            await rig.double.until(lambda: all((pressed.callback, given.callback)))
            deeds = await rig.deeds(4)
        assert [type(deed) for deed in deeds] == [Typed, Pressed, Command, Typed]
        assert {log["event"] for log in logs} == {"event.again"}

    played(play)


def test_one_that_the_store_never_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loudly, and what came after it is heard."""
    monkeypatch.setattr(gateway, "PATIENCE", 0.05)

    async def play(rig: Rig) -> None:
        async def broken(event: Incoming) -> None:
            if isinstance(event.deed, Typed) and event.deed.text == "one":
                raise StoreError

        rig.take = broken
        rig.double.says(ANA, "one")
        rig.double.says(ANA, "two")
        with capture_logs() as logs:
            assert [deed.text for deed in await rig.deeds(1) if isinstance(deed, Typed)] == ["two"]
        assert logs[-1]["event"] == "event.given_up"
        assert logs[-1]["log_level"] == "error"

    played(play)


def test_everything_that_somebody_does_is_in_its_order() -> None:
    """Words, commands, presses and edits, whatever way they take through the library."""

    async def play(rig: Rig) -> None:
        sent = await rig.say(choices=(Choice("one", "1"),))
        await rig.ready()
        expected: list[type] = []
        for _ in range(5):
            first = rig.double.says(ANA, "hello")
            rig.double.commands_(ANA, "help")
            rig.double.presses(ANA, int(sent.message), "one")
            rig.double.edits(ANA, first.id, "hello you")
            expected += [Typed, Command, Pressed, Edited]
        assert [type(deed) for deed in await rig.deeds(20)] == expected

    played(play)
