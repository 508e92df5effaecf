"""Help-line numbers by country, from `helplines.toml`, every mistake with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from bot.words.catalogue import SOURCE, locale_of
from bot.words.fields import Fields
from bot.words.mistakes import Mistake
from bot.words.tables import Table, read

PURPOSES = ("crisis", "partner-violence")
GENDERS = ("women", "men")
LASTS = timedelta(days=2 * 365 + 1)  # how long ago a number may have been compared, as seen from the file's own day


@dataclass(frozen=True, slots=True)
class Line:
    """A help line: its name, its number, what it is for, where the number was compared, and for whom alone it is, if
    not for everybody."""

    name: str
    number: str
    purpose: str
    source: str
    only: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country's emergency number and its help lines."""

    emergency: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """All help lines by country (ISO 3166), an emergency number and a directory for where there are none."""

    checked: date = date.min
    international: str = ""
    emergency: str = ""
    countries: Mapping[str, Country] = field(default_factory=dict)


def load_helplines(path: Path) -> tuple[Lines, list[Mistake]]:
    """The help lines, and everything that is wrong in their file."""
    if not path.is_file():
        return Lines(), [Mistake(path, 1, "this file is missing; bring it back")]
    mistakes: list[Mistake] = []
    match read(path):
        case Mistake() as mistake:
            return Lines(), [mistake]
        case table:
            return _lines(table, mistakes), mistakes


def _lines(table: Table, mistakes: list[Mistake]) -> Lines:
    top = Fields(table.top, mistakes)
    last = top.day("checked")
    sections = [Fields(section, mistakes) for section in table.each("country", top.tables("country"))]
    if not sections:
        top.wrong("there is no country here; begin each with [[country]]")
    own = [country.tables("line") for country in sections]
    lines = iter(table.each("country.line", list(chain.from_iterable(own))))
    countries: dict[str, Country] = {}
    for country, tables in zip(sections, own, strict=True):
        code = country.text("code")
        if code not in locale_of(SOURCE).territories or not code.isalpha():
            country.wrong(f"{code!r} is no country; take its two letters of ISO 3166, like DE", "code")
        if code in countries:
            country.wrong(f"the country {code} is there twice", "code")
        emergency = _number(country, "emergency")
        _compared(country, last)
        countries[code] = Country(emergency, tuple(_line(Fields(next(lines), mistakes), last) for _ in tables))
        _complete(country, countries[code])
        country.rest()
    found = Lines(last, top.text("international"), _number(top, "emergency_fallback"), countries)
    top.rest()
    return found


def _line(fields: Fields, last: date) -> Line:
    purpose = fields.text("for")
    if purpose and purpose not in PURPOSES:
        fields.wrong(f"for must be one of {', '.join(PURPOSES)}", "for")
    only = fields.text("only") if fields.has("only") else ""
    if only and only not in GENDERS:
        fields.wrong(f"only must be one of {', '.join(GENDERS)}, or not be there", "only")
    line = Line(fields.text("name"), _number(fields, "number"), purpose, _compared(fields, last), only)
    fields.rest()
    return line


def _complete(fields: Fields, country: Country) -> None:
    """Every purpose has a line, or is said to be missing."""
    missing = fields.texts("missing", PURPOSES) if fields.has("missing") else ()
    for purpose in PURPOSES:
        has_line = any(line.purpose == purpose for line in country.lines)
        if not has_line and purpose not in missing:
            fields.wrong(f'there is no line for {purpose!r}; add one, or say missing = ["{purpose}"]')
        if has_line and purpose in missing:
            fields.wrong(f"there is a line for {purpose!r}; it is not missing", "missing")


def _compared(fields: Fields, last: date) -> str:
    """With what a number was compared; when that was is looked at."""
    day = fields.day("checked")
    if date.min < day and day + LASTS < last:
        fields.wrong(
            "checked is more than two years before the day at the top of the file; compare it again", "checked"
        )
    return fields.text("source")


def _number(fields: Fields, key: str) -> str:
    number = fields.text(key)
    if number and not set(number) <= set("0123456789 -+()"):
        fields.wrong(f"{key} must be a number as one dials it", key)
    return number
