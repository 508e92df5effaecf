"""Times and dates as people type them: understood, or asked for again."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.engine.parsers import CLOCK, DAY, WHEN, Parser, Reading, Short, Until, Vocabulary
from bot.engine.pieces import Spoken
from bot.engine.times import read_length, read_time, read_when
from bot.words.vocabulary import vocabulary
from tests.test_bot.test_engine.world import content

SPOKEN = content().vocabulary("en")
GERMAN = vocabulary("de", [content().phrases["de"], content().phrases["en"]], content().logistics)
LISBON = "Europe/Lisbon"
NOW = Day(date(2026, 11, 18), LISBON).at(14)  # a Wednesday
ZONES = st.sampled_from([LISBON, "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "UTC"])


def _when(typed: str, spoken: Spoken = SPOKEN) -> str | None:
    found = read_when(typed, NOW, spoken)
    if isinstance(found, Moment):
        return f"{found.local:%a %Y-%m-%d %H:%M}"
    return None if found is None else f"{found:%a %Y-%m-%d}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "Wed 2026-11-18 14:00"),
        ("Right now.", "Wed 2026-11-18 14:00"),
        ("tonight", "Wed 2026-11-18 19:00"),
        ("tonight at 8", "Wed 2026-11-18 20:00"),
        ("tonight at 11 pm", "Wed 2026-11-18 23:00"),
        ("tonight at 1", "Thu 2026-11-19 01:00"),
        ("this afternoon", "Wed 2026-11-18 14:00"),  # it has begun: from now on
        ("Saturday afternoon", "Sat 2026-11-21 14:00"),
        ("sat. 15:00", "Sat 2026-11-21 15:00"),
        ("Saturday at 3", "Sat 2026-11-21 15:00"),
        ("Saturday", "Sat 2026-11-21"),
        ("wednesday 15:00", "Wed 2026-11-18 15:00"),
        ("next Wednesday 15:00", "Wed 2026-11-25 15:00"),
        ("wednesday 13:00", "Wed 2026-11-25 13:00"),
        ("in 2 hours", "Wed 2026-11-18 16:00"),
        ("in half an hour", "Wed 2026-11-18 14:30"),
        ("20 minutes from now", "Wed 2026-11-18 14:20"),
        ("tomorrow", "Thu 2026-11-19"),
        ("tomorrow evening at eight", "Thu 2026-11-19 20:00"),
        ("the day after tomorrow, 8pm", "Fri 2026-11-20 20:00"),
        ("at 6", "Wed 2026-11-18 18:00"),
        ("9", "Wed 2026-11-18 21:00"),
        ("6:30", "Wed 2026-11-18 18:30"),
        ("06:30", "Thu 2026-11-19 06:30"),
        ("7pm", "Wed 2026-11-18 19:00"),
        ("7:30 p.m.", "Wed 2026-11-18 19:30"),
        ("12 am", "Thu 2026-11-19 00:00"),
        ("noon", "Thu 2026-11-19 12:00"),
        ("midnight", "Thu 2026-11-19 00:00"),
        ("8 in the morning", "Thu 2026-11-19 08:00"),
        ("31 January", "Sun 2027-01-31"),
        ("January 31st at 8 pm", "Sun 2027-01-31 20:00"),
        ("on the 31st of January 2027, 20:00", "Sun 2027-01-31 20:00"),
        ("2027-01-31T14:00", "Sun 2027-01-31 14:00"),
        ("31.12. 18:00", "Thu 2026-12-31 18:00"),
        ("31.12.26 18h30", "Thu 2026-12-31 18:30"),
        ("12/31", "Thu 2026-12-31"),
        ("Friday 20 November 20:00", "Fri 2026-11-20 20:00"),
        ("３ pm", "Wed 2026-11-18 15:00"),
        ("half past eight", "Wed 2026-11-18 20:30"),
        ("tomorrow at quarter to 9", "Thu 2026-11-19 08:45"),
        ("ten to seven", "Wed 2026-11-18 18:50"),
    ],
)
def test_a_moment_is_understood(typed: str, meant: str) -> None:
    """In the ways in which people write one, on a Wednesday at two in the afternoon."""
    assert _when(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jetzt", "Wed 2026-11-18 14:00"),
        ("heute Abend", "Wed 2026-11-18 19:00"),
        ("heute Abend um halb acht", "Wed 2026-11-18 19:30"),
        ("heute Nacht", "Wed 2026-11-18 21:00"),
        ("übermorgen", "Fri 2026-11-20"),
        ("uebermorgen abend", "Fri 2026-11-20 19:00"),
        ("halb acht", "Wed 2026-11-18 19:30"),
        ("morgen um halb eins", "Thu 2026-11-19 12:30"),
        ("halb eins nachts", "Thu 2026-11-19 00:30"),
        ("Viertel nach sieben", "Wed 2026-11-18 19:15"),
        ("viertel acht", "Wed 2026-11-18 19:15"),
        ("dreiviertel acht abends", "Wed 2026-11-18 19:45"),
        ("fünf vor halb neun", "Wed 2026-11-18 20:25"),
        ("10 vor 8", "Wed 2026-11-18 19:50"),
        ("um 8 abends", "Wed 2026-11-18 20:00"),
        ("in einer halben Stunde", "Wed 2026-11-18 14:30"),
        ("in anderthalb Stunden", "Wed 2026-11-18 15:30"),
        ("in einer Viertelstunde", "Wed 2026-11-18 14:15"),
        ("in 14 Tagen", "Wed 2026-12-02 14:00"),
        ("am Samstagnachmittag", "Sat 2026-11-21 14:00"),
        ("Samstag Nachmittag um 3", "Sat 2026-11-21 15:00"),
        ("um 8 am Samstag", "Sat 2026-11-21 08:00"),
        ("8 am", "Thu 2026-11-19 08:00"),
        ("morgen", "Thu 2026-11-19"),
        ("morgen früh um 8", "Thu 2026-11-19 08:00"),
        ("Samstag morgen", "Sat 2026-11-21 09:00"),
        ("Sonntagmorgen um halb zehn", "Sun 2026-11-22 09:30"),
        ("morgen mittag", "Thu 2026-11-19 12:00"),
        ("morgen um eins mittags", "Thu 2026-11-19 13:00"),
        ("Mitternacht", "Thu 2026-11-19 00:00"),
        ("nächsten Mittwoch, 15 Uhr", "Wed 2026-11-25 15:00"),
        ("29.11.", "Sun 2026-11-29"),
        ("29.11", "Sun 2026-11-29"),
        ("am 29. November um 19 Uhr", "Sun 2026-11-29 19:00"),
        ("3. März", "Wed 2027-03-03"),
        ("am Freitag, den 20.11., um 20:00", "Fri 2026-11-20 20:00"),
        ("19 Uhr", "Wed 2026-11-18 19:00"),
        ("19.30", "Wed 2026-11-18 19:30"),
        ("19h30", "Wed 2026-11-18 19:30"),
        ("19 Uhr 30", "Wed 2026-11-18 19:30"),
        ("um 8 Uhr 3 März", "Wed 2027-03-03 08:00"),
        ("so gegen acht", "Wed 2026-11-18 20:00"),
        ("tomorrow at 8", "Thu 2026-11-19 08:00"),
        ("heute morgen", None),  # which is over
        ("halb", None),
        ("halb 30", None),
        ("Viertelstunde", None),
    ],
)
def test_a_moment_is_understood_in_german(typed: str, meant: str | None) -> None:
    """Half an hour before eight, days and their parts in one word, words of two meanings; English as well."""
    assert _when(typed, GERMAN) == meant


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("anderthalb Stunden", 90),
        ("eine halbe Stunde", 30),
        ("eine Dreiviertelstunde", 45),
        ("zwei Stunden", 120),
        ("1,5 Stunden", 90),
        ("eine Stunde und 20 Minuten", 80),
        ("zwei Viertelstunden", None),
        ("half an hour", 30),
    ],
)
def test_a_length_is_understood_in_german(typed: str, minutes: int | None) -> None:
    """In one word, too."""
    assert read_length(typed, GERMAN) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "!",
        "in a bit",
        "later",
        "this",
        "next",
        "tomorrow at 25",
        "tomorrow 24:00",
        "18:75",
        "13 pm",
        "30 February",
        "the 30th of February",
        "2027-02-30",
        "31/11",
        "3/4",  # in March, or in April?
        "2020-01-01 10:00",
        "17 November",  # that was yesterday
        "this morning",
        "today at 9:30",
        "Friday 21 November",  # which is a Saturday
        "tomorrow Friday tonight",
        "8 9",
        "next week",
        "in 400 days",
        "9999-12-31",
        "8 January 10 January",
    ],
)
def test_what_is_not_understood_is_asked_for_again(typed: str) -> None:
    """No moment is guessed: neither a past one, nor one that is none, nor one that could be two."""
    assert _when(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 hours", 120),
        ("two hours", 120),
        ("for an hour", 60),
        ("90min", 90),
        ("1h30", 90),
        ("1 h 30", 90),
        ("half an hour", 30),
        ("a half hour", 30),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("1.5 hours", 90),
        ("1 hour and 20 minutes", 80),
        ("a day", 1440),
    ],
)
def test_a_length_is_understood(typed: str, minutes: int) -> None:
    """In figures and in words."""
    assert read_length(typed, SPOKEN) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "5", "0 minutes", "all day", "18:30", "hours", "1000 weeks", "1h75"])
def test_a_length_is_not_guessed(typed: str) -> None:
    """Nothing is no length, and a number alone has no unit."""
    assert read_length(typed, SPOKEN) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("till 6", "2026-11-21 18:00"),
        ("18:30", "2026-11-21 18:30"),
        ("back at seven pm", "2026-11-21 19:00"),
        ("2h", "2026-11-21 16:00"),
        ("until midnight", "2026-11-22 00:00"),
        ("till Sunday noon", "2026-11-22 12:00"),
        ("13:00", "2026-11-22 13:00"),
        ("2 days", "2026-11-23 14:00"),
        ("till Friday 10:00 2026", None),
        ("till I feel like it", None),
    ],
)
def test_an_end_is_a_length_or_a_moment_after_the_beginning(typed: str, meant: str | None) -> None:
    """For something that begins on Saturday at two."""
    until = Until(Day(date(2026, 11, 21), LISBON).at(14))
    found = until.load(until.read(typed, _reading(NOW)))
    assert (found and f"{found.local:%Y-%m-%d %H:%M}") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("noon", time(12)), ("8 in the evening", time(20)), ("19h", time(19)), ("25:00", None), ("tomorrow at 8", None)],
)
def test_a_time_of_day_has_words_too(typed: str, meant: time | None) -> None:
    """Noon, and the halves of the day; a day beside it is too much."""
    assert CLOCK.load(CLOCK.read(typed, _reading(NOW))) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("friday evening", date(2026, 11, 20)), ("tonight", date(2026, 11, 18)), ("wednesday", date(2026, 11, 25))],
)
def test_a_day_may_have_an_hour_that_does_not_matter(typed: str, meant: date) -> None:
    """Where a day is asked for."""
    assert DAY.load(DAY.read(typed, _reading(NOW))) == meant


def test_a_name_is_short() -> None:
    """Up to so many characters; neither blank nor signs alone."""
    read = Short(5).read
    assert read("Rosa ", _reading(NOW)) == {"words": ["Rosa"], "by": 1}
    assert [read(typed, _reading(NOW)) for typed in ("Rosa's", "  ", "?!")] == [None] * 3
    assert read("🐻", _reading(NOW)) is not None


# ---- whatever is typed


@given(st.text(max_size=40), ZONES)
def test_nothing_that_is_typed_breaks_a_parser(typed: str, zone: str) -> None:
    """It is read, or it is not; and what was read can be loaded."""
    _reads_all(typed, zone)


FIGURES = ("31", "8", "0", "12:30", "1h30", "2027", "29.2.", "7/7", "2026-11-18", "30th", "1.5")
KNOWN = sorted(
    {*FIGURES, *SPOKEN.months, *SPOKEN.weekdays, *SPOKEN.numbers, *(w for ws in SPOKEN.words.values() for w in ws)}
)
GERMAN_TOO = sorted(
    {*FIGURES, *GERMAN.shifts, *GERMAN.lengths, *GERMAN.numbers, *(w for ws in GERMAN.words.values() for w in ws)}
)


@given(st.lists(st.sampled_from(KNOWN), max_size=6), ZONES)
@example(["this"], LISBON)
def test_no_order_of_known_pieces_breaks_a_parser(pieces: list[str], zone: str) -> None:
    """Also where every word is known; and a moment that is read is never past."""
    _reads_all(" ".join(pieces), zone)


@given(st.lists(st.sampled_from(GERMAN_TOO), max_size=6), ZONES)
def test_no_order_of_german_pieces_breaks_a_parser(pieces: list[str], zone: str) -> None:
    """Nor one with words of two meanings."""
    _reads_all(" ".join(pieces), zone, GERMAN)


@given(st.dates(date(2026, 11, 19), date(2028, 1, 1)), st.integers(0, 23), st.integers(0, 59), ZONES)
def test_a_written_date_is_that_date(day: date, hour: int, minute: int, zone: str) -> None:
    """ISO, and with the month's name, whatever the clocks of the zone do that day."""
    now, clock = Moment(NOW.at, zone), time(hour, minute)
    for typed in (
        f"{day} {clock:%H:%M}",
        f"{day:%A, %d %B %Y} at {clock:%H:%M}",
        f"{day:%B %d %Y}, {clock:%I:%M %p}",
    ):
        found, meant = read_when(typed, now, SPOKEN), Day(day, zone).at(hour, minute)
        assert found == (meant if day > now.day.date or meant > now else None)


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_twelve_hours_and_twenty_four_mean_the_same(clock: time) -> None:
    """8:05 pm is 20:05."""
    assert read_time(f"{clock:%I:%M %p}", SPOKEN) == read_time(f"{clock:%H:%M}", SPOKEN) == clock


@given(st.integers(1, 59), st.integers(1, 23))
def test_hours_and_minutes_add_up(minutes: int, hours: int) -> None:
    """In whatever way they are put together."""
    meant = timedelta(hours=hours, minutes=minutes)
    for typed in (f"{hours} hours {minutes} min", f"{hours}h{minutes:02}", f"{hours} h {minutes}"):
        assert read_length(typed, SPOKEN) == meant
    assert read_when(f"in {hours} hours and {minutes} minutes", NOW, SPOKEN) == NOW.plus(meant)


def _reads_all(typed: str, zone: str, vocabulary: Vocabulary = SPOKEN) -> None:
    now = Moment(NOW.at, zone)
    parsers: tuple[Parser[Any], ...] = (WHEN, DAY, CLOCK, Until(now), Short(9))
    for parser in parsers:
        value = parser.read(typed, Reading(PersonId(1), now, vocabulary))
        loaded = parser.load(value)
        assert (value is None) == (loaded is None)
        assert not isinstance(loaded, Moment) or loaded.at >= now.at


def _reading(now: Moment) -> Reading:
    return Reading(PersonId(1), now, SPOKEN)
