"""Sliding windows per bot, per chat and per group."""

from itertools import count
from math import inf

import pytest

from bot.changes import Lane
from scheduler.limits import PACES, Limits, Pace, Rate, limits_of

ANA, BEN = 1, 2
PACE = Pace(Rate(5, 1.0), 2, Rate(3, 3.0), 1, Rate(2, 60.0), lambda chat: chat < 0)


def _send(limits: Limits, lane: Lane, *chats: int, begun: float, ended: float | None = None) -> None:
    for chat in chats:
        limits.begin(lane, chat, begun)
        limits.end(lane, chat, begun if ended is None else ended)


def _fill(limits: Limits, lane: Lane, now: float) -> int:
    """Sends to different chats whatever may go; how many that were. Bulk is spread: it takes the second before."""
    sent, chats = 0, count(100)
    for moment in range(11):
        time = now - (10 - moment) / 10 if lane is Lane.BULK else now
        for _ in range(limits.room(lane, time)):
            _send(limits, lane, next(chats), begun=time, ended=now)
            sent += 1
    return sent


def test_no_more_than_the_rate_goes_in_any_second() -> None:
    """The window slides: the next may go a second after the first, not at the turn of a second."""
    limits = Limits(PACE)
    _send(limits, Lane.BULK, 7, begun=0.9)
    assert _fill(limits, Lane.REPLY, now=0.9) == 4
    assert _fill(limits, Lane.REPLY, now=1.8) == 0
    assert limits.room(Lane.REPLY, 1.91) == 4


def test_a_message_counts_from_its_beginning_until_a_window_after_its_end() -> None:
    """Somewhere in between it arrives: whenever that is, no second holds more than the rate."""
    limits = Limits(PACE)
    for chat in range(5):
        limits.begin(Lane.BULK, chat, 0.0)
    assert limits.room(Lane.REPLY, 7.0) == 0
    assert limits.wait(7.0) == inf
    for chat in range(5):
        limits.end(Lane.BULK, chat, 7.0)
    assert limits.room(Lane.REPLY, 7.9) == 0
    assert limits.wait(7.9) == pytest.approx(0.1)
    assert limits.room(Lane.REPLY, 8.0) == 4


def test_bulk_leaves_a_reserve_to_replies() -> None:
    """When bulk may not go any more, replies still may."""
    limits = Limits(PACE)
    assert _fill(limits, Lane.BULK, now=0.0) == 3
    assert _fill(limits, Lane.REPLY, now=0.0) == 2


def test_replies_within_the_reserve_take_nothing_from_bulk() -> None:
    """Two answers a second, and three of the others all the same."""
    limits = Limits(PACE)
    _send(limits, Lane.REPLY, ANA, BEN, begun=0.0)
    assert _fill(limits, Lane.BULK, now=0.9) == 3


def test_bulk_is_spread_over_its_window() -> None:
    """One at a time, so that its room comes back bit by bit, and with it that of replies."""
    limits = Limits(PACE)
    assert limits.room(Lane.BULK, 0.0) == 1
    _send(limits, Lane.BULK, ANA, begun=0.0)
    assert limits.room(Lane.BULK, 0.3) == 0
    assert limits.wait(0.3) == pytest.approx(1 / 3 - 0.3)
    assert limits.room(Lane.BULK, 0.34) == 1


def test_bulk_is_never_starved() -> None:
    """However many replies there are, one of each second's messages is what could wait."""
    limits = Limits(PACE)
    assert _fill(limits, Lane.REPLY, now=0.0) == 4
    assert limits.room(Lane.REPLY, 0.0) == 0
    assert _fill(limits, Lane.BULK, now=0.0) == 1


def test_a_chat_has_a_rate_of_its_own() -> None:
    """After three messages in three seconds nothing goes to Ana; to Ben it does."""
    limits = Limits(PACE)
    for now in (0.0, 0.5, 1.0):
        assert limits.full(Lane.REPLY, now) == frozenset()
        _send(limits, Lane.REPLY, ANA, begun=now)
    assert limits.full(Lane.REPLY, 2.9) == {ANA}
    assert limits.wait(2.9) == pytest.approx(0.1)
    assert limits.full(Lane.REPLY, 3.0) == frozenset()


def test_bulk_leaves_a_chat_room_for_an_answer() -> None:
    """Two of the three may be bulk; then only a reply goes there."""
    limits = Limits(PACE)
    _send(limits, Lane.BULK, ANA, ANA, begun=0.0)
    assert limits.full(Lane.BULK, 0.0) == {ANA}
    assert limits.full(Lane.REPLY, 0.0) == frozenset()


def test_a_group_has_another_rate() -> None:
    """Two in a minute; a private chat beside it is not held back."""
    limits = Limits(PACE)
    _send(limits, Lane.REPLY, -5, -5, ANA, begun=0.0)
    assert limits.full(Lane.REPLY, 59.9) == {-5}
    assert limits.full(Lane.REPLY, 60.0) == frozenset()


def test_idle_chats_are_forgotten() -> None:
    """The memory for chats does not grow for ever."""
    limits = Limits(PACE)
    for chat in range(30_000):
        _send(limits, Lane.BULK, chat, begun=float(chat))
        limits.full(Lane.BULK, float(chat))
    assert len(limits._chats) <= 4


def test_telegram_takes_thirty_a_second() -> None:
    """25 of them bulk; three in three seconds in a chat; 18 a minute in a group, whose id is negative."""
    pace = PACES["telegram"]
    assert (pace.bot, pace.reserve, pace.chat) == (Rate(30, 1.0), 5, Rate(3, 3.0))
    assert (pace.of(5), pace.of(-5)) == (Rate(3, 3.0), Rate(18, 60.0))
    assert limits_of().keys() == PACES.keys()
