"""Time zones by their city, and the other way round."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from bot.engine.moments import zone_info

_NOWHERE = "ZZ"  # Babel's country of UTC
MOST = 6  # zones in one answer: what fits below a question

# One zone for each offset that many people live at, the best known first.
WELL_KNOWN = (
    *("Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Europe/Lisbon"),
    *("Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Vienna", "Europe/Zurich", "Europe/Athens"),
    *("Europe/Helsinki", "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow", "Africa/Cairo", "Africa/Lagos"),
    *("Africa/Johannesburg", "Africa/Nairobi", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Toronto", "America/Halifax", "America/St_Johns", "America/Mexico_City", "America/Bogota"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Santiago", "America/Anchorage"),
    *("Pacific/Honolulu", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul", "Asia/Karachi"),
    *("Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta"),
    *("Asia/Shanghai", "Asia/Singapore", "Asia/Hong_Kong", "Australia/Perth", "Asia/Tokyo", "Asia/Seoul"),
    *("Australia/Adelaide", "Australia/Darwin", "Australia/Brisbane", "Australia/Sydney"),
    *("Australia/Lord_Howe", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Tongatapu"),
    *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Marquesas", "Pacific/Gambier"),
    *("Atlantic/Azores", "Atlantic/Cape_Verde", "America/Noronha", "Australia/Eucla", "Atlantic/Reykjavik"),
    *("Africa/Accra", "America/Puerto_Rico", "America/Caracas", "America/Lima", "America/Costa_Rica"),
)


def city_name(zone: str, locale: Locale) -> str:
    """The city of a zone in a language: Europe/Lisbon is Lissabon in German."""
    known = (locale.time_zones.get(name, {}).get("city") for name in _also_called(zone))
    return str(next((city for city in known if city), _last(zone)))


def zones_of(city: str, locale: Locale) -> tuple[str, ...]:
    """The zone of that name, or the zones whose city or country has that name in English or in the language; of a
    country one zone for each time that its clocks show."""
    return _index(str(locale)).get(_plain(city), ())


def zones_at(offset: int, at: int) -> tuple[str, ...]:
    """A few zones that are `offset` seconds ahead of UTC at that instant (epoch seconds), well-known ones if any."""
    ahead = timedelta(seconds=offset)
    for zones in (WELL_KNOWN, [zone for _, zone in _zones()]):
        if found := [zone for zone in zones if _ahead(zone, at) == ahead]:
            return tuple(found[:MOST])
    return ()


def country_of(zone: str) -> str:
    """The country (ISO 3166) that a zone lies in; "" for one that lies in none."""
    country = str(get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), ""))
    return country if country.isalpha() and country != _NOWHERE else ""


def _ahead(zone: str, at: int) -> timedelta | None:
    return datetime.fromtimestamp(at, zone_info(zone)).utcoffset()


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1024)
def _also_called(zone: str) -> tuple[str, ...]:
    """A zone and the older names under which Babel may know its city: Europe/Kyiv, Europe/Kiev."""
    aliases = get_global("zone_aliases")
    name = aliases.get(zone, zone)
    return (zone, name, *(old for old, new in aliases.items() if new == name))


@lru_cache(maxsize=16)
def _index(locale: str) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = {}
    lands: dict[str, list[str]] = {}
    for country, zone in _zones():
        lands.setdefault(country, []).append(zone)
        for language in (Locale("en"), Locale.parse(locale)):
            for name in (city_name(zone, language), _last(zone), zone):
                index.setdefault(_plain(name), {})[zone] = None
    for country, zones in lands.items():
        names = {language.territories.get(country, "") for language in (Locale("en"), Locale.parse(locale))}
        for name in {*names, _SHORT.get(country, "")} - {""}:
            index.setdefault(_plain(name), dict.fromkeys(_of_different_times(zones)))
    for old, new in get_global("zone_aliases").items():
        if "/" in old and new.partition("/")[0] in _CONTINENTS:
            index.setdefault(_plain(_last(old)), {new: None})
            index.setdefault(_plain(old), {new: None})
    return {name: tuple(zones) for name, zones in index.items()}


def _of_different_times(zones: list[str]) -> list[str]:
    """One zone, well-known if there is such, for all whose clocks show the same in winter and in summer."""
    best = sorted(zones, key=lambda zone: WELL_KNOWN.index(zone) if zone in WELL_KNOWN else len(WELL_KNOWN))
    one = dict[tuple[timedelta | None, ...], str]()
    for zone in best:
        one.setdefault(tuple(_ahead(zone, at) for at in _SEASONS), zone)
    return [*one.values()]


_SEASONS = (1_767_225_600, 1_782_864_000)  # the first of January and of July 2026
_SHORT = {"US": "USA", "GB": "UK"}  # as people write them
_CONTINENTS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}


def _zones() -> list[tuple[str, str]]:
    """Country and zone of every zone that is the name of a place, from IANA's zone.tab."""
    tab = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in tab.splitlines() if line and not line.startswith("#")]
    return [(row[0], row[2]) for row in rows]


def _plain(name: str) -> str:
    """A name without case, accents and signs: "São Paulo" and "sao-paulo" are the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
