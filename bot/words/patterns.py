"""Word patterns, each looked for only where its words are there: what people type is read in no time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

NUMBER = "#"
ANYWHERE = ""


@dataclass(frozen=True)
class Pattern:
    """A regular expression for words that each end in a blank. `starts`: how what it matches begins; `needs`: of which
    beginnings a text must have one each, so that most patterns are never tried."""

    form: str
    starts: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Matches in a text from a place on. Compiled when it is first looked for, and once, however many look."""
        return _compiled(self.form).match


class Patterns:
    """Several patterns at once. They match from the beginning of a word on."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """In their order: where several match at a place, the first does."""
        self._at: dict[str, list[tuple[int, Pattern]]] = {}
        for order, pattern in enumerate(patterns):
            for start in pattern.starts:
                self._at.setdefault(start, []).append((order, pattern))

    def find(self, words: str, place: int = 0) -> re.Match[str] | None:
        """The first match in words with a blank before each."""
        there = {beginning for word in set(words.split()) for beginning in _beginnings(word)}
        return self._find(words, place, there)

    def replace(self, words: str, by: str) -> str:
        """The words with something in place of each match."""
        there = {beginning for word in set(words.split()) for beginning in _beginnings(word)}
        kept, place = "", 0
        while found := self._find(words, max(place - 1, 0), there):  # the blank before a word ends the one before it
            kept += words[place : found.start()] + by
            place = found.end()
        return kept + words[place:]

    def _find(self, words: str, place: int, there: set[str]) -> re.Match[str] | None:
        known = dict[str, list[Pattern]]()  # of this text: what may begin with a word
        while place := words.find(" ", place) + 1:
            word = words[place : words.find(" ", place)]
            if word not in known:
                known[word] = self._beginning(word, there)
            for pattern in known[word]:
                if found := pattern.match(words, place):
                    return found
        return None

    def _beginning(self, word: str, there: set[str]) -> list[Pattern]:
        """The patterns that may match where that word is, in a text that has those beginnings."""
        near = {order: pattern for start in _beginnings(word) for order, pattern in self._at.get(start, ())}
        return [near[order] for order in sorted(near) if not any(map(there.isdisjoint, near[order].needs))]


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Content is read anew with each store that is opened; its patterns are few, and the same."""
    return re.compile(form)


def start(word: str, *, whole: bool) -> str:
    """How words begin that a pattern's word matches: it is a `whole` one, or the beginning of one."""
    return f"{word} " if whole else word


def _beginnings(word: str) -> Iterator[str]:
    """All that a word begins with, itself, and that it may be any."""
    yield ANYWHERE
    if word[:1].isdecimal():
        yield NUMBER
    for letters in range(1, len(word) + 1):
        yield word[:letters]
    yield f"{word} "
