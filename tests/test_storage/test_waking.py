"""What nobody asked for comes when its reader is awake, and not while they are writing."""

from dataclasses import replace

import pytest

from bot.changes import SaveAccount, SavePerson
from storage.claiming import waking_minute
from tests.test_storage.parts import ANA, ANAS, HOUR, NOON, Memory, claimed, keep, line

MIDNIGHT = NOON + 12 * HOUR
SPRING = 1_806_195_600  # Sunday 28 March 2027, one in the morning in Lisbon: the clocks go to two
AUTUMN = 1_824_944_400  # Sunday 31 October 2027, one in the morning UTC: two in Lisbon becomes one again


def night(start: int, end: int) -> SavePerson:
    """Ana's quiet hours."""
    return SavePerson(replace(ANA, quiet_from=start, quiet_to=end))


def test_unasked_words_wait_for_the_morning(store: Memory) -> None:
    """Quiet from ten at night to eight in the morning, by the reader's own clock."""
    keep(store, line(1, unasked=True, earliest=MIDNIGHT))
    assert claimed(store, MIDNIGHT) == []
    assert store.next_due() == MIDNIGHT + 8 * HOUR
    assert claimed(store, MIDNIGHT + 8 * HOUR - 1) == []
    assert claimed(store, MIDNIGHT + 8 * HOUR) == [1]


def test_what_was_asked_for_comes_at_once(store: Memory) -> None:
    """Night or not."""
    keep(store, line(1, earliest=MIDNIGHT))
    assert claimed(store, MIDNIGHT) == [1]


def test_unasked_words_wait_for_ten_minutes_of_silence(store: Memory) -> None:
    """So that no text goes to a question that came while it was written."""
    keep(store, SaveAccount(replace(ANAS, heard=NOON - 599)), line(1, unasked=True))
    assert claimed(store, NOON) == []
    assert store.next_due() == NOON + 1
    keep(store, SaveAccount(replace(ANAS, heard=NOON - 5)))
    assert claimed(store, NOON + 1) == []
    assert claimed(store, NOON + 595) == [1]


def test_silence_that_ends_in_the_night_lasts_till_morning(store: Memory) -> None:
    """The first minute that is both silent and awake."""
    ten = NOON + 10 * HOUR
    keep(store, SaveAccount(replace(ANAS, heard=ten - 60)), line(1, unasked=True))
    assert claimed(store, ten - 30) == []
    assert store.next_due() == ten + 10 * HOUR


def test_a_line_wakes_nobody(store: Memory) -> None:
    """It waits for the morning, unless its reader is there anyway."""
    keep(store, line(1, waking=True, earliest=MIDNIGHT))
    assert claimed(store, MIDNIGHT) == []
    keep(store, SaveAccount(replace(ANAS, heard=MIDNIGHT)), line(2, waking=True, earliest=MIDNIGHT))
    assert claimed(store, MIDNIGHT + 599) == [2]
    assert store.next_due() == MIDNIGHT + 8 * HOUR


def test_a_line_does_not_wait_for_silence(store: Memory) -> None:
    """By day it comes at once."""
    keep(store, SaveAccount(replace(ANAS, heard=NOON - 1)), line(1, waking=True))
    assert claimed(store, NOON) == [1]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [(22 * 60, 8 * 60, 0), (11 * 60, 13 * 60, 1), (13 * 60, 12 * 60, 0), (12 * 60, 11 * 60, 23), (720, 720, 0)],
)
def test_quiet_hours_may_lie_anywhere(start: int, end: int, hours: int) -> None:
    """Across midnight, by day, nearly always, never: so many hours from noon."""
    reader = replace(ANA, quiet_from=start, quiet_to=end)
    assert waking_minute(reader, NOON) == NOON + hours * HOUR


def test_the_clocks_may_change_in_the_night() -> None:
    """An end that does not exist comes after the gap; of one that comes twice the wait never goes back."""
    reader = replace(ANA, quiet_from=0, quiet_to=90)
    assert waking_minute(reader, SPRING - 60) == SPRING + 30 * 60
    second_half_past = AUTUMN + 10 * 60
    assert waking_minute(reader, second_half_past) > second_half_past


def test_a_zone_that_no_longer_exists_stops_nobody(store: Memory) -> None:
    """Its reader lives by UTC from then on."""
    keep(store, SavePerson(replace(ANA, zone="Europe/Atlantis")), line(1, unasked=True, earliest=MIDNIGHT))
    assert claimed(store, MIDNIGHT) == []
    assert claimed(store, MIDNIGHT + 8 * HOUR) == [1]
