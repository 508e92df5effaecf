"""When a weekly prompt is due, in every zone and over every change of its clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from scheduler.slots import Slot, couple_due, next_due

SUNDAY = 6
DAY = 24 * 3600
ZONES = sorted(available_timezones() - {"localtime"})


def _epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _local(at: int, zone: str) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(zone)).isoformat()


def _changes(zone: ZoneInfo) -> list[datetime]:
    """The last half hours before the clock changes, in a year."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    return [_last_before(day, zone) for day, (a, b) in zip(days, pairwise(offsets), strict=False) if a != b]


def _last_before(day: datetime, zone: ZoneInfo) -> datetime:
    """The last half hour of that day before the offset differs."""
    halves = [(day + timedelta(minutes=30 * n)).astimezone(zone) for n in range(50)]
    return next(a for a, b in pairwise(halves) if a.utcoffset() != b.utcoffset())


def _walk(change: datetime, zone: ZoneInfo) -> list[tuple[int, datetime]]:
    """What the clock on the wall shows in the hours around a change, every quarter of an hour."""
    begin = change.astimezone(UTC) - timedelta(hours=3)
    instants = [begin + timedelta(minutes=15 * n) for n in range(4 * 10)]
    return [(int(at.timestamp()), at.astimezone(zone).replace(tzinfo=None)) for at in instants]


def _reached(wall: datetime, walk: list[tuple[int, datetime]]) -> int:
    """When the wall first showed that time; in a gap, as long after its beginning as the time lies within it."""
    before, at = next((a, b) for a, b in pairwise(walk) if b[1] >= wall)
    return at[0] if at[1] == wall else before[0] + int((wall - before[1]).total_seconds())


def test_there_are_zones_to_test() -> None:
    """The list of zones is the whole of tzdata."""
    assert len(ZONES) > 400


@pytest.mark.parametrize("slot", [Slot(SUNDAY, 150), Slot(SUNDAY, 0), Slot(5, 23 * 60 + 45)])
def test_every_local_week_of_a_year_has_one_prompt(slot: Slot) -> None:
    """No zone loses a week, and none has two in one."""
    for zone in ZONES:
        at, info = _epoch("2026-01-01T00:00+00:00"), ZoneInfo(zone)
        weeks = []
        for _ in range(53):
            at = next_due(slot, zone, at)
            weeks.append(datetime.fromtimestamp(at, info).date().isocalendar()[:2])
        first = date.fromisocalendar(*weeks[0], 1)
        assert weeks == [(first + timedelta(weeks=n)).isocalendar()[:2] for n in range(53)], zone


def test_around_each_clock_change_every_quarter_of_an_hour_is_right() -> None:
    """A time that does not exist moves by the gap, one that exists twice is the first."""
    changed = 0
    for zone in ZONES:
        info = ZoneInfo(zone)
        for change in _changes(info):
            changed += 1
            walk = _walk(change, info)
            for quarter in range(-4, 14):
                wall = change.replace(tzinfo=None) + timedelta(minutes=15 * quarter)
                due = _reached(wall, walk)
                slot = Slot(wall.weekday(), wall.hour * 60 + wall.minute)
                assert next_due(slot, zone, due - 3 * DAY) == due, (zone, wall)
    assert changed > 200  # both changes of a year, in more than a hundred zones


def test_a_time_that_does_not_exist_moves_forward_by_the_gap() -> None:
    """In Berlin there is no half past two on the last Sunday of March."""
    due = next_due(Slot(SUNDAY, 150), "Europe/Berlin", _epoch("2027-03-22T00:00+01:00"))
    assert _local(due, "Europe/Berlin") == "2027-03-28T03:30:00+02:00"


def test_a_time_that_exists_twice_is_taken_once() -> None:
    """In Berlin there are two half past twos on the last Sunday of October: the first counts."""
    due = next_due(Slot(SUNDAY, 150), "Europe/Berlin", _epoch("2027-10-25T00:00+02:00"))
    after = next_due(Slot(SUNDAY, 150), "Europe/Berlin", due)
    assert _local(due, "Europe/Berlin") == "2027-10-31T02:30:00+02:00"
    assert _local(after, "Europe/Berlin") == "2027-11-07T02:30:00+01:00"


def test_a_day_that_a_zone_skipped_moves_to_the_next() -> None:
    """Samoa had no Friday in the last week of 2011: that prompt came on Saturday, the next on Friday."""
    slot = Slot(4, 19 * 60)
    due = next_due(slot, "Pacific/Apia", _epoch("2011-12-28T00:00+00:00"))
    assert _local(due, "Pacific/Apia") == "2011-12-31T19:00:00+14:00"
    assert _local(next_due(slot, "Pacific/Apia", due), "Pacific/Apia") == "2012-01-06T19:00:00+14:00"


def test_due_is_strictly_later() -> None:
    """A prompt that is due now is due again in a week; a second before, it is due now."""
    now = _epoch("2027-01-03T19:00+01:00")
    assert next_due(Slot(SUNDAY, 19 * 60), "Europe/Berlin", now) == now + 7 * DAY
    assert next_due(Slot(SUNDAY, 19 * 60), "Europe/Berlin", now - 1) == now


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_week_is_that_of_the_zone(zone: str) -> None:
    """A Sunday night that is Monday in Greenwich, and a Monday that is Sunday there, are not passed over."""
    for slot in (Slot(SUNDAY, 23 * 60), Slot(0, 60)):
        due = next_due(slot, zone, _epoch("2027-01-06T00:00Z"))
        assert [next_due(slot, zone, due - hours * 3600) for hours in range(1, 7 * 24)] == [due] * (7 * 24 - 1)


def test_a_couple_is_due_at_the_earlier_of_two_local_times() -> None:
    """Seven in the evening comes to Berlin an hour before it comes to Lisbon."""
    due = couple_due(Slot(SUNDAY, 19 * 60), ("Europe/Lisbon", "Europe/Berlin"), _epoch("2027-01-01T00:00Z"))
    assert _local(due, "Europe/Berlin") == "2027-01-03T19:00:00+01:00"


@pytest.mark.parametrize("other", ["Europe/Lisbon", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_the_later_local_time_is_no_second_prompt(other: str) -> None:
    """Two zones are one prompt a week, however far apart."""
    at = _epoch("2026-01-01T00:00+00:00")
    dues = [at := couple_due(Slot(SUNDAY, 19 * 60), ("Europe/Berlin", other), at) for _ in range(53)]
    assert all(6 * DAY < b - a < 8 * DAY for a, b in pairwise(dues))
