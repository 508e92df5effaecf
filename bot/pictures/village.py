"""The village map: a house for each who carries something, with the needs that are met there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures.palette import (
    BLUE,
    BODY,
    CARD,
    CHIP,
    FAINT,
    GREEN,
    HEAD,
    INNER,
    LEADING,
    MARGIN,
    PAPER,
    RULE,
    SMALL,
    VERMILLION,
)
from bot.pictures.shapes import Box, Shape, Stroke
from bot.pictures.sheet import Sheet

LOOKS: Final[tuple[tuple[str, str, Stroke], ...]] = (  # colour, hatch and edge by carrier
    (VERMILLION, "", "solid"),
    (BLUE, "///", "solid"),
    (GREEN, "..", "solid"),
    (FAINT, "", "dashed"),
)
NOBODY: Final = 3
HOUSE: Final = 34  # across
PAD, GAP, BETWEEN = 10, 8, 14
BAND: Final = 20  # high
ONE, SEVERAL = 4, 3  # lines at most for a need, alone in its row or with another beside it
INSET: Final = 8  # of words in their chip


@dataclass(frozen=True, slots=True, repr=False)
class Village:
    """Needs, and by number which carrier each is expected from; `count` says how much rests on one. With `then_…`
    the map of an earlier time stands beside it, and `headings` above the two (then, now)."""

    title: str
    carriers: tuple[str, ...]
    needs: tuple[str, ...]
    whom: tuple[int, ...]
    count: str
    headings: tuple[str, ...] = ()
    then_needs: tuple[str, ...] = ()
    then_whom: tuple[int, ...] = ()
    then_count: str = ""

    def columns(self) -> list[tuple[tuple[str, ...], tuple[int, ...], str]]:
        """The maps, the earlier one first: needs, carriers, count."""
        now = (self.needs, self.whom, self.count)
        return [(self.then_needs, self.then_whom, self.then_count), now] if self.then_needs else [now]


def draw_village(sheet: Sheet, village: Village) -> None:
    """Title, a band of how much rests on whom, and below it the houses."""
    sheet.title(village.title)
    _bands(sheet, village)
    for carrier, name in enumerate(village.carriers):
        sheet.y += GAP
        _house_with_needs(sheet, village, carrier, name)


def _places(village: Village, left: float) -> list[tuple[float, float]]:
    """Where the columns begin, and how wide they are."""
    number = len(village.columns())
    width = (MARGIN + INNER - PAD - left - BETWEEN * (number - 1)) / number
    return [(left + column * (width + BETWEEN), width) for column in range(number)]


def _bands(sheet: Sheet, village: Village) -> None:
    """A tile for each need, those of one carrier beside each other."""
    top, ends = sheet.y, list[float]()
    for number, (_, whom, count) in enumerate(village.columns()):
        both = len(village.columns()) > 1
        width = (INNER - BETWEEN) / 2 if both else INNER
        left, sheet.y = MARGIN + number * (width + BETWEEN), top
        if both:
            sheet.write(village.headings[number], left, width, HEAD, most=1, bold=True)
            sheet.y += 2
        tile = (width + 4) / max(len(whom), 1)
        for place, carrier in enumerate(sorted(whom)):
            colour, hatch, stroke = LOOKS[carrier]
            fill = PAPER if carrier == NOBODY else colour
            edge = colour if carrier == NOBODY else CHIP
            sheet.add(Box(left + place * tile, sheet.y, tile - 4, BAND, fill, edge, hatch, stroke, radius=4))
        sheet.y += BAND + 6
        sheet.write(count, left, width, SMALL, most=2, colour=FAINT)
        ends.append(sheet.y)
    sheet.y = max(ends)


def _house_with_needs(sheet: Sheet, village: Village, carrier: int, name: str) -> None:
    top, left = sheet.y, MARGIN + PAD + HOUSE + PAD
    backdrop = len(sheet.parts)
    sheet.y += PAD
    sheet.write(name, left, INNER - HOUSE - 3 * PAD, HEAD, most=2, bold=True)
    sheet.y += 4
    begin, ends = sheet.y, list[float]()
    for (x, width), (needs, whom, _) in zip(_places(village, left), village.columns(), strict=True):
        sheet.y = begin
        _chips(sheet, [need for need, whose in zip(needs, whom, strict=True) if whose == carrier], x, width)
        ends.append(sheet.y)
    sheet.y = max(*ends, top + 2 * PAD + HOUSE)
    sheet.parts.insert(backdrop, Box(MARGIN, top, INNER, sheet.y - top, CARD))
    _house(sheet, carrier, MARGIN + PAD, top + PAD)


def _chips(sheet: Sheet, needs: list[str], left: float, width: float) -> None:
    """Needs beside each other as far as they fit; "–" where there are none."""
    if not needs:
        sheet.write("–", left, width, BODY, colour=FAINT)
        sheet.y += 4
        return
    x, row = left, 0.0
    for need in needs:
        lines = sheet.lines(need, width - 2 * INSET, BODY, most=ONE)
        wide = max(sheet.width(line, BODY) for line in lines) + 2 * INSET
        if x > left and x + wide > left + width:
            x, sheet.y, row = left, sheet.y + row + 5, 0.0
        high = len(lines) * BODY * LEADING + 7
        sheet.add(Box(x, sheet.y, wide, high, CHIP, RULE, radius=9))
        sheet.put(lines, x + wide / 2, sheet.y + 2, BODY, align="center")
        x, row = x + wide + 5, max(row, high)
    sheet.y += row + PAD


def _house(sheet: Sheet, carrier: int, x: float, y: float) -> None:
    """One house; two beside each other for somebody else, and no more than its outline for nobody."""
    if carrier == 1:
        _walls(sheet, carrier, x + HOUSE * 0.46, y, HOUSE * 0.6)
        _walls(sheet, carrier, x - HOUSE * 0.06, y + HOUSE * 0.34, HOUSE * 0.66)
    else:
        _walls(sheet, carrier, x, y, HOUSE)


def _walls(sheet: Sheet, carrier: int, x: float, y: float, size: float) -> None:
    colour, hatch, stroke = LOOKS[carrier]
    eaves, low = y + size * 0.42, y + size
    outline = ((x, low), (x, eaves), (x + size / 2, y), (x + size, eaves), (x + size, low))
    if carrier == NOBODY:
        sheet.add(Shape(outline, PAPER, colour, stroke=stroke, width=1.8))
        return
    sheet.add(Shape(outline, colour, CARD, hatch, width=1.6))
    door = size * 0.24
    middle = x + size / 2
    sheet.add(Box(middle - door / 2, low - size * 0.36, door, size * 0.36, PAPER, radius=1.5))
