"""Word patterns, each looked for only where a word begins as it does: what people type is read in no time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

LETTERS = 2  # of a word by which patterns are found; a blank is the second of a word of one letter
NUMBER = "0"
ANYWHERE = ""


@dataclass(frozen=True)
class Pattern:
    """A regular expression for words that each end in a blank, and the beginnings (`start`) of what it matches."""

    form: str
    starts: frozenset[str]

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Matches in a text from a place on. Compiled once, however many look for it."""
        return _compiled(self.form).match


class Patterns:
    """Several patterns at once. They match from the beginning of a word on."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """In their order: where several match at a place, the first does."""
        everything = tuple(patterns)
        starts = frozenset[str]().union(*(pattern.starts for pattern in everything), {ANYWHERE})
        self._at = {start: [p.match for p in everything if p.starts & {start, ANYWHERE}] for start in starts}

    def find(self, words: str, place: int = 0) -> re.Match[str] | None:
        """The first match in words with a blank before each."""
        otherwise = self._at[ANYWHERE]
        while place := words.find(" ", place) + 1:
            for match in self._at.get(_start(words, place), otherwise):
                if found := match(words, place):
                    return found
        return None

    def replace(self, words: str, by: str) -> str:
        """The words with something in place of each match."""
        kept, place = "", 0
        while found := self.find(words, max(place - 1, 0)):  # the blank before a word ends the one before it
            kept += words[place : found.start()] + by
            place = found.end()
        return kept + words[place:]


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Content is read anew with each store that is opened; its patterns are few, and the same."""
    return re.compile(form)


def start(word: str, *, whole: bool) -> str:
    """How words begin that a pattern's first word matches: it is a `whole` one, or the beginning of one."""
    known = f"{word} " if whole else word
    return _start(known, 0) if len(known) >= LETTERS else ANYWHERE


def _start(words: str, place: int) -> str:
    return NUMBER if words[place : place + 1].isdecimal() else words[place : place + LETTERS]
