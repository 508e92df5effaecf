"""What each answer of Discord's server to a message means for it."""

from __future__ import annotations

import asyncio
import gc

import aiohttp
import pytest

from adapters.discord.adapter import Access, Discord
from adapters.discord.errors import BANNED_FOR, CALM, translated
from bot.errors import DeliveryError, Migrated, Refused, TryLater, Uncertain, Unreachable
from bot.people import AccountKey
from bot.ports import Choice, Message
from tests.doubles.discord.double import TOKEN, Broken, Double, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.objects import Person
from tests.doubles.discord.rig import ANA, BEN, SLASH, Rig, in_haste, played
from tests.doubles.discord.server import serving
from tests.doubles.hand import Hand

SEND, OPEN = "POST /channels/{channel}/messages", "POST /users/@me/channels"
MARKER = "Quittenmarmelade"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50007, Unreachable),
        (400, 50007, Unreachable),
        (403, 50278, Unreachable),
        (400, 50278, Unreachable),
        (404, 10003, Unreachable),
        (404, 10013, Unreachable),
        (400, 50033, Unreachable),
        (429, 40003, TryLater),
        (400, 40003, TryLater),
        (401, 0, TryLater),
        (400, 50035, Refused),
        (403, 50001, Refused),
        (403, 50013, Refused),
        (404, 0, Refused),
        (413, 40005, Refused),
    ],
)
def test_d09_the_servers_own_number_decides(status: int, code: int, meaning: type[DeliveryError]) -> None:
    """Whatever the status; and the next message is tried as if nothing had been."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(RefusedError(status, code, "No."))
        with pytest.raises(DeliveryError) as raised:
            await rig.say()
        assert type(raised.value) is meaning
        await rig.say()

    played(play)


@pytest.mark.parametrize("closed", [(403, 50007), (400, 50007), (403, 50278)])
def test_d09_closed_and_open_again(closed: tuple[int, int]) -> None:
    """The double's own answer, as after real settings; others are written to meanwhile."""

    async def play(rig: Rig) -> None:
        rig.double.closed[ANA.id] = closed
        with pytest.raises(Unreachable):
            await rig.say()
        await rig.say(to=BEN)
        del rig.double.closed[ANA.id]
        await rig.say()

    played(play)


def test_d09_a_person_who_is_not_there_cannot_be_reached() -> None:
    """Their channel is unknown."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Unreachable):
            await rig.say(chat=12345)

    played(play)


# ---- D1, D2, D3: limits


@pytest.mark.parametrize("is_global", [False, True])
def test_d01_a_short_limit_is_waited_for(is_global: bool) -> None:
    """By the library."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(Limited(2.0, is_global=is_global))
        await rig.say()
        assert len(rig.double.made(SEND)) == 2
        assert len(rig.double.bots) == 1

    played(play)


@pytest.mark.parametrize(("asked", "tries"), [(30.0, 2), (30.5, 1), (3600.0, 1)])
def test_d01_a_long_limit_is_told(asked: float, tries: int) -> None:
    """With its own time; the message waits where it is safe."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(Limited(asked))
        if tries > 1:
            await rig.say()
        else:
            with pytest.raises(TryLater) as raised:
                await rig.say()
            assert raised.value.after == asked
        assert len(rig.double.made(SEND)) == tries

    played(play)


def test_d03_a_ban_is_waited_out_for_minutes() -> None:
    """Without Via it is the guard before the server: it says nothing, and is asked no more."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(Limited(2.0, via=False))
        with pytest.raises(TryLater) as raised:
            await rig.say()
        assert raised.value.after == BANNED_FOR
        assert len(rig.double.made(SEND)) == 1

    played(play)


def test_d09_people_who_were_opened_too_fast_are_left_alone_for_a_while() -> None:
    """Discord names no time."""

    async def play(rig: Rig) -> None:
        rig.double.people[ANA.id] = ANA
        rig.double.faults[OPEN].append(RefusedError(400, 40003, "You are opening direct messages too fast."))
        with pytest.raises(TryLater) as raised:
            await rig.say(chat=-ANA.id)
        assert raised.value.after == CALM

    played(play)


# ---- what broke off


@pytest.mark.parametrize("status", [500, 502, 504])
def test_d01_what_the_library_tried_five_times_may_have_arrived(status: int) -> None:
    """It did not here; nobody told."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].extend([Failing(status, done=False)] * 5)
        with pytest.raises(Uncertain):
            await rig.say()
        assert len(rig.double.made(SEND)) == 5
        assert rig.double.bots == []

    played(play)


@pytest.mark.parametrize("fault", [Failing(503, done=True), Failing(520, done=False), Broken(True), Broken(False)])
def test_what_broke_off_may_have_arrived(fault: Fault) -> None:
    """One try, and the outbox decides."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(fault)
        with pytest.raises(Uncertain):
            await rig.say()
        assert len(rig.double.made(SEND)) == 1

    played(play)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (aiohttp.ServerDisconnectedError(), Uncertain),
        (aiohttp.ClientOSError(104, "reset"), Uncertain),
        (aiohttp.ClientPayloadError(), Uncertain),
        (TimeoutError(), Uncertain),
        (ConnectionResetError(), Uncertain),
    ],
)
def test_what_the_line_says(error: Exception, meaning: type[DeliveryError]) -> None:
    """Only what was never connected certainly did not arrive: see `test_what_never_left_goes_later`."""
    assert type(translated(error)) is meaning


def test_what_never_left_goes_later() -> None:
    """Nobody listens there; time and again, and nothing of it stays open."""

    async def send() -> None:
        adapter = Discord(Access(TOKEN, "http://127.0.0.1:9/api/v10"), Hand(), SLASH)
        try:
            for _ in range(3):
                with pytest.raises(TryLater):
                    await adapter.send(Message(AccountKey("discord", ANA.id), ANA.dm, 1, "Well?"))
                gc.collect()
        finally:
            await adapter.close()

    asyncio.run(send())


def test_what_never_left_goes_later_also_after_a_login() -> None:
    """The server went away; it was there a moment ago."""

    async def send() -> None:
        double = Double(Hand().now)
        double.people[ANA.id] = ANA
        async with serving(double) as site:
            adapter = Discord(Access(TOKEN, site.rest, site.gateway), Hand(), SLASH)
            await adapter.send(Message(AccountKey("discord", ANA.id), ANA.dm, 1, "Well?"))
        await asyncio.sleep(0.05)  # until the closed connection is known to be
        try:
            with pytest.raises(TryLater):
                await adapter.send(Message(AccountKey("discord", ANA.id), ANA.dm, 2, "Well?"))
        finally:
            await adapter.close()

    asyncio.run(send())


@pytest.mark.parametrize("route", ["GET /users/@me", "GET /oauth2/applications/@me"])
@pytest.mark.parametrize("fault", [Failing(503, done=True), Broken(False), RefusedError(401, 0, "x"), Limited(60)])
def test_what_failed_before_the_message_was_sent_goes_later(route: str, fault: Fault) -> None:
    """It certainly did not arrive; the next try is one from the beginning."""

    async def play(rig: Rig) -> None:
        rig.double.faults[route].extend([fault] * 2)
        for _ in range(2):
            if rig.double.faults[route]:
                with pytest.raises(TryLater):
                    await rig.say()
        await rig.say()
        gc.collect()
        assert len(rig.double.made(SEND)) == 1

    played(play)


# ---- what is refused


def test_a_refusal_never_quotes_what_somebody_wrote() -> None:
    """The server does; the number is enough."""

    async def play(rig: Rig) -> None:
        told = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": f"{MARKER} is too long"}]}}
        rig.double.faults[SEND].append(RefusedError(400, 50035, f"Invalid Form Body: {MARKER}", told))
        with pytest.raises(Refused) as raised:
            await rig.say(MARKER, choices=(Choice("a", MARKER),))
        assert raised.value.why == "400 50035"
        assert MARKER not in str(raised.value)

    played(play)


# ---- direct messages that were never opened


def test_d10_direct_messages_are_opened_once_and_then_known() -> None:
    """Where only a server's channel was seen: the outbox is told under which id she is written to from now on."""

    async def play(rig: Rig) -> None:
        rig.double.people[ANA.id] = ANA
        with pytest.raises(Migrated) as raised:
            await rig.say(chat=-ANA.id)
        assert raised.value.chat == ANA.dm
        assert rig.double.bots == []
        await rig.say(chat=raised.value.chat)
        assert rig.double.texts(ANA) == ["Well?"]
        assert len(rig.double.made(OPEN)) == 1

    played(play)


@pytest.mark.parametrize("closed", [(403, 50007), (403, 50278)])
def test_d10_what_cannot_be_opened_cannot_be_reached(closed: tuple[int, int]) -> None:
    """She has closed it, or shares no server with the bot; or there is no such person."""

    async def play(rig: Rig) -> None:
        rig.double.people[ANA.id], rig.double.closed[ANA.id] = ANA, closed
        with pytest.raises(Unreachable):
            await rig.say(chat=-ANA.id)
        nobody = Person(404, "Nobody")
        with pytest.raises(Unreachable):
            await rig.adapter.send(Message(AccountKey("discord", nobody.id), -nobody.id, 1, "Well?"))

    played(play)


@pytest.mark.parametrize("fault", [Broken(False), Failing(503, done=True)])
def test_d10_an_opening_that_broke_off_is_made_again(fault: Fault) -> None:
    """Nothing was said by it."""

    async def play(rig: Rig) -> None:
        rig.double.people[ANA.id] = ANA
        rig.double.faults[OPEN].append(fault)
        with pytest.raises(TryLater):
            await rig.say(chat=-ANA.id)
        with pytest.raises(Migrated):
            await rig.say(chat=-ANA.id)

    played(play)


# ---- the gateway is another matter


def test_sending_needs_no_gateway() -> None:
    """It works before anything is heard, while nothing can be, and after."""

    async def play(rig: Rig) -> None:
        await rig.say("before")
        rig.double.faults["GET /gateway/bot"].extend([RefusedError(400, 0, "x")] * 1000)
        rig.run()
        await rig.double.until(lambda: len(rig.double.made("GET /gateway/bot")) > 1)
        await rig.say("while")
        await rig.stop()
        await rig.say("after")
        assert rig.double.texts(ANA) == ["before", "while", "after"]
        assert not rig.adapter.caught_up.is_set()

    played(play)
