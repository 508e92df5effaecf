"""Every picture can be read: on a phone, in light chats and in dark ones, with whatever words."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import combinations

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox
from PIL import Image

from bot.pictures.draw import draw
from bot.pictures.palette import PAPER, WIDTH
from bot.pictures.plate import SHARPNESS
from tests.test_bot.test_pictures.album import KINDS, every, seen, written

EACH = pytest.mark.parametrize("name", KINDS)
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
SMALLEST = 12  # points of a phone 390 wide
INSIDE, BESIDE = 5, 12  # points from words to the edge of their box, and of the sheet
EVERY = 7  # pixels: so many of them tell what is behind a line
TELEGRAM = 10_000  # pixels that both sides of a photo may have together


@cache
def _figure(name: str) -> Figure:
    return seen(every()[name])


def _boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    return [(text.get_text(), text.get_window_extent()) for text in written(figure)]


@EACH
def test_it_is_a_picture_for_a_phone(name: str) -> None:
    """Another library opens it: as wide as it should be, no larger than platforms take, on a ground of its own."""
    content = draw(every()[name])
    image = Image.open(BytesIO(content)).convert("RGB")
    assert image.width == round(WIDTH * SHARPNESS)
    assert image.width + image.height < TELEGRAM
    assert 10_000 < len(content) < 600_000
    assert {image.getpixel(corner) for corner in ((0, 0), (image.width - 1, image.height - 1))} == {_pixel(PAPER)}


@EACH
def test_no_words_are_cut_off(name: str) -> None:
    """They are on the sheet, and within the box that they begin in."""
    figure = _figure(name)
    sheet = figure.bbox.padded(-BESIDE * SHARPNESS)
    boxes = [p.get_window_extent() for p in figure.axes[0].patches if isinstance(p, FancyBboxPatch)]
    for words, box in _boxes(figure):
        around = [b for b in boxes if b.contains(box.x0 + 1, (box.y0 + box.y1) / 2)]
        for outer in (sheet, *(each.padded(-INSIDE * SHARPNESS) for each in around)):
            assert outer.x0 <= box.x0 <= box.x1 <= outer.x1, words
            assert outer.y0 <= (box.y0 + box.y1) / 2 <= outer.y1, words


@EACH
def test_no_words_lie_over_others(name: str) -> None:
    """No two lines share a place, and none is too small. None is read as a formula."""
    figure = _figure(name)
    assert not any(text.get_parse_math() or text.get_usetex() for text in written(figure))
    for (one, box), (other, over) in combinations(_boxes(figure), 2):
        shared = Bbox.intersection(box, over)
        assert shared is None or min(shared.width, shared.height) < 2, (one, other)
    assert all(float(text.get_fontsize()) >= SMALLEST for text in written(figure))


@EACH
def test_words_stand_out_from_what_is_behind_them(name: str) -> None:
    """From every colour that is there when they are not."""
    figure = seen(every()[name])
    texts = [(text.get_text(), to_rgb(text.get_color()), text.get_window_extent()) for text in written(figure)]
    for text in written(figure):
        text.set_visible(False)
    out = BytesIO()
    figure.savefig(out, format="png")
    behind = Image.open(out).convert("RGB")
    for words, colour, box in texts:
        place = (round(box.x0), round(behind.height - box.y1), round(box.x1), round(behind.height - box.y0))
        for ground in _colours(behind.crop(place)):
            assert _contrast(colour, ground) >= LEAST_CONTRAST, words


def _colours(image: Image.Image) -> set[tuple[float, ...]]:
    pixels = image.tobytes()
    return {tuple(part / 255 for part in pixels[n : n + 3]) for n in range(0, len(pixels), 3 * EVERY)}


def _pixel(colour: str) -> tuple[int, ...]:
    return tuple(round(part * 255) for part in to_rgb(colour))


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
