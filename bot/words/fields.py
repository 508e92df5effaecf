"""The fields of a table, taken one by one; what is missing, of the wrong kind or left over is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from bot.words.mistakes import Mistake
from bot.words.tables import Section

T = TypeVar("T")


@dataclass(slots=True)
class Fields:
    """A table while it is read: every field asked for, every mistake found."""

    section: Section
    mistakes: list[Mistake]
    asked: set[str] = field(default_factory=set)

    def wrong(self, what: str, key: str = "") -> None:
        """Notes a mistake at that key."""
        self.mistakes.append(self.section.wrong(what, key))

    def text(self, key: str) -> str:
        """A text that is not blank; "" when there is none."""
        return self._take(key, "", _is_text, f'{key} must be a text in quotes, like {key} = "…", and not empty')

    def number(self, key: str, allowed: Collection[int]) -> int:
        """One of a few whole numbers; the first of them when it is wrong."""
        first, *rest = allowed
        some = f"{', '.join(str(number) for number in [first, *rest][:-1])} or {[first, *rest][-1]}"
        return self._take(key, first, lambda v: type(v) is int and v in allowed, f"{key} must be {some}")

    def between(self, key: str, least: int, most: int) -> int:
        """A whole number from the least to the most; the least when it is wrong."""
        what = f"{key} must be a whole number from {least} to {most}"
        return self._take(key, least, lambda v: type(v) is int and least <= v <= most, what)

    def texts(self, key: str, allowed: Collection[str] | None = None) -> frozenset[str]:
        """A list of texts; with `allowed`, of these alone."""
        what = f'{key} must be a list of texts, like {key} = ["…"], or []'
        found: list[str] = self._take(key, [], lambda v: isinstance(v, list) and all(map(_is_text, v)), what)
        for text in found:
            if allowed is not None and text not in allowed:
                self.wrong(f"{key} has the unknown word {text!r}; known are {', '.join(sorted(allowed))}", key)
        return frozenset(found)

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        if not self.has(key):
            return False
        return self._take(key, False, lambda v: isinstance(v, bool), f"{key} must be true or false")

    def day(self, key: str) -> date:
        """A date."""
        what = f"{key} must be a date without quotes, like {key} = 2027-01-31"
        return self._take(key, date.min, lambda v: isinstance(v, date) and not isinstance(v, datetime), what)

    def tables(self, key: str) -> list[dict[str, Any]]:
        """The tables written as `[[key]]`; none when there are none."""
        self.asked.add(key)
        found = self.section.values.get(key, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return found
        self.wrong(f"{key} must be tables of their own, each below a line with [[{key}]]", key)
        return []

    def rest(self) -> None:
        """Every field that nobody asked for is a mistake."""
        for key in self.section.values:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                self.wrong(f"the field {key!r} is not known here; known are {known}", key)

    def has(self, key: str) -> bool:
        """Whether that field is there."""
        self.asked.add(key)
        return key in self.section.values

    def _take(self, key: str, default: T, right: Callable[[object], bool], what: str) -> T:
        if not self.has(key):
            self.wrong(f"{key} is missing; {what}")
            return default
        value = self.section.values[key]
        if right(value):
            return value  # type: ignore[no-any-return]  # `right` has looked at its type
        self.wrong(what, key)
        return default


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_language(code: str) -> bool:
    """Whether that looks like a language's code in a file name: de, pt-BR."""
    return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,8})*", code) is not None
