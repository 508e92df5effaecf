"""Which exercises there are."""

from bot.engine.exercise import Exercise
from bot.exercises.ask import ask
from bot.exercises.asked import asked, drawn
from bot.exercises.curiosity import curiosity
from bot.exercises.table import table
from bot.exercises.village import village

EXERCISES: tuple[Exercise, ...] = (curiosity, table, village, ask, asked, drawn)
