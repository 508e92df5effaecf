"""Walks through all exercises, each once: what pages and diagrams are drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.engine.acts import Keep, Offer, Visibility
from bot.engine.exercise import Exercise
from bot.engine.session import Session
from bot.engine.walker import Step, Walker
from tests.test_bot.test_engine.world import BEN, Walked, around, by_command, by_others

FOLLOW, STRAIGHT = 2, 8  # fewer ways than the tests walk: enough for every box


@dataclass
class Walk:
    """All that was done in one exercise, from all its beginnings."""

    exercise: Exercise
    steps: list[Step] = field(default_factory=list)

    @property
    def kept(self) -> list[tuple[str, Visibility]]:
        """The names of what it keeps, and for whom."""
        acts = (act for step in self.steps for act in step.turn.acts if isinstance(act, Keep))
        return sorted({(without_numbers(act.name), act.visibility) for act in acts})

    @property
    def leads_to(self) -> list[str]:
        """The exercises that it begins."""
        return sorted({act.exercise for step in self.steps for act in step.turn.acts if isinstance(act, Offer)})


def without_numbers(name: str) -> str:
    """The name that questions in a row have in common, and those of each of two: `from.1` is `from`."""
    return re.sub(r"(\.\d+)+$", "", name.rpartition("/")[2])


def walks(exercises: Sequence[Exercise]) -> Mapping[str, Walk]:
    """First as commands begin them, then as they begin each other, with what they have kept."""
    made, found = {exercise.name: Walk(exercise) for exercise in exercises}, Walked()
    for exercise in exercises:
        _walk(made[exercise.name], by_command(exercise), found)
    for exercise in exercises:
        _walk(made[exercise.name], by_others(exercise, found), found)
    return made


def _walk(walk: Walk, beginnings: Iterable[Session], found: Walked) -> None:
    walker = Walker(walk.exercise, around(), BEN, follow=FOLLOW, straight=STRAIGHT)
    for begin in list(beginnings):
        for step in walker.walk(begin):
            walk.steps.append(step)
            for act in step.turn.acts:
                found.note(walk.exercise, act)
