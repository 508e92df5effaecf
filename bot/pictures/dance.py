"""The dance: how close it felt and how close one wished, week by week, and below it the time for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.pictures.drawings import Day
from bot.pictures.palette import BLUE, CARD, FAINT, GREEN, INNER, MARGIN, PURPLE, RULE, SMALL, VERMILLION, WIDTH
from bot.pictures.shapes import Box, Label, Line, Mark, Marks, Point, Stroke
from bot.pictures.sheet import Sheet

LOWEST, HIGHEST = 1, 7
TOO_LITTLE, RIGHT, TOO_MUCH = 1, 2, 3
LEFT: Final = MARGIN + 20  # the numbers stand before it
ACROSS: Final = WIDTH - MARGIN - 10 - LEFT
HIGH: Final = 186  # of the upper part
LANE: Final = 18  # of a row of the lower part
BESIDE: Final = 8  # of the ground beside the first and the last day
A_GAP: Final = 10  # days: with more between two, a week is missing
LONG: Final = 300  # days: over more, months are written below, with their years
CROWDED: Final = 26  # weeks: with more, the lines go without their marks
DASH: Final = 26  # of a line in the legend
APART: Final = 10  # from one day below to the next


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is told from the others."""

    colour: str
    stroke: Stroke | None
    mark: Mark
    filled: bool


FELT = Look(BLUE, "solid", "circle", filled=True)
WISHED = Look(VERMILLION, "dashed", "square", filled=False)
SLIM, WIDE = 7, 9.5  # marks; those beneath another line are still seen where the two meet
OTHER = Look(GREEN, "dotted", "up", filled=True)
ROOMS: Final[dict[int, Mark]] = {TOO_MUCH: "up", RIGHT: "circle", TOO_LITTLE: "down"}  # the highest first


@dataclass(frozen=True, slots=True, repr=False)
class Dance:
    """Weeks, as (day, felt 1–7, wished 1–7, room 1–3), 0 where nothing was said; `others`: (day, felt) of the other.

    `names` of the lines: felt, wished, and of the other's; `ends` of the scale: 1 and 7; `rooms`: a title, too little,
    right, too much."""

    title: str
    weeks: tuple[tuple[Day, int, int, int], ...]
    names: tuple[str, ...]
    ends: tuple[str, str]
    rooms: tuple[str, str, str, str]
    others: tuple[tuple[Day, int], ...] = ()

    def days(self) -> list[Day]:
        """All the days that there is something of, in their order."""
        every = (*(week[0] for week in self.weeks), *(day for day, _ in self.others))
        return sorted(set(every), key=lambda day: day.on)


class Calendar:
    """Where a day is, from left to right."""

    def __init__(self, days: list[Day]) -> None:
        """From the first of these to the last."""
        self._first, last = days[0].on, days[-1].on
        self._span = (last - self._first).days

    def x(self, day: date) -> float:
        """Where it is; a single one is in the middle."""
        return LEFT + ACROSS * ((day - self._first).days / self._span if self._span else 0.5)


def draw_dance(sheet: Sheet, dance: Dance) -> None:
    """Title, legend, the lines of closeness, the lanes of time for oneself, and the days below."""
    days = dance.days()
    calendar = Calendar(days)
    sheet.title(dance.title)
    _legend(sheet, dance)
    top = _scale(sheet, dance)
    series = [
        (OTHER, [(day.on, felt) for day, felt in dance.others]),
        (WISHED, [(week[0].on, week[2]) for week in dance.weeks]),
        (FELT, [(week[0].on, week[1]) for week in dance.weeks]),
    ]
    for look, values in series:
        _course(sheet, look, [(calendar.x(on), on, _y(top, value)) for on, value in sorted(values) if value])
    _days(sheet, days, calendar)
    if dance.weeks:
        _rooms(sheet, dance, calendar)


def _y(top: float, value: int) -> float:
    return top + HIGH * (HIGHEST - value) / (HIGHEST - LOWEST)


def _legend(sheet: Sheet, dance: Dance) -> None:
    """Each line with its name."""
    looks = (FELT, WISHED, OTHER) if dance.others else (FELT, WISHED)
    _keys(sheet, [(look, name) for look, name in zip(looks, dance.names, strict=False)], DASH)
    sheet.y += 6


def _keys(sheet: Sheet, keys: list[tuple[Look, str]], dash: float) -> None:
    """Looks with their names, beside each other as far as they fit."""
    x = float(MARGIN)
    for look, name in keys:
        line = sheet.lines(name, INNER - dash - 8, SMALL, most=1)
        wide = dash + 6 + sheet.width(line[0], SMALL)
        if x > MARGIN and x + wide > MARGIN + INNER:
            x, sheet.y = MARGIN, sheet.y + 20
        middle = sheet.y + 8
        if look.stroke:
            sheet.add(Line(((x, middle), (x + dash, middle)), look.colour, 2.4, look.stroke))
        sheet.add(Marks(((x + dash / 2, middle),), look.mark, look.colour, filled=look.filled))
        sheet.put(line, x + dash + 6, sheet.y, SMALL)
        x += wide + 16
    sheet.y += 20


def _scale(sheet: Sheet, dance: Dance) -> float:
    """The ground of the lines, between the words for both ends of it; where its 7 is."""
    low, high = dance.ends
    sheet.write(high, LEFT - BESIDE, ACROSS, SMALL, most=1, colour=FAINT)
    ground = sheet.y + 3
    top = ground + 12
    sheet.add(Box(LEFT - BESIDE, ground, ACROSS + 2 * BESIDE, HIGH + 24, CARD))
    for value in range(LOWEST, HIGHEST + 1):
        y = _y(top, value)
        sheet.add(Line(((LEFT - BESIDE, y), (LEFT + ACROSS + BESIDE, y)), RULE, 0.8))
        sheet.add(Label(LEFT - BESIDE - 5, y + SMALL * 0.36, str(value), SMALL, colour=FAINT, align="right"))
    sheet.y = top + HIGH + 15
    sheet.write(low, LEFT - BESIDE, ACROSS, SMALL, most=1, colour=FAINT)
    return top


def _course(sheet: Sheet, look: Look, points: list[tuple[float, date, float]]) -> None:
    """A line that stops where a week is missing; a week alone is a mark."""
    pieces, last = list[list[Point]](), None
    for x, on, y in points:
        if last is None or (on - last).days > A_GAP:
            pieces.append([])
        pieces[-1].append((x, y))
        last = on
    crowded = len(points) > CROWDED
    for piece in pieces:
        if len(piece) > 1:
            sheet.add(Line(tuple(piece), look.colour, 2.4, look.stroke or "solid"))
    marked = [point for piece in pieces if not crowded or len(piece) == 1 for point in piece]
    if crowded:
        marked += [pieces[0][0], pieces[-1][-1]]
    if marked:
        size = SLIM if look == FELT else WIDE
        sheet.add(Marks(tuple(marked), look.mark, look.colour, size, filled=look.filled))


def _days(sheet: Sheet, days: list[Day], calendar: Calendar) -> None:
    """The first day, the last one, and between them as many as have room."""
    *before, last = days
    is_long = (last.on - days[0].on).days > LONG
    spans = list[tuple[float, float]]()
    for day in (last, *before[:: len(days) // 4 + 1]):
        written = day.month if is_long else day.written
        half = sheet.width(written, SMALL) / 2
        x = min(max(calendar.x(day.on), MARGIN + half), MARGIN + INNER - half)
        if all(x + half < left - APART or x - half > right + APART for left, right in spans):
            sheet.add(Label(x, sheet.y + SMALL + 4, written, SMALL, colour=FAINT, align="center"))
            spans.append((x - half, x + half))
    sheet.y += SMALL + 14


def _rooms(sheet: Sheet, dance: Dance, calendar: Calendar) -> None:
    """Too much above, too little below, each with a mark of its own."""
    heading, *names = dance.rooms
    sheet.write(heading, MARGIN, INNER, SMALL, most=2, bold=True)
    sheet.y += 3
    top, size = sheet.y, 7 if len(dance.weeks) <= CROWDED else 4
    sheet.add(Box(LEFT - BESIDE, top, ACROSS + 2 * BESIDE, len(ROOMS) * LANE + 4, CARD))
    for lane, (room, mark) in enumerate(ROOMS.items()):
        y = top + 2 + LANE * (lane + 0.5)
        found = tuple((calendar.x(week[0].on), y) for week in dance.weeks if week[3] == room)
        if found:
            sheet.add(Marks(found, mark, PURPLE, size, filled=room == RIGHT))
    sheet.y = top + len(ROOMS) * LANE + 12
    looks = [(Look(PURPLE, None, ROOMS[room], filled=room == RIGHT), names[room - 1]) for room in ROOMS]
    _keys(sheet, looks, 8)
