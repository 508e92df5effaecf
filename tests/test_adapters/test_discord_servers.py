"""What becomes of servers on Discord: the bot is brought to one, taken out, or a channel goes."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.events import Added, Place, Removed, nobody
from bot.people import SHARED, GroupKey
from tests.doubles.discord.guilds import SEND, VIEW, Guild
from tests.doubles.discord.objects import Person
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

EVA = Person(33, "Eva")
SERVER = 5_000


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _there(rig: Rig, *others: Person, **more: Any) -> Guild:
    """A server of the two, and perhaps of others."""
    return rig.double.guilds.make(SERVER, ANA, BEN, *others, **more)


@pytest.mark.parametrize(
    ("system", "denied", "channel"),
    [
        (None, {}, 1),
        (2, {}, 2),
        (2, {2: SEND}, 1),
        (2, {2: VIEW, 1: SEND}, 3),
        (None, {1: SEND, 2: SEND, 3: VIEW}, None),
    ],
)
def test_the_bot_speaks_up_in_a_small_server_where_it_may(
    system: int | None, denied: dict[int, int], channel: int | None
) -> None:
    """Where the server's own news are told, else in the first channel that lets it."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, channels=3, has_bot=False)
        guild.system = None if system is None else SERVER + system
        for number, denying in denied.items():
            guild.channels[SERVER + number].denied = denying
        await rig.ready()
        rig.double.guilds.brings(guild)
        rig.double.says(ANA, "after it")
        await rig.deeds(1 if channel is None else 2)
        brought = [event for event in rig.heard if event.deed == Added()]
        places = [Place(GroupKey("discord", SERVER + channel), server=SERVER)] if channel is not None else []
        assert [event.sender for event in brought] == [nobody(place) for place in places]

    played(play)


@pytest.mark.parametrize(("others", "speaks"), [((), True), ((EVA,), True), ((EVA, Person(44, "Max")), False)])
def test_the_bot_says_nothing_by_itself_in_a_large_server(others: tuple[Person, ...], speaks: bool) -> None:
    """Four members are the most, itself among them."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, *others, has_bot=False)
        await rig.ready()
        rig.double.guilds.brings(guild)
        rig.double.commands_(ANA, "help", channel=guild.room.id)
        await rig.deeds(1 + speaks)
        assert any(event.deed == Added() for event in rig.heard) is speaks

    played(play)


def test_d19_a_server_that_is_away_is_no_server_that_is_gone() -> None:
    """Neither that it goes nor that it comes back is anything, also over a new connection; taken out is taken out."""

    async def play(rig: Rig) -> None:
        guild = _there(rig)
        await rig.ready()
        rig.double.guilds.goes_away(guild)
        rig.double.drop(resumable=False)
        await rig.double.until(lambda: len(rig.double.identifies) == 2)
        rig.double.guilds.comes_back(guild)
        rig.double.guilds.goes_away(guild)
        rig.double.guilds.comes_back(guild)
        rig.double.says(ANA, "after it")
        await rig.deeds(1)
        rig.double.guilds.takes_out(guild)
        assert (await rig.deeds(2))[1:] == [Removed(everywhere=True)]
        assert rig.heard[1].sender == nobody(Place(GroupKey("discord", SERVER), server=SERVER))
        assert rig.heard[1].sender.account.user == SHARED

    played(play)


def test_a_channel_that_is_deleted_is_gone() -> None:
    """That one; one that nobody has heard of is nothing."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, channels=2)
        await rig.ready()
        rig.double.push("CHANNEL_DELETE", {"id": "9", "type": 0, "guild_id": str(SERVER), "name": "x", "position": 0})
        rig.double.guilds.deletes(guild.channels[SERVER + 2])
        assert await rig.deeds(1) == [Removed()]
        assert rig.heard[0].sender.place == Place(GroupKey("discord", SERVER + 2), server=SERVER)

    played(play)


def test_each_stay_in_a_server_has_events_of_its_own() -> None:
    """Brought, taken out, brought again: none is taken for another that was before."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, has_bot=False)
        await rig.ready()
        for _ in range(2):
            rig.clock.at += 60
            rig.double.guilds.brings(guild)
            rig.double.guilds.takes_out(guild)
        assert await rig.deeds(4) == [Added(), Removed(everywhere=True)] * 2
        ids = [event.id for event in rig.heard]
        assert len(set(ids)) == 4
        assert all(each.startswith(f"discord:guild:{SERVER}:") for each in ids)

    played(play)


@pytest.mark.parametrize("left_out", ["member_count", "members", "channels"])
def test_a_server_that_is_told_of_by_half_is_no_place_to_speak(left_out: str) -> None:
    """Nor is one that nobody has heard of taken out; the next thing is heard all the same."""

    async def play(rig: Rig) -> None:
        guild = _there(rig, has_bot=False)
        await rig.ready()
        told = guild.created(rig.double.robot)
        del told[left_out]
        rig.double.push("GUILD_DELETE", {"id": "9"})
        rig.double.push("GUILD_CREATE", told)
        rig.double.says(ANA, "after it")
        with capture_logs() as logs:
            await rig.deeds(1)
        assert [type(event.deed).__name__ for event in rig.heard] == ["Typed"]
        assert logs == []

    played(play)
