"""A drawing as a picture. What is drawn is looked up by its form; a form that nobody knows raises `KeyError`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.pictures.dance import Dance, draw_dance
from bot.pictures.drawings import Drawing
from bot.pictures.job import Job, draw_job
from bot.pictures.plate import DejaVu, Form, figure, printed, unsettled
from bot.pictures.renewal import Renewal, draw_renewal
from bot.pictures.sheet import Sheet
from bot.pictures.village import Village, draw_village

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_Kind = tuple[Callable[..., Any], Callable[[Sheet, Any], None]]  # what is in it, and how it is drawn
FORMS: Mapping[str, _Kind] = MappingProxyType(
    {
        "village": (Village, draw_village),
        "dance": (Dance, draw_dance),
        "job": (Job, draw_job),
        "renewal": (Renewal, draw_renewal),
    }
)


def draw(drawing: Drawing, form: Form = "png") -> bytes:
    """The picture: PNG for a chat, or SVG to stand in a page. The same drawing makes the same bytes.

    It takes a tenth of a second, and the first time half a second more; not for the event loop, and one at a time
    (`Studio`)."""
    with unsettled():
        return printed(drawn(drawing), form, drawing.title)


def drawn(drawing: Drawing) -> Figure:
    """The picture as matplotlib's figure."""
    values, fill = FORMS[drawing.form]
    sheet = Sheet(DejaVu())
    fill(sheet, values(**dict(drawing.parts)))
    return figure(sheet)
