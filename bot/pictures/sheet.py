"""A sheet of paper that is filled from the top: it remembers what is on it, and how far it has come."""

from __future__ import annotations

from bot.pictures.letters import Font, drawable, leans_right, wrapped
from bot.pictures.palette import BODY, INK, INNER, LEADING, MARGIN, TITLE
from bot.pictures.shapes import Align, Label, Part


class Sheet:
    """Words and shapes; `y` is where what comes next begins."""

    def __init__(self, font: Font) -> None:
        """An empty sheet."""
        self._font = font
        self.parts: list[Part] = []
        self.y: float = MARGIN

    def add(self, *parts: Part) -> None:
        """Puts shapes on it, over what is there."""
        self.parts += parts

    def lines(self, words: str, width: float, size: float = BODY, *, most: int = 2, bold: bool = False) -> list[str]:
        """Words as lines that fit; bold only where the bold font has all that the other has."""
        shown = drawable(words, self._font)
        return wrapped(shown, width, size, self._font, most=most, bold=self._bold(shown, bold=bold))

    def width(self, line: str, size: float = BODY, *, bold: bool = False) -> float:
        """How wide a line is."""
        return self._font.width(line, size, bold=self._bold(line, bold=bold))

    def put(
        self,
        lines: list[str],
        x: float,
        y: float,
        size: float = BODY,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> float:
        """Lines below each other from `y` on; where they end."""
        for line in lines:
            weight = self._bold(line, bold=bold)
            self.add(Label(x, y + size, line, size, weight, colour, align))
            y += size * LEADING
        return y

    def write(
        self,
        words: str,
        x: float,
        width: float,
        size: float = BODY,
        *,
        most: int = 2,
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        """Words within a width, where the sheet has come to; from the right where they are read from there."""
        lines = self.lines(words, width, size, most=most, bold=bold)
        right = leans_right(words)
        at = x + width if right else x
        self.y = self.put(lines, at, self.y, size, bold=bold, colour=colour, align="right" if right else "left")

    def title(self, words: str) -> None:
        """The words above all."""
        self.write(words, MARGIN, INNER, TITLE, most=2, bold=True)
        self.y += 6

    def _bold(self, line: str, *, bold: bool) -> bool:
        return bold and all(self._font.shows(letter, bold=True) for letter in line)
