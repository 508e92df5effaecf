"""What nobody asked for comes when its reader is awake, and not while they are writing."""

from dataclasses import replace

import pytest

from bot.changes import SaveAccount, SavePerson
from bot.people import Account, AccountKey
from bot.waking import days_later, in_time, waking_minute
from tests.test_storage.parts import ANA, ANAS, BEN, CLEO, HOUR, NOON, Memory, claimed, keep, line

DAY = 24 * HOUR
CLEOS = Account(AccountKey("telegram", 13), CLEO.id, 103, 0)
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


def test_a_prompt_for_which_there_was_no_silence_before_the_night_comes_the_next_evening(store: Memory) -> None:
    """The first minute that is both silent and awake would be the morning, and that is not its hour."""
    ten = NOON + 10 * HOUR
    keep(store, SaveAccount(replace(ANAS, heard=ten - 60)), line(1, unasked=True, earliest=ten - 60))
    assert claimed(store, ten - 30) == []
    assert store.next_due() == ten - 60 + DAY


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


def test_a_prompt_may_be_three_hours_late(store: Memory) -> None:
    """And not a second later; a line may be as late as it will."""
    keep(store, line(1, unasked=True, earliest=NOON), line(2, to=BEN.id, waking=True, earliest=NOON))
    assert claimed(store, NOON + 3 * HOUR + 1) == [2]
    keep(store, line(3, unasked=True, earliest=NOON))
    assert claimed(store, NOON + 3 * HOUR) == [3]


def test_a_prompt_that_is_too_late_goes_at_its_hour_the_next_day(store: Memory) -> None:
    """Up to three hours late again; then it is dropped, for it would be two days late."""
    keep(store, line(1, unasked=True, earliest=NOON), line(2, unasked=True, earliest=NOON, to=BEN.id))
    assert claimed(store, NOON + 4 * HOUR) == []
    assert store.next_due() == NOON + DAY
    assert claimed(store, NOON + DAY, limit=1) == [1]
    keep(store, line(3, unasked=True, earliest=NOON, to=CLEO.id), SavePerson(CLEO), SaveAccount(CLEOS))
    assert claimed(store, NOON + DAY + 4 * HOUR) == []
    assert store.next_due() == NOON + 2 * DAY  # Ben's, whose hour was put off to the second day and missed
    assert claimed(store, NOON + 2 * DAY - 1) == []


def test_a_prompt_that_would_be_too_late_for_its_evening_waits_for_the_next(store: Memory) -> None:
    """Nine in the evening, missed by two hours: not at eleven, not at eight in the morning, but at nine."""
    nine = NOON + 9 * HOUR
    keep(store, line(1, unasked=True, earliest=nine))
    assert claimed(store, nine + 2 * HOUR) == []
    assert claimed(store, nine + DAY - 1) == []
    assert claimed(store, nine + DAY) == [1]


def test_a_prompt_that_will_be_useless_by_then_is_dropped(store: Memory) -> None:
    """It is looked at again, and nobody waits for it."""
    keep(store, line(1, unasked=True, earliest=NOON, useless_after=NOON + 5 * HOUR))
    assert claimed(store, NOON + 4 * HOUR) == []
    assert store.next_due() is None


def test_a_prompt_of_somebody_who_was_gone_comes_at_its_hour(store: Memory) -> None:
    """Heard of again at noon, Ana is asked at the hour at which it was to come."""
    ten = NOON - 2 * HOUR
    keep(store, SaveAccount(replace(ANAS, reachable=False)), line(1, unasked=True, earliest=ten - DAY))
    assert claimed(store, ten - DAY) == []
    keep(store, SaveAccount(replace(ANAS, heard=NOON - 3 * HOUR)))
    assert claimed(store, NOON - 3 * HOUR) == []
    assert claimed(store, ten) == [1]


def test_the_same_hour_the_next_day_is_that_of_the_reader_s_clock() -> None:
    """Over a change of the clocks it is 23 hours, or 25; the one that does not exist comes after the gap."""
    two = SPRING - 23 * HOUR
    assert days_later(ANA, SPRING - 12 * HOUR, 1) == SPRING + 11 * HOUR
    assert days_later(ANA, AUTUMN - 12 * HOUR, 1) == AUTUMN + 13 * HOUR
    assert days_later(ANA, two - HOUR + 30 * 60, 1) == SPRING + 30 * 60


@pytest.mark.parametrize(("late", "hours"), [(0, 0), (1, 1), (3, 3), (4, 24), (23, 24), (25, 25), (27, 27), (28, None)])
def test_when_something_planned_goes(late: int, hours: int | None) -> None:
    """By how late it is looked at, when it goes: on time, a little late, the next day, a little late then, never."""
    found = in_time(ANA, NOON, NOON + late * HOUR)
    assert found == (None if hours is None else NOON + hours * HOUR)


def test_an_hour_that_is_quiet_is_taken_for_the_first_minute_after() -> None:
    """Somebody whose evening lies in their own quiet hours is asked in the morning, not never."""
    eleven = NOON + 11 * HOUR
    assert in_time(ANA, eleven, eleven) == eleven + 9 * HOUR
    assert in_time(ANA, eleven, eleven + 13 * HOUR) == eleven + DAY + 9 * HOUR


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
