"""The job table: for each post, what I ask of the other, and what I feel is asked of me."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures.palette import BLUE, BODY, CARD, CHIP, HEAD, INNER, LEADING, MARGIN, PAPER, RULE, SMALL, VERMILLION
from bot.pictures.shapes import Box
from bot.pictures.sheet import Sheet

MOST: Final = 4  # what is said of a post goes from 0 to this
CELL, HIGH, SPACE, PAD = 62.0, 13.0, 4.0, 10.0
LOOKS: Final = ((BLUE, ""), (VERMILLION, "///"))  # colour and hatch: what I ask, what is asked of me


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """Posts, as (name, what I ask 0–4, what is asked of me 0–4); `names` of the two."""

    title: str
    names: tuple[str, str]
    posts: tuple[tuple[str, int, int], ...]


def draw_job(sheet: Sheet, job: Job) -> None:
    """Title, legend, and a card for each post with two bars."""
    sheet.title(job.title)
    for (colour, hatch), name in zip(LOOKS, job.names, strict=True):
        lines = sheet.lines(name, INNER - 34, SMALL, most=2)
        sheet.add(Box(MARGIN, sheet.y + 2, 26, HIGH, colour, CHIP, hatch, radius=3))
        sheet.y = sheet.put(lines, MARGIN + 34, sheet.y, SMALL) + 4
    for name, *values in job.posts:
        sheet.y += 8
        _post(sheet, name, values)


def _post(sheet: Sheet, name: str, values: list[int]) -> None:
    lines = sheet.lines(name, INNER - 2 * PAD, HEAD, most=2, bold=True)
    high = 2 * PAD + len(lines) * HEAD * LEADING + 2 * (HIGH + 6) - 2
    sheet.add(Box(MARGIN, sheet.y, INNER, high, CARD))
    begin = sheet.y
    sheet.y += PAD - 2
    sheet.write(name, MARGIN + PAD, INNER - 2 * PAD, HEAD, most=2, bold=True)
    for (colour, hatch), value in zip(LOOKS, values, strict=True):
        sheet.y += 6
        for cell in range(MOST):
            x, full = MARGIN + PAD + cell * (CELL + SPACE), cell < value
            box = Box(x, sheet.y, CELL, HIGH, colour if full else PAPER, CHIP if full else RULE, hatch * full, radius=3)
            sheet.add(box)
        sheet.put([str(value)], MARGIN + PAD + MOST * (CELL + SPACE) + 8, sheet.y - 2, BODY, bold=True)
        sheet.y += HIGH
    sheet.y = begin + high
