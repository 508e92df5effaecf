"""The exercises, one file each, each a function that reads like the conversation."""

from bot.engine.exercise import Exercise
from bot.exercises.curiosity import curiosity
from bot.exercises.table import table

EXERCISES: tuple[Exercise, ...] = (curiosity, table)
