"""The only part that knows matplotlib, which is loaded when something is drawn for the first time.

Its object API alone is used, no pyplot: nothing of a picture stays when it is done. What a machine's own settings for
matplotlib say does not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, assert_never
from xml.sax.saxutils import quoteattr

from bot.pictures.palette import MARGIN, PAPER, WIDTH
from bot.pictures.shapes import Box, Label, Line, Mark, Marks, Part, Shape, Stroke
from bot.pictures.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

Form = Literal["png", "svg"]

INCH: Final = 72  # points
SHARPNESS: Final = 2.8  # pixels for a point: 1092 across
FINE: Final = 64  # of the font's own units are a pixel
STEP: Final = 5  # points that a sheet grows by, so that its pixels are whole
MARKS: Final[dict[Mark, str]] = {"circle": "o", "square": "s", "up": "^", "down": "v", "diamond": "D"}
STROKES: Final[dict[Stroke, Literal["solid"] | tuple[float, tuple[float, ...]]]] = {
    "solid": "solid",
    "dashed": (0, (4, 2.4)),
    "dotted": (0, (1, 1.8)),
}
_NAMES: Final = re.compile(r' id="[a-z]+[a-z0-9]*_\d+"')  # of groups: two pictures on a page would have the same
_REMARKS: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_METADATA: Final = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)


class DejaVu:
    """The font that matplotlib brings along."""

    def __init__(self) -> None:
        """Reads both weights."""
        from matplotlib.ft2font import FT2Font

        self._faces: dict[bool, FT2Font] = {bold: FT2Font(path(bold=bold)) for bold in (False, True)}
        self._shown: dict[bool, frozenset[int]] = {
            bold: frozenset(face.get_charmap()) for bold, face in self._faces.items()
        }

    def shows(self, letter: str, *, bold: bool) -> bool:
        """Whether there is such a letter."""
        return ord(letter) in self._shown[bold]

    def width(self, words: str, size: float, *, bold: bool) -> float:
        """How wide a line is, measured as sharp as it is drawn: a coarser measure rounds each letter."""
        face = self._faces[bold]
        face.set_size(size, INCH * SHARPNESS)
        face.set_text(words)
        return float(face.get_width_height()[0] / FINE / SHARPNESS)


def path(*, bold: bool) -> str:
    """The file of the font."""
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)


def figure(sheet: Sheet) -> Figure:
    """A sheet as matplotlib's figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = ceil((sheet.y + MARGIN) / STEP) * STEP
    made = Figure(figsize=(WIDTH / INCH, height / INCH), dpi=INCH * SHARPNESS, facecolor=PAPER)
    FigureCanvasAgg(made)
    axes = made.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    for order, part in enumerate(sheet.parts):
        artist = _artist(part)
        artist.set_zorder(order)
        axes.add_artist(artist)
    return made


def printed(made: Figure, form: Form, title: str) -> bytes:
    """The figure as a file; the same for the same."""
    out = BytesIO()
    if form == "png":
        made.savefig(out, format="png", facecolor=PAPER, metadata={"Software": None})
        return out.getvalue()
    made.savefig(out, format="svg", facecolor=PAPER, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return _inline(out.getvalue().decode(), title).encode()


@contextmanager
def unsettled() -> Iterator[None]:
    """Within it, matplotlib is as it comes; for the one thread that draws."""
    import matplotlib.style

    same = matplotlib.rc_context({"svg.hashsalt": "leeway", "svg.fonttype": "path"})
    with matplotlib.style.context("default"), same:
        yield


def _inline(svg: str, title: str) -> str:
    """A picture to stand in a page: no prologue, no remarks, no names; its title is said aloud."""
    bare = _METADATA.sub("", _REMARKS.sub("", svg[svg.index("<svg") :]))
    named = f'<svg role="img" aria-label={quoteattr(title)} '
    return _NAMES.sub("", bare).replace("<svg ", named, 1)


def _artist(part: Part) -> Artist:
    match part:
        case Label():
            return _words(part)
        case Box():
            return _box(part)
        case Shape():
            return _shape(part)
        case Line():
            return _line(part)
        case Marks():
            return _marks(part)
        case _:
            assert_never(part)


def _words(label: Label) -> Artist:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    font = FontProperties(fname=path(bold=label.bold), size=label.size)
    return Text(
        label.x,
        label.y,
        label.words,
        color=label.colour,
        fontproperties=font,
        horizontalalignment=label.align,
        verticalalignment="baseline",
        parse_math=False,
        usetex=False,
    )


def _box(box: Box) -> Artist:
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (box.x, box.y),
        box.width,
        box.height,
        boxstyle=f"round,pad=0,rounding_size={min(box.radius, box.width / 2, box.height / 2)}",
        facecolor=box.fill,
        edgecolor=box.edge or "none",
        hatch=box.hatch or None,
        linestyle=STROKES[box.stroke],
        linewidth=1.2,
    )


def _shape(shape: Shape) -> Artist:
    from matplotlib.patches import Polygon

    return Polygon(
        shape.points,
        closed=True,
        facecolor=shape.fill,
        edgecolor=shape.edge or "none",
        hatch=shape.hatch or None,
        linestyle=STROKES[shape.stroke],
        linewidth=shape.width,
        joinstyle="round",
    )


def _line(line: Line) -> Artist:
    from matplotlib.lines import Line2D

    across, down = zip(*line.points, strict=True)
    return Line2D(across, down, color=line.colour, linewidth=line.width, linestyle=STROKES[line.stroke])


def _marks(marks: Marks) -> Artist:
    from matplotlib.lines import Line2D

    across, down = zip(*marks.points, strict=True)
    return Line2D(
        across,
        down,
        linestyle="none",
        marker=MARKS[marks.mark],
        markersize=marks.size,
        markerfacecolor=marks.colour if marks.filled else PAPER,
        markeredgecolor=marks.colour,
        markeredgewidth=1.6,
    )
