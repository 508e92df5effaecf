"""What is typed about time, taken apart: words of a language, figures, dates. One unknown word, and it is not read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

JUST_GONE: Final = 300  # days: a date without a year that comes again only after so many was meant to be a past one
LONGEST_PHRASE: Final = 4  # words
MONTHS, LAST_MINUTE = 12, 59


class Spoken(Protocol):
    """What a language knows of time."""

    @property
    def words(self) -> Mapping[str, Collection[str]]:
        """Words and phrases in small letters, by meaning: "tomorrow", "until", "hour"."""
        ...

    @property
    def weekdays(self) -> Mapping[str, int]:
        """Names of the days, Monday 0 to Sunday 6."""
        ...

    @property
    def months(self) -> Mapping[str, int]:
        """Names of the months, January 1 to December 12."""
        ...

    @property
    def numbers(self) -> Mapping[str, int]:
        """Numbers in words; the article that means one is among them."""
        ...


_DATE = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)|(?P<d2>\d\d?)\.(?P<m2>\d\d?)\.(?P<y2>\d{4}|\d\d)?")
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?")
_CLOCK = re.compile(r"(\d{1,2})([:.h])(\d{2})")
_NUMBER = re.compile(r"(\d{1,4})(st|nd|rd|th|\.)?")
_DECIMAL = re.compile(r"(\d{1,4})[.,](\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what was typed: its kind, a number, and whether it was written so that it can mean one thing only."""

    kind: str
    number: float = 0
    exact: bool = False
    day: date | None = None


def pieces(text: str, today: date, spoken: Spoken) -> list[Piece] | None:
    """All pieces; None when a word is unknown or a date is none."""
    known, words = _known(spoken), _words(text)
    found, at = list[Piece](), 0
    while at < len(words):
        piece, taken = _next(words[at:], known, today)
        if piece is None:
            return None
        found.append(piece)
        at += taken
    return [piece for piece in found if piece.kind != "filler"]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    plain = re.sub(r"(\d)t(\d\d:)", r"\1 \2", plain)  # 2027-01-31T14:00
    plain = re.sub(r"(\d)(?!h\d\d)(?!(?:st|nd|rd|th)\b)(?=[^\W\d_])", r"\1 ", plain)  # 7pm, 90min; not 1h30, 31st
    return re.sub(r"[,;!?()]+(\s|$)", " ", plain).split()


def _known(spoken: Spoken) -> dict[str, Piece]:
    known = {phrase: Piece(kind) for kind, phrases in spoken.words.items() for phrase in phrases}
    known |= {name: Piece("month", number) for name, number in spoken.months.items()}
    known |= {name: Piece("weekday", number) for name, number in spoken.weekdays.items()}
    return known | {name: Piece("in words", number) for name, number in spoken.numbers.items() if name not in known}


def _next(words: list[str], known: Mapping[str, Piece], today: date) -> tuple[Piece | None, int]:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        phrase = " ".join(words[:length])
        for form in (phrase, phrase.rstrip(".")):
            if form in known:
                return known[form], length
    return _figure(words[0], today), 1


def _figure(word: str, today: date) -> Piece | None:
    """Something written in figures."""
    if found := _DATE.fullmatch(word):
        day = found["d"] or found["d2"]
        return dated_piece(found["y"] or found["y2"], int(found["m"] or found["m2"]), int(day), today)
    if found := _SLASHED.fullmatch(word):
        return _slashed(int(found[1]), int(found[2]), found[3], today)
    if found := _CLOCK.fullmatch(word.rstrip(".")):
        exact, kind = len(found[1]) > 1 or found[1] == "0", "span" if found[2] == "h" else "clock"
        return Piece(kind, int(found[1]) * 60 + int(found[3]), exact) if int(found[3]) <= LAST_MINUTE else None
    if found := _DECIMAL.fullmatch(word):
        return Piece("decimal", int(found[1]) + int(found[2]) / 10)
    if found := _NUMBER.fullmatch(word):
        return Piece("number", int(found[1]), exact=bool(found[2]))
    return None


def _slashed(one: int, other: int, year: str | None, today: date) -> Piece | None:
    """31/1 or 1/31; 3/4 could be either, and is asked for again."""
    if one != other and max(one, other) <= MONTHS:
        return None
    return dated_piece(year, min(one, other), max(one, other), today)


def dated_piece(year: str | None, month: int, day: int, today: date) -> Piece | None:
    """A date; without a year the next such one. None when it is none, or has only just gone."""
    found = _dated(int(year) + (2000 if len(year) == len("27") else 0), month, day) if year else None
    found = _coming(month, day, today) if year is None else found
    return None if found is None else Piece("date", day=found)


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, today: date) -> date | None:
    """The next such date; None when it has only just gone, or is none in this year or the next."""
    found = (_dated(today.year + later, month, day) for later in (0, 1))
    return next((d for d in found if d and timedelta() <= d - today <= timedelta(JUST_GONE)), None)
