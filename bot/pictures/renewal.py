"""The keepsake of a renewal: two names, a day, what each keeps, changes and offers, and the next day."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from bot.pictures.palette import BLUE, BODY, CARD, FAINT, HEAD, INNER, MARGIN, SMALL, TITLE, VERMILLION, WIDTH
from bot.pictures.shapes import Box, Line, Point, Stroke
from bot.pictures.sheet import Sheet

PAD: Final = 14
CIRCLE: Final = 24  # radius
CIRCLES: Final[tuple[tuple[float, str, Stroke], ...]] = ((-0.55, BLUE, "solid"), (0.55, VERMILLION, "dashed"))
MOST: Final = 5  # lines of what somebody wrote


@dataclass(frozen=True, slots=True, repr=False)
class Renewal:
    """`promises`: for each of the two, as (name, what they keep, what they change, what they offer), empty where
    they said nothing; `names` of these three; `day` and `next_day` are written as sentences."""

    title: str
    day: str
    names: tuple[str, str, str]
    promises: tuple[tuple[str, str, str, str], ...]
    next_day: str


def draw_renewal(sheet: Sheet, renewal: Renewal) -> None:
    """Two circles that share a part, title, day, a card for each of the two, and when it is time again."""
    _circles(sheet)
    for words, size, bold in ((renewal.title, TITLE + 2, True), (renewal.day, BODY, False)):
        above = sheet.lines(words, INNER, size, most=2, bold=bold)
        sheet.y = sheet.put(above, WIDTH / 2, sheet.y, size, bold=bold, align="center") + 2
    sheet.y += PAD
    for name, *said in renewal.promises:
        _card(sheet, name, [(head, words) for head, words in zip(renewal.names, said, strict=True) if words])
    sheet.y += 2
    below = sheet.lines(renewal.next_day, INNER, BODY, most=3)
    sheet.y = sheet.put(below, WIDTH / 2, sheet.y, BODY, align="center")


def _circles(sheet: Sheet) -> None:
    """Closeness, and room of one's own: neither covers the other."""
    middle = sheet.y + CIRCLE + 2
    for x, colour, stroke in CIRCLES:
        sheet.add(Line(_circle(WIDTH / 2 + x * CIRCLE, middle, CIRCLE), colour, 3, stroke))
    sheet.y = middle + CIRCLE + PAD


def _circle(x: float, y: float, radius: float) -> tuple[Point, ...]:
    return tuple((x + radius * cos(turn * pi / 36), y + radius * sin(turn * pi / 36)) for turn in range(73))


def _card(sheet: Sheet, name: str, said: list[tuple[str, str]]) -> None:
    top, backdrop = sheet.y, len(sheet.parts)
    sheet.y += PAD - 2
    sheet.write(name, MARGIN + PAD, INNER - 2 * PAD, HEAD, most=1, bold=True)
    for head, words in said:
        sheet.y += 6
        sheet.write(head, MARGIN + PAD, INNER - 2 * PAD, SMALL, most=1, colour=FAINT)
        sheet.write(words, MARGIN + PAD, INNER - 2 * PAD, BODY, most=MOST)
    sheet.y += PAD - 4
    sheet.parts.insert(backdrop, Box(MARGIN, top, INNER, sheet.y - top, CARD, radius=12))
    sheet.y += 12
