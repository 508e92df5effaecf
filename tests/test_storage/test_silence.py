"""Somebody's time for themselves: nothing unasked comes, and nothing of it is lost."""

from dataclasses import replace

from bot.changes import SavePerson
from tests.test_storage.parts import ANA, HOUR, NOON, Memory, claimed, keep, line

UNTIL = NOON + 2 * HOUR
SILENT = SavePerson(replace(ANA, silent_until=UNTIL, silent_by=None))


def test_what_nobody_asked_for_waits_until_it_is_over(store: Memory) -> None:
    """A line of the other's and a prompt that time brought; both are due when it ends, in their order."""
    keep(store, SILENT, line(1, waking=True), line(2, unasked=True))
    assert claimed(store, UNTIL - 1) == []
    assert store.next_due() == UNTIL
    assert claimed(store, UNTIL) == [1]


def test_what_answers_and_what_is_about_it_comes_at_once(store: Memory) -> None:
    """A reply, and a reminder that it ends soon."""
    keep(store, SILENT, line(1), line(2, waking=True, unasked=True, in_silence=True))
    assert claimed(store) == [1]


def test_a_reminder_about_it_does_not_wait_for_ten_minutes_of_silence(store: Memory) -> None:
    """Whoever asked for it may have tapped a moment ago; fifteen minutes before the end is when it counts."""
    keep(store, SILENT, line(1, waking=True, unasked=True, in_silence=True))
    assert claimed(store) == [1]


def test_who_ends_it_early_gets_what_waited(store: Memory) -> None:
    """At once; and what had an hour of its own, at that hour."""
    keep(store, SILENT, line(1, waking=True), line(2, unasked=True, earliest=NOON + HOUR))
    assert claimed(store, NOON + 10) == []
    keep(store, SavePerson(ANA))
    assert claimed(store, NOON + 20) == [1]
    assert store.next_due() == NOON + HOUR


def test_a_longer_one_is_waited_for_too(store: Memory) -> None:
    """It was made longer; the hour that was meant is not forgotten over it."""
    keep(store, SILENT, line(1, unasked=True, earliest=NOON))
    assert claimed(store) == []
    keep(store, SavePerson(replace(ANA, silent_until=UNTIL + HOUR)))
    assert claimed(store, UNTIL) == []
    assert claimed(store, UNTIL + HOUR - 1) == []
    assert claimed(store, UNTIL + HOUR) == [1]


def test_after_a_long_one_a_prompt_waits_for_its_hour_of_the_next_day(store: Memory) -> None:
    """More than three hours late by the hour that was meant, as after a standstill."""
    keep(store, SavePerson(replace(ANA, silent_until=NOON + 5 * HOUR)), line(1, unasked=True, earliest=NOON))
    assert claimed(store) == []
    assert claimed(store, NOON + 5 * HOUR) == []
    assert store.next_due() == NOON + 24 * HOUR


def test_what_would_be_useless_by_then_is_dropped(store: Memory) -> None:
    """A question that closes before the time is over."""
    keep(store, SILENT, line(1, waking=True, useless_after=UNTIL - 1))
    assert claimed(store) == []
    assert store.next_due() is None
