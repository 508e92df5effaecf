"""Messages to a channel of a server on Discord: what leaves, and that nobody is there whom it is not for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import DeliveryError, Overheard, Refused, TryLater, Uncertain, Unreachable
from bot.people import SHARED, AccountKey
from bot.ports import Among, Attachment, Choice, Doorway, Message, Receipt
from tests.doubles.discord.double import Broken, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.guilds import SEND, VIEW, Guild
from tests.doubles.discord.objects import Person
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

EVA = Person(33, "Eva")
SERVER = 5_000
SEND_ROUTE, COUNT = "POST /channels/{channel}/messages", "GET /guilds/{guild}"
MEMBER = "GET /guilds/{guild}/members/{user}"
TWO = (AccountKey("discord", ANA.id), AccountKey("discord", BEN.id))
OPENS = Among(server=SERVER, only=TWO, people=2)


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _there(rig: Rig, *others: Person) -> Guild:
    rig.double.people |= {who.id: who for who in (ANA, BEN, EVA)}
    return rig.double.guilds.make(SERVER, ANA, BEN, *others)


async def _say(rig: Rig, guild: Guild, among: Among = OPENS, **more: Any) -> Receipt:
    """Something for the group."""
    text, delivery = more.pop("text", "Ana wrote: Bees."), more.pop("delivery", 7)
    account, chat = AccountKey("discord", SHARED), guild.id + 1
    return await rig.adapter.send(Message(account, chat, delivery, text, among=among, **more))


def test_a_message_to_a_channel_is_silent_and_calls_nobody() -> None:
    """With its buttons; the same delivery again is the same message."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        for _ in range(2):
            await _say(rig, guild, Among(server=SERVER), text="@everyone *is* it?", choices=(Choice("a", "yes"),))
        (posted,) = rig.double.bots
        assert (posted.channel, posted.content, posted.nonce) == (guild.room.id, "@everyone \\*is\\* it?", "7.0")
        bodies = [request.body for request in rig.double.made(SEND_ROUTE)]
        assert [(body["flags"], body["allowed_mentions"]) for body in bodies] == [(1 << 12 | 1 << 2, {"parse": []})] * 2
        assert rig.double.made(COUNT) == []

    played(play)


def test_a_message_to_one_alone_still_rings() -> None:
    """As ever."""

    async def play(rig: Rig) -> None:
        await rig.say()
        assert rig.double.bots[0].flags == 1 << 2

    played(play)


def test_a_long_opening_is_silent_in_every_piece_and_counted_once() -> None:
    """Nobody is rung up by its second half, either."""

    async def play(rig: Rig) -> None:
        await _say(rig, _there(rig), text="x" * 4_001)
        assert [posted.flags & 1 << 12 for posted in rig.double.bots] == [1 << 12] * 3
        assert len(rig.double.made(COUNT)) == 1

    played(play)


def test_a_way_out_leads_to_the_bot() -> None:
    """Discord has no link into a chat, but one to whoever it would be with; it stands last."""

    async def play(rig: Rig) -> None:
        door = Doorway("x" * 90, "g-1")
        await _say(rig, _there(rig), Among(server=SERVER, door=door), sides=(Choice("b", "pass"),))
        first, (last,) = (row["components"] for row in rig.double.bots[0].components)
        assert [part["label"] for part in first] == ["pass"]
        assert last["url"] == f"https://discord.com/users/{rig.double.robot.id}"
        assert (last["style"], last["label"], "custom_id" in last) == (5, f"{'x' * 79}…", False)

    played(play)


@pytest.mark.parametrize(
    ("among", "more"),
    [
        (Among(server=SERVER, door=Doorway(" ")), {}),
        (Among(server=SERVER, door=Doorway("\ud800")), {}),
        (Among(server=SERVER), {"attachment": Attachment("leeway.json", b"{}")}),
    ],
)
def test_what_has_no_place_in_a_channel_is_refused(among: Among, more: dict[str, Any]) -> None:
    """A door without words, and any file: those are somebody's own."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Refused):
            await _say(rig, _there(rig), among, **more)
        assert rig.double.requests == []

    played(play)


# ---- for the two alone


def test_an_opening_is_said_where_the_two_are_alone() -> None:
    """Counted just before, and each of the two looked for."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await _say(rig, guild)
        assert [posted.channel for posted in rig.double.bots] == [guild.room.id]
        routes = [
            request.route for request in rig.double.requests if "guilds" in request.route or "POST" in request.route
        ]
        assert routes == [COUNT, MEMBER, MEMBER, SEND_ROUTE]

    played(play)


def _with_eva(guild: Guild) -> None:
    guild.people[EVA.id] = EVA


def _eva_in_place_of_ben(guild: Guild) -> None:
    del guild.people[BEN.id]
    _with_eva(guild)


def _without_ben(guild: Guild) -> None:
    del guild.people[BEN.id]


def _with_another_bot(guild: Guild) -> None:
    guild.robots = 1


def _counted_wrong(by: int) -> Callable[[Guild], None]:
    def miscounted(guild: Guild) -> None:
        guild.off = by

    return miscounted


CHANGES = {
    "a third": _with_eva,
    "another": _eva_in_place_of_ben,
    "one alone": _without_ben,
    "another bot": _with_another_bot,
    "one too many": _counted_wrong(1),
    "one too few": _counted_wrong(-1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_opening_is_not_said_among_others(change: str) -> None:
    """Nor where that is not certain; and it is said as soon as they are alone."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        CHANGES[change](guild)
        with pytest.raises(Overheard):
            await _say(rig, guild)
        assert (rig.double.bots, rig.double.made(SEND_ROUTE)) == ([], [])
        guild.people, guild.robots, guild.off = {ANA.id: ANA, BEN.id: BEN}, 0, 0
        await _say(rig, guild)
        assert len(rig.double.bots) == 1

    played(play)


@pytest.mark.parametrize(
    ("only", "others", "said"),
    [(TWO[:1], (), True), (TWO[:1], (EVA,), False), ((), (), False)],
)
def test_for_whom_no_account_is_known_there_the_number_decides(
    only: tuple[AccountKey, ...], others: tuple[Person, ...], said: bool
) -> None:
    """The other is on another platform by now; still three are too many. Of two who both are, nobody is known there."""

    async def play(rig: Rig) -> None:
        guild, among = _there(rig, *others), Among(server=SERVER, only=only, people=2)
        if said:
            await _say(rig, guild, among)
        else:
            with pytest.raises(Overheard):
                await _say(rig, guild, among)
        assert len(rig.double.bots) == said

    played(play)


def test_nobody_counts_where_no_server_is_known() -> None:
    """Then it is not certain."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Overheard):
            await _say(rig, _there(rig), Among(only=TWO, people=2))
        assert rig.double.bots == []

    played(play)


def test_whoever_discord_does_not_know_is_not_there() -> None:
    """An account that was deleted."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, EVA)
        del guild.people[BEN.id], rig.double.people[BEN.id]
        with pytest.raises(Overheard):
            await _say(rig, guild)

    played(play)


@pytest.mark.parametrize("route", [COUNT, MEMBER])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Broken(done=False), TryLater),
        (Broken(done=True), TryLater),
        (Failing(503, done=False), TryLater),
        (Limited(120.0), TryLater),
        (Limited(1.0, via=False), TryLater),
        (RefusedError(400, 50035, "Invalid Form Body"), Overheard),
        (RefusedError(403, 0, "Forbidden"), Overheard),
        (RefusedError(403, 50001, "Missing Access"), Unreachable),
        (RefusedError(404, 10004, "Unknown Guild"), Unreachable),
    ],
)
def test_where_nobody_can_count_nothing_is_said(route: str, fault: Fault, error: type[DeliveryError]) -> None:
    """Later, if Discord is away; else it counts as not alone."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        rig.double.faults[route].extend([fault] * 6)
        with pytest.raises(error):
            await _say(rig, guild)
        assert (rig.double.bots, rig.double.made(SEND_ROUTE)) == ([], [])

    played(play)


# ---- where nobody can be reached


@pytest.mark.parametrize("denied", [VIEW, SEND, None])
def test_d19_where_the_bot_may_not_write_nobody_is_reached(denied: int | None) -> None:
    """Not let in, no word allowed, or the channel is gone."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        if denied is None:
            guild.channels.clear()
        else:
            guild.room.denied = denied
        for among in (OPENS, Among(server=SERVER)):
            with pytest.raises(Unreachable):
                await _say(rig, guild, among)
        assert rig.double.bots == []

    played(play)


def test_d19_a_server_that_took_the_bot_out_is_not_reached() -> None:
    """Nor counted."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        guild.has_bot = False
        for among in (OPENS, Among(server=SERVER)):
            with pytest.raises(Unreachable):
                await _say(rig, guild, among)

    played(play)


def test_an_opening_that_perhaps_arrived_is_not_said_twice() -> None:
    """The nonce finds out; and it is counted anew before."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        rig.double.faults[SEND_ROUTE].extend([Failing(503, done=True)] * 5)
        with pytest.raises(Uncertain):
            await _say(rig, guild)
        rig.double.faults.clear()
        await _say(rig, guild)
        assert len(rig.double.bots) == 1
        assert len(rig.double.made(COUNT)) == 2
        guild.people[EVA.id] = EVA
        with pytest.raises(Overheard):
            await _say(rig, guild)

    played(play)
