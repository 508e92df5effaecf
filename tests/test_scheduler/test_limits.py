"""Sliding windows per bot and per chat."""

from itertools import count

from bot.changes import Lane
from scheduler.limits import Limits, Rate

ANA, BEN = 1, 2


def _limits() -> Limits:
    return Limits(per_second=5, reserve=2, per_chat=Rate(3, 3.0))


def _sent(limits: Limits, lane: Lane, now: float) -> int:
    """How many messages to different chats may go at that time."""
    chats = count(100)
    return next(n for n, chat in enumerate(chats) if limits.take(lane, chat, now) > 0)


def test_no_more_than_the_rate_goes_in_any_second() -> None:
    """The window slides: the next may go a second after the first, not at the turn of a second."""
    limits = _limits()
    assert _sent(limits, Lane.REPLY, now=0.9) == 5
    assert _sent(limits, Lane.REPLY, now=1.8) == 0
    assert _sent(limits, Lane.REPLY, now=1.91) == 5


def test_bulk_leaves_a_reserve_to_replies() -> None:
    """When bulk may not go any more, a reply still may."""
    limits = _limits()
    assert _sent(limits, Lane.BULK, now=0.0) == 3
    assert _sent(limits, Lane.REPLY, now=0.0) == 2


def test_one_who_must_wait_is_told_how_long() -> None:
    """Asked again after that time, it goes."""
    limits = _limits()
    _sent(limits, Lane.BULK, now=0.0)
    wait = limits.take(Lane.BULK, ANA, now=0.25)
    assert wait == 0.75
    assert limits.take(Lane.BULK, ANA, now=0.25 + wait) == 0.0


def test_a_chat_has_a_rate_of_its_own() -> None:
    """Ana's fourth message in three seconds waits, Ben's first does not."""
    limits = _limits()
    assert [limits.take(Lane.REPLY, ANA, now) for now in (0.0, 0.5, 1.0)] == [0.0, 0.0, 0.0]
    assert limits.take(Lane.REPLY, ANA, now=1.5) == 1.5
    assert limits.take(Lane.REPLY, BEN, now=1.5) == 0.0


def test_what_had_to_wait_is_not_counted() -> None:
    """Asking again and again takes no room from others."""
    limits = _limits()
    for _ in range(3):
        limits.take(Lane.REPLY, ANA, now=0.0)
    assert all(limits.take(Lane.REPLY, ANA, now=1.5) > 0 for _ in range(100))
    assert _sent(limits, Lane.REPLY, now=1.5) == 5


def test_idle_chats_are_forgotten() -> None:
    """The memory for chats does not grow for ever."""
    limits = Limits(per_second=1, reserve=0, per_chat=Rate(1, 0.1))
    for chat in range(30_000):
        limits.take(Lane.BULK, chat, now=float(chat))
    assert len(limits._chats) <= 10_001
