"""Pictures as values: which one, and what is in it. They are drawn at delivery, in their reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.text import Arg, Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of that form (the drawings know which there are), and by name what is in it, in a fixed order."""

    form: str
    parts: tuple[tuple[str, Arg], ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """Words, and a picture that says the same; None where there is nothing to be seen."""

    text: Text
    picture: Picture | None


def picture(form: str, /, **parts: Arg) -> Picture:
    """A picture with its parts in a fixed order."""
    return Picture(form, tuple(sorted(parts.items())))
