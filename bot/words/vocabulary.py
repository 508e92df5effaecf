"""What a language knows that parsers need: words of time, names of days and months, cities with their zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale

from bot.words.catalogue import SOURCE, locale_of
from bot.words.cities import zones_at, zones_of
from bot.words.logistics import Logistics
from bot.words.phrases import TIMES, Phrases


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in small letters: of one language, and always of the source language too. Monday is 0."""

    language: str
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    shifts: Mapping[str, int]
    lengths: Mapping[str, int]
    none: frozenset[str]
    logistics: Logistics

    def city(self, text: str) -> tuple[str, ...]:
        """The zones (IANA names) whose city or country has that name, or the zone of that name."""
        return zones_of(text, locale_of(self.language))

    def zones_at(self, offset: int, at: int) -> tuple[str, ...]:
        """A few well-known zones that are `offset` seconds from UTC at that instant."""
        return zones_at(offset, at)

    def is_logistics(self, text: str) -> bool:
        """Whether that is about logistics: what's for dinner, who fetches whom."""
        return self.logistics.is_logistics(text, self.language)


def vocabulary(language: str, spoken: Sequence[Phrases], logistics: Logistics) -> Vocabulary:
    """The vocabulary of a language (an IETF tag), with the phrases of all that its reader may type. `logistics`: the
    rules of every language."""
    locales = (locale_of(SOURCE), locale_of(language))
    return Vocabulary(
        language=language,
        weekdays={name: number for locale in locales for name, number in weekdays(locale).items()},
        months={name: number for locale in locales for name, number in months(locale).items()},
        words={kind: frozenset().union(*(phrases.words[kind] for phrases in spoken)) for kind in TIMES},
        numbers={name: number for phrases in spoken for name, number in phrases.numbers.items()},
        shifts={name: minutes for phrases in spoken for name, minutes in phrases.shifts.items()},
        lengths={name: minutes for phrases in spoken for name, minutes in phrases.lengths.items()},
        none=frozenset().union(*(phrases.words["none"] for phrases in spoken)),
        logistics=logistics,
    )


def weekdays(locale: Locale) -> Mapping[str, int]:
    """The names of the days and what they are shortened to, with and without a full stop."""
    return dict(_named(locale.days))


def months(locale: Locale) -> Mapping[str, int]:
    """The names of the months and what they are shortened to, January 1 to December 12."""
    return dict(_named(locale.months))


def _named(table: Any) -> Iterable[tuple[str, int]]:
    widths = (table[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated"))
    return ((form, number) for names in widths for number, name in names.items() for form in _forms(name.casefold()))


def _forms(name: str) -> Iterable[str]:
    return {name, name.rstrip(".")}
