"""How each try to send ended is counted."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from bot.changes import Lane, Put, Say
from bot.engine.text import Text
from bot.errors import Migrated, Overheard, Refused, TryLater, Uncertain, Unreachable
from bot.ports import Row
from scheduler.clock import StandingClock
from scheduler.delivery import ENDS, Courier
from scheduler.halts import Halts
from tests.test_scheduler.parts import ANA, NOON, Phones, Post, account, person, render


def _row(words: str) -> Row:
    return Row(Put(7, ANA, Say(Text(words)), Lane.REPLY, NOON), person(ANA), account(ANA), {})


WAYS = {
    "limited": TryLater(3.0),
    "later": TryLater(),
    "uncertain": Uncertain(),
    "unreachable": Unreachable(),
    "moved": Migrated(9),
    "overheard": Overheard(),
    "refused": Refused("Bad Request"),
    "broke": KeyError("what Ana typed"),
}


@pytest.mark.parametrize("end", ENDS)
def test_each_end_is_counted_once(end: str) -> None:
    """Of every kind of answer that a platform gives; what the platform says is not kept."""
    phones = Phones()
    if end in WAYS:
        phones.fails[ANA].append(WAYS[end])
    courier = Courier(phones, render, StandingClock(NOON), Random(7), Halts())
    asyncio.run(courier.bring(_row("A line.")))
    assert +courier.ends == {end: 1}


def test_what_cannot_be_rendered_broke() -> None:
    """Our mistake, before the platform heard of it."""
    courier = Courier(Phones(), render, StandingClock(NOON), Random(7), Halts())
    asyncio.run(courier.bring(_row("unspeakable")))
    assert +courier.ends == {"broke": 1}


def test_the_sender_tells_them_by_platform(post: Post) -> None:
    """Also those that have not come yet: they are none."""
    post.say(ANA, "One.")
    post.say(ANA, "Two.")
    asyncio.run(post.sender.drain())
    assert post.sender.ends == {"telegram": {**dict.fromkeys(ENDS, 0), "sent": 2}}
