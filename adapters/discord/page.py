"""What one person alone is shown in answer to what they did: the newest of what was said to them there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from adapters.discord.outbound import CAN, Row

GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """Words, escaped, and the number of the message that they are of; 0 for words that are no message."""

    number: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that was said there, oldest first, the number of the newest message, and the buttons of that."""

    parts: tuple[Part, ...] = ()
    number: int = 0
    rows: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """As much of the newest as one message can hold. What is over goes from the top, in whole pieces: none is cut
        where a character is escaped."""
        return GAP.join(part.words for part in self._fitting())

    @property
    def is_cut(self) -> bool:
        """Not even the newest message is there as a whole."""
        own = [part for part in self.parts if part.number == self.number]
        return any(part not in self._fitting() for part in own)

    def noted(self, words: str) -> Page:
        """With words that are no message."""
        return replace(self, parts=(*self.parts, Part(0, words)))

    def added(self, words: Iterable[str], rows: tuple[Row, ...]) -> Page:
        """With one message more, in pieces that each fit. It alone has buttons."""
        number = self.number + 1
        return Page((*self.parts, *(Part(number, each) for each in words)), number, rows)

    def changed(self, words: Iterable[str], rows: tuple[Row, ...]) -> Page:
        """With other buttons under the newest message, and other words in it, unless there are none."""
        others = tuple(Part(self.number, each) for each in words)
        return replace(self, parts=(*self._all_but({self.number}), *others) if others else self.parts, rows=rows)

    def without(self, numbers: Collection[int]) -> Page:
        """Without the words of these messages; the newest's buttons go with its words."""
        return replace(self, parts=self._all_but(numbers), rows=() if self.number in numbers else self.rows)

    def _all_but(self, numbers: Collection[int]) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.number not in numbers)

    def _fitting(self) -> tuple[Part, ...]:
        room, first = CAN.text_limit + len(GAP), len(self.parts)
        while first and (room := room - len(self.parts[first - 1].words) - len(GAP)) >= 0:
            first -= 1
        return self.parts[first:]


def page_of(content: str) -> Page:
    """The page that a message with these words shows, which nobody remembers."""
    return Page(tuple(Part(0, words) for words in content.split(GAP) if words))
