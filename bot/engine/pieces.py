"""What is typed about time, taken apart: words of a language, figures, dates. One unknown word, and it is not read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Protocol

from bot.engine.spelling import folded

JUST_GONE: Final = 300  # days: a date without a year that comes again only after so many was meant to be a past one
LONGEST_PHRASE: Final = 4  # words
MONTHS, LAST_MINUTE = 12, 59
NOON, LAST_HOUR = 12, 24
DAYS: Final = {"date", "month", "weekday", "today", "tomorrow", "after-tomorrow"}
PARTS: Final = {"morning", "afternoon", "evening", "night", "tonight"}
NUMBERS: Final = {"number", "in words"}


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

    @property
    def shifts(self) -> Mapping[str, int]:
        """What moves the hour that it stands before, in minutes: "half past" 30, the German "halb" -30."""
        ...

    @property
    def lengths(self) -> Mapping[str, int]:
        """Lengths in a word or two, in minutes: the German "anderthalb Stunden" 90."""
        ...


_LATE = re.compile(r"(2[5-9]|3[01])\.(0?[1-9]|1[0-2])")  # 29.11, which no clock shows
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
    also: str = ""  # its other kind, when the word has two meanings


def pieces(text: str, today: date, spoken: Spoken) -> list[Piece] | None:
    """All pieces; None when a word is unknown or a date is none."""
    known, words = _known(spoken), _words(text)
    found, at = list[Piece](), 0
    while at < len(words):
        some, taken = _next(words[at:], known, today)
        if not some:
            return None
        found += some
        at += taken
    return list(_clocks([piece for piece in _meant(found) if piece.kind != "filler"]))


def _words(text: str) -> list[str]:
    plain = folded(unicodedata.normalize("NFKC", text)).replace("’", "'")
    plain = re.sub(r"(\d)t(\d\d:)", r"\1 \2", plain)  # 2027-01-31T14:00
    plain = re.sub(r"(\d)(?!h\d\d)(?!(?:st|nd|rd|th)\b)(?=[^\W\d_])", r"\1 ", plain)  # 7pm, 90min; not 1h30, 31st
    return re.sub(r"[,;!?()]+(\s|$)", " ", plain).split()


def _known(spoken: Spoken) -> dict[str, Piece]:
    known = dict[str, Piece]()
    for kind, phrase in ((kind, folded(phrase)) for kind, phrases in spoken.words.items() for phrase in phrases):
        known[phrase] = replace(known[phrase], also=kind) if phrase in known else Piece(kind)
    known |= _all("month", spoken.months) | _all("weekday", spoken.weekdays)
    known |= _all("shift", spoken.shifts) | _all("length", spoken.lengths)
    return _all("in words", spoken.numbers) | known


def _all(kind: str, named: Mapping[str, int]) -> dict[str, Piece]:
    return {folded(name): Piece(kind, number) for name, number in named.items()}


def _next(words: list[str], known: Mapping[str, Piece], today: date) -> tuple[list[Piece], int]:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        phrase = " ".join(words[:length])
        for form in (phrase, phrase.rstrip(".")):
            if form in known:
                return [known[form]], length
    figure = _figure(words[0], today)
    return ([figure] if figure else _compound(words[0], known)), 1


def _compound(word: str, known: Mapping[str, Piece]) -> list[Piece]:
    """A day and a part of it in one word: "Samstagnachmittag"."""
    both = ((known.get(word[:at]), known.get(word[at:])) for at in range(1, len(word)))
    return next(([d, p] for d, p in both if d and p and d.kind in DAYS and {p.kind, p.also} & PARTS), [])


def _meant(found: list[Piece]) -> Iterator[Piece]:
    """Each piece in its one meaning, as the others tell: "8 am" and "am Samstag", "morgen" and "Samstag morgen"."""
    for at, piece in enumerate(found):
        others = [other for other in (*found[:at], *found[at + 1 :]) if not other.also]
        match piece.kind:
            case "am" | "pm":
                before, after = found[at - 1 : at], found[at + 1 : at + 2]
                other = not _some(before, {*NUMBERS, "clock"}) or _some(after, {"weekday", "date", "number", "next"})
            case "tomorrow":
                other = _some(others, DAYS)
            case "afternoon":  # the German Mittag: noon, unless there is an hour
                other = not _some(others, {*NUMBERS, "clock"})
            case _:
                other = False
        yield replace(piece, kind=piece.also) if piece.also and other else piece


def _some(found: Iterable[Piece], kinds: Collection[str]) -> bool:
    return any(piece.kind in kinds for piece in found)


def _clocks(found: list[Piece]) -> Iterator[Piece]:
    """The pieces, with those put together that tell one hour: "halb acht", "19 Uhr 30"."""
    at = 0
    while at < len(found):
        piece, taken = found[at], 1
        match found[at : at + 3]:
            case [Piece("shift", shift), Piece("number" | "in words", hour, False), *_] if hour <= LAST_HOUR:
                piece, taken = _shifted(int(hour * 60 + shift), exact=not 0 < hour <= NOON), 2
            case [
                Piece("number" | "in words", hour, False),
                Piece("oclock"),
                Piece("number" | "in words", more, False),
            ]:
                if hour <= LAST_HOUR and more <= LAST_MINUTE and not _some(found[at + 3 : at + 4], {"month"}):
                    piece, taken = Piece("clock", hour * 60 + more, exact=hour > NOON), 3
        at += taken
        if piece.kind != "oclock":
            yield piece


def _shifted(minute: int, *, exact: bool) -> Piece:
    """An hour that was moved: half an hour before one is half past twelve."""
    before_one = not exact and minute <= LAST_MINUTE
    return Piece("clock", minute + NOON * 60 if before_one else minute % (LAST_HOUR * 60), exact)


def _figure(word: str, today: date) -> Piece | None:
    """Something written in figures."""
    if found := _DATE.fullmatch(word):
        day = found["d"] or found["d2"]
        return dated_piece(found["y"] or found["y2"], int(found["m"] or found["m2"]), int(day), today)
    if found := _LATE.fullmatch(word):
        return dated_piece(None, int(found[2]), int(found[1]), today)
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
