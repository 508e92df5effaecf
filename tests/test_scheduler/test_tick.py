"""The tick: what is due is taken, a few at a time, behind everybody who waits for an answer."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from structlog.testing import capture_logs

from bot.changes import SaveCouple, SaveSession
from bot.engine.ids import CoupleId
from bot.engine.session import Session, Status
from bot.events import Due, SessionDue, WeekDue, whose_due
from bot.people import Couple
from scheduler.tick import Tick
from tests.test_scheduler.parts import ANA, BEN, NOON, Post, session

HOUR = 3600
Turn = Callable[[Due], None]


def _sleeper(number: int, wake: int | None) -> Session:
    """A session that waits for a time."""
    timers = {} if wake is None else {"pause": wake}
    return Session(
        session(number), "village", (ANA,), None, 0, NOON - HOUR, Status.OPEN, timers=timers, last=NOON - HOUR
    )


def _sleepers(post: Post, numbers: Sequence[int], wake: int = NOON - 60) -> None:
    post.keep(*(SaveSession(_sleeper(number, wake + number)) for number in numbers))


def _names(events: Sequence[Due]) -> list[int]:
    return [whose_due(event) for event in events]


def _waking(post: Post, taken: list[Due]) -> Turn:
    """A turn after which that session waits for nothing more."""

    def take(event: Due) -> None:
        taken.append(event)
        if isinstance(event, SessionDue):
            post.keep(SaveSession(_sleeper(event.session, None)))

    return take


def _tick(post: Post, take: Turn) -> Tick:
    return Tick(post.store, take, post.clock, post.threads)


def test_what_is_due_is_taken_longest_due_first(post: Post) -> None:
    """What is not due yet is left alone."""
    taken: list[Due] = []
    _sleepers(post, [3, 1, 2])
    _sleepers(post, [4], wake=NOON)
    assert asyncio.run(_tick(post, _waking(post, taken)).run_due()) == 3
    assert _names(taken) == [1, 2, 3]


def test_a_week_is_due_like_a_session(post: Post) -> None:
    """Both are events of the time of the run."""
    taken: list[Due] = []
    post.keep(SaveCouple(Couple(CoupleId(7), (ANA, BEN), NOON - HOUR, 4, 480, NOON)))
    asyncio.run(_tick(post, _waking(post, taken)).run_due())
    assert [(type(event), event.at) for event in taken] == [(WeekDue, NOON)]


def test_each_event_has_chance_of_its_own(post: Post) -> None:
    """It is drawn here, at the edge, and nowhere after."""
    taken: list[Due] = []
    _sleepers(post, range(1, 11))
    asyncio.run(_tick(post, _waking(post, taken)).run_due())
    chances = {event.chance for event in taken}
    assert len(chances) == 10
    assert all(0 <= chance < 2**63 for chance in chances)


def test_many_are_taken_in_batches_of_twenty(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty-five make three batches."""
    taken: list[Due] = []
    sizes: list[int] = []
    due = post.store.due

    def asked(at: int, limit: int) -> Sequence[Due]:
        found = due(at, limit)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(post.store, "due", asked)
    _sleepers(post, range(1, 46))
    assert asyncio.run(_tick(post, _waking(post, taken)).run_due()) == 45
    assert sizes == [20, 20, 5, 0]


def test_a_persons_turn_goes_before_the_rest_of_what_is_due(post: Post) -> None:
    """Ana presses a button while forty-five things are due: she waits for the one that is being done."""
    order: list[str] = []
    wake = _waking(post, [])

    async def play() -> None:
        loop = asyncio.get_running_loop()
        presses: list[asyncio.Task[None]] = []

        async def press() -> None:
            presses.append(asyncio.ensure_future(post.threads.reply(lambda: order.append("Ana"))))
            await asyncio.sleep(0)  # it is asked for

        def take(event: Due) -> None:
            wake(event)
            order.append("due")
            if len(order) == 5:
                asyncio.run_coroutine_threadsafe(press(), loop).result()

        await _tick(post, take).run_due()
        await asyncio.gather(*presses)

    _sleepers(post, range(1, 46))
    asyncio.run(play())
    assert (order.count("due"), order.index("Ana")) == (45, 5)


def test_a_turn_that_fails_does_not_stop_the_others(post: Post) -> None:
    """It stays due and is tried once in this run; the log says where, and none of the words."""
    taken: list[Due] = []
    wake = _waking(post, taken)

    def take(event: Due) -> None:
        if _names([event])[0] <= 25:
            raise ValueError("what Ana typed")
        wake(event)

    _sleepers(post, range(1, 46))
    with capture_logs() as logs:
        assert asyncio.run(_tick(post, take).run_due()) == 20
    assert _names(taken) == list(range(26, 46))
    assert len(logs) == 25
    assert (logs[0]["due"], logs[0]["type"]) == ("session 1", "ValueError")
    assert "typed" not in str(logs)


def test_what_stays_due_is_taken_once_a_run(post: Post) -> None:
    """A turn that changes nothing does not keep the tick busy for ever."""
    taken: list[Due] = []
    _sleepers(post, range(1, 46))
    tick = _tick(post, taken.append)
    assert [asyncio.run(tick.run_due()) for _ in range(2)] == [45, 45]


def test_the_clock_moved_makes_more_due(post: Post) -> None:
    """A week passes at once, and what waited for it is taken."""
    taken: list[Due] = []
    tick = _tick(post, _waking(post, taken))
    _sleepers(post, [1], wake=NOON + 6 * 24 * HOUR)
    assert asyncio.run(tick.run_due()) == 0
    post.clock.forward(7 * 24 * HOUR)
    assert asyncio.run(tick.run_due()) == 1


def test_two_runs_at_once_take_everything_once(post: Post) -> None:
    """The second waits for the first, and finds nothing."""
    taken: list[Due] = []
    tick = _tick(post, _waking(post, taken))

    async def both() -> tuple[int, ...]:
        return tuple(await asyncio.gather(tick.run_due(), tick.run_due()))

    _sleepers(post, range(1, 46))
    assert asyncio.run(both()) == (45, 0)
