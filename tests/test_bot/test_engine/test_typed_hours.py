"""Zones and quiet hours as they are typed: understood, or asked again; never half understood."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.engine.hours import HOURS, NONE, read_hours
from bot.engine.moments import Moment
from bot.engine.parsers import Reading
from bot.engine.zones import ZONES, Zones, read_offset
from tests.test_bot.test_engine.world import ANA, SUNDAY, content

ENGLISH = content().vocabulary("en")
MINUTES = st.integers(0, 1439)
PLACES = sorted(
    zone for zone in available_timezones() if zone.split("/")[0] in {"Europe", "America", "Asia", "Pacific"}
)
INSTANTS = st.integers(SUNDAY - 200 * 86_400, SUNDAY + 200 * 86_400)


def found(typed: str, at: int = SUNDAY, zone: str = "Europe/Lisbon") -> Zones | None:
    """What is made of words about where somebody lives."""
    return ZONES.load(ZONES.read(typed, Reading(ANA, Moment(at, zone), ENGLISH)))


def clock(zone: str, at: int) -> datetime:
    """What the clocks of a zone show."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


# ---- where somebody lives


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("UTC+2", 7200),
        ("utc +02:00", 7200),
        ("+0530", 19800),
        ("GMT-3:30", -12600),
        ("UTC−5", -18000),
        ("utc", 0),
        ("UTC±0", 0),
        ("UTC-12", -43200),
        ("UTC+14", 50400),
        ("UTC+15", None),
        ("+2:75", None),
        ("2", None),
        ("utc 2", None),
        ("+", None),
        ("", None),
    ],
)
def test_an_offset_is_read_as_it_is_written(typed: str, seconds: int | None) -> None:
    """East is plus; a number without a sign is a time of day."""
    assert read_offset(typed) == seconds


@given(zone=st.sampled_from(PLACES), at=INSTANTS, form=st.sampled_from(["{:%H:%M}", "{:%I:%M %p}", "UTC{:%z}"]))
def test_what_somebody_sees_on_their_clock_leads_to_their_time(zone: str, at: int, form: str) -> None:
    """To zones whose clocks show it now, whichever way it is typed; a city is still to be chosen."""
    there = clock(zone, at)
    assume("p" in form or "z" in form or not 10 <= there.hour <= 12)  # those may be of the morning or of the evening
    zones = found(form.format(there), at)
    assert zones is not None
    assert not zones.certain
    assert there.utcoffset() in {clock(name, at).utcoffset() for name in zones.names}
    assert {(clock(name, at).hour, clock(name, at).minute) for name in zones.names} == {(there.hour, there.minute)}


@given(zone=st.sampled_from(PLACES), at=INSTANTS)
def test_half_a_day_may_be_meant(zone: str, at: int) -> None:
    """A time on twelve hours leads to zones where it is that time, in the morning or in the evening; those that are
    nearer to what is known come first."""
    there = clock(zone, at)
    zones = found(f"{there.hour % 12 or 12}:{there:%M}", at, zone)
    assert zones is not None
    assert {(clock(name, at).hour % 12, clock(name, at).minute) for name in zones.names} == {
        (there.hour % 12, there.minute)
    }
    assert (clock(zones.names[0], at).hour, there.utcoffset() is None) == (there.hour, False)


@given(typed=st.text() | st.from_regex(r"[A-Za-z]{0,5}[+-]?\d{0,4}:?\d{0,3} ?[a-z]{0,3}", fullmatch=True))
def test_nothing_typed_is_more_than_not_understood(typed: str) -> None:
    """Whatever it is, there are zones that exist, or there is nothing."""
    zones = found(typed)
    assert zones is None or all(clock(name, SUNDAY) for name in zones.names)
    assert read_hours(typed, ENGLISH) is None or HOURS.load([*(read_hours(typed, ENGLISH) or ())]) is not None


def test_a_place_is_certain_and_a_time_is_not() -> None:
    """Kathmandu is alone with its time, and still a city is chosen: a time does not know next summer."""
    assert found("Lisbon") == Zones(("Europe/Lisbon",), named=True)
    assert found("UTC+5:45") == Zones(("Asia/Kathmandu",), named=False)
    assert [found("Lisbon").certain, found("UTC+5:45").certain] == [True, False]  # type: ignore[union-attr]  # above


@pytest.mark.parametrize(
    "value", [None, [], ["Europe/Lisbon"], {"zones": [], "named": True}, {"zones": [1], "named": True}]
)
def test_an_answer_of_another_form_is_asked_again(value: object) -> None:
    """As one that an older version took."""
    assert ZONES.load(value) is None  # type: ignore[arg-type]  # that is the point


# ---- quiet hours


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("22–8", (1320, 480)),
        ("22-8", (1320, 480)),
        ("22:30 - 7:15", (1350, 435)),
        ("10 pm to 7", (1320, 420)),
        ("10 to 7", (1320, 420)),
        ("10pm-7am", (1320, 420)),
        ("from 22 until 8", (1320, 480)),
        ("Between 11 pm and 6:30 am.", (1380, 390)),
        ("von 22 Uhr bis 8 Uhr", (1320, 480)),
        ("22h - 7h", (1320, 420)),
        ("midnight to 8", (0, 480)),
        ("20 - 24", (1200, 0)),
        ("noon to 3 pm", (720, 900)),
        ("9 to 17", (540, 1020)),
        ("1 to 9", (60, 540)),
        ("half past ten to quarter past seven", (1350, 435)),
        ("ten to seven", (1320, 420)),
        ("None", NONE),
        ("no quiet hours", NONE),
        ("8 to 8", None),
        ("0–24", None),
        ("08:00 to 07:30", None),
        ("22", None),
        ("22 8", None),
        ("22–25", None),
        ("at night", None),
        ("22–8–9", None),
        ("", None),
    ],
)
def test_quiet_hours_are_understood_or_asked_again(typed: str, hours: tuple[int, int] | None) -> None:
    """Two times in whatever form; ten to seven is at night; a whole day is none."""
    assert read_hours(typed, ENGLISH) == hours


def _twelve(minute: int) -> str:
    hour, half = minute // 60, "am" if minute < 720 else "pm"
    return f"{hour % 12 or 12}:{minute % 60:02} {half}"


@given(
    start=MINUTES,
    end=MINUTES,
    write=st.sampled_from([lambda m: f"{m // 60:02}:{m % 60:02}", lambda m: f"{m // 60:02}h{m % 60:02}", _twelve]),
    between=st.sampled_from(["–", " - ", " to ", " until "]),
)
def test_exact_hours_are_taken_as_they_are(start: int, end: int, write: Callable[[int], str], between: str) -> None:
    """Unless less than an hour of the day would be left, or both may be of the morning or of the evening."""
    assume(not (10 <= start // 60 <= 12 and 10 <= end // 60 <= 12))
    fits = 0 < (end - start) % 1440 <= 1380
    assert read_hours(write(start) + between + write(end), ENGLISH) == ((start, end) if fits else None)


@pytest.mark.parametrize("value", [None, [1], [0, 1440], [-1, 5], ["a", "b"], {"zones": []}])
def test_hours_of_another_form_are_asked_again(value: object) -> None:
    """As after a change of the program."""
    assert HOURS.load(value) is None  # type: ignore[arg-type]  # that is the point
