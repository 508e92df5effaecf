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
        self._at = defaultdict[str, int](int)  # how a word begins: what may match there
        self._met = defaultdict[str, dict[int, int]](dict)  # how a word begins: whose first, second … need it meets
        self._no_need = [0] * max((len(pattern.needs) for pattern in self._all), default=0)
        for bit, pattern in ((1 << order, pattern) for order, pattern in enumerate(self._all)):
            for beginning in pattern.starts:
                self._at[beginning] |= bit
            for turn in range(len(self._no_need)):
                if turn >= len(pattern.needs):
                    self._no_need[turn] |= bit
                else:
                    for beginning in pattern.needs[turn]:
                        self._met[beginning][turn] = self._met[beginning].get(turn, 0) | bit

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
        beginnings = {word: list(_beginnings(word)) for word in sentence.split()}
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
            for turn, bits in self._met[beginning].items():
                met[turn] |= bits
        return reduce(and_, met, (1 << len(self._all)) - 1)

    def _near(self, begins: Iterable[str], may: int) -> Iterator[Pattern]:
        """Those of them that may match where a word begins so, in their order."""
        bits = may & reduce(or_, (self._at[beginning] for beginning in begins if beginning in self._at), 0)
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


def _beginnings(word: str) -> Iterator[str]:
    """All that a word begins with, itself, and that it may be any."""
    yield ANYWHERE
    if word[:1].isdecimal():
        yield NUMBER
    for letters in range(1, len(word) + 1):
        yield word[:letters]
    yield f"{word} "
