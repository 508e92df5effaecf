"""Rounds of two on Discord, one of whom cannot be written to: the real turns, store and sender, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.wiring.discord import discord_commands
from bot.wiring.rooms import Rooms, open_rooms
from tests.doubles.discord.objects import Interaction, Person, Posted
from tests.doubles.discord.rig import ANA, Rig, in_haste, played
from tests.playing.discord import choices
from tests.playing.platforms import SETTINGS
from tests.playing.stages import CONTENT

BEN = Person(22, "Ben")
THEIRS = 77  # the channel of their own direct messages
OPEN, SEND = "POST /users/@me/channels", "POST /channels/{channel}/messages"
_CODE = re.compile(r"/pair ([A-Z2-7]{16})")
_ESCAPED = re.compile(r"\\(.)")


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@dataclass
class Two:
    """Ana, with the bot alone; Ben, in their own direct messages; and the program."""

    rig: Rig
    folder: Path

    async def begin(self) -> None:
        """It hears."""
        self.rooms: Rooms = open_rooms(SETTINGS, self.folder, [self.rig.adapter], self.rig.clock, paces={})
        await self.rooms.sender.recover()
        self.rig.take = self.rooms.receive
        await self.rig.ready()
        await self.rig.adapter.caught_up.wait()

    async def end(self) -> None:
        """The store is closed."""
        await self.rooms.writer.close()
        self.rooms.store.close()

    async def restart(self) -> None:
        """Only the store remembers."""
        await self.end()
        await self.rig.restart()
        await self.begin()

    async def said(self, text: str) -> None:
        """Ana writes something."""
        self.rig.double.says(ANA, text)
        await self._through()

    async def gives(self, who: Person, name: str, argument: str = "", *, alone: bool = False) -> Interaction:
        """Somebody gives a command: Ben in their own direct messages, unless he is with the bot `alone`."""
        channel = None if who is ANA or alone else THEIRS
        given = self.rig.double.commands_(who, name, argument, channel=channel)
        await self._through()
        return given

    async def presses(self, who: Person, posted: Posted, label: str) -> Interaction:
        """Somebody presses the button with that label."""
        token = next(choice.token for choice in choices(posted) if choice.label == label)
        pressed = self.rig.double.presses(who, posted.id, token)
        await self._through()
        return pressed

    async def writes(self, posted: Posted, text: str) -> None:
        """Ben opens the form and sends it in."""
        opened = self.rig.double.presses(BEN, posted.id, "write")
        await self.rig.double.until(lambda: opened.callback is not None)
        self.rig.double.submits(opened, write=text)
        await self._through()

    def anas(self, label: str) -> Posted:
        """The newest message to Ana that has that button."""
        mine = [posted for posted in self.rig.double.bots if posted.channel == ANA.dm]
        return next(p for p in reversed(mine) if label in {choice.label for choice in choices(p)})

    async def catch_up(self) -> None:
        """What is due is sent."""
        await self.rooms.catch_up()

    async def invited(self, answer: str = "A lighthouse keeper.") -> str:
        """Ana has answered, and has a code for Ben."""
        await self.gives(ANA, "start")
        await self.presses(ANA, self.anas("Fine with me"), "Fine with me")
        await self.said(answer)
        label = "invite the one it is for"
        await self.presses(ANA, self.anas(label), label)
        return next(found[1] for text in reversed(self.rig.double.texts(ANA)) if (found := _CODE.search(text)))

    async def linked(self, answer: str = "A lighthouse keeper.") -> Posted:
        """Ben has followed the invitation, and Ana has said that it is him: what he sees."""
        ben = await self.gives(BEN, "start", await self.invited(answer))
        await self.presses(BEN, seen(ben), "Fine, and link me with Ana")
        await self.presses(ANA, self.anas("Yes, that is Ben"), "Yes, that is Ben")
        return seen(ben)

    def is_private(self) -> bool:
        """Whether nothing stands anywhere but with the bot alone, and for one alone."""
        others = [p for p in self.rig.double.posted.values() if p.channel not in {ANA.dm, BEN.dm}]
        return all(posted.is_ephemeral and posted.reader == BEN.id for posted in others)

    async def _through(self) -> None:
        """The program has taken it, and has said what there is to say."""
        self.done = getattr(self, "done", 0) + 1
        await self.rig.deeds(self.done)
        done = self.rig.double.interactions.values()
        await self.rig.double.until(lambda: all(each.callback is not None for each in done))
        await self.catch_up()


def seen(given: Interaction) -> Posted:
    """What somebody sees in answer to a command."""
    assert given.answer is not None
    return given.answer


def words(posted: Posted) -> str:
    """As it is read."""
    return _ESCAPED.sub(r"\1", posted.content)


def _play(folder: Path, play: Callable[[Two], Awaitable[None]], *, opens: bool = False) -> None:
    """Plays it; Ben cannot be written to."""

    async def whole(rig: Rig) -> None:
        rig.double.people |= {ANA.id: ANA, BEN.id: BEN}
        rig.double.closed[BEN.id], rig.double.opens = (403, 50278), opens
        two = Two(rig, folder)
        await two.begin()
        try:
            await play(two)
            assert two.is_private()
        finally:
            await two.end()

    played(whole, commands=discord_commands(CONTENT()))


@pytest.mark.parametrize("opens", [False, True])
def test_a_whole_first_round_without_a_word_in_direct_messages(tmp_path: Path, *, opens: bool) -> None:
    """From the invitation to the opening: both read both answers, and only once was Ben tried to be written to."""

    async def play(two: Two) -> None:
        code = await two.invited()
        ben = await two.gives(BEN, "start", code)
        first = words(seen(ben))
        assert first.startswith(
            "I cannot write to you first here. Send any command, and I show you what there is.\n\nAna"
        )
        await two.presses(BEN, seen(ben), "Fine, and link me with Ana")
        assert "Good. Now Ana is asked whether it is you." in words(seen(ben))
        await two.presses(ANA, two.anas("Yes, that is Ben"), "Yes, that is Ben")
        await two.writes(seen(ben), "Zirkusdirektor.")
        assert "Zirkusdirektor." in " ".join(two.rig.double.texts(ANA))
        assert "A lighthouse keeper." in words(seen(ben))
        assert ben.more == []
        assert two.rig.double.texts(BEN) == []
        tried = [r for r in two.rig.double.made(SEND) if r.ids["channel"] == str(BEN.dm)]
        assert (len(two.rig.double.made(OPEN)), len(tried)) == ((1, 1) if opens else (1, 0))

    _play(tmp_path, play, opens=opens)


def test_what_opens_when_a_quarter_of_an_hour_has_passed_waits_for_the_next_command(tmp_path: Path) -> None:
    """Nothing is lost, and nothing of it is tried again meanwhile."""

    async def play(two: Two) -> None:
        old = await two.gives(BEN, "start", await two.invited())
        await two.presses(BEN, seen(old), "Fine, and link me with Ana")
        await two.writes(seen(old), "Zirkusdirektor.")
        two.rig.clock.at += 1_000
        await two.presses(ANA, two.anas("Yes, that is Ben"), "Yes, that is Ben")
        assert "Zirkusdirektor." in " ".join(two.rig.double.texts(ANA))
        assert "A lighthouse keeper." not in words(seen(old))
        tried = len(two.rig.double.made(OPEN))
        two.rig.clock.at += 60
        await two.catch_up()
        assert len(two.rig.double.made(OPEN)) == tried
        new = await two.gives(BEN, "help")
        assert "A lighthouse keeper." in words(seen(new))
        assert "A lighthouse keeper." not in words(seen(old))

    _play(tmp_path, play)


def test_after_a_new_start_the_next_command_brings_what_waited(tmp_path: Path) -> None:
    """The interaction is forgotten with the program."""

    async def play(two: Two) -> None:
        old = await two.gives(BEN, "start", await two.invited())
        await two.presses(BEN, seen(old), "Fine, and link me with Ana")
        await two.writes(seen(old), "Zirkusdirektor.")
        await two.restart()
        await two.presses(ANA, two.anas("Yes, that is Ben"), "Yes, that is Ben")
        assert "A lighthouse keeper." not in words(seen(old))
        new = await two.gives(BEN, "help")
        assert "A lighthouse keeper." in words(seen(new))

    _play(tmp_path, play)


def test_a_form_that_was_open_over_a_new_start_counts(tmp_path: Path) -> None:
    """It carries all that it needs; it is answered where it was opened."""

    async def play(two: Two) -> None:
        ben = await two.linked()
        opened = two.rig.double.presses(BEN, ben.id, "write")
        await two.rig.double.until(lambda: opened.callback is not None)
        await two.restart()
        two.rig.double.submits(opened, write="Zirkusdirektor.")
        await two._through()
        assert "A lighthouse keeper." in words(ben)
        assert "Zirkusdirektor." in " ".join(two.rig.double.texts(ANA))

    _play(tmp_path, play)


def test_direct_messages_that_open_are_used_from_the_next_command_on(tmp_path: Path) -> None:
    """What was begun in one place goes on in the other; and back."""

    async def play(two: Two) -> None:
        ben = await two.linked()
        del two.rig.double.closed[BEN.id]
        await two.writes(ben, "Zirkusdirektor.")
        assert "A lighthouse keeper." in words(ben)
        assert two.rig.double.texts(BEN) == []
        before = words(ben)
        await two.gives(BEN, "help", alone=True)
        assert two.rig.double.texts(BEN) != []
        there = await two.gives(BEN, "help")
        await two.rig.double.until(lambda: there.original == "Answered in our direct messages.")
        assert words(ben) == before
        two.rig.double.closed[BEN.id] = (400, 50007)
        again = await two.gives(BEN, "help")
        assert "/safety" in words(seen(again))

    _play(tmp_path, play)


@pytest.mark.parametrize("token", ["v1:p:zz:1:y", "v1:c:nothing:", "v1:p:1", "\u200f"])
def test_a_stale_or_forged_press_is_answered_there(tmp_path: Path, token: str) -> None:
    """As it is anywhere."""

    async def play(two: Two) -> None:
        ben = await two.linked()
        before = words(ben)
        two.rig.double.presses(BEN, ben.id, token)
        await two._through()
        assert words(ben) != before
        assert two.rig.double.texts(BEN) == []

    _play(tmp_path, play)


def test_a_long_answer_comes_whole(tmp_path: Path) -> None:
    """As a file, where one message cannot hold it."""

    async def play(two: Two) -> None:
        long = " ".join(f"word{number}" for number in range(400))
        ben = await two.linked(long)
        assert ben.files == []
        await two.writes(ben, "Zirkusdirektor.")
        ((name, whole),) = ben.files
        assert name == "message.txt"
        assert f"Ana wrote: {long}" in whole.decode()
        assert len(ben.content) <= 2_000

    _play(tmp_path, play)


def test_two_commands_quickly_one_after_the_other(tmp_path: Path) -> None:
    """All that comes stands in the answer to the newer one, once, and the other leaves nothing."""

    async def play(two: Two) -> None:
        await two.linked()
        first = two.rig.double.commands_(BEN, "help", channel=THEIRS)
        second = two.rig.double.commands_(BEN, "safety", channel=THEIRS)
        await two._through()
        await two._through()
        await two.rig.double.until(lambda: first.deleted)
        assert first.original is None
        assert words(seen(second)).count("Leeway asks the two of you things") == 1
        assert len(two.rig.double.made(OPEN)) == 2

    _play(tmp_path, play)
