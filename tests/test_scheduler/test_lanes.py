"""Twelve hundred messages to four hundred chats, and people who chat meanwhile: what the platform sees of it."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from bot.changes import Lane
from tests.test_scheduler.parts import NOON
from tests.test_scheduler.town import SLOW, Town, most_in
from tests.test_scheduler.virtual import run

CHATS = range(1, 401)
CHATTING = range(381, 421)  # half of them are written to in bulk, too
STORM = 421  # somebody who has typed twenty messages at once
GROUP = -500


def _play(town: Town, scene: Callable[[], Awaitable[None]]) -> None:
    """The sender runs beside a scene, in virtual time."""

    async def both() -> None:
        running = asyncio.ensure_future(town.sender.run())
        await asyncio.sleep(0)
        await scene()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run(both())


async def _chat(town: Town, answers: list[str], until: float) -> None:
    """People write now and then, and each time are answered with two lines."""
    chance, time = Random(5), asyncio.get_running_loop().time
    while time() < until:
        await asyncio.sleep(chance.uniform(0.1, 0.7))
        someone = chance.choice([chat for chat in CHATTING if time() - max(town.phones.times(chat), default=-9) > 3])
        answers += town.say(Lane.REPLY, someone, someone)


def test_bulk_and_people_who_chat() -> None:
    """No window is ever exceeded, nobody waits for an answer, and bulk takes no longer than the limit makes it."""
    town, answers, ended = Town(range(1, 422)), list[str](), list[float]()

    async def scene() -> None:
        bulk = town.say(Lane.BULK, *CHATS, *CHATS, *CHATS)
        town.say(Lane.REPLY, *[STORM] * 20)
        await _chat(town, answers, until=40.0)
        await town.until_all_arrived()
        ended.append(max(town.phones.begun[line] for line in bulk))

    _play(town, scene)
    seen = town.phones
    assert len(seen.arrived) == len(town.put) == len(seen.begun)
    assert most_in(seen.times(), 1.0) <= 30
    assert max(most_in(times, 3.0) for times in seen.by_chat().values()) <= 3
    assert len(answers) > 150
    firsts = answers[::2]  # the second line follows when the first has arrived
    assert max(seen.begun[line] - town.put[line] for line in firsts) < 0.2
    assert max(seen.begun[line] - town.put[line] for line in answers) < 0.2 + 2 * SLOW
    at_the_least = 1200 / 25  # seconds; and each message counts until a second after its way there and back
    assert at_the_least - 1 < ended[0] < at_the_least * (1 + 2 * SLOW) + 2


def test_a_flood_of_replies_does_not_starve_bulk() -> None:
    """Forty answers are wanted each second, more than may go; of what can wait, one goes each second."""
    town = Town(range(1, 421))

    async def scene() -> None:
        town.say(Lane.BULK, *range(1, 21))
        for second in range(10):
            town.say(Lane.REPLY, *range(21 + 40 * second, 61 + 40 * second))
            await asyncio.sleep(1.0)

    _play(town, lambda: scene())
    gone = [chat for _, chat, _ in town.phones.arrived if chat <= 20]
    assert len(gone) >= 8
    assert most_in(town.phones.times(), 1.0) <= 30


def test_an_answer_in_a_chat_that_bulk_goes_to_does_not_wait() -> None:
    """Bulk leaves room for it: three lines trickle, the answer comes between them."""
    town = Town([1])

    async def scene() -> None:
        town.say(Lane.BULK, 1, 1, 1)
        await asyncio.sleep(0.5)
        town.say(Lane.REPLY, 1, 1)
        await town.until_all_arrived()

    _play(town, scene)
    assert [words for _, _, words in town.phones.arrived] == ["1", "4", "5", "2", "3"]
    assert town.phones.begun["4"] == 0.5


def test_a_group_gets_eighteen_a_minute() -> None:
    """Forty lines take two minutes; a private chat is answered meanwhile."""
    town = Town([GROUP, 1])

    async def scene() -> None:
        town.say(Lane.REPLY, *[GROUP] * 40)
        await asyncio.sleep(30.0)
        town.say(Lane.REPLY, 1)
        await town.until_all_arrived()

    _play(town, scene)
    assert most_in(town.phones.times(GROUP), 60.0) <= 18
    assert 120 < max(town.phones.times(GROUP)) < 130
    assert town.phones.times(1)[0] < 30.2


def test_a_429_halts_one_chat() -> None:
    """Nothing goes there for its time; everybody else is written to at once."""
    town = Town(range(1, 30))
    town.phones.refuses[7] = 20.0

    async def scene() -> None:
        town.say(Lane.REPLY, *range(1, 20))
        await asyncio.sleep(1.0)
        town.phones.refuses.clear()
        town.say(Lane.REPLY, 7, *range(20, 30))
        await asyncio.sleep(40.0)

    _play(town, scene)
    first, second, third = town.phones.times(7)
    assert first < 1.0
    assert second - first > 20.0
    assert third > second
    assert max(at for at, chat, _ in town.phones.arrived if chat != 7) < 3.0


def test_429s_for_several_chats_halt_the_bot() -> None:
    """It is the bot that writes too much, and it stops until the time is over."""
    town = Town(range(1, 60))
    town.phones.refuses = {chat: 20.0 for chat in range(1, 4)}

    async def scene() -> None:
        town.say(Lane.REPLY, *range(1, 4))
        await asyncio.sleep(0.5)
        town.phones.refuses.clear()
        town.say(Lane.REPLY, *range(4, 30))
        await asyncio.sleep(40.0)

    _play(town, scene)
    others = [at for at, chat, _ in town.phones.arrived if chat >= 4]
    assert len(others) == 26
    assert min(others) > 20.0


def test_what_the_limits_hold_back_is_looked_at_when_its_turn_comes() -> None:
    """It was not claimed: what has become useless by then is not sent, and nothing was said to be on its way."""
    town = Town(range(1, 101))

    async def scene() -> None:
        town.say(Lane.BULK, *range(1, 101))
        await asyncio.sleep(0.5)
        under_way = len(town.phones.begun) - len(town.phones.arrived)
        waiting = town.store.claim(NOON, 1000)
        assert len(waiting) == 100 - len(town.phones.begun)
        assert under_way <= 25

    _play(town, scene)
