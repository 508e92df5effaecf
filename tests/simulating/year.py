"""A year in a town: the clock is moved from one thing to the next, and people do what people do."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

from bot.events import Blocked, Command, Deed, Pressed, Returned, Typed
from bot.tokens import Press, read_token
from tests.playing.phones import plain
from tests.playing.platform import News
from tests.playing.stages import Hands
from tests.simulating.habits import react
from tests.simulating.stage import YearStage
from tests.simulating.town import Human, Line, Round, town

MINUTE, HOUR, DAY = 60, 3_600, 86_400
WEEK = 7 * DAY
# A thousand couples meet the bot one after the other, which takes them half a day: before it is Monday for anybody.
BEGINS = int(datetime(2027, 1, 1, 20, tzinfo=UTC).timestamp())  # the Friday before the first week
SUNDAY = int(datetime(2027, 1, 3, 8, tzinfo=UTC).timestamp())  # the one before the first week
ENDS = SUNDAY + 40 * HOUR  # and so many weeks: when it is Monday everywhere
NEVER = 1 << 60

Act = Callable[[], Deed | None]


class Year:
    """The town's year. What happened stands on its people's phones, in `lines`, and in `rounds`, by their session."""

    def __init__(self, folder: Path, couples: int, seed: int) -> None:
        """Nobody has met the bot yet."""
        self.chance = Random(seed)
        self.couples = town(couples, seed)
        self.people = {human.player.user: human for couple in self.couples for human in couple}
        self.rounds: dict[int, Round] = {}
        self.clock = Hands(BEGINS)
        self.until = BEGINS
        self._agenda: list[tuple[int, int, Human, Act]] = []
        self._troubles: list[tuple[int, int]] = []
        self._number = count(1)
        self.stage = YearStage(self.clock, folder, {user: human.player.zone for user, human in self.people.items()})

    async def live(self, weeks: int) -> None:
        """They meet the bot; then so many weeks go by."""
        for one, other in self.couples:
            await self._meet(one, other)
        self.until = ENDS + weeks * WEEK
        while (at := await self._next()) < self.until:
            await self._until(at)
        await self.stage.close()

    def plan(self, human: Human, after: int, *acts: Act) -> None:
        """What somebody does after so many seconds, one thing a minute."""
        for number, act in enumerate(acts):
            heapq.heappush(self._agenda, (self.clock.at + after + number * MINUTE, next(self._number), human, act))

    def trouble(self, at: int, lasts: int) -> None:
        """At that time the program ends, and is started again so many seconds later."""
        heapq.heappush(self._troubles, (at, lasts))

    def leaves(self, human: Human, at: int, lasts: int) -> None:
        """Somebody blocks the bot at that time, for so many seconds."""
        human.away.append((at, at + lasts))
        self.plan(human, at - self.clock.at, Blocked)
        self.plan(human, at + lasts - self.clock.at, Returned)

    def vanishes(self, human: Human, at: int) -> None:
        """Somebody's account is gone from then on, and nobody is told."""
        human.away.append((at, NEVER))
        user = human.player.user

        def gone() -> None:
            self.stage.double.unreachable[user] = "Forbidden: user is deactivated"

        self.plan(human, at - self.clock.at, gone)

    def wrote(self, human: Human, session: int | None, words: str | None) -> None:
        """Somebody answers the question of that session, or passes."""
        if session is not None:
            known = self.rounds.setdefault(session, Round())
            known.wrote[human.player.user], known.at[human.player.user] = words, self.clock.at

    # ---- time

    async def _next(self) -> int:
        """When something happens next: due, or done."""
        due = await self.stage.next_due()
        done = self._agenda[0][0] if self._agenda else NEVER
        soon = self.clock.at + MINUTE
        return max(min(done, NEVER if due is None else due), soon)

    async def _until(self, at: int) -> None:
        """Time goes on to then, and further where the program stood still."""
        while self._troubles and self._troubles[0][0] <= at:
            begun, lasts = heapq.heappop(self._troubles)
            at = max(at, begun + lasts)
            self.stage.forget(at - 5 * WEEK)
            self.clock.at = at
            await self.stage.restart()
        self.clock.at = at
        await self._happens()

    async def _happens(self) -> None:
        """What is due by now, and what people do now."""
        await self.stage.catch_up()
        self._look()
        while self._agenda and self._agenda[0][0] <= self.clock.at:
            _, _, human, act = heapq.heappop(self._agenda)
            if (deed := act()) is not None and await self._does(human, deed):
                await self.stage.catch_up()
                self._look()

    async def _does(self, human: Human, deed: Deed) -> bool:
        """Whether they could: nobody writes to whom they have blocked."""
        if human.is_away(self.clock.at) and not isinstance(deed, Blocked | Returned):
            return False
        human.lines.append(Line(self.clock.at, True, _shown(deed)))
        if isinstance(deed, Pressed):
            messages = human.phone.ever.items()
            under = next(m for m, buttons in messages if deed.token in {button.token for button in buttons})
            await self.stage.press(human.player, under, deed.token)
        else:
            await self.stage.do(human.player, deed, 0)
        return True

    # ---- what they see

    def _look(self) -> None:
        """Everybody looks at their phone."""
        for news in self.stage.news():
            human = self.people[news.user]
            human.phone.heard(news)
            if news.text is not None:
                line = _line(self.clock.at, news)
                human.lines.append(line)
                react(self, human, news.message, line)

    # ---- how they meet

    async def _meet(self, one: Human, other: Human) -> None:
        """The first ten minutes, up to both answers; what comes after, they do when they are asked."""
        await self._now(one, Command("start"))
        await self._first(one)
        await self._answer(one)
        await self._first(one)
        await self._now(other, Command("start", one.phone.codes[-1]))
        await self._first(other)
        await self._answer(other)
        await self._first(one)

    async def _now(self, human: Human, deed: Deed) -> None:
        self.clock.at += 5
        await self._does(human, deed)
        await self.stage.catch_up()
        self._look()

    async def _first(self, human: Human) -> None:
        button = human.phone.first_button()
        assert button is not None, human.lines
        await self._now(human, Pressed(button.token))

    async def _answer(self, human: Human) -> None:
        words = human.words("SEALED")
        self.wrote(human, human.lines[-1].session, words)
        await self._now(human, Typed(words, ""))


def _shown(deed: Deed) -> str:
    return deed.text if isinstance(deed, Typed) else str(deed)


def _line(at: int, news: News) -> Line:
    presses = [(token, button.label) for button in news.buttons if isinstance(token := read_token(button.token), Press)]
    labels = tuple(plain(button.label) for button in news.buttons)
    prompt = (presses[0][0].session, presses[0][0].prompt) if presses else None
    return Line(at, False, plain(news.text or ""), labels, prompt, news.message)
