"""One reader's voice: every kind of argument as that reader reads it, and the sentence around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import assert_never

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.engine.ids import PersonId
from bot.engine.moments import Moment, zone_info
from bot.engine.text import (
    Arg,
    Card,
    Country,
    Dated,
    Entry,
    HelpLines,
    Hour,
    Invite,
    Language,
    Name,
    Text,
    Weekday,
    Words,
    Zone,
)
from bot.words.catalogue import own_name
from bot.words.cities import city_name
from bot.words.content import Content
from bot.words.helplines import PURPOSES
from bot.words.helplines import Country as Numbers
from bot.words.places import MissingPlace, fill, places, source_form

Report = Callable[[MissingPlace], None]
GAP = "\n\n"  # between paragraphs
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Voice:
    """Renders texts in one language and zone. What people wrote is put in as it is and never read as ours."""

    content: Content
    language: str
    locale: Locale
    zone: str
    names: Mapping[PersonId, str]
    report: Report

    def text(self, text: Text) -> str:
        """The sentence with its places filled; the source sentence where a translation has a place too many."""
        return GAP.join(said for _, said in self.paragraphs(text))

    def paragraphs(self, text: Text) -> list[tuple[frozenset[str], str]]:
        """The sentence in its paragraphs, each with the names of its places."""
        given = {name: self.argument(value) for name, value in text.args}
        n = next((value for name, value in text.args if name == "n" and isinstance(value, int)), None)
        source = source_form(text.key, n)
        for sentence in dict.fromkeys([self.content.catalogue.sentence(text.key, self.language, n), source]):
            try:
                return _filled(sentence, given)
            except MissingPlace as missing:
                self.report(missing)
        return _filled(source, dict.fromkeys(places(source), "…") | given)

    def argument(self, value: Arg) -> str:
        """An argument as the reader reads it."""
        match value:
            case Words():
                return value.text
            case Name(person):
                return self.names.get(person) or self.phrase("nobody")
            case Card():
                return self._card(value)
            case Invite(code):
                return code
            case Entry(title):
                return self.text(title)
            case HelpLines(country):
                return self._help_lines(country)
            case Text():
                return self.text(value)
            case tuple():
                items = [self.argument(item) for item in value]
                return format_list(items, locale=self.locale) if items else ""
            case _:
                return self._measure(value)

    def phrase(self, phrase: str, /, **given: str) -> str:
        """A small phrase with its places filled."""
        return fill(self.content.phrase(phrase, self.language), given)

    def month(self, day: date) -> str:
        """The month and the year of a day."""
        return str(format_skeleton("yMMMM", datetime.combine(day, time()), locale=self.locale))

    def dated(self, day: date) -> str:
        """A day with its year."""
        return format_date(day, "long", locale=self.locale)

    def _measure(self, value: int | Zone | Weekday | Language | Country | Hour | Dated | Moment | date | time) -> str:
        match value:
            case int():
                return format_decimal(value, locale=self.locale)
            case Zone(name):
                return city_name(name, self.locale)
            case Weekday(number):
                return self._weekday(number)
            case Language(code):
                return own_name(code)
            case Country(code):
                return str(self.locale.territories.get(code, code))
            case Hour(moment):
                return self._time(self._local(moment).time())
            case Moment() | Dated():
                return self._moment(value)
            case date():
                return self._day(value)
            case time():
                return self._time(value)
            case _:
                assert_never(value)

    def _card(self, card: Card) -> str:
        deck = self.content.decks.get(card.deck)
        return (deck and deck.text(card.id, self.language)) or self.phrase("gone")

    def _weekday(self, number: int) -> str:
        return str(self.locale.days["stand-alone"]["wide"][number % _DAYS_A_WEEK])

    def _day(self, day: date) -> str:
        written = format_skeleton("MMMMd", datetime.combine(day, time()), locale=self.locale)
        return self.phrase("day", weekday=self._weekday(day.weekday()), date=written)

    def _time(self, clock: time) -> str:
        return format_time(clock, "short", locale=self.locale)

    def _local(self, moment: Moment) -> datetime:
        return datetime.fromtimestamp(moment.at, zone_info(self.zone))

    def _moment(self, moment: Moment | Dated) -> str:
        if isinstance(moment, Dated):
            return self.dated(self._local(moment.moment).date())
        local = self._local(moment)
        return self.phrase("moment", day=self._day(local.date()), time=self._time(local.time()))

    def _help_lines(self, code: str) -> str:
        lines = self.content.helplines
        country = lines.countries.get(code)
        anywhere = [self.phrase("emergency-anywhere", number=lines.emergency)]
        blocks = self._country(code, country) if country else anywhere
        return "\n\n".join([*blocks, self.phrase("directory", address=lines.international)])

    def _country(self, code: str, country: Numbers) -> list[str]:
        """A block for each purpose: somebody in need finds the one that is theirs."""
        name = str(self.locale.territories.get(code, code))
        blocks = [self.phrase("emergency", country=name, number=country.emergency)]
        for purpose in PURPOSES:
            fitting = [line for line in country.lines if line.purpose == purpose]
            numbers = [
                self.phrase(f"line-{e.only}" if e.only else "line", name=e.name, number=e.number) for e in fitting
            ]
            blocks.append("\n".join([self.phrase(purpose), *(numbers or [self.phrase("missing")])]))
        return blocks


def _filled(sentence: str, given: Mapping[str, str]) -> list[tuple[frozenset[str], str]]:
    return [(places(paragraph), fill(paragraph, given)) for paragraph in sentence.split(GAP)]
