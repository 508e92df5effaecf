"""An exercise: a plain function with a name and a scope. Which exercises there are is a list, never an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine.talk import Talk


class Scope(StrEnum):
    """Whose an exercise is."""

    ALONE = "alone"
    COUPLE = "couple"


ALONE, COUPLE = Scope.ALONE, Scope.COUPLE


@dataclass(frozen=True, slots=True)
class Exercise:
    """A guided conversation. `reads`: the records ("exercise.name") that are loaded once at its start. `in_silence`: it
    is about a time in which nothing unasked is said, and is heard all the same. `stops_alone`: whoever stops it has
    stopped for themselves; for the other it goes on, and nobody tells them."""

    name: str
    scope: Scope
    reads: tuple[str, ...]
    play: Callable[[Talk], None]
    in_silence: bool = False
    stops_alone: bool = False


def exercise(
    name: str, scope: Scope, reads: tuple[str, ...] = (), *, in_silence: bool = False, stops_alone: bool = False
) -> Callable[[Callable[[Talk], None]], Exercise]:
    """Makes an exercise of a function that is run again from the top at every event."""
    return lambda play: Exercise(name, scope, reads, play, in_silence, stops_alone)


Registry = Mapping[str, Exercise]


def registry(*exercises: Exercise) -> Registry:
    """The exercises by name. Raises `ValueError` when a name is used twice."""
    by_name = {e.name: e for e in exercises}
    if len(by_name) != len(exercises):
        raise ValueError("two exercises have the same name")
    return by_name
