"""What a language knows of days, cities and zones."""

from zoneinfo import available_timezones

import pytest

from bot.engine.moments import Moment
from bot.engine.parsers import Vocabulary
from bot.words.cities import MOST, WELL_KNOWN, country_of
from bot.words.content import Content

WINTER, SUMMER = 1795975200, 1782900000  # 2026-11-29, 2026-07-01


def ahead(zone: str, at: int) -> int:
    """How far a zone is ahead of UTC then, in seconds."""
    offset = Moment(at, zone).local.utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def test_it_is_what_the_engine_asks_for(content: Content) -> None:
    """The parsers can use it as it is."""
    known: Vocabulary = content.vocabulary("en")
    assert (known.weekdays["sunday"], known.weekdays["mon"]) == (6, 0)
    assert "tomorrow" in known.words["tomorrow"]
    assert (known.months["january"], known.months["dec"], known.numbers["two"]) == (1, 12, 2)


def test_days_are_known_before_there_is_a_catalogue(content: Content) -> None:
    """A German writes Sonntag, shortens it, and may write Sunday."""
    days = content.vocabulary("de-AT").weekdays
    assert (days["sonntag"], days["so"], days["so."], days["sunday"]) == (6, 6, 6, 6)


def test_halves_of_the_day_have_words(content: Content) -> None:
    """Am and pm, noon and midnight."""
    known = content.vocabulary("en")
    for typed in ("am", "pm", "noon", "midnight", "morning", "evening"):
        assert typed in known.words[typed]


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("lisbon", ("Europe/Lisbon",)),
        (" New York ", ("America/New_York",)),
        ("new-york", ("America/New_York",)),
        ("Sao Paulo", ("America/Sao_Paulo",)),
        ("São Paulo", ("America/Sao_Paulo",)),
        ("Kyiv", ("Europe/Kyiv",)),
        ("Kiev", ("Europe/Kyiv",)),
        ("Calcutta", ("Asia/Kolkata",)),
        ("Portugal", ("Europe/Lisbon", "Atlantic/Azores")),
        ("Germany", ("Europe/Berlin",)),
        ("uk", ("Europe/London",)),
        ("europe/kyiv", ("Europe/Kyiv",)),
        ("US/Pacific", ("America/Los_Angeles",)),
        ("America/New York", ("America/New_York",)),
        ("Etc/GMT-3", ()),
        ("münchen", ()),
        ("utc", ()),
        ("", ()),
        ("!", ()),
    ],
)
def test_a_city_leads_to_its_zone(content: Content, typed: str, zones: tuple[str, ...]) -> None:
    """By its name, that of its country or that of the zone; otherwise nothing is guessed."""
    assert content.vocabulary("en").city(typed) == zones


@pytest.mark.parametrize("typed", ["United States", "usa"])
def test_a_large_country_leads_to_one_city_for_each_time(content: Content, typed: str) -> None:
    """Not to all of its thirty zones."""
    found = content.vocabulary("en").city(typed)
    assert found[:4] == ("America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver")
    assert len({(ahead(zone, WINTER), ahead(zone, SUMMER)) for zone in found}) == len(found) == 8


@pytest.mark.parametrize("at", [WINTER, SUMMER])
def test_wherever_somebody_lives_their_offset_leads_somewhere(content: Content, at: int) -> None:
    """Also in the middle of the Pacific."""
    known = content.vocabulary("en")
    for offset in {ahead(zone, at) for zone in available_timezones()}:
        assert all(ahead(zone, at) == offset for zone in known.zones_at(offset, at))
    for zone in (zone for country in ("Fiji", "Chile", "Cuba", "Bhutan", "Greenland") for zone in known.city(country)):
        assert known.zones_at(ahead(zone, at), at)


@pytest.mark.parametrize("typed", ["Lissabon", "Lisbon"])
def test_a_city_has_a_name_in_the_language(content: Content, typed: str) -> None:
    """Lissabon in German; the English name is understood everywhere."""
    assert content.vocabulary("de").city(typed) == ("Europe/Lisbon",)


def test_an_offset_leads_to_a_few_well_known_zones(content: Content) -> None:
    """Berlin is an hour ahead in winter, two in summer."""
    known = content.vocabulary("en")
    assert known.zones_at(3600, WINTER)[0] == "Europe/Berlin"
    assert "Europe/Berlin" not in known.zones_at(3600, SUMMER)
    assert known.zones_at(20700, WINTER) == ("Asia/Kathmandu",)
    assert known.zones_at(1, WINTER) == ()
    assert all(len(known.zones_at(hour * 3600, WINTER)) <= MOST for hour in range(-12, 15))


def test_every_well_known_zone_exists() -> None:
    """No zone of ours is misspelled or there twice."""
    assert set(WELL_KNOWN) <= available_timezones()
    assert len(set(WELL_KNOWN)) == len(WELL_KNOWN)


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Lisbon", "PT"), ("Europe/Kiev", "UA"), ("Asia/Kolkata", "IN"), ("Etc/UTC", ""), ("Nowhere", "")],
)
def test_a_zone_lies_in_a_country(zone: str, country: str) -> None:
    """A first guess for the help lines."""
    assert country_of(zone) == country
