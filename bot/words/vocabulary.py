"""What a language knows that parsers need: names of days, words for today, cities with their zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from bot.words.catalogue import SOURCE, locale_of
from bot.words.cities import zones_at, zones_of
from bot.words.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in small letters: of one language, and always of the source language too. Monday is 0."""

    language: str
    weekdays: Mapping[str, int]
    today: frozenset[str]
    tomorrow: frozenset[str]
    morning: frozenset[str]
    evening: frozenset[str]
    noon: frozenset[str]
    midnight: frozenset[str]

    def city(self, text: str) -> tuple[str, ...]:
        """The zones (IANA names) whose city has that name."""
        return zones_of(text, locale_of(self.language))

    def zones_at(self, offset: int, at: int) -> tuple[str, ...]:
        """A few well-known zones that are `offset` seconds from UTC at that instant."""
        return zones_at(offset, at)


def vocabulary(language: str, spoken: Sequence[Phrases]) -> Vocabulary:
    """The vocabulary of a language (an IETF tag), with the phrases of all that its reader may type."""

    def words(meaning: str) -> frozenset[str]:
        return frozenset().union(*(phrases.words[meaning] for phrases in spoken))

    return Vocabulary(
        language=language,
        weekdays={**weekdays(locale_of(SOURCE)), **weekdays(locale_of(language))},
        today=words("today"),
        tomorrow=words("tomorrow"),
        morning=words("morning"),
        evening=words("evening"),
        noon=words("noon"),
        midnight=words("midnight"),
    )


def weekdays(locale: Locale) -> Mapping[str, int]:
    """The names of the days and what they are shortened to, with and without a full stop."""
    days = locale.days
    widths = (days[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated"))
    return {form: number for names in widths for number, name in names.items() for form in _forms(name.casefold())}


def _forms(name: str) -> Iterable[str]:
    return {name, name.rstrip(".")}
