"""The power goes at any moment of four weeks on Telegram: no answer is lost, and no prompt or reminder comes twice."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import httpx
import pytest

from bot.tokens import Press, read_token
from tests.browser.programs import ROOT, free_port
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.objects import Person, Posted
from tests.doubles.telegram.program import Running, buttons_of, ready
from tests.doubles.telegram.rig import ANA
from tests.playing.times import next_time

ZONE = "Europe/Lisbon"
READING = 0.25  # seconds; nobody answers faster than a message has come
LATEST = 0.12  # seconds after a deed began; by then nearly all that it brings about has been said
SOON = 0.4  # seconds after a start in which something is due
LONGEST = 30.0  # seconds until something shows, on a slow machine
PATIENCE = 4.0  # seconds after which somebody asks for a question that the power cut has swallowed
MINUTE, HOUR, DAY = 60, 3_600, 86_400
ANA1, BEN1, ANA2, BEN2, ANA3 = "ANA-ONE.", "BEN-ONE.", "ANA-TWO.", "BEN-TWO.", "ANA-THREE."
STILL = "Still here, if you would like it:"
GUESS = "And your guess at"
CLOSED = "This question is closed for now."
_CODE = re.compile(r"start=([\w-]+)")

BEN = Person(22, "Ben")  # reads English here, as what stands on phones is looked at
True_ = Callable[[], bool]


@dataclass
class Ahead:
    """The clock of the server, and of each program that is started from now on."""

    by: int = 0

    def now(self) -> int:
        """Epoch seconds."""
        return int(time.time()) + self.by


@dataclass
class Street:
    """Ana's and Ben's phones, and a program that dies. `asked`: the rounds that somebody asked to see once more."""

    program: Running
    clock: Ahead
    chance: Random
    cuts: int = 0
    asked: set[tuple[int, int]] = field(default_factory=set)

    # ---- what stands there

    def posts(self, who: Person) -> list[Posted]:
        """What the bot has posted to somebody."""
        return [posted for posted in self.program.double.bots if posted.chat["id"] == who.id]

    def said(self, who: Person, words: str) -> bool:
        """Whether somebody has read that."""
        return any(words in text for text in self.program.double.texts(who))

    def guesses(self, who: Person) -> int:
        """In how many rounds somebody was asked for a guess: their answer is in."""
        return sum(GUESS in (posted.text or "") for posted in self.posts(who))

    def button(self, who: Person, option: str) -> tuple[int, str] | None:
        """The newest button with that end, and its message."""
        everywhere = ((p.id, token) for p in reversed(self.posts(who)) for token in buttons_of(p))
        return next(((message, token) for message, token in everywhere if token.endswith(option)), None)

    def rounds(self, who: Person) -> Counter[int]:
        """How often the question of each round was posted to somebody, its reminder not counted."""
        return Counter(
            session
            for posted in self.posts(who)
            if not (posted.text or "").startswith(STILL) and (session := self._passable.get((who.id, posted.id)))
        )

    def watch(self, posted: Posted, is_edit: bool) -> None:
        """Something is posted: the round that its *pass* belongs to, for buttons are taken away later."""
        for token in () if is_edit else buttons_of(posted):
            if isinstance(press := read_token(token), Press) and press.option == "pass":
                self._passable[posted.chat["id"], posted.id] = press.session

    _passable: dict[tuple[int, int], int] = field(default_factory=dict)

    # ---- what they do

    def presses(self, who: Person, option: str) -> None:
        """Somebody presses the newest button with that end."""
        found = self.button(who, option)
        assert found is not None, option
        self.program.double.presses(who, *found)

    async def does(self, act: Callable[[], object], shows: True_) -> None:
        """Somebody does something, the power goes, and comes again; in the end it shows."""
        await asyncio.sleep(READING)
        act()
        await asyncio.sleep(self.chance.uniform(0, LATEST))
        await self.cut()
        await self._until(shows)

    async def _until(self, shows: True_) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await self.program.double.until(shows)
        except TimeoutError:
            phones = {who.name: self.program.double.texts(who)[-4:] for who in (ANA, BEN)}
            raise AssertionError(f"nothing came of it: {phones}\n{self.program.log[-2_000:]}") from None

    async def cut(self) -> None:
        """The power goes, and comes again."""
        self.cuts += 1
        await self.program.end(signal.SIGKILL)
        await self.start()

    async def hears(self) -> None:
        """The program is there: it has asked what there is."""
        polls = len(self.program.double.made("getUpdates"))
        await self._until(lambda: len(self.program.double.made("getUpdates")) > polls)

    async def start(self) -> None:
        """The program is started, with its clock as far ahead as the server's."""
        self.program.arguments = (str(ROOT / "tests/test_program/ahead.py"), str(self.clock.by))
        await self.program.start()

    async def comes(self, at: int, *shows: True_) -> None:
        """It is so late when the power comes; it goes again while what is due is being said. Some of it may be lost."""
        self.clock.by += at - self.clock.now()
        await self.cut()
        await self.hears()
        await asyncio.sleep(self.chance.uniform(0, SOON))
        await self.cut()
        await self.hears()
        for each in shows:
            await self._until(each)

    async def week(self) -> None:
        """The week's question comes to both. A power cut may swallow it, being `once`: then they ask for it."""
        known = {who.id: {*self.rounds(who)} for who in (ANA, BEN)}
        await self.comes(next_time(6, "19:00", self.clock.now(), ZONE) + 2)
        for who in (ANA, BEN):
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.program.double.until(partial(self._has_more, who, known[who.id]))
            except TimeoutError:
                await self._asks_for_it(who)

    def _has_more(self, who: Person, known: set[int]) -> bool:
        return {*self.rounds(who)} > known

    async def _asks_for_it(self, who: Person) -> None:
        double = self.program.double
        double.says(who, "/curious")
        await self._until(lambda: any(":continue:" in token for p in self.posts(who) for token in buttons_of(p)))
        message, token = next(
            (posted.id, token)
            for posted in reversed(self.posts(who))
            for token in buttons_of(posted)
            if ":continue:" in token
        )
        self.asked.add((who.id, int(token.rpartition(":")[2])))
        count = len(self.posts(who))
        double.presses(who, message, token)
        await self._until(lambda: len(self.posts(who)) > count)


def first_round(street: Street, ana: Person = ANA, ben: Person = BEN) -> Iterator[tuple[Callable[[], object], True_]]:
    """From Start to the opened answers and the settled rhythm: what is done, and what then shows."""
    double, has = street.program.double, street.button
    yield lambda: double.says(ana, "/start"), lambda: has(ana, ":yes") is not None
    yield lambda: street.presses(ana, ":yes"), lambda: has(ana, ":pass") is not None
    yield lambda: double.says(ana, ANA1), lambda: has(ana, ":pair:") is not None
    yield lambda: street.presses(ana, ":pair:"), lambda: street.said(ana, "start=")
    code = next(found[1] for text in double.texts(ana) if (found := _CODE.search(text)))
    yield lambda: double.says(ben, f"/start {code}"), lambda: has(ben, ":link") is not None
    yield (
        lambda: street.presses(ben, ":link"),
        lambda: street.said(ana, "opened your") and has(ben, ":pass") is not None,
    )
    yield lambda: street.presses(ana, ":yes"), lambda: street.said(ben, "you two are linked")
    yield lambda: double.says(ben, BEN1), lambda: has(ana, ":usual") is not None and street.said(ben, ANA1)
    yield lambda: street.presses(ana, ":usual"), lambda: street.said(ana, "Is it ")
    yield lambda: street.presses(ana, ":yes"), lambda: has(ana, ":yes") is None
    yield lambda: street.presses(ben, ":yes"), lambda: has(ben, ":yes") is None


async def _four_weeks(street: Street) -> None:
    double = street.program.double
    for act, shows in first_round(street):
        await street.does(act, shows)
    await street.week()
    await street.does(lambda: double.says(ANA, ANA2), lambda: street.guesses(ANA) >= 1)
    await street.does(lambda: double.says(BEN, BEN2), lambda: street.guesses(BEN) >= 1)
    await street.comes(street.clock.now() + 16 * MINUTE, lambda: street.said(ANA, BEN2) and street.said(BEN, ANA2))
    await street.week()
    before = street.guesses(ANA)
    await street.does(lambda: double.says(ANA, ANA3), lambda: street.guesses(ANA) > before)
    asked = next_time(6, "19:00", street.clock.now() - 6 * DAY, ZONE)
    await street.comes(asked + 37 * HOUR)
    await street.comes(asked + 3 * DAY + HOUR, *(partial(street.said, who, CLOSED) for who in (ANA, BEN)))
    sunday = next_time(6, "19:00", street.clock.now(), ZONE)
    await street.comes(sunday + 2, *(partial(street.said, who, "This week, if you like") for who in (ANA, BEN)))
    await double.all_confirmed()


@pytest.mark.timeout(240)
def test_twenty_power_cuts_on_telegram(tmp_path: Path) -> None:
    """One in each step of three rounds and a week without one, at a random moment after it began, and two around
    everything that time brings; beside it runs the playground, where nothing happens."""
    clock, port = Ahead(), free_port()
    clock.by = next_time(6, "19:30", clock.now(), ZONE) - clock.now()

    async def play() -> Street:
        settings = {"TIME_ZONE": ZONE, "PLAYGROUND": "1", "HTTP_PORT": str(port)}
        async with ready(Double(clock.now), tmp_path, 200, **settings) as program:
            street = Street(program, clock, Random(4))
            program.double.on_posted = street.watch
            await street.start()
            await _four_weeks(street)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                assert (await client.get("/api/state")).json()["messages"] == []
            assert "Traceback" not in program.log
        return street

    street = asyncio.run(play())
    assert street.cuts >= 20
    _nothing_is_lost(street)
    _nothing_comes_twice(street)


def _nothing_is_lost(street: Street) -> None:
    """Each answer stands on the other's phone; one that never opened does not."""
    for reader, words in ((ANA, (BEN1, BEN2)), (BEN, (ANA1, ANA2))):
        assert all(street.said(reader, each) for each in words)
    assert not street.said(BEN, ANA3)
    assert len([text for text in street.program.double.texts(ANA) if text.startswith("Kept")]) >= 3


def _nothing_comes_twice(street: Street) -> None:
    """A week with a question has one round, put once to each who did not ask for it again; one reminder, for Ben."""
    for who in (ANA, BEN):
        _, *weeks = street.rounds(who).items()
        assert len(weeks) == 2
        assert [times for session, times in weeks if times > 1 + ((who.id, session) in street.asked)] == []
        reminders = [text for text in street.program.double.texts(who) if text.startswith(STILL)]
        assert len(reminders) <= (who is BEN)
