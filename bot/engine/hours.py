"""The hours in which somebody wants to hear nothing, as they are typed: "22–8", "10 pm to 7", "none"."""

from __future__ import annotations

import re
from datetime import time

from bot.engine.parsers import Parser, Reading, Vocabulary, read_clock
from bot.engine.session import Json
from bot.engine.times import read_time

A_DAY = 24 * 60  # minutes
_HALF_A_DAY = 12 * 60
_LONGEST = A_DAY - 60  # minutes: an hour of the day stays open
_BETWEEN = re.compile(r"\s*[-–—−]\s*|\s+[^\W\d]+(?=\s)")  # a dash, or one word in any language
_BEFORE = re.compile(r"^[^\W\d]+\s+")  # "from", "between"
_MORNING_OR_EVENING = re.compile(r"([1-9]|1[0-2])(?:\s*[:.]\s*\d{2})?")  # "10", which may be ten at night
_PARTS = ("am", "pm", "morning", "afternoon", "evening", "night", "noon", "midnight")
_END_OF_DAY = re.compile(r"24(?:[:.]00)?")

Hours = tuple[int, int]  # minutes after midnight; the same twice for none
NONE: Hours = (0, 0)


def read_hours(text: str, vocabulary: Vocabulary) -> Hours | None:
    """From when until when. None for anything else, and for hours that leave less than one of the day."""
    plain = text.strip().casefold().rstrip(".!")
    if plain in vocabulary.none:
        return NONE
    for gap in (gap for gap in _BETWEEN.finditer(plain) if _parts(gap[0].strip(), vocabulary)):
        before, second = plain[: gap.start()].strip(), plain[gap.end() :].strip()
        for first in (before, _BEFORE.sub("", before, count=1)):
            start, end = _minute(first, vocabulary), _minute(second, vocabulary)
            if start is not None and end is not None:
                return _sensible(start, end, _on_twelve_hours(first, second, end, vocabulary))
    return None


def _parts(between: str, vocabulary: Vocabulary) -> bool:
    """Whether that stands between two times, and is no part of either: a dash, "to", "and", an unknown word."""
    meanings = {kind for kind, words in vocabulary.words.items() if between in words}
    return meanings <= {"until", "and"} or not between.isalpha()


def _sensible(start: int, end: int, in_doubt: bool) -> Hours | None:
    """Who says "10 to 7" means ten at night; nobody means the whole day."""
    evening = (start + _HALF_A_DAY) % A_DAY
    if in_doubt and (end - start) % A_DAY > _HALF_A_DAY >= (end - evening) % A_DAY > 0:
        start = evening
    return (start, end) if 0 < (end - start) % A_DAY <= _LONGEST else None


def _on_twelve_hours(first: str, second: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the beginning may be of the evening: "10", "10:30" or "half past ten", before a number that is none of 24
    hours."""
    halves = {word for kind in _PARTS for word in vocabulary.words[kind]}
    in_words = not re.search(r"\d", first) and halves.isdisjoint(first.split())
    vague = in_words or _MORNING_OR_EVENING.fullmatch(first) is not None
    return vague and 0 < end <= _HALF_A_DAY and not second.startswith("0")


def _minute(text: str, vocabulary: Vocabulary) -> int | None:
    clock = time() if _END_OF_DAY.fullmatch(text) else read_clock(text) or read_time(text, vocabulary)
    return None if clock is None else clock.hour * 60 + clock.minute


class _Hours:
    """Two times of day, or none."""

    free = False

    def read(self, text: str, reading: Reading) -> Json:
        hours = read_hours(text, reading.vocabulary)
        return None if hours is None else [*hours]

    def load(self, value: Json) -> Hours | None:
        match value:
            case [int(start), int(end)] if 0 <= start < A_DAY and 0 <= end < A_DAY:
                return start, end
            case _:
                return None


HOURS: Parser[Hours] = _Hours()
