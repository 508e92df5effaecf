"""What a sheet is made of: words and shapes with their places, x from the left, y from the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.pictures.palette import INK

Point = tuple[float, float]
Align = Literal["left", "center", "right"]
Mark = Literal["circle", "square", "up", "down", "diamond"]
Stroke = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True, repr=False)
class Label:
    """One line of words; `y` is its baseline."""

    x: float
    y: float
    words: str
    size: float
    bold: bool = False
    colour: str = INK
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed shape. `hatch`: a pattern of the edge's colour over the fill; `stroke`: of its edge."""

    points: tuple[Point, ...]
    fill: str
    edge: str = ""
    hatch: str = ""
    stroke: Stroke = "solid"
    width: float = 1.2


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    hatch: str = ""
    stroke: Stroke = "solid"
    radius: float = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.2
    stroke: Stroke = "solid"


@dataclass(frozen=True, slots=True)
class Marks:
    """The same mark at each of some points; one that is not `filled` shows the paper."""

    points: tuple[Point, ...]
    mark: Mark
    colour: str
    size: float = 7
    filled: bool = True


Part = Label | Shape | Box | Line | Marks
