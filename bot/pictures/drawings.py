"""What is to be drawn, in its reader's words: values alone, and nothing of how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how it is written beside a line; `month`: its month and year, where lines go over a long time."""

    on: date
    written: str
    month: str


Value = int | str | Day | tuple["Value", ...]


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """A picture of a form, and by name what is in it. Its `repr` never shows what people wrote."""

    form: str
    parts: tuple[tuple[str, Value], ...]

    @property
    def title(self) -> str:
        """What is to be seen, in a few words."""
        return str(dict(self.parts).get("title", ""))
