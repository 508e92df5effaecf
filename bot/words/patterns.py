"""Word patterns, each looked for only where its words are there: what people type is read in no time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import chain
from operator import and_, or_

NUMBER = "#"
ANYWHERE = ""
_Met = tuple[tuple[int, int], ...]  # whose first, second … need is met, a bit for each pattern


@dataclass(frozen=True)
class Pattern:
    """A regular expression for words that each end in a blank. `starts`: how what it matches begins; `needs`: of which
    beginnings a sentence must have one each, so that most patterns are never tried."""

    form: str
    starts: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Matches in a text from a place on. Compiled when it is first looked for, and once, however many look."""
        return _compiled(self.form).match


class Patterns:
    """Several patterns at once. They match from the beginning of a word on, and never beyond a full stop."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """In their order: where several match at a place, the first does. Which ones may is a bit each in a number."""
        self._all = tuple(patterns)
        starts = defaultdict[frozenset[str], int](int)
        needs = defaultdict[tuple[int, frozenset[str]], int](int)
        self._no_need = [(1 << len(self._all)) - 1] * max((len(pattern.needs) for pattern in self._all), default=0)
        for bit, pattern in ((1 << order, pattern) for order, pattern in enumerate(self._all)):
            starts[pattern.starts] |= bit
            for turn, need in enumerate(pattern.needs):
                needs[turn, need] |= bit
                self._no_need[turn] ^= bit
        self._at = dict[str, int]()  # how a word begins: what may match there
        for beginning, bits in ((beginning, bits) for start, bits in starts.items() for beginning in start):
            self._at[beginning] = self._at.get(beginning, 0) | bits
        met = defaultdict[str, dict[int, int]](dict)
        for (turn, need), bits in needs.items():
            for beginning in need:
                met[beginning][turn] = met[beginning].get(turn, 0) | bits
        once = dict[_Met, _Met]()  # words of one group meet the same needs: kept once, they take a fraction of the room
        meets = ((beginning, tuple(turns.items())) for beginning, turns in met.items())
        self._met = {beginning: once.setdefault(turns, turns) for beginning, turns in meets}

    def find(self, words: str) -> re.Match[str] | None:
        """The first match in words with a blank before each."""
        return next(self._matches(words), None)

    def replace(self, words: str, by: str) -> str:
        """The words with something in place of each match."""
        kept, place = "", 0
        for found in self._matches(words):
            kept += words[place : found.start()] + by
            place = found.end()
        return kept + words[place:]

    def _matches(self, words: str) -> Iterator[re.Match[str]]:
        place = 1
        for sentence in words[1:].split(". "):
            yield from self._in_sentence(words, sentence, place)
            place += len(sentence) + len(". ")

    def _in_sentence(self, words: str, sentence: str, place: int) -> Iterator[re.Match[str]]:
        beginnings = {word: _beginnings(word) for word in sentence.split()}
        if not (may := self._may(set(chain.from_iterable(beginnings.values())))):
            return
        near = {word: list(self._near(begins, may)) for word, begins in beginnings.items()}
        taken = place
        for word in sentence.split():
            if place >= taken and (found := next(filter(None, (one.match(words, place) for one in near[word])), None)):
                yield found
                taken = found.end()
            place += len(word) + 1

    def _may(self, there: set[str]) -> int:
        """The patterns all of whose needs those beginnings meet."""
        met = list(self._no_need)
        for beginning in there & self._met.keys():
            for turn, bits in self._met[beginning]:
                met[turn] |= bits
        return reduce(and_, met, (1 << len(self._all)) - 1)

    def _near(self, begins: Iterable[str], may: int) -> Iterator[Pattern]:
        """Those of them that may match where a word begins so, in their order."""
        bits = may & reduce(or_, [self._at[beginning] for beginning in begins if beginning in self._at], 0)
        while bits:
            first = bits & -bits
            yield self._all[first.bit_length() - 1]
            bits ^= first


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Content is read anew with each store that is opened; its patterns are few, and the same."""
    return re.compile(form)


def start(word: str, *, whole: bool) -> str:
    """How words begin that a pattern's word matches: it is a `whole` one, or the beginning of one."""
    return f"{word} " if whole else word


def _beginnings(word: str) -> list[str]:
    """All that a word begins with, itself, and that it may be any."""
    number = [NUMBER] if word[:1].isdecimal() else []
    return [ANYWHERE, f"{word} ", *[word[:letters] for letters in range(1, len(word) + 1)], *number]
