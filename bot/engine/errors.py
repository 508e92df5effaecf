"""What can go wrong in an exercise. A message names the exercise and the question, never an answer."""

from __future__ import annotations


class ExerciseError(Exception):
    """An exercise raised; nothing of its turn is kept."""

    def __init__(self, exercise: str, question: str) -> None:
        """Holds where it happened: the exercise and the last name it used."""
        super().__init__(exercise, question)
        self.exercise = exercise
        self.question = question

    def __str__(self) -> str:
        """Where it happened."""
        return f"the exercise {self.exercise!r} failed at {self.question!r}"


class RuleBroken(Exception):
    """An exercise breaks one of the rules of a turn."""

    def __init__(self, name: str, rule: str) -> None:
        """Holds the name in question and the rule in words."""
        super().__init__(name, rule)
        self.name = name
        self.rule = rule

    def __str__(self) -> str:
        """The name and the rule."""
        return f"{self.name!r}: {self.rule}"
